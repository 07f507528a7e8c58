"""Three kinds of weights of the factors of a customer's profit: experts' judgements, spread of scores, later profit."""

from custlib.weights.available import CHANCE, Outcome, Spread, importance_of, kinds, of_factors, of_outcome, of_spread
from custlib.weights.comparisons import GOAL, children_of, from_table, of_indicators
from custlib.weights.concordance import Concordance, concordance
from custlib.weights.groups import by_bones, consensus, group_ahp, group_matrix, of_bones, ranks_differ, without_each
from custlib.weights.importance import (
    Importance,
    importance_intervals,
    out_of_sample_r2,
    relative_importance,
)
from custlib.weights.judgements import (
    RANDOM_INDEX,
    Judgement,
    Priorities,
    ahp,
    consistent,
    matrix,
    worst_judgement,
)
from custlib.weights.lagged import Following, following_change, scores_of
from custlib.weights.objective import critic, entropy, notes, spread_chance, spread_intervals
from custlib.weights.tree import (
    agreement,
    consistency,
    experts_agree,
    experts_of_tree,
    of_tree,
    rules_differ,
    without_experts,
)
from custlib.weights.triangulation import KINDS, among_first, heaviest, kinds_agree, mixed, together
