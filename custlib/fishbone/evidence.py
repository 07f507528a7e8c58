"""Scores beside what the exports say of the same factor: each customer's place among the company's, 1 to 5 as scores are.

The evidence tells what happened, not how well a thing was done; large customers buy more models, more often. It is a reason to ask.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

CLASSES = 5  # as scores go from 1 to 5
APART = 2  # points between score and evidence that make a disagreement
TIED = 0.4  # a value that more than this share of the customers have in common places none of them
COLUMNS = ["customer_id", "factor", "measure", "value", "evidence", "factor_score", "disagrees"]


class Evidence(NamedTuple):
    """measure: a term of the glossary; good: 1 where more is better, −1 where less is; value: of `practice` and `stock`."""

    measure: str
    good: int
    value: object


def _ratio(part, whole):
    return part / whole.where(whole > 0)


# What the exports can say of a factor. Of the others they say nothing.
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


def measured(practice, stock):
    """What the exports say of each factor: DataFrame, a row per customer, a column per factor of `EVIDENCE`, NaN where not known.

    practice: as `facts.practice` gives it; stock: as `facts.stock` gives it, of which age_days counts.
    """
    own = practice.join(stock["age_days"].astype("float64"), how="outer")
    return pd.DataFrame({factor: one.value(own) for factor, one in EVIDENCE.items()}).dropna(axis="columns", how="all")


def placed(values, good=1):
    """The place of each customer among all, 1 (the fifth that does least) to 5; Series, NaN where not known.

    Equal values share the mean of their places; a value that more than two fifths have in common places nobody.
    good: −1 where less is better.
    """
    rank = (good * values).rank(pct=True)
    places = np.ceil((rank * CLASSES).round(9)).clip(1, CLASSES)
    shared = values.map(values.value_counts())
    return places.mask((shared > 1) & (shared > TIED * values.count()))


def beside(scores, measured):
    """Score and evidence of each customer and factor that has evidence, sorted by both; only where both or either is known.

    scores: DataFrame, a row per customer, a column per factor, 1 to 5; measured: as above. Columns: COLUMNS; evidence 1 to 5,
    disagrees: whether they lie two points or more apart (missing where one of them is).
    """
    rows = [_factor(factor, scores, measured[factor]) for factor in sorted(measured) if factor in scores]
    found = pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=COLUMNS)
    return found.sort_values(["customer_id", "factor"], ignore_index=True)[COLUMNS]


def disagreement(table):
    """How far score and evidence agree, by factor: index factor, sorted; measure, customers (with both), disagree (how many),
    share of them, and correlation of score and evidence over customers (Spearman; NaN for fewer than three or without spread).

    table: what `beside` gave. About a third disagree where scores have nothing to do with the evidence.
    """
    both = table.dropna(subset=["factor_score", "evidence"])
    found = both.groupby("factor").agg(
        measure=("measure", "first"), customers=("customer_id", "size"), disagree=("disagrees", "sum")
    )
    found = found.astype({"customers": "int64", "disagree": "int64"})
    apart = {
        factor: (_by_chance(own), _correlation(own, EVIDENCE[factor].good)) for factor, own in both.groupby("factor")
    }
    told = pd.DataFrame.from_dict(apart, orient="index", columns=["by_chance", "correlation"], dtype="float64")
    return found.assign(share=found["disagree"] / found["customers"]).join(told)


def holders(slow: pd.DataFrame) -> pd.DataFrame:
    """The customers with slow stock, the most first. slow: as `facts.slow_stock` gives it."""
    return slow[slow["slow_at_list"] > 0].sort_values("slow_at_list", ascending=False, kind="stable")


def _factor(factor, scores, values):
    one = EVIDENCE[factor]
    found = pd.concat([values.rename("value"), scores[factor].rename("factor_score")], axis=1).astype("float64")
    found = found.dropna(how="all").rename_axis("customer_id")
    found["evidence"] = placed(found["value"], one.good)
    apart = (found["factor_score"] - found["evidence"]).abs()
    disagrees = (apart >= APART).astype("boolean").mask(apart.isna())
    return found.assign(factor=factor, measure=one.measure, disagrees=disagrees).reset_index()


def _by_chance(own):
    """Every score beside every evidence: the share of such pairs that lie apart."""
    apart = np.abs(np.subtract.outer(own["factor_score"].to_numpy(), own["evidence"].to_numpy())) >= APART
    return apart.mean()


def _correlation(own, good):
    ranks = own[["factor_score", "value"]].rank()
    if len(ranks) < 3 or (ranks.nunique() < 2).any():
        return np.nan
    return good * float(ranks["factor_score"].corr(ranks["value"]))
