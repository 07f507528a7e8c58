"""How steadily a customer buys, how firm its class is and what that was worth so far, and how far the next one is."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from custlib import quarters
from custlib.abc_classes.judgement import all_below_zero, checked_weights, joint, joint_codes, percent_ranks, scores
from custlib.abc_classes.rules import CLASSES, count_cuts

# The usual limits for monthly demand, a convention: foreseeable up to half the mean, not beyond the mean.
X_LIMIT, Y_LIMIT = 0.5, 1.0
FEWEST_MONTHS = 6  # from six months the deviation is known to about a third of itself, from fewer not even that
BREAK_MONTHS, BREAK_F = 3, 8.85  # the least months of a level; Andrews 1993, table I, 5 %, 15 % trimmed
SURE = 0.8  # a class is sure when it stands in four of five resamples
BANDS = ("surest", "less_sure", "least_sure")  # by how_sure: from 0.8, from 0.5, below

_SUMMED_FROM = {"size": "size_fen", "contribution": "profit_fen"}
_CHANCES = np.array([1 / np.e / factorial for factorial in (1, 1, 2, 6, 24, 120, 720, 5040, 40320)])
# How often a document is drawn, by a number of 16 bits: Poisson(1) to 1 / 65 536, never more than 8 times.
_TIMES = np.searchsorted((np.cumsum(_CHANCES) * 2**16).round(), np.arange(2**16), side="right").astype("uint8")


def xyz(months: pd.DataFrame, last_month: str, absent: Sequence[str] = ()) -> pd.DataFrame:
    """How steadily each customer buys, by month, from its first order to `last_month`.

    months: customer_id, month ("2025-11"), net_sales (yuan), orders; a month without a row had no sales.
    last_month: the last month that the data fill, such as "2025-12". absent: months of which there are no data; they
    count for nothing.
    Returns a DataFrame over the customers (sorted):
    - months: their number; level: mean net sales (yuan) since the change of level, of all months where there is none;
    - variation: sample standard deviation ÷ mean, around the level before and the one after the change; missing for a
      level of zero or less and a short history;
    - xyz: X (variation up to 0.5), Y (up to 1), Z (above, or no variation), short (fewer than six months);
    - since_order: whole months since the last one with an order, 0 if it was `last_month`, missing without an order.
    A change of level is no irregularity: the one break that leaves the least squares, at least three months from either
    end, counts where its F exceeds 8.85 (5 % for a break at an unknown time, Andrews 1993). A slow trend is mostly
    taken up by it. The season is part of the variation, so a seasonal customer is Y or Z. Months before the first order
    (a payment or a return) do not count.
    """
    rows = months[months["month"] <= last_month]
    rows = rows[~rows["month"].isin(absent)]
    number, now = _number(rows["month"], absent), int(_number(pd.Series([last_month]), absent).iloc[0])
    ordered = number.where(rows["orders"] > 0).groupby(rows["customer_id"]).agg(["min", "max"])
    counted = (now + 1 - ordered["min"]).fillna(0).astype("int64")
    level, variation = _around_levels(_newest_first(rows, number, counted, now), counted.to_numpy())
    variation = np.where(counted >= FEWEST_MONTHS, variation, np.nan)
    letters = np.select(
        [counted < FEWEST_MONTHS, variation <= X_LIMIT, variation <= Y_LIMIT], ["short", "X", "Y"], default="Z"
    )
    return pd.DataFrame(
        {
            "months": counted,
            "level": level,
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
    the share in the customer's own class; missing if it cannot be judged, and where no document could be drawn. This
    is no probability: it says how far the class depends on single documents; `kept` tells what next quarter brought.
    The result does not depend on the order of rows; with 1,000 resamples a share is accurate to 0.03.
    Raises ValueError as `joint` does, and if the documents do not add up to the indicators.
    """
    weight = checked_weights(indicators.columns, weights)
    base = joint(indicators, weights, ratio)["joint"].dropna().sort_index()
    table, weight = indicators.loc[base.index, weight > 0], weight[weight > 0].to_numpy()
    rows, counts = np.arange(len(table)), np.zeros((len(table), 3), "int64")
    if not documents.index.isin(base.index).any():
        return pd.DataFrame(np.nan, indicators.index, ["sure_a", "sure_b", "sure_c", "how_sure"])
    for values, ranks in _drawn_anew(table, documents, np.random.SeedSequence(seed).spawn(resamples)):
        counts[rows, joint_codes(scores(ranks, weight), all_below_zero(values, weight), ratio)] += 1
    shares = pd.DataFrame(counts / resamples, base.index, ["sure_a", "sure_b", "sure_c"])
    return shares.assign(how_sure=shares.to_numpy()[rows, base.cat.codes]).reindex(indicators.index)


def restless(customers: pd.DataFrame, limit: int = 5) -> pd.DataFrame:
    """The points of the scatter of size and variation, over the customers: name, size, variation, class (joint), label.

    customers: result table `abc_customers`. label: the name of the largest customers of class A that do not buy
    steadily, at most `limit`; "" for others.
    """
    sizes = customers["size"].where((customers["joint_class"] == "A") & (customers["xyz"] != "X"))
    label = customers["name"].where(sizes.rank(ascending=False) <= limit, "")
    return customers[["name", "size", "variation"]].assign(**{"class": customers["joint_class"], "label": label})


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


