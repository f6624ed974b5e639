#!/usr/bin/env python3
"""Writes starter.json: worked examples of the derived features that come with the product.

The definitions are those of the guide, as they are compiled. What must come of them is worked out
here from the published formulas and tables below, and from nothing of the product. `about` of a
case has the steps, or the source of the number.

    python3 golden/starter.py           write the file
    python3 golden/starter.py --check   exit 1 if the file is not what this would write
"""

import json
import pathlib
import sys
from datetime import timedelta
from fractions import Fraction as F

from make import AT, LOINC, SNOMED, UCUM, number, stamp

GUIDE = pathlib.Path(__file__).parent.parent / "ig/src/main/resources/org/auscult/ig"
BASE = "https://auscult.org/fhir/"
PARTIAL = "dependency"

# name: LOINC code, unit in which the formulas below take it, other units by their factor. UCUM has
# a metre of mercury at 133.322 kPa.
MEASURED = {
    "weight": ("29463-7", "kg", {"[lb_av]": F("0.45359237"), "g": F(1, 1000)}),
    "height": ("8302-2", "cm", {"m": F(100), "[in_i]": F("2.54")}),
    "pulse": ("8867-4", "/min", {}),
    "systolic": ("8480-6", "mm[Hg]", {"kPa": 1 / F("0.133322")}),
    "rate": ("9279-1", "/min", {}),
    "saturation": ("59408-5", "%", {}),
    "temperature": ("8310-5", "Cel", {}),
    "sodium": ("2951-2", "mmol/L", {"meq/L": F(1)}),
    "chloride": ("2075-0", "mmol/L", {"meq/L": F(1)}),
    "bicarbonate": ("1963-8", "mmol/L", {"meq/L": F(1)}),
    # Atomic weight of calcium: 40.078 g/mol.
    "calcium": ("17861-6", "mg/dL", {"mmol/L": F("4.0078")}),
    "albumin": ("1751-7", "g/dL", {"g/L": F(1, 10)}),
    "pao2": ("2703-7", "mm[Hg]", {"kPa": 1 / F("0.133322")}),
    "paco2": ("2019-8", "mm[Hg]", {"kPa": 1 / F("0.133322")}),
    "fio2": ("3150-6", "%", {}),
    "leukocytes": ("6690-2", "10*3/uL", {"10*9/L": F(1)}),
    "bands": ("764-1", "%", {}),
    "gcs": ("9269-2", "{score}", {}),
    "creatinine": ("2160-0", "mg/dL", {"umol/L": F("113.12") / 10000}),
}
# name: code, and its answers by what the formulas below call them.
ANSWERED = {
    "acvpu": ((LOINC, "80288-4"), {
        "A": (SNOMED, "248234008"), "C": (SNOMED, "130987000"), "V": (SNOMED, "300202002"),
        "P": (SNOMED, "450847001"), "U": (SNOMED, "422768004")}),
    "oxygen": ((SNOMED, "371825009"), {True: None, False: None}),
    "scale": ((BASE + "CodeSystem/spo2-scale", "designated-scale"), {1: None, 2: None}),
}
SAMPLE = {"age": 60, "sex": "male"}


def answers(value_set):
    """The first answer of a ValueSet of the guide."""
    include = json.loads((GUIDE / f"ValueSet-{value_set}.json").read_text())["compose"]["include"][0]
    return include["system"], include["concept"][0]["code"]


def read_answers():
    ANSWERED["oxygen"][1].update({True: answers("on-oxygen"), False: answers("on-room-air")})
    ANSWERED["scale"][1].update({1: answers("spo2-scale-1"), 2: answers("spo2-scale-2")})


def resource(name, value):
    out = {"resourceType": "Observation", "id": name,
           "meta": {"versionId": "1", "lastUpdated": stamp(AT - timedelta(hours=2))},
           "status": "final", "subject": {"reference": "Patient/p"},
           "effectiveDateTime": stamp(AT - timedelta(hours=2))}
    if name in MEASURED:
        code, unit, _ = MEASURED[name]
        amount, unit = value if isinstance(value, tuple) else (value, unit)
        out["code"] = {"coding": [{"system": LOINC, "code": code}]}
        out["valueQuantity"] = {"value": number(F(amount)), "unit": unit, "system": UCUM, "code": unit}
    else:
        (system, code), choices = ANSWERED[name]
        out["code"] = {"coding": [{"system": system, "code": code}]}
        system, code = choices[value]
        out["valueCodeableConcept"] = {"coding": [{"system": system, "code": code}]}
    return out


