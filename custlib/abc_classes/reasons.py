"""Why a class moved: the customer's own change, others', the limit's shift, corrected data or a missing figure."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from custlib.abc_classes.judgement import all_below_zero, checked_weights, joint_codes, percent_ranks, scores
from custlib.abc_classes.rules import CLASSES, count_cuts, finite

CAUSES = ("own", "others", "limit", "corrected", "missing")


def why_moved(
    now: pd.DataFrame,
    then: pd.DataFrame,
    weights: Mapping[str, float] | None = None,
    ratio: Sequence[float] = (1, 2, 2),
    published: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Why the joint class of a customer differs from that of a quarter before.

    now, then: DataFrames as for `joint`, of this quarter and of the one before; an indicator that one lacks is unknown
    there.
    published: DataFrame over customers with score and joint_class of the quarter before as an earlier report gave them,
    or None.
    Returns a DataFrame over the customers judged in both quarters whose class changed: from_class (as published, if it
    was), to_class, before and after (the margin: score less the score of the limit crossed, in points of 0 to 100),
    own, others, limit, corrected and missing, which add up to after − before, and cause, the one of them that pushed
    most in the direction of the move.

    The limit is the lowest score in the better of the two classes.
    - own: the change of score, on the indicators known in both quarters, if only the customer's own figures change;
    - others: the same if only all others' figures change. Both are means over the two orders in which this can happen
      (Shapley);
    - missing: what the score differs by because an indicator is known in one quarter only;
    - limit: the shift of the limit, its sign reversed;
    - corrected: the margin of the quarter before by today's data, less the published one.
    If the class is C only because every known indicator is below zero, that is the cause whatever the margin: own, or
    corrected if today's data say so of the quarter before too.
    """
    indicators = now.columns.union(then.columns, sort=False)
    complete = weights and {name: weights.get(name, 0) for name in indicators}
    weight = checked_weights(indicators, complete).to_numpy()
    first, second = (_judged(table.reindex(columns=indicators), weight, ratio) for table in (then, now))
    before = _published(published, first, now.index.intersection(then.index))
    from_code, to_code = before["code"], second.code.reindex(before["code"].index)
    moved = (from_code != to_code) & (from_code >= 0) & (to_code >= 0)
    parts = _parts(before, first, second, from_code[moved].astype(int), to_code[moved].astype(int), weight)
    rose = (to_code < from_code)[moved].to_numpy()
    by_zero = _by_zero(parts, rose, first.below[parts.index], second.below[parts.index])
    parts = _in_points(parts)
    pushes = parts[list(CAUSES)].mul(np.where(rose, 1, -1), axis=0)
    return parts.assign(cause=pushes.idxmax(axis=1).where(by_zero == "", by_zero) if len(parts) else "")


class _Judged(NamedTuple):
    """One quarter over customers: values, scores, class codes, whether all is below zero; and the limits of A and B."""

    values: pd.DataFrame
    score: pd.Series
    code: pd.Series
    below: pd.Series
    cuts: np.ndarray


def _judged(table, weight, ratio):
    values = table.apply(finite)
    numbers = values.to_numpy("float64")
    score, below = scores(percent_ranks(numbers), weight), all_below_zero(numbers, weight)
    scored, codes = score[~np.isnan(score)], joint_codes(score, below, ratio)
    cuts = count_cuts(scored, ratio) if len(scored) else (np.nan, np.nan)
    score, code, below = (pd.Series(column, table.index) for column in (score, codes, below))
    return _Judged(values, score, code, below, _limits(score, code, cuts))


