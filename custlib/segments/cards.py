"""Rule cards: the few conditions on the original columns that describe a segment best, from a small surrogate tree."""

import numpy as np
import pandas as pd

from custlib.segments.suppression import suppressed

DEPTH = 3
LEAF = 0.05  # the smallest leaf, as a share of the consumers
FOLDS = 5
FIGURES = (2, 3, 17)  # a threshold is rounded to the first number of figures that costs the rule next to nothing
COSTS = 0.02
COLUMNS = ["segment", "step", "feature", "op", "threshold", "coverage", "precision", "holds", "fidelity"]


def cards(features: pd.DataFrame, labels: pd.Series, seed: int = 0) -> pd.DataFrame:
    """The best rule for every segment, a row per condition. Columns: COLUMNS.

    features: DataFrame of consumers, in their original units; text columns are ignored. labels: Series consumer →
    segment.
    - step: the number of the condition, from 1; all conditions of a segment must hold; op: ">" or "<=";
    - coverage: the share of the segment for which the rule holds; precision: the share of those for whom it holds that
      are in the segment; holds: their number; all with thresholds rounded;
    - fidelity: the share of held-out consumers that a tree puts in their segment (cross-validated), one number for all.
    The rule is the leaf with the largest F1 for the segment, of that tree or of one that separates only this segment,
    less the conditions that it can do without. A segment that no condition describes has one row without a feature. The
    order of rows has no effect; no row without segments.
    """
    from sklearn.tree import DecisionTreeClassifier

    labels = labels.dropna().sort_index()
    if labels.empty:
        return pd.DataFrame(columns=COLUMNS)
    values = features.reindex(labels.index).select_dtypes("number").astype("float64")
    values = values[sorted(values.columns)]
    tree = DecisionTreeClassifier(max_depth=DEPTH, min_samples_leaf=LEAF, random_state=seed)
    fidelity = _fidelity(tree, values, labels, seed)
    leaves = _leaves(tree.fit(values, labels).tree_, values)
    rows = []
    for segment in sorted(labels.unique()):
        inside = (labels == segment).to_numpy()
        both = [*leaves, *_leaves(tree.fit(values, inside).tree_, values)]
        best = max(both, key=lambda leaf: _f1(_holds(leaf, values), inside))
        rule = _rounded(_spared(best, values, inside), values, inside)
        holds = _holds(rule, values)
        shares = (holds & inside).sum() / inside.sum(), (holds & inside).sum() / holds.sum(), holds.sum(), fidelity
        rows += [(segment, step, *condition, *shares) for step, condition in enumerate(rule or [("", "", np.nan)], 1)]
    return pd.DataFrame(rows, columns=COLUMNS)


def published(features: pd.DataFrame, used: pd.Index, labels: pd.Series, seed: int = 0) -> pd.DataFrame:
    """Result table `seg_rules`: `cards` by identity, without what would reveal single consumers.

    features: in their original units; used: the features that the segments were made from; labels: Series consumer →
    identity.
    """
    rules = cards(features.reindex(columns=used), labels, seed).rename(columns={"segment": "identity"})
    return suppressed(rules, ["coverage", "precision"], "holds")


def _leaves(tree, values, node=0, rule=()):
    """The rule of every leaf: a list of (feature, op, threshold), at most one for each side of a feature."""
    if tree.children_left[node] == -1:
        return [_shortened(rule)]
    name, threshold = values.columns[tree.feature[node]], tree.threshold[node]
    if (values[name].dropna() % 1 == 0).all():
        threshold = np.floor(threshold)  # counts: "more than 4", not "more than 4.5"
    return [
        *_leaves(tree, values, tree.children_left[node], (*rule, (name, "<=", threshold))),
        *_leaves(tree, values, tree.children_right[node], (*rule, (name, ">", threshold))),
    ]


def _shortened(rule):
    """The strictest of the conditions on one side of a feature, in the order of the tree."""
    strictest = {}
    for name, op, threshold in rule:
        before = strictest.get((name, op), threshold)
        strictest[name, op] = max(before, threshold) if op == ">" else min(before, threshold)
    return [(*side, threshold) for side, threshold in strictest.items()]


def _spared(rule, values, inside):
    """The rule without the conditions whose loss costs next to nothing, the last of the tree first."""
    least = (1 - COSTS) * _f1(_holds(rule, values), inside)
    for condition in rule[::-1]:
        shorter = [other for other in rule if other != condition]
        if _f1(_holds(shorter, values), inside) >= least:
            rule = shorter
    return rule


def _rounded(rule, values, inside):
    exact = _f1(_holds(rule, values), inside)
    for figures in FIGURES:
        shorter = [(name, op, float(f"{threshold:.{figures}g}")) for name, op, threshold in rule]
        if _f1(_holds(shorter, values), inside) >= (1 - COSTS) * exact:
            return shorter
    return rule


def _holds(rule, values):
    holds = np.ones(len(values), dtype="bool")
    for name, op, threshold in rule:
        holds &= ((values[name] > threshold) if op == ">" else (values[name] <= threshold)).to_numpy()
    return holds


def _f1(holds, inside):
    return 2 * (holds & inside).sum() / (holds.sum() + inside.sum())


def _fidelity(tree, values, labels, seed):
    """The share of held-out consumers that the tree puts in their segment; missing if a segment is too small."""
    from sklearn.model_selection import StratifiedKFold, cross_val_score

    folds = min(FOLDS, labels.value_counts().min())
    if folds < 2:
        return np.nan
    held_out = StratifiedKFold(folds, shuffle=True, random_state=seed)
    return float(cross_val_score(tree, values, labels, cv=held_out).mean())