def resources(inputs):
    person = {"resourceType": "Patient", "id": "p",
              "meta": {"versionId": "1", "lastUpdated": "2001-01-01T00:00:00Z"}}
    if "age" in inputs:
        person["birthDate"] = f"{AT.year - inputs['age']}-01-15"
    if "sex" in inputs:
        person["gender"] = inputs["sex"]
    return [person] + [resource(n, v) for n, v in inputs.items() if n not in SAMPLE]


def plain(name, value):
    """In the unit of the formulas; None where the unit is another measure's."""
    if name not in MEASURED:
        return value
    _, own, others = MEASURED[name]
    amount, unit = value if isinstance(value, tuple) else (value, own)
    factor = 1 if unit == own else others.get(unit)
    return None if factor is None else F(amount) * factor


# ---------------------------------------------------------------- published formulas


def points(table, value):
    """Inclusive bands of whole steps; halves go up."""
    for low, high, score in table:
        if (low is None or value >= low) and (high is None or value <= high):
            return score
    raise SystemExit(f"no band of {table} holds {value}")


def whole(value):
    return (value + F(1, 2)).__floor__()


# Royal College of Physicians 2017, chart 1; temperatures in tenths of a degree.
NEWS2 = {
    "rate": [(None, 8, 3), (9, 11, 1), (12, 20, 0), (21, 24, 2), (25, None, 3)],
    1: [(None, 91, 3), (92, 93, 2), (94, 95, 1), (96, None, 0)],
    (2, False): [(None, 83, 3), (84, 85, 2), (86, 87, 1), (88, None, 0)],
    (2, True): [(None, 83, 3), (84, 85, 2), (86, 87, 1), (88, 92, 0), (93, 94, 1), (95, 96, 2),
                (97, None, 3)],
    "systolic": [(None, 90, 3), (91, 100, 2), (101, 110, 1), (111, 219, 0), (220, None, 3)],
    "pulse": [(None, 40, 3), (41, 50, 1), (51, 90, 0), (91, 110, 1), (111, 130, 2), (131, None, 3)],
    "temperature": [(None, 350, 3), (351, 360, 1), (361, 380, 0), (381, 390, 1), (391, None, 2)],
}
# Subbe et al. 2001, table 1; a heart rate of 40 counts as below it.
MEWS = {
    "systolic": [(None, 70, 3), (71, 80, 2), (81, 100, 1), (101, 199, 0), (200, None, 2)],
    "pulse": [(None, 40, 2), (41, 50, 1), (51, 100, 0), (101, 110, 1), (111, 129, 2), (130, None, 3)],
    "rate": [(None, 8, 2), (9, 14, 0), (15, 20, 1), (21, 29, 2), (30, None, 3)],
    "temperature": [(None, 349, 2), (350, 384, 0), (385, None, 2)],
}


def bmi(i):
    return i["weight"] / (i["height"] / 100) ** 2


def shock_index(i):
    return i["pulse"] / i["systolic"]


def anion_gap(i):
    return i["sodium"] - i["chloride"] - i["bicarbonate"]


def corrected_calcium(i):
    return i["calcium"] + F("0.8") * (4 - i["albumin"])


def pf_ratio(i):
    return i["pao2"] / (i["fio2"] / 100)


def qsofa(i):
    if i["age"] < 18:
        return "undefined"
    if "gcs" in i:
        altered = i["gcs"] < 15
    elif "acvpu" in i:
        altered = i["acvpu"] != "A"
    else:
        return PARTIAL
    return int(i["rate"] >= 22) + int(i["systolic"] <= 100) + int(altered)


def sirs(i):
    if i["age"] < 18:
        return "undefined"
    breath = i.get("paco2", 99) < 32 or (i["rate"] > 20 if "rate" in i else None)
    white = i.get("bands", 0) > 10 or (
        (i["leukocytes"] > 12 or i["leukocytes"] < 4) if "leukocytes" in i else None)
    if breath is None or white is None:
        return PARTIAL
    return (int(i["temperature"] > 38 or i["temperature"] < 36) + int(i["pulse"] > 90)
            + int(breath) + int(white))