def _parts(before, first, second, from_code, to_code, weight):
    """The columns of `why_moved` but the cause, in shares; first, second: the two quarters by today's data."""
    better, customers = np.minimum(from_code, to_code), from_code.index
    limit_then, limit_now = (judged.cuts[better] for judged in (first, second))
    score_then, score_now = (judged.score[customers] for judged in (first, second))
    margin = before["score"][customers] - before["cuts"][better.to_numpy()]
    own, missing = _own_and_missing(first, second, customers, weight)
    columns = {
        "from_class": pd.Categorical.from_codes(from_code, dtype=CLASSES),
        "to_class": pd.Categorical.from_codes(to_code, dtype=CLASSES),
        "before": margin,
        "after": score_now - limit_now,
        "own": own,
        "others": score_now - score_then - own - missing,
        "limit": limit_then - limit_now,
        "corrected": score_then - limit_then - margin,
        "missing": missing,
    }
    return pd.DataFrame(columns, customers)


def _limits(score, code, otherwise):
    """The lowest scores in A and in B, an array of two; for an empty class the value of `otherwise`."""
    lowest = score.groupby(code).min().reindex([0, 1]).to_numpy()
    return np.where(np.isnan(lowest), otherwise, lowest)


def _by_zero(parts, rose, then_below, now_below):
    """The cause of a move into or out of C that the score alone would not make: own or corrected; "" for all others.

    parts: DataFrame with before and after; rose, then_below, now_below: booleans from today's data. All over the
    customers that moved.
    """
    left = rose & then_below & (parts["before"] >= 0)
    came = ~rose & now_below & (parts["after"] >= 0)
    return pd.Series(np.select([came & then_below, came | left], ["corrected", "own"], ""), parts.index, dtype="str")


def _published(published, judged, both):
    """Scores, codes and limits of the quarter before: as an earlier report gave them, else as they are today."""
    today, codes = judged.score.reindex(both), judged.code.reindex(both)
    if published is None:
        return {"score": today, "code": codes, "cuts": judged.cuts}
    letters = published["joint_class"].astype(CLASSES)
    limits = _limits(published["score"], letters.cat.codes, judged.cuts)
    published_codes = letters.cat.codes[letters.notna()].reindex(both)
    score = published["score"].reindex(both).fillna(today)
    # a customer that the earlier report did not judge counts as it is judged today
    return {"score": score, "code": published_codes.fillna(codes), "cuts": limits}


def _in_points(parts):
    """In points of 0 to 100 with four decimals; `others` takes the rounding, so that the parts still add up."""
    columns = ["before", "after", *CAUSES]
    points = (parts[columns] * 100).round(4)
    rest = points["after"] - points["before"] - points[list(CAUSES)].drop(columns="others").sum(axis=1)
    return parts.assign(**points).assign(others=rest.round(4))


def _own_and_missing(first, second, who, weight):
    """The effect on the customers' scores of their own change, its mean among the others of then and those of now, and
    of indicators that are known in one quarter only."""
    then, now = first.values.loc[who], second.values.loc[who]
    in_both = then.notna() & now.notna()
    scored = [
        [_scores_among(values.where(in_both), around.values, who, weight) for values in (then, now)]
        for around in (first, second)
    ]
    own = sum(after - before for before, after in scored) / 2
    change, common = second.score[who] - first.score[who], scored[1][1] - scored[0][0]
    return own.fillna(0.0), (change - common).where(common.notna(), change)


def _scores_among(values, around, who, weight):
    """The scores of the customers `who` with these values, all others being as in `around`."""
    ranks = np.column_stack([_ranks_among(values[name], around[name], around[name].loc[who]) for name in around])
    return pd.Series(scores(ranks, weight), who)


def _ranks_among(values, around, themselves):
    values, themselves = values.to_numpy("float64"), themselves.to_numpy("float64")
    rising = np.sort(around.dropna().to_numpy("float64"))
    smaller, upto = (np.searchsorted(rising, values, side) for side in ("left", "right"))
    smaller = smaller - (themselves < values)  # who is judged does not count among the others
    equal = upto - np.searchsorted(rising, values, "left") - (themselves == values)
    others = len(rising) - ~np.isnan(themselves)
    return np.where(np.isnan(values), np.nan, (smaller + (equal + 1) / 2) / (others + 1))
