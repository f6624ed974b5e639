ValueSet: DabigatranOrders
Id: order-dabigatran
Title: "Orders of dabigatran etexilate"
Description: "dabigatran etexilate by ingredient, and by the clinical drugs that were confirmed; a site adds its own. Pellets are for children and are not here. RxNorm is courtesy of the U.S. National Library of Medicine."
* ^version = "1.0.0"
* ^experimental = false
* $RXN#1037042 "dabigatran etexilate"
* $RXN#1037179 "dabigatran etexilate 75 MG Oral Capsule"
* $RXN#1723476 "dabigatran etexilate 110 MG Oral Capsule"
* $RXN#1037045 "dabigatran etexilate 150 MG Oral Capsule"
