ValueSet: RivaroxabanOrders
Id: order-rivaroxaban
Title: "Orders of rivaroxaban"
Description: "rivaroxaban by ingredient, and by the clinical drugs that were confirmed; a site adds its own. RxNorm is courtesy of the U.S. National Library of Medicine."
* ^version = "1.0.0"
* ^experimental = false
* $RXN#1114195 "rivaroxaban"
* $RXN#2059015 "rivaroxaban 2.5 MG Oral Tablet"
* $RXN#1114198 "rivaroxaban 10 MG Oral Tablet"
* $RXN#1232082 "rivaroxaban 15 MG Oral Tablet"
* $RXN#1232086 "rivaroxaban 20 MG Oral Tablet"
* $RXN#2588062 "rivaroxaban 1 MG/ML Oral Suspension"
* $RXN#1549682 "{42 (rivaroxaban 15 MG Oral Tablet) / 9 (rivaroxaban 20 MG Oral Tablet) } Pack"
