"""The fishbone of the invented company: 26 factors on six bones, their scores, and what they truly do to profit."""

from typing import NamedTuple

import numpy as np

from custlib.sample import texts


class Factor(NamedTuple):
    """A factor of the fishbone, a line of `data/factors.csv`: its stable id and its bone.

    effect: what one score point more adds to the change of log brand profit into the following quarter.
    weight: the share of its bone that the experts truly give it.
    """

    id: str
    bone: str
    effect: float
    weight: float


BONES = {line["bone"]: float(line["weight"]) for line in texts.lines("bones.csv")}
FACTORS = tuple(
    Factor(line["factor"], line["bone"], float(line["effect"]), float(line["weight"]))
    for line in texts.lines("factors.csv")
)


def scores(rng: np.random.Generator, dealers: int, quarters: int) -> np.ndarray:
    """Scores 1 to 5, dealers × quarters × factors: a little halo of dealer and bone, mostly the factor itself."""
    bone = [list(BONES).index(factor.bone) for factor in FACTORS]
    halo = rng.normal(0, 0.2, (dealers, 1, 1))
    of_bone = rng.normal(0, 0.25, (dealers, 1, len(BONES)))[:, :, bone]
    own = rng.normal(0, 0.9, (dealers, quarters, len(FACTORS)))
    return np.clip(np.round(3.2 + halo + of_bone + own), 1, 5).astype(np.int8)


def growth(rng: np.random.Generator, scores: np.ndarray) -> np.ndarray:
    """Dealers × quarters: log of brand profit against its start, as last quarter's scores and chance move it on."""
    effects = np.array([factor.effect for factor in FACTORS])
    pushed = (scores - scores.mean(axis=0, dtype=float)) @ effects + rng.normal(0, 0.12, scores.shape[:2])
    return np.concatenate([np.zeros((len(scores), 1)), np.cumsum(pushed[:, :-1], axis=1)], axis=1)