def news2(i):
    if i["age"] < 16:
        return "undefined"
    scale = i.get("scale", 1)
    saturation = NEWS2[1] if scale == 1 else NEWS2[(2, i["oxygen"])]
    return (points(NEWS2["rate"], whole(i["rate"])) + points(saturation, whole(i["saturation"]))
            + (2 if i["oxygen"] else 0) + points(NEWS2["systolic"], whole(i["systolic"]))
            + points(NEWS2["pulse"], whole(i["pulse"])) + (0 if i["acvpu"] == "A" else 3)
            + points(NEWS2["temperature"], whole(i["temperature"] * 10)))


def mews(i):
    if i["age"] < 18:
        return "undefined"
    return (sum(points(MEWS[n], whole(i[n])) for n in ("systolic", "pulse", "rate"))
            + points(MEWS["temperature"], whole(i["temperature"] * 10))
            + {"A": 0, "C": 0, "V": 1, "P": 2, "U": 3}[i["acvpu"]])


def egfr(i):
    """Inker et al. 2021, table 2."""
    if i["age"] < 18:
        return "undefined"
    female = i["sex"] == "female"
    ratio = float(i["creatinine"]) / (0.7 if female else 0.9)
    return (142 * min(ratio, 1) ** (-0.241 if female else -0.302) * max(ratio, 1) ** -1.2
            * 0.9938 ** i["age"] * (1.012 if female else 1))


# name: guide's id, unit, function, inputs that it needs
FEATURES = {
    "bmi_calculated": ("feature-bmi-calculated", "kg/m2", bmi, ["weight", "height"]),
    "shock_index": ("feature-shock-index", "1", shock_index, ["pulse", "systolic"]),
    "anion_gap": ("feature-anion-gap", "mmol/L", anion_gap, ["sodium", "chloride", "bicarbonate"]),
    "corrected_calcium": ("feature-corrected-calcium", "mg/dL", corrected_calcium,
                          ["calcium", "albumin"]),
    "pf_ratio": ("feature-pf-ratio", "mm[Hg]", pf_ratio, ["pao2", "fio2"]),
    "qsofa": ("feature-qsofa", "{score}", qsofa, ["age", "rate", "systolic"]),
    "sirs": ("feature-sirs", "{score}", sirs, ["age", "temperature", "pulse"]),
    "news2_score": ("feature-news2", "{score}", news2,
                    ["age", "rate", "saturation", "oxygen", "systolic", "pulse", "acvpu",
                     "temperature"]),
    "mews": ("feature-mews", "{score}", mews,
             ["age", "systolic", "pulse", "rate", "temperature", "acvpu"]),
    "egfr_calculated": ("feature-egfr-calculated", "mL/min/{1.73_m2}", egfr,
                        ["age", "sex", "creatinine"]),
}


def outcome(feature, inputs):
    _, _, formula, needed = FEATURES[feature]
    known = {n: plain(n, v) for n, v in inputs.items() if plain(n, v) is not None}
    if any(n not in known for n in needed):
        return PARTIAL
    return formula(known)


# ---------------------------------------------------------------- cases


