"""Consumer segments: found, tested, and kept under one name from quarter to quarter. Pure functions over tables of consumers."""

from custlib.segments.agreement import agreement
from custlib.segments.clustering import Fit, assigned, fit, over_quarters, profile
from custlib.segments.evidence import prediction_strength
from custlib.segments.identity import EVENTS, MOVES, Identities, identities, match, movements
from custlib.segments.scale import LargeFit, fit_large, with_segment

__all__ = [
    "EVENTS",
    "MOVES",
    "Fit",
    "Identities",
    "LargeFit",
    "agreement",
    "assigned",
    "fit",
    "fit_large",
    "identities",
    "match",
    "movements",
    "over_quarters",
    "prediction_strength",
    "profile",
    "with_segment",
]
