"""What account managers scored: the factors of the fishbone at each customer."""

import pandas as pd

from custlib import quarters
from custlib.cleaning import Clean
from custlib.facts.sums import in_floats

PROFITS = ("total", "brand")  # a customer's profit with all that it sells, or with our brand
_SCORES = ["quarter", "customer_id", "factor_id", "score"]
_PROFITS = ["quarter", "customer_id", "value"]
_JUDGEMENTS = ["file", "line", "expert", "parent_id", "factor_a", "factor_b", "ratio"]


def factor_scores(clean: Clean, quarter: str) -> pd.DataFrame:
    """The scores of a quarter, 1 to 5: a row per customer (index customer_id, sorted), a column per factor that was
    scored, sorted; NaN where a customer's factor was not. Without a declared key a score may stand twice: then their
    mean. Empty where nothing was scored."""
    asked = str(quarters.parse(quarter))
    if not clean.has("factor_scores"):
        return pd.DataFrame(index=pd.Index([], name="customer_id", dtype="str"))
    rows = clean.table("factor_scores").filter(lambda t: t.quarter == asked)
    sums = rows.group_by("customer_id", "factor_id").agg(total=rows.score.sum(), times=rows.score.count())
    scores = in_floats(sums).to_pandas()
    scores["score"] = scores["total"] / scores["times"]
    return scores.pivot(index="customer_id", columns="factor_id", values="score").sort_index().rename_axis(columns=None)


def score_rows(clean: Clean, quarter: str) -> pd.DataFrame:
    """All scores up to a quarter: quarter, customer_id, factor_id, score (1 to 5), sorted; empty without any."""
    return _up_to(clean, "factor_scores", quarter, _SCORES, "score")


def profit_rows(clean: Clean, quarter: str, profit: str = "total") -> pd.DataFrame:
    """What customers stated that they earn, up to a quarter: quarter, customer_id, value in yuan, sorted; empty where
    nobody did.

    profit: "total", with all that they sell, or "brand", with our brand. Raises ValueError for another one.
    """
    if profit not in PROFITS:
        raise ValueError(f"the profits are total and brand, not “{profit}”")
    return _up_to(clean, "dealer_profit", quarter, _PROFITS, f"{profit}_profit")


def judgements(clean: Clean) -> pd.DataFrame:
    """The experts' pairwise judgements: file, line, expert, parent_id, factor_a, factor_b, ratio, sorted by place;
    empty where there are none."""
    if not clean.has("pairwise"):
        return pd.DataFrame(columns=_JUDGEMENTS)
    judgements = clean.table("pairwise").select(*_JUDGEMENTS).to_pandas()
    return judgements.sort_values(["file", "line"], ignore_index=True).astype({"ratio": "float64"})


def _up_to(clean, table, quarter, columns, figure):
    """Rows of a table up to a quarter; the last of the columns is the figure, as float64."""
    asked, (*place, name) = str(quarters.parse(quarter)), columns
    if not clean.has(table):
        return pd.DataFrame(columns=columns).astype({name: "float64"})
    rows = clean.table(table)
    rows = rows.filter(rows.quarter <= asked)
    rows = rows.select(*place, **{name: rows[figure].cast("float64")})
    # a quarter at a time: all at once, sorting would hold millions of texts twice
    held = sorted(rows.select("quarter").distinct().to_pandas()["quarter"])
    parts = [rows.filter(rows.quarter == each).to_pandas().sort_values(columns) for each in held]
    return pd.concat(parts or [rows.limit(0).to_pandas()], ignore_index=True)
