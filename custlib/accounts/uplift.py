"""What a promotion sold beyond what would have been sold without it, and whether that paid."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

BEFORE = 12  # months that say what is usual
AFTER = 2  # months in which what was pulled forward is missing
ENOUGH = 10  # look-alikes at least
MOST = 10  # look-alikes: more are less alike
FEWEST = 6  # of the twelve months without a promotion
_NONE = np.array([], "int64"), np.array([])
COLUMNS = ["customer_id", "base", "sold", "base_after", "sold_after", "placebo_rank", "reason"]


@dataclass(frozen=True)
class Uplift:
    """What one promotion did, customer by customer.

    rows: `COLUMNS`; pieces in the months of the promotion (base, sold) and in the two after it. reason: why nothing is
    said of a customer (few_alike, short_before, not_over, else ""). drawn: what the customers with a reason of "" would
    have sold over these months without the promotion, resamples × customers, each for itself; jointly: the same, to be
    summed over customers. placebo_rank: that of the sum.
    """

    rows: pd.DataFrame
    drawn: np.ndarray
    jointly: np.ndarray
    placebo_rank: float


def roi(base, sold, price, discount, unit_cost, fixed_cost):
    """What a promotion earned beyond what it cost, ÷ what it cost: above 0 it paid, −1 is a promotion without effect.

    Numbers or arrays, see `gain_and_spent`. NaN where nothing was spent.
    """
    gain, spent = gain_and_spent(base, sold, price, discount, unit_cost, fixed_cost)
    return gain / np.where(spent > 0, spent, np.nan)


def gain_and_spent(base, sold, price, discount, unit_cost, fixed_cost):
    """What a promotion earned more than without it, and what it cost: the discount given and fixed_cost (yuan).

    base: pieces that would have been sold without it; sold: pieces sold in it; price: of a piece without the discount
    (0 to 1); unit_cost: of a piece. Numbers or arrays.
    """
    gain = (price * (1 - discount) - unit_cost) * sold - (price - unit_cost) * base - fixed_cost
    return gain, price * discount * sold + fixed_cost


def uplift(
    sold: pd.DataFrame,
    events: pd.DataFrame,
    alike: pd.DataFrame,
    touching: pd.DataFrame | None = None,
    resamples: int = 1000,
    seed: int = 0,
) -> Uplift:
    """What a promotion did at each of its customers, beside ten customers like each that had none.

    sold: customers × consecutive months ("2025-03"), pieces of the promoted category, NaN where not known. events: one
    promotion: customer_id, first, last (months), a row per customer. alike: customer_id, like, times (size of the one ÷
    size of the other), the most alike first. touching: all promotions of the category (customer_id "": of all).

    base: the customer's mean of the twelve months before, without those of another promotion and the two after it, ×
    the look-alikes' pieces of these months ÷ their mean of the same months before. A look-alike has no promotion in any
    of the months used. Drawn: look-alikes are redrawn, the same for all customers, and each gets the deviation of
    one of its look-alikes (× times), wider by the t distribution the fewer there are. placebo_rank: share of
    look-alikes whose deviation is as large as the effect.
    """
    held = _Held(sold, events if touching is None else touching)
    likes = held.likes(alike)
    found = [
        held.compared(each.customer_id, each.first, each.last, likes.get(each.customer_id, _NONE))
        for each in events.itertuples()
    ]
    told = [each for each in found if not each["reason"]]
    rng = np.random.default_rng(seed)
    weight = _weights(rng, resamples, len(sold)) if told else None
    usual = np.array([_redrawn(each, weight) for each in told]).reshape(-1, resamples)
    off = np.array([rng.choice(each["deviations"], resamples) for each in told]).reshape(-1, resamples)
    counts = np.array([[len(each["likes"])] for each in told]).reshape(-1, 1)
    single = _wider(rng, counts, usual.shape)
    union = len({place for each in told for place in each["likes"]})
    effect = sum(each["effect"] for each in told)
    return Uplift(
        pd.DataFrame(found).reindex(columns=COLUMNS),
        (usual + off * single).T,
        (usual + off * _wider(rng, max(union, 2), resamples)).T,
        float((off.sum(axis=0) >= effect).mean()) if told else np.nan,
    )


def _wider(rng, count, shape):
    """Normal × this is t with count − 1 degrees of freedom, as the spread of few is itself not sure."""
    return np.sqrt((count - 1) / rng.chisquare(count - 1, shape))


def _weights(rng, resamples, customers):
    """How often each customer is drawn, resamples × customers; a resample at a time, as they are many."""
    weight = np.empty((resamples, customers), "uint8")
    for row in weight:
        row[:] = rng.poisson(1, customers)
    return weight


def _redrawn(each, weight):
    """The customer's base over promotion and months after, with look-alikes redrawn; as it is where none is drawn."""
    drawn = weight[:, each["likes"]]
    before = drawn @ each["means"]
    ratio = np.divide(drawn @ each["totals"], before, out=np.full(len(drawn), np.nan), where=before > 0)
    return each["mean"] * np.where(before > 0, ratio, each["ratio"])


