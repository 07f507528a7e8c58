"""Which customers an exercise shows: a set in which wrong ways to class them show, found by computation.

In most sets payments and profit say the same, and who looks at one figure alone is right by accident.
"""

import math
from collections.abc import Collection

import numpy as np
import pandas as pd

from custlib import abc_classes, reference
from custlib.lessons import ways
from custlib.refusals import Refused

INDICATORS = ("size", "contribution", "brand_share")
RATIO = (1, 2, 2)
GUIDED, ALONE = 10, 15  # customers shown; both divide by five
LEAST = {GUIDED: 3, ALONE: 4}  # letters by which any two of key and ways differ
FROM_ONE = 4  # letters by which the key differs from those of each indicator alone
SETS, AT_BUILD = 200_000, 40_000  # sets drawn by an analyst, and while lessons are made
_BATCH = 4_000


def chosen(
    indicators: pd.DataFrame, n: int, quarter: str, data_dir=None, without: Collection[str] = ()
) -> pd.DataFrame:
    """The customers of an exercise with their indicators: those that `lessons/chosen.csv` names for the quarter, if
    they are in the data and fit (`fits`), else those of a search.

    indicators: customers × `INDICATORS`; n: `GUIDED` or `ALONE`; without: customers of another exercise. Where fewer
    than n are known, ten are shown. Raises Refused (`too_few_to_class`).
    """
    known = candidates(indicators).drop(index=list(without), errors="ignore")
    listed = reference.table("lessons/chosen.csv", data_dir)
    of_now = listed.loc[(listed["size"] == str(n)) & (listed["quarter"] == quarter), "ids"]
    ids = of_now.iloc[0].split() if len(of_now) else []
    if not (ids and set(ids) <= set(known.index) and fits(known.loc[ids])):
        ids = search(known, n if len(known) >= n else GUIDED, sets=AT_BUILD)
    return known.loc[ids]


def search(table: pd.DataFrame, n: int, sets: int = SETS, seed: int = 0) -> list[str]:
    """The ids of n customers whose classes are hardest to find by a wrong way, in the order to show.

    table: customers × `INDICATORS`; sets: how many sets are drawn. The ratio of a set is exact, on each indicator and
    together, without a tie at a limit. The set whose key and ways are furthest apart is taken, as far as `LEAST` and
    `FROM_ONE` ask for; among several, the one with the widest gap of scores at its limits.
    Raises Refused (`too_few_to_class`) if fewer than n customers are known or no set drawn has the exact ratio.
    """
    known, draw = candidates(table), np.random.default_rng(seed)
    values, best, at = known.to_numpy(), -1, None
    for start in range(0, sets if len(known) >= n else 0, _BATCH):
        places = draw.random((min(_BATCH, sets - start), len(known))).argpartition(n - 1, axis=1)[:, :n]
        worth = _worth(values[places])
        if worth.max() > best:
            best, at = int(worth.max()), places[worth.argmax()]
    if at is None:
        raise Refused("too_few_to_class", needed=n, known=len(known))
    return list(known.index[at])


def candidates(indicators: pd.DataFrame) -> pd.DataFrame:
    """The customers of whom every indicator is known and above zero; none if an indicator is missing altogether."""
    table = indicators.reindex(columns=list(INDICATORS)).astype("float64")
    return table[(table > 0).all(axis=1)]


def key_and_ways(table: pd.DataFrame) -> tuple[str, dict[str, str]]:
    """The joint letters of customers in the order of the rows, and those of each known wrong way: tag → letters."""
    judged = abc_classes.joint(table, ratio=RATIO)
    single = {f"only_{name}": _text(judged[name]) for name in INDICATORS}
    by_customer = list(zip(*single.values(), strict=True))
    votes = "".join(max("BAC", key=letters.count) for letters in by_customer)
    worst = "".join(map(max, by_customer))
    by_share = _text(abc_classes.by_share(table["size"]))
    return _text(judged["joint"]), single | {"votes": votes, "worst": worst, "by_share": by_share}


