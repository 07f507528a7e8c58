"""Intervals and verdicts of promotions over 1,000 made companies of each kind. By hand: `python -m pytest -s tests/benchmarks`."""

import pytest

from tests import made_promotions

SEEDS = 1000


@pytest.mark.parametrize("lines", [1.0, 3.0, 10.0])
@pytest.mark.parametrize(("promoted", "uplift"), [(1, 0.0), (20, 0.0), (1, 0.6), (20, 0.6)])
def test_roi_is_covered_whatever_the_noise(promoted, uplift, lines):
    """lines: a month at a customer of usual size."""
    covered, verdicts = made_promotions.counted(SEEDS, promoted=promoted, uplift=uplift, lines=lines, resamples=1000)
    print(f"{promoted} promoted, uplift {uplift}, {lines} lines: covered {covered} of {SEEDS}, {verdicts}")
    assert covered >= 0.9 * SEEDS
    assert uplift or verdicts.get("paid", 0) <= 0.05 * SEEDS
