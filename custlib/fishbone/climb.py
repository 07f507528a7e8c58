"""The S-shaped climb (S型爬山法): the factors to raise first, their targets by quarter, and actual scores beside those."""

from collections.abc import Collection

import numpy as np
import pandas as pd

from custlib import project, quarters, restated, results
from custlib.cleaning import Clean

GOAL = 4.0  # the mean score over customers to reach in the end: good, without every customer at the top
ZONE_FACTOR = {"A": 1.0, "B": 0.5}  # headquarters decides on zone B: the same gap is worth half as much effort
PER_STAGE = 2  # factors that begin in one quarter
STAGES = 4  # a year ahead
QUARTERS = 4  # from the beginning of a factor to its goal
STEEPNESS = 8.0  # of the S: a tenth of the way after a quarter of the time, half after half
ERRORS = 2  # standard errors of a mean score that may be chance
A_YEAR = 5  # quarters scored, this one included, that show what can be reached
STAGE_COLUMNS = ["factor", "bone", "zone", "weight", "present_score", "best_score", "best_quarter", "goal", "gap"]
STAGE_COLUMNS += ["tolerance", "priority", "kind", "stage"]
PLAN_COLUMNS = [*STAGE_COLUMNS, "begins", "due", "target_score"]
PROGRESS_COLUMNS = ["factor", "zone", "begins", "due", "present_score", "target_score", "actual_score", "difference"]
PROGRESS_COLUMNS += ["tolerance", "state", "because", "doubt"]


