"""Why a class moved: its own change, the others', a shift of the limit, corrected data; adding up exactly."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from custlib.abc_classes.judgement import checked_weights, percent_ranks, scores
from custlib.abc_classes.rules import CLASSES, class_codes, count_cuts, finite

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
    cut_then, cut_now = (np.array(judged.cuts)[better] for judged in (one, two))
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
    found = _in_points(found)
    rose = np.where(codes["to"][who] < codes["from"][who], 1, -1)
    causes = found[list(CAUSES)].mul(rose, axis=0)
    return found.assign(cause=causes.idxmax(axis=1) if len(found) else "")


class _Judged(NamedTuple):
    """One quarter: values, scores and class codes over customers, and the two cuts."""

    values: pd.DataFrame
    score: pd.Series
    code: pd.Series
    cuts: tuple


def _judged(table, weight, ratio):
    values = table.apply(finite)
    score = pd.Series(scores(percent_ranks(values.to_numpy("float64")), weight), table.index)
    known = score.dropna()
    cuts = count_cuts(known.to_numpy(), ratio) if len(known) else (np.nan, np.nan)
    code = pd.Series(class_codes(known.to_numpy(), *cuts), known.index).reindex(table.index, fill_value=-1)
    return _Judged(values, score, code, cuts)


def _published(published, judged, both):
    """Scores, codes and cuts of the quarter before: as an earlier report gave them, else as they are today."""
    today, codes = judged.score.reindex(both), judged.code.reindex(both)
    if published is None:
        return {"score": today, "code": codes, "cuts": np.array(judged.cuts)}
    letters = published["joint_class"].astype(CLASSES)
    lowest = published["score"].groupby(letters, observed=False).min()
    told = letters.cat.codes[letters.notna()].reindex(both)  # who was not judged then is taken as judged today
    score = published["score"].reindex(both).fillna(today)
    return {"score": score, "code": told.fillna(codes), "cuts": lowest[["A", "B"]].to_numpy()}


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
