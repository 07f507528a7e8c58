"""How well the lines of a plan are made: specific, measurable, attainable, effective, dated; and not last year's."""

import pandas as pd

from custlib import facts

FIVE = ["specific", "measurable", "attainable", "effective", "dated"]
_MORE = 1.2  # times the best of last year: so much can be attained


def plan_quality(
    lines: pd.DataFrame, last_year: pd.DataFrame, reached: pd.Series, metrics: pd.DataFrame, open_needs: pd.DataFrame
) -> pd.DataFrame:
    """How the lines of each customer and owner are made, as shares of its lines; result table `plan_quality`.

    lines, last_year: `plan_lines` of two years; reached: as `best_reached`; metrics: `facts.plan_metrics`;
    open_needs: customer_id, factor (of the needs that are open; who was not asked is not there, and nothing is known of
    it). specific: the metric is known; measurable: it is, and not only by hand without a check; attainable: at most
    1.2 × what was reached, unknown where nothing was; effective: the metric's factor belongs to an open need; dated:
    due within the year; same_as_last_year: the same target, due in the same month. score: mean of the first five, as
    far as they are known.
    """
    told = metrics.reindex(lines["metric"].map(facts.as_word)).set_axis(lines.index)
    known = told["key"].notna()
    down = told["direction"] == "down"
    best = reached.reindex(pd.MultiIndex.from_frame(lines[["customer_id", "metric"]])).set_axis(lines.index)
    attainable = (lines["target_signed"] <= _MORE * best).where(~down, lines["target_signed"] * _MORE >= best)
    wanted = pd.MultiIndex.from_frame(open_needs[["customer_id", "factor"]])
    effective = pd.Series(pd.MultiIndex.from_arrays([lines["customer_id"], told["factor"]]).isin(wanted), lines.index)
    asked = lines["customer_id"].isin(open_needs["customer_id"])
    marks = pd.DataFrame(
        {
            "specific": known,
            "measurable": known & ((told["measured"] != "by_hand") | (lines["how_measured"] == "by_hand")),
            "attainable": attainable.astype("float64").where(best.notna() & known),
            "effective": effective.astype("float64").where(asked & known),
            "dated": pd.to_datetime(lines["due_on"]).dt.year == lines["year"],
            "same_as_last_year": _same(lines, last_year),
        },
        dtype="float64",
    )
    by = [lines["customer_id"], lines["owner"]]
    table = marks.groupby(by).mean().assign(lines=marks.groupby(by).size())
    table["score"] = table[FIVE].mean(axis=1)
    return table.reset_index()[["customer_id", "owner", "lines", *FIVE, "same_as_last_year", "score"]]


def _same(lines, last_year):
    """1 where last year's line has the same target and month, 0 where it has not; unknown without any of last year."""
    if last_year.empty:
        return pd.Series(float("nan"), lines.index)
    now, before = (_by_line(rows) for rows in (lines, last_year))
    before = before[~before.index.duplicated()].reindex(now.index)
    return pd.Series((now == before).all(axis=1).to_numpy("float64"), lines.index)


def _by_line(rows):
    due = pd.to_datetime(rows["due_on"]).dt.month
    return rows.assign(month=due).set_index(facts.LINE)[["target_signed", "month"]]
