Extension: DeploymentDisplay
Id: deployment-display
Title: "When cards are shown"
Description: "Whom the deployment speaks to, and when it is silent although it could speak. Times go by patient and user; none of them holds back a card that is more urgent than what the user knows. What is not known of a user or patient holds nothing back."
Context: PlanDefinition
* obeys display-times and display-ceiling
* extension contains
    role 0..* and
    setting 0..* and
    unchanged 0..1 and
    quiet 0..1 and
    snooze 0..1 and
    ceiling 0..1
* extension[role].value[x] only Coding
* extension[role] ^short = "Role of the user, as in PractitionerRole.code; none: all"
* extension[setting].value[x] only Coding
* extension[setting] ^short = "Class of the encounter in progress; none: all"
* extension[unchanged].value[x] only Duration
* extension[unchanged] ^short = "For how long a card that says the same is not shown again"
* extension[quiet].value[x] only Duration
* extension[quiet] ^short = "For how long after a card no other is shown"
* extension[snooze].value[x] only Duration
* extension[snooze] ^short = "For how long after an override no card is shown"
* extension[ceiling].value[x] only positiveInt
* extension[ceiling] ^short = "Calls with a card in a hundred at the most, over seven days; critical cards are never held back by it"
