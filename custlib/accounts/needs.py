"""What would be ideal for a customer, what is, and which gap comes first; how much one answer can be trusted."""

import numpy as np
import pandas as pd

from custlib import quarters, shrink

YEAR = 4  # quarters: an older interview says nothing of today
FIRST = 3  # gaps that a talk can be about
DRAWS = 4000
_Z = 1.959964
_AT_ONCE = 8  # customers whose draws are held at a time: so many stay near the processor
_KEY = ["customer_id", "need"]
_COLUMNS = [
    *("quarter", "customer_id", "need", "importance", "ideal", "actual", "gap", "gap_shrunk", "gap_low", "gap_high"),
    *("weighted_gap", "rank", "prob_first3", "question_kind", "since", "said", "feasible", "cost", "by_when"),
]


def gaps(needs: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """Each customer's last interview of the four quarters up to `quarter`, with gap (ideal − actual, −9 to 9; below 0:
    over-served) and weighted_gap (× importance); by customer and need.

    needs: a row per interview and need: quarter, customer_id, need, importance (1 to 5), ideal, actual (1 to 10), and
    whatever else was written, as `answers` gives them.
    """
    year = [str(each) for each in quarters.span(quarters.parse(quarter), YEAR)]
    rows = needs[needs["quarter"].isin(year)]
    rows = rows[rows["quarter"] == rows.groupby("customer_id")["quarter"].transform("max")]
    gap = (rows["ideal"] - rows["actual"]).astype("float64")
    return rows.assign(gap=gap, weighted_gap=gap * rows["importance"]).sort_values(_KEY, ignore_index=True)


def answer_error(history: pd.DataFrame) -> float:
    """The standard deviation of one gap as a customer tells it, in points: the root of half the mean squared difference
    between successive quarters of a customer and need. It holds what truly changed as well, so it is rather too large.
    NaN where nobody was asked in two successive quarters, or nobody ever changed an answer. history: as for `gaps`.
    """
    gap = history.assign(gap=history["ideal"] - history["actual"], at=_ordinal(history["quarter"]))
    pairs = gap.merge(gap.assign(at=gap["at"] - 1), on=[*_KEY, "at"], suffixes=("", "_next"))
    error = np.sqrt(((pairs["gap_next"] - pairs["gap"]).astype("float64") ** 2).mean() / 2)
    return float(error) if error > 0 else np.nan


def shrunk(gaps: pd.DataFrame, history: pd.DataFrame) -> pd.DataFrame:
    """The gaps with gap_shrunk, gap_low, gap_high (95 %), rank and prob_first3 (0 to 1).

    gaps: as `gaps` gives them; history: interviews up to then, for `answer_error`. Each gap is shrunk towards the mean
    of its need over customers (`shrink.means`); fewer than four customers are not shrunk. rank: within the customer, by
    importance × shrunk gap, the largest first. prob_first3: how often the need is among the first three where each gap
    is drawn 4,000 times from its interval. Where `answer_error` is not known nothing is shrunk, there is no interval
    and no probability, and rank is by the gap as told.
    """
    error = answer_error(history)
    found = gaps.assign(**dict.fromkeys(["gap_shrunk", "gap_low", "gap_high"], np.nan))
    if not np.isnan(error):
        for _, own in gaps.groupby("need"):
            means = shrink.means(own["gap"], pd.Series(error, own.index))
            found.loc[own.index, ["gap_shrunk", "gap_low", "gap_high"]] = means[["shrunk", "low", "high"]].to_numpy()
    weight = found["gap_shrunk"].fillna(found["gap"]) * found["importance"]
    rank = weight.groupby(found["customer_id"]).rank(ascending=False, method="min").astype("Int64")
    return found.assign(rank=rank, prob_first3=_first(found))


def account_needs(needs: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """The result table of that name, a row per customer and need, the customer's first gap first: `shrunk` of `gaps`,
    and since: for how many quarters, that of the interview included, every interview told of a gap; missing where there
    is none. needs: as for `gaps`."""
    known = needs[needs["quarter"] <= str(quarters.parse(quarter))]
    rows = shrunk(gaps(known, quarter), known)
    rows = rows.join(_since(known), on=_KEY)
    rows = rows.assign(since=(_ordinal(rows["quarter"]) - rows["since"] + 1).astype("Int64"))
    whole = rows["importance"].round().astype("Int64")
    return rows.assign(importance=whole).sort_values(["customer_id", "rank", "need"], ignore_index=True)[_COLUMNS]


def over_served(gaps: pd.DataFrame) -> pd.DataFrame:
    """Needs of which customers already have what would be ideal, or more; index need, the most served first: customers,
    served (actual is at least ideal), share, low, high (95 %), over (actual above ideal), sure (low is above a half).
    gaps: as `gaps` gives them."""
    by = gaps.assign(served=gaps["gap"] <= 0, over=gaps["gap"] < 0).groupby("need")
    rows = by.agg(customers=("gap", "count"), served=("served", "sum"), over=("over", "sum"))
    rows = rows.assign(share=rows["served"] / rows["customers"]).join(shrink.wilson(rows["served"], rows["customers"]))
    return rows.assign(sure=rows["low"] > 0.5).sort_values("share", ascending=False, kind="stable")


def _first(rows):
    """How often each row's need is among the first of its customer; the same draws for every customer, so that no
    other customer moves the result."""
    if rows.empty:
        return pd.Series(index=rows.index, dtype="float64")
    columns = ["gap_shrunk", "gap_high", "importance"]
    wide = rows.pivot(index="customer_id", columns="need", values=columns)
    middle, high, weight = (wide[name].to_numpy(dtype="float64").T[:, :, None] for name in columns)
    spread = (high - middle) / _Z
    asked = np.isfinite(middle * spread * weight)
    middle, spread, weight = np.where(asked, [middle, spread, weight], np.reshape([-np.inf, 0, 1], (3, 1, 1, 1)))
    # Needs first, draws last: what is asked of all draws of a need goes through memory in order.
    normal = np.random.default_rng(0).standard_normal((DRAWS, len(middle))).T.copy()[:, None, :]
    share = np.full(middle.shape[:2], np.nan)
    for at in range(0, share.shape[1], _AT_ONCE):
        part = slice(at, at + _AT_ONCE)
        drawn = (middle[:, part] + normal * spread[:, part]) * weight[:, part]
        share[:, part] = (drawn >= _nth_largest(drawn, FIRST)).mean(axis=2)
    told = pd.DataFrame(share.T, wide.index, wide["gap_shrunk"].columns).stack()
    share = told.reindex(pd.MultiIndex.from_frame(rows[_KEY])).to_numpy()
    return pd.Series(share, rows.index).where(rows["gap_shrunk"].notna())


def _nth_largest(values, n):
    """The n-th largest along the first axis, minus infinity where there are fewer; much faster than a sort."""
    largest = [np.full(values.shape[1:], -np.inf) for _ in range(n)]
    for rest in values:
        for at, held in enumerate(largest):
            largest[at], rest = np.maximum(held, rest), np.minimum(held, rest)
    return largest[-1]


def _since(needs):
    """(customer_id, need) → the first quarter of the last run of interviews with a gap, as a number."""
    rows = needs.assign(at=_ordinal(needs["quarter"]), open=needs["ideal"] > needs["actual"])
    closed = rows[~rows["open"]].groupby(_KEY)["at"].max().rename("closed")
    rows = rows.join(closed, on=_KEY)
    return rows[rows["open"] & ~(rows["at"] <= rows["closed"])].groupby(_KEY)["at"].min().rename("since")


def _ordinal(names):
    """Quarters ("2025Q4") as numbers, successive ones one apart."""
    return names.str[:4].astype("int64") * 4 + names.str[-1].astype("int64")
