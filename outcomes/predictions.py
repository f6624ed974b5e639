#!/usr/bin/env python3
"""Writes predictions.json: what is written of a patient after a prediction, and what must be said
of the prediction each time.

What must be said stands here by hand; nothing of ours works it out. {+10s} is ten seconds after the
prediction; a horizon is one minute, so that it really ends while a proof waits.
"""
import copy
import json
import pathlib

SD = "https://auscult.org/fhir/StructureDefinition/"
URL = "https://example.org/Library/prediction-"
MODEL = "https://auscult.org/fhir/Library/kfre-4var-north-america|1.0.0"
ACT = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
DISPOSITION = "http://terminology.hl7.org/CodeSystem/discharge-disposition"
CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical"
VERIFIED = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
LOINC, SNOMED, UCUM = "http://loinc.org", "http://snomed.info/sct", "http://unitsofmeasure.org"
POTASSIUM, EGFR, UACR = "2823-3", "98979-8", "9318-7"
DIABETES, TRANSPLANT = "44054006", "70536003"
OVER = "+63s"


# Definitions

def coding(system, code):
    return {"system": system, "code": code}


def measure(amount, unit):
    return {"value": amount, "system": UCUM, "code": unit}


def library(profile, name, requirement, *extensions):
    made = {
        "resourceType": "Library", "meta": {"profile": [SD + profile]},
        "extension": list(extensions),
        "url": URL + name, "version": "1.0.0", "name": name.replace("-", "_"), "status": "active",
        "type": {"coding": [coding("http://terminology.hl7.org/CodeSystem/library-type",
                                   "logic-library")]}}
    if requirement:
        made["dataRequirement"] = [requirement]
    return made


def reads(kind, *codes, path="code"):
    return {"type": kind, "codeFilter": [{"path": path, "code": list(codes)}]}


def outcome(name, event, requirement, *more):
    return library("outcome-definition", name, requirement,
                   {"url": SD + "outcome-event", "valueCode": event}, *more)


def span(name, amount, unit):
    return {"url": SD + "outcome-" + name, "valueDuration": measure(amount, unit)}


MINUTE = span("horizon", 1, "min")
HIGH = {"url": SD + "outcome-threshold",
        "valueQuantity": {**measure(6.0, "mmol/L"), "comparator": ">"}}
K = reads("Observation", coding(LOINC, POTASSIUM))
STAYS = [{"url": SD + "outcome-horizon-encounter", "valueCoding": coding(ACT, "IMP")}]


def high(name, *more):
    return outcome(name, "crossing", K, HIGH, MINUTE, *more)


DEFINITIONS = [
    library("feature-definition", "transplant",
            reads("Procedure", coding(SNOMED, TRANSPLANT)),
            {"url": SD + "feature-operator", "valueCode": "exists"},
            {"url": SD + "feature-unit", "valueCode": "1"}),
]
OUTCOMES = [
    high("potassium"),
    high("potassium-tolerant", span("follow-up-tolerance", 1, "min")),
    high("potassium-confirmed", span("confirmed-within", 1, "min")),
    high("potassium-or-transplant",
         {"url": SD + "outcome-competing", "valueCanonical": URL + "transplant|1.0.0"}),
    outcome("diabetes", "occurrence", reads("Condition", coding(SNOMED, DIABETES)), MINUTE,
            {"url": SD + "outcome-first-ever", "valueBoolean": True}),
    outcome("death", "death", None, MINUTE),
    outcome("in-hospital-death", "death", None,
            {"url": SD + "outcome-horizon-from", "valueCode": "stay"}, *STAYS),
    outcome("readmission", "occurrence", reads("Encounter", coding(ACT, "IMP"), path="class"),
            {"url": SD + "outcome-horizon-from", "valueCode": "discharge"}, *STAYS, MINUTE),
]


# Resources

def patient(key="p", died=None, into=None):
    made = {"resourceType": "Patient", "id": key, "gender": "female", "birthDate": "1970-02-03"}
    if died:
        made["deceasedDateTime"] = died
    if into:
        made["link"] = [{"other": {"reference": "Patient/" + into}, "type": "replaced-by"}]
    return made