class Cases:
    def __init__(self):
        self.cases, self.names = [], set()

    def add(self, feature, name, inputs, about=None, says=None):
        """says: what a source prints, to its own digits."""
        inputs = {**{n: v for n, v in SAMPLE.items() if n in ("age",)}, **inputs}
        inputs = {n: v for n, v in inputs.items() if v is not None}
        value = outcome(feature, inputs)
        if says is not None:
            digits = len(says.partition(".")[2])
            if isinstance(value, str) or abs(float(value) - float(says)) > 0.5000001 * 10 ** -digits:
                raise SystemExit(f"{name}: {float(value)} is not {says}")
        case = {"name": f"{feature}: {name}", "at": stamp(AT), "patient": "p",
                "resources": resources(inputs),
                "expect": {feature: value if isinstance(value, str) else {
                    "value": number(F(value)) if not isinstance(value, float) else value,
                    "unit": FEATURES[feature][1], "origin": "derived"}},
                "mutant": self.mutant(feature, inputs, value)}
        if about:
            case["about"] = about
        if case["name"] in self.names:
            raise SystemExit(case["name"] + " is there twice")
        self.names.add(case["name"])
        self.cases.append(case)

    @staticmethod
    def mutant(feature, inputs, value):
        """One input changed, or one more, so that something else must come."""
        old = {r["resourceType"] + "/" + r["id"]: r for r in resources(inputs)}
        for changed in changes(feature, inputs):
            other = outcome(feature, changed)
            same = other == value if isinstance(other, str) or isinstance(value, str) \
                else abs(float(other) - float(value)) < 1e-6
            if not same:
                new = {r["resourceType"] + "/" + r["id"]: r for r in resources(changed)}
                return {"name": "another record",
                        **({"without": [r + "/_history/1" for r in old if r not in new]}
                           if set(old) - set(new) else {}),
                        **({"resources": [new[r] for r in new if new[r] != old.get(r)]}
                           if any(new[r] != old.get(r) for r in new) else {})}
        raise SystemExit(f"{feature} {inputs}: no change makes a difference")


def changes(feature, inputs):
    needed = FEATURES[feature][3]
    fill = {"age": 60, "sex": "male", "acvpu": "A", "oxygen": False, "rate": 16, "leukocytes": 7}
    for name in needed + ["acvpu", "rate", "leukocytes"]:
        if name not in inputs and (name in fill or name in TYPICAL):
            yield {**inputs, name: fill.get(name, TYPICAL.get(name))}
    if inputs.get("age", 99) < 18:
        yield {**inputs, "age": 60}
    for name, value in inputs.items():
        if name in MEASURED:
            amount, unit = value if isinstance(value, tuple) else (value, MEASURED[name][1])
            for factor in ("0.5", "1.1", "1.5"):
                yield {**inputs, name: (F(amount) * F(factor), unit)}
        elif name == "acvpu":
            yield {**inputs, name: "U" if value == "A" else "A"}
    for name in inputs:
        yield {n: v for n, v in inputs.items() if n != name}
    for name in inputs:
        if name in TYPICAL:
            yield {**inputs, name: TYPICAL[name]}


TYPICAL = {"weight": 70, "height": 175, "pulse": 80, "systolic": 120, "sodium": 140,
           "chloride": 104, "bicarbonate": 24, "calcium": "9.2", "albumin": "3.8", "pao2": 90,
           "fio2": 21, "temperature": "37.0", "creatinine": "1.0", "saturation": 97}


def without_each(cases, feature, inputs):
    for name in inputs:
        if name in FEATURES[feature][3]:
            cases.add(feature, f"without {name}", {**inputs, name: None})


