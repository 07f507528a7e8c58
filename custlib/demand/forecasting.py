"""What each model will sell in the months to come, how right that was before, and how sure it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from custlib.demand import errors, intermittent
from custlib.demand import season as seasons
from custlib.demand.festivals import Calendar

WHOLE, NEW = 13, 6  # months since the first sale: for a season of one's own level; for a level at all
KINDS = ("pooled_season", "intermittent", "dying", "new_model", "mean")


@dataclass(frozen=True)
class Forecast:
    """pieces: models × months to come; kind: one of `KINDS` by model; level: pieces an even month, what errors are
    measured by."""

    pieces: pd.DataFrame
    kind: pd.Series
    level: pd.Series


def following(month: str, count: int) -> list[str]:
    """The months after one: following("2025-12", 2) → ["2026-01", "2026-02"]."""
    return [str(pd.Period(month, "M") + step) for step in range(1, count + 1)]


def forecast(
    months: pd.DataFrame,
    horizon: int,
    kinds: Mapping[str, np.ndarray],
    season: seasons.Season,
    calendar: Calendar | None,
    groups: pd.Series,
    like: Mapping[str, str] | None = None,
) -> Forecast:
    """Level × seasonal index × the calendar's weight, never below 0.

    months: pieces, models × consecutive months, missing where unknown; kinds: as `intermittent.kinds` gives them;
    groups: category by model; like: new model → the model whose first months it is expected to follow.
    Sold not every month: SBA; and no longer: TSB. Known for less than 13 months: the like model's months since its
    launch, on its own level, where they are known, else its category's index; for less than 6: its mean.
    """
    ahead = following(months.columns[-1], horizon)
    weight = calendar.weight([*months.columns, *ahead]) if calendar else np.ones(months.shape[1] + horizon)
    shape = season.of(groups.reindex(months.index), [*months.columns, *ahead]) * weight
    past, to_come = np.split(shape, [months.shape[1]], axis=1)
    adjusted = months.to_numpy("float64") / np.where(past > 0, past, np.nan)
    begun = np.nan_to_num(months.to_numpy("float64")).clip(min=0).cumsum(axis=1) > 0
    adjusted = np.where(begun, adjusted, np.nan)
    level, since, kind = seasons.smooth(adjusted).level, kinds["months"], kinds["kind"]
    filled = np.nan_to_num(adjusted).clip(min=0)
    mean = filled.sum(axis=1) / np.isfinite(adjusted).sum(axis=1).clip(min=1)
    rare = np.isin(kind, ["intermittent", "lumpy"])
    # zeros before the launch are no intervals
    rates = [
        (row[-since[at] :], at) for at, row in enumerate(filled) if since[at] and (rare[at] or kind[at] == "dying")
    ]
    level = level.copy()
    for own, at in rates:
        level[at] = intermittent.tsb(own) if kind[at] == "dying" else intermittent.sba(own)
    young = (since < NEW) & ~(kind == "dying")
    level = np.where(young, mean, level).clip(min=0)
    named = np.select([kind == "dying", young, rare], ["dying", "mean", "intermittent"], "pooled_season").astype(
        "object"
    )
    even = np.repeat(level[:, None], horizon, axis=1)
    for new, other in (like or {}).items():
        at, model = (months.index.get_indexer([name])[0] for name in (new, other))
        if at >= 0 and model >= 0 and 0 < since[at] < WHOLE and WHOLE <= since[model] < months.shape[1]:
            even[at], named[at] = (
                _as_like(filled[at, -since[at] :], filled[model, -since[model] :], horizon),
                "new_model",
            )
            level[at] = even[at].mean()
    pieces = pd.DataFrame((even * to_come).clip(min=0), months.index, ahead)
    return Forecast(pieces, pd.Series(named, months.index), pd.Series(level, months.index))


def backtest(
    months: pd.DataFrame, horizon: int, origins, methods: Mapping[str, Callable[[pd.DataFrame, int], np.ndarray]]
) -> pd.DataFrame:
    """Every method from every origin on the same data: method, origin, step (months ahead), product_id, month, actual,
    forecast, scale (of MASE: mean seasonal step of the months before).

    months: models × months; origins: last months that a method may see; methods: name → (months seen, horizon) → models
    × horizon. Months to come that are unknown, or beyond the data, do not count.
    """
    parts = []
    for origin in origins:
        place = list(months.columns).index(origin) + 1
        seen, actual = months.iloc[:, :place], months.iloc[:, place : place + horizon]
        steps = np.arange(1, actual.shape[1] + 1)
        before = np.nan_to_num(seen.to_numpy("float64"))
        scale = np.abs(before[:, 12:] - before[:, :-12]).mean(axis=1) if place > 12 else np.full(len(seen), np.nan)
        for name, method in methods.items():
            found = np.asarray(method(seen, horizon))[:, : actual.shape[1]]
            table = {
                "product_id": np.repeat(months.index.to_numpy(), len(steps)),
                "month": np.tile(actual.columns.to_numpy(), len(months)),
                "step": np.tile(steps, len(months)),
                "actual": actual.to_numpy("float64").ravel(),
                "forecast": found.ravel(),
                "scale": np.repeat(scale, len(steps)),
            }
            parts.append(pd.DataFrame(table).assign(method=name, origin=origin))
    columns = ["method", "origin", "step", "product_id", "month", "actual", "forecast", "scale"]
    rows = pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)
    return rows[rows["actual"].notna()]


def measured(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of `backtest` by method, in their order: origins, wape, bias, mase."""
    found = {
        method: {
            "origins": own["origin"].nunique(),
            "wape": errors.wape(own["actual"], own["forecast"]),
            "bias": errors.bias(own["actual"], own["forecast"]),
            "mase": ((own["actual"] - own["forecast"]).abs() / own["scale"].where(own["scale"] > 0)).mean(),
        }
        for method, own in rows.groupby("method", sort=False)
    }
    return pd.DataFrame.from_dict(found, orient="index", columns=["origins", "wape", "bias", "mase"]).rename_axis(
        "method"
    )


