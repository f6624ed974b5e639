"""Makes the data sets of ../resources/statistics and what must come of them.

Nothing of ours is called: the figures come from scikit-learn, SciPy, NumPy and R (pROC, Hmisc, stats);
where none of them has one, from its formula, written here in another way than in the product. Run it
with Python 3 and R; packages of Debian: python3-sklearn python3-scipy r-cran-proc r-cran-rms.

    python3 make.py

The versions stand in expected.json. Large sets are not kept as files: this script and the tests make
them alike, by SplitMix64 and by products and comparisons of doubles only.
"""

import csv
import json
import math
import os
import subprocess
import tempfile
import warnings
from fractions import Fraction

import numpy as np
import scipy
import scipy.optimize
import scipy.spatial
import scipy.special
import sklearn
from scipy import stats
from scipy.spatial.distance import jensenshannon
from sklearn import decomposition, isotonic as isotonic_regression, linear_model, metrics, preprocessing

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "..", "resources", "statistics")
Z = float(stats.norm.ppf(0.975))
MASK = (1 << 64) - 1


# --- chance -------------------------------------------------------------------------------------


class SplitMix64:
    def __init__(self, seed):
        self.state = seed & MASK

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def uniform(self):
        return (self.next() >> 11) * 2.0**-53

    def below(self, bound):
        return ((self.next() >> 32) * bound) >> 32

    def normal(self):
        radius = math.sqrt(-2 * math.log(1 - self.uniform()))
        return radius * math.cos(2 * math.pi * self.uniform())


def uniforms(seed, count):
    """The first so many of SplitMix64(seed).uniform(), as an array."""
    with np.errstate(over="ignore"):
        z = np.uint64(seed) + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    return (z >> np.uint64(11)).astype(np.float64) * 2.0**-53


assert [SplitMix64(7).uniform()] == list(uniforms(7, 1))


def generated_scores(seed, rows, top):
    """score = top u u, of every fifth row cut down to 64ths; event where v < 0.8 score + 0.01."""
    u = uniforms(seed, 2 * rows)
    score = top * (u[0::2] * u[0::2])
    fifth = np.arange(rows) % 5 == 0
    score = np.where(fifth, np.floor(score * 64) / 64, score)
    return score, (u[1::2] < 0.8 * score + 0.01).astype(int)


def generated_numbers(seed, rows, stretch):
    """stretch (u + v + w), every hundredth row missing."""
    u = uniforms(seed, 3 * rows)
    x = stretch * (u[0::3] + u[1::3] + u[2::3])
    return np.where(np.arange(rows) % 100 == 99, np.nan, x)


def logistic(x):
    return 1 / (1 + math.exp(-x))


# --- sets with labels ---------------------------------------------------------------------------


def model(seed, rows, sharpness=1.0, shift=0.0, digits=None):
    chance = SplitMix64(seed)
    out = []
    for _ in range(rows):
        x = 1.3 * chance.normal() - 0.8
        p = logistic(sharpness * x + shift)
        p = round(p, digits) if digits else p
        out.append((p, 1 if chance.uniform() < logistic(x) else 0))
    return out


def with_labels():
    chance = SplitMix64(99)
    sets = {
        "tiny": [(0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1)],
        "pair": [(0.3, 0), (0.6, 1)],
        "all-negative": [(round(chance.uniform(), 3), 0) for _ in range(20)],
        "all-positive": [(round(chance.uniform(), 3), 1) for _ in range(20)],
        "perfect": [(0.02 * i + 0.01, 0) for i in range(20)] + [(0.02 * i + 0.6, 1) for i in range(15)],
        "inverse": [(1 - p, y) for p, y in model(11, 60)],
        "constant": [(0.25, 1 if i % 4 == 0 else 0) for i in range(40)],
        "ties": model(12, 300, digits=1),
        "calibrated": model(13, 500),
        "overconfident": model(14, 500, sharpness=2.0, shift=0.4),
        "rare": [(p * 0.1, 1 if chance.uniform() < p * 0.1 else 0) for p, _ in model(15, 900)],
        "margins": [(math.log(p / (1 - p)), y) for p, y in model(16, 200)],
    }
    extremes = model(17, 120)
    for i, p in enumerate([0.0, 1.0, 1e-300, 1 - 2**-53, 1e-15, 1 - 1e-15, 0.0, 1.0, 5e-324, 1e-16]):
        extremes[7 * i] = (p, 1 - round(p) if i % 3 == 0 else round(p))
    sets["extremes"] = extremes
    return sets


GENERATED = {
    "imbalance": {"seed": 31, "rows": 20_000, "top": 0.02},
    "million": {"seed": 32, "rows": 1_000_000, "top": 1.0},
}


def groups():
    """Sites a to e: d has too few rows, and e, the smallest of the others, must hide it."""
    chance = SplitMix64(21)
    rows = []
    for site, count, lift in (("a", 420, 0.0), ("b", 300, 0.5), ("c", 260, -0.6), ("d", 8, 0.0), ("e", 120, 0.2)):
        for _ in range(count):
            x = 1.2 * chance.normal() - 0.3 + lift
            y = 1 if chance.uniform() < logistic(x - (0.3 if site == "c" else 0)) else 0
            rows.append((logistic(x), y, site, "F" if chance.uniform() < 0.5 else "M"))
    return rows


# --- expected figures of labels -----------------------------------------------------------------


def fraction_quantile(values, numerator, denominator):
    """Type 7, the rank as a fraction."""
    h = Fraction((len(values) - 1) * numerator, denominator)
    low = values[int(h)]
    rest = h - int(h)
    return low if rest == 0 else low + (values[int(h) + 1] - low) * rest.numerator / rest.denominator


def decile_bins(p):
    s = sorted(p)
    edges = sorted({fraction_quantile(s, k, 10) for k in range(11)})
    return np.searchsorted(edges[1:], p, side="left") if len(edges) > 1 else np.zeros(len(p), int)


def put(out, name, value, lower=None, upper=None, p=None):
    out[name] = {"value": float(value)}
    if lower is not None:
        out[name]["lower"] = float(lower)
        out[name]["upper"] = float(upper)
    if p is not None:
        out[name]["p"] = float(p)


