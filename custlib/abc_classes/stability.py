"""How steadily a customer buys, how firm its class is, how far the next one is, and which moves are more than
chance."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from custlib.abc_classes.judgement import all_below_zero, checked_weights, joint, joint_codes, percent_ranks, scores
from custlib.abc_classes.rules import count_cuts

# The usual limits for monthly demand, a convention: foreseeable up to half the mean, not beyond the mean.
X_LIMIT, Y_LIMIT = 0.5, 1.0
FEWEST_MONTHS = 6  # from six months the deviation is known to about a third of itself, from fewer not even that
SURE = 0.8  # a move is real when it stands in four of five resamples

_SUMMED_FROM = {"size": "size_fen", "contribution": "profit_fen"}
_CHANCES = np.array([1 / np.e / factorial for factorial in (1, 1, 2, 6, 24, 120, 720, 5040, 40320)])
# How often a document is drawn, by a number of 16 bits: Poisson(1) to 1 / 65 536, never more than 8 times.
_TIMES = np.searchsorted((np.cumsum(_CHANCES) * 2**16).round(), np.arange(2**16), side="right").astype("uint8")


def xyz(months: pd.DataFrame, last_month: str) -> pd.DataFrame:
    """How steadily each customer buys, by month, from its first order to `last_month`.

    months: customer_id, month ("2025-11"), net_sales (yuan), orders; a month without a row had no sales.
    last_month: the last month that the data fill, such as "2025-12".
    Returns a DataFrame over the customers (sorted):
    - months: their number; month_mean: mean net sales (yuan);
    - variation: sample standard deviation (n − 1) ÷ mean, missing for a mean of zero or less and a short history;
    - xyz: X (variation up to 0.5), Y (up to 1), Z (above, or no variation), short (fewer than six months);
    - since_order: whole months since the last one with an order, 0 if it was `last_month`, missing without an order.
    The season is part of the variation, so a seasonal customer is Y or Z. Months before the first order (a payment or a
    return) do not count.
    """
    rows = months[months["month"] <= last_month].sort_values(["customer_id", "month"])
    number = rows["month"].str[:4].astype("int64") * 12 + rows["month"].str[5:].astype("int64")
    now = int(last_month[:4]) * 12 + int(last_month[5:])
    ordered = number.where(rows["orders"] > 0).groupby(rows["customer_id"]).agg(["min", "max"])
    counted = (now + 1 - ordered["min"]).fillna(0).astype("int64")
    rows = rows[number >= rows["customer_id"].map(ordered["min"])]
    mean = (rows.groupby("customer_id")["net_sales"].sum() / counted).reindex(counted.index)
    variation = (_deviation(rows, counted, mean) / mean).where((mean > 0) & (counted >= FEWEST_MONTHS))
    letters = np.select(
        [counted < FEWEST_MONTHS, variation <= X_LIMIT, variation <= Y_LIMIT], ["short", "X", "Y"], default="Z"
    )
    return pd.DataFrame(
        {
            "months": counted,
            "month_mean": mean,
            "variation": variation,
            "xyz": pd.Series(letters, counted.index, dtype="str"),
            "since_order": now - ordered["max"],
        }
    )


def how_sure(
    indicators: pd.DataFrame,
    documents: pd.DataFrame,
    weights: Mapping[str, float] | None = None,
    ratio: Sequence[float] = (1, 2, 2),
    resamples: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """How often a customer gets each class if the quarter's documents are resampled.

    indicators, weights, ratio: as for `joint`; size and contribution exact to the fen.
    documents: a row per invoice and payment, customers as index, size_fen and profit_fen (whole; see
    `facts.documents`); those of other customers are ignored.
    In each resample a document counts as often as a draw from Poisson(1) says; size and contribution are summed again,
    in whole fen, and all customers are judged again. Brand share is kept as it is; what is unknown stays unknown.
    Returns a DataFrame over the customers: sure_a, sure_b, sure_c, the shares of resamples in each class, and how_sure,
    the share in the customer's own class; missing if it cannot be judged. This is no probability: it says how far the
    class depends on single documents, not what next quarter brings. The result does not depend on the order of rows;
    with 1,000 resamples a share is accurate to 0.03.
    Raises ValueError as `joint` does, and if the documents do not add up to the indicators.
    """
    weight = checked_weights(indicators.columns, weights)
    base = joint(indicators, weights, ratio)["joint"].dropna().sort_index()
    table, weight = indicators.loc[base.index, weight > 0], weight[weight > 0].to_numpy()
    rows, counts = np.arange(len(table)), np.zeros((len(table), 3), "int64")
    for values, ranks in _drawn_anew(table, documents, np.random.SeedSequence(seed).spawn(resamples)):
        counts[rows, joint_codes(scores(ranks, weight), all_below_zero(values, weight), ratio)] += 1
    shares = pd.DataFrame(counts / resamples, base.index, ["sure_a", "sure_b", "sure_c"])
    return shares.assign(how_sure=shares.to_numpy()[rows, base.cat.codes]).reindex(indicators.index)


def restless(customers: pd.DataFrame, limit: int = 5) -> pd.DataFrame:
    """The points of the scatter of size and variation, over the customers: size, variation, class (joint) and label.

    customers: result table `abc_customers`. label: the name of the largest customers of class A that do not buy
    steadily, at most `limit`; "" for others.
    """
    sizes = customers["size"].where((customers["joint_class"] == "A") & (customers["xyz"] != "X"))
    label = customers["name"].where(sizes.rank(ascending=False) <= limit, "")
    return customers[["size", "variation"]].assign(**{"class": customers["joint_class"], "label": label})


def to_next(
    indicators: pd.DataFrame, weights: Mapping[str, float] | None = None, ratio: Sequence[float] = (1, 2, 2)
) -> pd.Series:
    """The additional size, in yuan, with which a customer would reach the next better joint class; others unchanged.

    indicators (size to the cent), weights, ratio: as for `joint`.
    It is the least amount with which the customer's score reaches the present limit, and with which its size reaches
    zero if every other known indicator is negative. That is always enough: customers that it overtakes only lose by it,
    and the limit falls with them. Returns a Series over the customers; missing for A, if size alone cannot do it, and
    if size is unknown or has no weight.
    """
    weight = checked_weights(indicators.columns, weights)
    judged = joint(indicators, weights, ratio)
    if not weight.get("size", 0):
        return pd.Series(np.nan, indicators.index, name="to_next")
    a_cut, b_cut = count_cuts(judged["score"].dropna().to_numpy(), ratio)
    ours = indicators["size"].notna() & (judged["joint"].cat.codes > 0)
    fen = (indicators["size"] * 100).round()
    offers, offer_ranks = _sizes_and_their_ranks(fen.dropna().astype("int64").to_numpy())
    fen, cut = fen[ours].astype("int64").to_numpy(), np.where(judged["joint"][ours] == "B", a_cut, b_cut)
    values, size = indicators.to_numpy("float64"), weight.index.get_loc("size")
    ranks = percent_ranks(values)[ours]
    rest_below = all_below_zero(_with_column(values[ours], size, -1), weight.to_numpy())
    reached = _first_reached(
        np.searchsorted(offers, fen, "right"),
        len(offers),
        lambda place: (
            (scores(_with_column(ranks, size, offer_ranks[place]), weight) >= cut) & ~(rest_below & (offers[place] < 0))
        ),
    )
    amounts = np.where(reached < len(offers), np.append(offers, 0)[reached] - fen, np.nan) / 100
    return pd.Series(amounts, indicators.index[ours]).reindex(indicators.index).rename("to_next")


def move_kind(before: pd.Series, after: pd.Series, sure: pd.DataFrame) -> pd.Series:
    """Whether a move between classes is "real" or "at_threshold"; "" for customers that stayed, came or left.

    before, after: Series of classes; sure: as `how_sure` returns it for the quarter of `after`. A rise (fall) is real
    if at least 80 % of the resamples put the customer into its new class or a better (worse) one. Only the quarter
    after is resampled.
    Returns a Series of text over the customers of both quarters, sorted. Raises KeyError for a customer that moved and
    is not in `sure`.
    """
    customers = before.index.union(after.index)
    then, now = (classes.reindex(customers).cat.codes for classes in (before, after))
    moved = (then >= 0) & (now >= 0) & (then != now)
    shares = sure.loc[customers[moved], ["sure_a", "sure_b", "sure_c"]].to_numpy()
    there = np.arange(len(shares)), now[moved]
    at_least, at_most = shares.cumsum(axis=1)[there], shares[:, ::-1].cumsum(axis=1)[:, ::-1][there]
    share = np.where(now[moved] < then[moved], at_least, at_most).round(9)
    kinds = pd.Series(np.where(share >= SURE, "real", "at_threshold"), customers[moved], dtype="str")
    return kinds.reindex(customers, fill_value="")


def _deviation(rows, counted, mean):
    """The sample standard deviation over the months counted; months without a row are zero."""
    off = (rows["net_sales"] - rows["customer_id"].map(mean)) ** 2
    squares = off.groupby(rows["customer_id"]).agg(["sum", "size"]).reindex(counted.index, fill_value=0)
    return ((squares["sum"] + (counted - squares["size"]) * mean**2) / (counted - 1).clip(lower=1)) ** 0.5


def _drawn_anew(table, documents, streams):
    """The indicators (resampled ones in fen) and their percent ranks in each resample, one random stream each: two
    arrays, customers × indicators, that the next resample overwrites."""
    place, columns = _by_customer(documents, table)
    starts = np.flatnonzero(np.diff(place, prepend=-1))
    values, sums = table.to_numpy("float64", copy=True), np.zeros(len(table))
    ranks = percent_ranks(values)
    for stream in streams:
        times = _TIMES[np.random.default_rng(stream).integers(0, 2**16, len(place), "uint16")]
        for column, (fen, unknown) in columns.items():
            sums[place[starts]] = np.add.reduceat(times * fen, starts) if len(place) else 0
            values[:, column] = np.where(unknown, np.nan, sums)
            ranks[:, column] = percent_ranks(values[:, column])
        yield values, ranks


def _by_customer(documents, table):
    """Documents in the order of their customers in `table`, an order that does not depend on the order of the rows:
    (places of the customers, {column of `table`: (fen of each document, where the indicator is unknown)})."""
    place = table.index.get_indexer(documents.index)
    fen = {name: documents[name].fillna(0).to_numpy("int64") for name in _SUMMED_FROM.values()}
    order = np.lexsort((*fen.values(), place))
    order = order[place[order] >= 0]
    columns = {}
    for name in table.columns.intersection(list(_SUMMED_FROM), sort=False):
        of_documents, indicator = fen[_SUMMED_FROM[name]][order], table[name].to_numpy("float64")
        total = np.zeros(len(table), "int64")
        np.add.at(total, place[order], of_documents)
        wrong = (np.nan_to_num(indicator * 100 - total).round() != 0).nonzero()[0]
        if len(wrong):
            raise ValueError(f"the documents of {table.index[wrong[0]]} do not add up to its {name}")
        columns[table.columns.get_loc(name)] = of_documents, np.isnan(indicator)
    return place[order], columns


def _sizes_and_their_ranks(fen):
    """The sizes (fen) at which a customer's percent rank would rise, in order, and its rank there.

    A rank rises at the size of another customer (level with it) and a fen above; zero is added, where a loss ends.
    """
    rising = np.sort(fen)
    offers = np.unique(np.concatenate([rising, rising + 1, [0]]))
    smaller, upto = (np.searchsorted(rising, offers, side) for side in ("left", "right"))
    # The customer itself is one of the smaller ones now, and level with itself then.
    return offers, (2 * (smaller - 1) + (upto - smaller + 1)) / (2 * max(len(rising), 1))


def _first_reached(low, end, reaches):
    """By customer, the first place from `low` to before `end` at which it `reaches`, by bisection; `end` if none."""
    high = np.full(len(low), end)
    while (between := low < high).any():
        middle = (low + high) // 2
        there = reaches(np.minimum(middle, end - 1))
        high = np.where(between & there, middle, high)
        low = np.where(between & ~there, middle + 1, low)
    return low


def _with_column(ranks, column, values):
    changed = ranks.copy()
    changed[:, column] = values
    return changed
