"""Figures of the pre-sales colleagues: raters more or less severe, one who tells no KPIs apart, and the CRM by
month."""

from collections.abc import Sequence

import numpy as np

from custlib.quarters import Quarter
from custlib.sample import texts
from custlib.sample.export_file import Export

SPREAD = 3  # of the true scores
NOISE = 4  # of one rating
SELF_LENIENCY = 4
FEW_CASES = 3
_SELF, _CRM = "自评", "CRM"


def make(rng: np.random.Generator, quarters: Sequence[Quarter]) -> tuple[dict, dict]:
    """The columns of the export, ratings by quarter and figures of the CRM by month; and the parts of Truth.

    The first colleague has three opportunities a quarter, the others 8 to 40; the last joined in the middle of the last
    quarter.
    """
    people, words = texts.company()["people"]["presales"], texts.company()["presales"]
    drawn = rng.normal(size=len(people))
    score = 80 + SPREAD * (drawn - drawn.mean()) / drawn.std()
    own = dict(zip(people, score.tolist(), strict=True))
    parts = rng.normal(0, 2, (len(people), len(words["kpis"])))
    part = dict(zip(people, parts - parts.mean(axis=1, keepdims=True), strict=True))
    rows: list = []
    for column, quarter in enumerate(quarters):
        here = people if column == len(quarters) - 1 else people[:-1]
        for person in here:
            true = dict(zip(words["kpis"], (own[person] + part[person]).tolist(), strict=True))
            rows += [(column, person, *line) for line in _ratings(rng, person, true)]
            months = [3 * quarter.number - 2 + later for later in range(3)][person == people[-1] :]
            rows += [(column, person, *line) for line in _measured(rng, person == people[0], months, true)]
    names = ("quarter", "person", "kpi", "source", "rater", "month", "tenths", "cases", "hits")
    told = {name: np.array(values, object) for name, values in zip(names, zip(*rows, strict=True), strict=True)}
    raters = {line["rater"]: int(line["severity"]) for line in texts.lines("raters.csv")}
    halo = next(line["rater"] for line in texts.lines("raters.csv") if line["halo"])
    truth = {"presales": own, "severity": raters, "halo": halo, "few_cases": people[0], "joined_late": people[-1]}
    return told | {name: told[name].astype(np.int64) for name in ("quarter", "tenths")}, truth


def _ratings(rng, person, true):
    """KPI, source, rater, no month, tenths, no cases, no hits."""
    raters = [{"rater": person, "source": _SELF, "severity": SELF_LENIENCY, "halo": "", "misses": ""}]
    for line in [*raters, *texts.lines("raters.csv")]:
        if person == line["misses"]:
            continue
        usual = sum(true.values()) / len(true) + rng.normal(0, NOISE / len(true) ** 0.5)
        for kpi, value in true.items():
            given = (usual if line["halo"] else value + rng.normal(0, NOISE)) + int(line["severity"])
            yield kpi, line["source"], line["rater"], "", _tenths(given), "", ""


def _measured(rng, few, months, true):
    """The same by month, without a rater; of the conversion the opportunities and how many of them were won."""
    *figures, conversion = texts.company()["presales"]["measured"]
    cases = FEW_CASES if few else rng.integers(8, 41)
    for month, own in zip(months, rng.multinomial(cases, np.full(len(months), 1 / len(months))), strict=True):
        for kpi in figures:
            yield kpi, _CRM, "", str(month), _tenths(true[kpi] + rng.normal(0, NOISE)), "", ""
        if own:
            won = own if few else rng.binomial(own, 0.4 + (true[conversion] - 80) / 60)
            yield conversion, _CRM, "", str(month), _tenths(100 * won / own), str(own), str(won)


def _tenths(value):
    return round(min(max(value, 0), 100) * 10)


def people(quarters: Sequence[Quarter]) -> Export:
    """`people.csv`: whoever is rated or rates, by an id."""
    colleagues, raters = texts.company()["people"]["presales"], [line["rater"] for line in texts.lines("raters.csv")]
    names = [*colleagues, *raters]
    joined = np.datetime64(quarters[0].first_day) - 400 - 97 * np.arange(len(names))
    joined[len(colleagues) - 1] = np.datetime64(quarters[-1].first_day) + 47
    ids = np.array([f"P{number:02d}" for number in range(1, len(names) + 1)], object)
    columns = {"person_id": ids, "name": np.array(names, object), "joined_on": joined}
    return Export("reference/people.csv", "people", columns, {column: column for column in columns})