def by_formula(cases):
    add = cases.add
    add("bmi_calculated", "70 kg and 175 cm", {"weight": 70, "height": 175},
        "70 / 1.75^2 = 70 / 3.0625 = 22.857", "22.857")
    add("bmi_calculated", "pounds and inches", {"weight": (154, "[lb_av]"), "height": (69, "[in_i]")},
        "154 lb = 69.853 kg, 69 in = 1.7526 m; 69.853 / 3.0716 = 22.742", "22.742")
    add("bmi_calculated", "metres", {"weight": "92.5", "height": ("1.8", "m")},
        "92.5 / 1.8^2 = 92.5 / 3.24 = 28.549", "28.549")
    without_each(cases, "bmi_calculated", {"weight": 70, "height": 175})
    add("shock_index", "in health", {"pulse": 60, "systolic": 120}, "60 / 120 = 0.5", "0.5")
    add("shock_index", "in shock", {"pulse": 120, "systolic": 80}, "120 / 80 = 1.5", "1.5")
    add("shock_index", "kilopascals", {"pulse": 100, "systolic": ("13.3322", "kPa")},
        "13.3322 kPa = 100 mm[Hg]; 100 / 100 = 1", "1.000")
    without_each(cases, "shock_index", {"pulse": 60, "systolic": 120})
    gap = {"sodium": 140, "chloride": 104, "bicarbonate": 24}
    add("anion_gap", "normal", gap, "140 - (104 + 24) = 12", "12")
    add("anion_gap", "equivalents", {n: (v, "meq/L") for n, v in gap.items()},
        "ions of one charge: 1 meq is 1 mmol; 140 - (104 + 24) = 12", "12")
    add("anion_gap", "ketoacidosis", {"sodium": 132, "chloride": 95, "bicarbonate": 8},
        "132 - (95 + 8) = 29", "29")
    add("anion_gap", "below zero", {"sodium": 130, "chloride": 110, "bicarbonate": 25},
        "130 - (110 + 25) = -5", "-5")
    without_each(cases, "anion_gap", {"sodium": 141, "chloride": 100, "bicarbonate": 26})
    add("corrected_calcium", "low albumin", {"calcium": "8.0", "albumin": "2.0"},
        "8.0 + 0.8 * (4 - 2.0) = 9.6", "9.6")
    add("corrected_calcium", "normal albumin", {"calcium": "9.4", "albumin": "4.0"},
        "9.4 + 0.8 * 0 = 9.4", "9.4")
    add("corrected_calcium", "high albumin", {"calcium": "10.6", "albumin": "5.0"},
        "10.6 + 0.8 * (4 - 5) = 9.8", "9.8")
    add("corrected_calcium", "millimoles and g/L", {"calcium": ("2.00", "mmol/L"),
                                                   "albumin": (25, "g/L")},
        "2.00 mmol/L * 4.0078 = 8.0156 mg/dL; 8.0156 + 0.8 * (4 - 2.5) = 9.2156", "9.2156")
    without_each(cases, "corrected_calcium", {"calcium": "9.0", "albumin": "3.0"})
    add("pf_ratio", "on oxygen", {"pao2": 80, "fio2": 40}, "80 / 0.40 = 200", "200")
    add("pf_ratio", "a fraction", {"pao2": 60, "fio2": ("0.6", "1")},
        "0.6 without % is not read as a concentration")
    add("pf_ratio", "room air", {"pao2": 95, "fio2": 21}, "95 / 0.21 = 452.38", "452.38")
    add("pf_ratio", "kilopascals", {"pao2": ("10.7", "kPa"), "fio2": 50},
        "10.7 kPa = 80.257 mm[Hg]; 80.257 / 0.5 = 160.51", "160.51")
    without_each(cases, "pf_ratio", {"pao2": 80, "fio2": 40})


def kidneys(cases):
    source = "egfr.ckdepi.cr.2021 of the R package kidney.epi, run: {}"
    for creatinine, age, sex, says in [
            ("0.4", 22, "male", "158.21"), ("0.7", 45, "male", "115.80"), ("1", 50, "male", "91.69"),
            ("1.4", 60, "male", "57.54"), ("2.5", 80, "male", "25.34"),
            ("0.5", 25, "female", "133.40"), ("0.8", 50, "female", "89.71"),
            ("1.3", 61, "female", "46.78"), ("3", 77, "female", "15.53")]:
        cases.add("egfr_calculated", f"{sex} of {age} with {creatinine}",
                  {"age": age, "sex": sex, "creatinine": creatinine}, source.format(says), says)
    cases.add("egfr_calculated", "micromoles",
              {"age": 60, "sex": "male", "creatinine": (124, "umol/L")},
              "124 umol/L * 0.011312 = 1.402688 mg/dL, a little more than the 1.4 of 57.54 above")
    cases.add("egfr_calculated", "at 18", {"age": 18, "sex": "female", "creatinine": "0.7"},
              "142 * 0.9938^18 * 1.012 = 142 * 0.89409 * 1.012 = 128.48", "128.48")
    cases.add("egfr_calculated", "at 17", {"age": 17, "sex": "female", "creatinine": "0.7"},
              "the equation was made for adults")
    without_each(cases, "egfr_calculated", {"age": 60, "sex": "male", "creatinine": "1.1"})


