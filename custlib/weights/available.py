"""The weights that the data of a quarter allow, or None, and which of them count."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from custlib.weights.importance import Importance, importance_intervals, out_of_sample_r2
from custlib.weights.lagged import Following, following_change, scores_of
from custlib.weights.objective import critic, entropy, spread_chance, spread_intervals
from custlib.weights.triangulation import KINDS, together

LEAST_CUSTOMERS = 10  # fewer say nothing about the spread of scores
ROWS_A_FACTOR = 10  # with fewer rows per factor R² is mostly chance
CHANCE = 0.05  # what comes about by chance more often is taken for chance


@dataclass(frozen=True)
class Spread:
    """weights: as `spread_intervals` returns them; chance: how often they lie as far apart by chance."""

    weights: pd.DataFrame
    chance: float

    @property
    def counts(self) -> bool:
        """Whether the order of the factors is more than chance."""
        return self.chance <= CHANCE


@dataclass(frozen=True)
class Outcome:
    """following: the rows used; importance: of the factors; unseen: R² on customers that the fit has not seen."""

    following: Following
    importance: Importance
    unseen: float

    @property
    def counts(self) -> bool:
        """Whether the factors explain anything: on unseen customers, and more than as many factors of noise."""
        return self.unseen > 0 and self.importance.low > 0


def of_spread(scores: pd.DataFrame, quarter: str, rule: str = "critic", seed: int = 0) -> Spread | None:
    """Weights of spread of one quarter's scores by "entropy" or "critic"; None for fewer than 10 customers or equal
    scores.

    scores: quarter, customer_id, factor_id, score. Raises ValueError for another rule.
    """
    if rule not in ("entropy", "critic"):
        raise ValueError(f"the rules are entropy and critic, not “{rule}”")
    table = scores_of(scores, quarter) if (scores["quarter"] == quarter).any() else scores.head(0)
    if len(table) < LEAST_CUSTOMERS or not (table.nunique() > 1).any():
        return None
    weigh = {"entropy": entropy, "critic": critic}[rule]
    return Spread(spread_intervals(table, weigh, seed=seed), spread_chance(table, weigh, seed=seed))


def of_outcome(
    scores: pd.DataFrame, profit: pd.DataFrame, tree: pd.DataFrame, resamples: int = 1000, seed: int = 0
) -> Outcome | None:
    """The importance of factors for the following change of customers' profit; None with fewer than 10 rows per factor
    or 10 customers, or if all profits changed alike.

    scores: quarter, customer_id, factor_id, score; profit: quarter, customer_id, value. Factors on no bone are left
    out.
    """
    groups = tree.dropna(subset="bone").set_index("factor")["bone"]
    scores = scores[scores["factor_id"].isin(groups.index)]
    if scores.empty or profit.empty:
        return None
    following = following_change(scores, profit)
    factors, change = following.factors, following.change
    if len(factors) < ROWS_A_FACTOR * factors.shape[1]:
        return None
    customers = factors.index.get_level_values("customer_id")
    if customers.nunique() < LEAST_CUSTOMERS or not np.ptp(change) > 1e-9:
        return None
    importance = importance_intervals(factors, change, None, groups, customers, resamples, seed)
    return Outcome(following, importance, out_of_sample_r2(factors, change, customers, seed=seed))


def importance_of(outcome: Outcome | None, profit: str) -> pd.DataFrame:
    """Result table `factor_importance`, as `importance_intervals` returns it; no rows without an outcome.

    profit: "total" or "brand", the profit meant, which stands in the column `outcome` as `total_profit`.
    """
    table = outcome.importance.table if outcome else pd.DataFrame(columns=["factor", "share"])
    return table.assign(outcome=f"{profit}_profit")


def kinds(
    experts: pd.DataFrame, spread: Spread | None, outcome: Outcome | None, mix: Sequence[float] = (1, 1, 1)
) -> pd.DataFrame:
    """Result table `weight_kinds`: how much each kind of weight counts, and why; a row for each of `KINDS`.

    experts: as `of_tree` returns it; mix: the weight asked for each kind. Columns: kind; asked (its part of the mix);
    reason; counts (its part of the mix of those that count, 0 for all if none does).
    reason: "counts", "not_asked" (a mix of 0), "no_data", "ranks_are_chance" (spread that lies no further apart than
    chance), "explains_nothing" (profit, see `Outcome.counts`). The experts' weights count whether they agree or not.
    Raises ValueError if a part of the mix is negative or all are 0.
    """
    asked = np.array(mix, dtype=float)
    if asked.shape != (len(KINDS),) or not (asked >= 0).all() or not asked.sum() > 0:
        raise ValueError("the mix needs three numbers of zero or more, one of them above zero")
    fails = {"spread": "ranks_are_chance", "profit": "explains_nothing"}
    reasons = {"experts": "counts" if experts["weight"].notna().any() else "no_data"}
    for kind, found in (("spread", spread), ("profit", outcome)):
        reasons[kind] = "no_data" if found is None else "counts" if found.counts else fails[kind]
    table = pd.DataFrame({"kind": KINDS, "asked": asked / asked.sum(), "reason": [reasons[kind] for kind in KINDS]})
    table["reason"] = table["reason"].mask(asked == 0, "not_asked")
    counts = table["asked"].where(table["reason"] == "counts", 0.0)
    return table.assign(counts=counts / (counts.sum() or 1))


def of_factors(
    experts: pd.DataFrame, spread: Spread | None, outcome: Outcome | None, tree: pd.DataFrame, kinds: pd.DataFrame
) -> pd.DataFrame:
    """Result table `factor_weights`: `together` of the kinds available, and each factor's zone.

    experts: as `of_tree` returns it; kinds: as `kinds` returns it.
    """
    spread_weights = None if spread is None else spread.weights
    importance = None if outcome is None else outcome.importance
    table = together(experts, spread_weights, importance, tuple(kinds["counts"]))
    return table.merge(tree[["factor", "zone"]], on="factor", validate="one_to_one")
