"""The experts' judgements over the whole fishbone: weight of the bone × weight of the factor in its bone."""

import pandas as pd

from custlib.weights.comparisons import GOAL, children_of
from custlib.weights.concordance import Concordance, concordance
from custlib.weights.groups import consensus, group_ahp, ranks_differ, without_each
from custlib.weights.judgements import ahp, consistent, worst_judgement

_COLUMNS = ["factor", "bone", "bone_weight", "in_bone", "weight", "low", "high"]


def of_tree(judgements: dict, tree: pd.DataFrame, rule: str = "judgements") -> pd.DataFrame:
    """Weights of all factors, a row per factor in the tree's order.

    judgements: as `from_table` returns them; tree: factor and bone. Columns: factor, bone, bone_weight, in_bone (weight
    within the bone), weight (their product, adding up to 1), low and high: the lowest and highest weight by any expert
    who judged all parents. A bone's only factor weighs 1 in it. A factor or a bone that nobody compared has no weight.
    Raises ValueError if factors were compared but not the bones.
    """
    if not judgements:
        pairs = [(factor, bone) for bone, factors in children_of(tree).items() if bone != GOAL for factor in factors]
        return (
            pd.DataFrame(pairs, columns=["factor", "bone"])
            .reindex(columns=_COLUMNS)
            .astype(dict.fromkeys(_COLUMNS[2:], "float64"))
        )
    group = {parent: group_ahp(tables, rule=rule).weights for parent, tables in _by_parent(judgements).items()}
    table, by_expert = _product(group, tree), experts_of_tree(judgements, tree)
    spans = (
        by_expert.groupby("factor")["weight"].agg(low="min", high="max")
        if len(by_expert)
        else pd.DataFrame(columns=["low", "high"])
    )
    return table.join(spans.astype("float64"), on="factor")


def experts_of_tree(judgements: dict, tree: pd.DataFrame) -> pd.DataFrame:
    """Each expert's own weights of all factors: expert, factor, weight.

    Only of experts who judged every parent that any expert judged.
    """
    by_parent, rows = _by_parent(judgements), []
    for expert in dict.fromkeys(name for name, _ in judgements):
        if all(expert in tables for tables in by_parent.values()):
            expert_weights = {parent: ahp(tables[expert]).weights for parent, tables in by_parent.items()}
            rows.append(_product(expert_weights, tree)[["factor", "weight"]].assign(expert=expert))
    columns = ["expert", "factor", "weight"]
    return pd.concat(rows, ignore_index=True)[columns] if rows else pd.DataFrame(columns=columns)


def consistency(judgements: dict) -> pd.DataFrame:
    """How consistent each expert is under each parent, the least consistent first.

    Columns: expert, parent, ratio (missing for two factors), limit (as `consistent` has it), approximate, to_discuss
    (ratio above the limit), and the
    judgement farthest from the expert's own weights: factor_a, factor_b, said, would_agree; missing if all agree.
    """
    rows = []
    for (expert, parent), table in judgements.items():
        priorities, worst = ahp(table), worst_judgement(table)
        ratio = priorities.consistency_ratio
        figures = {
            "ratio": ratio,
            "limit": consistent(len(table)),
            "approximate": priorities.approximate,
            "to_discuss": ratio is not None and ratio > consistent(len(table)),
        }
        rows.append({"expert": expert, "parent": parent} | figures | (worst._asdict() if worst else {}))
    names = ["expert", "parent", "ratio", "limit", "approximate", "to_discuss", "factor_a", "factor_b", "said"]
    numbers = dict.fromkeys(["ratio", "limit", "said", "would_agree"], "float64")
    table = pd.DataFrame(rows, columns=[*names, "would_agree"]).astype(numbers)
    return table.sort_values("ratio", ascending=False, kind="stable", ignore_index=True)


def agreement(judgements: dict) -> pd.DataFrame:
    """How far the experts agree under each parent: parent, experts, alpha, beta, gamma, consensus (see `consensus`)."""
    rows = []
    for parent, priorities in _priorities(judgements).items():
        rows.append({"parent": parent, "experts": priorities.shape[1]} | consensus(priorities).to_dict())
    return pd.DataFrame(rows, columns=["parent", "experts", "alpha", "beta", "gamma", "consensus"])


def experts_agree(judgements: dict) -> Concordance:
    """How far the experts agree on the order of the bones and of the factors on each bone, beside chance."""
    return concordance(list(_priorities(judgements).values()))


def rules_differ(judgements: dict) -> pd.DataFrame:
    """`ranks_differ` for all parents together, with the parent."""
    parts = [ranks_differ(tables).assign(parent=parent) for parent, tables in _by_parent(judgements).items()]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["factor", "parent"])


def without_experts(judgements: dict) -> pd.DataFrame:
    """`without_each` for all parents that two or more experts judged, together, with the parent."""
    parents = {parent: tables for parent, tables in _by_parent(judgements).items() if len(tables) > 1}
    parts = [without_each(tables).assign(parent=parent) for parent, tables in parents.items()]
    return (
        pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["expert", "factor", "change", "parent"])
    )


def _by_parent(judgements):
    by_parent = {}
    for (expert, parent), table in judgements.items():
        by_parent.setdefault(parent, {})[expert] = table
    return by_parent


def _priorities(judgements):
    """Parent → the experts' own weights, a row per factor, a column per expert."""
    return {
        parent: pd.DataFrame({expert: ahp(table).weights for expert, table in tables.items()})
        for parent, tables in _by_parent(judgements).items()
    }


def _product(weights, tree):
    """factor, bone, bone_weight, in_bone, weight, from the weights under each parent."""
    if GOAL not in weights:
        raise ValueError("nobody compared the bones")
    rows = []
    for bone, factors in children_of(tree).items():
        inside = weights.get(bone, pd.Series({factors[0]: 1.0}) if len(factors) == 1 else pd.Series(dtype=float))
        rows += [(factor, bone, weights[GOAL].get(bone), inside.get(factor)) for factor in factors if bone != GOAL]
    table = pd.DataFrame(rows, columns=["factor", "bone", "bone_weight", "in_bone"])
    product = (table["bone_weight"].astype("float64") * table["in_bone"].astype("float64")).rename("weight")
    table = table.astype({"bone_weight": "float64", "in_bone": "float64"})
    return table.assign(weight=product / product.sum())
