ValueSet: SulfamethoxazoleTrimethoprimOrders
Id: order-sulfamethoxazole-trimethoprim
Title: "Orders of sulfamethoxazole / trimethoprim"
Description: "sulfamethoxazole / trimethoprim by ingredient, and by the clinical drugs that were confirmed; a site adds its own. RxNorm is courtesy of the U.S. National Library of Medicine."
* ^version = "1.0.0"
* ^experimental = false
* $RXN#10831 "sulfamethoxazole / trimethoprim"
* $RXN#198334 "sulfamethoxazole 400 MG / trimethoprim 80 MG Oral Tablet"
* $RXN#198335 "sulfamethoxazole 800 MG / trimethoprim 160 MG Oral Tablet"
* $RXN#313134 "sulfamethoxazole 40 MG/ML / trimethoprim 8 MG/ML Oral Suspension"
