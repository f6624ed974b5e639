#!/usr/bin/env python3
"""Writes the golden cases of this folder, and what must come of them.

What is expected is worked out here, in exact fractions and from nothing but the lists below: no
line is shared with the product, and nothing is copied from what it printed. Each case names one
small change of itself, its mutant, and is only written if the change makes a difference here too.

    python3 golden/make.py           write the files
    python3 golden/make.py --check   exit 1 if a file is not what this would write

basics.json and terminology.json are not made here: they were written by hand;
starter.json and comorbidities.json are made by the scripts of their names.
"""

import copy
import itertools
import json
import math
import pathlib
import sys
from datetime import datetime, timedelta, timezone
from fractions import Fraction as F
from zoneinfo import ZoneInfo

SD = "https://auscult.org/fhir/StructureDefinition/"
UCUM = "http://unitsofmeasure.org"
LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
ACT = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
REFERENCE = "https://auscult.org/fhir/resource-reference"
ADDRESS = "https://auscult.org/fhir/address"
BCP47 = "urn:ietf:bcp:47"
OMB = "urn:oid:2.16.840.1.113883.6.238"
NULL = "http://terminology.hl7.org/CodeSystem/v3-NullFlavor"
US_CORE = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-"
AT = datetime(2024, 6, 15, 12, tzinfo=timezone.utc)
VIENNA = "Europe/Vienna"
HOUR = timedelta(hours=1)

PRESSURE, CREATININE, GLUCOSE = "8480-6", "2160-0", "2345-7"
WEIGHT, TEMPERATURE, SODIUM, HEIGHT = "29463-7", "8310-5", "2951-2", "8302-2"

# How a unit becomes the first one of its line: value * factor + offset.
UNITS = {
    PRESSURE: {"mm[Hg]": (F(1), F(0)), "mm(Hg)": None},
    CREATININE: {"mg/dL": (F(1), F(0)), "umol/L": (F("113.12") / 10000, F(0)),
                 "mmol/L": (F("113.12") / 10, F(0)), "mg/L": (F(1, 10), F(0)), "%": None},
    GLUCOSE: {"mg/dL": (F(1), F(0)), "mmol/L": (F("18.016"), F(0)), "g/L": (F(100), F(0)),
              "mmol": None},
    WEIGHT: {"kg": (F(1), F(0)), "g": (F(1, 1000), F(0)), "[lb_av]": (F("0.45359237"), F(0)),
             "cm": None},
    TEMPERATURE: {"Cel": (F(1), F(0)), "[degF]": (F(5, 9), F(-160, 9)), "K": (F(1), F("-273.15")),
                  "mm": None},
    SODIUM: {"mmol/L": (F(1), F(0)), "meq/L": (F(1), F(0)), "mol/L": (F(1000), F(0)), "mg": None},
    HEIGHT: {"cm": (F(1), F(0)), "m": (F(100), F(0)), "[in_i]": (F("2.54"), F(0)), "kg": None},
}
HOW = ("performer", "body-site", "method", "device")
SECONDS = {"s": 1, "min": 60, "h": 3600, "d": 86400, "wk": 604800}


def zone_of(name):
    return timezone.utc if name == "Z" else ZoneInfo(name)


def stamp(t):
    return t.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def converted(code, value, unit, to):
    """None where the unit does not measure what the code does."""
    table = UNITS[code]
    if table.get(unit) is None:
        return None
    a, b = table[unit]
    c, d = table[to]
    return (F(value) * a + b - d) / c


# ---------------------------------------------------------------- what is in the record


class Obs:
    """One version of one measurement."""

    def __init__(self, id, when, value, unit="mm[Hg]", code=PRESSURE, version=1, stored=None,
                 status="final", comparator=None, absent=False, issued=None, history=False,
                 category=None, interpretation=None, encounter=None, text=None, ai=False,
                 how=None, ranges=(), component=None):
        """how: codes by performer, body-site, method, device. ranges: (low, high, unit, type).
        component: (code, answer), both of LOINC."""
        self.__dict__.update(locals())
        self.stored = stored or when
        self.kind = "Observation"
        self.how = how or {}

    def changed(self, **other):
        twin = copy.copy(self)
        twin.__dict__.update(other)
        return twin

    @property
    def reference(self):
        return f"Observation/{self.id}/_history/{self.version}"

    def json(self):
        code = {"coding": [{"system": LOINC, "code": self.code}]}
        if self.text:
            code["text"] = self.text
        out = {
            "resourceType": "Observation", "id": self.id,
            "meta": {"versionId": str(self.version), "lastUpdated": stamp(self.stored)},
            "status": self.status, "code": code, "subject": {"reference": "Patient/p"},
            "effectiveDateTime": stamp(self.when)}
        if self.history:
            out["meta"]["tag"] = [
                {"system": "https://auscult.org/fhir/CodeSystem/load", "code": "history"}]
        if self.ai:
            out["meta"]["security"] = [{
                "system": "http://terminology.hl7.org/CodeSystem/v3-ObservationValue",
                "code": "AIAST"}]
        if self.issued:
            out["issued"] = stamp(self.issued)
        if self.category:
            out["category"] = [{"coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/observation-category",
                "code": self.category}]}]
        if self.interpretation:
            out["interpretation"] = [{"coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation",
                "code": code}]} for code in self.interpretation.split()]
        out.update(self.done())
        if self.ranges:
            out["referenceRange"] = [self.range(*one) for one in self.ranges]
        if self.component:
            code, answer = ({"coding": [{"system": LOINC, "code": c}]} for c in self.component)
            out["component"] = [{"code": code, "valueCodeableConcept": answer}]
        if self.encounter:
            out["encounter"] = {"reference": "Encounter/" + self.encounter}
        if self.absent:
            out["dataAbsentReason"] = {"coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/data-absent-reason",
                "code": "not-performed"}]}
        else:
            out["valueQuantity"] = {"value": number(F(self.value)), "unit": self.unit,
                                    "system": UCUM, "code": self.unit}
            if self.comparator:
                out["valueQuantity"]["comparator"] = self.comparator
        return out


    def done(self):
        out = {}
        for part, (system, code) in self.how.items():
            if part in ("performer", "device"):
                value = ({"reference": code} if system == REFERENCE
                         else {"identifier": {"system": system, "value": code}})
                out[part] = [value] if part == "performer" else value
            else:
                name = {"body-site": "bodySite"}.get(part, part)
                out[name] = {"coding": [{"system": system, "code": code}]}
        return out

    @staticmethod
    def range(low, high, unit, type=None):
        out = {}
        for name, bound in (("low", low), ("high", high)):
            if bound is not None:
                out[name] = {"value": number(F(bound))}
                if unit:
                    out[name].update({"unit": unit, "system": UCUM, "code": unit})
        if type:
            out["type"] = {"coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/referencerange-meaning",
                "code": type}]}
        return out


class Person:
    """One version of the Patient. addresses: (state, postal code, country, start, end)."""

    def __init__(self, version=1, stored=None, race=(), ethnicity=(), languages=(), addresses=()):
        self.__dict__.update(locals())
        self.kind, self.id, self.status, self.code = "Patient", "p", "", None
        self.stored = stored or h(9000)

    changed = Obs.changed

    @property
    def reference(self):
        return f"Patient/p/_history/{self.version}"

    def json(self):
        out = {"resourceType": "Patient", "id": "p",
               "meta": {"versionId": str(self.version), "lastUpdated": stamp(self.stored)}}
        for name in ("race", "ethnicity"):
            if getattr(self, name):
                out.setdefault("extension", []).append({
                    "url": US_CORE + name, "extension": [
                        {"url": "ombCategory", "valueCoding": {"system": s, "code": c}}
                        for s, c in getattr(self, name)]})
        if self.languages:
            out["communication"] = [
                {"language": {"coding": [{"system": BCP47, "code": code}]},
                 **({"preferred": True} if preferred else {})}
                for code, preferred in self.languages]
        if self.addresses:
            out["address"] = []
            for state, postal, country, start, end in self.addresses:
                one = {"use": "home", "state": state, "postalCode": postal, "country": country}
                period = {k: stamp(t) for k, t in (("start", start), ("end", end)) if t}
                out["address"].append({**one, **({"period": period} if period else {})})
        return out

    def said(self, path, at):
        """What each entry of an element says, as a set of codes."""
        if path.startswith("extension"):
            codes = self.race if path.endswith("race')") else self.ethnicity
            return [set(codes)] if codes else []
        if path == "communication.language":
            some = [c for c, preferred in self.languages if preferred]
            return [{(BCP47, c), (BCP47, c.split("-")[0])}
                    for c in some or [c for c, _ in self.languages]]
        out = []
        for state, postal, country, start, end in self.addresses:
            if (start is None or start <= at) and (end is None or end > at):
                texts = {"address.state": [state], "address.country": [country],
                         "address.postalCode": [postal[:n + 1] for n in range(len(postal))]}[path]
                out.append({(ADDRESS, text.upper()) for text in texts})
        return out


class State:
    """An encounter, a condition, an order or a procedure; one version.

    places: (place, start or None, end or None, status or None) of an encounter."""

    def __init__(self, kind, id, code, start, end=None, version=1, stored=None, status=None,
                 places=()):
        self.__dict__.update(locals())
        self.stored = stored or start
        self.status = status or {"Encounter": "finished" if end else "in-progress",
                                 "Condition": "resolved" if end else "active",
                                 "MedicationStatement": "completed" if end else "active",
                                 "MedicationRequest": "active",
                                 "Procedure": "completed"}[kind]

    changed = Obs.changed

    @property
    def reference(self):
        return f"{self.kind}/{self.id}/_history/{self.version}"

    def json(self):
        out = {"resourceType": self.kind, "id": self.id,
               "meta": {"versionId": str(self.version), "lastUpdated": stamp(self.stored)},
               "subject": {"reference": "Patient/p"}}
        if self.kind == "Encounter":
            out["status"] = self.status
            out["class"] = {"system": ACT, "code": self.code}
            out["period"] = {"start": stamp(self.start)}
            if self.end:
                out["period"]["end"] = stamp(self.end)
            if self.places:
                out["location"] = [self.place(*one) for one in self.places]
        elif self.kind == "Procedure":
            out["status"] = self.status
            out["code"] = {"coding": [{"system": SNOMED, "code": self.code}]}
            out["performedDateTime"] = stamp(self.start)
        elif self.kind == "Condition":
            out["code"] = {"coding": [{"system": SNOMED, "code": self.code}]}
            if self.status == "entered-in-error":
                out["verificationStatus"] = {"coding": [{
                    "system": "http://terminology.hl7.org/CodeSystem/condition-ver-status",
                    "code": "entered-in-error"}]}
            else:
                out["clinicalStatus"] = {"coding": [{
                    "system": "http://terminology.hl7.org/CodeSystem/condition-clinical",
                    "code": self.status}]}
            out["onsetDateTime"] = stamp(self.start)
            if self.end:
                out["abatementDateTime"] = stamp(self.end)
        else:
            out["status"] = self.status
            out["medicationCodeableConcept"] = {"coding": [{"system": RXNORM, "code": self.code}]}
            if self.kind == "MedicationRequest":
                out["intent"] = "order"
                out["authoredOn"] = stamp(self.start)
            else:
                out["effectivePeriod"] = {"start": stamp(self.start)}
                if self.end:
                    out["effectivePeriod"]["end"] = stamp(self.end)
        return out


    @staticmethod
    def place(name, start, end, status):
        out = {"location": {"reference": name}}
        if status:
            out["status"] = status
        period = {k: stamp(t) for k, t in (("start", start), ("end", end)) if t}
        return {**out, **({"period": period} if period else {})}

    def as_places(self):
        """Where the patient was, each as a state with the encounter's reference."""
        return [self.changed(code=name, start=start or self.start, end=end or self.end,
                             status="planned" if status in ("planned", "reserved") else self.status)
                for name, start, end, status in self.places]


# ---------------------------------------------------------------- what a feature is


class Window:
    def __init__(self, start="record", length=None, gap=None, ends=None):
        """start: record, back, encounter, feature, or a calendar unit d, wk, mo, a."""
        self.start, self.length, self.gap, self.ends = start, length, gap, ends

    def closed(self):
        if self.ends:
            first, last = self.ends.split("-")
            return first == "closed", last == "closed"
        return self.start != "back", True

    def key(self):
        return "/".join(str(x) for x in (
            self.start, self.length and "%d%s" % self.length, self.gap and "%d%s" % self.gap,
            self.ends))


