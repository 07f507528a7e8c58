"""Scores of one quarter beside the change of the customers' profit into the next."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from custlib import quarters


@dataclass(frozen=True)
class Following:
    """Scores and the change that followed, rows by `quarter` (of the scores) and `customer_id`, sorted.

    factors: DataFrame, a column per factor; change: Series, ln(profit of the next quarter ÷ profit of this one). Both
    are less the mean of that quarter's rows, which removes season and market.
    left_out: reason, rows: the scored rows without a pair (`no_next_profit`: profit unknown in one of the quarters;
    `no_profit_to_compare`: zero or less in one; `score_missing`). unscored: factors scored in less than half of the
    rows, and therefore left out. Scores of the last quarter, with no next one yet, are not counted.
    """

    factors: pd.DataFrame
    change: pd.Series
    left_out: pd.DataFrame
    unscored: tuple


def following_change(scores: pd.DataFrame, profit: pd.DataFrame) -> Following:
    """Pairs each quarter's scores with the customers' change of profit into the next quarter: `Following`.

    scores: quarter, customer_id, factor_id, score (the clean table `factor_scores`); profit: quarter, customer_id,
    value in yuan. Without any pair the tables are empty.
    """
    table, unscored = _wide(scores)
    value = profit.groupby(["quarter", "customer_id"])["value"].sum(skipna=False).astype("float64")
    held = set(value.index.unique("quarter"))
    followed = [quarter for quarter in table.index.unique("quarter") if _next(quarter) in held]
    table = table[table.index.isin(followed, level="quarter")]
    now, then = value.reindex(table.index), value.reindex(_a_quarter_on(table.index)).set_axis(table.index)
    reasons = {
        "no_next_profit": now.isna() | then.isna(),
        "no_profit_to_compare": (now <= 0) | (then <= 0),
        "score_missing": table.isna().any(axis=1),
    }
    reason = pd.Series("", table.index).mask(reasons["score_missing"], "score_missing")
    for name in ("no_profit_to_compare", "no_next_profit"):
        reason = reason.mask(reasons[name], name)
    kept = reason == ""
    change = np.log(then[kept] / now[kept]).rename("change")
    left_out = pd.DataFrame([(name, int((reason == name).sum())) for name in reasons], columns=["reason", "rows"])
    return Following(_beside(table[kept]), _beside(change), left_out, unscored)


def scores_of(scores: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """The scores of one quarter, a row per customer, a column per factor, as for `entropy` and `critic`.

    Factors scored for less than half of the customers are left out, then customers who lack a score.
    """
    return _wide(scores[scores["quarter"] == quarter])[0].dropna().droplevel("quarter")


def _wide(scores):
    # one quarter at a time, as rows may be millions
    by_quarter = (own for _, own in scores.groupby("quarter")) if len(scores) else [scores]
    means = [own.groupby(["quarter", "customer_id", "factor_id"])["score"].mean().unstack() for own in by_quarter]
    table = pd.concat(means).sort_index(axis=1).astype("float64")
    scored = table.notna().mean() >= 0.5
    return table.loc[:, scored].rename_axis(columns=None), tuple(table.columns[~scored])


def _next(quarter):
    return str(quarters.parse(quarter).previous(-1))


def _a_quarter_on(index):
    later = {quarter: _next(quarter) for quarter in index.unique("quarter")}
    return pd.MultiIndex.from_arrays(
        [index.get_level_values("quarter").map(later), index.get_level_values("customer_id")], names=index.names
    )


def _beside(table):
    """Values less the mean of their quarter."""
    return table - table.groupby("quarter").transform("mean")
