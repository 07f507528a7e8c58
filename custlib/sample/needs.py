"""Needs interviews: what matters to a dealer, what would be ideal, what is; on the way to leaving, service falls
short."""

import numpy as np

from custlib.sample import texts
from custlib.sample.dealers import Dealers
from custlib.sample.parts import Parts

LEAST_SHORT = 4  # of the service, in the last two quarters before a dealer leaves
_SERVICE, _OVER_SERVED = "服务", "便捷"
_QUESTION_SHARES = (0.1, 0.2, 0.35, 0.2, 0.15)


def make(rng: np.random.Generator, dealers: Dealers, letters: np.ndarray, parts: Parts) -> tuple[dict, dict]:
    """Interviews with the A dealers of the last four quarters, and with those who leave in their last three: a dict of
    arrays, a line for each need, importance 1 to 5, ideal and actual 1 to 10; and the parts of Truth.

    letters: dealers × exported quarters.
    """
    words = texts.company()["needs"]
    names = list(words["needs"])
    asked = _asked(dealers, letters)
    quarter, dealer = np.array(asked).T
    shape = (len(asked), len(names))
    means = np.array(list(words["needs"].values()), float)
    own = rng.normal(0, 0.8, (len(dealers.ids), len(names)))
    gap = means[:, 1] + own[dealer] + rng.normal(0, 0.6, shape)
    ideal = np.round(means[:, 2] + rng.normal(0, 0.7, shape)).clip(5, 10)
    actual = np.round(ideal - gap).clip(1, 10)
    importance = np.round(means[:, 0] + 0.6 * own[dealer] + rng.normal(0, 0.4, shape)).clip(1, 5)
    over = names.index(_OVER_SERVED)
    served = (rng.random(len(dealers.ids)) < 0.8)[dealer]
    actual[served, over] = np.maximum(actual, ideal)[served, over]
    actual[~served, over] = np.minimum(actual, ideal - 1)[~served, over]
    leaves, service = _leaving(dealers, quarter, dealer), names.index(_SERVICE)
    ideal[leaves, service], importance[leaves, service] = np.maximum(ideal[leaves, service], 8), 5
    actual[leaves, service] = np.minimum(actual, ideal - LEAST_SHORT)[leaves, service]
    stays = dealers.last[dealer] == dealers.last.max()
    free = stays & ~np.isin(dealers.manager[dealer], parts[-4:])
    managers, place = np.unique(dealers.manager[dealer[free]].astype(str), return_inverse=True)
    answers_all = str(managers[np.bincount(place).argmax()]) if free.any() else ""
    alike = np.flatnonzero(stays & (dealers.manager[dealer] == answers_all))
    for answers in (ideal, actual, importance):
        answers[alike] = answers[alike[:1]]
    told = {"quarter": np.repeat(quarter, len(names)), "dealer": np.repeat(dealer, len(names))}
    told["need"] = np.tile(np.array(names, object), len(asked))
    told |= {"importance": importance.ravel().astype(int), "ideal": ideal.ravel().astype(int)}
    told["actual"] = actual.ravel().astype(int)
    ends = np.array([each.last_day for each in dealers.quarters[1:]], "datetime64[D]")
    told |= _talk(rng, told, ends[told["quarter"]], words)
    short = {"quarter": quarter[leaves], "dealer": dealer[leaves]}
    return told, {"over_served": _OVER_SERVED, "answers_for_customers": answers_all, "short_of_service": short}


def _asked(dealers, letters):
    """(quarter, dealer) of each interview, in order."""
    count = letters.shape[1]
    large = {(q, d) for q in range(max(0, count - 4), count) for d in np.flatnonzero(letters[:, q] == "A").tolist()}
    gone = np.flatnonzero(dealers.last < count).tolist()
    leaving = {(last - back, d) for d in gone for back in (1, 2, 3) if (last := int(dealers.last[d])) - back >= 0}
    active = dealers.active
    return sorted((q, d) for q, d in large | leaving if active[d, q + 1])


def _leaving(dealers, quarter, dealer):
    """Whether the interview lies in the last two quarters of a dealer who leaves."""
    return (dealers.last[dealer] < dealers.last.max()) & (quarter + 1 >= dealers.last[dealer] - 1)


def _talk(rng, told, ends, words):
    """How far the talk about each need got, and what was agreed."""
    gap, count = told["ideal"] - told["actual"], len(ends)
    kind = rng.choice(len(words["questions"]), count, p=_QUESTION_SHARES)
    kind = np.where(gap <= 0, np.minimum(kind, 1), kind)
    agreed, feasible = kind >= 3, rng.random(count) < 0.7
    said = np.array([words["said"][need] for need in told["need"]], object)
    cost = np.array([str(int(value)) for value in 1000 * np.maximum(gap, 1) * rng.integers(1, 12, count)], object)
    by_when = (ends + rng.integers(30, 180, count)).astype(str).astype(object)
    roles = np.array(words["respondents"], object)[rng.integers(0, len(words["respondents"]), told["dealer"].max() + 1)]
    return {
        "question_kind": np.array(words["questions"], object)[kind],
        "said": np.where((gap >= 3) & (rng.random(count) < 0.4), said, ""),
        "respondent": roles[told["dealer"]],
        "feasible": np.where(agreed, np.where(feasible, "是", "否"), "").astype(object),
        "cost": np.where(agreed & feasible, cost, ""),
        "by_when": np.where(agreed & feasible, by_when, ""),
    }
