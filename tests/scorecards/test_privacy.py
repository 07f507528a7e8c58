"""Which means may be shown."""

from hypothesis import given
from hypothesis import strategies as st

from custlib.scorecards import may_show


def test_a_mean_of_two_is_withheld_and_one_of_three_is_not():
    assert may_show({"two": frozenset("ab"), "three": frozenset("abc"), "measured": frozenset()}) == {
        "three",
        "measured",
    }


def test_a_mean_from_which_one_value_follows_by_difference_is_withheld():
    # 4 × 80 − 3 × 82 = 74
    assert may_show({"four": frozenset("abcd"), "three of them": frozenset("abc")}) == {"four"}
    assert may_show({"seven": frozenset("abcdefg"), "three of them": frozenset("abc")}) == {"seven", "three of them"}


@given(st.dictionaries(st.integers(), st.frozensets(st.sampled_from("abcdefgh")), max_size=8))
def test_no_two_means_that_are_shown_differ_by_one_or_two_raters(means):
    shown = [means[key] for key in may_show(means) if means[key]]
    assert all(len(raters) >= 3 for raters in shown)
    assert all(one == other or len(one ^ other) >= 3 for one in shown for other in shown)
