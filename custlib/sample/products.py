"""The models of the invented company."""

from dataclasses import dataclass

import numpy as np

from custlib.sample.days import stream
from custlib.sample.vocabulary import MODELS, SERIES

CATEGORIES = tuple(MODELS)
_NEWEST = np.datetime64("2025-09-15")


@dataclass(frozen=True)
class Products:
    """One entry per model in each array. Money in fen (1/100 yuan)."""

    ids: np.ndarray
    names: np.ndarray
    category: np.ndarray
    list_fen: np.ndarray
    cost_fen: np.ndarray
    launched: np.ndarray
    popularity: np.ndarray

    def popular(self, day):
        """Popularity of the models that are on sale on that day; new ones sell a little better. Adds up to 1."""
        age = (day - self.launched).astype(int)
        weight = self.popularity * (age >= 0) * np.where(age < 270, 1.4, 1.0)
        return weight / weight.sum()


def make(seed):
    """84 models in six categories; a quarter of them come to market within the default nine quarters."""
    rng = stream(seed, "products")
    models = [
        (f"HJ-{'GDBSQX'[number]}{101 + place}", series + word, number, price * factor)
        for number, category in enumerate(CATEGORIES)
        for place, (series, factor, word, price) in enumerate(
            (s, f, w, p) for s, f in SERIES for w, p in MODELS[category]
        )
    ]
    ids, names, category, price = zip(*models, strict=True)
    count = len(ids)
    list_fen = (np.round(np.array(price) * rng.uniform(0.95, 1.1, count)) * 100 - rng.choice([0, 10], count)).astype(
        np.int64
    )
    cost_fen = np.round(list_fen * rng.uniform(0.38, 0.47, count)).astype(np.int64)
    return Products(
        np.array(ids, object),
        np.array(names, object),
        np.array(category),
        list_fen,
        cost_fen,
        _launches(rng, count),
        1 / rng.permutation(np.arange(4, count + 4)),
    )


def _launches(rng, count):
    """The first series is old, the second comes out over the last years."""
    half = count // len(CATEGORIES) // len(SERIES)
    old = np.tile(np.arange(2 * half) < half, len(CATEGORIES))
    days_ago = np.where(old, rng.integers(4000, 5000, count), rng.integers(0, 1900, count))
    return _NEWEST - days_ago