def before(t, amount):
    n, unit = amount
    if unit in ("mo", "a"):
        months = t.year * 12 + t.month - 1 - n * (12 if unit == "a" else 1)
        year, month = divmod(months, 12)
        last = (datetime(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
        return t.replace(year=year, month=month + 1, day=min(t.day, last))
    return t - timedelta(seconds=n * SECONDS[unit])


def coding(code):
    return {"system": code[0], "code": code[1]}


class Rule:
    """recorded: (context, codes, component or None, answers). lent: (context, kind, code, least or
    None, most, after). times: (context, from, to)."""

    def __init__(self, name, codes, recorded=(), lent=(), times=(), zone=None):
        self.__dict__.update(locals())
        self.canonical = f"https://example.org/fhir/Library/{name}|1.0.0"

    def changed(self, **other):
        twin = copy.copy(self)
        twin.__dict__.update(other)
        return twin

    def json(self):
        ext = []

        def add(part, *parts):
            ext.append({"url": SD + "context-" + part,
                        "extension": [{"url": name, **value} for name, value in parts]})

        def loinc(name, code):
            return name, {"valueCoding": {"system": LOINC, "code": code}}

        def duration(name, amount):
            return name, {"valueDuration": {"value": amount[0], "system": UCUM, "code": amount[1]}}

        for context, codes, component, answers in self.recorded:
            add("recorded", ("context", {"valueCoding": coding(context)}),
                *(loinc("code", c) for c in codes),
                *([loinc("component", component)] if component else []),
                *(loinc("answer", c) for c in answers))
        for context, kind, code, least, most, after in self.lent:
            system = LOINC if kind == "Observation" else SNOMED
            add("fact", ("context", {"valueCoding": coding(context)}),
                ("type", {"valueCode": kind}), ("code", {"valueCoding": coding((system, code))}),
                *([duration("least", least)] if least else []), duration("most", most),
                *([("after", {"valueBoolean": True})] if after else []))
        for context, first, last in self.times:
            add("time", ("context", {"valueCoding": coding(context)}),
                ("from", {"valueTime": first}), ("to", {"valueTime": last}))
        if self.zone:
            ext.append({"url": SD + "context-zone", "valueCode": self.zone})
        url, version = self.canonical.split("|")
        return {
            "resourceType": "Library", "meta": {"profile": [SD + "context-rule"]},
            "extension": ext, "url": url, "version": version,
            "name": self.name.replace("-", "_"), "status": "active",
            "type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/library-type",
                                 "code": "logic-library"}]},
            "relatedArtifact": [{"type": "citation", "citation": "Invented for these cases."}],
            "dataRequirement": [{"type": "Observation", "codeFilter": [
                {"path": "code", "code": [{"system": LOINC, "code": c} for c in self.codes]}]}]}


class Feature:
    """kind: what it reads. missing: report, default, carry, carry-default, refuse, carry-refuse."""

    def __init__(self, operator, unit, window=None, code=PRESSURE, kind="Observation",
                 missing="report", carry=None, plausible=None, value_unit=None, nth=None,
                 band=None, baseline=None, distinct=None, statuses=(), filters=None, name=None,
                 system=None, path="code", codes=None, rule=None):
        self.__dict__.update(locals())
        self.window = window or Window()
        self.filters = filters or {}

    def changed(self, **other):
        twin = copy.copy(self)
        twin.__dict__.update(other)
        return twin

    def key(self):
        return json.dumps(self.json("x"), sort_keys=True)

    def json(self, name):
        ext = []

        def add(part, **value):
            ext.append({"url": SD + "feature-" + part, **value})

        def duration(part, amount):
            add(part, valueDuration={"value": amount[0], "system": UCUM, "code": amount[1]})

        add("operator", valueCode=self.operator)
        add("unit", valueCode=self.unit)
        if self.value_unit:
            add("value-unit", valueCode=self.value_unit)
        if self.nth:
            add("nth", valuePositiveInt=self.nth)
        if self.band:
            add("range", valueRange={"low": {"value": self.band[0]}, "high": {"value": self.band[1]}})
        if self.baseline:
            add("baseline", valueCode=self.baseline)
        if self.distinct:
            add("distinct", valueCode=self.distinct)
        if self.plausible:
            add("plausible-range", valueRange={
                "low": {"value": self.plausible[0]}, "high": {"value": self.plausible[1]}})
        w = self.window
        if w.start == "back":
            duration("lookback", w.length)
        elif w.start == "encounter":
            add("since-encounter", valueCoding={"system": ACT, "code": "IMP"})
        elif w.start == "feature":
            add("since-feature", valueString="weighed")
        elif w.start != "record":
            add("since-calendar", valueCode=w.start)
        if w.gap:
            duration("window-gap", w.gap)
        if w.ends:
            add("window-ends", valueCode=w.ends)
        if self.missing.endswith("default"):
            add("missing-default", valueQuantity={"value": 111, "unit": "invented for these cases"})
        if self.missing.endswith("refuse"):
            add("missing-refuse", valueBoolean=True)
        if self.missing.startswith("carry"):
            duration("missing-carry", self.carry)
        for status in self.statuses:
            add("status", valueCode=status)
        for part in ("category", "interpretation"):
            if part in self.filters:
                add(part, valueCode=self.filters[part])
        if "display" in self.filters:
            add("display", valueString=self.filters["display"])
        if "encounter-class" in self.filters:
            add("encounter-class",
                valueCoding={"system": ACT, "code": self.filters["encounter-class"]})
        for part in HOW + ("location",):
            if part in self.filters:
                add(part, valueCoding=dict(zip(("system", "code"), self.filters[part])))
        for flag in self.filters.get("flag", ()):
            add("flag", valueCode=flag)
        if self.rule:
            add("context", valueCoding=coding(self.filters["context"]))
            add("context-rule", valueCanonical=self.rule.canonical)
        if "with-models" in self.filters:
            add("with-models", valueBoolean=True)
        system = self.system or {"Observation": LOINC, "Condition": SNOMED, "Encounter": ACT,
                                 "Procedure": SNOMED}.get(self.kind, RXNORM)
        codes = self.codes or [(system, self.code)]
        return {
            "resourceType": "Library",
            "meta": {"profile": [SD + "feature-definition"]},
            "extension": ext,
            "url": "https://example.org/fhir/Library/" + name.replace("_", "-"),
            "version": "1.0.0", "name": name, "status": "active",
            "type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/library-type",
                                 "code": "logic-library"}]},
            "dataRequirement": [{"type": self.kind, "codeFilter": [
                {"path": self.path, "code": [{"system": s, "code": c} for s, c in codes]}]}]}


# ---------------------------------------------------------------- what must come of it


def as_known(record, deleted, known_at):
    """Of each resource the version that the record held, without what was deleted or an error."""
    held = {}
    for one in sorted(record, key=lambda r: (r.stored, r.version)):
        if known_from(one) <= known_at:
            held[(one.kind, one.id)] = one
    for kind, id, when in deleted:
        one = held.get((kind, id))
        if one and when <= known_at and one.stored <= when:
            del held[(kind, id)]
    return [r for r in held.values() if r.status != "entered-in-error"]


def known_from(one):
    if getattr(one, "history", False):
        return min(one.stored, one.issued or one.when)
    return one.stored


def span(window, at, zone, held):
    """(start or None, start closed, end, end closed), or a missing reason."""
    end = before(at, window.gap) if window.gap else at
    first, last = window.closed()
    if window.start == "record":
        start = None
    elif window.start == "back":
        start = before(at, window.length)
    elif window.start == "encounter":
        open_now = [r for r in held if r.kind == "Encounter" and r.code == "IMP" and r.start <= at
                    and (r.end is None or r.end > at)]
        if not open_now:
            return "dependency"
        start = max(r.start for r in open_now)
    elif window.start == "feature":
        weights = [r.when for r in held
                   if r.kind == "Observation" and r.code == WEIGHT and r.when <= at]
        if not weights:
            return "dependency"
        start = max(weights)
    else:
        local = at.astimezone(zone_of(zone))
        day = local.date()
        if window.start == "wk":
            day -= timedelta(days=day.weekday())
        elif window.start == "mo":
            day = day.replace(day=1)
        elif window.start == "a":
            day = day.replace(month=1, day=1)
        start = datetime(day.year, day.month, day.day, tzinfo=zone_of(zone)).astimezone(timezone.utc)
    if start is not None and start > end:
        return "dependency"
    return start, first, end, last


def inside(t, s):
    start, first, end, last = s
    if t > end or (t == end and not last):
        return False
    return start is None or t > start or (t == start and first)


def passes(feature, one, held):
    f = feature.filters
    if getattr(one, "ai", False) and "with-models" not in f:
        return False
    if "category" in f and one.category != f["category"]:
        return False
    if "interpretation" in f and (one.interpretation or "").split()[:1] != [f["interpretation"]]:
        return False
    if any(part in f and one.how.get(part) != f[part] for part in HOW):
        return False
    if "flag" in f and feature.operator != "flagged":
        if not any(bears(flag_of(one), asked) for asked in f["flag"]):
            return False
    if "location" in f and f["location"][1] not in places_of(one, held):
        return False
    if "display" in f and f["display"].lower() not in (one.text or "").lower():
        return False
    if "encounter-class" in f:
        return any(r.kind == "Encounter" and r.id == one.encounter and r.code == f["encounter-class"]
                   for r in held)
    return True


def places_of(one, held):
    """Where the patient was when this was measured, by its encounter."""
    return {place.code for stay in held if stay.kind == "Encounter" and stay.id == one.encounter
            for place in stay.as_places()
            if place.status in ("in-progress", "finished") and place.start <= one.when
            and (place.end is None or place.end > one.when)}


def contexts_of(rule, one, held, at, zone, complete):
    """Its contexts, each with the facts that lent it; and whether they are inferred."""
    if one.code not in rule.codes:
        return {}, False
    said, spoken = {}, False
    for context, codes, component, answers in rule.recorded:
        answered = one.component and one.component[0] == component
        spoken |= bool(answered) or one.code in codes
        if one.code in codes or (answered and one.component[1] in answers):
            said[context] = []
    if spoken:
        return said, False
    lent = {}
    for context, kind, code, least, most, after in rule.lent:
        for other in held:
            if other.kind != kind or other.code != code or getattr(other, "absent", False):
                continue
            if getattr(other, "ai", False) or other.status not in LENDING:
                continue
            when = other.when if kind == "Observation" else other.start
            distance = (when - one.when if after else one.when - when).total_seconds()
            low, high = (0 if d is None else d[0] * SECONDS[d[1]] for d in (least, most))
            if when <= at and low <= distance <= high:
                lent.setdefault(context, []).append(other)
    if lent or (rule.lent and not complete):
        return lent, True
    clock = one.when.astimezone(zone_of(rule.zone or zone)).strftime("%H:%M:%S")
    return {context: [] for context, first, last in rule.times
            if (first <= clock < last if first < last else clock >= first or clock < last)}, True


LENDING = {"final", "amended", "corrected", "in-progress", "completed"}


def with_context(feature, value, held, at, zone, complete):
    """What the context of a value's facts rests on."""
    if not feature.rule or "value" not in value or value.get("origin") == "default":
        return value
    own, inferred, evidence = value["evidence"], 0, set(value["evidence"])
    for one in held:
        if one.reference in own:
            given, is_inferred = contexts_of(feature.rule, one, held, at, zone, complete)
            lenders = given.get(feature.filters["context"])
            if is_inferred and lenders is not None:
                inferred += 1
                evidence |= {other.reference for other in lenders}
    text = f"context inferred for {inferred} of {len(own)} by {feature.rule.canonical}"
    return {**value, "evidence": sorted(evidence), "text": text if inferred else None}


SAYS = {"N": "normal", "L": "low", "H": "high", "LL": "critical-low", "HH": "critical-high",
        "A": "abnormal", "AA": "critical"}


def flag_of(one):
    """How it stands to what is usual; None if the record does not say."""
    said = {SAYS[c] for c in (one.interpretation or "").split() if c in SAYS}
    if not said:
        return by_ranges(one)
    if said <= {"abnormal", "critical"}:
        said |= {by_ranges(one)} & {"low", "high"}
    sides = {side for side in ("low", "high", "normal") if any(side in s for s in said)
             and side != "normal"}
    if len(sides) > 1 or ("normal" in said and len(said) > 1):
        return None
    if "normal" in said:
        return "normal"
    critical = any(s.startswith("critical") for s in said)
    side = next(iter(sides), None)
    if side:
        return "critical-" + side if critical else side
    return "critical" if critical else "abnormal"


def by_ranges(one):
    flags = set()
    for low, high, unit, *type in one.ranges:
        if type and type[0] not in (None, "normal"):
            continue
        value = F(one.value) if not unit else converted(one.code, one.value, one.unit, unit)
        if value is None or (low is None and high is None) or one.comparator in ("<", ">"):
            below = value is not None and one.comparator == "<" and low is not None
            above = value is not None and one.comparator == ">" and high is not None
            flags.add("low" if below and value <= F(low) else
                      "high" if above and value >= F(high) else None)
        elif low is not None and value < F(low):
            flags.add("low")
        elif high is not None and value > F(high):
            flags.add("high")
        else:
            flags.add("normal")
    return flags.pop() if len(flags) == 1 else None


def bears(flag, asked):
    """Whether a flag is, or includes, the one that is asked for."""
    if flag is None or flag == asked:
        return flag is not None
    return {"abnormal": flag != "normal", "critical": flag.startswith("critical"),
            "low": flag == "critical-low", "high": flag == "critical-high"}.get(asked, False)


