RuleSet: OurCodes
* ^experimental = false
* ^caseSensitive = true
* ^content = #complete

CodeSystem: FeatureOperatorCodes
Id: feature-operator
Title: "Feature operators"
Description: "How a feature's value is made of the facts in its window."
* insert OurCodes
* #latest "Latest" "The value last measured."
* #first "First" "The value first measured in the window."
* #nth-latest "Nth latest" "The value measured n-1 before the last one."
* #min "Minimum" "The smallest readable value."
* #max "Maximum" "The largest readable value."
* #mean "Mean" "Arithmetic mean of the readable values."
* #median "Median" "Middle value, or the mean of the two in the middle."
* #standard-deviation "Standard deviation" "Of a sample (n-1); needs two values."
* #coefficient-of-variation "Coefficient of variation" "Standard deviation over the size of the mean."
* #successive-differences "Successive differences" "Root mean square of successive differences."
* #average-real-variability "Average real variability" "Mean size of successive differences."
* #slope "Slope" "Of the least-squares line over time."
* #intercept "Intercept" "What the least-squares line says of the index time."
* #delta "Delta" "The last value less the baseline."
* #percent-change "Percent change" "Delta over the size of the baseline."
* #time-weighted-mean "Time-weighted mean" "Mean over time; each value holds until the next, the last until the window ends."
* #time-in-range "Time in range" "Share of the time since the first value of which the value that holds lies in the range."
* #count "Count" "How many facts."
* #distinct-count "Distinct count" "How many different codes, values, days or encounters."
* #rate "Rate" "How many facts for each unit of time of the window."
* #exists "Exists" "1 if there is any; 0 only after a complete search found none."
* #time-since "Time since" "Time since the last fact."
* #time-since-first "Time since first" "Time since the first fact of the window."
* #flagged "Flagged" "1 if the last value bears one of the flags, 0 if it bears another."
* #active "Active" "1 if a state holds at the index time."
* #duration "Duration" "How long the state that holds at the index time has lasted."
* #total-duration "Total duration" "Time of the window during which any such state held."
* #age "Age" "Completed years since birth."
* #sex "Sex" "1 female, 0 male."
* #demographic "Demographic" "1 if an element of the Patient is one of the codes, 0 if it is another."
* #derived "Derived" "What an expression makes of other features."

CodeSystem: FeatureBaselineCodes
Id: feature-baseline
Title: "Baselines"
Description: "What of the earlier values in a window the last one is compared with."
* insert OurCodes
* #first "First" "The first value."
* #previous "Previous" "The value just before."
* #min "Minimum" "The smallest."
* #max "Maximum" "The largest."
* #mean "Mean" "Their arithmetic mean."
* #median "Median" "Their median."

CodeSystem: FeatureDistinctness
Id: feature-distinctness
Title: "What makes facts different"
Description: "By what different facts are told apart when they are counted."
* insert OurCodes
* #code "Code" "The first of the fact's codes that the definition lists."
* #value "Value" "The number in the value unit, the coded answer or the text."
* #day "Day" "The day on which it was true, in the site's zone."
* #encounter "Encounter" "The encounter; facts without one do not count."

CodeSystem: FeatureCalendarCodes
Id: feature-calendar
Title: "Calendar windows"
Description: "Units of a calendar with which a window can begin; UCUM's codes."
* insert OurCodes
* #d "Day" "The calendar day."
* #wk "Week" "The week, from Monday."
* #mo "Month" "The calendar month."
* #a "Year" "The calendar year."

CodeSystem: FeatureWindowEndsCodes
Id: feature-window-ends
Title: "Ends of a window"
Description: "Whether facts at the start and at the end of a window count."
* insert OurCodes
* #open-closed "Open, closed" "At the end only."
* #closed-closed "Both closed" "At both."
* #closed-open "Closed, open" "At the start only."
* #open-open "Both open" "At neither."

CodeSystem: MissingReason
Id: missing-reason
Title: "Reasons why a value is missing"
Description: "Missing is a value with a reason."
* insert OurCodes
* #not-recorded "Not recorded" "The record was searched completely and holds nothing."
* #search-incomplete "Search incomplete" "The search was refused, truncated or not made."
* #outside-window "Outside window" "There is something, but before the look-back window."
* #unit "Unit" "Recorded in a unit that cannot be converted."
* #implausible "Implausible" "Outside the plausible range."
* #comparator "Comparator" "Recorded as above or below a bound."
* #status "Status" "Recorded only in a status that does not count."
* #unrecognised-value "Unrecognised value" "A coded answer that the definition does not know."
* #ambiguous "Ambiguous" "The record leaves more than one value open."
* #data-absent "Data absent" "Recorded as absent."
* #too-few "Too few" "Fewer values than the operator needs."
* #undefined "Undefined" "Arithmetic has no answer: a change from zero, a rate over no time."
* #dependency "Dependency" "The feature or encounter that this one hangs on is missing."

