ValueSet: TramadolOrders
Id: order-tramadol
Title: "Orders of tramadol"
Description: "tramadol by ingredient, and by the clinical drugs that were confirmed; a site adds its own. Extended-release tablets are dosed otherwise and are not here. RxNorm is courtesy of the U.S. National Library of Medicine."
* ^version = "1.0.0"
* ^experimental = false
* $RXN#10689 "tramadol"
* $RXN#835603 "tramadol hydrochloride 50 MG Oral Tablet"
