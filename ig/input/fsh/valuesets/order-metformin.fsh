ValueSet: MetforminOrders
Id: order-metformin
Title: "Orders of metformin"
Description: "metformin by ingredient, and by the clinical drugs that were confirmed; a site adds its own. RxNorm is courtesy of the U.S. National Library of Medicine."
* ^version = "1.0.0"
* ^experimental = false
* $RXN#6809 "metformin"
* $RXN#860975 "24 HR metformin hydrochloride 500 MG Extended Release Oral Tablet"
* $RXN#860981 "24 HR metformin hydrochloride 750 MG Extended Release Oral Tablet"
* $RXN#861007 "metformin hydrochloride 500 MG Oral Tablet"
* $RXN#861010 "metformin hydrochloride 850 MG Oral Tablet"
* $RXN#861004 "metformin hydrochloride 1000 MG Oral Tablet"