def least(level: float) -> int:
    """How many errors a two-sided range of this level needs: 9 for 0.8, 19 for 0.9, 39 for 0.95."""
    return round(2 / (1 - level)) - 1


def conformal(errors: np.ndarray, level: float) -> tuple[float, float]:
    """(low, high) between which a further error lies with the probability `level` (split conformal, two-sided; Vovk
    2005); missing with fewer than `least` errors. Missing errors do not count."""
    known = np.sort(np.asarray(errors, dtype="float64").ravel())
    known = known[np.isfinite(known)]
    if len(known) < least(level):
        return np.nan, np.nan
    # 1 − 0.8 is not exact
    place = int(np.floor(round((len(known) + 1) * (1 - level) / 2, 9)))
    return float(known[place - 1]), float(known[-place])


def reconcile(top, shares) -> np.ndarray:
    """Whole pieces of the parts, whose sum is the top's to the piece, by largest remainder.

    top: whole numbers, one a row; shares: rows × parts, each row adding up to 1.
    """
    top, shares = np.asarray(top), np.asarray(shares, dtype="float64")
    exact = top[:, None] * shares
    whole = np.floor(exact)
    lacking = (top - whole.sum(axis=1)).round().astype(int)
    rank = (-(exact - whole)).argsort(axis=1, kind="stable").argsort(axis=1, kind="stable")
    return (whole + (rank < lacking[:, None])).astype(np.int64)


def _as_like(own, other, horizon):
    """The other's months at the ages to come, on the own level: scaled by what both sold at the same ages."""
    ages = len(own)
    scale = own.sum() / other[:ages].sum() if other[:ages].sum() > 0 else 0.0
    return scale * other[np.clip(np.arange(ages, ages + horizon), 0, len(other) - 1)]
