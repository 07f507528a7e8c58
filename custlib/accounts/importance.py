"""The map of importance and performance (Martilla & James 1977): which needs to concentrate on, over all customers."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

QUADRANTS = ("concentrate", "keep_up", "low_priority", "overkill")
UNDECIDED = "undecided"
SAID = 0.8  # of the resamples, for a quadrant to be said
LEAST = 5  # customers: fewer say nothing about the next one
SCALES = (3.0, 5.5)  # middles of importance (1 to 5) and actual (1 to 10)
_SAME = 1e-9


@dataclass(frozen=True)
class NeedsMap:
    """Needs by importance and performance, over customers.

    needs: index need: customers; importance_mean, actual_mean, gap_mean, each also _low and _high (95 %; missing of
    fewer than five customers). quadrants: Series need → one of `QUADRANTS`, or `undecided` where none holds in 80 % of
    the resamples. probability: DataFrame need × quadrant, the share of resamples; missing of fewer than five.
    """

    needs: pd.DataFrame
    quadrants: pd.Series
    probability: pd.DataFrame


def importance_performance(needs: pd.DataFrame, resamples: int = 1000, crosshair: str = "data") -> NeedsMap:
    """The map of `needs`, as `gaps` gives them: customer_id, need, importance, actual, gap, one interview a customer.

    Customers are redrawn. crosshair: "data", at the means over needs, drawn anew each time, which asks what is more
    important and worse than the other needs; "scale", at the middles of the scales, 3 and 5.5. A need on the cross-hair
    counts half on either side. Raises ValueError for another cross-hair.
    """
    if crosshair not in ("data", "scale"):
        raise ValueError(f"the cross-hairs are data and scale, not “{crosshair}”")
    wide, drawn = _drawn(needs, resamples)
    return _map(wide, drawn, crosshair)


def _drawn(needs, resamples):
    """Each of `_MEANS` as customers × needs, and its means in each resample."""
    wide = {name: needs.pivot(index="customer_id", columns="need", values=name) for name in _MEANS}
    rng, count = np.random.default_rng(0), len(wide["actual"])
    parts = []
    for at in range(0, resamples, _AT_ONCE):
        some = min(_AT_ONCE, resamples - at)
        times = rng.multinomial(count, np.full(count, 1 / count), some) if count else np.zeros((some, 0))
        parts.append([_means(values, times.astype("float64")) for values in wide.values()])
    return wide, dict(zip(wide, map(np.concatenate, zip(*parts, strict=True)), strict=True))


def _map(wide, drawn, crosshair):
    customers = wide["actual"].notna().sum()
    table = pd.DataFrame({"customers": customers})
    for name, means in drawn.items():
        table[f"{name}_mean"] = wide[name].mean()
        low, high = _quantiles(means)
        table[f"{name}_low"], table[f"{name}_high"] = low, high
    few = customers < LEAST
    table.loc[few, [name for name in table if name.endswith(("_low", "_high"))]] = np.nan
    important, good = (
        _above(drawn[name], scale if crosshair == "scale" else None)
        for name, scale in zip(("importance", "actual"), SCALES, strict=True)
    )
    parts = [important * (1 - good), important * good, (1 - important) * (1 - good), (1 - important) * good]
    shares = np.array([_mean(part) for part in parts]).T.reshape(-1, len(QUADRANTS))
    probability = pd.DataFrame(shares, customers.index, list(QUADRANTS)).mask(few)
    said = (probability >= SAID - _SAME).any(axis=1)
    quadrants = probability.fillna(0.0).idxmax(axis=1).where(said, UNDECIDED) if len(probability) else few.astype("str")
    return NeedsMap(table, quadrants.rename("quadrant"), probability)


_MEANS = ("importance", "actual", "gap")
_AT_ONCE = 50  # resamples held at a time: each is as long as there are customers


def spread_importance(needs: pd.DataFrame) -> pd.Series:
    """The percent rank of each importance within its interview (0 to 1): (mean rank − ½) ÷ number of needs. It undoes
    the ceiling where everything is important (Abalo 2007). needs: customer_id, importance, one interview a customer."""
    by = needs.groupby("customer_id")["importance"]
    return ((by.rank() - 0.5) / by.transform("count")).rename("importance")


def needs_ranked(needs: pd.DataFrame, resamples: int = 1000) -> pd.Series:
    """Need → its quadrant where each importance is taken by its rank, see `spread_importance`. needs: as for
    `importance_performance`."""
    return importance_performance(needs.assign(importance=spread_importance(needs)), resamples).quadrants


def needs_map(needs: pd.DataFrame, outcome=None, resamples: int = 1000) -> pd.DataFrame:
    """The result table of that name, a row per need, the one to concentrate on first: the map with the cross-hair of
    the data and, as quadrant_scale, that of the scales.

    needs: as for `importance_performance`; outcome: `weights.of_outcome` of the actuals, or None. derived_importance,
    derived_low, derived_high: the share of the differences in the following change of brand profit that goes with each
    actual; missing where it explains nothing of customers that the fit has not seen.
    """
    wide, drawn = _drawn(needs, resamples)
    own, scale = (_map(wide, drawn, crosshair) for crosshair in ("data", "scale"))
    rows = own.needs.join(own.probability.add_prefix("prob_"))
    rows = rows.reindex(columns=[*rows, "derived_importance", "derived_low", "derived_high"])
    if outcome is not None and outcome.unseen > 0:
        found = outcome.importance.table.set_index("factor").reindex(rows.index)
        rows[["derived_importance", "derived_low", "derived_high"]] = found[["share", "low", "high"]]
    rows = rows.assign(quadrant=own.quadrants, quadrant_scale=scale.quadrants)
    first = [*rows.columns[1:]]
    rows = rows.sort_values(["prob_concentrate", "gap_mean"], ascending=False, kind="stable").rename_axis("need")
    return rows.reset_index()[["need", "customers", *first]]


def _means(values, times):
    """Means of each need in each resample (resamples × needs); missing where no customer told of it."""
    known = values.notna().to_numpy(dtype="float64")
    told = times @ known
    return np.divide(
        times @ np.nan_to_num(values.to_numpy(dtype="float64")), told, np.full(told.shape, np.nan), where=told > 0
    )


def _above(means, line):
    """Whether each mean lies above the line, or without one above the mean over needs of its resample: 1, 0, or ½."""
    if line is None:
        line = (np.nansum(means, axis=1) / np.maximum(np.isfinite(means).sum(axis=1), 1))[:, None]
    apart = means - line
    return np.where(np.abs(apart) <= _SAME, 0.5, (apart > 0).astype("float64")) + 0 * means


def _mean(values):
    """Column means, missing left out; missing for a column without any."""
    known = np.isfinite(values)
    return np.divide(
        np.nansum(values, axis=0), known.sum(axis=0), np.full(values.shape[1], np.nan), where=known.any(axis=0)
    )


def _quantiles(means):
    held = np.isfinite(means).any(axis=0)
    found = np.full((2, means.shape[1]), np.nan)
    if held.any():
        found[:, held] = np.nanquantile(means[:, held], (0.025, 0.975), axis=0)
    return found
