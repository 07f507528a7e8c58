"""What experts say, how far scores spread and what profit followed, on one tree: each with its interval, mixed, and how far apart."""

import numpy as np
import pandas as pd
from scipy import stats

KINDS = ("experts", "spread", "profit")
_UNKNOWN = pd.DataFrame(columns=["weight", "low", "high"], dtype="float64")


def together(experts, spread, outcome, mix=(1, 1, 1)):
    """The three kinds of weight beside each other, a row per factor in the order of `experts`.

    experts: as `of_tree` gives it; spread: as `spread_intervals` gives it; outcome: `Importance`; None for the last two where there
    is none. mix: how much each kind counts.
    Columns: factor, bone; experts, spread, profit (from `outcome`), each adding up to 1 (the outcome's shares divided by R²) and missing where a kind
    knows nothing of a factor; their `_low` and `_high`; mixed (adds up to 1; of the kinds that know the factor), mixed_low and mixed_high (the limits
    mixed alike, as if all kinds erred to one side: the interval is too wide rather than too narrow); disagreement: the
    largest distance of its ranks in the three kinds, 0 (same rank) to 1 (first in one, last in another); first_five: see
    `among_first`. Raises ValueError for a mix that is negative or all 0.
    """
    mix = np.array(mix, dtype=float)
    if mix.shape != (3,) or not (mix >= 0).all() or not mix.sum() > 0:
        raise ValueError("the mix needs three numbers of zero or more, one of them above zero")
    table = experts[["factor", "bone"]].set_index("factor")
    for kind, found in zip(KINDS, (experts, spread, None if outcome is None else _relative(outcome)), strict=True):
        columns = {"weight": kind, "low": f"{kind}_low", "high": f"{kind}_high"}
        found = _UNKNOWN if found is None else found.set_index("factor")
        table = table.join(found[list(columns)].rename(columns=columns))
    mixed, low, high = (
        _mixed(mix[None, :], table[[f"{kind}{end}" for kind in KINDS]].to_numpy("float64").T[None])[0]
        for end in ("", "_low", "_high")
    )
    whole = np.nansum(mixed) or np.nan
    table = table.assign(mixed=mixed / whole, mixed_low=low / whole, mixed_high=high / whole)
    table = table.assign(disagreement=_disagreement(table))
    return table.assign(first_five=among_first(table, outcome)).reset_index()


def among_first(table, outcome, n=5, draws=4000, seed=0):
    """How likely each factor is among the first n whatever the mix: Series of probabilities, adding up to n.

    table: as `together` gives it (index or column factor); outcome: `Importance`. Mixes are drawn evenly from all there are (flat
    Dirichlet), and with each mix a resample of the outcome; what experts and spread say stays as it is. outcome: `Importance` or None.
    Missing for a factor of which no kind knows anything.
    """
    table = table.set_index("factor") if "factor" in table else table
    random = np.random.default_rng(seed)
    mixes = random.dirichlet(np.ones(3), draws)
    kinds = np.repeat(table[list(KINDS)].to_numpy("float64").T[None], draws, axis=0)
    if outcome is not None:
        relative = outcome.draws.div(outcome.draws.sum(axis=1), axis=0).reindex(columns=table.index).to_numpy()
        kinds[:, 2] = relative[random.integers(0, len(relative), draws)]
    weight = np.nan_to_num(_mixed(mixes, kinds), nan=-1)
    place = np.argsort(np.argsort(-weight, axis=1, kind="stable"), axis=1)
    found = pd.Series((place < n).mean(axis=0), table.index, name="among_first")
    return found.where(table[list(KINDS)].notna().any(axis=1))


def kendall_w(table):
    """Agreement of the three kinds on the order of the factors they all know: 1 same order, 0 none (Kendall's W, ties corrected); NaN
    where they know fewer than three together. table: as `together` gives it.
    """
    known = table[list(KINDS)].dropna().to_numpy()
    things, judges = known.shape
    if things < 3:
        return float("nan")
    return float(stats.friedmanchisquare(*known).statistic / (judges * (things - 1)))


def heaviest(table: pd.DataFrame, by: str) -> pd.DataFrame:
    """The factors of a table, the one with the largest number in the column `by` first; those that have none last."""
    return table.sort_values(by, ascending=False, kind="stable")


def mixed(table: pd.DataFrame) -> pd.DataFrame:
    """The mixed weights as the fishbone takes them: factor, bone, zone, weight, low, high, and agreement (1: same rank in the three
    kinds). table: result table `factor_weights`."""
    names = {"mixed": "weight", "mixed_low": "low", "mixed_high": "high"}
    shown = table[["factor", "bone", "zone", *names]].rename(columns=names)
    return shown.assign(agreement=1 - table["disagreement"])


def _relative(outcome):
    """The outcome's shares as weights that add up to 1, in each resample too."""
    draws = outcome.draws.div(outcome.draws.sum(axis=1), axis=0)
    low, high = draws.quantile(0.025), draws.quantile(0.975)
    table = outcome.table
    weight = table["share"] / table["share"].sum()
    return pd.DataFrame({"factor": table["factor"], "weight": weight, "low": low.to_numpy(), "high": high.to_numpy()})


def _mixed(mixes, kinds):
    """Weights mixed over the kinds that know a factor; mixes: draws × 3, kinds: draws × 3 × factors."""
    counts = mixes[:, :, None] * ~np.isnan(kinds)
    with np.errstate(invalid="ignore"):
        return (counts * np.nan_to_num(kinds)).sum(axis=1) / counts.sum(axis=1)


def _disagreement(table):
    ranks = table[list(KINDS)].dropna().rank(ascending=False)
    return (ranks.max(axis=1) - ranks.min(axis=1)) / max(len(ranks) - 1, 1)