CodeSystem: Demographics
Id: demographics
Title: "Elements of a Patient in the timeline"
Description: "Under these codes a Patient's own elements stand in the clinical event timeline."
* insert OurCodes
* #birth-date "Birth date" "Patient.birthDate."
* #gender "Gender" "Patient.gender."
* #birth-sex "Birth sex" "US Core's birth sex."
* #sex-parameter-for-clinical-use "Sex parameter for clinical use" "How clinical systems should treat the patient's sex."
* #deceased "Deceased" "Patient.deceased, if it says so."
* #inactive "Inactive" "Patient.active is false."
* #race "Race" "US Core's race."
* #ethnicity "Ethnicity" "US Core's ethnicity."
* #language "Language" "The preferred language of Patient.communication."
* #state "State" "Patient.address.state of where the patient lives."
* #postal-code "Postal code" "Patient.address.postalCode, with its beginnings."
* #country "Country" "Patient.address.country."

CodeSystem: AddressParts
Id: address
Title: "Parts of addresses"
Description: "States, postal codes and countries as addresses write them, in capital letters, as codes."
* ^url = "https://auscult.org/fhir/address"
* insert OurCodes
* ^content = #not-present

CodeSystem: ResourceReference
Id: resource-reference
Title: "Resources named by reference"
Description: "In the timeline and in definitions, references such as Practitioner/12, Location/3 or Device/7 stand as codes of this system."
* ^url = "https://auscult.org/fhir/resource-reference"
* insert OurCodes
* ^content = #not-present

CodeSystem: EncounterElement
Id: encounter-element
Title: "Elements of an Encounter in the timeline"
Description: "Under these codes stand elements of an Encounter that hold for a time of their own."
* insert OurCodes
* #location "Location" "A place of Encounter.location; the fact's other codes name it."

CodeSystem: ReferenceFlagCodes
Id: reference-flag
Title: "Reference flags"
Description: "How a measurement stands to what is usual, by its interpretation or its reference range. What is critically low is low, critical and abnormal, too."
* insert OurCodes
* #normal "Normal" "Within what is usual."
* #low "Low" "Below what is usual."
* #high "High" "Above what is usual."
* #critical-low "Critically low" "So low that somebody must act."
* #critical-high "Critically high" "So high that somebody must act."
* #abnormal "Abnormal" "Not normal; recorded alone where the direction is not known."
* #critical "Critical" "Somebody must act; recorded alone where the direction is not known."

CodeSystem: Load
Id: load
Title: "How a resource was loaded"
Description: "Marks on resources that came by a declared load."
* insert OurCodes
* #history "History" "Part of a declared load of history: its known time is reconstructed."

CodeSystem: ModelStatement
Id: model-statement
Title: "Statements about predictions"
Description: "Categories and codes of Observations that a model wrote or that answer one; none of them is a laboratory result or a vital sign."
* insert OurCodes
* #score "Score" "A value that a model computed."
* #explanation "Explanation" "Why a prediction is what it is."
* #feedback "Feedback" "A clinician's answer to a prediction."
* #override-reason "Override reason" "Why a prediction was not followed."
* #outcome-label "Label of an outcome" "What became of a prediction."
* #adjudicated-label "Adjudicated label of an outcome" "What people said became of a prediction."
* #label-reason "Reason of a label" "Why nobody can say what became of it, or why the outcome is not asked about."
* #competing-event "Competing event" "What happened first, after which the outcome cannot happen any more."

CodeSystem: FeedbackOutcome
Id: feedback-outcome
Title: "Outcomes of feedback"
Description: "What was done with a card."
* insert OurCodes
* #accepted "Accepted" "A suggestion of the card was accepted."
* #overridden "Overridden" "The card was overridden."

CodeSystem: FeedbackWay
Id: feedback-way
Title: "Ways of feedback"
Description: "By which way an answer came."
* insert OurCodes
* #ehr "EHR" "By the feedback of CDS Hooks: the EHR vouches for the user to whom it showed the card."
* #app "Application" "By the operation, under the user's own access token."

