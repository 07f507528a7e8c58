"""The weights that the data of a quarter allow: of what was scored and of what profit followed, or none."""

from dataclasses import dataclass

import pandas as pd

from custlib.weights.importance import Importance, importance_intervals, out_of_sample_r2
from custlib.weights.lagged import Following, following_change, scores_of
from custlib.weights.objective import critic, entropy, spread_intervals
from custlib.weights.triangulation import together

LEAST_CUSTOMERS = 10  # fewer say nothing of how far scores spread
ROWS_A_FACTOR = 10  # fewer rows a factor, and R² is mostly chance


@dataclass(frozen=True)
class Outcome:
    """following: the rows; importance: what goes with them; unseen: R² on customers that the fit has not seen."""

    following: Following
    importance: Importance
    unseen: float


def of_spread(scores, quarter, rule="critic", seed=0):
    """`spread_intervals` of one quarter's scores by "entropy" or "critic"; None where fewer than 10 customers are scored, or alike.

    scores: quarter, customer_id, factor_id, score. Raises ValueError for another rule.
    """
    if rule not in ("entropy", "critic"):
        raise ValueError(f"the rules are entropy and critic, not “{rule}”")
    table = scores_of(scores, quarter) if (scores["quarter"] == quarter).any() else scores.head(0)
    if len(table) < LEAST_CUSTOMERS or not (table.nunique() > 1).any():
        return None
    return spread_intervals(table, {"entropy": entropy, "critic": critic}[rule], seed=seed)


def of_outcome(scores, profit, tree, resamples=1000, seed=0):
    """What goes with the customers' following change of profit: `Outcome`; None where there are fewer than 10 rows a factor.

    scores: quarter, customer_id, factor_id, score; profit: quarter, customer_id, value. Factors that are on no bone of the tree
    are left out.
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
    found = importance_intervals(factors, change, None, groups, customers, resamples, seed)
    return Outcome(following, found, out_of_sample_r2(factors, change, customers, seed=seed))


def importance_of(outcome: Outcome | None) -> pd.DataFrame:
    """The result table `factor_importance`: as `importance_intervals` gives it, without a row where there is no outcome."""
    return outcome.importance.table if outcome else pd.DataFrame(columns=["factor", "share"])


def of_factors(
    experts: pd.DataFrame, spread, outcome: Outcome | None, tree: pd.DataFrame, mix=(1, 1, 1)
) -> pd.DataFrame:
    """The result table `factor_weights`: `together` of the kinds that there are, and each factor's zone.

    experts: as `of_tree` gives it; spread: as `of_spread` gives it. Raises ValueError as `together` does.
    """
    table = together(experts, spread, outcome.importance if outcome else None, mix)
    return table.merge(tree[["factor", "zone"]], on="factor", validate="one_to_one")
