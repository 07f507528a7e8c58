"""The weights that the data of a quarter allow, or None."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from custlib.weights.importance import Importance, importance_intervals, out_of_sample_r2
from custlib.weights.lagged import Following, following_change, scores_of
from custlib.weights.objective import critic, entropy, spread_intervals
from custlib.weights.triangulation import together

LEAST_CUSTOMERS = 10  # fewer say nothing about the spread of scores
ROWS_A_FACTOR = 10  # with fewer rows per factor R² is mostly chance


@dataclass(frozen=True)
class Outcome:
    """following: the rows used; importance: of the factors; unseen: R² on customers that the fit has not seen."""

    following: Following
    importance: Importance
    unseen: float


def of_spread(scores: pd.DataFrame, quarter: str, rule: str = "critic", seed: int = 0) -> pd.DataFrame | None:
    """`spread_intervals` of one quarter's scores by "entropy" or "critic"; None for fewer than 10 customers or equal
    scores.

    scores: quarter, customer_id, factor_id, score. Raises ValueError for another rule.
    """
    if rule not in ("entropy", "critic"):
        raise ValueError(f"the rules are entropy and critic, not “{rule}”")
    table = scores_of(scores, quarter) if (scores["quarter"] == quarter).any() else scores.head(0)
    if len(table) < LEAST_CUSTOMERS or not (table.nunique() > 1).any():
        return None
    return spread_intervals(table, {"entropy": entropy, "critic": critic}[rule], seed=seed)


def of_outcome(
    scores: pd.DataFrame, profit: pd.DataFrame, tree: pd.DataFrame, resamples: int = 1000, seed: int = 0
) -> Outcome | None:
    """The importance of factors for the following change of customers' profit; None with fewer than 10 rows per factor.

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
    importance = importance_intervals(factors, change, None, groups, customers, resamples, seed)
    return Outcome(following, importance, out_of_sample_r2(factors, change, customers, seed=seed))


def importance_of(outcome: Outcome | None) -> pd.DataFrame:
    """Result table `factor_importance`, as `importance_intervals` returns it; no rows without an outcome."""
    return outcome.importance.table if outcome else pd.DataFrame(columns=["factor", "share"])


def of_factors(
    experts: pd.DataFrame,
    spread: pd.DataFrame | None,
    outcome: Outcome | None,
    tree: pd.DataFrame,
    mix: Sequence[float] = (1, 1, 1),
) -> pd.DataFrame:
    """Result table `factor_weights`: `together` of the kinds available, and each factor's zone.

    experts: as `of_tree` returns it; spread: as `of_spread` returns it. Raises ValueError as `together` does.
    """
    table = together(experts, spread, outcome.importance if outcome else None, mix)
    return table.merge(tree[["factor", "zone"]], on="factor", validate="one_to_one")
