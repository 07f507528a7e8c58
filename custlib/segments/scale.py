"""Segments of more consumers than are looked at one by one: made from a sample, everybody assigned in the engine, by
DuckDB or Spark alike."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from custlib.segments.clustering import Fit
from custlib.segments.preparing import FEWEST_PURCHASES, apart, limits, prepared_in

KEY = "consumer_id"


def everybody(fits: Mapping[str, Fit], history: Mapping[str, pd.DataFrame], tables: Mapping) -> dict[str, Fit]:
    """The fits with labels of all consumers that bought often enough, also of those outside the sample that the
    segments were made of.

    fits: quarter → `Fit`; history: quarter → features of the sample, as `fitted` takes them; tables: quarter →
    `facts.feature_rows` of everybody. A quarter without a table keeps its labels.
    """
    return {
        name: replace(fit, labels=_labels(tables[name], history[name], fit)) if name in tables else fit
        for name, fit in fits.items()
    }


def with_segment(table, found: Fit):
    """The Ibis table with `segment`, the nearest centre of a `Fit`: the largest of k linear scores, the first of ties.

    table: a row per consumer, prepared as the features of the fit were.
    """
    weights = 2 * found.centres / found.deviations
    constant = -(found.centres**2).sum(axis=1) - weights @ found.means
    scores = {f"score__{number}": _score(table, weights.loc[number], constant[number]) for number in weights.index}
    scored = table.mutate(**scores)
    # from the last to the first: each wins unless another is above it
    segment = scored["score__1"].isnull().ifelse(0, 1)
    for number in reversed(weights.index[1:]):
        segment = _wins(scored, number, weights.index).ifelse(int(number), segment)
    return scored.mutate(segment=segment).drop(*scores)


def _labels(table, sample, fit):
    """Consumer → segment, sorted by consumer."""
    if "frequency" in table.columns:
        table = table.filter(table.frequency >= FEWEST_PURCHASES)
    ready = prepared_in(table, limits(sample[apart(sample) == ""])[fit.means.index], KEY)
    rows = with_segment(ready, fit).select(KEY, "segment").order_by(KEY).to_pandas()
    return rows.set_index(KEY)["segment"]


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
