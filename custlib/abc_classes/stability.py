"""How steady a customer is, how sure its class, how far the next one, and whether a move is more than chance."""

import numpy as np
import pandas as pd

from custlib.abc_classes.judgement import all_below_zero, checked_weights, joint, joint_codes, percent_ranks, scores
from custlib.abc_classes.rules import count_cuts

# Limits in use for monthly demand: up to half its mean a month is foreseeable, beyond its mean it is not. A convention, no law.
X_LIMIT, Y_LIMIT = 0.5, 1.0
FEWEST_MONTHS = 6  # of six months the deviation is known to about a third of itself, of fewer not even that
SURE = 0.8  # a move is real when it stands in four of five resamples

_SUMMED_FROM = {"size": "size_fen", "contribution": "profit_fen"}
_CHANCES = np.array([1 / np.e / factorial for factorial in (1, 1, 2, 6, 24, 120, 720, 5040, 40320)])
# How often a document is drawn, by a number of 16 bits: Poisson(1) to 1 / 65 536, never more than 8 times.
_TIMES = np.searchsorted((np.cumsum(_CHANCES) * 2**16).round(), np.arange(2**16), side="right").astype("uint8")


def xyz(months, last_month):
    """How steadily each customer buys, over the months from its first order to `last_month` ("2025-12"), the last that the data fill.

    months: customer_id, month ("2025-11"), net_sales (yuan), orders; a month without a row is a month without sales. Returns a
    DataFrame over the customers (sorted): `months`, how many there are; `month_mean` of net sales (yuan); `variation`, their sample
    standard deviation (n − 1) over the mean; `xyz`: X (up to 0.5), Y (up to 1), Z (above), short (fewer than six months);
    `since_order`, whole months since the last one with an order, 0 if it was `last_month`, missing if there was none.
    A mean of zero or less has no variation and is Z; a short history has none either. The season is part of the variation: a
    seasonal customer is Y or Z. Months with a payment or a return before the first order do not count.
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


def how_sure(indicators, documents, weights=None, ratio=(1, 2, 2), resamples=1000, seed=0):
    """How often a customer gets each class when the quarter's documents are drawn anew.

    indicators, weights, ratio: as `joint` takes them; size and contribution are exact to the fen. documents: a row per invoice
    and payment, customers as index, size_fen and profit_fen (whole; see `facts.documents`); those of other customers are left
    out. In each resample every document counts as often as a draw from Poisson(1) says, size and contribution are summed
    anew, in whole fen, and all customers are judged anew. Brand share is held as it is; what is unknown stays unknown.
    Returns a DataFrame over the customers: `sure_a`, `sure_b`, `sure_c`, the shares of resamples in each class, and `how_sure`,
    the share in its own; missing where a customer cannot be judged. It is no probability: it tells how much of the class hangs
    on single documents, not what will come next quarter. The same whatever the order of rows; of 1,000 resamples a share is good to 0.03.
    Raises ValueError as `joint` does, and if the documents do not add up to the indicators.
    """
    weight = checked_weights(indicators.columns, weights)
    own = joint(indicators, weights, ratio)["joint"].dropna().sort_index()
    table, weight = indicators.loc[own.index, weight > 0], weight[weight > 0].to_numpy()
    rows, counts = np.arange(len(table)), np.zeros((len(table), 3), "int64")
    for values, ranks in _drawn_anew(table, documents, np.random.SeedSequence(seed).spawn(resamples)):
        counts[rows, joint_codes(scores(ranks, weight), all_below_zero(values, weight), ratio)] += 1
    shares = pd.DataFrame(counts / resamples, own.index, ["sure_a", "sure_b", "sure_c"])
    return shares.assign(how_sure=shares.to_numpy()[rows, own.cat.codes]).reindex(indicators.index)


def restless(customers, limit=5):
    """What a scatter of size and variation shows: size, variation, class (the joint one) and label, over the customers.

    label: the name of the largest customers of class A that do not buy steadily, at most `limit`; "" for others. customers: result
    table `abc_customers`.
    """
    sizes = customers["size"].where((customers["joint_class"] == "A") & (customers["xyz"] != "X"))
    label = customers["name"].where(sizes.rank(ascending=False) <= limit, "")
    return customers[["size", "variation"]].assign(**{"class": customers["joint_class"], "label": label})


def to_next(indicators, weights=None, ratio=(1, 2, 2)):
    """Yuan of additional size with which a customer would reach the next better joint class, all others as they are.

    indicators (size to the cent), weights, ratio: as `joint` takes them. The least amount with which the customer's own score
    reaches the present limit: always enough, for whoever it passes only loses by it, and the limit with them; and with which
    size comes to zero where all else that is known is below it. Missing for A, where size alone cannot do it, and where
    size is unknown or without weight. Returns a Series over the customers.
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


def move_kind(before, after, sure):
    """Whether a move between classes is "real" or "at_threshold"; "" for who did not move, came or left.

    before, after: Series of classes; sure: result of `how_sure` for the quarter of `after`. A rise (fall) is real when at least
    80 % of the resamples put the customer into its new class or a better (worse) one. Only the quarter after is drawn anew: the
    class before is taken as it was. Returns a Series of text over the customers of both quarters, sorted.
    Raises KeyError for a customer that moved and is not in `sure`.
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
    """The sample standard deviation over the months counted, of which those without a row are zero."""
    off = (rows["net_sales"] - rows["customer_id"].map(mean)) ** 2
    squares = off.groupby(rows["customer_id"]).agg(["sum", "size"]).reindex(counted.index, fill_value=0)
    return ((squares["sum"] + (counted - squares["size"]) * mean**2) / (counted - 1).clip(lower=1)) ** 0.5


def _drawn_anew(table, documents, streams):
    """The indicators (what is drawn in fen) and their percent ranks in each resample, one stream of random numbers each:
    two arrays, customers × indicators, written over."""
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
    """The place in `table` of each document's customer, rising, and by column of `table` that is drawn: the fen of each
    document, and where the indicator is unknown. In an order that hangs on what the documents are, not on how they came."""
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
    """The sizes (fen) at which a customer's percent rank would rise, in order, and what it would be there: at the size of another,
    level with it, and a fen above; and zero, where a loss ends.
    """
    rising = np.sort(fen)
    offers = np.unique(np.concatenate([rising, rising + 1, [0]]))
    smaller, upto = (np.searchsorted(rising, offers, side) for side in ("left", "right"))
    # The customer itself is one of the smaller ones now, and level with itself then.
    return offers, (2 * (smaller - 1) + (upto - smaller + 1)) / (2 * max(len(rising), 1))


def _first_reached(low, end, reaches):
    """By customer the first place from `low` to before `end` at which it `reaches`, by halving; `end` where there is none."""
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
