"""What followed on what we gave: the customer's next quarter beside that of customers that are alike."""

import numpy as np
import pandas as pd
import scipy

from custlib import quarters

FEWEST = 6  # look-alikes with a known change; of fewer a 95 % interval of the median is wider than all of them


def next_change(figure: pd.Series) -> pd.Series:
    """How a figure changed to the next quarter: 0.1 is a tenth more. figure: (quarter, customer_id) → number; missing
    unless it is above 0 in both quarters."""
    figure = figure.where(figure > 0)
    names = figure.index.get_level_values("quarter")
    following = names.map({name: str(quarters.parse(name).previous(-1)) for name in names.unique()})
    after = pd.MultiIndex.from_arrays([following, figure.index.get_level_values("customer_id")])
    return pd.Series(figure.reindex(after).to_numpy() / figure.to_numpy() - 1, figure.index)


def support_return(change: pd.Series, alike: pd.DataFrame) -> pd.DataFrame:
    """The interval of the median change of each customer's look-alikes: DataFrame low, high over the index of `change`.

    change: (quarter, customer_id) → change to the next quarter; alike: `facts.look_alikes`. The 95 % interval of a
    median by ranks (sign test; exact, so nothing is redrawn): of ten known changes the second to the ninth; missing of
    fewer than six. It is the median's, so single customers often lie outside it. An association only: support goes to
    whom people expect something of.
    """
    wide = change.unstack("quarter")
    likes = alike.pivot(index="customer_id", columns="rank", values="like").reindex(wide.index)
    places = wide.index.get_indexer(likes.to_numpy().ravel()).reshape(likes.shape)
    table = np.vstack([wide.to_numpy("float64"), np.full((1, wide.shape[1]), np.nan)])
    known = np.sort(table[places], axis=1)  # customers × look-alikes × quarters, the unknown last; place −1 is unknown
    count = (~np.isnan(known)).sum(axis=1)
    rank = scipy.stats.binom.ppf(0.025, np.maximum(count, 1), 0.5).astype(int)
    enough = count >= FEWEST
    ends = {"low": rank - 1, "high": count - rank}
    found = {
        name: np.where(enough, np.take_along_axis(known, np.where(enough, at, 0)[:, None, :], axis=1)[:, 0, :], np.nan)
        for name, at in ends.items()
    }
    tables = {name: pd.DataFrame(values, wide.index, wide.columns) for name, values in found.items()}
    stacked = pd.DataFrame({name: each.stack(future_stack=True) for name, each in tables.items()})
    return stacked.swaplevel().reindex(change.index)
