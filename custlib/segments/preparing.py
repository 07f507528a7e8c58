"""Features made ready for clustering by a stated rule, and the consumers with too little history set apart by name."""

import numpy as np
import pandas as pd

from custlib.segments.suppression import FEWEST

FEWEST_PURCHASES = 3  # with fewer, shares and mixes are those of single purchases
IN_SEGMENTS, TOO_FEW = "in_segments", "too_few_purchases"
TAIL = 0.01  # of each end, beyond which a value is put at the quantile
LOGGED = ("recency_days", "frequency", "money", "quantity", "list_price")
# Texts, what says the same as another feature, and what only some consumers have.
LEFT_OUT = ("store_format", "tenure_days", "promoted_share", "promoted_pieces", "price_paid")


def apart(features):
    """Why a consumer is not clustered: Series over the features' index, `too_few_purchases` or "" for those to cluster.

    features: as `facts.consumer_features` gives them; without `frequency` nobody is set apart.
    """
    if "frequency" not in features:
        return pd.Series("", features.index, name="apart")
    few = features["frequency"] < FEWEST_PURCHASES
    return pd.Series(np.where(few, TOO_FEW, ""), features.index, name="apart")


def known(features):
    """How many consumers are known well enough: kept ("in_segments", or the reason of `apart`), consumers, money (yuan), and of all
    consumers_share and money_share; one row each, in this order. Where one of the rows is of one to four consumers neither says what
    was paid: the rest would tell it."""
    kept = apart(features).replace("", IN_SEGMENTS)
    found = features.reindex(columns=["money"]).assign(consumers=1).groupby(kept)[["consumers", "money"]].sum()
    found = found.reindex([IN_SEGMENTS, TOO_FEW], fill_value=0).rename_axis("kept")
    shares = (found / found.sum()).add_suffix("_share")
    few = found["consumers"].between(1, FEWEST - 1).any()
    found = found.join(shares).assign(**({"money": np.nan, "money_share": np.nan} if few else {}))
    return found.reset_index().astype({"consumers": "int64"})


def prepared(features):
    """The features as numbers for `segments.fit`: a new DataFrame over the same consumers, none missing.

    Rule: logarithms (log1p) of money, days and counts, winsorised at 1 % and 99 % of the consumers given; shares as they are; a
    missing value is put at the median of its column. Left out: text, tenure, what says the same as another feature (price_paid
    and promoted_share are discount_share again), and columns in which the consumers do not differ.
    """
    numbers = features.drop(columns=[name for name in LEFT_OUT if name in features]).select_dtypes("number")
    logged = [name for name in LOGGED if name in numbers]
    found = numbers.astype("float64")
    logs = np.log1p(found[logged].clip(lower=0.0))
    found[logged] = logs.clip(logs.quantile(TAIL), logs.quantile(1 - TAIL), axis="columns")
    found = found.fillna(found.median())
    return found.loc[:, found.nunique() > 1]
