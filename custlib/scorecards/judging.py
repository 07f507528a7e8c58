"""A quarter's scores from its figures: ratings less the severity of their raters, conversions shrunk, and the total."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from custlib import quarters
from custlib.scorecards import order, scores
from custlib.scorecards.privacy import may_show
from custlib.scorecards.severity import Severity, islands, severity

_Z = 1.959964


@dataclass(frozen=True)
class Judged:
    """What a quarter's figures say. All points from 0 to 100 but for ratings, which stand as given.

    ratings: person, kpi, source, rater (the source where nobody is named), value: one mean for each, self ratings left
    out unless they count; own: self ratings, likewise; severities: a `Severity` for each island of raters; island: by
    (kind, name); kpis: person, kpi, raw, adjusted, error, cases, sources_missing, withheld (a peer's rating would
    follow); score, error: by person, missing where there is no total.
    """

    ratings: pd.DataFrame
    own: pd.DataFrame
    severities: tuple[Severity, ...]
    island: pd.Series
    kpis: pd.DataFrame
    score: pd.Series
    error: pd.Series

    @property
    def linked(self) -> bool:
        """Whether ratings link everybody, so that there is a common score."""
        return len(self.severities) <= 1

    @property
    def residual_sd(self) -> float:
        """Points that one rating differs by chance; of several islands the mean."""
        return float(np.mean([one.residual_sd for one in self.severities])) if self.severities else np.nan

    @property
    def raters(self) -> pd.DataFrame:
        """Severity by rater, as `Severity.raters`, of all islands."""
        return pd.concat([one.raters for one in self.severities]) if self.severities else pd.DataFrame()

    @property
    def people(self) -> pd.DataFrame:
        """By (person, kpi): value and error (standard deviation) of what all raters together give."""
        parts = [
            pd.DataFrame({"value": one.people, "error": np.sqrt(np.diag(one.covariance))}) for one in self.severities
        ]
        nobody = pd.MultiIndex.from_arrays([[], []], names=["person", "kpi"])
        return pd.concat(parts) if parts else pd.DataFrame({"value": [], "error": []}, nobody, dtype="float64")


def judge(
    figures: pd.DataFrame,
    quarter: str,
    kpis: pd.DataFrame,
    sources: pd.DataFrame,
    joined: pd.Series,
    self_counts: bool = False,
    least_cases: int = scores.LEAST_CASES,
) -> Judged:
    """The scores of a quarter. figures, kpis, sources: as `figures.figures` and `settings` give them; joined: person →
    day; whoever joined within the quarter has no total. least_cases: see `scores.rate`."""
    now = figures[(figures["quarter"] == quarter) & (figures["aside"] == "")]
    if now.empty:
        return _nobody()
    counts = sources["counts"] | ((sources.index == "self") & self_counts)
    given = _ratings(now, kpis)
    ratings = given[given["source"].map(counts)].reset_index(drop=True)
    island = islands(ratings)
    of_rater = ratings["rater"].map(island.loc["rater"]) if len(ratings) else ratings["rater"]
    severities = tuple(severity(own) for _, own in ratings.groupby(of_rater))
    judged = Judged(ratings, given[given["source"] == "self"], severities, island, *[pd.Series(dtype="float64")] * 3)
    rows = pd.concat([_rated(judged, kpis), _measured(now, kpis, least_cases)]).sort_index()
    rows = rows.reindex(sorted(rows.index, key=lambda key: (key[0], kpis.index.get_loc(key[1]))))
    rows = rows.join(_missing(now, sources)).fillna({"sources_missing": 0})
    late = joined[joined > pd.Timestamp(quarters.parse(quarter).first_day)].index
    score, error = _totals(judged, rows, kpis)
    if not judged.linked:
        late = score.index
    score, error = (values.mask(values.index.isin(late)) for values in (score, error))
    rows = rows.assign(withheld=_withheld(rows, ratings, sources, kpis, score)).reset_index()
    return Judged(ratings, judged.own, severities, island, rows, score, error)


def _nobody():
    names = ("person", "kpi", "source", "rater", "raw", "adjusted", "error", "cases", "sources_missing", "withheld")
    rows = pd.DataFrame(columns=[*names]).astype({"withheld": "bool"})
    nothing = pd.Series(dtype="float64")
    ratings = rows[[*names[:4]]].assign(value=nothing)
    return Judged(ratings, ratings, (), nothing, rows.drop(columns=["source", "rater"]), nothing, nothing)


def _ratings(now, kpis):
    """One mean for each person, KPI, source and rater: of what is measured only KPIs that are rated have one."""
    rated = (now["rater"] != "") | (now["kpi"].map(kpis["kind"]) == "rating")
    own = now[rated & (now["kpi"].map(kpis["kind"]) != "time")]
    own = own.assign(rater=own["rater"].where(own["rater"] != "", own["source"]))
    return own.groupby(["person", "kpi", "source", "rater"], as_index=False)["value"].mean()


def _rated(judged, kpis):
    """Rated KPIs by (person, kpi): raw, adjusted, error."""
    raw = judged.ratings.groupby(["person", "kpi"])["value"].mean()
    table = pd.DataFrame({"raw": raw}).join(judged.people)
    table = table[table.index.get_level_values("kpi").map(kpis["kind"]) == "rating"]
    good, poor = (table.index.get_level_values("kpi").map(kpis[name]).to_numpy("float64") for name in ("good", "poor"))
    return pd.DataFrame(
        {
            "raw": scores.points(table["raw"], poor, good),
            "adjusted": scores.points(table["value"], poor, good),
            "error": table["error"] * 100 / np.abs(good - poor),
            "cases": np.nan,
        },
        index=table.index,
    )


def _measured(now, kpis, least_cases):
    """Rates and times by (person, kpi): raw, adjusted (a rate shrunk towards that of all), error, cases."""
    parts = []
    for kpi, row in kpis[kpis["kind"] != "rating"].iterrows():
        own = now[(now["kpi"] == kpi) & (now["rater"] == "")]
        by = own.groupby("person")
        sums = by[["hits", "cases"]].sum()
        counted = own["cases"].notna().any() and row["kind"] == "rate"
        scale = (row["poor"], row["good"])
        if counted:
            sums = sums[sums["cases"] > 0]
            found = scores.rate(sums["hits"], sums["cases"], least_cases)
            error = 100 * (found["high"] - found["low"]) / (2 * _Z) * 100 / abs(row["good"] - row["poor"])
            raw, value = 100 * sums["hits"] / sums["cases"], 100 * found["shrunk"]
        else:
            raw = value = by["value"].mean()
            error = pd.Series(np.nan, raw.index)
        parts.append(
            pd.DataFrame(
                {
                    "raw": scores.points(raw, *scale),
                    "adjusted": scores.points(value, *scale),
                    "error": error,
                    "cases": sums["cases"] if counted else np.nan,
                }
            )
            .assign(kpi=kpi)
            .set_index("kpi", append=True)
        )
    return pd.concat(parts) if parts else None


def _missing(now, sources):
    """How many of the sources that count say nothing of a person's KPI though they say something of the KPI."""
    counting = now[now["source"].map(sources["counts"])]
    said = counting.groupby(["person", "kpi"])["source"].nunique()
    of_kpi = counting.groupby("kpi")["source"].nunique()
    return (said.index.get_level_values("kpi").map(of_kpi) - said).rename("sources_missing")


