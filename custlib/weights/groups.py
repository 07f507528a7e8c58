"""Several experts as one: group priorities, how far the experts agree, and who carries the result."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy import special

from custlib.weights.comparisons import GOAL
from custlib.weights.judgements import Priorities, ahp

LARGEST = 9  # of Saaty's scale


def group_ahp(matrices, votes=None, rule="judgements", random_index="saaty1980"):
    """Priorities of a group of experts, as `ahp` gives them.

    matrices: expert → matrix as `ahp` takes it, or a list of matrices, all over the same factors; votes: expert → weight of the
    expert (or a list), equal if not given. rule: "judgements" makes one matrix of geometric means over those who judged the pair,
    "priorities" the arithmetic mean of the experts' own weights (Forman & Peniwati 1998); that has no matrix of its own, so its
    lambda_max is NaN and its ratio None. Raises ValueError as `ahp` does, for votes that are negative or all 0, and another rule.
    """
    experts, share = _with_votes(matrices, votes)
    if rule == "judgements":
        return ahp(_geometric(experts, share), random_index)
    if rule != "priorities":
        raise ValueError(f"the rules are judgements and priorities, not “{rule}”")
    own = [ahp(table, random_index) for table in experts.values()]
    table = pd.concat([each.weights for each in own], axis=1).to_numpy() @ share
    weights = pd.Series(table, own[0].weights.index)
    return Priorities(weights, np.nan, None, any(each.approximate for each in own), random_index)


def group_matrix(matrices, votes=None):
    """The group's judgements as one matrix over the factors: geometric means; a pair that nobody judged gets the ratio of the weights."""
    experts, share = _with_votes(matrices, votes)
    together = _geometric(experts, share)
    found = ahp(together).weights
    ratios = pd.DataFrame(found.to_numpy()[:, None] / found.to_numpy(), found.index, found.index)
    return together.fillna(ratios)


def of_bones(judgements: dict) -> pd.DataFrame:
    """The group's judgements of the bones as one matrix, as `group_matrix` gives it; empty where nobody compared them.

    judgements: as `from_table` gives them.
    """
    matrices = {expert: table for (expert, parent), table in judgements.items() if parent == GOAL}
    return group_matrix(matrices) if matrices else pd.DataFrame()


def by_bones(table: pd.DataFrame, matrix: pd.DataFrame) -> pd.DataFrame:
    """The factors with each bone as heavy as by these judgements of the bones, each keeping its share of its bone.

    table: as `mixed` gives it; matrix: as `of_bones` gives it. No row where the bones were not compared or a factor has no weight.
    """
    if matrix.empty or table["weight"].isna().any():
        return table.head(0)
    times = table["bone"].map(ahp(matrix).weights) / table.groupby("bone")["weight"].transform("sum")
    return table.assign(**{name: table[name] * times for name in ("weight", "low", "high")})


def ranks_differ(matrices, votes=None):
    """The factors that the two rules of `group_ahp` rank differently; no row where the rules agree.

    Columns: factor, by_judgements, by_priorities (weights), rank_by_judgements, rank_by_priorities (from 1, the heaviest).
    """
    rules = ("judgements", "priorities")
    table = pd.DataFrame({f"by_{rule}": group_ahp(matrices, votes, rule).weights for rule in rules})
    ranks = table.round(9).rank(ascending=False, method="min").astype("int64").add_prefix("rank_")
    differ = ranks["rank_by_judgements"] != ranks["rank_by_priorities"]
    return table.join(ranks)[differ].rename_axis("factor").reset_index()


def consensus(priorities):
    """How far experts agree on weights, by Shannon's diversity (Goepel 2013, as revised in AHP-OS).

    priorities: DataFrame, a row per factor, a column per expert, each adding up to 1. Returns a Series: alpha (how many factors one
    expert's weight is spread over, on average), gamma (over how many the mean weight is), beta = gamma ÷ alpha (1: all weigh alike;
    at most the number of experts), and consensus, 0 to 1: (1/beta − least) ÷ (1 − least), where least is what experts reach who each
    prefer another factor as strongly as the scale allows, 9 to 1. 1 where there is only one factor.
    """
    factors = len(priorities)
    alpha = np.exp(special.entr(priorities).sum().mean())
    gamma = np.exp(special.entr(priorities.mean(axis=1)).sum())
    single = np.array([LARGEST, *[1] * (factors - 1)]) / (LARGEST + factors - 1)
    least = np.exp(special.entr(single).sum()) / factors
    agreed = np.clip((alpha / gamma - least) / (1 - least), 0, 1) if factors > 1 else 1.0
    return pd.Series({"alpha": alpha, "beta": gamma / alpha, "gamma": gamma, "consensus": float(agreed)})


def without_each(matrices, rule="judgements"):
    """What the group's weights would be without each expert in turn.

    matrices: expert → matrix, at least two. Returns expert, factor, weight (of all), without, change = without − weight.
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
