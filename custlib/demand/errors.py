"""How far forecasts and plans were from what came, and which step of a plan made it better or worse."""

import numpy as np
import pandas as pd

_INTERVAL = (2.5, 97.5)  # percent
FEWEST = 6  # months; fewer, redrawn, say too little of what other months would have been


def wape(actual, forecast) -> float:
    """Σ|forecast − actual| ÷ Σ actual (weighted absolute percentage error); missing where nothing came. Arrays of one
    shape; pairs with a missing number do not count."""
    actual, forecast = _known(actual, forecast)
    return float(np.abs(forecast - actual).sum() / actual.sum()) if actual.sum() > 0 else np.nan


def bias(actual, forecast) -> float:
    """Σ(forecast − actual) ÷ Σ actual: above 0 is too high. As `wape`."""
    actual, forecast = _known(actual, forecast)
    return float((forecast - actual).sum() / actual.sum()) if actual.sum() > 0 else np.nan


def mase(actual, forecast, history, period: int = 12) -> float:
    """Mean absolute error ÷ that of the seasonal naive within `history` (Hyndman & Koehler 2006); below 1 is better.

    actual, forecast: arrays, series × months or months; history: the months before, the last axis time. Missing where
    the history is no longer than `period` or repeats exactly.
    """
    history = np.asarray(history, dtype="float64")
    steps = np.abs(history[..., period:] - history[..., :-period])
    if not np.isfinite(steps).any():
        return np.nan
    scale = np.nanmean(np.atleast_2d(steps), axis=-1)
    scale = scale if steps.ndim > 1 else scale[0]
    errors = np.abs(np.asarray(forecast, dtype="float64") - np.asarray(actual, dtype="float64"))
    scaled = errors / np.where(scale > 0, scale, np.nan)[..., None]
    return float(np.nanmean(scaled)) if np.isfinite(scaled).any() else np.nan


def tracking_signal(actual, forecast) -> float:
    """Σ errors ÷ mean absolute error (Brown 1959): of errors without bias it lies within ±2.46 × √(number of errors) in
    95 of 100 cases (normal errors: σ is 1.2533 mean errors). Missing without an error."""
    actual, forecast = _known(actual, forecast)
    errors = forecast - actual
    return float(errors.sum() / np.abs(errors).mean()) if np.abs(errors).sum() > 0 else np.nan


def redrawn(actual, forecast, months, resamples: int = 1000, seed: int = 0) -> tuple:
    """The 95 % interval of `wape` over redrawn months: (low, high); missing with fewer than six months."""
    draws = _draws(np.asarray(months), resamples, seed)
    if draws is None:
        return np.nan, np.nan
    sums = by_month(np.column_stack([np.abs(forecast - actual), actual]), months)
    drawn = draws @ sums
    return tuple(np.nanpercentile(drawn[:, 0] / np.where(drawn[:, 1] > 0, drawn[:, 1], np.nan), _INTERVAL))


def value_added(
    versions: pd.DataFrame, actual: pd.Series, naive: pd.Series, resamples: int = 1000, seed: int = 0
) -> pd.DataFrame:
    """What each step of a plan added (Gilliland 2010): step, lines, wape, fva_points, low, high, verdict.

    versions: lines × steps in their order, pieces; a step that a line has not is what stood before. The index's level
    `month` is what is redrawn. actual, naive: Series over the lines; lines without either do not count.
    fva_points: 100 × (WAPE of the step before − that of the step); low, high: 95 % interval over redrawn
    months, missing with fewer than six; verdict: better or worse where it leaves 0, else cannot_tell ("" for naive).
    """
    steps = pd.concat([naive.rename("naive"), versions], axis=1).ffill(axis=1)
    known = actual.notna() & naive.notna()
    steps, actual = steps[known], actual[known]
    months = steps.index.get_level_values("month")
    errors = by_month(steps.sub(actual, axis=0).abs().to_numpy(), months)
    came = by_month(actual.to_numpy()[:, None], months)
    shares = errors.sum(axis=0) / came.sum() if len(came) and came.sum() > 0 else np.full(steps.shape[1], np.nan)
    points = np.r_[np.nan, -100 * np.diff(shares)]
    low = high = np.full(steps.shape[1], np.nan)
    draws = _draws(months, resamples, seed)
    if draws is not None:
        drawn = -100 * np.diff(draws @ errors, axis=1) / (draws @ came)
        low, high = (np.r_[np.nan, np.percentile(drawn, at, axis=0)] for at in _INTERVAL)
    verdict = np.select([low > 0, high < 0], ["better", "worse"], "cannot_tell")
    verdict[0] = ""
    lines = steps.notna().sum().to_numpy()
    columns = {"wape": shares, "fva_points": points, "low": low, "high": high, "verdict": verdict}
    return pd.DataFrame({"step": steps.columns, "lines": lines, **columns})


def _known(actual, forecast):
    actual, forecast = (np.asarray(values, dtype="float64").ravel() for values in (actual, forecast))
    known = np.isfinite(actual) & np.isfinite(forecast)
    return actual[known], forecast[known]


def by_month(values, months) -> np.ndarray:
    """Sums of the rows of an array by month, in the order of the months; what is missing counts as 0."""
    names, of_row = np.unique(np.asarray(months, dtype="str"), return_inverse=True)
    sums = np.zeros((len(names), np.shape(values)[1]))
    np.add.at(sums, of_row, np.nan_to_num(values))
    return sums


def _draws(months, resamples, seed):
    """How often each month is drawn: resamples × months; None with too few."""
    count = len(np.unique(months))
    return (
        np.random.default_rng(seed).multinomial(count, np.full(count, 1 / count), resamples)
        if count >= FEWEST
        else None
    )
