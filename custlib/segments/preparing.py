"""Features prepared for clustering by a fixed rule; consumers with too little history are set apart with the reason."""

import numpy as np
import pandas as pd

from custlib.segments.suppression import FEWEST

FEWEST_PURCHASES = 3  # with fewer, shares reflect single purchases
IN_SEGMENTS, TOO_FEW = "in_segments", "too_few_purchases"
TAIL = 0.01  # of each end; values beyond it are set to the quantile
LOGGED = ("recency_days", "frequency", "money", "quantity", "list_price")
# Texts, repetitions of another feature, and what only some consumers have.
LEFT_OUT = ("store_format", "tenure_days", "promoted_share", "promoted_pieces", "price_paid")


def apart(features: pd.DataFrame) -> pd.Series:
    """Why a consumer is not clustered: Series over the features' index, `too_few_purchases`, or "" if it is clustered.

    features: as `facts.consumer_features` returns them; without `frequency` nobody is set apart.
    """
    if "frequency" not in features:
        return pd.Series("", features.index, name="apart")
    few = features["frequency"] < FEWEST_PURCHASES
    return pd.Series(np.where(few, TOO_FEW, ""), features.index, name="apart")


def known(features: pd.DataFrame) -> pd.DataFrame:
    """How many consumers are clustered: kept ("in_segments", or the reason of `apart`), consumers, money (yuan),
    consumers_share and money_share of all; one row each, in this order.

    If a row has one to four consumers, both rows lack money, because one would reveal the other.
    """
    kept = apart(features).replace("", IN_SEGMENTS)
    sums = features.reindex(columns=["money"]).assign(consumers=1).groupby(kept)[["consumers", "money"]].sum()
    sums = sums.reindex([IN_SEGMENTS, TOO_FEW], fill_value=0).rename_axis("kept")
    shares = (sums / sums.sum()).add_suffix("_share")
    few = sums["consumers"].between(1, FEWEST - 1).any()
    sums = sums.join(shares).assign(**({"money": np.nan, "money_share": np.nan} if few else {}))
    return sums.reset_index().astype({"consumers": "int64"})


def prepared(features: pd.DataFrame) -> pd.DataFrame:
    """The features as numbers for `segments.fit`: a new DataFrame over the same consumers, without missing values.

    Money, days and counts: logarithms (log1p), winsorised at 1 % and 99 % of these consumers; shares: unchanged;
    missing values: the column's median. Left out: text, tenure, what repeats another feature (price_paid and
    promoted_share repeat discount_share), and columns without variation.
    """
    values, bounds = _logs(features), limits(features)
    values = values.clip(bounds.loc["low"], bounds.loc["high"], axis="columns").fillna(bounds.loc["middle"])
    return values.loc[:, values.nunique() > 1]


def limits(features: pd.DataFrame) -> pd.DataFrame:
    """The limits that `prepared` puts on features: rows low, high (infinite where there is none) and middle, what a
    missing value becomes; a column per feature."""
    values = _logs(features)
    logged = [name for name in LOGGED if name in values]
    ends = {"low": (TAIL, -np.inf), "high": (1 - TAIL, np.inf)}
    rows = {
        end: values[logged].quantile(part).reindex(values.columns, fill_value=no) for end, (part, no) in ends.items()
    }
    rows["middle"] = values.clip(rows["low"], rows["high"], axis="columns").median()
    return pd.DataFrame(rows).T


def prepared_in(table, bounds: pd.DataFrame, key: str):
    """The same in the engine, by the limits of others: an Ibis table of `key` and the features of `bounds`.

    table: `facts.feature_rows`; bounds: as `limits` returns it.
    """
    return table.select(key, **{name: _within(table[name].cast("float64"), name, bounds[name]) for name in bounds})


def _within(value, name, bound):
    if name in LOGGED:
        value = (value.clip(lower=0.0) + 1.0).ln().clip(lower=float(bound["low"]), upper=float(bound["high"]))
    return value.fill_null(float(bound["middle"]))


def _logs(features):
    """The features that are clustered as numbers, those of money, days and counts as logarithms."""
    numbers = features.drop(columns=[name for name in LEFT_OUT if name in features]).select_dtypes("number")
    values = numbers.astype("float64")
    logged = [name for name in LOGGED if name in numbers]
    values[logged] = np.log1p(values[logged].clip(lower=0.0))
    return values
