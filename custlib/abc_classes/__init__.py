"""The ABC analysis of channel customers: pure functions over tables of customers."""

from custlib.abc_classes.concentration import gini, ranked, summary
from custlib.abc_classes.history import STEPS, bridge, flows, history, migration, paths
from custlib.abc_classes.judgement import joint, robustness, within
from custlib.abc_classes.reasons import CAUSES, why_moved
from custlib.abc_classes.rules import CLASSES, ComputedLimits, by_count, by_share, computed_limits
from custlib.abc_classes.seasons import Seasons, periodic, seasonal_indices

__all__ = [
    "CAUSES",
    "CLASSES",
    "STEPS",
    "ComputedLimits",
    "Seasons",
    "bridge",
    "by_count",
    "by_share",
    "computed_limits",
    "flows",
    "gini",
    "history",
    "joint",
    "migration",
    "paths",
    "periodic",
    "ranked",
    "robustness",
    "seasonal_indices",
    "summary",
    "why_moved",
    "within",
]
