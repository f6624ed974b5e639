#!/usr/bin/env python3
"""Writes cases.json: histories, definitions and times, with the label that must come of them.

What must come is said here by hand, case by case; nothing of ours works it out. Each case has a
mutant: one small change under which another label must come.
"""
import copy
import datetime
import json
import pathlib

SD = "https://auscult.org/fhir/StructureDefinition/"
URL = "https://example.org/Library/case-"
ACT = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
DISPOSITION = "http://terminology.hl7.org/CodeSystem/discharge-disposition"
LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
POTASSIUM, CREATININE, EGFR, MDRD = "2823-3", "2160-0", "98979-8", "33914-3"
DIABETES, DIABETES_2, ASTHMA = "73211009", "44054006", "195967001"
DIALYSIS, TRANSPLANT, ELECTIVE = "108241001", "70536003", "8715000"

AT = "2024-03-01T12:00:00Z"
KNOWN = "2025-01-01T00:00:00Z"


# Definitions

def measure(amount, unit):
    return {"value": amount, "system": "http://unitsofmeasure.org", "code": unit}


def coding(system, code):
    return {"system": system, "code": code}


def extension(name, **value):
    return {"url": SD + name, **value}


def library(profile, name, requirement, extensions, inputs=()):
    made = {
        "resourceType": "Library",
        "meta": {"profile": [SD + profile]},
        "extension": extensions,
        "url": URL + name, "version": "1.0.0", "name": name.replace("-", "_"), "status": "active",
        "type": {"coding": [coding("http://terminology.hl7.org/CodeSystem/library-type",
                                   "logic-library")]},
    }
    if inputs:
        made["relatedArtifact"] = [
            {"type": "depends-on", "resource": URL + i + "|1.0.0"} for i in inputs]
    if requirement:
        made["dataRequirement"] = [requirement]
    return made


def reads(kind, *codes, value_set=None, path="code"):
    filtered = {"path": path}
    if value_set:
        filtered["valueSet"] = value_set
    else:
        filtered["code"] = list(codes)
    return {"type": kind, "codeFilter": [filtered]}


def feature(name, operator, unit, requirement, *more):
    return library("feature-definition", name, requirement,
                   [extension("feature-operator", valueCode=operator),
                    extension("feature-unit", valueCode=unit), *more])


def outcome(name, kind, requirement, *more, inputs=()):
    return library("outcome-definition", name, requirement,
                   [extension("outcome-event", valueCode=kind), *more], inputs)


def span(name, amount, unit):
    return extension("outcome-" + name, valueDuration=measure(amount, unit))


def beyond(comparator, value, unit):
    return extension("outcome-threshold", valueQuantity={
        "value": value, "comparator": comparator, "system": "http://unitsofmeasure.org",
        "code": unit})


def named(part, name):
    return extension("outcome-" + part, valueCanonical=URL + name + "|1.0.0")


def yes(name):
    return extension("outcome-" + name, valueBoolean=True)


INPATIENT = [extension("outcome-horizon-encounter", valueCoding=coding(ACT, c))
             for c in ("IMP", "ACUTE", "NONAC")]
PLAUSIBLE = extension("feature-plausible-range", valueRange={
    "low": measure(1, "mmol/L"), "high": measure(15, "mmol/L")})
K = reads("Observation", coding(LOINC, POTASSIUM))
HIGH = beyond(">", 6.0, "mmol/L")
MONTH = span("horizon", 30, "d")


def high(name, *more):
    return outcome(name, "crossing", K, HIGH, PLAUSIBLE, MONTH, *more)


CKD = [reads("Observation", coding(LOINC, EGFR)), beyond("<", 60, "mL/min/{1.73_m2}"),
       span("confirmed-after", 90, "d"), span("confirmed-within", 730, "d"),
       yes("measured"), yes("first-ever"), span("horizon", 2, "a")]

