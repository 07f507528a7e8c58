"""What was to be expected of each customer: its own level, its shrunk season, and what all customers did.

The model of a customer's quarter is: log amount = own level + what all did in that quarter + own season + chance. Own
seasons are random effects, so that much of a season is believed where customers repeat theirs and little where they do
not; a step of level may have begun in any of the last four quarters.
"""

from dataclasses import dataclass

import numpy as np
import scipy

LONGEST = 4  # quarters: an older step is no news against last year
FEWEST_BEFORE = 2  # quarters before a step
SEASONS_FROM = 5  # quarters: with fewer there is no year ago, so no season and only a step in the last quarter
_FLOOR = 0.05  # of the customer's mean quarter, added before the logarithm, so that nothing bought is far below, not ∞


@dataclass(frozen=True)
class Steps:
    """A step of level that began 0 (no step), 1, 2, 3 or 4 quarters ago, fitted for each customer; NaN without enough
    history. Arrays beginnings × customers, and × quarters where a forecast is meant, the last column being the quarter
    after the data.

    squares: residual sum; step: the step in logs; unit: its variance; without: logs as they would be without the step
    and without what all do; unit_without: variance of one quarter around that; ahead, unit_ahead: the same for the
    next quarter, with the step. Variances are in units of that of chance.
    """

    squares: np.ndarray
    step: np.ndarray
    unit: np.ndarray
    without: np.ndarray
    unit_without: np.ndarray
    unit_ahead: np.ndarray

    def of(self, name: str, began: np.ndarray) -> np.ndarray:
        """A field for the beginning chosen for each customer."""
        return getattr(self, name)[began, np.arange(len(began))]

    @property
    def best(self) -> np.ndarray:
        """The beginning (1 to 4) that leaves the least squares."""
        return np.nan_to_num(self.squares[1:], nan=np.inf).argmin(axis=0) + 1

    @property
    def tried(self) -> np.ndarray:
        """How many beginnings were tried for each customer."""
        return (~np.isnan(self.squares[1:])).sum(axis=0)


def logs(amounts: np.ndarray, further: np.ndarray | None = None) -> np.ndarray:
    """log(amount ÷ the customer's mean quarter + 0.05); NaN before its first whole quarter.

    amounts: customers × quarters in yuan; the quarter of the first purchase is whole only if the data begin with it.
    further: amounts of later quarters, whose logs are wanted instead.
    """
    values = np.where(_own(amounts), amounts, np.nan) if further is None else further
    return np.log(np.maximum(values, 0) / _level(amounts)[:, None] + _FLOOR)


def common(amounts: np.ndarray) -> np.ndarray:
    """What all customers did in each quarter, in logs around 0: the medians of Tukey's median polish (1977) over the
    customers that bought; so a festival counts in the quarter in which it falls."""
    rows = np.where(np.nan_to_num(amounts) > 0, logs(amounts), np.nan)
    quarter = np.zeros(rows.shape[1])
    for _ in range(5):
        quarter += _median(rows - _median(rows - quarter, axis=1)[:, None] - quarter, axis=0)
    return quarter


def yuan(rows: np.ndarray, amounts: np.ndarray) -> np.ndarray:
    """Amounts in yuan from `logs`; amounts: those that the logs were taken of."""
    return np.maximum(np.exp(rows) - _FLOOR, 0) * _level(amounts)[:, None]


def steps(rows: np.ndarray, numbers: np.ndarray, following: int | None = None) -> Steps:
    """The steps of each customer, by least squares generalised for the season (Aitken 1935).

    rows: customers × quarters in order, `logs` less `common`; numbers: of the quarters in their year, 1 to 4;
    following: that of the quarter ahead, by default the next one.
    """
    ratio = season_ratio(rows, numbers)
    longest = LONGEST if rows.shape[1] >= SEASONS_FROM else 1
    numbers = np.append(numbers, following or numbers[-1] % 4 + 1)
    tried = [_step(rows, numbers, ratio, began) for began in range(longest + 1)]
    return Steps(**{name: np.array([each[name] for each in tried]) for name in tried[0]})


