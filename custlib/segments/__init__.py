"""Consumer segments: pure functions over tables of consumers."""

from custlib.segments.preparing import FEWEST_PURCHASES, apart, prepared
from custlib.segments.strategies import MEASURES, STRATEGIES, findings, proposals, repeated
from custlib.segments.suppression import FEWEST, suppressed
from custlib.segments.value import by_quarter, forecast, value

__all__ = [
    "FEWEST",
    "FEWEST_PURCHASES",
    "MEASURES",
    "STRATEGIES",
    "apart",
    "by_quarter",
    "findings",
    "forecast",
    "prepared",
    "proposals",
    "repeated",
    "suppressed",
    "value",
]
