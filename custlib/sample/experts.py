"""The experts' pairwise judgements of factors: known weights behind them, and one judgement that does not fit."""

from itertools import combinations

import numpy as np

from custlib.sample import texts
from custlib.sample.factors import BONES, FACTORS

GOAL = "customer_profit"
EXPERTS = tuple(texts.company()["people"]["experts"])
_SCALE = np.array([1 / n for n in range(9, 1, -1)] + list(range(1, 10)))
_ODD = (EXPERTS[3], "distribution_strength", "outlet_activation", "outlet_training")
_ODD_RATIO = 7.0


def weights() -> dict[str, dict[str, float]]:
    """Parent → its children and their true weights, adding up to 1 under each parent."""
    children: dict[str, dict[str, float]] = {GOAL: BONES}
    for factor in FACTORS:
        children.setdefault(factor.bone, {})[factor.id] = factor.weight
    return children


def judgements(rng: np.random.Generator) -> list[tuple]:
    """(expert, parent, factor a, factor b, ratio) for each pair; one in ten is a step of the scale off.

    The odd expert gives one pair the wrong way round.
    """
    ratios = []
    for expert in EXPERTS:
        for parent, children in weights().items():
            for a, b in combinations(children, 2):
                step = rng.choice([-1, 0, 1], p=(0.05, 0.9, 0.05))
                ratios.append((expert, parent, a, b, _on_scale(children[a] / children[b], step)))
    return [(*pair[:4], _ODD_RATIO) if pair[:4] == _ODD else pair for pair in ratios]


def odd_judgement() -> tuple:
    """The judgement that does not fit: expert, parent, factor a, factor b, the ratio given, the one that fits."""
    children = weights()[_ODD[1]]
    return (*_ODD, _ODD_RATIO, children[_ODD[2]] / children[_ODD[3]])


def _on_scale(ratio, step):
    nearest = np.abs(np.log(_SCALE) - np.log(ratio)).argmin()
    return float(np.round(_SCALE[np.clip(nearest + step, 0, len(_SCALE) - 1)], 6))
