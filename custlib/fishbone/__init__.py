"""The factors of a customer's profit: their tree, the evidence beside their scores, and the climb."""

from custlib.fishbone.climb import (
    GOAL,
    beside_path,
    best_quarters,
    path,
    plan,
    published_plan,
    stages,
    under_way,
)
from custlib.fishbone.evidence import EVIDENCE, beside, disagreement, holders, marked, measured
from custlib.fishbone.tree import EFFECT, bones, causes, names, tree
