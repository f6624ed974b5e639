Extension: RetrainingWindow
Id: retraining-window
Title: "Training window"
Description: "On what data it is proposed to train: of this length (24 months, unless it says otherwise), or those after the latest change, if they have labels enough (1,000, unless it says otherwise)."
Context: PlanDefinition
* extension contains
    length 1..1 and
    labels 0..1
* extension[length].value[x] only Duration
* extension[labels].value[x] only positiveInt
