#!/usr/bin/env python3
"""Computes 40 features at 2,000 index times of Synthea's patients with pandas.

    compute.py SYNTHEA_NDJSON_FOLDER expected.csv.gz

It reads Synthea's NDJSON itself and follows docs/features.md; it knows nothing of the core.
Times are milliseconds since 1970. A cell is a number, or ! and the reason why there is none.
"""

import gzip
import json
import sys
from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

FOLDER, OUT = sys.argv[1:3]
SITE = ZoneInfo("America/New_York")
SEED = 20240229
PAIRS = 2000
DAY = 86_400_000
ALWAYS = -(2**62)
NEVER = 2**62
UNKNOWN = "unknown"


# ---------------------------------------------------------------- the record

def lines(kind):
    with gzip.open(f"{FOLDER}/{kind}.ndjson.gz", "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def ms(text):
    return round(datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp() * 1000)


def last_part(reference):
    return reference["reference"].split("/")[-1]


def codings(concept):
    return [c["code"] for c in concept.get("coding", [])]


def row(resource, who, codes, **more):
    cells = dict(
        patient=last_part(resource[who]), id=resource["id"], slot=0, codes=codes,
        status=resource.get("status", ""), until=NEVER, value=np.nan, unit="", answer="",
        category="", text="",
        encounter=last_part(resource["encounter"]) if "encounter" in resource else "",
    )
    cells.update(more)
    return cells


def observations():
    for o in lines("Observation"):
        when = ms(o["effectiveDateTime"])
        known = ms(o["issued"])
        category = codings(o["category"][0])[0] if o.get("category") else ""
        parts = [o] + o.get("component", [])
        for slot, part in enumerate(parts):
            quantity = part.get("valueQuantity", {})
            answer = codings(part.get("valueCodeableConcept", {}))
            yield row(
                o, "subject", codings(part["code"]), slot=slot, at=when, known=known,
                value=quantity.get("value", np.nan), unit=quantity.get("code", ""),
                answer=answer[0] if answer else "", category=category)


def conditions():
    for c in lines("Condition"):
        yield row(
            c, "subject", codings(c["code"]), at=ms(c["onsetDateTime"]),
            known=ms(c["recordedDate"]), status=codings(c["clinicalStatus"])[0],
            until=ms(c["abatementDateTime"]) if "abatementDateTime" in c else NEVER)


def orders():
    """One whose medication is another resource has its code; both are loaded as history."""
    drugs = {m["id"]: codings(m.get("code", {})) for m in lines("Medication")}
    for m in lines("MedicationRequest"):
        named = m.get("medicationReference", {}).get("reference", "").removeprefix("Medication/")
        codes = codings(m.get("medicationCodeableConcept", {})) or drugs.get(named) or [UNKNOWN]
        when = ms(m["authoredOn"])
        yield row(m, "subject", codes, at=when, known=when)


def encounters():
    for e in lines("Encounter"):
        start = ms(e["period"]["start"])
        yield row(
            e, "subject", [e["class"]["code"]], at=start, known=start,
            until=ms(e["period"]["end"]), encounter=e["id"])


def procedures():
    for p in lines("Procedure"):
        start = ms(p["performedPeriod"]["start"])
        yield row(
            p, "subject", codings(p["code"]), at=start, known=start, text=p["code"]["text"],
            until=ms(p["performedPeriod"]["end"]))


def immunizations():
    for i in lines("Immunization"):
        when = ms(i["occurrenceDateTime"])
        yield row(i, "patient", codings(i["vaccineCode"]), at=when, known=when)


def frame(rows):
    return pd.DataFrame(list(rows)).explode("codes").rename(columns={"codes": "code"})


OBSERVATION = frame(observations())
CONDITION = frame(conditions())
ORDER = frame(orders())
ENCOUNTER = frame(encounters())
PROCEDURE = frame(procedures())
IMMUNIZATION = frame(immunizations())
PEOPLE = {p["id"]: p for p in lines("Patient")}


# ---------------------------------------------------------------- index times

def months_before(times, months):
    """By the calendar in UTC: the day before a short month's end is its last day."""
    moments = pd.to_datetime(times, unit="ms", utc=True)
    earlier = moments - pd.DateOffset(months=months)
    return pd.Series((earlier - pd.Timestamp(0, tz="UTC")) // pd.Timedelta(milliseconds=1))


def choose_pairs():
    """Half of the times lie at an edge: where something is measured, known, begins or ends, where
    it leaves a window of months, where a day begins at the site; exactly, and 1 ms to either side.
    """
    random = np.random.RandomState(SEED)
    patients = sorted(PEOPLE)
    measured = OBSERVATION[OBSERVATION.code.isin(
        ["8480-6", "29463-7", "4548-4", "33914-3", "2345-7", "38483-4", "8867-4", "72166-2"])]
    measured = dict(tuple(measured.groupby("patient")))
    stays = dict(tuple(ENCOUNTER.groupby("patient")))
    problems = dict(tuple(CONDITION[CONDITION.code.isin(
        ["162864005", "160903007", "160904001", "73595000", "423315002"])].groupby("patient")))
    first, last = ms("2017-01-01T00:00:00+00:00"), ms("2025-01-01T00:00:00+00:00")
    pairs = []
    for n in range(PAIRS):
        patient = patients[random.randint(len(patients))]
        kind = random.randint(10)
        shift = int(random.randint(-1, 2))
        if kind < 2:
            one = measured[patient].iloc[random.randint(len(measured[patient]))]
            at = int(one["at"]) + shift
        elif kind == 2:
            one = measured[patient].iloc[random.randint(len(measured[patient]))]
            at = int(one["known"]) + shift
        elif kind == 3:
            one = measured[patient].iloc[random.randint(len(measured[patient]))]
            # As long after it as some window is long.
            months = int(random.choice([12, 24, 36, 60]))
            moment = pd.Timestamp(int(one["at"]), unit="ms", tz="UTC")
            moment = moment + pd.DateOffset(months=months)
            at = int(moment.value // 1_000_000) + shift
        elif kind == 4:
            one = stays[patient].iloc[random.randint(len(stays[patient]))]
            at = int(random.choice([one["at"], one["until"], (one["at"] + one["until"]) // 2]))
            at += shift
        elif kind == 5 and patient in problems:
            one = problems[patient].iloc[random.randint(len(problems[patient]))]
            at = int(one["at"] if one["until"] == NEVER or random.randint(2) else one["until"])
            at += shift
        elif kind == 6:
            day = date.fromordinal(random.randint(date(2018, 1, 1).toordinal(),
                                                  date(2025, 1, 1).toordinal()))
            born = date.fromisoformat(PEOPLE[patient]["birthDate"])
            if random.randint(2) and (born.month, born.day) != (2, 29):
                day = born.replace(year=day.year)
            elif random.randint(2):
                day = day.replace(day=1)
            at = round(datetime(day.year, day.month, day.day, tzinfo=SITE).timestamp() * 1000)
            at += shift
        else:
            at = int(random.randint(first // 1000, last // 1000)) * 1000 + random.randint(1000)
        late = random.randint(4) == 0
        later = int(random.randint(1, 400)) * (500 if random.randint(2) else DAY) if late else 0
        known = at + later
        pairs.append((n, patient, at, known))
    return pd.DataFrame(pairs, columns=["row", "patient", "index", "known_at"])


ASKED = choose_pairs()
INDEX = ASKED.set_index("row")["index"]


# ---------------------------------------------------------------- windows and facts

def back(months=0, milliseconds=0):
    """Where a window begins, by row; it does not hold its own beginning."""
    start = pd.Series(months_before(ASKED["index"], months).values, index=ASKED["row"])
    return start - milliseconds


NO_START = pd.Series(ALWAYS, index=ASKED["row"])


def visible(facts, codes):
    """What had happened and was known, in order: of equal times the one learnt last is the last."""
    found = facts[facts.code.isin(codes)].drop_duplicates(["id", "slot"])
    joined = ASKED.merge(found, on="patient")
    joined = joined[(joined["at"] <= joined["index"]) & (joined["known"] <= joined["known_at"])]
    return joined.sort_values(["row", "at", "known", "id", "slot"], kind="stable")


def inside(facts, start, closed_start=False, end=None, closed_end=True):
    begin = facts["row"].map(start)
    stop = facts["row"].map(INDEX if end is None else end)
    after = facts["at"] >= begin if closed_start else facts["at"] > begin
    before = facts["at"] <= stop if closed_end else facts["at"] < stop
    return facts[after & before]


def none_of(known, within, numbers=None):
    """Why rows have no value: nothing at all, or nothing in the window."""
    result = pd.Series("!not-recorded", index=ASKED["row"], dtype=object)
    result[result.index.isin(known["row"])] = "!outside-window"
    result[result.index.isin(within["row"])] = np.nan
    if numbers is not None:
        result.update(numbers.astype(object))
    return result


def few(result, within, least):
    size = within.groupby("row").size()
    result[size[size < least].index] = "!too-few"
    return result


def read(facts, factors):
    """Numbers in one unit; those in another one are no numbers."""
    return facts.assign(value=facts["value"] * facts["unit"].map(factors).astype(float))


# Conversion factors: UCUM's own, and the molar masses that docs and code table declare.
KPA = {"mm[Hg]": 0.133322}
LB = {"kg": 1 / 0.45359237}
GLUCOSE = {"mg/dL": 10 / 180.16}
CREATININE = {"mg/dL": 10_000 / 113.12}


def same(unit):
    return {unit: 1.0}


def seconds(facts):
    return (facts["at"] - facts["row"].map(INDEX)) / 1000.0


def rows_of(within, function):
    return within.groupby("row").apply(function) if len(within) else pd.Series(dtype=float)


# ---------------------------------------------------------------- features

def latest(known, within):
    return none_of(known, within, within.groupby("row")["value"].last())


def checked_latest(known, within, facts, codes, months):
    """The same by merge_asof where both clocks are one, as a check of this script."""
    by_row = latest(known, within)
    found = facts[facts.code.isin(codes)].drop_duplicates(["id", "slot"]).copy()
    found["index"] = found[["at", "known"]].max(axis=1)
    found = found.sort_values(["index", "at", "known", "id", "slot"], kind="stable")
    one_clock = ASKED[ASKED["index"] == ASKED["known_at"]].sort_values("index")
    merged = pd.merge_asof(
        one_clock, found[["index", "patient", "at", "value"]], on="index", by="patient")
    merged = merged.set_index("row")
    if months:
        merged.loc[~(merged["at"] > back(months).reindex(merged.index)), "value"] = np.nan
    both = by_row.reindex(merged.index)
    both = pd.to_numeric(both.where(~both.astype(str).str.startswith("!")), errors="coerce")
    assert ((both == merged["value"]) | (both.isna() & merged["value"].isna())).all(), codes
    return by_row


def sbp_latest():
    codes = ["8480-6"]
    known = visible(OBSERVATION, codes)
    result = none_of(known, pd.DataFrame({"row": []}))
    # Up to an age: what is just as old is carried, too.
    carried = inside(known, back(24), closed_start=True)
    result.update(carried.groupby("row")["value"].last().astype(object))
    return result


def dbp_latest():
    codes = ["8462-4"]
    known = visible(OBSERVATION, codes)
    checked_latest(known, known, OBSERVATION, codes, 0)
    return latest(known, read(known, KPA))


def egfr_latest():
    known = visible(OBSERVATION, ["33914-3"])
    within = inside(known, back(24))
    last = within.groupby("row").last()
    value = last["value"].astype(object)
    value[last["unit"] != "mL/min/{1.73_m2}"] = "!unit"
    return none_of(known, within, value)


def hba1c_before():
    known = visible(OBSERVATION, ["4548-4"])
    return latest(known, inside(known, back(12), closed_start=True, closed_end=False))


def sbp_first():
    known = visible(OBSERVATION, ["8480-6"])
    return none_of(known, known, known.groupby("row")["value"].first())


def weight_second():
    known = visible(OBSERVATION, ["29463-7"])
    within = inside(known, back(60))
    second = read(within, LB).groupby("row")["value"].nth(-2)
    return few(none_of(known, within, second), within, 2)


def sbp_min():
    classes = ENCOUNTER.drop_duplicates("id").set_index("id")["code"]
    known = visible(OBSERVATION, ["8480-6"])
    known = known[known["encounter"].map(classes) == "AMB"]
    # An encounter that has not begun, or is not known yet, has no class.
    starts = ENCOUNTER.drop_duplicates("id").set_index("id")["at"]
    known = known[known["encounter"].map(starts) <= known[["index", "known_at"]].min(axis=1)]
    within = inside(known, back(36))
    return none_of(known, within, within.groupby("row")["value"].min())


def open_stay_since():
    stays = visible(ENCOUNTER, ["AMB", "EMER", "IMP"])
    stays = stays[stays["until"] > stays["index"]]
    return stays.groupby("row")["at"].max()


def sbp_max_stay():
    since = open_stay_since()
    known = visible(OBSERVATION, ["8480-6"])
    within = inside(known[known["row"].isin(since.index)], since, closed_start=True)
    result = none_of(known, within, within.groupby("row")["value"].max())
    result[~result.index.isin(since.index)] = "!dependency"
    return result


def first_bmi():
    return visible(OBSERVATION, ["39156-5"]).groupby("row")["at"].first()


def rr_mean_since_bmi():
    since = first_bmi()
    known = visible(OBSERVATION, ["9279-1"])
    within = inside(known[known["row"].isin(since.index)], since, closed_start=True)
    result = none_of(known, within, within.groupby("row")["value"].mean())
    result[~result.index.isin(since.index)] = "!dependency"
    return result


def glucose_median():
    known = visible(OBSERVATION, ["2339-0", "2345-7"])
    within = inside(known, back(36))
    return none_of(known, within, read(within, GLUCOSE).groupby("row")["value"].median())


def weight_sd():
    known = visible(OBSERVATION, ["29463-7"])
    within = inside(known, back(36))
    plausible = within[(within["value"] >= 2) & (within["value"] <= 300)]
    result = none_of(known, within, plausible.groupby("row")["value"].std(ddof=1))
    result = few(result, plausible, 2)
    result[result.index.isin(within["row"]) & ~result.index.isin(plausible["row"])] = "!implausible"
    return result


def sbp_cv():
    known = visible(OBSERVATION, ["8480-6"])
    within = inside(known, back(60))
    values = within.groupby("row")["value"]
    return few(none_of(known, within, 100 * values.std(ddof=1) / values.mean().abs()), within, 2)


def creatinine_rmssd():
    known = visible(OBSERVATION, ["38483-4", "2160-0"])
    within = read(inside(known, back(36)), CREATININE)
    steps = within.groupby("row")["value"].diff()
    mean = (steps**2).groupby(within["row"]).mean()
    return few(none_of(known, within, np.sqrt(mean)), within, 2)


def hr_arv():
    known = visible(OBSERVATION, ["8867-4"])
    within = inside(known, back(36))
    steps = within.groupby("row")["value"].diff().abs()
    return few(none_of(known, within, steps.groupby(within["row"]).mean()), within, 2)


def line(within):
    """The least-squares line by row: slope by second, and what it says of the index time."""
    def fit(rows):
        x = seconds(rows).to_numpy()
        if (x == x[0]).all():
            return pd.Series({"slope": np.nan, "value": np.nan})
        y = rows["value"].to_numpy()
        design = np.column_stack([x - x.mean(), np.ones(len(x))])
        (slope, middle), *_ = np.linalg.lstsq(design, y, rcond=None)
        return pd.Series({"slope": slope, "value": middle - slope * x.mean()})
    return rows_of(within, fit)


def of_line(within, known, column, factor):
    fitted = line(within)[column] * factor
    result = few(none_of(known, within, fitted.dropna()), within, 2)
    result[result.isna()] = "!undefined"
    return result


def weight_slope():
    known = visible(OBSERVATION, ["29463-7"])
    return of_line(inside(known, back(24)), known, "slope", 30.4375 * 86_400)


def weight_intercept():
    known = visible(OBSERVATION, ["29463-7"])
    within = inside(known, back(24), end=INDEX - 7 * DAY)
    return of_line(within, known, "value", 1)


def hba1c_delta():
    known = visible(OBSERVATION, ["4548-4"])
    within = inside(known, back(36))
    values = within.groupby("row")["value"]
    return few(none_of(known, within, values.last() - values.first()), within, 2)


def cholesterol_change():
    known = visible(OBSERVATION, ["2093-3"])
    last = known.groupby("row")["value"].last()
    is_last = ~known["row"].duplicated(keep="last")
    median = known[~is_last].groupby("row")["value"].median()
    return few(none_of(known, known, 100 * (last - median) / median.abs()), known, 2)


def held(within, end):
    """For how long each value holds, in milliseconds."""
    following = within.groupby("row")["at"].shift(-1)
    return following.fillna(within["row"].map(end)).astype("int64") - within["at"]


def sbp_weighted():
    known = visible(OBSERVATION, ["8480-6"])
    end = INDEX - DAY
    within = inside(known, back(24), end=end)
    within = within.assign(held=held(within, end))
    area = (within["value"] * within["held"]).groupby(within["row"]).sum()
    time = within.groupby("row")["held"].sum()
    mean = (area / time).where(time > 0, within.groupby("row")["value"].last())
    return none_of(known, within, mean)


def glucose_in_range():
    known = visible(OBSERVATION, ["2339-0", "2345-7"])
    within = inside(known, back(60))
    within = within.assign(held=held(within, INDEX))
    good = within[(within["value"] >= 70) & (within["value"] <= 100)]
    time = within.groupby("row")["held"].sum()
    share = 100 * good.groupby("row")["held"].sum().reindex(time.index).fillna(0) / time
    result = none_of(known, within, share[time > 0])
    result[result.isna()] = "!undefined"
    return result


def counted(within):
    return within.groupby("row").size().reindex(ASKED["row"]).fillna(0).astype(float)


def calendar_start(unit):
    def start(moment):
        local = datetime.fromtimestamp(moment / 1000, SITE)
        first = datetime(local.year, local.month if unit == "mo" else 1, 1, tzinfo=SITE)
        return round(first.timestamp() * 1000)
    return INDEX.map(start)


def lies_in(states, start, closed_start):
    """A state lies in each window in which it held: begun there, or still held there."""
    begin = states["row"].map(start)
    begun = states["at"] >= begin if closed_start else states["at"] > begin
    return states[begun | (states["until"] > begin)]


def visits_this_year():
    known = visible(ENCOUNTER, ["AMB", "EMER"])
    return counted(lies_in(known, calendar_start("a"), True))


def weighing_days():
    within = inside(visible(OBSERVATION, ["29463-7"]), back(24))
    local = pd.to_datetime(within["at"], unit="ms", utc=True).dt.tz_convert("America/New_York")
    days = within.assign(day=local.dt.date).drop_duplicates(["row", "day"])
    return counted(days)


def measuring_visits():
    known = visible(OBSERVATION, ["8867-4", "9279-1"])
    within = inside(known, back(0, 52 * 7 * DAY), closed_start=True)
    within = within[(within["category"] == "vital-signs") & (within["encounter"] != "")]
    return counted(within.drop_duplicates(["row", "encounter"]))


def visit_rate():
    start = back(12)
    number = counted(lies_in(visible(ENCOUNTER, ["AMB"]), start, False))
    return number / ((INDEX - start) / DAY / 30.4375)


def since_hba1c():
    known = visible(OBSERVATION, ["4548-4"])
    last = known.groupby("row")["at"].last()
    return none_of(known, known, (INDEX.reindex(last.index) - last) / DAY)


def since_first_bmi():
    known = visible(OBSERVATION, ["39156-5"])
    first = first_bmi()
    return none_of(known, known, (INDEX.reindex(first.index) - first) / DAY / 365.25)


def truth(rows):
    return pd.Series(ASKED["row"].isin(rows).astype(float).values, index=ASKED["row"])


def hba1c_done():
    within = inside(visible(OBSERVATION, ["4548-4"]), back(0, 180 * DAY), closed_end=False)
    return truth(within["row"])


def holding(facts, codes):
    known = visible(facts, codes)
    return known[known["until"] > known["index"]]


def obesity():
    return truth(holding(CONDITION, ["162864005"])["row"])


def lisinopril():
    known = visible(ORDER, ["314076"])
    return truth(known[known["status"] == "active"]["row"])


def employed_for():
    begun = holding(CONDITION, ["160903007", "160904001"]).groupby("row")["at"].max()
    result = pd.Series("!not-recorded", index=ASKED["row"], dtype=object)
    result.update(((INDEX.reindex(begun.index) - begun) / DAY / 7).astype(object))
    return result


def stressed():
    start = back(24)
    known = lies_in(visible(CONDITION, ["73595000", "423315002"]), start, False)
    known = known.assign(
        begin=np.maximum(known["at"], known["row"].map(start)),
        end=np.minimum(known["until"], known["index"]))
    def union(states):
        total, covered = 0, ALWAYS
        for begin, end in sorted(zip(states["begin"], states["end"])):
            total += max(0, end - max(begin, covered))
            covered = max(covered, end)
        return total / DAY
    return rows_of(known, union).reindex(ASKED["row"]).fillna(0.0)


def thiazide_ordered():
    """That there is none is known only where every order says of what it is."""
    within = inside(visible(ORDER, ["310798"]), back(12))
    unknown = inside(visible(ORDER, [UNKNOWN]), back(12))
    result = truth(within["row"]).astype(object)
    result[result.index.isin(unknown["row"]) & ~result.index.isin(within["row"])] = (
        "!search-incomplete")
    return result


def dialysis_of_month():
    known = visible(PROCEDURE, ["265764009"])
    return counted(inside(known, calendar_start("mo"), closed_start=True))


def dental_care():
    known = visible(PROCEDURE, [
        "103697008", "34043003", "225362009", "243085009", "274788003", "430193006"])
    known = known[known["text"].str.lower().str.contains("dental")]
    return counted(inside(known, back(24)))


def years(born, moment):
    today = datetime.fromtimestamp(moment / 1000, SITE).date()
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


BORN = ASKED.set_index("row")["patient"].map(
    lambda p: date.fromisoformat(PEOPLE[p]["birthDate"]))


def age_at(times):
    result = pd.Series("!dependency", index=ASKED["row"], dtype=object)
    for n, moment in times.items():
        result[n] = (
            "!implausible" if datetime.fromtimestamp(moment / 1000, SITE).date() < BORN[n]
            else float(years(BORN[n], moment)))
    return result


def age():
    return age_at(INDEX)


def age_at_first_bp():
    return age_at(visible(OBSERVATION, ["8480-6"]).groupby("row")["at"].first())


def sex():
    # Every record gives a sex at birth, and it is what the gender says.
    return ASKED.set_index("row")["patient"].map(
        lambda p: float(PEOPLE[p]["gender"] == "female"))


def bmi():
    weights = visible(OBSERVATION, ["29463-7"])
    weight = inside(weights, back(24)).groupby("row")["value"].last().reindex(ASKED["row"])
    height = visible(OBSERVATION, ["8302-2"]).groupby("row")["value"].last()
    height = height.reindex(ASKED["row"]).fillna(165.0)
    result = (weight / (height / 100) ** 2).astype(object)
    result[weight.isna()] = "!dependency"
    return result


def smoked():
    meaning = {"449868002": 1.0, "266919005": 0.0, "8517006": 0.0}
    known = visible(OBSERVATION, ["72166-2"])
    within = inside(known, back(60))
    within = within.assign(value=within["answer"].map(meaning))
    return none_of(known, within, within.groupby("row")["value"].max())


def flu_shot():
    known = visible(IMMUNIZATION, ["140"])
    within = inside(known, back(18))
    last = within.groupby("row")["at"].last()
    return none_of(known, within, (INDEX.reindex(last.index) - last) / DAY / 30.4375)


FEATURES = [
    sbp_latest, dbp_latest, egfr_latest, hba1c_before, sbp_first, weight_second, sbp_min,
    sbp_max_stay, rr_mean_since_bmi, glucose_median, weight_sd, sbp_cv, creatinine_rmssd, hr_arv,
    weight_slope, weight_intercept, hba1c_delta, cholesterol_change, sbp_weighted,
    glucose_in_range, visits_this_year, weighing_days, measuring_visits, visit_rate, since_hba1c,
    since_first_bmi, hba1c_done, obesity, lisinopril, employed_for, stressed, thiazide_ordered,
    dialysis_of_month, dental_care, age, age_at_first_bp, sex, bmi, smoked, flu_shot,
]


def cell(value):
    if isinstance(value, str):
        return value
    assert np.isfinite(value), value
    return repr(float("%.13g" % value)).removesuffix(".0")


def instant(moment):
    return datetime.fromtimestamp(moment / 1000, timezone.utc).isoformat(
        timespec="milliseconds").replace("+00:00", "Z")


def main():
    columns = {}
    for feature in FEATURES:
        values = feature().reindex(ASKED["row"])
        assert not values.isna().any(), feature.__name__
        columns[feature.__name__] = values.map(cell)
        missing = values.map(lambda v: v if isinstance(v, str) else "").value_counts()
        print(f"{feature.__name__:20}", dict(missing), file=sys.stderr)
    table = ASKED.set_index("row")
    with open(OUT, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
        heads = ["patient", "at", "knownAt"] + list(columns)
        out.write((",".join(heads) + "\n").encode())
        for n in ASKED["row"]:
            asked = table.loc[n]
            known = "" if asked["known_at"] == asked["index"] else instant(asked["known_at"])
            cells = [asked["patient"], instant(asked["index"]), known]
            cells += [columns[name][n] for name in columns]
            out.write((",".join(cells) + "\n").encode())
    print("pandas", pd.__version__, "numpy", np.__version__,
          "python", sys.version.split()[0], file=sys.stderr)


main()
