"""The ABC analysis of channel customers: pure functions over tables of customers."""

from custlib.abc_classes.concentration import (
    concentration,
    gini,
    herfindahl,
    lorenz,
    lorenz_curves,
    panels,
    ranked,
    summary,
    top_share,
    whale,
)
from custlib.abc_classes.decisions import STATES, decided, overrides
from custlib.abc_classes.history import (
    STEPS,
    bridge,
    flows,
    history,
    in_order,
    long,
    migration,
    paths,
    reported,
    steps,
    wide,
)
from custlib.abc_classes.judgement import joint, letters, robustness, settings, within
from custlib.abc_classes.measures import CONDITIONS, by_corner, chosen, movement, used
from custlib.abc_classes.reasons import CAUSES, why_moved
from custlib.abc_classes.rules import CLASSES, ComputedLimits, by_count, by_share, compared, computed_limits
from custlib.abc_classes.seasons import Seasons, periodic, season_curves, seasonal_indices
from custlib.abc_classes.stability import (
    BANDS,
    SURE,
    X_LIMIT,
    Y_LIMIT,
    how_sure,
    kept,
    more_often,
    move_kind,
    restless,
    to_next,
    xyz,
)