def unknown(out, reason, *names):
    for name in names:
        out[name] = {"unknown": reason}


def clip(value, least, most):
    return min(most, max(least, value))


def average_precision_error(s, y):
    """Influence of each row by the derivative, straight from the definition: every pair of rows."""
    m = y.sum()
    order = np.argsort(s)
    at_least = s[None, :] >= s[order][:, None]
    n_at = at_least.sum(1)
    p_at = (at_least * y[None, :]).sum(1) / n_at
    yo = y[order]
    ap = (yo * p_at).sum() / m
    own = np.empty(len(s))
    own[order] = p_at
    influence = y * (own - ap) / m
    influence = influence + ((yo / n_at)[:, None] * (y[None, :] - p_at[:, None]) * at_least).sum(0) / m
    # The derivative, numerically, of scikit-learn's weighted figure.
    for i in (0, len(s) // 2, len(s) - 1):
        w = np.ones(len(s))
        w[i] = 1 + 1e-6
        up = metrics.average_precision_score(y, s, sample_weight=w)
        w[i] = 1 - 1e-6
        down = metrics.average_precision_score(y, s, sample_weight=w)
        assert abs((up - down) / 2e-6 - influence[i]) < 1e-6, (up, down, influence[i])
    return math.sqrt((influence**2).sum())


def of_labels(s, y, r):
    """All figures without a threshold. r asks R."""
    s, y = np.asarray(s, float), np.asarray(y, int)
    n, m = len(s), int(y.sum())
    out = {}
    low, high = r["wilson"](m, n)
    put(out, "prevalence", m / n, low, high)
    probabilities = s.min() >= 0 and s.max() <= 1
    both = 0 < m < n
    separated = both and (s[y == 0].max() <= s[y == 1].min() or s[y == 1].max() <= s[y == 0].min())

    if both:
        area, low, high = r["delong"](s, y)
        assert abs(area - metrics.roc_auc_score(y, s)) < 1e-12
        varies = 2 <= m <= n - 2 and high > low
        put(out, "auroc", metrics.roc_auc_score(y, s), *((low, high) if varies else ()))
        ap = metrics.average_precision_score(y, s)
        if m < 2 or n > 6000:
            put(out, "average-precision", ap)
        else:
            error = average_precision_error(s, y)
            put(out, "average-precision", ap, *((clip(ap - Z * error, 0, 1), clip(ap + Z * error, 0, 1)) if error > 0 else ()))
        precision, recall, _ = metrics.precision_recall_curve(y, s)
        put(out, "auprc-trapezoid", metrics.auc(recall, precision))
    else:
        unknown(out, "one-class", "auroc", "average-precision", "auprc-trapezoid")

    names = ["brier", "scaled-brier", "ece", "ece-equal-count", "observed-to-expected", "calibration-in-the-large",
             "calibration-intercept", "calibration-slope", "hosmer-lemeshow", "eavg", "e90", "emax"]
    if not probabilities:
        unknown(out, "not-a-probability", *names)
        return out

    losses = (s - y) ** 2
    brier = metrics.brier_score_loss(y, s, pos_label=1)
    half = Z * losses.std(ddof=1) / math.sqrt(n)
    put(out, "brier", brier, clip(brier - half, 0, 1), clip(brier + half, 0, 1))
    if both:
        q = m / n
        v = q * (1 - q)
        gradient = np.array([-1 / v, brier * (1 - 2 * q) / v**2])
        error = math.sqrt(gradient @ np.cov(losses, y, ddof=1) @ gradient / n)
        put(out, "scaled-brier", 1 - brier / v, 1 - brier / v - Z * error, min(1, 1 - brier / v + Z * error))
    else:
        unknown(out, "one-class", "scaled-brier")

    edges = np.array([k / 10 for k in range(1, 10)])
    for name, bins in (("ece", np.searchsorted(edges, s, side="left")), ("ece-equal-count", decile_bins(s))):
        error = sum(
            (bins == b).sum() / n * abs(y[bins == b].mean() - s[bins == b].mean()) for b in sorted(set(bins)))
        put(out, name, error)

    expected = math.fsum(s)
    if expected == 0:
        unknown(out, "empty-cell", "observed-to-expected")
    elif both:
        error = math.sqrt((1 - m / n) / m)
        ratio = m / expected
        put(out, "observed-to-expected", ratio, math.exp(math.log(ratio) - Z * error), math.exp(math.log(ratio) + Z * error))
    else:
        put(out, "observed-to-expected", m / expected)

    if not both:
        unknown(out, "one-class", "calibration-in-the-large", "calibration-intercept", "calibration-slope",
                "hosmer-lemeshow", "eavg", "e90", "emax")
        return out

    fits = r["fits"](s, y)
    put(out, "calibration-in-the-large", *wald(intercept_alone(s, y)))
    if len(set(np.clip(s, 1e-15, 1 - 1e-15))) == 1:
        unknown(out, "no-variation", "calibration-intercept", "calibration-slope")
    elif separated:
        unknown(out, "no-finite-fit", "calibration-intercept", "calibration-slope")
    else:
        put(out, "calibration-intercept", *wald(fits["intercept"]))
        put(out, "calibration-slope", *wald(fits["slope"]))

    bins = decile_bins(s)
    kinds = sorted(set(bins))
    if len(kinds) < 3:
        unknown(out, "no-variation", "hosmer-lemeshow")
    else:
        table = [((bins == b).sum(), y[bins == b].sum(), s[bins == b].sum()) for b in kinds]
        if any(e * (1 - e / k) <= 0 for k, _, e in table):
            unknown(out, "empty-cell", "hosmer-lemeshow")
        else:
            statistic = sum((o - e) ** 2 / e + ((k - o) - (k - e)) ** 2 / (k - e) for k, o, e in table)
            put(out, "hosmer-lemeshow", statistic, p=stats.chi2.sf(statistic, len(table)))

    if min(m, n - m) < 10:
        unknown(out, "too-few", "eavg", "e90", "emax")
    elif len(set(s)) == 1:
        unknown(out, "no-variation", "eavg", "e90", "emax")
    elif separated:
        unknown(out, "no-finite-fit", "eavg", "e90", "emax")
    elif fits["eavg"] == "tied":
        unknown(out, "no-variation", "eavg", "e90", "emax")
    else:
        for name in ("eavg", "e90", "emax"):
            put(out, name, fits[name])
    return out


def intercept_alone(s, y):
    """The root of the score; R's glm loses it where probabilities are 0 and 1."""
    q = np.clip(s, 1e-15, 1 - 1e-15)
    x = np.log(q / (1 - q))
    root = scipy.optimize.brentq(lambda a: math.fsum(y - scipy.special.expit(x + a)), -80, 80, xtol=1e-14, rtol=1e-14)
    p = scipy.special.expit(x + root)
    return root, 1 / math.sqrt(math.fsum(p * scipy.special.expit(-x - root)))


def wald(pair):
    value, error = pair
    return value, value - Z * error, value + Z * error


def of_decisions(s, y, t, r):
    s, y = np.asarray(s, float), np.asarray(y, int)
    flag = s >= t
    tn, fp, fn, tp = (int(x) for x in metrics.confusion_matrix(y, flag, labels=[0, 1]).ravel())
    n = len(s)
    out = {}

    def share(name, count, of):
        if of == 0:
            unknown(out, "empty-cell", name)
        else:
            put(out, name, count / of, *r["wilson"](count, of))

    share("flag-rate", tp + fp, n)
    share("sensitivity", tp, tp + fn)
    share("specificity", tn, tn + fp)
    share("ppv", tp, tp + fp)
    share("npv", tn, tn + fn)
    if tp + fn == 0 or tn + fp == 0:
        unknown(out, "one-class", "lr-positive")
    elif fp == 0:
        unknown(out, "empty-cell", "lr-positive")
    else:
        ratio = metrics.class_likelihood_ratios(y, flag, labels=[0, 1])[0]
        if tp == 0:
            put(out, "lr-positive", ratio)
        else:
            error = math.sqrt((1 - tp / (tp + fn)) / tp + (1 - fp / (fp + tn)) / fp)
            put(out, "lr-positive", ratio, math.exp(math.log(ratio) - Z * error), math.exp(math.log(ratio) + Z * error))
    if tp + fp + fn == 0:
        unknown(out, "empty-cell", "f1")
    else:
        low, high = r["wilson"](tp, tp + fp + fn)
        put(out, "f1", metrics.f1_score(y, flag), 2 * low / (1 + low), 2 * high / (1 + high))
    if tp == 0:
        unknown(out, "empty-cell", "nne")
    else:
        low, high = r["wilson"](tp, tp + fp)
        put(out, "nne", (tp + fp) / tp, 1 / high, 1 / low)
    odds = t / (1 - t)
    for name, gain in (("net-benefit", flag * (y - (1 - y) * odds)), ("net-benefit-all", y - (1 - y) * odds)):
        half = Z * np.std(gain, ddof=1) / math.sqrt(n)
        put(out, name, gain.mean(), gain.mean() - half, gain.mean() + half)
    return out


def newcombe(a, b, r):
    """Difference a - b of two (count, of)."""
    pa, pb = a[0] / a[1], b[0] / b[1]
    (la, ua), (lb, ub) = r["wilson"](*a), r["wilson"](*b)
    d = pa - pb
    return d, d - math.sqrt((pa - la) ** 2 + (ub - pb) ** 2), d + math.sqrt((ua - pa) ** 2 + (pb - lb) ** 2)


def katz(a, b):
    ratio = (a[0] / a[1]) / (b[0] / b[1])
    error = math.sqrt((1 - a[0] / a[1]) / a[0] + (1 - b[0] / b[1]) / b[0])
    return ratio, ratio * math.exp(-Z * error), ratio * math.exp(Z * error)


def gaps(rows, shown, t, r):
    """Between these groups: by group (score, label)."""
    out = {}
    cells = {}
    for g in shown:
        s = np.array([x for x, _ in rows[g]])
        y = np.array([x for _, x in rows[g]])
        tn, fp, fn, tp = (int(x) for x in metrics.confusion_matrix(y, s >= t, labels=[0, 1]).ravel())
        cells[g] = dict(flags=(tp + fp, len(s)), tpr=(tp, tp + fn), fpr=(fp, fp + tn), off=y - s)

    def extremes(kind):
        ordered = sorted((cells[g][kind] for g in shown), key=lambda c: c[0] / c[1])
        return ordered[-1], ordered[0]

    put(out, "demographic-parity-difference", *newcombe(*extremes("flags"), r))
    high, low = extremes("flags")
    put(out, "demographic-parity-ratio", *katz(low, high))
    tpr, fpr = newcombe(*extremes("tpr"), r), newcombe(*extremes("fpr"), r)
    put(out, "equal-opportunity-difference", *tpr)
    put(out, "false-positive-rate-difference", *fpr)
    put(out, "equalized-odds-difference", *max(tpr, fpr))
    ordered = sorted((cells[g]["off"] for g in shown), key=lambda o: o.mean())
    gap = ordered[-1].mean() - ordered[0].mean()
    half = Z * math.sqrt(sum(o.var(ddof=1) / len(o) for o in (ordered[0], ordered[-1])))
    put(out, "calibration-gap", gap, gap - half, gap + half)
    largest = max(shown, key=lambda g: len(rows[g]))
    for g in shown:
        if g != largest:
            put(out, "flag-rate-ratio/" + g, *katz(cells[g]["flags"], cells[largest]["flags"]))
    return out


# --- drift --------------------------------------------------------------------------------------


def numeric_drift(e, a):
    e, a = np.asarray(e, float), np.asarray(a, float)
    en, an = e[~np.isnan(e)], a[~np.isnan(a)]
    out = {}
    edges = []
    if len(en):
        s = sorted(en)
        edges = sorted({fraction_quantile(s, k, 10) for k in range(1, 10)})

    def bins(values, missing):
        return np.append(np.bincount(np.searchsorted(edges, values, side="left"), minlength=len(edges) + 1), missing)

    by_bins(out, bins(en, len(e) - len(en)), bins(an, len(a) - len(an)))
    if len(en) and len(an):
        exact = len(en) * len(an) <= 1_000_000
        test = stats.ks_2samp(en, an, method="exact" if exact else "asymp")
        p = test.pvalue if exact else scipy.special.kolmogorov(
            test.statistic * math.sqrt(len(en) * len(an) / (len(en) + len(an))))
        put(out, "ks", test.statistic, p=p)
    else:
        unknown(out, "too-few", "ks")
    if len(en) < 2 or not len(an):
        unknown(out, "too-few", "wasserstein")
    elif en.std() == 0:
        unknown(out, "no-variation", "wasserstein")
    else:
        put(out, "wasserstein", stats.wasserstein_distance(en, an) / en.std(ddof=1))
    return out


def by_bins(out, e, a):
    n, m = e.sum(), a.sum()
    if n == 0 or m == 0:
        unknown(out, "too-few", "psi", "jensen-shannon", "hellinger")
        return
    pe, pa = np.maximum(1e-4, e / n), np.maximum(1e-4, a / m)
    psi = float(((pa - pe) * (np.log(pa) - np.log(pe))).sum())
    held = int(((e + a) > 0).sum())
    put(out, "psi", psi, p=stats.chi2.sf(psi / (1 / n + 1 / m), held - 1) if held > 1 else 1)
    distance = jensenshannon(e / n, a / m, base=2)
    put(out, "jensen-shannon", 0 if math.isnan(distance) else distance)
    put(out, "hellinger", math.sqrt(max(0, 1 - np.sqrt(e / n * a / m).sum())))


def categorical_drift(e, a):
    kinds = sorted({x for x in e + a if x})
    ce = np.array([e.count(k) for k in kinds] + [e.count("")])
    ca = np.array([a.count(k) for k in kinds] + [a.count("")])
    out = {}
    by_bins(out, ce, ca)
    table = np.array([ce, ca])[:, (ce + ca) > 0]
    if table.shape[1] < 2:
        unknown(out, "no-variation", "chi-squared")
    else:
        statistic, p = stats.chi2_contingency(table, correction=False)[:2]
        put(out, "chi-squared", statistic, p=p)
    return out


def missing_drift(out, e, n, a, m, r):
    d, low, high = newcombe((a, m), (e, n), r)
    table = np.array([[e, n - e], [a, m - a]])
    varies = (table.sum(0) > 0).all()
    put(out, "missing-rate-difference", d, clip(low, -1, 1), clip(high, -1, 1),
        p=stats.chi2_contingency(table, correction=False)[1] if varies else 1)


def number(text):
    return float(text) if text else math.nan


def drift_sets():
    chance = SplitMix64(41)

    def sample(rows, mean, scale, missing, kinds):
        out = []
        for _ in range(rows):
            x = "" if chance.uniform() < missing else repr(round(mean + scale * chance.normal(), 3))
            out.append((x, kinds[int(chance.uniform() * len(kinds))]))
        return out

    return {
        "drift-none": (sample(400, 5, 1, 0.03, "aabbc"), sample(300, 5, 1, 0.03, "aabbc")),
        "drift-shift": (sample(400, 5, 1, 0.02, "aabbc"), sample(350, 5.6, 1.4, 0.15, ["a", "b", "c", "d", ""])),
        "drift-ties": ([(str(i % 3), "x") for i in range(60)], [(str(i % 4), "x") for i in range(45)]),
        "drift-constant": ([("7", "x") for _ in range(30)], [("7", "x")] * 20 + [("8", "")] * 5),
        "drift-tiny": ([("1.5", "a"), ("2", "b"), ("2.5", "a"), ("", "a"), ("9", "b")],
                       [("3", "a"), ("4", "c"), ("5.5", "a"), ("", "a")]),
        "drift-empty": ([("", "")] * 4, [("1", "a"), ("2", "a")]),
    }


DRIFT_GENERATED = {"drift-large": {"rows": 100_000, "seedOfReference": 51, "seedOfCurrent": 52, "stretch": 1.02}}


# --- series, agreement, estimates before labels ---------------------------------------------------


def agreement():
    chance = SplitMix64(71)
    first = ["abc"[int(3 * chance.uniform())] for _ in range(80)]
    second = [k if chance.uniform() < 0.6 else "abcd"[int(4 * chance.uniform())] for k in first]
    kinds = sorted(set(first + second))
    p = metrics.confusion_matrix(first, second, labels=kinds) / len(first)
    rows, columns, po = p.sum(1), p.sum(0), np.trace(p)
    pe = rows @ columns
    on = sum(p[i, i] * ((1 - pe) - (rows[i] + columns[i]) * (1 - po)) ** 2 for i in range(len(kinds)))
    off = (1 - po) ** 2 * sum(
        p[i, j] * (columns[i] + rows[j]) ** 2 for i in range(len(kinds)) for j in range(len(kinds)) if i != j)
    error = math.sqrt((on + off - (po * pe - 2 * pe + po) ** 2) / (len(first) * (1 - pe) ** 4))
    kappa = metrics.cohen_kappa_score(first, second)
    return {"first": first, "second": second, "kappa": {"value": kappa, "lower": kappa - Z * error, "upper": kappa + Z * error}}


def estimated():
    p = np.array([round(a, 2) for a, _ in model(72, 400)])
    t = 0.4
    flag = p >= t
    # Every row is there twice: as an event with weight p, as none with weight 1 - p.
    y, w = np.repeat([1, 0], len(p)), np.concatenate([p, 1 - p])
    twice, f = np.concatenate([p, p]), np.concatenate([flag, flag])
    tn, fp, fn, tp = (metrics.confusion_matrix(y, f, sample_weight=w)).ravel()
    n, pos, neg = len(p), p.sum(), (1 - p).sum()
    area = metrics.roc_auc_score(y, twice, sample_weight=w)
    q1, q2 = area / (2 - area), 2 * area**2 / (1 + area)
    error = math.sqrt((area * (1 - area) + (pos - 1) * (q1 - area**2) + (neg - 1) * (q2 - area**2)) / (pos * neg))
    out = {}

    def banded(name, value, error):
        put(out, "estimated-" + name, value, clip(value - 3 * error, 0, 1), clip(value + 3 * error, 0, 1))

    banded("auroc", area, error)
    for name, value, base in (
            ("true-positive-share", tp / n, n), ("false-positive-share", fp / n, n),
            ("false-negative-share", fn / n, n), ("true-negative-share", tn / n, n), ("prevalence", pos / n, n),
            ("sensitivity", metrics.recall_score(y, f, sample_weight=w), pos),
            ("specificity", metrics.recall_score(y, f, sample_weight=w, pos_label=0), neg),
            ("ppv", metrics.precision_score(y, f, sample_weight=w), tp + fp),
            ("npv", tn / (tn + fn), tn + fn)):
        banded(name, value, math.sqrt(value * (1 - value) / base))
    j = metrics.jaccard_score(y, f, sample_weight=w)
    banded("f1", metrics.f1_score(y, f, sample_weight=w),
           2 / (1 + j) ** 2 * math.sqrt(j * (1 - j) / (tp + fp + fn)))
    return {"p": list(p), "threshold": t, "figures": out}


def series():
    chance = SplitMix64(73)
    errors = [1 if chance.uniform() < (0.2 if i < 300 else 0.45) else 0 for i in range(500)]
    hinkley, ddm = [], []
    least = None
    for t in range(1, len(errors) + 1):
        x = np.array(errors[:t], float)
        m = np.cumsum(x - np.cumsum(x) / np.arange(1, t + 1) - 0.005)
        hinkley.append(bool(t >= 30 and m[-1] - min(0, m.min()) > 12))
        p = x.mean()
        s = math.sqrt(p * (1 - p) / t)
        if t >= 30 and p > 0 and (least is None or p + s <= sum(least)):
            least = (p, s)
        state = "STABLE"
        if least is not None:
            state = "DRIFT" if p + s >= least[0] + 3 * least[1] else "WARNING" if p + s >= least[0] + 2 * least[1] else "STABLE"
        ddm.append(state)
    chunks = [round(0.8 + 0.02 * chance.normal(), 4) for _ in range(12)]
    later = [round(0.8 + (0 if i < 10 else -0.025) + 0.02 * chance.normal(), 4) for i in range(30)]
    mean, sd = np.mean(chunks), np.std(chunks, ddof=1)
    off = (np.array(later) - mean) / sd
    above, below = np.zeros(31), np.zeros(31)
    for i, z in enumerate(off):
        above[i + 1], below[i + 1] = max(0, above[i] + z - 0.5), max(0, below[i] - z - 0.5)
    return {"errors": errors, "pageHinkley": hinkley.index(True) if True in hinkley else -1,
            "drift": ddm.index("DRIFT") if "DRIFT" in ddm else -1, "warnings": ddm.count("WARNING"),
            "chunks": chunks, "lower": mean - 3 * sd, "upper": mean + 3 * sd,
            "later": later, "above": list(above[1:]), "below": list(below[1:])}


def bootstrapped():
    """Of the set calibrated: rows 3k to 3k + 2 are one patient's."""
    rows = model(13, 500)
    s, y = np.array([p for p, _ in rows]), np.array([l for _, l in rows])
    of = np.arange(500) // 3
    count = of[-1] + 1
    chance = SplitMix64(74)
    areas, briers = [], []
    for _ in range(200):
        times = np.bincount([chance.below(int(count)) for _ in range(count)], minlength=count)
        some = np.repeat(np.arange(500), times[of])
        areas.append(metrics.roc_auc_score(y[some], s[some]))
        briers.append(metrics.brier_score_loss(y[some], s[some]))
    return {name: {"lower": np.quantile(v, 0.025), "upper": np.quantile(v, 0.975)}
            for name, v in (("auroc", areas), ("brier", briers))}


def binned(s, y):
    """Bins of neighbouring scores of one tenth, a 100th of the rows at most: mean score, events, others."""
    edges = [k / 10 for k in range(11)]
    bins = []
    for value in np.unique(s):
        of = s == value
        tenth = max(1, int(np.searchsorted(edges, value, side="left")))
        if bins and bins[-1]["tenth"] == tenth and (bins[-1]["n"] + of.sum()) * 100 <= len(s):
            bins[-1]["n"] += of.sum()
            bins[-1]["positives"] += y[of].sum()
            bins[-1]["values"].append(s[of])
        else:
            bins.append({"tenth": tenth, "n": of.sum(), "positives": y[of].sum(), "values": [s[of]]})
    means = np.array([np.concatenate(b["values"]).mean() for b in bins])
    positives = np.array([b["positives"] for b in bins])
    return means, positives, np.array([b["n"] for b in bins]) - positives


def weighted(means, positives, negatives):
    """Figures of counts, by repeating rows."""
    s = np.repeat(np.concatenate([means, means]), np.concatenate([positives, negatives]))
    y = np.repeat([1, 0], [positives.sum(), negatives.sum()])
    precision, recall, _ = metrics.precision_recall_curve(y, s)
    out = {"auprc-trapezoid": metrics.auc(recall, precision)}
    for name, bins in (("ece", np.searchsorted([k / 10 for k in range(1, 11)], s, side="left")),
                       ("ece-equal-count", decile_bins(s))):
        out[name] = sum(abs((y[bins == b] - s[bins == b]).sum()) for b in set(bins)) / len(s)
    return out


def binned_bootstrap(s, y, replicates, seed):
    means, positives, negatives = binned(s, y)
    cells = np.column_stack([positives, negatives]).ravel()
    drawn = np.zeros((replicates, len(cells)), int)
    u = uniforms(seed, replicates * int((cells > 0).sum())).reshape(replicates, -1)
    drawn[:, cells > 0] = stats.poisson.ppf(u, cells[cells > 0][None, :]).astype(int)
    centre = weighted(means, positives, negatives)
    all_rows = weighted(s, y, 1 - y)
    values = [weighted(means, row[0::2], row[1::2]) for row in drawn]
    out = {}
    for name, value in all_rows.items():
        low, high = np.quantile([v[name] for v in values], [0.025, 0.975])
        put(out, name, value, clip(value + centre[name] - high, 0, 1), clip(value + centre[name] - low, 0, 1))
    return {"bins": len(means), "replicates": replicates, "seed": seed, "figures": out}


def bootstrapped_bins():
    first = model(13, 500)
    how = {"seed": 33, "rows": 5_000, "top": 1.0}
    s, y = generated_scores(how["seed"], how["rows"], how["top"])
    return {"calibrated": binned_bootstrap(np.array([p for p, _ in first]), np.array([l for _, l in first]), 300, 76),
            "generated": {"how": how, **binned_bootstrap(s, y, 100, 77)}}


def over_time(r):
    """Three sets as the rows of three months: Cochran's Q of their fits."""
    fits, n = {"calibration-in-the-large-change": [], "calibration-slope-change": []}, 0
    sets = with_labels()
    for name in ("calibrated", "overconfident", "ties"):
        s, y = np.array([p for p, _ in sets[name]]), np.array([l for _, l in sets[name]])
        fits["calibration-in-the-large-change"].append(intercept_alone(s, y))
        fits["calibration-slope-change"].append(r["fits"](s, y)["slope"])
    out = {}
    for name, pairs in fits.items():
        b, error = np.array(pairs, float).T
        q = ((b - np.average(b, weights=error**-2)) ** 2 / error**2).sum()
        put(out, name, q, p=stats.chi2.sf(q, len(b) - 1))
    return out


# --- many variables -------------------------------------------------------------------------------


def joint(seed, rows, link, shift):
    chance = SplitMix64(seed)
    out = []
    for _ in range(rows):
        a, b, c = chance.normal(), chance.normal(), chance.normal()
        out.append((a, link * a + b + shift, c * 3))
    return np.array(out)


def mmd(x, y, permutations, seed):
    chance = SplitMix64(seed)
    z = np.vstack([x, y])
    z = (z - z.mean(0)) / z.std(0, ddof=1)
    n, size = len(x), len(x) + len(y)
    rows = list(range(size))
    if size > 2000:
        for i in range(1000):
            j = i + chance.below(size - i)
            rows[i], rows[j] = rows[j], rows[i]
        rows = rows[:1000]
    sigma = np.median(scipy.spatial.distance.pdist(z[rows]))
    members = [np.arange(size) < n]
    order = list(range(size))
    for _ in range(permutations):
        for i in range(n):
            j = i + chance.below(size - i)
            order[i], order[j] = order[j], order[i]
        members.append(np.isin(np.arange(size), order[:n]))
    if size <= 2000:
        k = np.exp(-scipy.spatial.distance.squareform(scipy.spatial.distance.pdist(z, "sqeuclidean")) / (2 * sigma**2))
        np.fill_diagonal(k, 0)

        def sums(a, b):
            return k[np.ix_(a, b)].sum()
    else:
        w = np.array([[chance.normal() / sigma for _ in range(z.shape[1])] for _ in range(256)])
        f = np.hstack([np.cos(z @ w.T), np.sin(z @ w.T)]) / 16

        def sums(a, b):
            return f[a].sum(0) @ f[b].sum(0) - (a & b).sum()

    values = []
    for a in members:
        b = ~a
        values.append(sums(a, a) / (n * (n - 1)) + sums(b, b) / ((size - n) * (size - n - 1))
                      - 2 * sums(a, b) / (n * (size - n)))
    return {"value": values[0], "p": (1 + sum(v >= values[0] for v in values[1:])) / (1 + permutations)}


def drawn_members(n, size, permutations, chance):
    members, order = [np.arange(size) < n], list(range(size))
    for _ in range(permutations):
        for i in range(n):
            j = i + chance.below(size - i)
            order[i], order[j] = order[j], order[i]
        members.append(np.isin(np.arange(size), order[:n]))
    return members


def halves(x, chance):
    order, half = list(range(len(x))), len(x) // 2
    for i in range(half):
        j = i + chance.below(len(x) - i)
        order[i], order[j] = order[j], order[i]
    return x[order[:half]], x[order[half:]]


def correlations(x, y, permutations, seed):
    """The greatest change, and how often it is as great when rows are drawn anew."""
    z, i = np.vstack([x, y]), np.tril_indices(x.shape[1], -1)
    members = drawn_members(len(x), len(z), permutations, SplitMix64(seed))
    values = [np.abs(np.corrcoef(z[~a].T)[i] - np.corrcoef(z[a].T)[i]).max() for a in members]
    return {"value": values[0], "p": np.mean([v >= values[0] - 1e-13 for v in values])}


def domain(x, y, permutations, seed, r):
    """By scikit-learn's logistic regression and pROC."""
    chance = SplitMix64(seed)
    (x1, x2), (y1, y2) = halves(x, chance), halves(y, chance)
    mean, sd = x1.mean(0), x1.std(0, ddof=1)

    def features(rows):
        z = np.clip((rows - mean) / sd, -5, 5)
        return preprocessing.PolynomialFeatures(2, include_bias=False).fit_transform(z)

    train = np.vstack([features(x1), features(y1)])
    fit = linear_model.LogisticRegression(C=1.0, tol=1e-12, max_iter=100_000, solver="newton-cg")
    fit.fit(train, [0] * len(x1) + [1] * len(y1))
    s = np.concatenate([fit.decision_function(features(x2)), fit.decision_function(features(y2))])
    labels = np.array([0] * len(x2) + [1] * len(y2))
    area, low, high = r["delong"](s, labels)
    members = drawn_members(len(x2), len(s), permutations, chance)
    areas = [metrics.roc_auc_score(~a, s) for a in members]
    # The fit is the same to some 8 digits, and only the order of scores counts.
    assert abs(areas[0] - area) < 1e-12 or r.answers is None
    return {"value": areas[0], "lower": low, "upper": high,
            "p": np.mean([v >= areas[0] - 1e-12 for v in areas])}


def reconstruction(x, y, permutations, seed):
    """By scikit-learn's PCA."""
    chance = SplitMix64(seed)
    first, second = halves(x, chance)
    mean, sd = first.mean(0), first.std(0, ddof=1)
    z = (first - mean) / sd
    pca = decomposition.PCA(svd_solver="full").fit(z)
    kept = int(np.searchsorted(np.cumsum(pca.explained_variance_ratio_), 0.65)) + 1

    def errors(rows):
        z = (rows - mean) / sd
        back = z @ pca.components_[:kept].T @ pca.components_[:kept]
        return np.linalg.norm(z - back, axis=1)

    a, b = errors(second), errors(y)
    e = np.concatenate([a, b])
    value, error = b.mean() - a.mean(), math.sqrt(b.var(ddof=1) / len(b) + a.var(ddof=1) / len(a))
    members = drawn_members(len(a), len(e), permutations, chance)
    values = [abs(e[~m].mean() - e[m].mean()) for m in members]
    return {"value": value, "lower": value - Z * error, "upper": value + Z * error,
            "p": np.mean([v >= values[0] - 1e-13 for v in values])}


def multivariate(r):
    sets = {"none": (80, 1, 60, 2, 0.5, 0.0), "link": (150, 3, 150, 4, -0.4, 0.0), "shift": (90, 5, 70, 6, 0.5, 0.8),
            "large": (1200, 7, 1000, 8, 0.5, 0.15)}
    out = {}
    for name, (n, of, m, to, link, shift) in sets.items():
        x, y = joint(of, n, 0.5, 0.0), joint(to, m, link, shift)
        out[name] = {"rows": n, "seed": of, "rowsOfCurrent": m, "seedOfCurrent": to, "link": link, "shift": shift,
                     "mmd-squared": mmd(x, y, 99, 81), "correlation-change": correlations(x, y, 99, 81),
                     "domain-auroc": domain(x, y, 99, 81, r), "pca-reconstruction-error": reconstruction(x, y, 99, 81)}
    return out


def at_a_site():
    """What a site does with scores of its own, by scikit-learn and SciPy, on the set ties."""
    rows = with_labels()["ties"]
    s, y = np.array([p for p, _ in rows]), np.array([l for _, l in rows])
    at = [0.0, 0.05, 0.1, 0.33, 0.5, 0.77, 1.0]
    isotonic = isotonic_regression.IsotonicRegression(out_of_bounds="clip").fit(s, y)
    errors = np.sort(np.where(y == 1, 1 - s, s))
    q = np.clip(s, 1e-15, 1 - 1e-15)
    logit = np.log(q / (1 - q))
    temperature = linear_model.LogisticRegression(penalty=None, fit_intercept=False, tol=1e-12, max_iter=10_000)
    x, new = joint(9, 50, 0.5, 0.0), joint(10, 6, -0.5, 1.0)
    mean, sd = x.mean(0), x.std(0, ddof=1)
    z, w = (x - mean) / sd, (new - mean) / sd
    inverse = np.linalg.inv(np.cov(z.T))
    return {"at": at, "isotonic": list(isotonic.predict(at)),
            "conformal": {repr(c): errors[math.ceil((len(s) + 1) * c) - 1] for c in (0.5, 0.9, 0.95)},
            "temperature": temperature.fit(logit[:, None], y).coef_[0][0],
            "inTheLarge": intercept_alone(s, y)[0],
            "distances": [scipy.spatial.distance.mahalanobis(row, np.zeros(3), inverse) for row in w],
            "similarities": list(metrics.pairwise.cosine_similarity(w, z).max(1))}


# --- R --------------------------------------------------------------------------------------------


class R:
    """Questions to R: gathered in a first pass, answered at once, and looked up in a second."""

    def __init__(self):
        self.asked = []
        self.answers = None
        self.folder = tempfile.mkdtemp()

    def ask(self, question, default):
        if self.answers is None:
            if question not in self.asked:
                self.asked.append(question)
            return default
        return self.answers[question]

    def file(self, s, y):
        import hashlib
        name = hashlib.sha256(s.tobytes() + y.tobytes()).hexdigest()[:16]
        path = os.path.join(self.folder, name + ".csv")
        if not os.path.exists(path):
            with open(path, "w") as out:
                out.write("s,y\n")
                out.writelines("%r,%d\n" % (float(a), b) for a, b in zip(s, y))
        return path

    def wilson(self, count, of):
        return tuple(self.ask("wilson %d %d" % (count, of), [0.5, 0.5]))

    def delong(self, s, y):
        got = self.ask("delong " + self.file(s, y), None)
        return got if got else (metrics.roc_auc_score(y, s), 0.1, 0.9)

    def fits(self, s, y):
        got = self.ask("fits " + self.file(s, y), None)
        if not got:
            return dict(intercept=(0, 1), slope=(0, 1), eavg=0, e90=0, emax=0)
        return dict(intercept=got[0:2], slope=got[2:4],
                    **(dict(eavg="tied") if len(got) == 6 else dict(eavg=got[4], e90=got[5], emax=got[6])))

    def adjust(self, p):
        return self.ask("adjust " + ",".join(repr(float(x)) for x in p), [1.0] * len(p))

    def paired(self, a, b, y):
        return self.ask("paired %s %s" % (self.file(a, y), self.file(b, y)), [0.0, 0.0, 0.0, 0.0])

    def run(self):
        questions = os.path.join(self.folder, "questions")
        with open(questions, "w") as out:
            out.writelines(q + "\n" for q in self.asked)
        answer = subprocess.run(["Rscript", os.path.join(HERE, "values.R"), questions],
                                check=True, capture_output=True, text=True).stdout.splitlines()
        self.versions = answer[0]
        assert len(answer) == len(self.asked) + 1, (len(answer), len(self.asked))
        self.answers = {q: [math.nan if x == "NA" else float(x) for x in a.split()] for q, a in zip(self.asked, answer[1:])}

    def __getitem__(self, name):
        return getattr(self, name)


# --- all ------------------------------------------------------------------------------------------


def write_csv(name, header, rows):
    with open(os.path.join(OUT, name + ".csv"), "w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def regression():
    chance = SplitMix64(61)
    rows = []
    for _ in range(200):
        x = 10 + 3 * chance.normal()
        rows.append((round(x + 0.2, 4), round(x + chance.normal(), 4)))
    return rows


def of_regression(f, y):
    f, y = np.array(f), np.array(y)
    out = {}
    off = np.abs(y - f)
    half = Z * off.std(ddof=1) / math.sqrt(len(y))
    mae = metrics.mean_absolute_error(y, f)
    put(out, "mae", mae, mae - half, mae + half)
    mse = metrics.mean_squared_error(y, f)
    half = Z * (off**2).std(ddof=1) / math.sqrt(len(y))
    put(out, "rmse", math.sqrt(mse), math.sqrt(max(0, mse - half)), math.sqrt(mse + half))
    put(out, "r-squared", metrics.r2_score(y, f))
    for share in (0.05, 0.25, 0.5, 0.75, 0.95):
        put(out, "residual-quantile/" + repr(share), np.quantile(y - f, share))
    return out


def everything(r):
    sets = {}
    for name, rows in with_labels().items():
        s, y = [p for p, _ in rows], [l for _, l in rows]
        t = 0.5 if name != "rare" else 0.05
        sets[name] = {"kind": "labels", "threshold": t,
                      "overall": {**of_labels(s, y, r), **of_decisions(s, y, t, r)}}
        write_csv(name, ["id", "score", "label"], [(i + 1, repr(p), l) for i, (p, l) in enumerate(rows)])
    for name, how in GENERATED.items():
        s, y = generated_scores(how["seed"], how["rows"], how["top"])
        t = 0.5 if name == "million" else 0.01
        sets[name] = {"kind": "labels", "threshold": t, "generated": how,
                      "overall": {**of_labels(s, y, r), **of_decisions(s, y, t, r)}}
    rows = groups()
    by_site, by_sex = {}, {}
    for p, y, site, sex in rows:
        by_site.setdefault(site, []).append((p, y))
        by_sex.setdefault(sex, []).append((p, y))
    write_csv("groups", ["id", "score", "label", "site", "sex"],
              [(i + 1, repr(p), y, site, sex) for i, (p, y, site, sex) in enumerate(rows)])
    s, y = [x[0] for x in rows], [x[1] for x in rows]
    shown = {}
    for g, some in list(by_site.items()) + list(by_sex.items()):
        shown[g] = {**of_labels([a for a, _ in some], [b for _, b in some], r),
                    **of_decisions([a for a, _ in some], [b for _, b in some], 0.5, r)}
    sets["groups"] = {
        "kind": "labels", "threshold": 0.5,
        "overall": {**of_labels(s, y, r), **of_decisions(s, y, 0.5, r)},
        "groups": {
            # d has 8 rows; e, the smallest of the others, must hide it.
            "site": {"hidden": ["d", "e"], "groups": {g: shown[g] for g in "abc"},
                     "gaps": gaps(by_site, ["a", "b", "c"], 0.5, r)},
            "sex": {"hidden": [], "groups": {g: shown[g] for g in "FM"}, "gaps": gaps(by_sex, ["F", "M"], 0.5, r)},
        },
    }
    fitted = regression()
    write_csv("regression", ["id", "score", "label"], [(i + 1, repr(f), repr(y)) for i, (f, y) in enumerate(fitted)])
    sets["regression"] = {"kind": "regression", "overall": of_regression(*zip(*fitted))}

    for name, (e, a) in drift_sets().items():
        write_csv(name + "-reference", ["x", "kind"], e)
        write_csv(name + "-current", ["x", "kind"], a)
        x = numeric_drift([number(v) for v, _ in e], [number(v) for v, _ in a])
        missing_drift(x, sum(not v for v, _ in e), len(e), sum(not v for v, _ in a), len(a), r)
        kind = categorical_drift([k for _, k in e], [k for _, k in a])
        missing_drift(kind, sum(not k for _, k in e), len(e), sum(not k for _, k in a), len(a), r)
        sets[name] = {"kind": "drift", "columns": {"x": x, "kind": kind}}
    how = DRIFT_GENERATED["drift-large"]
    e = generated_numbers(how["seedOfReference"], how["rows"], 1.0)
    a = generated_numbers(how["seedOfCurrent"], how["rows"], how["stretch"])
    x = numeric_drift(e, a)
    missing_drift(x, int(np.isnan(e).sum()), len(e), int(np.isnan(a).sum()), len(a), r)
    sets["drift-large"] = {"kind": "drift", "generated": how, "columns": {"x": x}}

    first, second = model(13, 500), model(14, 500)
    a, b, y = np.array([p for p, _ in first]), np.array([p for p, _ in second]), np.array([l for _, l in first])
    d, low, high, p = r.paired(a, b, y)
    p_values = [0.01, 0.04, 0.03, 0.5, 0.04, 1e-9, 1.0]
    small = {
        "delong-paired": {"value": d, "lower": low, "upper": high, "p": p},
        "benjamini-hochberg": {"p": p_values, "adjusted": r.adjust(p_values)},
        "kolmogorov": {repr(x): float(scipy.special.kolmogorov(x)) for x in (0.05, 0.2, 0.5, 0.99, 1.0, 1.5, 3.0)},
        "chi-squared": {repr(x): float(stats.chi2.sf(x, 9)) for x in (0.1, 5.0, 30.0, 200.0)},
        "agreement": agreement(),
        "estimated": estimated(),
        "series": series(),
        "bootstrap": bootstrapped(),
        "binned-bootstrap": bootstrapped_bins(),
        "over-time": over_time(r),
        "multivariate": multivariate(r),
        "site": at_a_site(),
        "splitmix64": [repr(v) for v in uniforms(12345, 4)],
    }
    return sets, small


def main():
    warnings.simplefilter("ignore")
    os.makedirs(OUT, exist_ok=True)
    r = R()
    everything(r)
    r.run()
    sets, small = everything(r)
    with open(os.path.join(OUT, "expected.json"), "w") as out:
        json.dump({
            "about": "What must come of the data sets beside; made by src/test/oracle/make.py",
            "versions": {"scikit-learn": sklearn.__version__, "SciPy": scipy.__version__,
                         "NumPy": np.__version__, "R": r.versions},
            "level": 0.95,
            "sets": sets,
            "small": small,
        }, out, indent=1)
        out.write("\n")


main()