def measured(key, code, value, unit, when, status="final", note=None):
    made = {"resourceType": "Observation", "id": key, "status": status,
            "code": {"coding": [coding(LOINC, code)]}, "subject": {"reference": "Patient/p"},
            "effectiveDateTime": when, "valueQuantity": {**measure(value, unit), "unit": unit}}
    if note:
        made["note"] = [{"text": note}]
    return made


def k(key, value, when, unit="mmol/L", **more):
    return measured(key, POTASSIUM, value, unit, when, **more)


def diabetes(key, onset, verified="confirmed", of="p"):
    made = {"resourceType": "Condition", "id": key,
            "clinicalStatus": {"coding": [coding(CLINICAL, "active")]},
            "verificationStatus": {"coding": [coding(VERIFIED, verified)]},
            "code": {"coding": [coding(SNOMED, DIABETES)]},
            "subject": {"reference": "Patient/" + of}, "onsetDateTime": onset}
    if verified == "entered-in-error":
        del made["clinicalStatus"]
    return made


def visit(key, start, end=None, kind="AMB", left=None):
    made = {"resourceType": "Encounter", "id": key,
            "status": "finished" if end else "in-progress", "class": coding(ACT, kind),
            "subject": {"reference": "Patient/p"}, "period": {"start": start}}
    if end:
        made["period"]["end"] = end
    if left:
        made["hospitalization"] = {
            "dischargeDisposition": {"coding": [coding(DISPOSITION, left)]}}
    return made


def transplant(key, when):
    return {"resourceType": "Procedure", "id": key, "status": "completed",
            "code": {"coding": [coding(SNOMED, TRANSPLANT)]},
            "subject": {"reference": "Patient/p"}, "performedDateTime": when}


# What is said

NOW = "{+0s}"


def said(label, status, time, *evidence, reason=None, what=None):
    made = {"label": label, "status": status}
    if reason:
        made["reason"] = reason
    if what:
        made["what"] = what
    if time:
        made["time"] = time
    return {**made, "evidence": list(evidence)}


def event(time, *evidence, status="final"):
    return said("event", status, time, *evidence)


def none(time, *evidence, status="final"):
    return said("no-event", status, time, *evidence)


def censored(reason, time, *evidence, status="final"):
    return said("censored", status, time, *evidence, reason=reason)


def corrected(label):
    return {**label, "status": "corrected"}


# Up to when nothing was seen is when it was looked at: no time is asked for.
OPEN = said("censored", "preliminary", None, reason="horizon-open")
LOST = censored("not-followed", NOW)


def step(at, *resources, says=(), deletes=()):
    made = {"at": at}
    if resources:
        made["put"] = [copy.deepcopy(r) for r in resources]
    if deletes:
        made["delete"] = list(deletes)
    made["labels"] = [says] if isinstance(says, dict) else list(says)
    return made


CASES = []


def case(kind, name, of, *steps, before=()):
    CASES.append({"name": name, "kind": kind, "outcome": of, "before": list(before),
                  "steps": list(steps)})


O, C, E, P, R = (lambda key, v=1, kind=kind: f"{kind}/{key}/_history/{v}" for kind in
                 ("Observation", "Condition", "Encounter", "Patient", "Procedure"))

# In time

case("in time", "a value beyond the threshold", "potassium",
     step("+12s", k("a", 6.5, "{+10s}"), says=event("{+10s}", O("a"))),
     step(OVER))
case("in time", "a value below it says nothing yet", "potassium",
     step("+12s", k("a", 5.9, "{+10s}")),
     step(OVER, says=censored("not-followed", "{+10s}", O("a"))))
case("in time", "dated ahead it is an event when it has come", "potassium",
     step("+5s", k("a", 6.5, "{+40s}")),
     step("+45s", says=event("{+40s}", O("a"))))
case("in time", "the patient dies of another cause", "potassium",
     step("+12s", patient(died="{+10s}"),
          says=said("competing", "final", "{+10s}", P("p", 2), what="death")),
     step(OVER))
case("in time", "death is the outcome", "death",
     step("+12s", patient(died="{+10s}"), says=event("{+10s}", P("p", 2))),
     step(OVER))