def apart(key: str, wrong: dict[str, str]) -> tuple[int, int]:
    """The least number of letters by which two of key and ways differ, and key and an indicator alone."""
    of_one = [len(key) - ways.alike(key, wrong[f"only_{name}"]) for name in INDICATORS]
    return ways.distance(key, wrong), min(of_one)


def gaps(table: pd.DataFrame) -> tuple[float, float]:
    """The distance of scores between the last A and the first B, and between the last B and the first C."""
    score = abc_classes.joint(table, ratio=RATIO)["score"].sort_values(ascending=False).to_numpy()
    above_b, above_c = (round(float(score[end - 1] - score[end]), 3) for end in _ends(len(score)))
    return above_b, above_c


def fits(table: pd.DataFrame) -> bool:
    """Whether the ratio is exact without a tie at a limit, and key and ways are as far apart as is asked for."""
    key, wrong = key_and_ways(table)
    distance, from_one = apart(key, wrong)
    return min(gaps(table)) > 0 and distance >= LEAST.get(len(key), FROM_ONE) and from_one >= FROM_ONE


def _text(letters):
    return "".join(letters.astype(str))


def _ends(n):
    """How many of n customers are A, and A or B."""
    return tuple(math.ceil(n * sum(RATIO[:upto]) / sum(RATIO)) for upto in (1, 2))


def in_sets(shown: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What `key_and_ways` and scores say of many sets at once.

    shown: sets × customers × `INDICATORS`, all above zero. Returns the letters as 0 (A), 1, 2 (key first, then the ways
    in their order: ways × sets × customers), and a whole number in the order of the scores (sets × customers): ties are
    exact.
    """
    by_indicator = np.moveaxis(shown, 2, 0)
    score = sum(_twice_rank(values) for values in by_indicator)
    single = np.stack([_codes(values) for values in by_indicator])
    return np.stack([_codes(score), *single, _votes(single), single.max(axis=0), _by_share(by_indicator[0])]), score


def _worth(shown):
    """How good each set is, −1 without the exact ratio. shown: as for `in_sets`."""
    every, score = in_sets(shown)
    (key, *single), n = every[: 1 + len(INDICATORS)], shown.shape[1]
    falling = -np.sort(-score, axis=1)
    gap = np.min([falling[:, end - 1] - falling[:, end] for end in _ends(n)], axis=0)
    distance = np.min([(a != b).sum(axis=1) for i, a in enumerate(every) for b in every[:i]], axis=0)
    from_one = np.min([(key != one).sum(axis=1) for one in single], axis=0)
    exact = np.all([(codes == 0).sum(axis=1) == _ends(n)[0] for codes in (key, *single)], axis=0)
    exact &= np.all([(codes == 2).sum(axis=1) == n - _ends(n)[1] for codes in (key, *single)], axis=0)
    asked = np.minimum(distance, LEAST.get(n, FROM_ONE)) * n + np.minimum(from_one, FROM_ONE)
    return np.where(exact, asked * (6 * n * n) + gap, -1)


def _ahead(values):
    """How many of its set have a larger value, for each customer. values: sets × customers."""
    return (values[:, :, None] < values[:, None, :]).sum(axis=2)


def _twice_rank(values):
    """Twice the number of smaller values and once that of equal ones: percent ranks as whole numbers, exact in ties."""
    equal = (values[:, :, None] == values[:, None, :]).sum(axis=2)
    return 2 * (values.shape[1] - _ahead(values)) - equal


def _codes(values):
    """0 (A), 1 (B), 2 (C), by number of customers ahead."""
    ahead = _ahead(values)
    return sum((ahead >= end).astype("int8") for end in _ends(values.shape[1]))


def _votes(single):
    """The letter that two or three indicators give, B if each gives another. single: indicators × sets × customers."""
    return np.sort(single, axis=0)[1]


def _by_share(size):
    """The letters of 80/15/5 by payments: the share before a customer decides."""
    before = ((size[:, :, None] < size[:, None, :]) * size[:, None, :]).sum(axis=2) / size.sum(axis=1)[:, None]
    return (before >= 0.80 - 1e-9).astype("int8") + (before >= 0.95 - 1e-9)
