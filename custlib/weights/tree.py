"""The experts' judgements over the whole fishbone: weight of the bone × weight of the factor in its bone."""

import pandas as pd

from custlib.weights.comparisons import GOAL, children_of
from custlib.weights.groups import consensus, group_ahp, ranks_differ, without_each
from custlib.weights.judgements import CONSISTENT, ahp, worst_judgement

_COLUMNS = ["factor", "bone", "bone_weight", "in_bone", "weight", "low", "high"]


def of_tree(judgements, tree, rule="judgements"):
    """Weights over all factors, a row per factor in the tree's order.

    judgements: as `from_table` gives them; tree: factor and bone. Columns: factor, bone, bone_weight, in_bone (weight within the
    bone), weight (their product, adding up to 1), low and high: the lowest and the highest weight that any of the experts gives who
    judged all parents. A bone's only factor weighs 1 in it. A factor or a bone that nobody compared has no weight.
    Raises ValueError where factors were compared but not the bones.
    """
    if not judgements:
        own = [(factor, bone) for bone, factors in children_of(tree).items() if bone != GOAL for factor in factors]
        return (
            pd.DataFrame(own, columns=["factor", "bone"])
            .reindex(columns=_COLUMNS)
            .astype(dict.fromkeys(_COLUMNS[2:], "float64"))
        )
    group = {parent: group_ahp(tables, rule=rule).weights for parent, tables in _by_parent(judgements).items()}
    table, own = _product(group, tree), experts_of_tree(judgements, tree)
    spans = (
        own.groupby("factor")["weight"].agg(low="min", high="max")
        if len(own)
        else pd.DataFrame(columns=["low", "high"])
    )
    return table.join(spans.astype("float64"), on="factor")


def experts_of_tree(judgements, tree):
    """Each expert's own weights over all factors: expert, factor, weight; of the experts who judged every parent that anyone did."""
    by_parent, rows = _by_parent(judgements), []
    for expert in dict.fromkeys(name for name, _ in judgements):
        if all(expert in tables for tables in by_parent.values()):
            own = {parent: ahp(tables[expert]).weights for parent, tables in by_parent.items()}
            rows.append(_product(own, tree)[["factor", "weight"]].assign(expert=expert))
    columns = ["expert", "factor", "weight"]
    return pd.concat(rows, ignore_index=True)[columns] if rows else pd.DataFrame(columns=columns)


def consistency(judgements):
    """How consistent each expert is under each parent, the least consistent first.

    Columns: expert, parent, ratio (missing for two factors), approximate, to_discuss (ratio above 0.10), and the judgement farthest
    from the expert's own weights: factor_a, factor_b, said, would_agree; missing where all agree.
    """
    rows = []
    for (expert, parent), table in judgements.items():
        found, worst = ahp(table), worst_judgement(table)
        ratio = found.consistency_ratio
        told = {
            "ratio": ratio,
            "approximate": found.approximate,
            "to_discuss": ratio is not None and ratio > CONSISTENT,
        }
        rows.append({"expert": expert, "parent": parent} | told | (worst._asdict() if worst else {}))
    names = ["expert", "parent", "ratio", "approximate", "to_discuss", "factor_a", "factor_b", "said", "would_agree"]
    table = pd.DataFrame(rows, columns=names).astype({"ratio": "float64", "said": "float64", "would_agree": "float64"})
    return table.sort_values("ratio", ascending=False, kind="stable", ignore_index=True)


def agreement(judgements):
    """How far the experts agree under each parent: parent, experts, alpha, beta, gamma, consensus (see `consensus`)."""
    rows = []
    for parent, tables in _by_parent(judgements).items():
        own = pd.DataFrame({expert: ahp(table).weights for expert, table in tables.items()})
        rows.append({"parent": parent, "experts": len(tables)} | consensus(own).to_dict())
    return pd.DataFrame(rows, columns=["parent", "experts", "alpha", "beta", "gamma", "consensus"])


def rules_differ(judgements):
    """`ranks_differ` under each parent together, with its parent."""
    found = [ranks_differ(tables).assign(parent=parent) for parent, tables in _by_parent(judgements).items()]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=["factor", "parent"])


def without_experts(judgements):
    """`without_each` under each parent that two experts or more judged, together, with its parent."""
    parents = {parent: tables for parent, tables in _by_parent(judgements).items() if len(tables) > 1}
    found = [without_each(tables).assign(parent=parent) for parent, tables in parents.items()]
    return (
        pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=["expert", "factor", "change", "parent"])
    )


def _by_parent(judgements):
    found = {}
    for (expert, parent), table in judgements.items():
        found.setdefault(parent, {})[expert] = table
    return found


def _product(weights, tree):
    """factor, bone, bone_weight, in_bone, weight: of the weights under each parent."""
    if GOAL not in weights:
        raise ValueError("nobody compared the bones")
    rows = []
    for bone, own in children_of(tree).items():
        inside = weights.get(bone, pd.Series({own[0]: 1.0}) if len(own) == 1 else pd.Series(dtype=float))
        rows += [(factor, bone, weights[GOAL].get(bone), inside.get(factor)) for factor in own if bone != GOAL]
    table = pd.DataFrame(rows, columns=["factor", "bone", "bone_weight", "in_bone"])
    product = (table["bone_weight"].astype("float64") * table["in_bone"].astype("float64")).rename("weight")
    table = table.astype({"bone_weight": "float64", "in_bone": "float64"})
    return table.assign(weight=product / product.sum())