def of_person(feature, held, at, complete):
    """Whether an element of the Patient is one of the codes."""
    person = next((r for r in held if r.kind == "Patient"), None)
    entries = person.said(feature.path, at) if person else []
    if not entries:
        return {"missing": "not-recorded" if complete else "search-incomplete"}
    answers = [{c for c in entry if c[0] != NULL} for entry in entries]
    answers = [a for a in answers if a]
    if not answers:
        return {"missing": "data-absent"}
    meant = [bool(a & set(feature.codes)) for a in answers]
    if any(meant) and not all(meant):
        return {"missing": "ambiguous"}
    return made(int(all(meant)), "1", [person])


COUNTING = {"Observation": {"final", "amended", "corrected"}}


def read(feature, one):
    """A fraction, or why there is none."""
    if one.comparator:
        return "comparator"
    value = converted(feature.code, one.value, one.unit, feature.value_unit or feature.unit)
    if value is None:
        return "unit"
    if feature.plausible and not F(feature.plausible[0]) <= value <= F(feature.plausible[1]):
        return "implausible"
    return value


def expectation(feature, record, deleted=(), at=AT, known_at=None, zone="Z", complete=True):
    known_at = known_at or at
    held = as_known(record, deleted, known_at)
    s = span(feature.window, at, zone, held)
    if isinstance(s, str):
        return by_policy(feature, {"missing": s}, held, at)
    if feature.kind == "Patient":
        return by_policy(feature, of_person(feature, held, at, complete), held, at)
    if feature.kind != "Observation":
        return by_policy(feature, of_states(feature, held, s, at, complete), held, at)
    codes = {c for _, c in feature.codes or ()} or {feature.code}
    if feature.rule:
        right = [r for r in held if r.kind == "Observation" and r.code in codes and feature.filters[
            "context"] in contexts_of(feature.rule, r, held, at, zone, complete)[0]]
    else:
        right = [r for r in held if r.kind == "Observation" and r.code in codes]
    mine = sorted((r for r in right if r.when <= at and passes(feature, r, held)),
                  key=lambda r: r.when)
    wanted = set(feature.statuses) or COUNTING["Observation"]
    counting = [r for r in mine if r.status in wanted]
    window = [r for r in counting if inside(r.when, s)]
    made_of = of_measurements(feature, mine, counting, window, s, at, zone, complete)
    return with_context(feature, by_policy(feature, made_of, held, at, right), held, at, zone,
                        complete)


def of_measurements(feature, mine, counting, window, s, at, zone, complete):
    said = [r for r in window if not r.absent]
    op = feature.operator
    if op == "exists":
        if said:
            return made(1, "1", said)
        if window:
            return {"missing": "data-absent"}
        return made(0, "1", []) if complete else {"missing": "search-incomplete"}
    if op in ("count", "distinct-count", "rate"):
        if not complete:
            return {"missing": "search-incomplete"}
        if op == "count":
            return made(len(said), "1", said)
        if op == "distinct-count":
            return made(len({different(feature, r, zone) for r in said} - {None}), "1", said)
        seconds = F(int((s[2] - s[0]).total_seconds())) if s[0] else F(0)
        if not seconds:
            return {"missing": "undefined"}
        return made(F(len(said)) / seconds * SECONDS[feature.unit[1:]], feature.unit, said)
    if not window:
        if counting:
            return {"missing": "outside-window"}
        if mine:
            return {"missing": "status"}
        return {"missing": "not-recorded" if complete else "search-incomplete"}
    if not said:
        return {"missing": "data-absent"}
    if op == "flagged":
        flag, asked = flag_of(said[-1]), feature.filters["flag"]
        if any(bears(flag, a) for a in asked):
            return made(1, "1", [said[-1]])
        coarse = {"abnormal": {"low", "high", "critical-low", "critical-high", "critical"},
                  "critical": {"low", "high", "critical-low", "critical-high"}}.get(flag, set())
        if flag is None or coarse & set(asked):
            return {"missing": "unrecognised-value"}
        return made(0, "1", [said[-1]])
    if op in ("time-since", "time-since-first"):
        one = said[-1] if op == "time-since" else said[0]
        return made(F(int((at - one.when).total_seconds()), SECONDS[feature.unit]), feature.unit, [one])
    return of_numbers(feature, [(r, read(feature, r)) for r in said], s[2], at)


def different(feature, one, zone):
    if feature.distinct == "day":
        return one.when.astimezone(zone_of(zone)).date()
    if feature.distinct == "encounter":
        return one.encounter
    value = read(feature, one)
    return None if isinstance(value, str) else value


