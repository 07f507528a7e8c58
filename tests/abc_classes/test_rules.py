import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib import abc_classes

RULES = [abc_classes.by_count, abc_classes.by_share, lambda values: abc_classes.computed_limits(values).classes]
properties = settings(deadline=None, derandomize=True, max_examples=60)
amounts = st.lists(st.integers(-50, 1000), min_size=1, max_size=40)

# Annual dollar usage and published class of 47 items: Reid 1987; Flores, Olson & Dorai 1992
FLORES_A = [5840.64, 5670, 5037.12, 4769.56, 3478.8, 2936.67, 2820, 2640, 2423.52, 2407.5]
FLORES_B = [1075.2, 1043.5, 1038, 883.2, 854.4, 810, 703.68, 594, 570, 467.6, 463.6, 455, 432.5, 398.4]
FLORES_C = [370.5, 338.4, 336.12, 313.6, 268.68, 224, 216, 212.08, 197.92, 190.89, 181.8, 163.28, 150, 134.8, 119.2]
FLORES_C += [103.36, 79.2, 75.4, 59.78, 48.3, 34.4, 28.8, 25.38]


def letters(classes):
    return "".join(classes.astype("str"))


def sizes(classes):
    return classes.value_counts(sort=False).tolist()


def test_ten_customers_in_a_ratio_of_1_2_2():
    amount = pd.Series([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], index=list("abcdefghij"), name="size")
    classes = abc_classes.by_count(amount)
    assert letters(classes) == "AABBBBCCCC"
    assert classes.index.equals(amount.index) and classes.name == "size"
    assert classes.dtype == abc_classes.CLASSES
    assert classes.cat.ordered and list(classes.cat.categories) == ["A", "B", "C"]


def test_268_customers_have_54_in_a():
    assert sizes(abc_classes.by_count(pd.Series(range(268)))) == [54, 107, 107]


def test_fractional_ratios_cut_exactly_where_whole_ones_do():
    five = pd.Series([5, 4, 3, 2, 1])
    assert letters(abc_classes.by_count(five, ratio=(0.2, 0.4, 0.4))) == letters(abc_classes.by_count(five)) == "ABBCC"
    assert sizes(abc_classes.by_count(pd.Series(range(10)), ratio=(0.1, 0.3, 0.6))) == [1, 3, 6]


def test_equal_customers_share_the_better_class_by_number():
    assert letters(abc_classes.by_count(pd.Series([5, 3, 3, 2, 1]))) == "ABBCC"
    assert letters(abc_classes.by_count(pd.Series([3, 5, 5, 2, 1]))) == "BAACC"


def test_equal_customers_share_the_better_class_by_value():
    # 40 of 100 are reached before the first 20, so all three of them are A
    assert letters(abc_classes.by_share(pd.Series([20, 40, 20, 20]))) == "AAAA"
    assert letters(abc_classes.by_share(pd.Series([60, 20, 10, 10]), cuts=(0.6, 0.8))) == "ABCC"


def test_share_reached_before_a_customer_decides():
    # reached before each: 0, 50, 80, 90, 95 percent
    assert letters(abc_classes.by_share(pd.Series([50, 30, 10, 5, 5]))) == "AABBB"
    assert letters(abc_classes.by_share(pd.Series([50, 30, 10, 6, 4]))) == "AABBC"


def test_a_share_that_floating_point_misses_by_a_hair_counts_as_reached():
    # 52 of 65 are 80 percent exactly; in floating point 0.37 + 0.15 is less than 0.80 of the total
    assert letters(abc_classes.by_share(pd.Series([0.37, 0.15, 0.07, 0.06]))) == "AABB"


def test_losses_do_not_make_the_total_smaller():
    assert letters(abc_classes.by_share(pd.Series([60, 30, 10, -50]))) == "AABC"


@pytest.mark.parametrize("rule", RULES)
def test_a_giant_is_a(rule):
    assert letters(rule(pd.Series([1] * 9 + [1000])))[-1] == "A"


def test_small_ones_beside_a_giant_are_not_a_by_value():
    assert sizes(abc_classes.by_share(pd.Series([1000] + [1] * 9))) == [1, 0, 9]
    assert sizes(abc_classes.computed_limits(pd.Series([1000] + [1] * 9)).classes) == [1, 0, 9]


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("value", [5, 0])
def test_all_equal_are_all_a(rule, value):
    assert letters(rule(pd.Series([value] * 20))) == "A" * 20


def test_a_customer_without_value_is_c():
    zeros = pd.Series([10, 8, 5] + [0] * 50)
    assert letters(abc_classes.by_share(zeros)) == "AAA" + "C" * 50
    assert letters(abc_classes.computed_limits(zeros).classes) == "AAA" + "C" * 50


@pytest.mark.parametrize("rule", RULES)
def test_a_negative_value_is_c(rule):
    assert letters(rule(pd.Series([-5, 100, -1])))[::2] == "CC"
    assert letters(rule(pd.Series([-3, -2, -1]))) == "CCC"
    assert letters(rule(pd.Series([0, 0, -1]))) == "AAC"


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("values", [[], [1, None], [1, float("inf")], ["a lot"]])
def test_empty_missing_infinite_and_text_are_refused(rule, values):
    with pytest.raises(ValueError):
        rule(pd.Series(values))


