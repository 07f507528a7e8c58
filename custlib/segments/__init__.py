"""Consumer segments: pure functions over tables of consumers."""

from custlib.segments.cards import cards
from custlib.segments.mapped import Map, mapped
from custlib.segments.names import compared, kept, named, still_fits, traits, words

__all__ = ["Map", "cards", "compared", "kept", "mapped", "named", "still_fits", "traits", "words"]
