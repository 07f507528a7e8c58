"""Which means may be shown, so that nobody's own rating can be worked out."""

from collections.abc import Hashable, Mapping

LEAST_RATERS = 3


def may_show(means: Mapping[Hashable, frozenset], least: int = LEAST_RATERS) -> set:
    """The keys of the means that may be shown. means: key → the raters behind it, all means of the same thing.

    A mean needs `least` raters, or none at all (it was measured). Withheld too is one whose raters differ from those
    of a mean that is shown by fewer than that: of a mean of four (80) and of three of them (82), 74 follows.
    """
    shown: set = set()
    for key, raters in sorted(means.items(), key=lambda one: -len(one[1])):
        beside = [means[other] for other in shown if means[other] and means[other] != raters]
        follows = any(len(raters ^ other) < least for other in beside)
        if not raters or (len(raters) >= least and not follows):
            shown.add(key)
    return shown