CodeSystem: OverrideReason
Id: override-reason
Title: "Reasons for overriding a card"
Description: "What a user may choose when a card is not followed."
* insert OurCodes
* #already-addressed "Already addressed" "What the card speaks of has been taken care of."
* #not-applicable "Does not apply to this patient" "The patient is not one whom the card's advice is meant for."
* #data-wrong "The data used are wrong or outdated" "A value that the prediction rests on is not, or no longer, true."
* #patient-declined "Patient declined" "The patient does not want what would follow from the card."
* #other "Other reason" "A reason that is not listed; a comment may say which."

CodeSystem: NoPredictionReason
Id: no-prediction-reason
Title: "Reasons why there is no prediction"
Description: "Criteria that were not met, inputs that are missing, results that were withheld. Codes of missing reasons are repeated here; a model's own criteria bring their own codes."
* insert OurCodes
* ^content = #fragment
* #not-recorded "Not recorded" "The record was searched completely and holds nothing."
* #search-incomplete "Search incomplete" "The search was refused, truncated or not made."
* #outside-window "Outside window" "There is something, but before the look-back window."
* #unit "Unit" "Recorded in a unit that cannot be converted."
* #implausible "Implausible" "Outside the plausible range."
* #comparator "Comparator" "Recorded as above or below a bound."
* #status "Status" "Recorded only in a status that does not count."
* #unrecognised-value "Unrecognised value" "A coded answer that the definition does not know."
* #ambiguous "Ambiguous" "The record leaves more than one value open."
* #data-absent "Data absent" "Recorded as absent."
* #too-few "Too few" "Fewer values than the operator needs."
* #undefined "Undefined" "Arithmetic has no answer: a change from zero, a rate over no time."
* #dependency "Dependency" "The feature or encounter that this one hangs on is missing."
* #out-of-range "Out of range" "An input lies outside the range that the model was made for."
* #explanation-inexact "Explanation inexact" "The explanation did not add up and was withheld."
* #score-not-finite "Score not finite" "The model gave no finite number."
* #not-a-probability "Not a probability" "The model gave a number below 0 or above 1 for a probability."
* #not-points "Not points" "The model gave no whole points, parts that do not add up, or a total that is in no band."
* #not-of-this-set "Not of this observation set" "An input was not measured together with the others."
* #timed-out "Timed out" "The model gave no answer within the deployment's time."
* #model-failed "Model failed" "The model could not be run."
* #model-paused "Model paused" "The model failed so often that it was not asked."
* #not-checked "Not checked" "It is not known which drug an order is of."

CodeSystem: ModelInputName
Id: model-input-name
Title: "Names of models' inputs"
Description: "The machine names that models give to their inputs; each model's own definition lists them."
* insert OurCodes
* ^content = #not-present

CodeSystem: ModelOutputName
Id: model-output-name
Title: "Names of models' outputs"
Description: "The machine names that models give to their outputs; each model's own definition lists them."
* insert OurCodes
* ^content = #not-present

CodeSystem: ModelBandName
Id: model-band-name
Title: "Names of scores' bands"
Description: "The machine names that scores give to their bands; each model's own definition lists them."
* insert OurCodes
* ^content = #not-present

CodeSystem: Spo2Scale
Id: spo2-scale
Title: "SpO2 scales of NEWS2"
Description: "How a clinician's decision for scale 2 is recorded: an Observation with the code designated-scale and one of the two scales as its value. SNOMED CT has codes for the points on either scale, and none for the decision."
* insert OurCodes
* #designated-scale "Designated SpO2 scale" "Which scale a clinician designated for this patient."
* #scale-1 "Scale 1" "For all patients of whom no one designated scale 2."
* #scale-2 "Scale 2" "For confirmed hypercapnic respiratory failure, target 88-92 %, on a clinician's decision."

CodeSystem: MedicationReference
Id: medication-reference
Title: "Medications named by reference only"
Description: "In the timeline, references such as Medication/12 stand as codes of this system where the record gives a medication no code."
* ^url = "https://auscult.org/fhir/medication-reference"
* insert OurCodes
* ^content = #fragment
* #unresolved "Unresolved" "A medication of which no code is known."

