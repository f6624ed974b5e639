#!/usr/bin/env python3
"""Writes comorbidities.json: worked examples of the Charlson and Elixhauser indices of the guide.

The definitions are those of the guide; the weights below are those of the publications, and one or
two codes of each comorbidity are taken from the lists of Quan 2005, among them such as ICD-10-CM has
below a listed one. Nothing is read of the guide's ValueSets here.

    python3 golden/comorbidities.py           write the file
    python3 golden/comorbidities.py --check   exit 1 if the file is not what this would write
"""

import pathlib
import sys
from datetime import timedelta

from make import AT, stamp
from starter import text

ICD10 = "http://hl7.org/fhir/sid/icd-10"
ICD10CM = "http://hl7.org/fhir/sid/icd-10-cm"
CHARLSON, ELIXHAUSER = "charlson_index", "elixhauser_van_walraven"

# Charlson 1987, table 3; codes by Quan 2005, table 1.
WEIGHTS = {CHARLSON: {
    "I21.4": 1, "I25.2": 1, "I50.22": 1, "I13.0": 1, "I70.0": 1, "Z95.820": 1, "G45.9": 1,
    "I63.9": 1, "F03.90": 1, "G30.9": 1, "J44.9": 1, "J45.20": 1, "M05.79": 1, "M35.3": 1,
    "K25.9": 1, "K74.60": 1, "B18.2": 1, "E11.9": 1, "E10.65": 1, "K76.6": 3, "I85.00": 3,
    "E11.21": 2, "E10.42": 2, "G81.90": 2, "G83.4": 2, "N18.6": 2, "Z99.2": 2, "C34.90": 2,
    "C91.00": 2, "C78.7": 6, "C80.1": 6, "B20": 6},
    # van Walraven 2009, table 2; codes by Quan 2005, table 2.
    ELIXHAUSER: {
    "I50.22": 7, "I48.91": 5, "Z95.0": 5, "I35.0": -1, "Q23.1": -1, "I26.99": 4, "I27.20": 4,
    "I73.9": 2, "G82.20": 7, "G20": 6, "G40.909": 6, "J44.9": 3, "N18.4": 5, "Z94.0": 5,
    "K70.30": 11, "I85.00": 11, "C83.30": 9, "C90.00": 9, "C79.51": 12, "C18.9": 4, "C97": 4,
    "D69.6": 3, "D68.59": 3, "E66.9": -4, "R63.4": 6, "E43": 6, "E87.1": 5, "E86.0": 5,
    "D50.0": -2, "D50.9": -2, "D51.0": -2, "F11.20": -7, "Z72.2": -7, "F33.1": -3}}
# Beside or above what is listed.
STRANGERS = {
    CHARLSON: ["I10", "I42.1", "I73", "K76", "E66.9", "F32.9", "C44.91", "G83.8", "B23.8", "N17.9"],
    ELIXHAUSER: ["I10", "I44.0", "E11.9", "K25.9", "B20", "C44.91", "C90.1", "D69.2", "E03.9", "F10.20"]}


def condition(place, code, system=ICD10CM, status="active"):
    when = stamp(AT - timedelta(days=100 + place))
    return {"resourceType": "Condition", "id": f"c{place}",
            "meta": {"versionId": "1", "lastUpdated": when},
            "clinicalStatus": {"coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/condition-clinical",
                "code": status}]},
            "code": {"coding": [{"system": system, "code": code}]},
            "subject": {"reference": "Patient/p"}, "onsetDateTime": when}


PERSON = {"resourceType": "Patient", "id": "p",
          "meta": {"versionId": "1", "lastUpdated": "2001-01-01T00:00:00Z"}}


def case(feature, name, conditions, value, mutant, about=None, complete=None):
    out = {"name": f"{feature}: {name}", "at": stamp(AT), "patient": "p",
           "resources": [PERSON] + conditions,
           "expect": {feature: value if isinstance(value, str) else {
               "value": value, "unit": "{score}", "origin": "derived"}},
           "mutant": {"name": "another record", **mutant}}
    if about:
        out["about"] = about
    if complete is not None:
        out["complete"] = complete
    return out


