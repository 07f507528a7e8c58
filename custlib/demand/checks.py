"""Lines of demand plans that are refused, as nothing said of them would be true: another period, another unit."""

import pandas as pd

from custlib.refusals import Refused

FAR = 1_000  # times the most that was ever sold in a month, or twelve months: another unit


def check_periods(plans: pd.DataFrame) -> None:
    """Raises Refused (`plan_period`), naming the line, where an annual plan is of a month or another one of a year.
    plans: plan_kind (key), period, file, line."""
    of_year = plans["period"].str.len() == 4
    for _, row in plans[of_year != (plans["plan_kind"] == "annual")].iterrows():
        raise Refused("plan_period", file=row["file"], line=row["line"], kind=row["plan_kind"], value=row["period"])


def check_sizes(plans: pd.DataFrame, months: pd.DataFrame) -> None:
    """Raises Refused (`plan_size`), naming the line, where a plan is a thousand times the most that the model, or where
    that is new any model, sold in such a period. plans: as `plans.read` gives them; months: pieces, models ×
    months."""
    most = months.max(axis=1)
    usual = plans["product_id"].map(most[most > 0]).astype("float64").fillna(most.max()) * (
        1 + 11 * (plans["plan_kind"] == "annual")
    )
    for _, row in plans.assign(usual=usual)[plans["quantity"] >= FAR * usual.clip(lower=1)].iterrows():
        facts = {"file": row["file"], "line": row["line"], "product": row["product_id"]}
        raise Refused("plan_size", **facts, value=f"{row['quantity']:,.0f}", usual=f"{row['usual']:,.0f}")
