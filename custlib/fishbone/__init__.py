"""The factors of a customer's profit: their tree, the evidence beside their scores, and the climb."""

from custlib.fishbone.climb import (
    GOAL,
    TOLERANCE,
    beside_path,
    path,
    plan,
    published_plan,
    stages,
    under_way,
)
from custlib.fishbone.evidence import EVIDENCE, beside, disagreement, holders, measured
from custlib.fishbone.tree import EFFECT, bones, causes, names, tree