@pytest.mark.parametrize("ratio", [(1, 2), (0, 1, 1), (1, -2, 2), (1, 2, float("nan"))])
def test_a_ratio_is_three_positive_numbers(ratio):
    with pytest.raises(ValueError, match="three positive numbers"):
        abc_classes.by_count(pd.Series([1, 2, 3]), ratio=ratio)


@pytest.mark.parametrize("cuts", [(0.95, 0.8), (0, 0.5), (0.8, 1.2)])
def test_cuts_rise_within_0_and_1(cuts):
    with pytest.raises(ValueError, match="cuts"):
        abc_classes.by_share(pd.Series([1, 2, 3]), cuts=cuts)


def test_47_items_of_flores_1992_at_the_published_cut():
    usage = pd.Series(FLORES_A + FLORES_B + FLORES_C)
    # printed cumulative shares: 68.9 % before the last A, 73.6 % after it; 91.7 % before the last B, 92.5 % after it
    assert letters(abc_classes.by_share(usage, cuts=(0.70, 0.92))) == "A" * 10 + "B" * 14 + "C" * 23


def test_computed_limits_of_1_to_100_as_the_r_package_abcanalysis_gives_them():
    limits = abc_classes.computed_limits(pd.Series(range(1, 101)))
    assert limits.a_limit == pytest.approx((0.41, 0.649504950495))
    assert limits.b_limit == pytest.approx((0.61, 0.845544554455))
    assert sizes(limits.classes) == [40, 21, 39]


def test_computed_limits_give_three_customers_three_classes():
    assert letters(abc_classes.computed_limits(pd.Series([10, 5, 1])).classes) == "ABC"


def test_a_computed_limit_never_stands_above_the_whole():
    # the spline through a steep start overshoots 1 at both limits
    limits = abc_classes.computed_limits(pd.Series([10, 8, 5] + [0] * 50))
    assert limits.a_limit == (0.06, 1) and limits.b_limit == (0.07, 1)


@pytest.mark.parametrize("rule", RULES)
@given(values=amounts, seed=st.integers(0, 99))
@properties
def test_the_order_of_rows_plays_no_part(rule, values, seed):
    series = pd.Series(values)
    shuffled = series.sample(frac=1, random_state=seed)
    assert rule(shuffled).sort_index().equals(rule(series))


@pytest.mark.parametrize("rule", RULES)
@given(values=amounts, factor=st.sampled_from([2, 0.01, 10_000]))
@properties
def test_another_unit_of_money_changes_no_class(rule, values, factor):
    assert letters(rule(pd.Series(values) * factor)) == letters(rule(pd.Series(values)))


@pytest.mark.parametrize("rule", RULES)
@given(values=st.lists(st.integers(-2, 5), min_size=1, max_size=30))
@properties
def test_a_larger_value_never_has_a_worse_class_and_equal_customers_one(rule, values):
    codes = rule(pd.Series(values)).cat.codes
    by_value = codes.groupby(pd.Series(values)).agg(["min", "max"])
    assert (by_value["min"] == by_value["max"]).all()
    assert by_value["min"].is_monotonic_decreasing


@pytest.mark.parametrize("rule", RULES[:2])
@given(values=amounts, who=st.integers(0, 39), more=st.integers(1, 500))
@properties
def test_raising_one_customer_never_lowers_its_class(rule, values, who, more):
    who %= len(values)
    raised = values[:who] + [values[who] + more] + values[who + 1 :]
    assert rule(pd.Series(raised)).cat.codes[who] <= rule(pd.Series(values)).cat.codes[who]


@given(n=st.integers(1, 200))
@properties
def test_sizes_differ_from_1_2_2_by_less_than_one_customer(n):
    a, b, c = sizes(abc_classes.by_count(pd.Series(range(n))))
    assert 0 <= a - n / 5 < 1 and 0 <= a + b - 3 * n / 5 < 1 and c == n - a - b


def test_the_three_rules_side_by_side():
    found = abc_classes.compared(pd.Series([1000] + [1] * 9)).set_index(["rule", "class"])
    # by number equal customers share the better class: nine of 1 stand behind the one of 1000
    assert found["customers"].unstack().loc["by_count"].tolist() == [10, 0, 0]
    assert found["customers"].unstack().loc["by_share"].tolist() == [1, 0, 9]
    assert found.loc[("by_share", "A"), "share"] == pytest.approx(1000 / 1009)
    assert found.groupby("rule")["share"].sum().tolist() == pytest.approx([1, 1, 1])


@given(values=st.lists(st.integers(0, 9), min_size=1, max_size=60))
@properties
def test_1_2_2_holds_up_to_ties(values):
    # without its lowest value, class A is smaller than a fifth, and A and B together are smaller than three fifths
    series, n = pd.Series(values), len(values)
    classes = abc_classes.by_count(series)
    for upto, share in (("A", 1 / 5), ("B", 3 / 5)):
        better = series[classes <= upto]
        assert len(better) >= share * n - 1e-9
        assert (better > better.min()).sum() < share * n - 1e-9
