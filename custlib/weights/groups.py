"""Several experts as one: the group's priorities, how far the experts agree, and whose judgements matter most."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import scipy

from custlib.weights.comparisons import GOAL
from custlib.weights.judgements import Priorities, ahp

LARGEST = 9  # of Saaty's scale


def group_ahp(
    matrices: Mapping | Sequence[pd.DataFrame],
    votes: Mapping | Sequence[float] | None = None,
    rule: str = "judgements",
    random_index: str = "saaty1980",
) -> Priorities:
    """Priorities of a group of experts, as `ahp` returns them.

    matrices: expert → matrix as for `ahp`, or a list of matrices, all over the same factors; votes: expert → weight of
    the expert (or a list), by default equal.
    rule: "judgements" makes one matrix of geometric means over those who judged the pair; "priorities" takes the
    arithmetic mean of the experts' own weights (Forman & Peniwati 1998), which has no matrix, so lambda_max is NaN and
    the ratio None.
    Raises ValueError as `ahp` does, for votes that are negative or all 0, and for another rule.
    """
    experts, share = _with_votes(matrices, votes)
    if rule == "judgements":
        return ahp(_geometric(experts, share), random_index)
    if rule != "priorities":
        raise ValueError(f"the rules are judgements and priorities, not “{rule}”")
    priorities = [ahp(table, random_index) for table in experts.values()]
    table = pd.concat([each.weights for each in priorities], axis=1).to_numpy() @ share
    weights = pd.Series(table, priorities[0].weights.index)
    return Priorities(weights, np.nan, None, any(each.approximate for each in priorities), random_index)


def group_matrix(
    matrices: Mapping | Sequence[pd.DataFrame], votes: Mapping | Sequence[float] | None = None
) -> pd.DataFrame:
    """The group's judgements as one matrix: geometric means, or ratios of the weights for pairs that nobody judged."""
    experts, share = _with_votes(matrices, votes)
    mean = _geometric(experts, share)
    weights = ahp(mean).weights
    ratios = pd.DataFrame(weights.to_numpy()[:, None] / weights.to_numpy(), weights.index, weights.index)
    return mean.fillna(ratios)


def of_bones(judgements: dict) -> pd.DataFrame:
    """The group's judgements of the bones as one matrix, as `group_matrix` returns it; empty if nobody compared them.

    judgements: as `from_table` returns them.
    """
    matrices = {expert: table for (expert, parent), table in judgements.items() if parent == GOAL}
    return group_matrix(matrices) if matrices else pd.DataFrame()


def by_bones(table: pd.DataFrame, matrix: pd.DataFrame) -> pd.DataFrame:
    """The factors' weights if bones weigh as in `matrix` and each factor keeps its share of its bone.

    table: as `mixed` returns it; matrix: as `of_bones` returns it. No row if the bones were not compared or a factor
    has no weight.
    """
    if matrix.empty or table["weight"].isna().any():
        return table.head(0)
    times = table["bone"].map(ahp(matrix).weights) / table.groupby("bone")["weight"].transform("sum")
    return table.assign(**{name: table[name] * times for name in ("weight", "low", "high")})


def ranks_differ(
    matrices: Mapping | Sequence[pd.DataFrame], votes: Mapping | Sequence[float] | None = None
) -> pd.DataFrame:
    """The factors that the two rules of `group_ahp` rank differently.

    Columns: factor, by_judgements, by_priorities (weights), rank_by_judgements, rank_by_priorities (1 is the heaviest).
    """
    rules = ("judgements", "priorities")
    table = pd.DataFrame({f"by_{rule}": group_ahp(matrices, votes, rule).weights for rule in rules})
    ranks = table.round(9).rank(ascending=False, method="min").astype("int64").add_prefix("rank_")
    differ = ranks["rank_by_judgements"] != ranks["rank_by_priorities"]
    return table.join(ranks)[differ].rename_axis("factor").reset_index()


def consensus(priorities: pd.DataFrame) -> pd.Series:
    """How far experts agree on weights, by Shannon's diversity (Goepel 2013, as revised in AHP-OS).

    priorities: DataFrame, a row per factor, a column per expert, each adding up to 1. Returns a Series: alpha (over how
    many factors one expert's weight is spread, on average), gamma (over how many the mean weight is), beta = gamma ÷
    alpha (1: all weigh alike; at most the number of experts), and consensus, 0 to 1: (1/beta − least) ÷ (1 − least).
    `least` is the value of experts who each prefer another factor as strongly as the scale allows, 9 to 1. Consensus is
    1 for a single factor.
    """
    factors = len(priorities)
    alpha = np.exp(scipy.special.entr(priorities).sum().mean())
    gamma = np.exp(scipy.special.entr(priorities.mean(axis=1)).sum())
    single = np.array([LARGEST, *[1] * (factors - 1)]) / (LARGEST + factors - 1)
    least = np.exp(scipy.special.entr(single).sum()) / factors
    agreed = np.clip((alpha / gamma - least) / (1 - least), 0, 1) if factors > 1 else 1.0
    return pd.Series({"alpha": alpha, "beta": gamma / alpha, "gamma": gamma, "consensus": float(agreed)})


def without_each(matrices: Mapping[str, pd.DataFrame], rule: str = "judgements") -> pd.DataFrame:
    """The group's weights without each expert in turn.

    matrices: expert → matrix, at least two. Columns: expert, factor, weight (of all), without, change = without −
    weight.
    """
    everyone, rows = group_ahp(matrices, rule=rule).weights, []
    for expert in matrices:
        others = {name: table for name, table in matrices.items() if name != expert}
        without = group_ahp(others, rule=rule).weights
        rows.append(pd.DataFrame({"expert": expert, "weight": everyone, "without": without}))
    table = pd.concat(rows).rename_axis("factor").reset_index()
    return table.assign(change=table["without"] - table["weight"])[["expert", "factor", "weight", "without", "change"]]


def _with_votes(matrices, votes):
    experts = dict(matrices) if isinstance(matrices, Mapping) else dict(enumerate(matrices))
    if not experts:
        raise ValueError("a group needs an expert")
    if isinstance(votes, Mapping):
        votes = [votes[name] for name in experts]
    share = np.ones(len(experts)) if votes is None else np.array(votes, dtype=float)
    if len(share) != len(experts) or not (share >= 0).all() or not share.sum() > 0:
        raise ValueError("each expert needs a vote of zero or more, and someone a vote above zero")
    return experts, share / share.sum()


def _geometric(experts, share):
    names = list(next(iter(experts.values())).index)
    for table in experts.values():
        ahp(table)  # each expert's own judgements must be in order
    logs = np.log([table.loc[names, names].to_numpy(dtype=float) for table in experts.values()])
    votes = np.where(np.isnan(logs), 0, share[:, None, None])
    with np.errstate(invalid="ignore"):
        mean = (votes * np.nan_to_num(logs)).sum(axis=0) / votes.sum(axis=0)
    return pd.DataFrame(np.exp(mean), names, names)
