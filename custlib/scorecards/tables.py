"""The result tables of notebook 60, of people by their ids alone."""

import numpy as np
import pandas as pd

from custlib import quarters
from custlib.scorecards import order, scores
from custlib.scorecards.agreement import icc
from custlib.scorecards.judging import Judged, thirds

LEAST_RATED = 5  # people whom a rater rates, before its severity is told
FLAT = 0.5  # of the others' spread between the KPIs of one person: halo
_Z = 1.959964
_TOP, _CEILING, _TELLS = 0.95, 0.3, 0.2
_SERVED = 0.5  # rank correlation of a KPI with the region or class of the customers served


def scorecard(judged: Judged, quarter: str, kpis: pd.DataFrame) -> pd.DataFrame:
    """person_id, quarter, kpi, weight (share), raw, adjusted, low, high (points), cases, sources_missing; points are
    missing where a peer's rating would follow from them."""
    rows, half = judged.kpis, _Z * judged.kpis["error"]
    table = rows.assign(
        person_id=rows["person"],
        quarter=quarter,
        weight=rows["kpi"].map(kpis["weight"]) / 100,
        low=(rows["adjusted"] - half).clip(lower=0),
        high=(rows["adjusted"] + half).clip(upper=100),
    )
    told = ["raw", "adjusted", "low", "high"]
    table[told] = table[told].mask(rows["withheld"])
    columns = ["person_id", "quarter", "kpi", "weight", *told, "cases", "sources_missing"]
    return table[columns]


def scorecard_total(judged: Judged, before: Judged, kpis: pd.DataFrame) -> pd.DataFrame:
    """person_id, score, low, high, shrunk, rank_low, rank_high, prob_top_third, robust_share, change, change_is_real,
    by score. Ranks are missing where their interval is wider than half the team; see `order.ranks`."""
    score, error = judged.score, judged.error
    shrunk = scores.shrunk(score.dropna(), error[score.notna()])["shrunk"]
    ranks = order.ranks(score, error)
    named = ranks["sure"].fillna(False).astype("bool")
    change = score - before.score.reindex(score.index)
    table = pd.DataFrame(
        {
            "score": score,
            "low": score - _Z * error,
            "high": score + _Z * error,
            "shrunk": shrunk.reindex(score.index),
            "rank_low": ranks["rank_low"].where(named),
            "rank_high": ranks["rank_high"].where(named),
            "prob_top_third": ranks["prob_top_third"],
            "robust_share": thirds(judged, kpis).reindex(score.index),
            "change": change,
            "change_is_real": scores.is_real(change, error, before.error.reindex(score.index)),
        }
    )
    return table.sort_values("score", ascending=False, kind="stable").rename_axis("person_id").reset_index()


def rater_severity(judged: Judged, before: Judged) -> pd.DataFrame:
    """rater, severity, low, high (points; above 0: generous), ratings, linked, drift (less the severity of the quarter
    before), halo (spread between the KPIs of a person over that of the other raters), range_used (points from its
    lowest to its highest rating): raters of five people or more."""
    ratings = judged.ratings[judged.ratings["rater"] != judged.ratings["source"]]
    people = ratings.groupby("rater")["person"].nunique()
    listed = people.index[people >= LEAST_RATED]
    if not len(listed):
        return pd.DataFrame(columns=["rater"])
    spread = ratings.groupby(["rater", "person"])["value"].std().groupby("rater").mean()
    others = pd.Series({rater: spread.drop(rater).mean() for rater in spread.index})
    earlier = before.raters["severity"] if len(before.raters) else pd.Series(dtype="float64")
    by = ratings.groupby("rater")["value"]
    table = judged.raters.reindex(listed).assign(
        ratings=by.size(),
        linked=judged.linked,
        drift=lambda t: t["severity"] - earlier.reindex(t.index),
        halo=spread / others,
        range_used=by.max() - by.min(),
    )
    return table.sort_values("severity", kind="stable").rename_axis("rater").reset_index()


