"""The three kinds of weight on one tree: each with its range, their mix, and how far they disagree."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from custlib.weights.concordance import Concordance, concordance
from custlib.weights.importance import Importance, around

KINDS = ("experts", "spread", "profit")
_UNKNOWN = pd.DataFrame(columns=["weight", "low", "high"], dtype="float64")


def together(
    experts: pd.DataFrame, spread: pd.DataFrame | None, outcome: Importance | None, mix: Sequence[float] = (1, 1, 1)
) -> pd.DataFrame:
    """The three kinds of weight beside each other, a row per factor in the order of `experts`.

    experts: as `of_tree` returns it; spread: as `spread_intervals` returns it, or None; outcome: `Importance` or None.
    mix: the weight of each kind; one of 0 counts for nothing that is said of all kinds.
    Columns:
    - factor, bone;
    - experts, spread, profit (the outcome's shares ÷ R²): each adds up to 1, missing if the kind does not know the
      factor; their `_low` and `_high`;
    - mixed (adds up to 1), over the kinds that know the factor; mixed_low and mixed_high, the limits mixed likewise: a
      range and no interval, because limits of experts and of resamples are other things, and all are taken to err in
      one direction;
    - disagreement: the largest distance of the factor's ranks in the kinds that count, 0 (same rank) to 1 (first in
      one, last in another), missing for a single kind;
    - first_five: see `among_first`.
    """
    counts = np.array(mix, dtype=float)
    counted = [kind for kind, part in zip(KINDS, counts, strict=True) if part > 0]
    table = experts[["factor", "bone"]].set_index("factor")
    for kind, weights in zip(KINDS, (experts, spread, None if outcome is None else _relative(outcome)), strict=True):
        columns = {"weight": kind, "low": f"{kind}_low", "high": f"{kind}_high"}
        weights = _UNKNOWN if weights is None else weights.set_index("factor")
        table = table.join(weights[list(columns)].rename(columns=columns))
    mixed, low, high = (
        _mixed(counts[None, :], table[[f"{kind}{end}" for kind in KINDS]].to_numpy("float64").T[None])[0]
        for end in ("", "_low", "_high")
    )
    whole = np.nansum(mixed) or np.nan
    table = table.assign(mixed=mixed / whole, mixed_low=low / whole, mixed_high=high / whole)
    table = table.assign(disagreement=_disagreement(table, counted))
    return table.assign(first_five=among_first(table, outcome, counted)).reset_index()


def among_first(
    table: pd.DataFrame,
    outcome: Importance | None,
    counted: Sequence[str] = KINDS,
    n: int = 5,
    draws: int = 4000,
    seed: int = 0,
) -> pd.Series:
    """In what share of all mixes each factor is among the first n: Series, adding up to n. No probability.

    table: as `together` returns it (index or column factor); outcome: `Importance` or None; counted: the kinds mixed.
    Mixes are drawn evenly (flat Dirichlet), each with a resample of the outcome; experts and spread stay as they are.
    Missing for a factor that no such kind knows.
    """
    counted = list(counted)
    if not counted:
        return pd.Series(np.nan, table.index)
    table = table.set_index("factor") if "factor" in table else table
    random = np.random.default_rng(seed)
    mixes = random.dirichlet(np.ones(len(counted)), draws)
    kinds = np.repeat(table[counted].to_numpy("float64").T[None], draws, axis=0)
    if outcome is not None and "profit" in counted:
        relative = outcome.draws.div(outcome.draws.sum(axis=1), axis=0).reindex(columns=table.index).to_numpy()
        kinds[:, counted.index("profit")] = relative[random.integers(0, len(relative), draws)]
    weight = np.nan_to_num(_mixed(mixes, kinds), nan=-1)
    place = np.argsort(np.argsort(-weight, axis=1, kind="stable"), axis=1)
    shares = pd.Series((place < n).mean(axis=0), table.index, name="among_first")
    return shares.where(table[counted].notna().any(axis=1))


def kinds_agree(table: pd.DataFrame, kinds: pd.DataFrame) -> Concordance:
    """How far the kinds that count agree on the order of the factors that they all know, beside chance.

    table: as `together` returns it; kinds: result table `weight_kinds`.
    """
    return concordance([table[list(kinds.loc[kinds["counts"] > 0, "kind"])].dropna()])


def heaviest(table: pd.DataFrame, by: str) -> pd.DataFrame:
    """The rows of a table by the column `by`, largest first, missing ones last."""
    return table.sort_values(by, ascending=False, kind="stable")


def mixed(table: pd.DataFrame, profit: str) -> pd.DataFrame:
    """The mixed weights in the form that the fishbone takes: factor, bone, zone, weight, low, high, agreement (1: same
    rank in all kinds), effect ("total_profit" or "brand_profit").

    table: result table `factor_weights`; profit: "total" or "brand".
    """
    names = {"mixed": "weight", "mixed_low": "low", "mixed_high": "high"}
    rows = table[["factor", "bone", "zone", *names]].rename(columns=names)
    return rows.assign(agreement=1 - table["disagreement"], effect=f"{profit}_profit")


def _relative(outcome):
    """The outcome's shares as weights that add up to 1, in each resample too."""
    draws, table = outcome.draws.div(outcome.draws.sum(axis=1), axis=0), outcome.table
    weight = table["share"] / table["share"].sum()
    low, high = around(draws.to_numpy().T, weight.to_numpy())
    return pd.DataFrame({"factor": table["factor"], "weight": weight, "low": low, "high": high})


def _mixed(mixes, kinds):
    """Weights mixed over the kinds that know a factor; mixes: draws × 3, kinds: draws × 3 × factors."""
    counts = mixes[:, :, None] * ~np.isnan(kinds)
    with np.errstate(invalid="ignore"):
        return (counts * np.nan_to_num(kinds)).sum(axis=1) / counts.sum(axis=1)


def _disagreement(table, counted):
    if len(counted) < 2:
        return np.nan
    ranks = table[counted].dropna().rank(ascending=False)
    return (ranks.max(axis=1) - ranks.min(axis=1)) / max(len(ranks) - 1, 1)