def moderated(squares: np.ndarray, df: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each customer's variance moderated towards that of all (Smyth 2004), and its degrees of freedom; NaN stays.

    squares: residual sums; df: their degrees of freedom.
    """
    known = squares > 0
    if known.sum() < 3:
        return squares / df, df
    log = np.log(squares[known] / df[known]) - scipy.special.digamma(df[known] / 2) + np.log(df[known] / 2)
    beyond = log.var(ddof=1) - scipy.special.polygamma(1, df[known] / 2).mean()
    prior_df = 2 * _trigamma_inverse(beyond) if beyond > 1e-4 else 1e4
    prior = np.exp(log.mean() + scipy.special.digamma(prior_df / 2) - np.log(prior_df / 2))
    return (squares + prior_df * prior) / (df + prior_df), df + prior_df


def season_ratio(rows: np.ndarray, numbers: np.ndarray) -> float:
    """The variance of customers' own seasons as a multiple of the variance of chance, from 0.

    rows: customers × quarters, logs without what all did; numbers: of the quarters, 1 to 4. Two quarters of one number
    differ by chance only, two of different numbers by season too. The fifth of customers that differs most from year to
    year is left out: their level changed. 0 where no number occurs twice.
    """
    earlier = np.triu(np.ones((len(numbers),) * 2, bool), 1)
    alike = numbers[:, None] == numbers
    chance, both = (_half_squares(rows, earlier & pairs) for pairs in (alike, ~alike))
    known = ~np.isnan(chance + both)
    if not known.any():
        return 0.0
    steady = known & (chance <= np.quantile(chance[known], 0.8))
    return max(0.0, float(both[steady].sum() / max(chance[steady].sum(), 1e-12) - 1))


def _step(rows, numbers, ratio, began):
    """The fields of `Steps` for a step that began `began` quarters ago; numbers: of the quarters and the one ahead."""
    customers, quarters = rows.shape
    result = {name: np.full(customers, np.nan) for name in ("squares", "step", "unit", "unit_ahead")}
    result |= {name: np.full((customers, quarters + 1), np.nan) for name in ("without", "unit_without")}
    lengths = (~np.isnan(rows)).sum(axis=1)
    for length in np.unique(lengths[lengths >= began + FEWEST_BEFORE]):
        group, own = lengths == length, slice(quarters - length, quarters + 1)
        values = rows[group][:, -length:]
        season = numbers[own][:, None] == np.arange(1, 5)
        shared = ratio * season @ season.T
        inverse = np.linalg.inv(np.eye(length) + shared[:-1, :-1])
        level, step = np.ones(length + 1), (np.arange(length + 1) >= length - began).astype("float64")
        design = np.column_stack([level, step] if began else [level])
        spread = np.linalg.inv(design[:-1].T @ inverse @ design[:-1])
        to_effects = spread @ design[:-1].T @ inverse
        effects = values @ to_effects.T
        left = values - effects @ design[:-1].T
        pull = shared[:, :-1] @ inverse
        result["squares"][group] = np.einsum("ij,jk,ik->i", left, inverse, left)
        if began:
            result["step"][group], result["unit"][group] = effects[:, 1], spread[1, 1]
        result["without"][group, own] = effects[:, :1] + left @ pull.T
        without = design * [1, 0][: design.shape[1]]
        result["unit_without"][group, own] = _forecast(without, design, shared, pull, spread, ratio)
        result["unit_ahead"][group] = _forecast(design, design, shared, pull, spread, ratio)[-1]
    return result


def _forecast(asked, design, shared, pull, spread, ratio):
    """The variance of one quarter around its forecast (Goldberger 1962), in units of that of chance."""
    gap = asked - pull @ design[:-1]
    return 1 + ratio - np.einsum("ij,ij->i", pull, shared[:, :-1]) + np.einsum("ij,jk,ik->i", gap, spread, gap)


def _trigamma_inverse(value):
    root = 0.5 + 1 / value
    for _ in range(20):  # Newton's steps converge from below for every value (Smyth 2004, appendix)
        slope = scipy.special.polygamma(1, root)
        root += slope * (1 - slope / value) / scipy.special.polygamma(2, root)
    return root


def _own(amounts):
    first = (np.nan_to_num(amounts) > 0).argmax(axis=1)
    return np.arange(amounts.shape[1]) >= np.where(first > 0, first + 1, 0)[:, None]


def _level(amounts):
    own = np.where(_own(amounts), np.maximum(np.nan_to_num(amounts), 0), 0.0)
    level = own.sum(axis=1) / np.maximum(_own(amounts).sum(axis=1), 1)
    return np.where(level > 0, level, np.nan)


def _half_squares(rows, pairs):
    """The mean of half the squared difference over pairs of quarters, by customer; NaN without a pair."""
    first, second = np.nonzero(pairs)
    squares = (rows[:, first] - rows[:, second]) ** 2 / 2
    counts = (~np.isnan(squares)).sum(axis=1)
    return np.where(counts > 0, np.nansum(squares, axis=1) / np.maximum(counts, 1), np.nan)


def _median(rows, axis):
    """The median of the known values; 0 where none is known."""
    known = ~np.isnan(rows).all(axis=axis)
    filled = np.where(np.expand_dims(known, axis), rows, 0.0)
    return np.where(known, np.nanmedian(filled, axis=axis), 0.0)