FEATURES = [
    feature("creatinine", "latest", "mg/dL", reads("Observation", coding(LOINC, CREATININE)),
            extension("feature-lookback", valueDuration=measure(7, "d"))),
    feature("lowest-creatinine", "min", "mg/dL", reads("Observation", coding(LOINC, CREATININE)),
            extension("feature-lookback", valueDuration=measure(7, "d"))),
    feature("dialysis", "exists", "1", reads("Procedure", coding(SNOMED, DIALYSIS))),
    feature("transplant", "exists", "1", reads("Procedure", coding(SNOMED, TRANSPLANT))),
    feature("measured-before", "exists", "1", K,
            extension("feature-lookback", valueDuration=measure(1, "a"))),
]
OUTCOMES = [
    high("potassium"),
    high("potassium-measured", yes("measured")),
    high("potassium-tolerant", span("follow-up-tolerance", 7, "d")),
    high("potassium-washout", span("washout", 1, "d")),
    high("potassium-blanking", span("blanking", 2, "d")),
    high("potassium-closed", extension("outcome-horizon-ends", valueCode="closed-closed")),
    high("potassium-open", extension("outcome-horizon-ends", valueCode="open-open")),
    high("potassium-no-dialysis", named("exclusion", "dialysis")),
    high("potassium-measured-before", named("requirement", "measured-before")),
    high("potassium-or-transplant", named("competing", "transplant")),
    high("potassium-followed", named("follow-up-feature", "creatinine")),
    high("potassium-emergency", extension("outcome-follow-up-encounter",
                                          valueCoding=coding(ACT, "EMER"))),
    outcome("diabetes", "occurrence",
            reads("Condition", value_set="https://example.org/ValueSet/case-diabetes|1.0.0"),
            span("horizon", 1, "a"), yes("first-ever")),
    outcome("readmission", "occurrence",
            reads("Encounter", *[coding(ACT, c) for c in ("IMP", "ACUTE", "NONAC")], path="class"),
            extension("outcome-except", valueCoding=coding(SNOMED, ELECTIVE)),
            extension("outcome-horizon-from", valueCode="discharge"), *INPATIENT, MONTH),
    outcome("in-hospital-death", "death", None,
            extension("outcome-horizon-from", valueCode="stay"), *INPATIENT),
    outcome("death", "death", None, span("horizon", 90, "d")),
    outcome("ckd", "crossing", *CKD),
    outcome("kidney-injury", "expression", None,
            extension("feature-expression",
                      valueString="creatinine >= 1.5 * lowest_creatinine"),
            span("horizon", 7, "d"), inputs=("creatinine", "lowest-creatinine")),
    outcome("creatinine-rise", "expression", None,
            extension("feature-expression", valueString="creatinine - lowest_creatinine"),
            beyond(">=", 0.3, "mg/dL"), span("horizon", 2, "d"),
            inputs=("creatinine", "lowest-creatinine")),
]
VALUE_SETS = [{
    "resourceType": "ValueSet", "url": "https://example.org/ValueSet/case-diabetes",
    "version": "1.0.0", "status": "active",
    "compose": {"include": [{"system": SNOMED,
                             "concept": [{"code": DIABETES}, {"code": DIABETES_2}]}]}}]


# Resources: known an hour after they were true, unless a case says otherwise

def instant(text):
    return datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")


