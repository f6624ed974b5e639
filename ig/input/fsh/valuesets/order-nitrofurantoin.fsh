ValueSet: NitrofurantoinOrders
Id: order-nitrofurantoin
Title: "Orders of nitrofurantoin"
Description: "nitrofurantoin by ingredient, and by the clinical drugs that were confirmed; a site adds its own. RxNorm is courtesy of the U.S. National Library of Medicine."
* ^version = "1.0.0"
* ^experimental = false
* $RXN#7454 "nitrofurantoin"
* $RXN#1648755 "nitrofurantoin, macrocrystals 25 MG / nitrofurantoin, monohydrate 75 MG Oral Capsule"
* $RXN#311994 "nitrofurantoin, macrocrystals 25 MG Oral Capsule"
* $RXN#311995 "nitrofurantoin, macrocrystals 50 MG Oral Capsule"
* $RXN#1648759 "nitrofurantoin, macrocrystals 100 MG Oral Capsule"
* $RXN#311989 "nitrofurantoin 5 MG/ML Oral Suspension"
