"""Consumer segments: found, tested, and kept under one name from quarter to quarter. Pure functions over tables of consumers."""

from custlib.segments.clustering import Fit, fit
from custlib.segments.evidence import prediction_strength

__all__ = ["Fit", "fit", "prediction_strength"]