case("in time", "a competing procedure comes first", "potassium-or-transplant",
     step("+12s", transplant("a", "{+10s}"),
          says=said("competing", "final", "{+10s}", R("a"), what="transplant")),
     step("+22s", k("b", 6.5, "{+20s}")))
case("in time", "a stay ends in death", "in-hospital-death",
     step("+10s", visit("a", "{-1h}", "{+8s}", "IMP", "exp"), says=event("{+8s}", E("a", 2))),
     before=[visit("a", "{-1h}", kind="IMP")])
case("in time", "a readmission after the discharge", "readmission",
     step("+8s", visit("a", "{-1h}", "{+5s}", "IMP", "home")),
     step("+22s", visit("b", "{+20s}", kind="IMP"), says=event("{+20s}", E("b"))),
     before=[visit("a", "{-1h}", kind="IMP")])

# Late

case("late", "a value is entered after the horizon", "potassium",
     step(OVER, says=LOST),
     step("+65s", k("a", 6.5, "{+20s}"), says=corrected(event("{+20s}", O("a")))))
case("late", "a diagnosis is dated back", "diabetes",
     step(OVER, says=LOST),
     step("+65s", diabetes("a", "{+30s}"), says=corrected(event("{+30s}", C("a")))))
case("late", "a value overturns what a visit had proved", "potassium",
     step(OVER, says=LOST),
     step("+66s", visit("v", "{+61s}", "{+64s}"), says=corrected(none("{+64s}", E("v")))),
     step("+68s", k("a", 6.6, "{+59s}"), says=corrected(event("{+59s}", O("a")))))
case("late", "a death within the horizon is entered behind it", "potassium",
     step(OVER, says=LOST),
     step("+65s", patient(died="{+30s}"), says=corrected(
         said("competing", "final", "{+30s}", P("p", 2), what="death"))))
case("late", "what happened behind the horizon proves that it did not within", "diabetes",
     step(OVER, says=LOST),
     step("+66s", diabetes("a", "{+61s}"), says=corrected(none("{+61s}", C("a")))))
case("late", "the second value confirms the first behind the horizon", "potassium-confirmed",
     step("+32s", k("a", 6.5, "{+30s}")),
     step(OVER, says=censored("unconfirmed", "{+30s}", O("a"))),
     step("+66s", k("b", 6.6, "{+62s}"), says=corrected(event("{+30s}", O("a"), O("b")))))
case("late", "the second value never comes, and time alone tells", "potassium-confirmed",
     step("+32s", k("a", 6.5, "{+30s}")),
     step(OVER, says=censored("unconfirmed", "{+30s}", O("a"))),
     step("+92s", says=corrected(censored("not-followed", "{+30s}", O("a")))))
case("late", "a death in the last second is entered behind it", "death",
     step(OVER, says=LOST),
     step("+66s", patient(died="{+59s}"), says=corrected(event("{+59s}", P("p", 2)))))

# Twice

case("twice", "a second value changes nothing", "potassium",
     step("+12s", k("a", 6.5, "{+10s}"), says=event("{+10s}", O("a"))),
     step("+22s", k("b", 6.8, "{+20s}")),
     step(OVER))
case("twice", "an earlier value comes after a later one", "potassium",
     step("+22s", k("a", 6.5, "{+20s}"), says=event("{+20s}", O("a"))),
     step("+26s", k("b", 6.4, "{+10s}"), says=corrected(event("{+10s}", O("b")))))
case("twice", "the same resource is sent again", "potassium",
     step("+12s", k("a", 6.5, "{+10s}"), says=event("{+10s}", O("a"))),
     step("+16s", k("a", 6.5, "{+10s}")))
case("twice", "a new version says the same: the label names it", "potassium",
     step("+12s", k("a", 6.5, "{+10s}"), says=event("{+10s}", O("a"))),
     step("+16s", k("a", 6.5, "{+10s}", note="told the ward"),
          says=corrected(event("{+10s}", O("a", 2)))))
case("twice", "two doctors diagnose it", "diabetes",
     step("+12s", diabetes("a", "{+10s}"), diabetes("b", "{+10s}"),
          says=event("{+10s}", C("a"))),
     step("+16s", diabetes("c", "{+14s}")))