CodeSystem: RecordedUnit
Id: recorded-unit
Title: "Units as they were recorded"
Description: "In a source mapping, the code or else the text of a recorded unit, whatever system it names, such as mg per 100 ml."
* insert OurCodes
* ^content = #not-present

CodeSystem: LoadLag
Id: load-lag
Title: "How long a feed lags"
Description: "With the tag history: how long after it took effect a fact without dates of its own was known. The code is a duration of ISO 8601, such as PT24H."
* ^url = "https://auscult.org/fhir/load-lag"
* insert OurCodes
* ^content = #not-present

CodeSystem: DeploymentModeCodes
Id: deployment-mode
Title: "Modes of a deployment"
Description: "Whether its cards are shown."
* insert OurCodes
* #live "Live" "Offered by discovery, and its cards are shown."
* #suspended "Suspended" "Was live and is not: neither offered nor answered."

CodeSystem: FailureDisplayCodes
Id: failure-display
Title: "What a failure shows"
Description: "When a model that is for this patient could not speak."
* insert OurCodes
* #not-assessed "Not assessed" "An info card that says what was not assessed, and why."
* #silent "Silent" "Nothing."

CodeSystem: ResultPlaceCodes
Id: result-place
Title: "Places of a model's results"
Description: "Where a deployment shows what a model says."
* insert OurCodes
* #card "Card" "On a card of its own."
* #context "Context" "In a line on the deployment's other cards."

CodeSystem: WithheldReasonCodes
Id: withheld-reason
Title: "Reasons why a card was withheld"
Description: "What held back a card that could have been shown."
* insert OurCodes
* #below-threshold "Below threshold" "The number lies below what the deployment shows."
* #not-in-audience "Not in the audience" "The user, or the patient's setting, is not whom the deployment speaks to."
* #duplicate "Duplicate" "Another card of the same call says it."
* #unchanged "Unchanged" "The user was shown the same of this patient lately."
* #quiet-period "Quiet period" "The user was shown a card of this patient lately."
* #snoozed "Snoozed" "The user overrode such a card of this patient lately."
* #ceiling "Ceiling" "The deployment has shown as many cards as it may, for the charts that were opened."

CodeSystem: OrderFindingCodes
Id: order-finding
Title: "Findings of order rules"
Description: "What came of holding a draft order against a table of rules."
* insert OurCodes
* #advised "Advised" "A band of the rule applies."
* #unstable "Unstable" "The kidneys are in no steady state: no number is trusted."
* #on-dialysis "On dialysis" "The patient is on dialysis, to which the rules do not apply."

CodeSystem: DeploymentRecordingCodes
Id: deployment-recording-codes
Title: "Recording at the caller"
Description: "Whether callers are asked to keep results in their own record."
* insert OurCodes
* #never "Never" "They are not."
* #when-shown "When shown" "With each card that is shown, if the caller takes system actions."

CodeSystem: ModelSensitivityCodes
Id: model-sensitivity
Title: "Kinds of sensitivity"
Description: "Why what a model takes is sensitive: race, color, national origin, sex, age and disability of 45 CFR 92.210, what 45 CFR 170.315(b)(11) lists beside them, and conditions under special protection."
* insert OurCodes
* #race "Race" "It measures race."
* #color "Color" "It measures color."
* #ethnicity "Ethnicity" "It measures ethnicity."
* #national-origin "National origin" "It measures national origin."
* #language "Language" "It measures language."
* #sex "Sex" "It measures sex, pregnancy or a related condition."
* #sexual-orientation "Sexual orientation" "It measures sexual orientation."
* #gender-identity "Gender identity" "It measures gender identity."
* #age "Age" "It measures age."
* #geography "Geography" "It measures where somebody lives, which may stand for race or income."
* #social-determinants "Social determinants" "It measures the conditions in which somebody lives."
* #disability "Disability" "It measures a disability."
* #substance-use "Substance use" "Under special protection: substance use disorders (42 CFR Part 2)."
* #hiv "HIV" "Under special protection: HIV."
* #psychiatry "Psychiatry" "Under special protection: mental and behavioural disorders."
* #other-protected "Other protected condition" "Under special protection for another reason, such as a list of the site."

CodeSystem: ModelDeviceStatusCodes
Id: model-device-status
Title: "Device statuses"
Description: "Whether a model is thought to be a medical device."
* insert OurCodes
* #device "Device" "Thought to be a medical device."
* #non-device "No device" "Thought to be none."
* #undetermined "Undetermined" "Nobody has determined it for this use; who puts the model to use does."