def median(values):
    ordered = sorted(values)
    n = len(ordered)
    return ordered[n // 2] if n % 2 else (ordered[n // 2 - 1] + ordered[n // 2]) / 2


def mean(values):
    return sum(values, F(0)) / len(values)


def of_numbers(feature, readings, end, at):
    op, unit = feature.operator, feature.unit
    pick = {"latest": -1, "first": 0}.get(op)
    if op == "nth-latest":
        if len(readings) < feature.nth:
            return {"missing": "too-few"}
        pick = -feature.nth
    if pick is not None:
        one, value = readings[pick]
        return {"missing": value} if isinstance(value, str) else made(value, unit, [one])
    good = [(r, v) for r, v in readings if not isinstance(v, str)]
    if op in ("delta", "percent-change"):
        if isinstance(readings[-1][1], str):
            return {"missing": readings[-1][1]}
        if len(good) < 2:
            return {"missing": "too-few"}
    if not good:
        return {"missing": readings[-1][1]}
    facts, values = [r for r, _ in good], [v for _, v in good]
    if op in ("min", "max"):
        best = (min if op == "min" else max)(values)
        return made(best, unit, [facts[values.index(best)]])
    share = 100 if unit == "%" else 1
    if op in ("delta", "percent-change"):
        old = values[:-1]
        base = {"first": old[0], "previous": old[-1], "min": min(old), "max": max(old),
                "mean": mean(old), "median": median(old)}[feature.baseline]
        change = values[-1] - base
        if op == "delta":
            return made(change, unit, facts)
        return made(change / abs(base) * share, unit, facts) if base else {"missing": "undefined"}
    if op == "mean":
        return made(mean(values), unit, facts)
    if op == "median":
        return made(median(values), unit, facts)
    hours = [F(int((r.when - at).total_seconds()), 3600) for r in facts]
    steps = [b - a for a, b in zip(values, values[1:])]
    if op in ("time-weighted-mean", "time-in-range"):
        ended = F(int((end - at).total_seconds()), 3600)
        held = [b - a for a, b in zip(hours, hours[1:] + [ended])]
        if not sum(held):
            return (made(values[-1], unit, facts) if op == "time-weighted-mean"
                    else {"missing": "undefined"})
        if op == "time-weighted-mean":
            return made(sum(v * h for v, h in zip(values, held)) / sum(held), unit, facts)
        low, high = map(F, feature.band)
        good_time = sum(h for v, h in zip(values, held) if low <= v <= high)
        return made(good_time / sum(held) * share, unit, facts)
    if len(values) < 2:
        return {"missing": "too-few"}
    m = mean(values)
    spread = sum((v - m) ** 2 for v in values) / (len(values) - 1)
    if op == "standard-deviation":
        return made(math.sqrt(spread), unit, facts)
    if op == "coefficient-of-variation":
        return made(math.sqrt(spread) / abs(m) * share, unit, facts)
    if op == "successive-differences":
        return made(math.sqrt(sum(d * d for d in steps) / len(steps)), unit, facts)
    if op == "average-real-variability":
        return made(mean([abs(d) for d in steps]), unit, facts)
    t = mean(hours)
    slope = (sum((h - t) * (v - m) for h, v in zip(hours, values))
             / sum((h - t) ** 2 for h in hours))
    if op == "slope":
        per = SECONDS[unit.rsplit("/", 1)[1]]
        return made(slope * per / 3600, unit, facts)
    assert op == "intercept"
    return made(m - slope * t, unit, facts)


def of_states(feature, held, s, at, complete):
    """Conditions, encounters, statements, orders."""
    op, unit = feature.operator, feature.unit
    start, first, end, last = s

    def until(r):
        return r.end or datetime.max.replace(tzinfo=timezone.utc)

    def counts(r):
        over = {"Condition": "resolved", "MedicationStatement": "completed"}.get(feature.kind)
        # How long it held is asked of what is over, too.
        held_then = r.end is not None and (op == "total-duration" or r.end > at)
        status = "active" if r.status == over and held_then else r.status
        if feature.kind == "Procedure":
            return status in ("in-progress", "completed")
        if feature.kind == "Encounter":
            return status in ("in-progress", "finished")
        if feature.kind == "MedicationRequest":
            return status == "active"
        if feature.kind == "MedicationStatement":
            return status in (("active",) if op == "active" or op.endswith("duration")
                              else ("active", "completed"))
        return status == "active"

    mine = [r for r in held if r.kind == feature.kind]
    if feature.system == REFERENCE:
        mine = [place for r in mine for place in r.as_places()]
    mine = [r for r in mine if r.code == feature.code and r.start <= at]
    lasting = feature.kind not in ("MedicationRequest", "Procedure")
    window = [r for r in mine if counts(r)
              and (inside(r.start, s)
                   or (lasting and r.start <= end and (r.start != end or last) and start is not None
                       and until(r) > start))]
    window.sort(key=lambda r: r.start)
    holding = [r for r in window if until(r) > at]
    if op == "active":
        if holding:
            return made(1, "1", holding)
        return made(0, "1", []) if complete else {"missing": "search-incomplete"}
    if op == "exists":
        if window:
            return made(1, "1", window)
        return made(0, "1", []) if complete else {"missing": "search-incomplete"}
    if op == "time-since":
        if window:
            one = window[-1]
            return made(F(int((at - one.start).total_seconds()), SECONDS[unit]), unit, [one])
        if [r for r in mine if counts(r)]:
            return {"missing": "outside-window"}
        return {"missing": "status" if mine else
                "not-recorded" if complete else "search-incomplete"}
    if op == "duration":
        if not holding:
            return {"missing": "not-recorded" if complete else "search-incomplete"}
        one = holding[-1]
        return made(F(int((at - one.start).total_seconds()), SECONDS[unit]), unit, [one])
    if not complete:
        return {"missing": "search-incomplete"}
    if op == "count":
        return made(len(window), "1", window)
    assert op == "total-duration"
    total, covered = 0, None
    for r in window:
        a = max(x for x in (r.start, start, covered) if x is not None)
        b = min(until(r), end)
        if b > a:
            total += int((b - a).total_seconds())
            covered = b
    return made(F(total, SECONDS[unit]), unit, window)


def by_policy(feature, value, held, at, right=()):
    """right: the facts of the right code and context."""
    reason = value.get("missing")
    policy = feature.missing
    if reason in ("not-recorded", "outside-window"):
        if policy.startswith("carry"):
            s = (before(at, feature.carry), True, at, True)
            young = sorted((r for r in right if inside(r.when, s)
                            and r.status in COUNTING["Observation"]
                            and not r.absent and passes(feature, r, held)), key=lambda r: r.when)
            if young and not isinstance(read(feature, young[-1]), str):
                out = made(read(feature, young[-1]), feature.unit, [young[-1]])
                out["origin"] = "carried"
                return out
        if policy.endswith("default"):
            return {"value": 111, "unit": feature.unit, "evidence": [], "origin": "default",
                    "text": "invented for these cases"}
    if reason and policy.endswith("refuse"):
        return {"missing": reason, "refuses": True}
    return value


def made(value, unit, facts):
    return {"value": number(value), "unit": unit, "evidence": sorted(f.reference for f in facts),
            "origin": "record"}


def number(value):
    if isinstance(value, F):
        return value.numerator if value.denominator == 1 else float(value)
    return value


# ---------------------------------------------------------------- cases


class Case:
    def __init__(self, name, feature, record, deleted=(), at=AT, known_at=None, zone="Z",
                 complete=True, mutants=()):
        self.__dict__.update(locals())

    def changed(self, **other):
        twin = copy.copy(self)
        twin.__dict__.update(other)
        return twin

    def expected(self):
        return expectation(self.feature, self.record, self.deleted, self.at, self.known_at,
                           self.zone, self.complete)


WEIGHED = Feature("latest", "kg", code=WEIGHT, name="weighed")


class File:
    def __init__(self, name, about):
        self.name, self.about = name, about
        self.names, self.cases, self.keys = {}, [], set()
        self.definitions = []
        self.rules = {}

    def define(self, feature):
        key = feature.key()
        if feature.rule:
            self.rules.setdefault(feature.rule.canonical, feature.rule.json())
        if key not in self.names:
            name = "%s_%d" % (feature.operator.replace("-", "_"), len(self.names) + 1)
            self.names[key] = name
            self.definitions.append(feature.json(name))
            if feature.window.start == "feature" and "weighed" not in self.names.values():
                self.names[WEIGHED.key()] = "weighed"
                self.definitions.append(WEIGHED.json("weighed"))
        return self.names[key]

    def add(self, case):
        expected = case.expected()
        for name, mutated in list(case.mutants) + everyday_mutants(case):
            if differs(expected, mutated.expected()):
                break
        else:
            raise SystemExit(f"{self.name}: {case.name}: no mutant makes a difference")
        feature = self.define(case.feature)
        out = {"name": case.name, "at": stamp(case.at)}
        if case.known_at:
            out["knownAt"] = stamp(case.known_at)
        if case.zone != "Z":
            out["zone"] = case.zone
        out["patient"] = "p"
        out["resources"] = [r.json() for r in case.record]
        if case.deleted:
            out["deletions"] = deletions(case.deleted)
        if not case.complete:
            out["complete"] = []
        out["expect"] = {feature: expected}
        out["mutant"] = self.mutation(name, case, mutated, feature)
        self.cases.append(out)

    @staticmethod
    def mutation(name, case, mutated, feature):
        out = {"name": name}
        if mutated.at != case.at:
            out["at"] = stamp(mutated.at)
            if case.known_at:
                out["knownAt"] = stamp(case.known_at)
        if mutated.known_at != case.known_at:
            out["knownAt"] = stamp(mutated.known_at or mutated.at)
        if mutated.zone != case.zone:
            out["zone"] = mutated.zone
        if mutated.deleted != case.deleted:
            out["deletions"] = deletions(mutated.deleted)
        if mutated.complete != case.complete:
            out["complete"] = ["Observation", "Condition", "Encounter", "Procedure",
                               "Patient"] if mutated.complete else []
        old = {r.reference: r.json() for r in case.record}
        new = {r.reference: r.json() for r in mutated.record}
        if [r for r in old if r not in new]:
            out["without"] = [r for r in old if r not in new]
        if [r for r in new if new[r] != old.get(r)]:
            out["resources"] = [new[r] for r in new if new[r] != old.get(r)]
        if mutated.feature.key() != case.feature.key():
            out["definitions"] = [mutated.feature.json(feature)]
        rule = mutated.feature.rule
        if rule and (not case.feature.rule or rule.json() != case.feature.rule.json()):
            out["contextRules"] = [rule.json()]
        return out

    def text(self):
        head = {"about": self.about, "definitions": self.definitions}
        lines = ["{", ' "about": ' + json.dumps(self.about) + ",", ' "definitions": [']
        lines.append(",\n".join("  " + json.dumps(d) for d in head["definitions"]))
        if self.rules:
            lines += [" ],", ' "contextRules": [']
            lines.append(",\n".join("  " + json.dumps(r) for r in self.rules.values()))
        lines += [" ],", ' "cases": [']
        lines.append(",\n".join("  " + json.dumps(c) for c in self.cases))
        return "\n".join(lines + [" ]", "}"]) + "\n"


def deletions(deleted):
    return [{"reference": f"{k}/{i}", "at": stamp(t)} for k, i, t in deleted]


def differs(expected, other):
    """Whether a change is seen by what the case expects."""
    for part, value in expected.items():
        found = other.get(part)
        if part == "value" and found is not None:
            if abs(found - value) > 1e-6 * max(1, abs(value)):
                return True
        elif part == "refuses":
            if bool(found) != value:
                return True
        elif found != value:
            return True
    return False


def everyday_mutants(case):
    """Small changes that nearly any expectation notices."""
    out = []
    for one in reversed(case.record):
        if one.kind != "Observation" or one.code != WEIGHT:
            out.append((f"without {one.reference}",
                        case.changed(record=[r for r in case.record if r is not one])))
    fresh = Obs("z", case.at - timedelta(seconds=1), "140", stored=case.at - timedelta(seconds=1),
                code=case.feature.code, unit=case.feature.value_unit or case.feature.unit) \
        if case.feature.kind == "Observation" and case.feature.code in UNITS \
        and (case.feature.value_unit or case.feature.unit) in UNITS[case.feature.code] else None
    if fresh:
        out.append(("one more measurement", case.changed(record=list(case.record) + [fresh])))
    out.append(("nothing is complete", case.changed(complete=False)))
    out.append(("a year earlier", case.changed(at=case.at - timedelta(days=366))))
    return out


def h(n):
    """So many hours before the index time."""
    return AT - timedelta(hours=n)


def numeric(operator, code=PRESSURE, unit="mm[Hg]", **other):
    """A feature of each numeric operator, with what it needs."""
    given = dict(code=code)
    if operator == "slope":
        given.update(unit=unit + "/h", value_unit=unit)
    elif operator in ("coefficient-of-variation", "percent-change", "time-in-range"):
        given.update(unit="%", value_unit=unit)
    else:
        given.update(unit=unit)
    if operator == "nth-latest":
        given["nth"] = 2
    if operator in ("delta", "percent-change"):
        given["baseline"] = "previous" if operator == "delta" else "first"
    if operator == "time-in-range":
        given["band"] = (90, 140)
    given.update(other)
    return Feature(operator, **given)


NUMERIC = ["latest", "first", "nth-latest", "min", "max", "mean", "median", "standard-deviation",
           "coefficient-of-variation", "successive-differences", "average-real-variability",
           "slope", "intercept", "delta", "percent-change", "time-weighted-mean", "time-in-range"]
COUNTED = ["count", "distinct-count", "rate", "exists", "time-since", "time-since-first"]


def counted(operator, **other):
    given = {"count": dict(unit="1"), "distinct-count": dict(unit="1", distinct="day"),
             "rate": dict(unit="/d"), "exists": dict(unit="1"), "time-since": dict(unit="h"),
             "time-since-first": dict(unit="min")}[operator]
    given.update(other)
    return Feature(operator, **given)


def feature(operator, **other):
    return (numeric if operator in NUMERIC else counted)(operator, **other)


CARRIED = ["latest", "min", "max", "mean", "median", "time-weighted-mean"]


def course():
    """Values on and around the ends of every window, none like another."""
    return [Obs("a", h(72), "171"), Obs("b", h(48), "152"), Obs("c", h(30), "138"),
            Obs("d", h(20), "147"), Obs("e", h(6), "126"), Obs("f", h(0), "119")]


ADMISSION = State("Encounter", "stay", "IMP", h(30))
SCALES = Obs("w", h(20), "80", unit="kg", code=WEIGHT)


def windows():
    """Every kind of beginning, gap, and open and closed ends."""
    file = File("windows", "Every operator over every kind of window, with facts on its very ends.")
    kinds = [Window("record"), Window("back", (48, "h")),
             Window("back", (48, "h"), ends="closed-closed"),
             Window("back", (48, "h"), ends="closed-open"),
             Window("back", (48, "h"), ends="open-open"),
             Window("back", (48, "h"), gap=(6, "h")),
             Window("back", (2, "d"), gap=(6, "h"), ends="closed-open"),
             Window("encounter"), Window("encounter", ends="open-open"),
             Window("feature"), Window("feature", ends="open-closed"),
             Window("d"), Window("wk", ends="closed-open"), Window("record", gap=(6, "h"))]
    for operator, window in itertools.product(NUMERIC + COUNTED, kinds):
        if operator == "rate" and window.start == "record":
            continue
        f = feature(operator, window=window)
        record = course()
        zone = VIENNA if window.start in ("d", "wk") else "Z"
        if window.start == "encounter":
            record.append(ADMISSION)
        if window.start == "feature":
            record.append(SCALES)
        if window.start == "d":  # a day in Vienna begins at 22:00 UTC
            record.append(Obs("g", h(14), "133"))
        first, last = window.closed()
        word = ("closed-" if first else "open-") + ("closed" if last else "open")
        flips = [("open-" if first else "closed-") + ("closed" if last else "open"),
                 ("closed-" if first else "open-") + ("open" if last else "closed")]
        case = Case(f"{operator} over {window.key()}", f, record, zone=zone)
        case.mutants = [(f"ends {ends} for {word}", case.changed(feature=f.changed(
            window=Window(window.start, window.length, window.gap, ends)))) for ends in flips]
        if window.gap:
            case.mutants.append(("no gap", case.changed(feature=f.changed(
                window=Window(window.start, window.length, None, window.ends)))))
        file.add(case)
    for operator, length in itertools.product(["latest", "mean", "count", "time-since-first"],
                                              [(1, "mo"), (1, "a"), (2, "wk"), (90, "min")]):
        start = before(AT, length)
        record = [Obs("a", start - timedelta(seconds=1), "181"), Obs("b", start, "152"),
                  Obs("c", start + timedelta(seconds=1), "138"), Obs("d", h(1), "127")]
        f = feature(operator, window=Window("back", length))
        case = Case(f"{operator} over {length[0]} {length[1]} to the second", f, record)
        case.mutants = [("the beginning counts", case.changed(feature=f.changed(
            window=Window("back", length, ends="closed-closed")))),
            ("a second earlier", case.changed(at=AT - timedelta(seconds=1)))]
        file.add(case)
    for operator, unit in itertools.product(["latest", "count", "max"], ["mo", "a"]):
        at = datetime(2024, 3, 1, 0, 30, tzinfo=timezone.utc)
        first = datetime(2024, 2, 29 if unit == "mo" else 1, 23, 0, tzinfo=timezone.utc)
        record = [Obs("a", first, "181"), Obs("b", at - timedelta(minutes=20), "152")]
        f = feature(operator, window=Window(unit))
        case = Case(f"{operator} since the {unit} began in Vienna", f, record, at=at, zone=VIENNA)
        case.mutants = [("in UTC", case.changed(zone="Z")),
                        ("in New York", case.changed(zone="America/New_York"))]
        file.add(case)
    for operator in ["latest", "mean", "count", "exists"]:
        for start, record in (("encounter", [State("Encounter", "stay", "IMP", h(30), h(10))]),
                              ("feature", [])):
            f = feature(operator, window=Window(start))
            case = Case(f"{operator} since a {start} that is not there", f, course() + record)
            case.mutants = [("it is there", case.changed(record=course() + [
                ADMISSION if start == "encounter" else SCALES]))]
            file.add(case)
    return file


def corrections():
    """What the record learnt late, corrected, withdrew, or was told of long after."""
    file = File("corrections", "Every operator over what was stored late, corrected, back-dated,"
                " entered in error, deleted, or loaded as history; on two clocks.")
    back = Window("back", (48, "h"))

    def base():
        return [Obs("a", h(40), "152"), Obs("b", h(30), "138"), Obs("c", h(20), "147")]

    e = Obs("e", h(6), "126")
    v2 = e.changed(version=2, value="186", status="corrected", stored=h(2))
    gone = [("Observation", "e", h(2))]
    history = e.changed(stored=AT + 900 * HOUR, history=True, issued=h(5))
    scenarios = [
        ("stored after the index time", [e.changed(stored=AT + HOUR)], (), None,
         [("stored in time", [e], ())]),
        ("stored after the index time, asked later", [e.changed(stored=AT + HOUR)], (),
         AT + 2 * HOUR, [("asked on the day", None, AT)]),
        ("corrected before", [e, v2], (), None, [("not corrected", [e], ())]),
        ("corrected afterwards", [e, v2.changed(stored=AT + HOUR)], (), None,
         [("corrected in time", [e, v2], ())]),
        ("corrected afterwards, asked later", [e, v2.changed(stored=AT + HOUR)], (), AT + 2 * HOUR,
         [("asked on the day", None, AT)]),
        ("corrected twice", [e, v2, v2.changed(version=3, value="110", stored=h(1))], (), None,
         [("corrected once", [e, v2], ())]),
        ("entered in error", [e, e.changed(version=2, status="entered-in-error", stored=h(2))], (),
         None, [("no error", [e], ())]),
        ("entered in error, found out afterwards",
         [e, e.changed(version=2, status="entered-in-error", stored=AT + HOUR)], (), None,
         [("found out in time", [e, e.changed(version=2, status="entered-in-error",
                                              stored=h(2))], ())]),
        ("preliminary, then final", [e.changed(status="preliminary", value="99"),
                                     e.changed(version=2, stored=h(2))], (), None,
         [("still preliminary", [e.changed(status="preliminary", value="99")], ())]),
        ("moved to another day", [e, e.changed(version=2, when=h(25), stored=h(2))], (), None,
         [("not moved", [e], ())]),
        ("back-dated", [e, Obs("x", h(45), "166", stored=h(1))], (), None,
         [("not yet stored", [e, Obs("x", h(45), "166", stored=AT + HOUR)], ())]),
        ("back-dated afterwards", [e, Obs("x", h(45), "166", stored=AT + HOUR)], (), None,
         [("back-dated in time", [e, Obs("x", h(45), "166", stored=h(1))], ())]),
        ("deleted", [e], gone, None, [("not deleted", [e], ())]),
        ("deleted afterwards", [e], [("Observation", "e", AT + HOUR)], None,
         [("deleted in time", [e], gone)]),
        ("deleted and written again", [e, v2.changed(stored=h(1))],
         [("Observation", "e", h(2))], None, [("stays deleted", [e], gone)]),
        ("loaded as history", [history], (), None,
         [("a live write", [history.changed(history=False)], ())]),
        ("loaded as history, issued afterwards", [history.changed(issued=AT + HOUR)], (), None,
         [("issued in time", [history], ())]),
    ]
    for operator, (name, extra, deleted, known_at, mutants) in itertools.product(
            NUMERIC + COUNTED, scenarios):
        f = feature(operator, window=back)
        case = Case(f"{operator}: {name}", f, base() + extra, deleted, known_at=known_at)
        case.mutants = [
            (word, case.changed(known_at=other) if new is None
             else case.changed(record=base() + new, deleted=other))
            for word, new, other in mutants]
        file.add(case)
    return file


def policies():
    """What happens when a value is missing."""
    file = File("missing", "Every missing policy where nothing was recorded, only before the"
                " window, in another status, absent, or unreadable, and after incomplete searches.")
    back = Window("back", (24, "h"))
    old = Obs("a", h(60), "152")
    records = {
        "nothing recorded": [],
        "recorded before the window": [old, Obs("b", h(90), "171")],
        "recorded long before the window": [old.changed(when=h(900), stored=h(900))],
        "only preliminary": [Obs("c", h(5), "133", status="preliminary")],
        "only absent": [Obs("c", h(5), "133", absent=True)],
        "in a unit of something else": [Obs("c", h(5), "133", unit="mm(Hg)")],
        "above a bound": [Obs("c", h(5), "133", comparator=">")],
        "not plausible": [Obs("c", h(5), "933")],
    }
    UNITS[PRESSURE]["mm(Hg)"] = None
    plans = [("report", None), ("default", None), ("refuse", None)]
    for operator in ["latest", "first", "nth-latest", "mean", "slope", "percent-change",
                     "time-in-range", "time-since"]:
        more = [("carry", (72, "h")), ("carry-default", (50, "h")), ("carry-refuse", (60, "h")),
                ("carry-default", (72, "h"))] if operator in CARRIED else []
        for (what, record), (policy, carry) in itertools.product(records.items(), plans + more):
            if operator == "time-since" and what not in list(records)[:5]:
                continue
            given = dict(window=back, missing=policy, carry=carry)
            if operator in NUMERIC:
                given["plausible"] = (40, 300)
            f = feature(operator, **given)
            word = policy + ("" if carry is None else " up to %d %s" % carry)
            case = Case(f"{operator}, {what}: {word}", f, record)
            others = {"report": "refuse", "default": "report", "refuse": "report",
                      "carry": "report", "carry-default": "report", "carry-refuse": "carry"}
            case.mutants = [(f"the policy is {others[policy]}", case.changed(
                feature=f.changed(missing=others[policy])))]
            if carry:
                case.mutants.insert(0, ("carried an hour less", case.changed(
                    feature=f.changed(carry=(carry[0] - 1, "h")))))
                case.mutants.insert(1, ("carried for a year", case.changed(
                    feature=f.changed(carry=(1, "a")))))
            case.mutants.append(("measured in time", case.changed(
                record=record + [Obs("y", h(2), "125"), Obs("z", h(1), "128")])))
            file.add(case)
    for operator, what in itertools.product(
            COUNTED + ["latest", "mean"], ["nothing recorded", "recorded before the window"]):
        record = records[what]
        f = feature(operator, window=back)
        case = Case(f"{operator}, {what}, after an incomplete search", f, record, complete=False)
        case.mutants = [("the search was complete", case.changed(complete=True))]
        file.add(case)
    return file


def units():
    """Other units than the definition's, through factors, offsets and molar masses."""
    file = File("units", "Numbers recorded in other units than the definition's; what cannot be"
                " converted, is above or below a bound, or not plausible.")
    kinds = [(CREATININE, "mg/dL", ["umol/L", "mmol/L", "mg/L"], ["88", "0.11", "9.5"], "%"),
             (CREATININE, "umol/L", ["mg/dL", "mg/L", "mmol/L"], ["1.1", "12", "0.1"], "%"),
             (GLUCOSE, "mmol/L", ["mg/dL", "g/L", "mg/dL"], ["99", "1.4", "180"], "mmol"),
             (WEIGHT, "kg", ["[lb_av]", "g", "kg"], ["180", "79500", "82.5"], "cm"),
             (TEMPERATURE, "Cel", ["[degF]", "K", "Cel"], ["101.3", "310.15", "36.6"], "mm"),
             (SODIUM, "mmol/L", ["meq/L", "mol/L", "mmol/L"], ["141", "0.137", "144"], "mg"),
             (HEIGHT, "cm", ["m", "[in_i]", "cm"], ["1.71", "68", "172.5"], "kg")]
    for (code, unit, recorded, values, foreign), operator in itertools.product(
            kinds, ["latest", "first", "min", "max", "mean", "median", "standard-deviation", "slope",
                    "delta", "time-weighted-mean"]):
        record = [Obs(i, h(t), v, unit=u, code=code) for i, t, v, u in
                  zip("abc", (30, 20, 10), values, recorded)]
        f = numeric(operator, code=code, unit=unit)
        if operator == "slope" and unit in ("kg", "cm"):
            f = f.changed(unit=unit + "/d")
        if operator == "slope" and unit == "Cel":
            continue  # a difference of degrees Celsius is not written by this unit
        case = Case(f"{operator} of {code} in {unit}", f, record)
        twin = record[:-1] + [record[-1].changed(value=str(F(values[-1]) * 2).split("/")[0] + ".5")]
        first = [record[0].changed(value=str(int(F(values[0])) + 3))] + record[1:]
        middle = [record[0], record[1].changed(value=str(int(F(values[1])) + 5)), record[2]]
        case.mutants = [("another last number", case.changed(record=twin)),
                        ("another first number", case.changed(record=first)),
                        ("another second number", case.changed(record=middle))]
        file.add(case)
        if code == CREATININE and unit == "umol/L":
            continue
        if operator in ("latest", "first", "min", "mean", "delta"):
            place = 0 if operator == "first" else 2
            bad = list(record)
            bad[place] = bad[place].changed(unit=foreign)
            case = Case(f"{operator} of {code} where one is in {foreign}", f, bad)
            case.mutants = [("in a unit that fits", case.changed(record=record))]
            file.add(case)
    for operator, spoilt in itertools.product(NUMERIC, ["implausible last", "implausible first",
                                                        "bound in the middle", "bound last",
                                                        "absent last"]):
        f = numeric(operator, plausible=(60, 260), window=Window("back", (48, "h")))
        record = [Obs("a", h(40), "152"), Obs("b", h(30), "138"), Obs("c", h(20), "147"),
                  Obs("d", h(10), "126")]
        i, change = {"implausible last": (3, dict(value="26")),
                     "implausible first": (0, dict(value="1520")),
                     "bound in the middle": (1, dict(comparator="<")),
                     "bound last": (3, dict(comparator=">=")),
                     "absent last": (3, dict(absent=True))}[spoilt]
        bad = list(record)
        bad[i] = bad[i].changed(**change)
        case = Case(f"{operator}: {spoilt}", f, bad)
        case.mutants = [("it is a plain number", case.changed(record=record))]
        file.add(case)
    for operator in ("standard-deviation", "coefficient-of-variation", "successive-differences",
                     "average-real-variability", "slope", "intercept", "delta", "percent-change",
                     "nth-latest"):
        f = numeric(operator)
        case = Case(f"{operator} of one value", f, [Obs("a", h(3), "140")])
        case.mutants = [("of two", case.changed(
            record=[Obs("a", h(3), "140"), Obs("b", h(2), "144")]))]
        file.add(case)
    for baseline, operator in itertools.product(
            ["first", "previous", "min", "max", "mean", "median"], ["delta", "percent-change"]):
        f = numeric(operator, baseline=baseline, window=Window("back", (72, "h")))
        case = Case(f"{operator} from {baseline}", f, course()[1:])
        case.mutants = [("from another baseline", case.changed(
            feature=f.changed(baseline="max" if baseline != "max" else "min")))]
        file.add(case)
    return file


def filters():
    """Category, interpretation, class of encounter, words, statuses, models."""
    file = File("filters", "What a definition leaves out: category, interpretation, class of"
                " encounter, words of the text, status, and what models wrote.")
    record = [ADMISSION, State("Encounter", "visit", "AMB", h(70), h(69)),
              Obs("a", h(69.5), "171", category="vital-signs", interpretation="H", encounter="visit",
                  text="Systolic, sitting"),
              Obs("b", h(25), "152", category="laboratory", interpretation="HH", encounter="stay",
                  text="Systolic, lying"),
              Obs("c", h(20), "138", category="vital-signs", interpretation="N", encounter="stay",
                  text="ARTERIAL LINE", status="preliminary"),
              Obs("d", h(9), "126", category="vital-signs", interpretation="H", encounter="stay",
                  text="arterial line", ai=True),
              Obs("e", h(4), "133", category="exam", text="Systolic, sitting")]
    plans = [("category", "vital-signs"), ("interpretation", "H"), ("encounter-class", "IMP"),
             ("encounter-class", "AMB"), ("display", "SITTING"), ("display", "line"),
             ("with-models", True), (None, None)]
    for operator, (part, value) in itertools.product(
            ["latest", "first", "mean", "max", "count", "exists", "time-since", "distinct-count"],
            plans):
        f = feature(operator, filters={part: value} if part else {})
        case = Case(f"{operator}, {part or 'no filter'} {value or ''}".strip(), f, record)
        case.mutants = [("no filter", case.changed(feature=f.changed(filters={}))),
                        ("with models", case.changed(feature=f.changed(
                            filters={**f.filters, "with-models": True})))]
        file.add(case)
    for operator, statuses in itertools.product(
            ["latest", "first", "mean", "count", "exists", "time-since"],
            [("preliminary",), ("final", "preliminary"), ("amended",), ("registered", "final")]):
        f = feature(operator, statuses=statuses)
        case = Case(f"{operator} of status {' or '.join(statuses)}", f, record)
        case.mutants = [("the usual statuses", case.changed(feature=f.changed(statuses=()))),
                        ("all statuses", case.changed(feature=f.changed(
                            statuses=("final", "preliminary", "amended"))))]
        file.add(case)
    for distinct, window in itertools.product(
            ["day", "encounter", "value"], [Window(), Window("back", (30, "h"))]):
        more = [Obs("g", h(20.5), "152", encounter="stay"), Obs("i", h(3), "133", encounter="stay")]
        f = counted("distinct-count", distinct=distinct, window=window,
                    value_unit="mm[Hg]" if distinct == "value" else None)
        case = Case(f"how many different {distinct}s over {window.key()}", f, record + more)
        case.mutants = [("the value differs", case.changed(record=record + [
            more[0].changed(value="153"), more[1]])), ("another zone", case.changed(zone=VIENNA)),
            ("of another thing", case.changed(feature=f.changed(
                distinct="day" if distinct != "day" else "encounter", value_unit=None)))]
        file.add(case)
    for zone in ("Z", VIENNA, "Pacific/Auckland"):
        f = counted("distinct-count", distinct="day")
        days = [Obs("a", h(39), "1"), Obs("b", h(37.5), "2"), Obs("c", h(13), "3")]
        case = Case(f"how many days in {zone}", f, days, zone=zone)
        case.mutants = [(f"in {z}", case.changed(zone=z)) for z in (VIENNA, "Pacific/Auckland", "Z")]
        file.add(case)
    return file


def states():
    """Problems, encounters, statements and orders: what holds, and for how long it held."""
    file = File("states", "What holds at the index time and for how long, with its corrections.")
    codes = {"Condition": "44054006", "Encounter": "IMP", "MedicationStatement": "617310"}
    back = Window("back", (48, "h"))
    windows_of_states = [Window(), back, Window("back", (48, "h"), gap=(6, "h"))]
    for kind, operator, window in itertools.product(
            codes, ["active", "duration", "total-duration", "exists", "count"], windows_of_states):
        if operator == "total-duration" and window.start == "record":
            continue
        if operator in ("exists", "count") and (kind == "MedicationStatement" or window.gap):
            continue
        unit = {"duration": "h", "total-duration": "min"}.get(operator, "1")
        f = Feature(operator, unit, window, code=codes[kind], kind=kind)

        def s(id, start, end=None, **other):
            return State(kind, id, codes[kind], start, end, **other)

        stories = {
            "open": [s("a", h(30))],
            "open since before the window": [s("a", h(90))],
            "ended in the window": [s("a", h(40), h(20))],
            "ends after the index time": [s("a", h(40), AT + 9 * HOUR)],
            "ended at the index time": [s("a", h(40), h(0))],
            "ended before the window": [s("a", h(90), h(60))],
            "two that overlap": [s("a", h(40), AT + HOUR), s("b", h(30))],
            "begins later": [s("a", AT + HOUR, stored=h(1))],
            "stored later": [s("a", h(40), stored=AT + HOUR)],
            "found to be wrong": [s("a", h(40)), s("a", h(40), version=2, stored=h(3),
                                                   status="entered-in-error")],
            "found to be wrong later": [s("a", h(40)), s("a", h(40), version=2,
                                                         stored=AT + HOUR,
                                                         status="entered-in-error")],
            "corrected to an earlier start": [s("a", h(20)), s("a", h(44), version=2,
                                                               stored=h(3))],
        }
        for name, record in stories.items():
            case = Case(f"{operator} of {kind} over {window.key()}: {name}", f, record)
            case.mutants = [("an hour later", case.changed(at=AT + 2 * HOUR)),
                            ("stored in time", case.changed(
                                record=[r.changed(stored=r.start) for r in record
                                        if r.version == 1])),
                            ("another is open", case.changed(record=record + [s("z", h(10))]))]
            file.add(case)
    return file


NURSE, STAFF = (REFERENCE, "Practitioner/nurse"), ("urn:example:staff", "k7")
ARM, LEG = (SNOMED, "368209003"), (SNOMED, "61685007")
BY_EAR, BY_MACHINE = (SNOMED, "37931006"), (SNOMED, "371911009")
CUFF, LINE = (REFERENCE, "Device/cuff"), ("urn:example:devices", "line-4")
WARD, INTENSIVE = "Location/ward", "Location/icu"


def moved(moved_at=h(20), **other):
    """A stay that goes from the ward to intensive care."""
    return State("Encounter", "stay", "IMP", h(60), places=(
        (WARD, None, moved_at, None), (INTENSIVE, moved_at, None, None)), **other)


def circumstances():
    """Flags, places, and by whom, where on the body, how and with what."""
    file = File("circumstances", "Filters by performer, body site, method, device, place and flag;"
                " whether a value is flagged; where the patient is; procedures.")
    usual = ((90, 140, "mm[Hg]"),)
    record = [moved(),
              Obs("a", h(50), "171", encounter="stay", ranges=usual,
                  how={"performer": NURSE, "body-site": ARM, "method": BY_EAR, "device": CUFF}),
              Obs("b", h(25), "152", encounter="stay", interpretation="HH",
                  how={"performer": STAFF, "body-site": LEG, "method": BY_MACHINE, "device": LINE}),
              Obs("c", h(20), "88", encounter="stay", ranges=usual,
                  how={"performer": NURSE, "body-site": ARM, "method": BY_MACHINE, "device": LINE}),
              Obs("d", h(11), "126", encounter="stay", ranges=usual,
                  how={"performer": STAFF, "body-site": ARM, "method": BY_EAR, "device": CUFF}),
              Obs("e", h(3), "133", interpretation="A", how={"performer": NURSE})]
    plans = [("performer", NURSE), ("performer", STAFF), ("body-site", ARM), ("body-site", LEG),
             ("method", BY_EAR), ("method", BY_MACHINE), ("device", CUFF), ("device", LINE),
             ("location", (REFERENCE, WARD)), ("location", (REFERENCE, INTENSIVE))]
    plans += [("flag", (flag,)) for flag in (
        "normal", "low", "high", "critical-high", "abnormal", "critical")]
    for operator, (part, value) in itertools.product(
            ["latest", "first", "mean", "max", "count", "exists", "time-since", "rate"], plans):
        window = Window("back", (55, "h")) if operator == "rate" else Window()
        f = feature(operator, filters={part: value}, window=window)
        word = value[0] if part == "flag" else value[1]
        case = Case(f"{operator}, {part} {word}", f, record)
        case.mutants = [("no filter", case.changed(feature=f.changed(filters={}))),
                        ("of the other side", case.changed(feature=f.changed(
                            filters={"performer": (REFERENCE, "Practitioner/other")})))]
        file.add(case)
    both = {"performer": NURSE, "device": LINE}
    for operator in ("latest", "count"):
        f = feature(operator, filters=both)
        case = Case(f"{operator}, performer and device together", f, record)
        case.mutants = [("performer alone", case.changed(feature=f.changed(
            filters={"performer": NURSE})))]
        file.add(case)

    # The place as it was known: a transfer that is corrected, and a stay that was an error.
    later = moved(moved_at=h(30)).changed(version=2, stored=h(2))
    stories = {
        "the transfer was earlier, as is known by now": record + [later],
        "the transfer was earlier, as is known afterwards":
            record + [later.changed(stored=AT + HOUR)],
        "the stay was an error": record + [moved().changed(
            version=2, stored=h(2), status="entered-in-error")],
        "the transfer is only planned": [State("Encounter", "stay", "IMP", h(60), places=(
            (WARD, None, None, None), (INTENSIVE, h(20), None, "planned")))] + record[1:],
        "the stay is over": [State("Encounter", "stay", "IMP", h(60), h(15), places=(
            (WARD, None, h(40), None), (INTENSIVE, h(40), None, None)))] + record[1:],
        "the stay is not there": record[1:],
    }
    for (name, story), place in itertools.product(stories.items(), (WARD, INTENSIVE)):
        for operator in ("latest", "count"):
            f = feature(operator, filters={"location": (REFERENCE, place)})
            case = Case(f"{operator} in {place}: {name}", f, story)
            case.mutants = [("the other place", case.changed(feature=f.changed(
                filters={"location": (REFERENCE, WARD if place == INTENSIVE else INTENSIVE)}))),
                ("as first stored", case.changed(record=record)),
                ("without a place", case.changed(feature=f.changed(filters={})))]
            file.add(case)
    for case_name, deleted in (("deleted", h(2)), ("deleted afterwards", AT + HOUR)):
        f = feature("count", filters={"location": (REFERENCE, INTENSIVE)})
        case = Case(f"count in intensive care, the stay {case_name}", f, record,
                    deleted=(("Encounter", "stay", deleted),))
        case.mutants = [("deleted at another time", case.changed(deleted=(
            ("Encounter", "stay", h(2) if deleted > AT else AT + HOUR),)))]
        file.add(case)
    back = Window("back", (48, "h"))
    for operator, place, window in itertools.product(
            ("active", "duration", "total-duration", "exists", "count", "time-since"),
            (WARD, INTENSIVE), (Window(), back)):
        if operator == "total-duration" and window.start == "record":
            continue
        unit = {"duration": "h", "total-duration": "min", "time-since": "h"}.get(operator, "1")
        f = Feature(operator, unit, window, code=place, kind="Encounter", system=REFERENCE)
        for name, story in stories.items():
            case = Case(f"{operator} of {place} over {window.key()}: {name}", f, story[:1] + [
                r for r in story[1:] if r.kind == "Encounter"])
            case.mutants = [
                ("the other place", case.changed(feature=f.changed(
                    code=WARD if place == INTENSIVE else INTENSIVE))),
                ("another stay", case.changed(record=case.record + [State(
                    "Encounter", "z", "IMP", h(10), places=((place, None, None, None),))])),
                ("as first stored", case.changed(record=record[:1]))]
            file.add(case)

    # Whether the last value is flagged: by interpretation, by ranges, and where they differ.
    def glucose(value, unit="mg/dL", interpretation=None, ranges=((70, 100, "mg/dL"),), **other):
        return Obs("g", h(1), value, unit=unit, code=GLUCOSE, interpretation=interpretation,
                   ranges=ranges, **other)

    values = {
        "below the range": glucose("69"), "at its lower end": glucose("70"),
        "at its upper end": glucose("100"), "above the range": glucose("101"),
        "in another unit, above": glucose("5.6", "mmol/L"),
        "in another unit, within": glucose("5.5", "mmol/L"),
        "in a unit that does not convert": glucose("80", "mmol"),
        "a range without a unit": glucose("65", ranges=((70, 100, None),)),
        "two ranges that agree": glucose("60", ranges=((70, 100, "mg/dL"), (65, 99, "mg/dL"))),
        "two ranges that do not": glucose("67", ranges=((70, 100, "mg/dL"), (65, 99, "mg/dL"))),
        "a range of treatment": glucose("130", ranges=((70, 100, "mg/dL", "treatment"),)),
        "a range of treatment beside a normal one": glucose("130", ranges=(
            (70, 100, "mg/dL", "treatment"), (70, 140, "mg/dL", "normal"))),
        "only a lower end": glucose("900", ranges=((70, None, "mg/dL"),)),
        "below what can be measured": glucose("20", comparator="<"),
        "above what can be measured, of which nobody knows": glucose("90", comparator=">"),
        "called normal outside the range": glucose("130", interpretation="N"),
        "called high within the range": glucose("80", interpretation="H"),
        "called abnormal, and above the range": glucose("130", interpretation="A"),
        "called abnormal without a direction": glucose("80", interpretation="A"),
        "called critical, and below the range": glucose("30", interpretation="AA"),
        "called critical without a direction": glucose("80", interpretation="AA"),
        "called high and critically high": glucose("500", interpretation="H HH"),
        "called low and high": glucose("500", interpretation="L H"),
        "called nothing, without a range": glucose("80", ranges=()),
    }
    for flag, (name, one) in itertools.product(
            ("normal", "low", "high", "abnormal", "critical", "critical-low", "critical-high"),
            values.items()):
        f = Feature("flagged", "1", code=GLUCOSE, filters={"flag": (flag,)})
        before_it = glucose("85").changed(id="f", when=h(9), stored=h(9), ranges=(
            (70, 100, "mg/dL"),))
        case = Case(f"flagged {flag}: {name}", f, [before_it, one])
        case.mutants = [(f"asked for {other}", case.changed(feature=f.changed(
            filters={"flag": (other,)}))) for other in ("normal", "low", "high", "critical-low")]
        file.add(case)
    f = Feature("flagged", "1", back, code=GLUCOSE, filters={"flag": ("low", "critical")})
    for name, story in {
            "low or critical": [glucose("65")],
            "neither low nor critical": [glucose("130")],
            "corrected to low": [glucose("80"), glucose("60").changed(
                version=2, stored=h(0.5), status="corrected")],
            "corrected to low afterwards": [glucose("80"), glucose("60").changed(
                version=2, stored=AT + HOUR, status="corrected")],
            "the range is corrected": [glucose("80"), glucose(
                "80", ranges=((85, 100, "mg/dL"),)).changed(version=2, stored=h(0.5))],
            "preliminary": [glucose("60", status="preliminary")],
            "before the window": [glucose("60").changed(when=h(50), stored=h(50))],
            "recorded as absent": [glucose("60", absent=True)],
            "nothing": []}.items():
        case = Case(f"flagged low or critical over two days: {name}", f, story)
        case.mutants = [("asked for normal", case.changed(feature=f.changed(
            filters={"flag": ("normal",)}))), ("a low one", case.changed(record=story + [
                glucose("50").changed(id="z")])), ("as first stored", case.changed(
                    record=story[:1]))]
        file.add(case)

    # What was done to the patient.
    for operator, window in itertools.product(("count", "exists", "time-since"), (Window(), back)):
        unit = "h" if operator == "time-since" else "1"
        f = Feature(operator, unit, window, code="40701008", kind="Procedure")

        def p(id, start, **other):
            return State("Procedure", id, "40701008", start, **other)

        for name, story in {
                "one": [p("a", h(30))], "two": [p("a", h(90)), p("b", h(10))],
                "long ago": [p("a", h(90))],
                "not done": [p("a", h(30), status="not-done")],
                "in preparation": [p("a", h(30), status="preparation")],
                "running": [p("a", h(1), status="in-progress")],
                "found to be wrong": [p("a", h(30)), p("a", h(30), version=2, stored=h(3),
                                                      status="entered-in-error")],
                "found to be wrong later": [p("a", h(30)), p("a", h(30), version=2,
                                                            stored=AT + HOUR,
                                                            status="entered-in-error")],
                "stored later": [p("a", h(30), stored=AT + HOUR)],
                "nothing": []}.items():
            case = Case(f"{operator} of procedures over {window.key()}: {name}", f, story)
            case.mutants = [("another one", case.changed(record=story + [p("z", h(2))])),
                            ("stored in time", case.changed(
                                record=[r.changed(stored=r.start) for r in story
                                        if r.version == 1]))]
            file.add(case)
    return file


def people():
    """Race, ethnicity, language, and where somebody lives, as known then."""
    file = File("people", "What a Patient says of the person, as known then, beyond age and sex.")
    race = "extension('%srace')" % US_CORE
    ethnicity = "extension('%sethnicity')" % US_CORE
    white, black, other = (OMB, "2106-3"), (OMB, "2054-5"), (OMB, "2131-1")
    hispanic, not_hispanic = (OMB, "2135-2"), (OMB, "2186-5")
    unknown = (NULL, "UNK")
    boston = ("ma", "02139", "us", None, None)
    vienna = ("Wien", "1090", "AT", None, None)

    def place(*code):
        return [(ADDRESS, c) for c in code]

    plans = [("white", race, [white]), ("black or another", race, [black, other]),
             ("hispanic", ethnicity, [hispanic]),
             ("speaks English", "communication.language", [(BCP47, "en")]),
             ("speaks Mexican Spanish", "communication.language", [(BCP47, "es-MX")]),
             ("of Massachusetts", "address.state", place("MA")),
             ("of Cambridge or near", "address.postalCode", place("021", "022")),
             ("of this one code", "address.postalCode", place("02139")),
             ("of Austria", "address.country", place("AT", "AUT"))]
    one = Person(race=[white], ethnicity=[not_hispanic], languages=[("en-US", True)],
                 addresses=[boston])
    two = Person(race=[black], ethnicity=[hispanic], languages=[("es-MX", False)],
                 addresses=[vienna])
    stories = {
        "the one": [one], "the other": [two],
        "corrected": [one, two.changed(version=2, stored=h(5))],
        "corrected afterwards": [one, two.changed(version=2, stored=AT + HOUR)],
        "corrected back": [two, one.changed(version=2, stored=h(9)),
                           two.changed(version=3, stored=h(0))],
        "several": [Person(race=[white, black], ethnicity=[hispanic, unknown],
                           languages=[("en", False), ("es-MX", False)],
                           addresses=[boston, vienna])],
        "several, some of the past": [Person(
            race=[white, unknown], ethnicity=[not_hispanic],
            languages=[("en-GB", True), ("es-MX", False)],
            addresses=[boston[:3] + (h(5000), h(100)), vienna[:3] + (h(100), None)])],
        "about to move": [Person(
            race=[other], ethnicity=[unknown], languages=[("es", True)],
            addresses=[boston[:3] + (None, AT + HOUR), vienna[:3] + (AT + HOUR, None)])],
        "asked and not answered": [Person(race=[unknown], ethnicity=[unknown],
                                          addresses=[("CA", "02239", "CA", None, None)])],
        "stored later": [one.changed(stored=AT + HOUR)],
        "nothing": [Person()],
    }
    for (name, path, codes), (what, story) in itertools.product(plans, stories.items()):
        f = Feature("demographic", "1", kind="Patient", path=path, codes=codes)
        case = Case(f"{name}: {what}", f, story)
        case.mutants = [(f"as where {w}", case.changed(record=s))
                        for w, s in stories.items() if s is not story]
        file.add(case)
    for name, path, codes in plans:
        f = Feature("demographic", "1", kind="Patient", path=path, codes=codes)
        case = Case(f"{name}: nothing, and the search was not complete", f, [Person()],
                    complete=False)
        case.mutants = [("complete", case.changed(complete=True))]
        file.add(case)
    return file


class Derived:
    """An expression over other features; fn works it out from their values, None if missing."""

    def __init__(self, expression, unit, inputs, fn, plausible=None):
        self.expression, self.unit, self.inputs, self.fn = expression, unit, inputs, fn
        self.plausible = plausible

    def json(self, name):
        out = Feature("derived", self.unit, plausible=self.plausible).json(name)
        del out["dataRequirement"]
        out["extension"].insert(0, {"url": SD + "feature-expression",
                                    "valueString": self.expression})
        out["relatedArtifact"] = [
            {"type": "depends-on",
             "resource": "https://example.org/fhir/Library/%s|1.0.0" % i.replace("_", "-")}
            for i in self.inputs]
        return out


def person(operator, unit):
    out = Feature(operator, unit).json(operator)
    del out["dataRequirement"]
    return out


def ratio(a, b):
    return "undefined" if b == 0 else a / b


def of_all(fn):
    """Missing where any of its inputs is."""
    return lambda *v: "dependency" if None in v else fn(*v)


def derived():
    """Expressions over other features: their arithmetic, units, and what is missing."""
    file = File("derived", "Expressions over other features: arithmetic, conversion of units,"
                " truth, and what is missing.")
    fresh = Window("back", (24, "h"))
    base = {
        "pressure": Feature("latest", "mm[Hg]", fresh, missing="report"),
        "pulse": Feature("latest", "/min", fresh, code="8867-4"),
        "weight": Feature("latest", "kg", code=WEIGHT, missing="default"),
        "height": Feature("latest", "m", code=HEIGHT),
        "sodium": Feature("latest", "mmol/L", fresh, code=SODIUM),
        "chloride": Feature("latest", "mmol/L", fresh, code="2075-0"),
        "bicarbonate": Feature("latest", "mmol/L", fresh, code="2028-9"),
        "creatinine": Feature("latest", "mg/dL", fresh, code=CREATININE, missing="carry",
                              carry=(3, "d")),
        "glucose": Feature("latest", "mg/dL", fresh, code=GLUCOSE),
        "warmth": Feature("latest", "Cel", fresh, code=TEMPERATURE),
        "pulses": Feature("count", "1", fresh, code="8867-4"),
    }
    for code, unit in (("8867-4", "/min"), ("2075-0", "mmol/L"), ("2028-9", "mmol/L")):
        UNITS[code] = {unit: (F(1), F(0))}

    def egfr(creatinine, age, sex):
        if creatinine == 0:
            return "undefined"
        k, a = (0.7, -0.241) if sex else (0.9, -0.302)
        x = creatinine / k
        return 142 * min(x, 1) ** a * max(x, 1) ** -1.2 * 0.9938 ** age * (1.012 if sex else 1)

    def three(t):  # what one side of an "or" decides is decided
        p, w = t
        a = None if p is None else p < 100
        b = None if w is None else w > 38
        return 1 if a or b else "dependency" if None in (a, b) else 0

    plans = {
        "bmi": Derived("weight / (height * height)", "kg/m2", ["weight", "height"],
                       of_all(lambda w, x: w / (x * x))),
        "bmi_in_grams": Derived("weight / height ^ 2", "g/cm2", ["weight", "height"],
                                of_all(lambda w, x: w * 1000 / (x * x * 10000))),
        "shock_index": Derived("number(pulse, '/min') / number(pressure, 'mm[Hg]')", "1",
                               ["pulse", "pressure"], of_all(ratio)),
        "anion_gap": Derived("sodium - chloride - bicarbonate", "mmol/L",
                             ["sodium", "chloride", "bicarbonate"],
                             of_all(lambda a, b, c: a - b - c)),
        "gap_to_twenty": Derived("max(sodium - chloride - bicarbonate, 20 'mmol/L')", "mmol/L",
                                 ["sodium", "chloride", "bicarbonate"],
                                 of_all(lambda a, b, c: max(a - b - c, 20))),
        "egfr": Derived(
            "quantity(142 * min(number(creatinine, 'mg/dL') / if(sex = 1, 0.7, 0.9), 1) ^ if(sex ="
            " 1, -0.241, -0.302) * max(number(creatinine, 'mg/dL') / if(sex = 1, 0.7, 0.9), 1) ^"
            " -1.2 * 0.9938 ^ number(age, 'a') * if(sex = 1, 1.012, 1), 'mL/min/{1.73_m2}')",
            "mL/min/{1.73_m2}", ["creatinine", "age", "sex"], of_all(egfr)),
        "low_pressure": Derived("if(pressure <= 100 'mm[Hg]', 1, 0)", "1", ["pressure"],
                                of_all(lambda p: int(p <= 100))),
        "worrying": Derived("pressure < 100 'mm[Hg]' or warmth > 38 'Cel'", "1",
                            ["pressure", "warmth"], lambda *t: three(t)),
        "unmeasured": Derived("missing(pressure) + missing(weight) + missing(creatinine)", "1",
                              ["pressure", "weight", "creatinine"], None),
        "sugar": Derived("coalesce(number(glucose, 'mg/dL'), 100)", "1", ["glucose"],
                         lambda g: 100 if g is None else g),
        "log_creatinine": Derived("ln(number(creatinine, 'mg/dL')) + log10(100) + exp(0)", "1",
                                  ["creatinine"],
                                  of_all(lambda c: "undefined" if c <= 0 else math.log(c) + 3)),
        "root_of_excess": Derived("sqrt(number(pressure, 'mm[Hg]') - 100)", "1", ["pressure"],
                                  of_all(lambda p: "undefined" if p < 100 else math.sqrt(p - 100))),
        "rounded": Derived("round(number(warmth, 'Cel')) * 10 + floor(number(warmth, 'Cel')) -"
                           " abs(-1)", "1", ["warmth"],
                           of_all(lambda w: math.floor(w + 0.5) * 10 + math.floor(w) - 1)),
        "fahrenheit": Derived("warmth", "[degF]", ["warmth"], of_all(lambda w: w * 1.8 + 32)),
        "pressure_by_pulses": Derived("number(pressure, 'mm[Hg]') / pulses", "1",
                                      ["pressure", "pulses"], of_all(ratio)),
    }

    def o(id, value, unit, code, hours=2, **other):
        return Obs(id, h(hours), value, unit=unit, code=code, **other)

    whole = [o("p", "118", "mm[Hg]", PRESSURE), o("r", "96", "/min", "8867-4"),
             o("w", "180", "[lb_av]", WEIGHT, 90), o("h", "171", "cm", HEIGHT, 9000),
             o("n", "141", "meq/L", SODIUM), o("c", "104", "mmol/L", "2075-0"),
             o("b", "21", "mmol/L", "2028-9"), o("k", "120", "umol/L", CREATININE),
             o("g", "6.2", "mmol/L", GLUCOSE), o("t", "101.3", "[degF]", TEMPERATURE)]

    def instead(*others, without=()):
        ids = {x.id for x in others} | set(without)
        return [x for x in whole if x.id not in ids] + list(others)

    stories = {
        "all is there": whole,
        "the last numbers are others": instead(o("p", "88", "mm[Hg]", PRESSURE),
                                               o("r", "131", "/min", "8867-4"),
                                               o("k", "0.6", "mg/dL", CREATININE),
                                               o("w", "61", "kg", WEIGHT),
                                               o("n", "128", "mmol/L", SODIUM),
                                               o("g", "250", "mg/dL", GLUCOSE),
                                               o("t", "36.5", "Cel", TEMPERATURE),
                                               o("h", "1.6", "m", HEIGHT)),
        "corrected": whole + [o("p", "93", "mm[Hg]", PRESSURE).changed(
            version=2, status="corrected", stored=h(1)), o("k", "80", "umol/L", CREATININE).changed(
                version=2, status="corrected", stored=h(1))],
        "corrected afterwards": whole + [o("p", "93", "mm[Hg]", PRESSURE).changed(
            version=2, status="corrected", stored=AT + HOUR)],
        "the vital signs are old": instead(o("p", "118", "mm[Hg]", PRESSURE, 30),
                                           o("t", "38", "Cel", TEMPERATURE, 25),
                                           o("k", "120", "umol/L", CREATININE, 50)),
        "most are not there": [x for x in whole if x.id in "tbr"],
        "zero, and below what a root takes": instead(o("p", "0", "mm[Hg]", PRESSURE),
                                                     o("k", "0", "mg/dL", CREATININE),
                                                     o("g", "0", "mg/dL", GLUCOSE)),
        "no pulse was counted": [x for x in whole if x.id != "r"],
    }
    file.definitions += [person("age", "a"), person("sex", "1")]
    for name, one in base.items():
        file.definitions.append(one.json(name))
    for name, one in plans.items():
        file.definitions.append(one.json(name))
    patient = {"resourceType": "Patient", "id": "p",
               "meta": {"versionId": "1", "lastUpdated": "2001-01-01T00:00:00Z"},
               "birthDate": "1956-06-16", "gender": "female"}

    def outcome(plan, record, sex):
        found = {"age": (67, [PATIENT]), "sex": (sex, [PATIENT])}
        inputs, evidence, recorded = [], set(), []
        for name in plan.inputs:
            if name in found:
                inputs.append(found[name][0])
                evidence |= set(found[name][1])
                continue
            got = expectation(base[name], record)
            inputs.append(got.get("value"))
            evidence |= set(got.get("evidence", []))
            recorded.append(got.get("origin") == "record")
        value = recorded.count(False) if plan.fn is None else plan.fn(*inputs)
        if isinstance(value, str):
            return {"missing": value}
        return {"value": value, "unit": plan.unit, "evidence": sorted(evidence), "origin": "derived"}

    PATIENT = "Patient/p/_history/1"
    for (name, plan), (what, record) in itertools.product(plans.items(), stories.items()):
        expected = outcome(plan, record, 1)
        others = [(f"as where {word}", other, 1) for word, other in stories.items()
                  if other is not record]
        if name == "egfr":
            others.insert(0, ("of a man", record, 0))
        for word, other, sex in others:
            if differs(expected, outcome(plan, other, sex)):
                break
        else:
            raise SystemExit(f"{name}: {what}: no mutant makes a difference")
        old = {r.reference: r.json() for r in record}
        new = {r.reference: r.json() for r in other}
        mutant = {"name": word}
        if [r for r in old if r not in new]:
            mutant["without"] = [r for r in old if r not in new]
        changed = [new[r] for r in new if new[r] != old.get(r)]
        if sex == 0:
            changed.append({**patient, "gender": "male"})
        if changed:
            mutant["resources"] = changed
        file.cases.append({
            "name": f"{name}: {what}", "at": stamp(AT), "patient": "p",
            "resources": [patient] + [r.json() for r in record],
            "expect": {name: expected}, "mutant": mutant})
    return file


# ---------------------------------------------------------------- what the record leaves out

POST, FAST, PRE = (SNOMED, "24863003"), (SNOMED, "16985007"), (SNOMED, "307165006")
NIGHT = ("https://example.org/contexts", "night")
MEAL, AFTER_MEAL, FASTING, FASTED = "9059-7", "1521-4", "1558-6", "49541-6"
YES, NO = "LA33-6", "LA32-8"
MINUTE = timedelta(minutes=1)
GLUCOSES = [GLUCOSE, AFTER_MEAL, FASTING]
MEALS = Rule("glucose-meals", GLUCOSES,
             recorded=((POST, (AFTER_MEAL,), None, ()), (FAST, (FASTING,), FASTED, (YES,))),
             lent=((POST, "Observation", MEAL, (1, "h"), (2, "h"), False),
                   (PRE, "Observation", MEAL, None, (30, "min"), True),
                   (POST, "Procedure", "229912004", (60, "min"), (120, "min"), False)),
             times=((FAST, "05:00:00", "07:00:00"), (NIGHT, "22:30:00", "02:15:00")))
CLOCK = Rule("glucose-clock", GLUCOSES, times=MEALS.times)


def sugar(context, operator="latest", **other):
    f = feature(operator, **other)
    value_unit = "mg/dL" if f.value_unit else None
    unit = "mg/dL" if f.unit == "mm[Hg]" else f.unit.replace("mm[Hg]", "mg/dL")
    return f.changed(code=GLUCOSE, codes=[(LOINC, c) for c in GLUCOSES], rule=other.get("rule", MEALS),
                     unit=unit, value_unit=value_unit, filters={"context": context})


def glucose(id, when, value="150", **other):
    return Obs(id, when, value, "mg/dL", other.pop("code", GLUCOSE), **other)


def meal(id, when, **other):
    return Obs(id, when, "60", "g", MEAL, **other)


def contexts():
    """What the record leaves out of a measurement, and a rule fills in."""
    file = File("contexts", "Context rules: what the record says of a fact wins, then another fact at"
                " a distance, then the local time of day; what lends a context must have happened"
                " and be known by then.")
    day = h(3)
    # The ends of the distances.
    for context, minutes, seconds in [
            (POST, 59, 59), (POST, 60, 0), (POST, 60, 1), (POST, 90, 0), (POST, 119, 59),
            (POST, 120, 0), (POST, 120, 1), (POST, -5, 0), (PRE, 0, 1), (PRE, 0, 0), (PRE, -29, -59),
            (PRE, -30, 0), (PRE, -30, -1), (POST, 0, 0), (PRE, -90, 0)]:
        d = timedelta(minutes=minutes, seconds=seconds)
        record = [glucose("g", day), meal("m", day - d)]
        case = Case(f"{'postprandial' if context == POST else 'preprandial'}, the meal {d} before"
                    if d >= timedelta() else
                    f"{'postprandial' if context == POST else 'preprandial'}, the meal {-d} after",
                    sugar(context), record)
        case.mutants = [(f"the meal {n} seconds later", case.changed(record=[
            record[0], meal("m", day - d + timedelta(seconds=n))])) for n in (
                2, -2, 3600, -3600, -7200, 300)]
        file.add(case)
    # Feeding as a procedure, by its status.
    for status in ("completed", "in-progress", "not-done", "preparation", "entered-in-error"):
        fed = State("Procedure", "m", "229912004", day - 90 * MINUTE, status=status)
        case = Case(f"enteral feeding that is {status}", sugar(POST), [glucose("g", day), fed])
        case.mutants = [("of another status", case.changed(record=[glucose("g", day), fed.changed(
            status="not-done" if status == "completed" else "completed")]))]
        file.add(case)
    # What the record says wins.
    for name, context, of in [
            ("its code says postprandial", POST, glucose("g", day, code=AFTER_MEAL)),
            ("its code says fasting, asked for postprandial", POST, glucose("g", day, code=FASTING)),
            ("its code says fasting", FAST, glucose("g", day, code=FASTING)),
            ("its component says fasting", FAST, glucose("g", day, component=(FASTED, YES))),
            ("its component says fasting, asked for postprandial", POST,
             glucose("g", day, component=(FASTED, YES))),
            ("its component says not fasting", POST, glucose("g", day, component=(FASTED, NO))),
            ("another component says nothing of it", POST,
             glucose("g", day, component=("80341-1", YES)))]:
        record = [of, meal("m", day - 90 * MINUTE)]
        case = Case("recorded wins: " + name, sugar(context), record)
        case.mutants = [("the record is silent", case.changed(record=[glucose("g", day), record[1]]))]
        file.add(case)
    # Known late, corrected, deleted, of a model, absent, preliminary.
    g = glucose("g", day)
    eaten = day - 90 * MINUTE
    for name, meals, deleted, known in [
            ("the meal is known when asked", [meal("m", eaten, stored=AT)], (), AT),
            ("the meal is known a second late", [meal("m", eaten, stored=AT + timedelta(seconds=1))],
             (), AT),
            ("the meal is known late, asked later", [meal("m", eaten, stored=AT + HOUR)], (),
             AT + HOUR),
            ("the meal is corrected to another hour",
             [meal("m", eaten), meal("m", eaten - 2 * HOUR, version=2, stored=h(1),
                                     status="corrected")], (), AT),
            ("the meal is corrected later",
             [meal("m", eaten), meal("m", eaten - 2 * HOUR, version=2, stored=AT + HOUR,
                                     status="corrected")], (), AT),
            ("the meal is corrected into the interval",
             [meal("m", eaten - 2 * HOUR), meal("m", eaten, version=2, stored=h(1),
                                                status="corrected")], (), AT),
            ("the meal is an error",
             [meal("m", eaten), meal("m", eaten, version=2, stored=h(1),
                                     status="entered-in-error")], (), AT),
            ("the meal is deleted", [meal("m", eaten)], (("Observation", "m", h(1)),), AT),
            ("the meal is deleted later", [meal("m", eaten)],
             (("Observation", "m", AT + HOUR),), AT),
            ("a model says that there was a meal", [meal("m", eaten, ai=True)], (), AT),
            ("the meal is recorded as absent", [meal("m", eaten, absent=True)], (), AT),
            ("the meal is preliminary", [meal("m", eaten, status="preliminary")], (), AT),
            ("two meals", [meal("m", eaten), meal("n", eaten + 20 * MINUTE)], (), AT)]:
        for operator in ("latest", "count"):
            case = Case(f"{name}: {operator}", sugar(POST, operator), [g] + meals, deleted,
                        known_at=None if known == AT else known)
            case.mutants = [
                ("a plain meal", case.changed(record=[g, meal("m", eaten)], deleted=())),
                ("known later", case.changed(known_at=AT + 2 * HOUR)),
                ("known before", case.changed(known_at=h(2))),
                ("one meal", case.changed(record=[g] + meals[:1]))]
            file.add(case)
    # A meal after the glucose must not be after the index time.
    for minutes in (0, 1, 10):
        late = [glucose("g", AT - 10 * MINUTE), meal("m", AT + (minutes - 1) * MINUTE,
                                                     stored=AT - 9 * MINUTE)]
        case = Case(f"a meal noted ahead for {minutes - 1} minutes after the index time", sugar(PRE),
                    late)
        case.mutants = [("asked later", case.changed(at=AT + 12 * MINUTE)),
                        ("no meal", case.changed(record=late[:1]))]
        file.add(case)
    # The time of day, its ends, zones, and days on which clocks change.
    for zone, own, moment in itertools.product(
            ("Z", VIENNA), (None, "America/New_York"),
            ("04:59:59", "05:00:00", "06:59:59", "07:00:00")):
        there = zone_of(own or zone)
        hour, minute, second = (int(x) for x in moment.split(":"))
        when = datetime(2024, 6, 14, hour, minute, second, tzinfo=there).astimezone(timezone.utc)
        rule = CLOCK.changed(zone=own, name="glucose-clock" + ("-there" if own else ""))
        rule.canonical = f"https://example.org/fhir/Library/{rule.name}|1.0.0"
        case = Case(f"at {moment} of {own or zone + ', the site'}'s clock" + (
            f", in {zone}" if own else ""), sugar(FAST, rule=rule), [glucose("g", when)], zone=zone)
        case.mutants = [
            ("a second earlier", case.changed(record=[glucose("g", when - timedelta(seconds=1))])),
            ("a second later", case.changed(record=[glucose("g", when + timedelta(seconds=1))])),
            ("in another zone", case.changed(zone="Asia/Tokyo"))]
        file.add(case)
    for moment, fold in (("2024-03-31T00:59:59", "before the hour that is left out"),
                         ("2024-03-31T01:00:00", "after the hour that is left out"),
                         ("2024-10-27T00:14:59", "in the hour that comes twice"),
                         ("2024-10-27T00:15:00", "after the end, the first time"),
                         ("2024-10-27T01:14:59", "in the hour that comes twice, again"),
                         ("2024-10-27T01:15:00", "after the end, the second time"),
                         ("2024-10-26T20:29:59", "before it begins"),
                         ("2024-10-26T20:30:00", "as it begins"),
                         ("2024-10-26T22:00:00", "at midnight")):
        when = datetime.fromisoformat(moment + "+00:00")
        case = Case(f"over midnight, {fold}: {moment}Z", sugar(NIGHT, rule=CLOCK),
                    [glucose("g", when)], zone=VIENNA, at=when + 6 * HOUR)
        case.mutants = [
            ("a second earlier", case.changed(record=[glucose("g", when - timedelta(seconds=1))])),
            ("a second later", case.changed(record=[glucose("g", when + timedelta(seconds=1))])),
            ("two hours later", case.changed(record=[glucose("g", when + 2 * HOUR)])),
            ("an hour earlier", case.changed(record=[glucose("g", when - HOUR)])),
            ("in another zone", case.changed(zone="Z"))]
        file.add(case)
    # A meal is stronger than the clock, and the clock says nothing where meals may be missing.
    early = datetime(2024, 6, 15, 6, 30, tzinfo=timezone.utc)
    for name, context, record, complete in [
            ("the clock says fasting", FAST, [glucose("g", early)], True),
            ("a meal is stronger than the clock", FAST,
             [glucose("g", early), meal("m", early - 75 * MINUTE)], True),
            ("what the meal says", POST,
             [glucose("g", early), meal("m", early - 75 * MINUTE)], True),
            ("a meal of another distance leaves it to the clock", FAST,
             [glucose("g", early), meal("m", early - 3 * HOUR)], True),
            ("the clock where the search is not complete", FAST, [glucose("g", early)], False),
            ("a meal where the search is not complete", POST,
             [glucose("g", early), meal("m", early - 75 * MINUTE)], False)]:
        case = Case(name, sugar(context), record, complete=complete)
        case.mutants = [("without a meal", case.changed(record=record[:1])) if len(record) > 1
                        else ("nothing is complete", case.changed(complete=not complete))]
        file.add(case)
    # Operators and windows over several.
    several = [glucose("a", h(50), "141"), meal("ma", h(51.5)), glucose("b", h(46), "118"),
               glucose("c", h(26), "163"), meal("mc", h(27)),
               glucose("d", h(20), "109", component=(FASTED, YES)), meal("md", h(21.5)),
               glucose("e", h(6), "178", code=AFTER_MEAL), glucose("f", h(2), "155"),
               meal("mf", h(3.75)), glucose("i", h(0.5), "96")]
    for operator, window in itertools.product(
            ["latest", "first", "mean", "max", "min", "median", "standard-deviation", "count",
             "exists", "time-since", "delta", "slope", "rate"],
            [Window(), Window("back", (48, "h")), Window("back", (30, "h"), gap=(4, "h"))]):
        if operator == "rate" and window.start == "record":
            continue
        f = sugar(POST, operator, window=window)
        case = Case(f"{operator} of the postprandial ones over {window.key()}", f, several)
        case.mutants = [
            ("any context", case.changed(feature=f.changed(rule=None, filters={}))),
            ("meals of three hours", case.changed(feature=f.changed(rule=MEALS.changed(lent=(
                (POST, "Observation", MEAL, (3, "h"), (4, "h"), False),)))))]
        file.add(case)
    for missing, context in itertools.product(("default", "carry", "carry-default", "refuse"),
                                              (POST, NIGHT)):
        f = sugar(context, missing=missing, window=Window("back", (1, "h")),
                  carry=(72, "h") if missing.startswith("carry") else None)
        case = Case(f"none in the window, {missing}, {'meal' if context == POST else 'night'}", f,
                    several)
        case.mutants = [("any context", case.changed(feature=f.changed(rule=None, filters={}))),
                        ("reported", case.changed(feature=f.changed(missing="report", carry=None)))]
        file.add(case)
    return file


FILES = [windows, corrections, policies, units, filters, states, circumstances, people, derived,
         contexts]


def main():
    folder = pathlib.Path(__file__).parent
    wrong = []
    for make in FILES:
        file = make()
        path = folder / (file.name + ".json")
        if "--check" in sys.argv:
            if path.read_text() != file.text():
                wrong.append(path.name)
        else:
            path.write_text(file.text())
        print(f"{path.name}: {len(file.cases)} cases, {len(file.definitions)} definitions")
    if wrong:
        raise SystemExit("not what make.py writes: " + ", ".join(wrong))


if __name__ == "__main__":
    main()
