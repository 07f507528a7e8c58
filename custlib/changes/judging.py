"""Which customers changed: beyond their own scatter, by how much money a year, with few false names over all."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy

from custlib import quarters
from custlib.changes.expectation import SEASONS_FROM, Steps, common, logs, moderated, steps, yuan

CHANGES = ("fell", "rose")
FALSE_SHARE = 0.1  # of the customers named, how many may be so by chance (Benjamini & Hochberg 1995)
LEAST_CHANGE = 0.25  # of the level before: what is sure and smaller is no order
LEAST_ON_YEAR = 0.1  # of the same quarter of last year: who is back at that has not changed
FEWEST_QUARTERS = 3  # of the data: with fewer nobody is named
_COLUMNS = [
    *("change", "since", "net_sales", "year_ago", "expected", "expected_low", "expected_high", "a_year"),
    *("chance", "against_then", "then_error"),
]


def judged(amounts: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """Each customer's quarter against what was to be expected of it.

    amounts: net sales in yuan, customers × quarters (text, in order) up to `quarter`; missing counts as 0. A quarter
    between them that has no column is absent: nothing is compared with it, and no sale of it counts as none.
    Returns a DataFrame over the customers that bought in the last five quarters:
    - change: "fell" or "rose", else "": a step of its level in one of the last four quarters, outside its own scatter
      (share of false names over all customers at most 10 %), by a quarter of the level or more, and in money against
      the same quarter of last year too. With under five quarters there is no season and no year ago: only a fall in
      this quarter below all earlier ones counts; with under three nobody changed;
    - since: the quarter in which the step began, "" without one; net_sales, year_ago (missing without one), expected
      (what would have come without the step; where nothing changed: from all quarters before), expected_low and
      expected_high (95 % for this one quarter), in yuan;
    - a_year: net sales of the year before the step × the relative step, in yuan: what is lost (−) or gained a year, at
      most four times the best quarter since (of hardly any level before, a relative step says nothing);
    - chance: how often so large a step would be chance, adjusted for all customers (0 to 1; missing if not judged);
    - against_then: this quarter ÷ what was to be expected of it a quarter ago, the change so far included, less what
      all others did (0.1 = a tenth more); then_error: its standard error in logs. Missing without enough history.
    """
    rows = _recent(amounts.fillna(0.0))
    names = list(rows.columns)
    values, times = rows.to_numpy("float64"), _times(names)
    numbers = times % 4 + 1
    now, year_ago = values[:, -1], rows.get(str(quarters.parse(quarter).previous(4)), np.full(len(rows), np.nan))
    year_ago = np.asarray(year_ago if len(names) >= SEASONS_FROM else np.full(len(rows), np.nan), "float64")
    table = pd.DataFrame({"net_sales": now, "year_ago": year_ago}, rows.index)
    if len(names) < FEWEST_QUARTERS or rows.empty:
        return table.assign(change="", since="").reindex(columns=_COLUMNS)
    fit = _fit(values, numbers)
    kind = _kind(fit, values, year_ago)
    changed = kind != ""
    # Who did not change is expected from all quarters before this one.
    without, wide = fit.forecast(np.where(changed, fit.began, 1))
    at = len(names) - fit.began
    table = table.assign(
        change=kind,
        since=np.where(changed, np.array(names)[at], ""),
        expected=yuan(without, values)[:, 0],
        expected_low=yuan(without - wide, values)[:, 0],
        expected_high=yuan(without + wide, values)[:, 0],
        a_year=np.where(changed, _a_year(values, times, at, fit.ratio), np.nan),
        chance=fit.chance,
    )
    if len(names) > FEWEST_QUARTERS:
        table = table.assign(**_against_then(values, numbers))
    return table.reindex(columns=_COLUMNS)


def _recent(amounts):
    times = _times(amounts.columns)
    return amounts[(amounts.loc[:, times > times.max(initial=0) - SEASONS_FROM] > 0).any(axis=1)]


def _times(names):
    """Quarters as consecutive numbers."""
    parsed = [quarters.parse(name) for name in names]
    return np.array([4 * each.year + each.number - 1 for each in parsed], "int64")


@dataclass(frozen=True)
class _Fit:
    """The steps of all customers with the best one of each: since how many quarters (`began`), its chance over all
    customers, and its ratio, the level after ÷ before."""

    steps: Steps
    everyone: np.ndarray
    began: np.ndarray
    variance: np.ndarray
    df: np.ndarray
    chance: np.ndarray
    ratio: np.ndarray

    def forecast(self, began):
        """Logs of the last quarter as they would be without the step, and half their 95 % interval: customers × 1."""
        error = np.sqrt(self.variance * self.steps.of("unit_without", began)[:, -2])
        without = self.steps.of("without", began)[:, -2] + self.everyone[-1]
        return without[:, None], (error * scipy.stats.t.ppf(0.975, self.df))[:, None]


def _fit(values, numbers, following=None):
    everyone = common(values)
    rows = logs(values) - everyone
    each = steps(rows, numbers, following)
    began = each.best
    df = np.maximum((~np.isnan(rows)).sum(axis=1) - 3.0, 1.0)  # a level, a step and where it began
    variance, df = moderated(each.of("squares", began), df)
    step, before = each.of("step", began), each.of("without", began)[:, -2]
    after, before = (yuan(level[:, None], values)[:, 0] for level in (before + step, before))
    with np.errstate(invalid="ignore", divide="ignore"):  # a customer without chance or level is not judged
        t, ratio = step / np.sqrt(variance * each.of("unit", began)), after / before
    return _Fit(each, everyone, began, variance, df, _chance(t, df, each.tried), ratio)


def _chance(t, df, tried):
    """For all beginnings tried (Bonferroni) and all customers (Benjamini & Hochberg)."""
    single = np.minimum(1.0, 2 * scipy.stats.t.sf(np.abs(t), df) * tried)
    known = ~np.isnan(single)
    single[known] = scipy.stats.false_discovery_control(single[known]) if known.any() else single[known]
    return single


def _kind(fit, values, year_ago):
    sure, now = np.nan_to_num(fit.chance, nan=1.0) <= FALSE_SHARE, values[:, -1]
    fell, rose = sure & (fit.ratio <= 1 - LEAST_CHANGE), sure & (fit.ratio >= 1 / (1 - LEAST_CHANGE))
    if np.isnan(year_ago).all():
        fell, rose = fell & (now < values[:, :-1].min(axis=1)), np.zeros(len(now), bool)
    else:
        fell, rose = fell & (now < (1 - LEAST_ON_YEAR) * year_ago), rose & (now > (1 + LEAST_ON_YEAR) * year_ago)
    return np.select([fell, rose], CHANGES, "")


def _a_year(values, times, at, ratio):
    """What a step is worth a year; of a rise from nothing or beyond belief: the best quarter four times."""
    since, year = np.arange(len(times)) >= at[:, None], _year_before(values, times, at)
    best = np.where(since, values, 0.0).max(axis=1)
    rise = np.fmin(np.where(year > 0, year, np.nan) * (ratio - 1), 4 * best)
    return np.where(ratio > 1, rise, year * np.minimum(ratio - 1, 0))


def _year_before(values, times, at):
    """Net sales of the four quarters before place `at`; of fewer, as many as there are, brought to a year."""
    place = times - times[np.minimum(at, len(times) - 1)][:, None]
    year = (place < 0) & (place >= -4)
    return np.where(year, values, 0.0).sum(axis=1) * 4 / np.maximum(year.sum(axis=1), 1)


def _against_then(values, numbers):
    """The last quarter against what the quarters before it let expect."""
    then = values[:, :-1]
    fit = _fit(then, numbers[:-1], numbers[-1])
    began = np.where(np.nan_to_num(fit.chance, nan=1.0) <= FALSE_SHARE, fit.began, 0)
    step, unit = (np.where(began > 0, fit.steps.of(name, began), 0.0) for name in ("step", "unit"))
    # A step chosen for its size is estimated too large: the positive part of James & Stein (1961).
    kept = np.where(began > 0, np.maximum(0, 1 - fit.variance * unit / np.maximum(step**2, 1e-12)), 0)
    ahead = fit.steps.of("without", began)[:, -1] + kept * step
    log = logs(then, values[:, -1:])[:, 0] - ahead
    error = np.sqrt(fit.variance * fit.steps.of("unit_ahead", began))
    return {"against_then": np.expm1(log - np.nanmedian(log)), "then_error": error}
