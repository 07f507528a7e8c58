"""Why a class moved: its own change, the others', a shift of the limit, corrected data; adding up exactly."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from custlib.abc_classes.judgement import all_below_zero, checked_weights, joint_codes, percent_ranks, scores
from custlib.abc_classes.rules import CLASSES, count_cuts, finite

CAUSES = ("own", "others", "limit", "corrected")


def why_moved(now, then, weights=None, ratio=(1, 2, 2), published=None):
    """Why the joint class of a customer is another than a quarter before.

    now, then: DataFrames as `joint` takes them, of this quarter and of the one before; an indicator that one lacks is unknown
    there. published: DataFrame over customers with `score` and `joint_class` as an earlier report gave them for that quarter, or None.
    Returns a DataFrame over the customers judged in both quarters whose class moved: from_class (as published, if it was), to_class,
    before and after (its margin: score less the score of the limit that it crossed, in points of 0 to 100), `own`, `others`, `limit`
    and `corrected`, which add up to after − before, and `cause`, the one of them that pushed most in the direction of the move.
    The limit is the lowest score in the better of the two classes. own: the score's change when only the customer's own figures change;
    others: when only those of all others do (each is the mean over both orders in which the two can happen, as Shapley values are);
    limit: the limit's shift, its sign turned; corrected: margin today for the quarter before, less the margin published.
    Where the class is C only because all that is known is below zero, whatever the margin, that is the cause: own, or corrected
    where today's data say so of the quarter before too.
    """
    indicators = now.columns.union(then.columns, sort=False)
    known = weights and {name: weights.get(name, 0) for name in indicators}
    weight = checked_weights(indicators, known).to_numpy()
    both = now.index.intersection(then.index)
    one, two = (_judged(table.reindex(columns=indicators), weight, ratio) for table in (then, now))
    told = _published(published, one, both)
    score = {"then": one.score.reindex(both), "now": two.score.reindex(both)}
    codes = {"from": told["code"], "to": two.code.reindex(both)}
    moved = (codes["from"] != codes["to"]) & (codes["from"] >= 0) & (codes["to"] >= 0)
    better = np.minimum(codes["from"], codes["to"])[moved].astype(int)
    who = better.index
    cut_then, cut_now = (judged.cuts[better] for judged in (one, two))
    before_today = score["then"][who] - cut_then
    change = score["now"][who] - score["then"][who]
    own = _own_part(one, two, who, weight)
    found = pd.DataFrame(
        {
            "from_class": pd.Categorical.from_codes(codes["from"][who].astype(int), dtype=CLASSES),
            "to_class": pd.Categorical.from_codes(codes["to"][who].astype(int), dtype=CLASSES),
            "before": told["score"][who] - told["cuts"][better.to_numpy()],
            "after": score["now"][who] - cut_now,
            "own": own,
            "others": change - own,
            "limit": cut_then - cut_now,
        },
        who,
    )
    found["corrected"] = before_today - found["before"]
    rose = (codes["to"][who] < codes["from"][who]).to_numpy()
    by_zero = _by_zero(found, rose, one.below[who], two.below[who])
    found = _in_points(found)
    causes = found[list(CAUSES)].mul(np.where(rose, 1, -1), axis=0)
    return found.assign(cause=causes.idxmax(axis=1).where(by_zero == "", by_zero) if len(found) else "")


class _Judged(NamedTuple):
    """One quarter: values, scores, class codes and whether all is below zero, over customers; and the two limits."""

    values: pd.DataFrame
    score: pd.Series
    code: pd.Series
    below: pd.Series
    cuts: np.ndarray


def _judged(table, weight, ratio):
    values = table.apply(finite)
    numbers = values.to_numpy("float64")
    score, below = scores(percent_ranks(numbers), weight), all_below_zero(numbers, weight)
    known, codes = score[~np.isnan(score)], joint_codes(score, below, ratio)
    cuts = count_cuts(known, ratio) if len(known) else (np.nan, np.nan)
    score, code, below = (pd.Series(column, table.index) for column in (score, codes, below))
    return _Judged(values, score, code, below, _limits(score, code, cuts))


def _limits(score, code, otherwise):
    """The lowest score in A and in B, as an array of two; of a class that is empty what `otherwise` says."""
    lowest = score.groupby(code).min().reindex([0, 1]).to_numpy()
    return np.where(np.isnan(lowest), otherwise, lowest)


def _by_zero(found, rose, then_below, now_below):
    """The cause of a move into or out of C that the score alone would not make: own or corrected, "" for all others.

    found: DataFrame with before and after; rose: array of truths; then_below, now_below: Series of truths, of today's
    data. All over the customers that moved.
    """
    left = rose & then_below & (found["before"] >= 0)
    came = ~rose & now_below & (found["after"] >= 0)
    return pd.Series(np.select([came & then_below, came | left], ["corrected", "own"], ""), found.index, dtype="str")


def _published(published, judged, both):
    """Scores, codes and cuts of the quarter before: as an earlier report gave them, else as they are today."""
    today, codes = judged.score.reindex(both), judged.code.reindex(both)
    if published is None:
        return {"score": today, "code": codes, "cuts": judged.cuts}
    letters = published["joint_class"].astype(CLASSES)
    limits = _limits(published["score"], letters.cat.codes, judged.cuts)
    told = letters.cat.codes[letters.notna()].reindex(both)  # who was not judged then is taken as judged today
    score = published["score"].reindex(both).fillna(today)
    return {"score": score, "code": told.fillna(codes), "cuts": limits}


def _in_points(found):
    """In points of 0 to 100 with four decimals; the others' part takes what rounding leaves, so that the parts still add up."""
    columns = ["before", "after", *CAUSES]
    points = (found[columns] * 100).round(4)
    rest = points["after"] - points["before"] - points["own"] - points["limit"] - points["corrected"]
    return found.assign(**points).assign(others=rest.round(4))


def _own_part(one, two, who, weight):
    """What the customers' own change does to their scores: the mean of it among the others of then and among those of now."""
    parts = [
        _scores_among(two.values.loc[who], around, who, weight)
        - _scores_among(one.values.loc[who], around, who, weight)
        for around in (one.values, two.values)
    ]
    return sum(parts) / 2


def _scores_among(values, around, who, weight):
    """The scores of `who` with these values, among all others as they are in `around`."""
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