def sepsis(cases):
    add = cases.add
    calm = {"rate": 16, "systolic": 120, "gcs": 15}
    add("qsofa", "none", calm, "16 < 22, 120 > 100, 15: 0 + 0 + 0", "0")
    add("qsofa", "all at their limits", {"rate": 22, "systolic": 100, "gcs": 14}, "1 + 1 + 1", "3")
    add("qsofa", "just short of them", {"rate": 21, "systolic": 101, "gcs": 15}, "0 + 0 + 0", "0")
    add("qsofa", "confused", {"rate": 24, "systolic": 118, "acvpu": "C"},
        "no Glasgow coma score, so the ACVPU scale counts: 1 + 0 + 1", "2")
    add("qsofa", "awake", {"rate": 24, "systolic": 118, "acvpu": "A"}, "1 + 0 + 0", "1")
    add("qsofa", "two scales", {"rate": 24, "systolic": 90, "gcs": 15, "acvpu": "V"},
        "the Glasgow coma score counts where there is one: 1 + 1 + 0", "2")
    add("qsofa", "without any scale", {"rate": 24, "systolic": 90})
    add("qsofa", "of a child", {**calm, "age": 9})
    without_each(cases, "qsofa", calm)
    well = {"temperature": "37.0", "pulse": 80, "rate": 14, "leukocytes": 7}
    add("sirs", "none", well, "0 + 0 + 0 + 0", "0")
    add("sirs", "all four", {"temperature": "38.6", "pulse": 104, "rate": 24, "leukocytes": "15.2"},
        "38.6 > 38, 104 > 90, 24 > 20, 15.2 > 12: 4", "4")
    add("sirs", "all at their limits", {"temperature": "38.0", "pulse": 90, "rate": 20,
                                        "leukocytes": 12}, "none is above: 0", "0")
    add("sirs", "cold and few cells", {**well, "temperature": "35.9", "leukocytes": ("3.9", "10*9/L")},
        "35.9 < 36, 3.9 < 4: 2", "2")
    add("sirs", "the lower limits", {**well, "temperature": "36.0", "leukocytes": 4}, "0", "0")
    add("sirs", "by carbon dioxide", {**well, "paco2": 31}, "31 < 32: 1", "1")
    add("sirs", "by carbon dioxide alone", {**well, "rate": None, "paco2": ("4.0", "kPa")},
        "4.0 kPa = 30.0 mm[Hg] < 32, whatever the rate: 1", "1")
    add("sirs", "carbon dioxide is no help", {**well, "rate": None, "paco2": 40})
    add("sirs", "by band forms", {**well, "bands": 11}, "11 > 10: 1", "1")
    add("sirs", "10 % of band forms", {**well, "bands": 10}, "10 is not above 10: 0", "0")
    add("sirs", "without leukocytes", {**well, "leukocytes": None})
    add("sirs", "without a rate", {**well, "rate": None})
    add("sirs", "of a child", {**well, "age": 17})
    without_each(cases, "sirs", {**well, "pulse": 95})


