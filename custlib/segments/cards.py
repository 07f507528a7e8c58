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


def cards(features, labels, seed=0):
    """The best rule for every segment, a row per condition: `COLUMNS`.

    features: DataFrame of consumers, in their original units; text columns are not used. labels: Series consumer → segment.
    step numbers the conditions of a segment from 1, all of which must hold; op is ">" or "<=". Of the rule with its thresholds
    rounded: coverage, the share of the segment that it holds for; precision, the share of those it holds for that are in the
    segment; holds, how many those are. fidelity: the share of held-out consumers that a tree gives their segment (cross-validated),
    one number for all. The rule is the leaf with the largest F1 for the segment, of that tree or of one that tells this segment from
    all others, without the conditions that it can spare; so every segment has one, and one that no condition describes has a row
    without a feature. Same result whatever the order of rows; no row where there are no segments.
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
        rows += [(segment, step, *one, *shares) for step, one in enumerate(rule or [("", "", np.nan)], 1)]
    return pd.DataFrame(rows, columns=COLUMNS)


def published(features: pd.DataFrame, used: pd.Index, labels: pd.Series, seed: int = 0) -> pd.DataFrame:
    """The result table `seg_rules`: `cards` by identity, without what would tell of single consumers.

    features: in their original units; used: the features that the segments were drawn from; labels: Series consumer → identity.
    """
    rules = cards(features.reindex(columns=used), labels, seed).rename(columns={"segment": "identity"})
    return suppressed(rules, ["coverage", "precision"], "holds")


def _leaves(tree, values, node=0, rule=()):
    """The rule of every leaf: a list of (feature, op, threshold), one for each side of a feature."""
    if tree.children_left[node] == -1:
        return [_shortened(rule)]
    name, threshold = values.columns[tree.feature[node]], tree.threshold[node]
    if (values[name].dropna() % 1 == 0).all():
        threshold = np.floor(threshold)  # "more than 4", not "more than 4.5", of what is counted
    return [
        *_leaves(tree, values, tree.children_left[node], (*rule, (name, "<=", threshold))),
        *_leaves(tree, values, tree.children_right[node], (*rule, (name, ">", threshold))),
    ]


def _shortened(rule):
    """Of conditions on one side of a feature the strictest, in the order of the tree."""
    strictest = {}
    for name, op, threshold in rule:
        before = strictest.get((name, op), threshold)
        strictest[name, op] = max(before, threshold) if op == ">" else min(before, threshold)
    return [(*side, threshold) for side, threshold in strictest.items()]


def _spared(rule, values, inside):
    """The rule without the conditions that cost next to nothing to leave out, the last of the tree first."""
    least = (1 - COSTS) * _f1(_holds(rule, values), inside)
    for one in rule[::-1]:
        shorter = [other for other in rule if other != one]
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
    """The share of held-out consumers that the tree gives their segment; missing where a segment is too small to hold any out."""
    from sklearn.model_selection import StratifiedKFold, cross_val_score

    folds = min(FOLDS, labels.value_counts().min())
    if folds < 2:
        return np.nan
    held_out = StratifiedKFold(folds, shuffle=True, random_state=seed)
    return float(cross_val_score(tree, values, labels, cv=held_out).mean())
