"""Three kinds of weight of the factors that a customer's profit hangs on: what experts say, how far scores spread, what profit followed."""

from custlib.weights.comparisons import GOAL, children_of, from_table, of_indicators
from custlib.weights.groups import consensus, group_ahp, ranks_differ, without_each
from custlib.weights.judgements import (
    CONSISTENT,
    RANDOM_INDEX,
    Judgement,
    Priorities,
    ahp,
    matrix,
    worst_judgement,
)
from custlib.weights.objective import critic, entropy, notes, spread_intervals
from custlib.weights.tree import agreement, consistency, experts_of_tree, of_tree

__all__ = [
    "CONSISTENT",
    "GOAL",
    "RANDOM_INDEX",
    "Judgement",
    "Priorities",
    "agreement",
    "ahp",
    "children_of",
    "consensus",
    "consistency",
    "critic",
    "entropy",
    "experts_of_tree",
    "from_table",
    "group_ahp",
    "matrix",
    "notes",
    "of_indicators",
    "of_tree",
    "ranks_differ",
    "spread_intervals",
    "without_each",
    "worst_judgement",
]