def hour_after(text):
    full = {4: text + "-12-31T23:00:00Z", 7: text + "-28T00:00:00Z",
            10: text + "T23:59:59Z"}.get(len(text), text)
    return (instant(full) + datetime.timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")


def version(kind, key, when, stored, number):
    return {"resourceType": kind, "id": key,
            "meta": {"versionId": str(number), "lastUpdated": stored or hour_after(when)}}


def obs(key, code, value, unit, when, stored=None, v=1, status="final", comparator=None):
    quantity = {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}
    if comparator:
        quantity["comparator"] = comparator
    return {**version("Observation", key, when, stored, v), "status": status,
            "code": {"coding": [coding(LOINC, code)]}, "subject": {"reference": "Patient/p"},
            "effectiveDateTime": when, "valueQuantity": quantity}


def k(key, value, when, stored=None, v=1, unit="mmol/L", **more):
    return obs(key, POTASSIUM, value, unit, when, stored, v, **more)


def egfr(key, value, when, code=EGFR, stored=None):
    return obs(key, code, value, "mL/min/{1.73_m2}", when, stored)


def cr(key, value, when, stored=None, v=1, **more):
    return obs(key, CREATININE, value, "mg/dL", when, stored, v, **more)


def cond(key, code, onset, stored=None, v=1, status="active", verified="confirmed", end=None,
         known=None, ai=False):
    made = version("Condition", key, onset or known, stored or known, v)
    if ai:
        made["meta"]["security"] = [
            coding("http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "AIAST")]
    made["clinicalStatus"] = {"coding": [
        coding("http://terminology.hl7.org/CodeSystem/condition-clinical", status)]}
    made["verificationStatus"] = {"coding": [
        coding("http://terminology.hl7.org/CodeSystem/condition-ver-status", verified)]}
    if verified in ("refuted", "entered-in-error"):
        del made["clinicalStatus"]
    made["code"] = {"coding": [coding(SNOMED, code)]}
    made["subject"] = {"reference": "Patient/p"}
    if onset:
        made["onsetDateTime"] = onset
    if end:
        made["abatementDateTime"] = end
    return made


def enc(key, cls, start, end=None, status="finished", stored=None, v=1, kind=None, left=None):
    made = {**version("Encounter", key, end or start, stored, v), "status": status,
            "class": coding(ACT, cls), "subject": {"reference": "Patient/p"},
            "period": {"start": start}}
    if kind:
        made["type"] = [{"coding": [coding(SNOMED, kind)]}]
    if end:
        made["period"]["end"] = end
    if left:
        made["hospitalization"] = {
            "dischargeDisposition": {"coding": [coding(DISPOSITION, left)]}}
    return made


def proc(key, code, when):
    return {**version("Procedure", key, when, None, 1), "status": "completed",
            "code": {"coding": [coding(SNOMED, code)]}, "subject": {"reference": "Patient/p"},
            "performedDateTime": when}


def seen(when="2024-06-01T09:00:00Z", key="visit", cls="AMB"):
    return enc(key, cls, when, when[:11] + "23:30:00Z")


def person(died=None, stored=None, v=1, dead=None, born="1950-01-01"):
    made = version("Patient", "p", died or "2024-01-01T00:00:00Z", stored, v)
    if born:
        made["birthDate"] = born
    if died:
        made["deceasedDateTime"] = died
    if dead:
        made["deceasedBoolean"] = True
    return made


# Cases

CASES = []


def case(name, outcome_name, resources, expect, mutant, at=AT, known=KNOWN, **more):
    change, changed = mutant
    CASES.append({"name": name, "outcome": outcome_name, "at": at, "knownAt": known,
                  "patient": "p", "resources": copy.deepcopy(resources), **more,
                  "expect": expect, "mutant": {"name": change, **copy.deepcopy(changed)}})


def event(time, *evidence):
    return {"label": "event", "time": time, **({"evidence": list(evidence)} if evidence else {})}


def none(time=None):
    return {"label": "no-event", **({"time": time} if time else {})}


def censored(reason, time=None):
    return {"label": "censored", "reason": reason, **({"time": time} if time else {})}


def competing(time, what="death"):
    return {"label": "competing", "time": time, "competing": what}


def excluded(reason):
    return {"label": "excluded", "reason": reason}


def instead(what, *resources):
    return what, {"resources": list(resources)}


def without(what, *references):
    return what, {"without": list(references)}


def later(text, seconds):
    return (instant(text) + datetime.timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


def asked(seconds):
    return f"asked {seconds} s later", {"at": later(AT, seconds)}


def known(when):
    return "known at " + when, {"knownAt": when}


END = "2024-03-31T12:00:00Z"
D3 = "2024-03-03T08:00:00Z"
D9 = "2024-03-09T08:00:00Z"

# A value crosses a threshold

case("the first value above is the event", "potassium",
     [k("a", 5.9, "2024-03-02T08:00:00Z"), k("b", 6.1, D3), k("c", 6.5, D9)],
     event(D3, "Observation/b/_history/1"), instead("the value is 5.8", k("b", 5.8, D3)))
case("the bound itself is not above it", "potassium", [k("a", 6.0, D3), seen()],
     none("2024-06-01T23:30:00Z"), instead("a hundredth more", k("a", 6.01, D3)))
case("a value at the very end counts", "potassium", [k("a", 6.4, END)],
     event(END), asked(-1))
case("a value a second after the end does not", "potassium", [k("a", 6.4, later(END, 1))],
     none(later(END, 1)), asked(1))
case("a value at the index time does not", "potassium", [k("a", 6.4, AT), seen()],
     none(), asked(-1))
case("a value before the index time does not", "potassium",
     [k("a", 6.4, "2024-02-28T08:00:00Z"), seen()], none(),
     ("asked before it", {"at": "2024-02-27T12:00:00Z"}))
case("never measured, and seen later", "potassium", [seen()], none(),
     without("never seen", "Encounter/visit/_history/1"))
case("never measured, where that is asked for", "potassium-measured", [seen()],
     censored("not-measured", AT), instead("a normal value", k("a", 4.4, D3)))
case("measured, where that is asked for", "potassium-measured", [k("a", 4.4, D3), seen()], none(),
     without("not measured", "Observation/a/_history/1"))
case("not seen at the end: censored when last seen", "potassium", [k("a", 4.4, D9)],
     censored("not-followed", D9), instead("seen later", seen()))
case("seen at the very end", "potassium", [k("a", 4.4, END)], none(END), asked(1))
case("an encounter over the end proves follow-up", "potassium",
     [enc("s", "IMP", "2024-03-20T08:00:00Z", "2024-04-02T08:00:00Z")],
     none("2024-04-02T08:00:00Z"),
     instead("it ends before", enc("s", "IMP", "2024-03-20T08:00:00Z", "2024-03-30T08:00:00Z")))
case("an encounter that was never closed proves its beginning", "potassium",
     [enc("s", "IMP", "2024-03-20T08:00:00Z", status="in-progress")],
     censored("not-followed", "2024-03-20T08:00:00Z"),
     instead("it ended", enc("s", "IMP", "2024-03-20T08:00:00Z", "2024-04-02T08:00:00Z")))
case("a planned encounter proves nothing", "potassium",
     [enc("s", "AMB", "2024-06-01T08:00:00Z", status="planned", stored="2024-02-01T00:00:00Z")],
     censored("not-followed", AT), instead("it took place", seen(key="s")))
case("seen a little before the end, with tolerance", "potassium-tolerant",
     [seen("2024-03-26T09:00:00Z")], none("2024-03-26T23:30:00Z"),
     instead("too long before", seen("2024-03-20T09:00:00Z")))
case("follow-up by the encounters that are named", "potassium-emergency", [seen(cls="EMER")],
     none(), instead("another class", seen()))
case("follow-up by the feature that is named", "potassium-followed",
     [cr("c", 1.0, "2024-05-01T08:00:00Z")], none("2024-05-01T08:00:00Z"),
     instead("before the end", cr("c", 1.0, "2024-03-05T08:00:00Z")))
case("an encounter where a feature is named", "potassium-followed", [seen()],
     censored("not-followed"), instead("the feature", cr("c", 1.0, "2024-05-01T08:00:00Z")))
case("milliequivalents are converted", "potassium", [k("a", 6.5, D3, unit="meq/L"), seen()],
     event(D3), instead("fewer", k("a", 5.5, D3, unit="meq/L")))
case("a foreign unit cannot be read", "potassium", [k("a", 25, D3, unit="mm[Hg]"), seen()],
     censored("unreadable", D3), instead("in mmol/L", k("a", 6.4, D3)))
case("a bound is no point", "potassium", [k("a", 5, D3, comparator=">"), seen()],
     censored("unreadable"), instead("a point", k("a", 5, D3)))
case("a value beside an unreadable one decides", "potassium",
     [k("a", 5, D3, comparator=">"), k("b", 6.4, D9), seen()], event(D9),
     without("only the unreadable one", "Observation/b/_history/1"))
case("an implausible value is none", "potassium", [k("a", 60, D3), seen()], none(),
     instead("plausible", k("a", 6.6, D3)))
case("a preliminary value does not count", "potassium", [k("a", 6.6, D3, status="preliminary"),
     seen()], none(), instead("final", k("a", 6.6, D3)))

# Late, twice, corrected, contradicted, never

case("late: not yet known", "potassium", [k("a", 6.6, D3, "2024-08-01T08:00:00Z"), seen()],
     none(), known("2024-08-02T00:00:00Z"), known="2024-07-01T00:00:00Z")
case("late: known now", "potassium", [k("a", 6.6, D3, "2024-08-01T08:00:00Z"), seen()],
     event(D3), known("2024-07-01T00:00:00Z"))
case("late: known at that very instant", "potassium", [k("a", 6.6, D3, "2024-08-01T08:00:00Z")],
     event(D3), known("2024-08-01T07:59:59Z"), known="2024-08-01T08:00:00Z")
case("twice: the first counts", "potassium", [k("a", 6.6, D3), k("b", 6.8, D9)],
     event(D3, "Observation/a/_history/1"), without("without it", "Observation/a/_history/1"))
case("twice: recorded in the other order", "potassium",
     [k("b", 6.8, D9, "2024-03-09T09:00:00Z"), k("a", 6.6, D3, "2024-03-20T08:00:00Z")],
     event(D3), known("2024-03-15T00:00:00Z"))
case("twice at one time: the one learnt last", "potassium",
     [k("a", 6.6, D3, "2024-03-03T09:00:00Z"), k("b", 6.8, D3, "2024-03-03T10:00:00Z")],
     event(D3, "Observation/b/_history/1"), without("without it", "Observation/b/_history/1"))
case("corrected away", "potassium",
     [k("a", 6.6, D3), k("a", 4.6, D3, "2024-03-04T08:00:00Z", 2, status="corrected"), seen()],
     none(), known("2024-03-04T07:00:00Z"))
case("corrected into an event", "potassium",
     [k("a", 4.6, D3), k("a", 6.6, D3, "2024-03-04T08:00:00Z", 2, status="corrected"), seen()],
     event(D3, "Observation/a/_history/2"),
     without("not corrected", "Observation/a/_history/2"))
case("before the correction was known", "potassium",
     [k("a", 6.6, D3), k("a", 4.6, D3, "2024-08-04T08:00:00Z", 2, status="corrected"), seen()],
     event(D3, "Observation/a/_history/1"), known("2024-08-05T08:00:00Z"),
     known="2024-08-04T07:00:00Z")
case("entered in error", "potassium",
     [k("a", 6.6, D3), k("a", 6.6, D3, "2024-03-04T08:00:00Z", 2, status="entered-in-error"),
      seen()], none(), without("not taken back", "Observation/a/_history/2"))
case("deleted", "potassium", [k("a", 6.6, D3), seen()], none(),
     ("not deleted", {"deletions": []}),
     deletions=[{"reference": "Observation/a", "at": "2024-03-05T08:00:00Z"}],
     offline="A deletion is known when it is made.")
case("contradicted: of two values of one time the one learnt last", "potassium",
     [k("a", 6.6, D3, "2024-03-03T09:00:00Z"), k("b", 4.2, D3, "2024-03-03T10:00:00Z"), seen()],
     none(), without("without it", "Observation/b/_history/1"))
case("never: nothing at all is recorded", "potassium", [person()],
     censored("not-followed", AT), instead("a later visit", seen()))
case("the horizon is not over", "potassium",
     [k("a", 4.4, D3), seen("2024-04-05T09:00:00Z")],
     censored("horizon-open", "2024-03-10T00:00:00Z"), known("2024-05-01T00:00:00Z"),
     known="2024-03-10T00:00:00Z")
case("an event before the horizon is over", "potassium", [k("a", 6.6, D3)], event(D3),
     known("2024-03-03T08:30:00Z"), known="2024-03-10T00:00:00Z")
case("the horizon is over at its very end", "potassium", [seen("2024-04-05T09:00:00Z")],
     censored("not-followed", AT), known("2024-03-31T11:59:59Z"), known=END)
case("part of the record was not searched", "potassium", [seen()],
     censored("search-incomplete", AT),
     ("all was searched", {"complete": ["Observation", "Encounter", "Patient"]}),
     complete=["Encounter", "Patient"], offline="Our own record is searched whole.")

# Death

case("death before the event competes", "potassium", [person(D3), k("a", 6.6, D9)],
     competing(D3), instead("no death", person()))
case("death after the event does not", "potassium", [person(D9), k("a", 6.6, D3)],
     event(D3), instead("death first", person("2024-03-02T08:00:00Z")))
case("death at the time of the event does not", "potassium", [person(D3), k("a", 6.6, D3)],
     event(D3), instead("a minute before", person("2024-03-03T07:59:00Z")))
case("death without the event competes", "potassium", [person(D9)], competing(D9),
     instead("after the end", person("2024-04-09T08:00:00Z")))
case("death after the end proves follow-up", "potassium", [person("2024-04-09T08:00:00Z")],
     none("2024-04-09T08:00:00Z"), instead("no death", person()))
case("death at the very end competes", "potassium", [person(END)], competing(END),
     instead("a second later", person(later(END, 1))))
case("death dated by the day", "potassium", [person("2024-03-09")],
     competing("2024-03-10T00:00:00Z"), instead("another day", person("2024-03-11")))
case("death on the day of the horizon's end", "potassium", [person("2024-03-31")],
     censored("ambiguous-date", "2024-03-31T00:00:00Z"),
     instead("the day before", person("2024-03-30")))
case("death on the day of the index time", "potassium", [person("2024-03-01")],
     competing("2024-03-02T00:00:00Z"), instead("the day before", person("2024-02-29")))
case("dead before the index time", "potassium", [person("2024-02-20T08:00:00Z")],
     excluded("died-before"), instead("after it", person(D9)))
case("dead at the index time", "potassium", [person(AT)], excluded("died-before"),
     instead("a second later", person(later(AT, 1))))
case("dead, without saying since when", "potassium",
     [person(dead=True, stored="2024-07-01T00:00:00Z")], censored("ambiguous-date", AT),
     instead("dated", person(D9, "2024-07-01T00:00:00Z")))
case("dead without a date, and seen at the end", "potassium",
     [person(dead=True, stored="2024-07-01T00:00:00Z"), seen()], none(),
     without("not seen", "Encounter/visit/_history/1"))
case("seen after the death", "potassium", [person(D9), seen("2024-04-20T09:00:00Z")],
     censored("contradicted", D9), without("not seen", "Encounter/visit/_history/1"))
case("an autopsy is no visit", "potassium",
     [person(D9), enc("autopsy", "AMB", "2024-03-10T07:00:00Z", "2024-03-10T09:00:00Z")],
     competing(D9), instead("three days later",
                            enc("autopsy", "AMB", "2024-03-12T07:00:00Z", "2024-03-12T09:00:00Z")))
case("a death that was taken back", "potassium",
     [person(D9, "2024-03-10T00:00:00Z"), person(None, "2024-03-20T00:00:00Z", 2), seen()],
     none(), known("2024-03-15T00:00:00Z"))
case("death is the event", "death", [person("2024-04-20T08:00:00Z")],
     event("2024-04-20T08:00:00Z", "Patient/p/_history/1"),
     instead("too late", person("2024-06-20T08:00:00Z")))
case("alive after the horizon", "death", [person(), seen("2024-07-01T09:00:00Z")], none(),
     instead("dead before", person("2024-04-20T08:00:00Z")))
case("death after the horizon", "death", [person("2024-06-20T08:00:00Z")],
     none("2024-06-20T08:00:00Z"), instead("in it", person("2024-05-20T08:00:00Z")))
case("not seen at the end of ninety days", "death", [person(), seen("2024-04-01T09:00:00Z")],
     censored("not-followed", "2024-04-01T23:30:00Z"),
     instead("later", seen("2024-06-01T09:00:00Z")))
case("death without a date, of which the date is asked", "death",
     [person(dead=True, stored="2024-07-01T00:00:00Z")], censored("ambiguous-date", AT),
     instead("dated", person(D9, "2024-07-01T00:00:00Z")))

# Washout, blanking, ends, eligibility, competing features

case("had it the day before", "potassium-washout",
     [k("a", 6.6, "2024-03-01T00:00:00Z"), seen()], excluded("prevalent"),
     instead("longer before", k("a", 6.6, "2024-02-29T00:00:00Z")))
case("had it at the very start of the washout", "potassium-washout",
     [k("a", 6.6, "2024-02-29T12:00:00Z"), seen()], none(), asked(-1))
case("had it at the index time", "potassium-washout", [k("a", 6.6, AT), seen()],
     excluded("prevalent"), asked(-1))
case("what is blanked is passed over", "potassium-blanking",
     [k("a", 6.6, "2024-03-02T12:00:00Z"), k("b", 6.7, D9)],
     event(D9, "Observation/b/_history/1"), without("nothing later", "Observation/b/_history/1"))
case("the blanking's end is blanked", "potassium-blanking",
     [k("a", 6.6, "2024-03-03T12:00:00Z"), seen()], none(), asked(-1))
case("a closed start counts", "potassium-closed", [k("a", 6.6, AT)], event(AT), asked(1))
case("an open end does not count", "potassium-open", [k("a", 6.6, END)], none(END), asked(1))
case("who is on dialysis is not asked about", "potassium-no-dialysis",
     [proc("d", DIALYSIS, "2024-01-05T08:00:00Z"), k("a", 6.6, D3)], excluded("exclusion"),
     instead("later", proc("d", DIALYSIS, "2024-04-05T08:00:00Z")))
case("what excludes is by what is known now", "potassium-no-dialysis",
     [{**proc("d", DIALYSIS, "2024-01-05T08:00:00Z"),
       "meta": {"versionId": "1", "lastUpdated": "2024-06-01T00:00:00Z"}}, k("a", 6.6, D3)],
     excluded("exclusion"), known("2024-05-01T00:00:00Z"))
case("who was not measured before is not asked about", "potassium-measured-before",
     [k("a", 6.6, D3)], excluded("requirement"),
     instead("measured", k("b", 4.0, "2024-01-05T08:00:00Z")))
case("a transplant first competes", "potassium-or-transplant",
     [proc("t", TRANSPLANT, D3), k("a", 6.6, D9)], competing(D3, "transplant"),
     instead("afterwards", proc("t", TRANSPLANT, "2024-03-10T08:00:00Z")))
case("a death before the transplant competes", "potassium-or-transplant",
     [proc("t", TRANSPLANT, D9), person(D3)], competing(D3),
     instead("afterwards", person("2024-03-10T08:00:00Z")))

# A diagnosis of a ValueSet

DX = "2024-05-04T10:00:00Z"
NEXT = "2025-04-10T09:00:00Z"
LONG = "2025-06-01T00:00:00Z"
case("a new diagnosis", "diabetes", [cond("d", DIABETES_2, DX)],
     event(DX, "Condition/d/_history/1"), instead("another", cond("d", ASTHMA, DX)), known=LONG)
case("diagnosed before", "diabetes", [cond("d", DIABETES, "2010-05-04"),
     cond("e", DIABETES_2, DX)], excluded("prevalent"),
     without("not before", "Condition/d/_history/1"), known=LONG)
case("resolved before", "diabetes",
     [cond("d", DIABETES, "2010-05-04", status="resolved", end="2012-01-01"), seen(NEXT)],
     excluded("prevalent"),
     instead("never so", cond("d", DIABETES, "2010-05-04", verified="refuted")), known=LONG)
case("begun and resolved in the horizon", "diabetes",
     [cond("d", DIABETES, DX, status="resolved", end="2024-06-01T00:00:00Z",
           stored="2024-06-02T00:00:00Z")], event(DX),
     without("without it", "Condition/d/_history/1"), known=LONG)
case("refuted", "diabetes", [cond("d", DIABETES, DX, verified="refuted"), seen(NEXT)], none(),
     instead("confirmed", cond("d", DIABETES, DX)), known=LONG)
case("refuted later", "diabetes",
     [cond("d", DIABETES, DX), cond("d", DIABETES, DX, "2024-07-01T00:00:00Z", 2,
                                    verified="refuted"), seen(NEXT)],
     none(), known("2024-06-01T00:00:00Z"), known=LONG)
case("a month over the horizon's end", "diabetes", [cond("d", DIABETES, "2025-03"), seen(NEXT)],
     censored("ambiguous-date", "2025-03-01T00:00:00Z"),
     instead("the month before", cond("d", DIABETES, "2025-02")), known=LONG)
case("the day of the index time counts from its end", "diabetes",
     [cond("d", DIABETES, "2024-03-01")], event("2024-03-02T00:00:00Z"),
     instead("the day before", cond("d", DIABETES, "2024-02-29")), known=LONG)
case("recorded without a date", "diabetes",
     [cond("d", DIABETES, None, known="2024-06-01T00:00:00Z"), seen(NEXT)],
     censored("ambiguous-date"), instead("dated", cond("d", DIABETES, DX)), known=LONG,
     offline="Without a date it is true when it was stored.")
case("recorded without a date before the index time", "diabetes",
     [cond("d", DIABETES, None, known="2024-01-01T00:00:00Z"), seen(NEXT)],
     excluded("prevalent"), instead("dated", cond("d", DIABETES, DX)), known=LONG,
     offline="Without a date it is true when it was stored.")
case("recorded late, and begun before", "diabetes",
     [cond("d", DIABETES, "2024-01-04", "2024-08-01T00:00:00Z"), seen(NEXT)],
     excluded("prevalent"), known("2024-07-01T00:00:00Z"), known=LONG)
case("what a model wrote does not count", "diabetes",
     [cond("d", DIABETES, DX, ai=True), seen(NEXT)], none(),
     instead("of a person", cond("d", DIABETES, DX)), known=LONG)

# Readmission

OUT = AT


def stay(end=OUT, start="2024-02-25T08:00:00Z", **more):
    return enc("stay", "IMP", start, end, **more)


def again(start, **more):
    return enc("again", "IMP", start, later(start, 2 * 24 * 3600), **more)


R9 = "2024-03-11T08:00:00Z"
case("readmitted", "readmission", [stay(), again(R9)],
     event(R9, "Encounter/again/_history/1"),
     instead("to a clinic", enc("again", "AMB", R9, "2024-03-11T09:00:00Z")))
case("an elective readmission does not count", "readmission", [stay(), again(R9, kind=ELECTIVE)],
     censored("not-followed"), instead("another kind", again(R9, kind="183452005")))
case("an elective readmission, and seen later", "readmission",
     [stay(), again(R9, kind=ELECTIVE), seen()], none(),
     instead("another kind", again(R9, kind="183452005")))
case("readmitted too late", "readmission", [stay(), again("2024-04-02T08:00:00Z")],
     none("2024-04-04T08:00:00Z"), instead("in time", again("2024-03-29T08:00:00Z")))
case("readmitted at the very end", "readmission", [stay(), again(END)], event(END),
     instead("a second later", again(later(END, 1))))
case("asked during the stay", "readmission",
     [stay("2024-03-11T12:00:00Z"), again("2024-04-08T08:00:00Z")],
     event("2024-04-08T08:00:00Z"),
     instead("left earlier", stay("2024-03-06T12:00:00Z")))
case("died in the stay", "readmission", [stay("2024-03-11T12:00:00Z", left="exp")],
     competing("2024-03-11T12:00:00Z"), instead("went home", stay("2024-03-11T12:00:00Z", left="home")))
case("died at home", "readmission", [stay(), person(D9)], competing(D9),
     instead("lives", person()))
case("readmitted, then died", "readmission", [stay(), again(R9), person("2024-03-20T08:00:00Z")],
     event(R9), instead("died first", person("2024-03-10T20:00:00Z")))
case("no stay", "readmission", [seen()], excluded("no-index-encounter"), instead("a stay", stay()))
case("a stay that ended before", "readmission", [stay(later(AT, -1)), again(R9)],
     excluded("no-index-encounter"), instead("a second longer", stay()))
case("not discharged yet", "readmission", [stay(None, status="in-progress")],
     censored("horizon-open", KNOWN), instead("discharged", stay("2024-03-02T12:00:00Z")))
case("discharged, and the month not over", "readmission", [stay()],
     censored("horizon-open", "2024-03-15T00:00:00Z"), known("2024-05-01T00:00:00Z"),
     known="2024-03-15T00:00:00Z")
case("over, without saying since when", "readmission", [stay(None)],
     censored("ambiguous-date", AT), instead("said", stay("2024-03-02T12:00:00Z")))
case("a cancelled readmission does not count", "readmission",
     [stay(), again(R9, status="cancelled"), seen()], none(), instead("it took place", again(R9)))
case("a transfer goes on with the stay", "readmission",
     [stay(), enc("transfer", "IMP", OUT, "2024-03-10T12:00:00Z"), again("2024-04-05T08:00:00Z")],
     event("2024-04-05T08:00:00Z"), without("no transfer", "Encounter/transfer/_history/1"))
case("a readmission entered in error", "readmission",
     [stay(), again(R9), {**again(R9, v=2, status="entered-in-error"),
                          "meta": {"versionId": "2", "lastUpdated": "2024-04-02T00:00:00Z"}},
      seen()], none(), without("not taken back", "Encounter/again/_history/2"))

# Death in hospital

D5 = "2024-03-05T12:00:00Z"
case("dies in the stay", "in-hospital-death", [stay(D5), person("2024-03-04T08:00:00Z")],
     event("2024-03-04T08:00:00Z"), instead("after it", person("2024-03-06T08:00:00Z")))
case("dies at its end", "in-hospital-death", [stay(D5), person(D5)], event(D5),
     instead("a second later", person(later(D5, 1))))
case("left dead, without a date", "in-hospital-death", [stay(D5, left="exp")],
     event(D5, "Encounter/stay/_history/1"), instead("went home", stay(D5, left="home")))
case("left alive", "in-hospital-death", [stay(D5, left="home")], none(D5),
     instead("left dead", stay(D5, left="exp")))
case("left, nobody says how", "in-hospital-death", [stay(D5)], none(D5),
     instead("left dead", stay(D5, left="exp")))
case("died on the day of leaving, left alive", "in-hospital-death",
     [stay(D5, left="home"), person("2024-03-05")], none(D5),
     instead("left dead", stay(D5, left="exp")))
case("died on the day of leaving, left dead", "in-hospital-death",
     [stay(D5, left="exp"), person("2024-03-05")], event(D5),
     instead("left alive", stay(D5, left="home")))
case("died on the day of leaving, nobody says how", "in-hospital-death",
     [stay(D5), person("2024-03-05")], censored("ambiguous-date"),
     instead("left alive", stay(D5, left="home")))
case("died in the stay, and left alive", "in-hospital-death",
     [stay(D5, left="home"), person("2024-03-04T08:00:00Z")], censored("contradicted"),
     instead("left dead", stay(D5, left="exp")))
case("died on the day of the index time", "in-hospital-death", [stay(D5), person("2024-03-01")],
     event("2024-03-02T00:00:00Z"), instead("the day before", person("2024-02-29")))
case("still in hospital", "in-hospital-death",
     [stay(None, status="in-progress", stored="2024-02-25T09:00:00Z"),
      stay(D5, stored="2024-03-05T13:00:00Z", v=2)],
     censored("horizon-open", "2024-03-03T00:00:00Z"), known("2024-03-06T00:00:00Z"),
     known="2024-03-03T00:00:00Z")
case("the death is recorded late", "in-hospital-death",
     [stay(D5), person(None, "2024-01-01T00:00:00Z", born=None),
      person("2024-03-04T08:00:00Z", "2024-05-01T00:00:00Z", 2, born=None)],
     none(D5), known("2024-05-02T00:00:00Z"), known="2024-04-01T00:00:00Z")
case("no stay at the index time", "in-hospital-death", [person(D9)],
     excluded("no-index-encounter"), instead("a stay", stay(D5)))

# Chronic kidney disease: confirmed after ninety days

E1 = "2024-04-01T08:00:00Z"
E2 = "2024-06-30T08:00:00Z"  # ninety days later
YEARS = "2028-01-01T00:00:00Z"
case("confirmed after ninety days", "ckd", [egfr("a", 55, E1), egfr("b", 52, E2)],
     event(E1, "Observation/a/_history/1", "Observation/b/_history/1"),
     instead("a second too soon", egfr("b", 52, later(E2, -1))), known=YEARS)
case("sixty is not below sixty", "ckd", [egfr("a", 60, E1), egfr("b", 60, E2),
     seen("2026-05-01T08:00:00Z")], none(), instead("59", egfr("a", 59, E1), egfr("b", 59, E2)),
     known=YEARS)
case("an acute fall is not chronic", "ckd",
     [egfr("a", 50, "2024-03-10T08:00:00Z"), egfr("b", 75, "2024-04-10T08:00:00Z"),
      egfr("c", 55, E2), egfr("d", 80, "2024-08-01T08:00:00Z"), seen("2026-05-01T08:00:00Z")],
     none(), without("no recovery between", "Observation/b/_history/1"), known=YEARS)
case("neither confirmed nor refuted yet", "ckd", [egfr("a", 55, "2026-02-01T08:00:00Z")],
     censored("unconfirmed", "2026-02-01T08:00:00Z"),
     instead("confirmed", egfr("b", 55, "2026-05-10T08:00:00Z")), known="2026-06-01T00:00:00Z")
case("confirmed behind the horizon", "ckd",
     [egfr("a", 55, "2026-02-01T08:00:00Z"), egfr("b", 50, "2026-06-01T08:00:00Z")],
     event("2026-02-01T08:00:00Z"), known("2026-05-01T00:00:00Z"), known=YEARS)
case("the first value behind the horizon", "ckd",
     [egfr("a", 80, E1), egfr("b", 55, "2026-04-01T08:00:00Z"),
      egfr("c", 50, "2026-08-01T08:00:00Z")], none("2026-04-01T08:00:00Z"),
     instead("in it", egfr("b", 55, "2026-02-01T08:00:00Z")), known=YEARS)
case("confirmed too late to count", "ckd",
     [egfr("a", 55, E1), egfr("b", 50, "2026-06-01T08:00:00Z")], none("2026-06-01T08:00:00Z"),
     instead("in time", egfr("b", 50, "2026-02-20T08:00:00Z")), known=YEARS)
case("had it before", "ckd",
     [egfr("a", 55, "2023-01-01T08:00:00Z"), egfr("b", 50, "2023-06-01T08:00:00Z"),
      egfr("c", 48, E1), egfr("d", 45, E2)], excluded("prevalent"),
     without("once only", "Observation/a/_history/1", "Observation/b/_history/1"), known=YEARS)
case("a first value before, confirmed after", "ckd",
     [egfr("a", 55, "2024-02-01T08:00:00Z"), egfr("b", 50, E2)], excluded("prevalent"),
     instead("a normal first value", egfr("a", 75, "2024-02-01T08:00:00Z")), known=YEARS)
case("by another equation", "ckd", [egfr("a", 55, E1, MDRD), egfr("b", 52, E2, MDRD),
     seen("2026-05-01T08:00:00Z")], censored("not-measured"),
     instead("by the one that counts", egfr("a", 55, E1), egfr("b", 52, E2)), known=YEARS)

# An expression

case("creatinine rises by half", "kidney-injury",
     [cr("a", 1.0, "2024-02-29T08:00:00Z"), cr("b", 1.5, D3)], event(D3),
     instead("by less", cr("b", 1.49, D3)))
case("creatinine does not rise", "kidney-injury",
     [cr("a", 1.0, "2024-02-29T08:00:00Z"), cr("b", 1.1, D3), seen()], none(),
     instead("it does", cr("b", 1.6, D3)))
case("the low value lies too far back", "kidney-injury",
     [cr("a", 1.0, "2024-02-20T08:00:00Z"), cr("b", 1.5, D3), seen()], none(),
     instead("not so far", cr("a", 1.0, "2024-02-26T08:00:00Z")))
case("corrected creatinine", "kidney-injury",
     [cr("a", 1.0, "2024-02-29T08:00:00Z"), cr("b", 1.6, D3),
      cr("b", 1.1, D3, "2024-03-04T08:00:00Z", 2, status="corrected"), seen()], none(),
     without("not corrected", "Observation/b/_history/2"))
case("an expression with a threshold", "creatinine-rise",
     [cr("a", 1.0, "2024-02-29T08:00:00Z"), cr("b", 1.4, D3)], event(D3),
     instead("by less", cr("b", 1.2, D3)))
case("an expression, and death before it", "creatinine-rise",
     [cr("a", 1.0, "2024-02-29T08:00:00Z"), cr("b", 1.4, D3),
      person("2024-03-02T08:00:00Z")], competing("2024-03-02T08:00:00Z"),
     instead("no death", person()))

names = [c["name"] for c in CASES]
assert len(names) == len(set(names)), sorted(n for n in names if names.count(n) > 1)
FILE = {"about": "Histories, outcome definitions and times, and the label that must come of each.",
        "definitions": FEATURES, "outcomes": OUTCOMES, "valueSets": VALUE_SETS, "cases": CASES}
path = pathlib.Path(__file__).with_name("cases.json")
path.write_text(json.dumps(FILE, indent=1) + "\n")
print(len(CASES), "cases")