def _totals(judged, rows, kpis):
    """Score and error by person. KPIs that are rated err together, as their raters' severity does."""
    values = rows["adjusted"].unstack("kpi").reindex(columns=kpis.index)
    score = scores.total(values, kpis["weight"])
    shares = values.notna().mul(kpis["weight"])
    shares = shares.div(shares.sum(axis=1), axis=0)
    return score, pd.Series({person: _error(judged, rows, kpis, shares.loc[person], person) for person in score.index})


def _error(judged, rows, kpis, shares, person):
    own = rows.loc[person]
    measured = own[kpis["kind"].reindex(own.index) != "rating"]
    variance = ((shares.reindex(measured.index) * measured["error"]) ** 2).sum(skipna=False)
    slopes = shares * 100 / (kpis["good"] - kpis["poor"]).abs()
    for found in judged.severities:
        cells = [cell for cell in found.people.index if cell[0] == person and kpis.at[cell[1], "kind"] == "rating"]
        weights = slopes.reindex([kpi for _, kpi in cells]).to_numpy("float64")
        variance += weights @ found.covariance.loc[cells, cells].to_numpy("float64") @ weights if cells else 0
    return float(np.sqrt(variance))


def _withheld(rows, ratings, sources, kpis, score):
    """Where a peer's rating, or a mean of fewer than three, could be worked out by whoever knows the others."""
    peers = ratings[ratings["source"].map(sources["least_raters"]) > 1]
    raters = peers.groupby(["person", "kpi"])["rater"].agg(frozenset)
    least = int(sources["least_raters"].max())
    rated = rows.index.get_level_values("kpi").map(kpis["kind"]) == "rating"
    behind = {key: raters.get(key, frozenset()) for key in rows.index[rated]}
    shown = {key for key, names in behind.items() if may_show({key: names}, least)}
    hidden = pd.Series([key in behind and key not in shown for key in rows.index], rows.index, dtype="bool")
    for person, own in hidden.groupby(level="person"):
        if own.sum() == 1 and pd.notna(score.get(person)) and not own.all():
            # of the total and all but one the one follows
            lightest = kpis["weight"].reindex(own[~own].index.get_level_values("kpi")).idxmin()
            hidden[person, lightest] = True
    return hidden


def thirds(judged: Judged, kpis: pd.DataFrame) -> pd.Series:
    """`order.robust` of whoever has a total and every KPI."""
    values = judged.kpis.pivot(index="person", columns="kpi", values="adjusted").reindex(columns=kpis.index)
    values = values[judged.score.reindex(values.index).notna()].dropna()
    weights = kpis["weight"].astype("float64")
    return order.robust(values, weights) if len(values) >= order.LEAST_PEOPLE else pd.Series(dtype="float64")
