"""Segments of millions of consumers: centres from a sample, all assigned in the engine, by DuckDB or Spark alike."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from custlib.segments.kmeans import kmeans

SAMPLE = 100_000
_DIGITS = "decimal(38, 9)"  # of columns scaled to 0 to 1: the order of summing has no effect


class LargeFit(NamedTuple):
    """Segments 1 to k of a large table.

    centres: a row per segment, a column per feature that varies, in deviations from the mean; means, deviations: Series
    over these features, of all rows.
    """

    centres: pd.DataFrame
    means: pd.Series
    deviations: pd.Series


def fit_large(
    table, k: int, key: str = "consumer_id", value: str = "money", seed: int = 0, sample: int = SAMPLE
) -> LargeFit:
    """`LargeFit` of an Ibis table: one row per consumer, the text column `key`, all other columns numbers.

    Means and deviations are summed exactly in the engine; k-means with ten starts runs on the consumers with the
    smallest MD5 of their key, so the order of rows has no effect. Segments are numbered from the largest sum of the
    column `value`, or by size without it. Constant columns are ignored.
    Raises ValueError if a value is missing or infinite, no column varies, or the sample has fewer than k consumers.
    """
    low, high, rows = _ranges(table, key)
    means, deviations = _moments(table, low, high)
    drawn = _drawn(table, key, list(means.index), rows, sample, seed)
    if len(drawn) < k:
        raise ValueError(f"{k} segments of {len(drawn)} consumers cannot be")
    points = ((drawn - means) / deviations).to_numpy()
    large_fit = LargeFit(_centres(kmeans(points, k, seed).cluster_centers_, means.index), means, deviations)
    labelled = with_segment(table, large_fit).group_by("segment")
    weight = (lambda t: t[value].cast("float64").sum()) if value in table.columns else (lambda t: t.count())
    sums = (
        labelled.agg(weight=weight)
        .to_pandas()
        .set_index("segment")["weight"]
        .reindex(large_fit.centres.index)
        .fillna(0)
    )
    order = np.argsort(-sums.to_numpy().round(2), kind="stable")
    return large_fit._replace(centres=_centres(large_fit.centres.to_numpy()[order], means.index))


def with_segment(table, found: LargeFit):
    """The Ibis table with `segment`, the nearest centre of a `LargeFit`: the largest of k linear scores, the first
    of ties."""
    weights = 2 * found.centres / found.deviations
    constant = -(found.centres**2).sum(axis=1) - weights @ found.means
    scores = {f"score__{number}": _score(table, weights.loc[number], constant[number]) for number in weights.index}
    scored = table.mutate(**scores)
    # from the last to the first: each wins unless another is above it
    segment = scored["score__1"].isnull().ifelse(0, 1)
    for number in reversed(weights.index[1:]):
        segment = _wins(scored, number, weights.index).ifelse(int(number), segment)
    return scored.mutate(segment=segment).drop(*scores)


def squares(table, found: LargeFit) -> float:
    """The mean squared distance of consumers to the centre of their segment, in standardised units."""
    labelled, total = with_segment(table, found), 0
    for name in found.means.index:
        centre = labelled["segment"].cases(
            *[(int(number), float(found.centres.at[number, name])) for number in found.centres.index], else_=0.0
        )
        point = (labelled[name].cast("float64") - float(found.means[name])) / float(found.deviations[name])
        total = total + (point - centre) * (point - centre)
    return float(labelled.select(squared=total)["squared"].mean().to_pandas())


def _ranges(table, key):
    """The smallest and the largest value of each column (Series), and the number of rows."""
    names = [name for name in table.columns if name != key]
    sums = {"rows__": table.count()}
    for name in names:
        column = table[name].cast("float64")
        sums |= {f"low__{name}": column.min(), f"high__{name}": column.max(), f"known__{name}": column.count()}
    row = table.aggregate(**sums).to_pandas().iloc[0]
    low, high, counts = (
        pd.Series({name: row[f"{part}__{name}"] for name in names}) for part in ("low", "high", "known")
    )
    wrong = (counts < row["rows__"]) | ~np.isfinite(low.astype(float)) | ~np.isfinite(high.astype(float))
    if wrong.any():
        raise ValueError(f"the feature {wrong.idxmax()} has values that are missing or infinite")
    if not (high > low).any():
        raise ValueError("no feature differs between consumers")
    return low[high > low], high[high > low], int(row["rows__"])


def _moments(table, low, high):
    """Mean and population deviation of each column of `low`, from sums of decimals."""
    sums = {}
    for name in low.index:
        part = (table[name].cast("float64") - float(low[name])) / float(high[name] - low[name])
        sums[f"sum__{name}"] = part.cast(_DIGITS).sum().cast("float64")
        sums[f"square__{name}"] = (part * part).cast(_DIGITS).sum().cast("float64")
    row = table.aggregate(rows__=table.count(), **sums).to_pandas().iloc[0]
    first, second = (
        pd.Series({name: row[f"{part}__{name}"] / row["rows__"] for name in low.index}) for part in ("sum", "square")
    )
    return low + first * (high - low), np.sqrt(second - first**2) * (high - low)


def _drawn(table, key, names, rows, sample, seed):
    """The features of the `sample` consumers with the smallest digests, in that order."""
    digest = (str(seed) + table[key]).hexdigest("md5")
    chosen = table.select(key, *names).mutate(digest__=digest)
    # a limit below which slightly more digests than needed are expected
    share = (sample + 6 * sample**0.5) / max(rows, 1)
    if share < 1:
        chosen = chosen.filter(chosen["digest__"] < f"{int(share * 16**8):08x}")
    rows_drawn = chosen.to_pandas().sort_values(["digest__", key]).head(sample)
    return rows_drawn[names].astype("float64")


def _score(table, weights, constant):
    score = float(constant)
    for name, weight in weights.items():
        score = table[name].cast("float64") * float(weight) + score
    return score


def _wins(scored, number, numbers):
    score, wins = scored[f"score__{number}"], True
    for other in numbers:
        if other != number:
            ahead = scored[f"score__{other}"]
            wins = (score > ahead if other < number else score >= ahead) & wins
    return wins


def _centres(values, names):
    return pd.DataFrame(values, pd.RangeIndex(1, len(values) + 1, name="segment"), names)
