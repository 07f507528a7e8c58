"""The S-shaped climb (S型爬山法): which factors to raise first, their targets by quarter, and where we stand beside them."""

import numpy as np
import pandas as pd

from custlib import project, quarters, restated, results

GOAL = 4.0  # the mean score over customers to climb to: good, and not every customer at the top
ZONE_FACTOR = {"A": 1.0, "B": 0.5}  # headquarters decides on zone B: the same gap is worth half of our own effort
PER_STAGE = 2  # factors that begin in one quarter: few at once
STAGES = 4  # a year ahead; later ones are chosen anew
QUARTERS = 4  # from the beginning of a factor to its goal
STEEPNESS = 8.0  # of the S: a tenth of the way after a quarter of the time, half after half
TOLERANCE = 0.1  # score points beside the target that count as on it
STAGE_COLUMNS = ["factor", "bone", "zone", "weight", "present_score", "goal", "gap", "priority", "kind", "stage"]
PLAN_COLUMNS = [*STAGE_COLUMNS, "begins", "due", "target_score"]
PROGRESS_COLUMNS = ["factor", "zone", "begins", "due", "present_score", "target_score", "actual_score", "difference"]
PROGRESS_COLUMNS += ["state", "because", "doubt"]


def stages(weights, scores, tree, goal=GOAL, under_way=()):
    """Which factors to raise, in order: one row per factor of the tree, the highest priority first.

    weights: Series over factors, shares of the whole; scores: DataFrame, a row per customer, a column per factor, 1 to 5; tree: as
    `tree` gives it; under_way: factors of an earlier plan that are not ranked anew. Columns: STAGE_COLUMNS; present_score is the mean
    over customers, gap what lacks to the goal (0 above it), priority weight × gap × zone factor. kind: "climb" (zone A, begins in
    quarter `stage` from now, two a quarter, four quarters), "later" (zone A, after them or without priority), "request" (zone B, to headquarters),
    "reached" (no gap), "under_way", "unknown" (no weight or no score yet).
    """
    found = tree.loc[tree["bone"].notna(), ["factor", "bone", "zone"]].reset_index(drop=True)
    found["weight"] = found["factor"].map(weights).astype("float64")
    found["present_score"] = found["factor"].map(scores.mean()).astype("float64")
    found["goal"] = float(goal)
    found["gap"] = (goal - found["present_score"]).clip(lower=0)
    found["priority"] = found["weight"] * found["gap"] * found["zone"].map(ZONE_FACTOR)
    found = found.sort_values(["priority", "factor"], ascending=[False, True], ignore_index=True)
    found["kind"] = _kinds(found, under_way)
    climbs = found["kind"] == "climb"
    found["stage"] = ((climbs.cumsum() - 1) // PER_STAGE + 1).where(climbs).astype("Int64")
    return found[STAGE_COLUMNS]


def path(present, goal, quarters):
    """The S-shaped path from the present score to the goal: array of the targets at the end of quarter 1, 2, … `quarters`.

    A logistic curve scaled so that it begins at `present` and reaches the goal exactly: slow at first, fastest half-way.
    Raises ValueError for less than one quarter.
    """
    if quarters < 1:
        raise ValueError("a path needs a quarter or more")
    done = _logistic(np.arange(quarters + 1) / quarters)
    return present + (goal - present) * (done[1:] - done[0]) / (done[-1] - done[0])


def plan(stages, quarter, before=None):
    """Targets by factor and quarter (result table `climb_plan`): a row per target, and one row for each factor without any.

    stages: as `stages` gives it; quarter: the quarter just reported, stage 1 begins after it; before: the plan of the quarter before,
    whose factors under way (`under_way`) keep their path as it was set, so that a climb is not begun anew each quarter.
    """
    anew = stages[stages["kind"] != "under_way"]
    rows = [row for factor in anew.to_dict("records") for row in _targets(factor, quarter)]
    new = pd.DataFrame(rows, columns=PLAN_COLUMNS)
    if before is None:
        return new
    kept = before[before["factor"].isin(set(under_way(before, quarter)) & set(stages["factor"]))]
    kept = kept.assign(kind="under_way", stage=pd.array([0] * len(kept), "Int64"))[PLAN_COLUMNS]
    return pd.concat([kept, new], ignore_index=True) if len(kept) else new


def published_plan(folder, quarter, clean):
    """The `climb_plan` that the report in `folder` gave, or None where there is nothing to stand beside: `folder` is empty text, the
    report is not of the quarter before or of another company or currency, or it had no climb.
    Raises Refused (`no_basis`, `missing_result`).
    """
    if not folder or restated.quarter_of(folder) != _later(quarter, -1):
        return None
    facts = results.load("data_facts", folder).iloc[0]
    if (facts["company"], facts["currency"]) != (clean.company, clean.currency):
        return None
    had = (project.resolve(folder) / "tables" / "climb_plan.parquet").is_file()
    return results.load("climb_plan", folder) if had else None


def under_way(plan, quarter):
    """The factors of a plan that have begun by `quarter` and have a target after it, as a sorted list; none where there is no plan."""
    if plan is None:
        return []
    began = plan.dropna(subset="begins")
    began = began[(began["begins"] <= quarter) & (began["due"] > quarter)]
    return sorted(set(began["factor"]))


def beside_path(plan, scores, quarter, doubts=None):
    """Where each factor stands that had a target for `quarter`: one row each, sorted by factor.

    plan: result table `climb_plan` of an earlier report, None where there is none; scores: of now, a row per customer, a column per factor; doubts: what
    `disagreement` gave. Columns: factor, zone, begins, due, present_score (when the path was set), target_score, actual_score,
    difference (actual − target), state ("on_path" within 0.1 points of the target, "ahead", "behind", "not_scored"), because, doubt
    (share of customers whose evidence disagrees with the score). because, of those behind: "score_fell" or "score_unchanged" (by more
    or less than 0.1 points from present_score), "rose_too_little"; of the others: "evidence_disagrees" where scores agree with the
    evidence no better than chance, "close" below the target, "reached"; "no_score".
    """
    if plan is None:
        return pd.DataFrame(columns=PROGRESS_COLUMNS)
    found = plan[plan["due"] == quarter].sort_values("factor", ignore_index=True)
    found["actual_score"] = found["factor"].map(scores.mean()).astype("float64")
    for column, name in (("doubt", "share"), ("by_chance", "by_chance")):
        found[column] = found["factor"].map({} if doubts is None else doubts[name]).astype("float64")
    found["difference"] = (found["actual_score"] - found["target_score"]).round(9)
    known, behind = found["actual_score"].notna(), found["difference"] < -TOLERANCE
    states = [~known, behind, found["difference"] > TOLERANCE]
    found["state"] = np.select(states, ["not_scored", "behind", "ahead"], "on_path")
    found["because"] = _because(found, known, behind)
    return found[PROGRESS_COLUMNS]


def _because(found, known, behind):
    moved = (found["actual_score"] - found["present_score"]).round(9)
    reasons = {
        "no_score": ~known,
        "score_fell": behind & (moved < -TOLERANCE),
        "score_unchanged": behind & (moved <= TOLERANCE),
        "rose_too_little": behind,
        "evidence_disagrees": found["doubt"] >= found["by_chance"],
        "close": found["difference"] < 0,
    }
    return np.select(list(reasons.values()), list(reasons), "reached")


def _kinds(found, under_way):
    """What becomes of each factor. found: in the order of priority."""
    kinds = {
        "under_way": found["factor"].isin(under_way),
        "unknown": found["priority"].isna(),
        "reached": found["gap"] == 0,
        "request": found["zone"] == "B",
        "later": found["priority"] == 0,
    }
    kind = pd.Series(np.select(list(kinds.values()), list(kinds), "climb"), found.index)
    return kind.mask((kind == "climb") & ((kind == "climb").cumsum() > PER_STAGE * STAGES), "later")


def _targets(factor, quarter):
    """A row for each quarter of a factor's path, or one row without a target."""
    if factor["kind"] != "climb":
        return [factor | {"begins": None, "due": None, "target_score": None}]
    begins = _later(quarter, factor["stage"])
    targets = path(factor["present_score"], factor["goal"], QUARTERS)
    return [factor | {"begins": begins, "due": _later(begins, n), "target_score": at} for n, at in enumerate(targets)]


def _logistic(share):
    return 1 / (1 + np.exp(-STEEPNESS * (share - 0.5)))


def _later(quarter, number):
    return str(quarters.parse(quarter).previous(-int(number)))
