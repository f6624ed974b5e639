ValueSet: EnoxaparinOrders
Id: order-enoxaparin
Title: "Orders of enoxaparin"
Description: "enoxaparin by ingredient, and by the clinical drugs that were confirmed; a site adds its own. RxNorm is courtesy of the U.S. National Library of Medicine."
* ^version = "1.0.0"
* ^experimental = false
* $RXN#67108 "enoxaparin"
* $RXN#854235 "0.4 ML enoxaparin sodium 100 MG/ML Prefilled Syringe"
* $RXN#854238 "0.6 ML enoxaparin sodium 100 MG/ML Prefilled Syringe"
* $RXN#854241 "0.8 ML enoxaparin sodium 100 MG/ML Prefilled Syringe"
* $RXN#854248 "1 ML enoxaparin sodium 100 MG/ML Prefilled Syringe"
* $RXN#854245 "0.8 ML enoxaparin sodium 150 MG/ML Prefilled Syringe"
* $RXN#854252 "1 ML enoxaparin sodium 150 MG/ML Prefilled Syringe"
* $RXN#854255 "enoxaparin sodium 100 MG/ML Injectable Solution"
