CodeSystem: RenalMeasureCodes
Id: renal-measure
Title: "Measures of the kidneys"
Description: "By which number of the kidneys a rule goes."
* insert OurCodes
* #cockcroft-gault "Creatinine clearance by Cockcroft-Gault" "In mL/min, with the weight that the rule states."
* #egfr "eGFR" "By CKD-EPI 2021, in mL/min/{1.73_m2}."
* #egfr-de-indexed "De-indexed eGFR" "The same for the patient's own body surface by Du Bois, in mL/min."

CodeSystem: BodyWeightCodes
Id: body-weight
Title: "Body weights"
Description: "Which weight a formula takes."
* insert OurCodes
* #actual "Actual" "As measured."
* #ideal "Ideal" "By Devine, from height and sex."
* #adjusted "Adjusted" "Ideal, and four tenths of what the patient weighs more."

CodeSystem: OrderActionCodes
Id: order-action
Title: "Advice on orders"
Description: "What to do with an order."
* insert OurCodes
* #avoid "Avoid" "Do not give it."
* #reduce "Reduce" "Give less, or less often."
* #monitor "Monitor" "Give it and look more closely."

CodeSystem: OrderSeverityCodes
Id: order-severity
Title: "Severity of advice on orders"
Description: "How grave what a rule says is."
* insert OurCodes
* #info "Info" "Good to know."
* #warning "Warning" "To be weighed before signing."
* #critical "Critical" "Not to be passed over."