def source_agreement(judged: Judged, kpis: pd.DataFrame) -> pd.DataFrame:
    """kpi, icc_agreement, agreement_low, agreement_high, icc_consistency, consistency_low, consistency_high, people,
    sources, left_out (people whom not all sources rate): see `icc`, of the mean of each source."""
    rows = []
    for kpi in kpis.index:
        own = judged.ratings[judged.ratings["kpi"] == kpi]
        table = own.groupby(["person", "source"])["value"].mean().unstack()
        whole = table.dropna()
        found = icc(whole)
        rows.append((kpi, *found.agreement, *found.consistency, len(whole), table.shape[1], len(table) - len(whole)))
    parts = ("icc_agreement", "agreement_low", "agreement_high", "icc_consistency", "consistency_low")
    return pd.DataFrame(rows, columns=["kpi", *parts, "consistency_high", "people", "sources", "left_out"])


def self_other(judged: Judged) -> pd.DataFrame:
    """person_id, kpi, self_minus_others, low, high (points of the ratings): a self rating less what all others together
    give; left out where a peer's rating would follow."""
    hidden = judged.kpis[judged.kpis["withheld"]]
    rows = judged.own.join(judged.people.rename(columns={"value": "others"}), on=["person", "kpi"])
    few = set(hidden["person"])
    rows = rows[rows["others"].notna() & ~rows["person"].isin(few)]
    apart, half = rows["value"] - rows["others"], _Z * np.hypot(rows["error"], judged.residual_sd)
    return pd.DataFrame(
        {
            "person_id": rows["person"],
            "kpi": rows["kpi"],
            "self_minus_others": apart,
            "low": apart - half,
            "high": apart + half,
        }
    ).reset_index(drop=True)


def monthly_follow(figures: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """person_id, month ("2025-10"), kpi, value (as measured), path (of the quarter so far; of a rate all hits by all
    cases), for what is measured by month: no rating of anybody is in it."""
    own = figures[(figures["quarter"] == quarter) & (figures["aside"] == "") & (figures["rater"] == "")]
    own = own[own["month"].notna()].sort_values(["person", "kpi", "month"])
    by = [own["person"], own["kpi"]]
    so_far = own["value"].groupby(by).expanding().mean().droplevel([0, 1]) if len(own) else own["value"]
    rate = 100 * own["hits"].groupby(by).cumsum() / own["cases"].groupby(by).cumsum()
    year = quarters.parse(quarter).year
    return pd.DataFrame(
        {
            "person_id": own["person"],
            "month": [f"{year}-{int(month):02}" for month in own["month"]],
            "kpi": own["kpi"],
            "value": own["value"],
            "path": rate.where(own["cases"].notna(), so_far),
        }
    ).reset_index(drop=True)


def system_check(judged: Judged, agreement: pd.DataFrame, beside: pd.DataFrame, least_cases: int) -> pd.DataFrame:
    """check, value, limit, verdict ("in_order", "to_review", "not_known"), a line for each question to the scheme.

    agreement, beside: as `source_agreement` and `self_other` give them.
    """
    ratings = judged.ratings["value"]
    own = beside["self_minus_others"]
    told = agreement["icc_consistency"].dropna()
    checks = {
        "severity_spread": (judged.raters["severity"].std() if len(judged.raters) else np.nan, judged.residual_sd),
        "ceiling": ((ratings > 100 * _TOP).mean(), _CEILING),
        "tells_nobody_apart": ((told < _TELLS).sum() if len(told) else np.nan, 0),
        "few_cases": ((judged.kpis["cases"] < least_cases).sum(), 0),
        "served_customers": (np.nan, _SERVED),  # no export says whose customers they are
        "self_leniency": (own.mean(), _Z * own.std() / np.sqrt(len(own)) if len(own) > 1 else np.nan),
    }
    table = pd.DataFrame([(check, *values) for check, values in checks.items()], columns=["check", "value", "limit"])
    known = table[["value", "limit"]].notna().all(axis=1)
    verdict = np.where(table["value"] > table["limit"], "to_review", "in_order")
    return table.astype({"value": "float64", "limit": "float64"}).assign(
        verdict=pd.Series(verdict).where(known, "not_known")
    )
