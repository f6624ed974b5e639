CodeSystem: ReportEventCodes
Id: report-event-kind
Title: "Kinds of events"
Description: "What happened that may explain a change in a series of reports."
* insert OurCodes
* #go-live "Go-live" "A model, a deployment or a system went live, or was changed."
* #guideline "Guideline" "A guideline or a policy came into force."
* #laboratory "Laboratory" "A laboratory changed an analyser, an assay, a code or a unit."
* #population "Population" "Other patients came: a ward opened or closed, a site joined."
* #outbreak "Outbreak" "A pandemic, an epidemic, a season of infections."
* #outage "Outage" "A system was away, or data did not arrive."
* #other "Other" "Something else."