case("twice", "an encounter and the patient say the same death", "in-hospital-death",
     step("+10s", visit("a", "{-1h}", "{+8s}", "IMP", "exp"), says=event("{+8s}", E("a", 2))),
     step("+14s", patient(died="{+7s}"),
          says=corrected(event("{+7s}", P("p", 2), E("a", 2)))),
     before=[visit("a", "{-1h}", kind="IMP")])

# Corrected

case("corrected", "the value is corrected below the threshold", "potassium",
     step("+12s", k("a", 6.5, "{+10s}"), says=event("{+10s}", O("a"))),
     step("+16s", k("a", 5.6, "{+10s}", status="corrected"), says=OPEN),
     step(OVER, says=corrected(censored("not-followed", "{+10s}", O("a", 2)))))
case("corrected", "it is corrected there and back", "potassium",
     step("+12s", k("a", 6.5, "{+10s}"), says=event("{+10s}", O("a"))),
     step("+16s", k("a", 5.6, "{+10s}", status="corrected"), says=OPEN),
     step("+20s", k("a", 6.2, "{+10s}", status="amended"),
          says=corrected(event("{+10s}", O("a", 3)))))
case("corrected", "the time is moved before the prediction", "potassium",
     step("+12s", k("a", 6.5, "{+10s}"), says=event("{+10s}", O("a"))),
     step("+16s", k("a", 6.5, "{-1h}", status="corrected"), says=OPEN),
     step(OVER, says=corrected(LOST)))
case("corrected", "the time is moved within the horizon", "potassium",
     step("+12s", k("a", 6.5, "{+10s}"), says=event("{+10s}", O("a"))),
     step("+16s", k("a", 6.5, "{+5s}", status="corrected"),
          says=corrected(event("{+5s}", O("a", 2)))))
case("corrected", "the diagnosis was entered in error", "diabetes",
     step("+12s", diabetes("a", "{+10s}"), says=event("{+10s}", C("a"))),
     step("+16s", diabetes("a", "{+10s}", "entered-in-error"), says=OPEN),
     step(OVER, says=corrected(LOST)))
case("corrected", "the value is deleted", "potassium",
     step("+12s", k("a", 6.5, "{+10s}"), says=event("{+10s}", O("a"))),
     step("+16s", deletes=["Observation/a"], says=OPEN),
     step(OVER, says=corrected(LOST)))
case("corrected", "it is deleted behind the horizon", "potassium",
     step("+12s", k("a", 6.5, "{+10s}"), says=event("{+10s}", O("a"))),
     step(OVER),
     step("+65s", deletes=["Observation/a"], says=corrected(LOST)))
case("corrected", "a unit that nobody can convert is corrected", "potassium",
     step("+12s", k("a", 6.5, "{+10s}", unit="mg")),
     step(OVER, says=censored("unreadable", "{+10s}", O("a"))),
     step("+65s", k("a", 6.5, "{+10s}", status="corrected"),
          says=corrected(event("{+10s}", O("a", 2)))))
case("corrected", "a date without a time gets one", "diabetes",
     step("+12s", diabetes("a", "{day}")),
     step(OVER, says=censored("ambiguous-date", "{midnight}", C("a"))),
     step("+65s", diabetes("a", "{+30s}"), says=corrected(event("{+30s}", C("a", 2)))))
case("corrected", "who was counted out is counted in", "diabetes",
     step("+2s", says=said("excluded", "final", None, C("a"), reason="prevalent")),
     step("+12s", diabetes("a", "{-400d}", "entered-in-error"), says=OPEN),
     step("+16s", diabetes("b", "{+14s}"), says=corrected(event("{+14s}", C("b")))),
     before=[diabetes("a", "{-400d}")])
case("corrected", "a readmission was an outpatient visit", "readmission",
     step("+8s", visit("a", "{-1h}", "{+5s}", "IMP", "home")),
     step("+22s", visit("b", "{+20s}", kind="IMP"), says=event("{+20s}", E("b"))),
     step("+26s", visit("b", "{+20s}", kind="AMB"), says=OPEN),
     before=[visit("a", "{-1h}", kind="IMP")])

# Contradicted

