"""Consumer segments: made, tested, and named from quarter to quarter. Pure functions over tables of consumers."""

from custlib.segments.agreement import agreement
from custlib.segments.cards import cards, published
from custlib.segments.clustering import Fit, assigned, fit, over_quarters, profile
from custlib.segments.evidence import prediction_strength
from custlib.segments.identity import Identities, flow, identities, match, movements, since
from custlib.segments.names import compared, described, kept, named, profiled, single_traits, still_fits, traits, words
from custlib.segments.over_time import Identified, fitted, identified
from custlib.segments.preparing import FEWEST_PURCHASES, apart, known, prepared
from custlib.segments.projection import Map, mapped
from custlib.segments.scale import everybody, with_segment
from custlib.segments.silence import with_silence
from custlib.segments.spoken import feature_names, segment_names
from custlib.segments.strategies import (
    MEASURES,
    STRATEGIES,
    came_again,
    checked,
    clearest,
    findings,
    proposals,
    suggested,
)
from custlib.segments.suppression import FEWEST, suppressed
from custlib.segments.value import by_quarter, forecast, seasons, value
