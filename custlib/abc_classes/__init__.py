"""The ABC analysis of channel customers: pure functions over tables of customers."""

from custlib.abc_classes.concentration import concentration, gini, herfindahl, lorenz, ranked, summary, top_share, whale
from custlib.abc_classes.decisions import STATES, decided, overrides
from custlib.abc_classes.history import STEPS, bridge, flows, history, in_order, migration, paths, reported
from custlib.abc_classes.judgement import joint, robustness, settings, within
from custlib.abc_classes.measures import by_corner, chosen, movement
from custlib.abc_classes.reasons import CAUSES, why_moved
from custlib.abc_classes.rules import CLASSES, ComputedLimits, by_count, by_share, compared, computed_limits
from custlib.abc_classes.seasons import Seasons, periodic, season_curves, seasonal_indices
from custlib.abc_classes.stability import X_LIMIT, Y_LIMIT, how_sure, move_kind, to_next, xyz

__all__ = [
    "CAUSES",
    "CLASSES",
    "STATES",
    "STEPS",
    "X_LIMIT",
    "Y_LIMIT",
    "ComputedLimits",
    "Seasons",
    "bridge",
    "by_corner",
    "by_count",
    "by_share",
    "chosen",
    "compared",
    "computed_limits",
    "concentration",
    "decided",
    "flows",
    "gini",
    "herfindahl",
    "history",
    "how_sure",
    "in_order",
    "joint",
    "lorenz",
    "migration",
    "move_kind",
    "movement",
    "overrides",
    "paths",
    "periodic",
    "ranked",
    "reported",
    "robustness",
    "season_curves",
    "seasonal_indices",
    "settings",
    "summary",
    "to_next",
    "top_share",
    "whale",
    "why_moved",
    "within",
    "xyz",
]