case("contradicted", "seen alive two days after the death", "potassium",
     step("+5s", patient(died="{-2d}"),
          says=said("excluded", "final", None, P("p", 2), reason="died-before")),
     step("+14s", visit("v", "{+10s}", "{+12s}"),
          says=corrected(censored("contradicted", NOW, P("p", 2), E("v")))),
     step("+18s", patient(), says=OPEN),
     step(OVER, says=corrected(censored("not-followed", "{+12s}", E("v")))))
case("contradicted", "left alive and dead within the stay", "in-hospital-death",
     step("+10s", visit("a", "{-1h}", "{+8s}", "IMP", "home"), says=none("{+8s}", E("a", 2))),
     step("+14s", patient(died="{+6s}"),
          says=corrected(censored("contradicted", "{+6s}", P("p", 2), E("a", 2)))),
     before=[visit("a", "{-1h}", kind="IMP")])
case("contradicted", "the diagnosis is refuted", "diabetes",
     step("+12s", diabetes("a", "{+10s}"), says=event("{+10s}", C("a"))),
     step("+16s", diabetes("a", "{+10s}", "refuted"), says=OPEN),
     step("+20s", diabetes("b", "{+18s}"), says=corrected(event("{+18s}", C("b")))))
case("contradicted", "the second value refutes the first", "potassium-confirmed",
     step("+8s", k("a", 6.5, "{+6s}")),
     step("+12s", k("b", 5.0, "{+10s}")),
     step(OVER, says=censored("not-followed", "{+10s}", O("b"))))
case("contradicted", "the discharge is taken back", "in-hospital-death",
     step("+10s", visit("a", "{-1h}", "{+8s}", "IMP", "home"), says=none("{+8s}", E("a", 2))),
     step("+14s", visit("a", "{-1h}", kind="IMP"), says=OPEN),
     step("+20s", visit("a", "{-1h}", "{+18s}", "IMP", "home"),
          says=corrected(none("{+18s}", E("a", 4)))),
     before=[visit("a", "{-1h}", kind="IMP")])

# Never

case("never", "nothing is ever heard again", "potassium",
     step(OVER, says=LOST),
     step("+66s"))
case("never", "seen, but not up to the end", "potassium",
     step("+26s", visit("v", "{+20s}", "{+25s}")),
     step(OVER, says=censored("not-followed", "{+25s}", E("v"))))
case("never", "seen at the end, without it", "diabetes",
     step(OVER, says=LOST),
     step("+66s", visit("v", "{+61s}", "{+64s}"), says=corrected(none("{+64s}", E("v")))),
     step("+69s", visit("w", "{+66s}", "{+67s}")))
case("never", "a last value within the tolerance", "potassium-tolerant",
     step("+42s", k("a", 5.0, "{+40s}")),
     step(OVER, says=none("{+40s}", O("a"))),
     step("+66s", k("a", 6.5, "{+40s}", status="corrected"),
          says=corrected(event("{+40s}", O("a", 2)))))
case("never", "nobody asks about who has no stay", "readmission",
     step("+2s", says=said("excluded", "final", None, reason="no-index-encounter")),
     step(OVER))
case("never", "a stay that goes on", "in-hospital-death",
     step("+12s", k("a", 6.5, "{+10s}")),
     step(OVER),
     before=[visit("a", "{-1h}", kind="IMP")])

# Of two patients who are one

case("merged", "what the other was found to have", "diabetes",
     step("+6s", patient(into="q")),
     step("+12s", diabetes("a", "{+10s}", of="q"), says=event("{+10s}", C("a"))),
     step("+18s", patient(), says=OPEN),
     step(OVER, says=corrected(LOST)),
     before=[patient("q")])


def main():
    before = [patient(), measured("egfr", EGFR, 45, "mL/min/{1.73_m2}", "{-1d}"),
              measured("uacr", UACR, 30, "mg/g", "{-1d}")]
    file = {"about": "What is written after a prediction, and what must be said of it each time.",
            "model": MODEL, "before": before, "definitions": DEFINITIONS, "outcomes": OUTCOMES,
            "predictions": CASES}
    path = pathlib.Path(__file__).with_name("predictions.json")
    path.write_text(json.dumps(file, indent=1) + "\n")
    print(len(CASES), "cases")


main()
