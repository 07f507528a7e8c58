"""The ABC analysis of channel customers: pure functions over tables of customers."""

from custlib.abc_classes.concentration import gini, ranked, summary
from custlib.abc_classes.history import history, migration, moves
from custlib.abc_classes.judgement import joint, robustness, within
from custlib.abc_classes.rules import CLASSES, ComputedLimits, by_count, by_share, computed_limits
from custlib.abc_classes.stability import how_sure, move_kind, to_next, xyz

__all__ = [
    "CLASSES",
    "ComputedLimits",
    "by_count",
    "by_share",
    "computed_limits",
    "gini",
    "history",
    "how_sure",
    "joint",
    "migration",
    "move_kind",
    "moves",
    "ranked",
    "robustness",
    "summary",
    "to_next",
    "within",
    "xyz",
]
