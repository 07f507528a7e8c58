"""Consumer segments: pure functions over tables of consumers."""

from custlib.segments.preparing import FEWEST_PURCHASES, apart, prepared
from custlib.segments.strategies import MEASURES, STRATEGIES, came_again, findings, proposals
from custlib.segments.suppression import FEWEST, suppressed
from custlib.segments.value import by_quarter, forecast, value

__all__ = [
    "FEWEST",
    "FEWEST_PURCHASES",
    "MEASURES",
    "STRATEGIES",
    "apart",
    "by_quarter",
    "came_again",
    "findings",
    "forecast",
    "prepared",
    "proposals",
    "suppressed",
    "value",
]
