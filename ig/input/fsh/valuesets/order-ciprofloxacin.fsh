ValueSet: CiprofloxacinOrders
Id: order-ciprofloxacin
Title: "Orders of ciprofloxacin"
Description: "ciprofloxacin by ingredient, and by the clinical drugs that were confirmed; a site adds its own. Extended-release tablets are dosed otherwise and are not here. RxNorm is courtesy of the U.S. National Library of Medicine."
* ^version = "1.0.0"
* ^experimental = false
* $RXN#2551 "ciprofloxacin"
* $RXN#199370 "ciprofloxacin 100 MG Oral Tablet"
* $RXN#197511 "ciprofloxacin 250 MG Oral Tablet"
* $RXN#309309 "ciprofloxacin 500 MG Oral Tablet"
* $RXN#197512 "ciprofloxacin 750 MG Oral Tablet"
* $RXN#309308 "ciprofloxacin 50 MG/ML Oral Suspension"
* $RXN#309310 "ciprofloxacin 100 MG/ML Oral Suspension"