def warning(cases):
    """Each band's ends, one parameter at a time; then published totals."""
    calm = {"rate": 16, "saturation": 97, "oxygen": False, "systolic": 120, "pulse": 70,
            "acvpu": "A", "temperature": "37.0"}
    for name in ("rate", "systolic", "pulse", "temperature"):
        for low, high, _ in NEWS2[name]:
            for end in (low, high):
                if end is not None:
                    value = F(end, 10) if name == "temperature" else end
                    cases.add("news2_score", f"{name} {float(value):g}", {**calm, name: value})
    for scale, oxygen in ((1, False), (2, False), (2, True)):
        for low, high, _ in NEWS2[1 if scale == 1 else (2, oxygen)]:
            for end in (low, high):
                if end is not None:
                    air = "on oxygen" if oxygen else "on air"
                    cases.add("news2_score", f"saturation {end}, scale {scale}, {air}",
                              {**calm, "saturation": end, "oxygen": oxygen, "scale": scale})
    for answer in "CVPU":
        cases.add("news2_score", f"consciousness {answer}", {**calm, "acvpu": answer}, "0 + 3", "3")
    cases.add("news2_score", "halves go up", {**calm, "temperature": "38.05"},
              "38.05 counts as 38.1: 1", "1")
    cases.add("news2_score", "at 16", {**calm, "age": 16, "rate": 22})
    cases.add("news2_score", "at 15", {**calm, "age": 15})
    # NEWS2.v1.test.yml of common-clinical-models (gdl-lang), Apache-2.0.
    whole_set = dict(zip(("systolic", "saturation", "pulse", "temperature", "rate"),
                         (111, 98, 78, 37, 20)))
    worse = {"scale": 2, "oxygen": True, "acvpu": "U"}
    for name, change, says in [
            ("score 0", {}, "0"), ("saturation", {"saturation": 93}, "2"),
            ("low-medium", {"systolic": 70}, "3"), ("high saturation on air", {"scale": 2}, "0"),
            ("unconscious", worse, "8"), ("fever", {**worse, "temperature": 39}, "9"),
            ("bradycardia", {**worse, "temperature": 40, "pulse": 48}, "11"),
            ("hypotension", {**worse, "temperature": 40, "pulse": 150, "systolic": 80}, "16"),
            ("very high pressure", {**worse, "temperature": 40, "pulse": 150, "systolic": 230}, "16"),
            ("low rate", {**worse, "temperature": 40, "pulse": 150, "systolic": 230, "rate": 10},
             "17")]:
        cases.add("news2_score", "published: " + name,
                  {"scale": 1, "oxygen": False, "acvpu": "A", **whole_set, **change},
                  "gdl-lang/common-clinical-models, NEWS2.v1.test.yml: " + says, says)
    without_each(cases, "news2_score", {**calm, "pulse": 95})
    well = {"systolic": 120, "pulse": 70, "rate": 12, "temperature": "37.0", "acvpu": "A"}
    for name, table in MEWS.items():
        for low, high, _ in table:
            for end in (low, high):
                if end is not None:
                    value = F(end, 10) if name == "temperature" else end
                    cases.add("mews", f"{name} {float(value):g}", {**well, name: value})
    for answer, says in zip("CVPU", "0123"):
        cases.add("mews", f"consciousness {answer}", {**well, "acvpu": answer}, None, says)
    cases.add("mews", "very ill", {"systolic": 75, "pulse": 135, "rate": 32, "temperature": "38.6",
                                   "acvpu": "V"}, "2 + 3 + 3 + 2 + 1 = 11", "11")
    cases.add("mews", "of a child", {**well, "age": 12})
    without_each(cases, "mews", {**well, "pulse": 105})


# ---------------------------------------------------------------- the guide's definitions


def definition(id):
    return json.loads((GUIDE / f"Library-{id}.json").read_text())


def closure(ids):
    """Each feature after those that it is made of, and the ValueSets that they name."""
    libraries, value_sets = {}, {}

    def visit(id):
        if id in libraries:
            return
        library = definition(id)
        for related in library.get("relatedArtifact", []):
            if related["type"] == "depends-on":
                visit(related["resource"].split("|")[0].rsplit("/", 1)[1])
        libraries[id] = library
        named = [f["valueSet"] for d in library.get("dataRequirement", [])
                 for f in d["codeFilter"] if "valueSet" in f]
        named += [e["valueCanonical"] for e in library["extension"] if "valueCanonical" in e]
        for canonical in named:
            name = canonical.split("|")[0].rsplit("/", 1)[1]
            value_sets[name] = json.loads((GUIDE / f"ValueSet-{name}.json").read_text())

    for id in ids:
        visit(id)
    return list(libraries.values()), [value_sets[n] for n in sorted(value_sets)]


def text(about, cases, ids):
    definitions, value_sets = closure(ids)
    lines = ["{", ' "about": ' + json.dumps(about) + ","]
    for member, values in (("definitions", definitions), ("valueSets", value_sets), ("cases", cases)):
        lines.append(f' "{member}": [')
        lines.append(",\n".join("  " + json.dumps(v) for v in values))
        lines.append(" ]" + ("" if member == "cases" else ","))
    return "\n".join(lines + ["}"]) + "\n"


def main():
    read_answers()
    cases = Cases()
    for part in (by_formula, kidneys, sepsis, warning):
        part(cases)
    written = text("Worked examples of the derived features of the starter pack; the definitions"
                   " are those of the guide.", cases.cases, [f[0] for f in FEATURES.values()])
    path = pathlib.Path(__file__).parent / "starter.json"
    if "--check" in sys.argv:
        if path.read_text() != written:
            raise SystemExit("starter.json is not what starter.py writes")
    else:
        path.write_text(written)
    print(f"starter.json: {len(cases.cases)} cases, {len(FEATURES)} derived features")


if __name__ == "__main__":
    main()