def sick(feature):
    """One more diagnosis, of a comorbidity that no other case of its kind has."""
    return {"resources": [condition(99, "I50.9")]}


def cases():
    out = []
    for feature, weights in WEIGHTS.items():
        for code, weight in weights.items():
            out.append(case(feature, code, [condition(1, code)], weight,
                            {"without": ["Condition/c1/_history/1"]}))
        for code in STRANGERS[feature]:
            out.append(case(feature, f"{code} is not listed", [condition(1, code)], 0,
                            sick(feature)))
        out.append(case(feature, "nothing at all", [], 0, sick(feature)))
        out.append(case(feature, "WHO's ICD-10", [condition(1, "I50.0", ICD10)],
                        weights["I50.22"], {"without": ["Condition/c1/_history/1"]}))
        out.append(case(feature, "another system", [condition(1, "I50.0", "urn:local")], 0,
                        sick(feature)))
        out.append(case(feature, "a resolved one", [condition(1, "I50.22", status="resolved")],
                        weights["I50.22"], {"without": ["Condition/c1/_history/1"]}))
        out.append(case(feature, "the same comorbidity twice",
                        [condition(1, "J44.9"), condition(2, "J45.20")], weights["J44.9"],
                        {"without": ["Condition/c1/_history/1", "Condition/c2/_history/1"]},
                        "both are chronic pulmonary disease, which counts once"))
        out.append(case(feature, "nothing found in part of a record", [], "dependency",
                        {"complete": ["Condition"]}, complete=[]))
    for name, codes, value, about in [
            (CHARLSON, ["K74.60", "K76.6"], 3, "mild and severe liver disease: 3 alone"),
            (CHARLSON, ["E11.9", "E11.21"], 2, "diabetes without and with complications: 2 alone"),
            (CHARLSON, ["C34.90", "C78.7"], 6, "cancer and metastatic cancer: 6 alone"),
            (CHARLSON, ["I21.4", "I50.22", "E11.21", "N18.6"], 6, "1 + 1 + 2 + 2"),
            (CHARLSON, ["I21.4", "I50.22", "I70.0", "I63.9", "G30.9", "J44.9", "M05.79", "K25.9",
                        "K76.6", "E11.21", "G81.90", "N18.6", "C78.7", "B20"], 29,
             "8 * 1 + 3 + 2 + 2 + 2 + 6 + 6"),
            (ELIXHAUSER, ["C18.9", "C79.51"], 12, "solid tumour and metastatic cancer: 12 alone"),
            (ELIXHAUSER, ["I50.22", "I48.91", "E66.9", "F33.1"], 5, "7 + 5 - 4 - 3"),
            (ELIXHAUSER, ["E66.9", "F11.20", "F33.1", "D50.0", "D51.0", "I35.0"], -19,
             "-4 - 7 - 3 - 2 - 2 - 1"),
            (ELIXHAUSER, ["K70.30", "E87.1", "D69.6", "R63.4"], 25, "11 + 5 + 3 + 6")]:
        conditions = [condition(i, code) for i, code in enumerate(codes)]
        out.append(case(name, " ".join(codes), conditions, value,
                        {"without": [f"Condition/c{i}/_history/1" for i in range(len(codes))]},
                        about))
    return out


def main():
    all_cases = cases()
    written = text("Worked examples of the comorbidity indices of the guide.", all_cases,
                   ["comorbidity-charlson", "comorbidity-elixhauser"])
    path = pathlib.Path(__file__).parent / "comorbidities.json"
    if "--check" in sys.argv:
        if path.read_text() != written:
            raise SystemExit("comorbidities.json is not what comorbidities.py writes")
    else:
        path.write_text(written)
    print(f"comorbidities.json: {len(all_cases)} cases")


if __name__ == "__main__":
    main()