def best_quarters(rows: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """The best mean score that each factor ever had, this quarter included: best_score, best_quarter (the first such
    one), index factor.

    rows: quarter, customer_id, factor_id, score. A quarter counts for a factor if at least half as many customers were
    scored as in this one. No rows with fewer than five quarters scored: that shows not yet what can be reached.
    """
    scored = rows[rows["quarter"] <= quarter].groupby(["quarter", "factor_id"])["score"].agg(["mean", "size"]).unstack()
    if len(scored) < A_YEAR or quarter not in scored.index:
        return pd.DataFrame({"best_score": pd.Series(dtype="float64"), "best_quarter": pd.Series(dtype="str")})
    means = scored["mean"].where(scored["size"] >= scored.loc[quarter, "size"] / 2).dropna(axis=1, how="all")
    return pd.DataFrame({"best_score": means.max(), "best_quarter": means.idxmax()}).rename_axis("factor")


def stages(
    weights: pd.Series,
    scores: pd.DataFrame,
    tree: pd.DataFrame,
    best: pd.DataFrame,
    goal: float = GOAL,
    under_way: Collection[str] = (),
) -> pd.DataFrame:
    """The factors to raise: one row per factor of the tree, the highest priority first. Columns: STAGE_COLUMNS.

    weights: Series over factors, shares of the whole; scores: DataFrame, a row per customer, a column per factor, 1 to
    5; tree: as `tree` returns it; best: as `best_quarters` returns it; goal: the mean to reach in the end; under_way:
    factors of an earlier plan, which are not ranked again.
    present_score: mean over customers; goal: the one asked for, but no more than the factor's best quarter, which is
    what can be reached; gap: what it lacks to the goal (0 above it); tolerance: two standard errors of the present
    score; priority: weight × gap × zone factor.
    kind: "climb" (zone A; begins in quarter `stage` from now, two a quarter for four quarters), "later" (zone A, after
    those or without priority), "request" (zone B, to headquarters), "reached" (no gap to the goal asked for),
    "at_best" (a gap to its best quarter that may be chance), "under_way", "unknown" (no weight or score yet).
    """
    rows = tree.loc[tree["bone"].notna(), ["factor", "bone", "zone"]].reset_index(drop=True)
    rows["weight"] = rows["factor"].map(weights).astype("float64")
    rows["present_score"] = rows["factor"].map(scores.mean()).astype("float64")
    rows = rows.join(best[["best_score", "best_quarter"]], on="factor")
    rows["goal"] = rows["best_score"].clip(upper=goal).fillna(goal).astype("float64")
    rows["gap"] = (rows["goal"] - rows["present_score"]).clip(lower=0)
    rows["tolerance"] = rows["factor"].map(_tolerance(scores)).astype("float64")
    rows["priority"] = rows["weight"] * rows["gap"] * rows["zone"].map(ZONE_FACTOR)
    rows = rows.sort_values(["priority", "factor"], ascending=[False, True], ignore_index=True)
    rows["kind"] = _kinds(rows, goal, under_way)
    climbs = rows["kind"] == "climb"
    rows["stage"] = ((climbs.cumsum() - 1) // PER_STAGE + 1).where(climbs).astype("Int64")
    return rows[STAGE_COLUMNS]


def path(present: float, goal: float, quarters: int) -> np.ndarray:
    """The S-shaped path from the present score to the goal: array of targets at the end of quarter 1, 2, … `quarters`.

    A logistic curve scaled to begin at `present` and to reach the goal exactly: slow at first, fastest half-way. Raises
    ValueError for less than one quarter.
    """
    if quarters < 1:
        raise ValueError("a path needs a quarter or more")
    done = _logistic(np.arange(quarters + 1) / quarters)
    return present + (goal - present) * (done[1:] - done[0]) / (done[-1] - done[0])


def plan(stages: pd.DataFrame, quarter: str, before: pd.DataFrame | None = None) -> pd.DataFrame:
    """Result table `climb_plan`: a row per factor and quarter with a target, and one row for each factor without any.

    stages: as `stages` returns them; quarter: the quarter just reported, after which stage 1 begins; before: the plan
    of the quarter before. Its factors under way keep their path, so that a climb does not begin anew each quarter.
    """
    anew = stages[stages["kind"] != "under_way"]
    rows = [row for factor in anew.to_dict("records") for row in _targets(factor, quarter)]
    new = pd.DataFrame(rows, columns=PLAN_COLUMNS)
    if before is None:
        return new
    kept = before[before["factor"].isin(set(under_way(before, quarter)) & set(stages["factor"]))]
    kept = kept.assign(kind="under_way", stage=pd.array([0] * len(kept), "Int64")).reindex(columns=PLAN_COLUMNS)
    return pd.concat([kept, new], ignore_index=True) if len(kept) else new


def published_plan(folder: str, quarter: str, clean: Clean) -> pd.DataFrame | None:
    """The `climb_plan` of the report in `folder`; None if there is none to compare with.

    That is: `folder` is empty text, or the report is not of the quarter before, is of another company or currency, or
    has no climb. Raises Refused (`no_basis`, `missing_result`).
    """
    if not folder or restated.quarter_of(folder) != _later(quarter, -1):
        return None
    facts = results.load("data_facts", folder).iloc[0]
    if (facts["company"], facts["currency"]) != (clean.company, clean.currency):
        return None
    had = (project.resolve(folder) / "tables" / "climb_plan.parquet").is_file()
    return results.load("climb_plan", folder) if had else None


def under_way(plan: pd.DataFrame | None, quarter: str) -> list[str]:
    """The factors of a plan that have begun by `quarter` and have a later target, sorted; empty without a plan."""
    if plan is None:
        return []
    began = plan.dropna(subset="begins")
    began = began[(began["begins"] <= quarter) & (began["due"] > quarter)]
    return sorted(set(began["factor"]))


def beside_path(
    plan: pd.DataFrame | None, scores: pd.DataFrame, quarter: str, doubts: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Each factor with a target for `quarter` beside that target, sorted by factor. Columns: PROGRESS_COLUMNS.

    plan: result table `climb_plan` of an earlier report, or None; scores: of now, a row per customer, a column per
    factor; doubts: as `disagreement` returns them.
    present_score: when the path was set; difference: actual − target; tolerance: two standard errors of the actual
    score (0 for a single customer).
    state: "on_path" (no further than the tolerance from the target), "ahead", "behind", "not_scored".
    because: if behind, "score_fell", "score_unchanged" (by more or less than chance moves two means, √2 tolerances) or
    "rose_too_little"; else "evidence_disagrees" (scores agree with the evidence no better than chance), "close" (below
    the target), "reached" or "no_score".
    doubt: the share of customers whose evidence disagrees with the score.
    """
    if plan is None:
        return pd.DataFrame(columns=PROGRESS_COLUMNS)
    rows = plan[plan["due"] == quarter].sort_values("factor", ignore_index=True)
    rows["actual_score"] = rows["factor"].map(scores.mean()).astype("float64")
    rows["tolerance"] = rows["factor"].map(_tolerance(scores)).astype("float64").fillna(0.0)
    rows["doubt"] = rows["factor"].map({} if doubts is None else doubts["share"]).astype("float64")
    rows["agrees"] = rows["factor"].map({} if doubts is None else doubts["agrees"])
    rows["difference"] = (rows["actual_score"] - rows["target_score"]).round(9)
    is_scored, behind = rows["actual_score"].notna(), rows["difference"] < -rows["tolerance"]
    states = [~is_scored, behind, rows["difference"] > rows["tolerance"]]
    rows["state"] = np.select(states, ["not_scored", "behind", "ahead"], "on_path")
    rows["because"] = _because(rows, is_scored, behind)
    return rows[PROGRESS_COLUMNS]


def _because(rows, is_scored, behind):
    moved, chance = (rows["actual_score"] - rows["present_score"]).round(9), np.sqrt(2) * rows["tolerance"]
    reasons = {
        "no_score": ~is_scored,
        "score_fell": behind & (moved < -chance),
        "score_unchanged": behind & (moved <= chance),
        "rose_too_little": behind,
        "evidence_disagrees": rows["agrees"].eq(False),
        "close": rows["difference"] < 0,
    }
    return np.select(list(reasons.values()), list(reasons), "reached")


def _tolerance(scores):
    """Two standard errors of the mean score of each factor."""
    return ERRORS * scores.sem() if len(scores) else pd.Series(dtype="float64")


def _kinds(rows, goal, under_way):
    """The kind of each factor. rows: in the order of priority; goal: the one asked for."""
    kinds = {
        "under_way": rows["factor"].isin(under_way),
        "unknown": rows["priority"].isna(),
        "reached": rows["present_score"] >= goal,
        "at_best": rows["best_score"].notna() & (rows["gap"] <= rows["tolerance"].fillna(0)),
        "request": rows["zone"] == "B",
        "later": rows["priority"] == 0,
    }
    kind = pd.Series(np.select(list(kinds.values()), list(kinds), "climb"), rows.index)
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