def move_kind(step: pd.Series, sure: pd.Series) -> pd.Series:
    """How sure the class is that a customer moved to: "sure" where `how_sure` is 0.8 or more, else "at_threshold"; ""
    for customers that neither rose nor fell, or where how_sure is missing.

    step: Series of `STEPS`; sure: the column how_sure, over the same customers. It describes the class, and is no test
    of whether the customer changed: `kept` tells what such a share was worth in earlier quarters.
    """
    kinds = np.where(sure.round(9) >= SURE, "sure", "at_threshold")
    return pd.Series(np.where(step.isin(("rose", "fell")) & sure.notna(), kinds, ""), step.index, dtype="str")


def more_often(joint: pd.Series, sure: pd.DataFrame) -> pd.Series:
    """The class that a customer gets in more resamples than its own; missing where its own is the most frequent.

    joint: Series of classes; sure: as `how_sure` returns it.
    """
    shares = sure[["sure_a", "sure_b", "sure_c"]].fillna(0.0)
    most = pd.Series(pd.Categorical.from_codes(shares.to_numpy().argmax(axis=1), dtype=CLASSES), sure.index)
    return most.where((shares.max(axis=1) > sure["how_sure"]) & joint.reindex(sure.index).notna())


def kept(sure: Mapping[str, pd.Series], past: pd.DataFrame) -> pd.DataFrame:
    """How many customers kept their class in the next quarter, by how sure it was: what `how_sure` was worth.

    sure: quarter → how_sure over its customers; past: as `history` returns it. All pairs of consecutive quarters count,
    and in each the customers judged in both.
    Returns a row per band of how_sure (`BANDS`, the surest first): band, customers, kept, kept_share (0 to 1; missing
    without customers).
    """
    pairs = [(past[[then, str(quarters.parse(then).previous(-1))]].dropna(), shares) for then, shares in sure.items()]
    rows = [
        pd.DataFrame({"sure": shares.reindex(both.index), "kept": both.iloc[:, 0] == both.iloc[:, 1]})
        for both, shares in pairs
    ]
    together = pd.concat(rows).dropna(subset="sure") if rows else pd.DataFrame({"sure": [], "kept": []})
    bands = np.select([together["sure"] >= SURE, together["sure"] >= 0.5], BANDS[:2], BANDS[2])
    counts = together["kept"].astype("int64").groupby(bands).agg(["size", "sum"]).reindex(BANDS, fill_value=0)
    counts = counts.set_axis(["customers", "kept"], axis=1).rename_axis("band").reset_index()
    return counts.assign(kept_share=counts["kept"] / counts["customers"].where(counts["customers"] > 0))


def _number(months, absent):
    """The months ("2025-11") by number, those that are absent left out."""
    number, left_out = (
        each.str[:4].astype("int64") * 12 + each.str[5:].astype("int64")
        for each in (months, pd.Series(sorted(absent), dtype="str"))
    )
    return number - left_out.searchsorted(number, side="right")


def _newest_first(rows, number, counted, now):
    """Net sales by customer and month, the newest month first: an array, zero where nothing happened or counts."""
    amounts = np.zeros((len(counted), max(counted.max(), 1)))
    back, who = (now - number).to_numpy(), counted.index.get_indexer(rows["customer_id"])
    counts = back < counted.to_numpy()[who]
    np.add.at(amounts, (who[counts], back[counts]), rows["net_sales"].to_numpy()[counts])
    return amounts


def _around_levels(amounts, counted):
    """The present level and the variation around the levels, by customer; see `xyz`.

    amounts: array, customers × months, newest first; counted: how many of them count.
    """
    place = np.arange(amounts.shape[1])
    with np.errstate(divide="ignore", invalid="ignore"):
        since = _months_of_level(amounts, counted)
        level, off = _around(amounts, place < since[:, None])
        earlier, earlier_off = _around(amounts, (place >= since[:, None]) & (place < counted[:, None]))
        adds = earlier > 0  # from a level of zero or less nothing can be measured
        relative = off / level**2 + np.where(adds, earlier_off / earlier**2, 0)
        degrees = since - 1 + np.where(adds, counted - since - 1, 0)
        return level, np.where(level > 0, np.sqrt(relative / degrees), np.nan)


def _months_of_level(amounts, counted):
    """For how many months the present level holds: since the best break, or all that count."""
    newer = np.arange(1, amounts.shape[1] + 1)
    older = counted[:, None] - newer
    sums, total = amounts.cumsum(axis=1), amounts.sum(axis=1, keepdims=True)
    # of squares around means only the part that the break explains differs between breaks
    explained = sums**2 / newer + (total - sums) ** 2 / older - total**2 / counted[:, None]
    explained = np.where((newer >= BREAK_MONTHS) & (older >= BREAK_MONTHS), explained, 0)
    _, whole = _around(amounts, newer <= counted[:, None])
    most = explained.max(axis=1)
    breaks = most > BREAK_F * (whole - most) / (counted - 2)
    return np.where(breaks, explained.argmax(axis=1) + 1, counted)


def _around(amounts, chosen):
    """The mean of the chosen months, and the sum of squares around it, by customer."""
    mean = (amounts * chosen).sum(axis=1) / chosen.sum(axis=1)
    return mean, (((amounts - mean[:, None]) * chosen) ** 2).sum(axis=1)


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
