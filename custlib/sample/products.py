"""The models of the invented company."""

from dataclasses import dataclass
from itertools import product

import numpy as np

from custlib.sample import texts
from custlib.sample.days import stream

CATEGORIES = tuple(dict.fromkeys(line["category"] for line in texts.lines("models.csv")))
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

    def popular(self, day: np.datetime64) -> np.ndarray:
        """Popularity of the models that are on sale on that day; new ones sell a little better. Adds up to 1."""
        age = (day - self.launched).astype(int)
        weight = self.popularity * (age >= 0) * np.where(age < 270, 1.4, 1.0)
        return weight / weight.sum()


def make(seed: int) -> Products:
    """84 models in six categories; a quarter of them come to market within the default nine quarters."""
    rng = stream(seed, "products")
    ids, names, category, price = zip(*_models(), strict=True)
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


def _models():
    """Id, name, category's number and list price in yuan of each model: each category has all models in each series."""
    series = texts.company()["series"].items()
    for number, category in enumerate(CATEGORIES):
        own = [line for line in texts.lines("models.csv") if line["category"] == category]
        for place, ((name, factor), line) in enumerate(product(series, own), 101):
            yield f"HJ-{line['letter']}{place}", name + line["model"], number, int(line["list_price"]) * factor


def _launches(rng, count):
    """The first series is old, the second comes out over the last years."""
    half = count // len(CATEGORIES) // 2
    old = np.tile(np.arange(2 * half) < half, len(CATEGORIES))
    days_ago = np.where(old, rng.integers(4000, 5000, count), rng.integers(0, 1900, count))
    return _NEWEST - days_ago
