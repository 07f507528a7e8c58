"""Scores beside what the exports say of the same factor: each customer's place among all, 1 to 5 like scores.

The evidence shows what happened, not how well it was done; large customers buy more models, more often. It is a reason
to ask.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

CLASSES = 5  # as scores go from 1 to 5
APART = 2  # points between score and evidence that count as a disagreement
CHANCE = 0.05  # agreement that comes about by chance more often is taken for chance
TIED = 0.4  # a value that a larger share of the customers have in common gives no place
COLUMNS = ["customer_id", "factor", "measure", "value", "evidence", "factor_score", "disagrees"]


class Evidence(NamedTuple):
    """measure: a term of the glossary; good: 1 if more is better, −1 if less is; value: from the columns of
    `measured`."""

    measure: str
    good: int
    value: Callable


def _ratio(part, whole):
    return part / whole.where(whole > 0)


# The factors that the exports can say something about.
EVIDENCE = {
    "model_lineup": Evidence("models_bought", 1, lambda own: own["models"]),
    "sales_incentives": Evidence("rebate_share", 1, lambda own: _ratio(own["rebates"], own["net_sales"])),
    "small_steps": Evidence("order_days", 1, lambda own: own["order_days"]),
    "stock_age_analysis": Evidence("stock_age_days", -1, lambda own: own["age_days"]),
    "user_files": Evidence("files_per_million", 1, lambda own: _ratio(own["user_files"], own["net_sales"] / 1e6)),
    "user_file_promotion": Evidence(
        "promoted_share", 1, lambda own: _ratio(own["promoted_purchases"], own["purchases"])
    ),
    "price_compensation": Evidence(
        "compensation_share", 1, lambda own: _ratio(own["price_compensation"], own["net_sales"])
    ),
}


def measured(practice: pd.DataFrame, stock: pd.DataFrame) -> pd.DataFrame:
    """What the exports say of each factor: DataFrame, a row per customer, a column per factor of `EVIDENCE`; NaN
    unknown.

    practice: as `facts.practice` returns it; stock: as `facts.stock` returns it (its age_days).
    """
    own = practice.join(stock["age_days"].astype("float64"), how="outer")
    return pd.DataFrame({factor: evidence.value(own) for factor, evidence in EVIDENCE.items()}).dropna(
        axis="columns", how="all"
    )


def placed(values: pd.Series, good: int = 1) -> pd.Series:
    """The place of each customer among all, 1 (the lowest fifth) to 5; Series, NaN if unknown.

    good: −1 if less is better. Equal values share the mean of their places; a value that more than two fifths have in
    common gives no place.
    """
    rank = (good * values).rank(pct=True)
    places = np.ceil((rank * CLASSES).round(9)).clip(1, CLASSES)
    shared = values.map(values.value_counts())
    return places.mask((shared > 1) & (shared > TIED * values.count()))


def beside(scores: pd.DataFrame, measured: pd.DataFrame) -> pd.DataFrame:
    """Score and evidence of each customer and factor with evidence, sorted by both; rows in which either is known.

    scores: DataFrame, a row per customer, a column per factor, 1 to 5; measured: as `measured` returns it. Columns:
    COLUMNS; evidence: 1 to 5; disagrees: whether they differ by two points or more (missing if either is unknown).
    """
    rows = [_factor(factor, scores, measured[factor]) for factor in sorted(measured) if factor in scores]
    table = pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=COLUMNS)
    return table.sort_values(["customer_id", "factor"], ignore_index=True)[COLUMNS]


def disagreement(table: pd.DataFrame) -> pd.DataFrame:
    """How far score and evidence agree, by factor (sorted index).

    table: as `beside` returns it. Columns: measure, customers (with both), disagree (how many), by_chance (the share
    expected if scores had nothing to do with the evidence, about two fifths), p (how often scores dealt to other
    customers disagree as little), correlation (Spearman over customers, NaN for fewer than three or without spread),
    share (disagree ÷ customers), agrees (better than chance: p of 0.05 or less).
    """
    both = table.dropna(subset=["factor_score", "evidence"])
    counts = both.groupby("factor").agg(
        measure=("measure", "first"), customers=("customer_id", "size"), disagree=("disagrees", "sum")
    )
    counts = counts.astype({"customers": "int64", "disagree": "int64"})
    apart = {
        factor: (_by_chance(rows), _chance_of(rows), _correlation(rows, EVIDENCE[factor].good))
        for factor, rows in both.groupby("factor")
    }
    figures = pd.DataFrame.from_dict(apart, orient="index", columns=["by_chance", "p", "correlation"], dtype="float64")
    table = counts.assign(share=counts["disagree"] / counts["customers"]).join(figures)
    return table.assign(agrees=table["p"] <= CHANCE)


def marked(plan: pd.DataFrame, disagreement: pd.DataFrame) -> pd.DataFrame:
    """A plan with the column checked: whether scores of the factor "agree_with_exports", or "agree_by_chance" only;
    missing where no export can tell.

    plan: as `plan` returns it; disagreement: as `disagreement` returns it.
    """
    names = {True: "agree_with_exports", False: "agree_by_chance"}
    return plan.assign(checked=plan["factor"].map(disagreement["agrees"].map(names)))


def holders(slow: pd.DataFrame) -> pd.DataFrame:
    """The customers with slow stock, the largest first. slow: as `facts.slow_stock` returns it."""
    return slow[slow["slow_at_list"] > 0].sort_values("slow_at_list", ascending=False, kind="stable")


def _factor(factor, scores, values):
    evidence = EVIDENCE[factor]
    rows = pd.concat([values.rename("value"), scores[factor].rename("factor_score")], axis=1).astype("float64")
    rows = rows.dropna(how="all").rename_axis("customer_id")
    rows["evidence"] = placed(rows["value"], evidence.good)
    apart = (rows["factor_score"] - rows["evidence"]).abs()
    disagrees = (apart >= APART).astype("boolean").mask(apart.isna())
    return rows.assign(factor=factor, measure=evidence.measure, disagrees=disagrees).reset_index()


def _by_chance(own):
    """The share of disagreeing pairs if every score is paired with every evidence."""
    (scores, times), (evidence, counts) = _counted(own["factor_score"]), _counted(own["evidence"])
    apart = np.abs(np.subtract.outer(scores, evidence)) >= APART
    return (np.outer(times, counts) * apart).sum() / len(own) ** 2


def _chance_of(own, draws=1000):
    """How often scores dealt to other customers disagree with the evidence as seldom as these: 1 ÷ (draws + 1) to 1.

    What is dealt is drawn as counts of equal scores beside equal evidence: so the number of customers costs nothing.
    """
    (scores, times), (evidence, counts) = _counted(own["factor_score"]), _counted(own["evidence"])
    apart, random = np.abs(np.subtract.outer(scores, evidence)) >= APART, np.random.default_rng(0)
    left, disagree = np.tile(counts, (draws, 1)), np.zeros(draws, "int64")
    for row, number in zip(apart, times, strict=True):
        wanted = np.full(draws, number)
        for place in range(len(counts)):
            dealt = random.hypergeometric(left[:, place], left[:, place + 1 :].sum(axis=1), wanted)
            left[:, place] -= dealt
            wanted -= dealt
            disagree += dealt * row[place]
    seldom = disagree <= (np.abs(own["factor_score"] - own["evidence"]) >= APART).sum()
    return (1 + seldom.sum()) / (draws + 1)


def _counted(values):
    return np.unique(values.to_numpy("float64"), return_counts=True)


def _correlation(own, good):
    ranks = own[["factor_score", "value"]].rank()
    if len(ranks) < 3 or (ranks.nunique() < 2).any():
        return np.nan
    return good * float(ranks["factor_score"].corr(ranks["value"]))