def _ordinal(month):
    """A month ("2025-03") as a number, successive ones one apart."""
    return 12 * int(month[:4]) + int(month[5:7])


class _Held:
    """Sold pieces as an array, and the months of each customer that a promotion touches."""

    def __init__(self, sold, events):
        self._place = {who: at for at, who in enumerate(sold.index)}
        self._start = _ordinal(sold.columns[0])
        self._sold = sold.to_numpy("float64")
        self._touched = np.zeros(self._sold.shape, bool)
        for each in events.itertuples():
            first, last = self._span(each.first, each.last)
            whose = self._place.get(each.customer_id) if each.customer_id else slice(None)
            if whose is not None:
                self._touched[whose, max(first, 0) : max(last + 1 + AFTER, 0)] = True

    def _span(self, first, last):
        return _ordinal(first) - self._start, _ordinal(last) - self._start

    def likes(self, alike):
        """Customer → its look-alikes as (places, times), those that were sold something."""
        rows = alike.assign(place=alike["like"].map(self._place).astype("float64")).dropna(subset="place")
        places, times = rows["place"].to_numpy("int64"), rows["times"].to_numpy()
        return {who: (places[own], times[own]) for who, own in rows.groupby("customer_id").indices.items()}

    def compared(self, customer, first, last, alike):
        """One customer's pieces beside those of its look-alikes (as `likes` gives them), as a dict."""
        told = {"customer_id": customer, "reason": "few_alike", "placebo_rank": np.nan}
        (begin, end), own = self._span(first, last), self._place.get(customer)
        if own is None or begin < BEFORE:
            return told | {"reason": "short_before"}
        told["sold"] = np.nansum(self._sold[own, begin : end + 1])
        if end + AFTER >= self._sold.shape[1]:
            return told | {"reason": "not_over"}
        before = [at for at in range(begin - BEFORE, begin) if not self._touched[own, at]]
        during, after = list(range(begin, end + 1)), list(range(end + 1, end + 1 + AFTER))
        used = [*before, *during, *after]
        if len(before) < FEWEST or np.isnan(self._sold[own, used]).any():
            return told | {"reason": "short_before"}
        likes, times = self._likes(alike, used)
        means = self._sold[np.ix_(likes, before)].mean(axis=1)
        if len(likes) < ENOUGH or means.sum() <= 0:
            return told
        return told | {"reason": ""} | self._beside(own, likes, times, before, during, after, means)

    def _likes(self, alike, used):
        """The first ten look-alikes without a promotion in the months used, and the customer's size ÷ theirs."""
        places, times = alike
        unfit = (self._touched[places[:, None], used] | np.isnan(self._sold[places[:, None], used])).any(axis=1)
        fit = np.flatnonzero(~unfit)[:MOST]
        return places[fit], times[fit]

    def _beside(self, own, likes, times, before, during, after, means):
        on, on_after = (self._sold[np.ix_([own, *likes], months)].sum(axis=1) for months in (during, after))
        mean, totals = self._sold[own, before].mean(), on[1:] + on_after[1:]
        ratio = totals.sum() / means.sum()
        effect = on[0] + on_after[0] - mean * ratio
        deviations = (totals - ratio * means) * np.sqrt(len(likes) / (len(likes) - 1)) * times
        return {
            "base": mean * on[1:].sum() / means.sum(),
            "sold": on[0],
            "base_after": mean * on_after[1:].sum() / means.sum(),
            "sold_after": on_after[0],
            "placebo_rank": float((deviations >= effect).mean()),
            "effect": effect,
            "mean": mean,
            "ratio": ratio,
            "likes": likes,
            "means": means,
            "totals": totals,
            "deviations": deviations,
        }
