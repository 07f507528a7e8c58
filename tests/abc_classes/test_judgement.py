import hypothesis
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib import abc_classes

properties = settings(deadline=None, derandomize=True, max_examples=60)


def letters(classes):
    return "".join(classes.astype("str"))


def sizes(classes):
    return classes.value_counts(sort=False).tolist()


DEALERS = pd.DataFrame(
    {"size": [50, 40, 30, None, 10], "brand_share": [0.1, None, 0.3, None, 0.5]}, index=["v", "w", "x", "y", "z"]
)


def test_joint_class_over_what_is_known_of_each_customer():
    table = abc_classes.joint(DEALERS)
    assert list(table.columns) == ["size", "brand_share", "score", "joint", "known"]
    assert table["known"].tolist() == [2, 1, 2, 0, 2]
    assert table["size"].tolist() == ["A", "B", "B", np.nan, "C"]
    assert table["brand_share"].tolist() == ["C", np.nan, "B", np.nan, "A"]
    # percent ranks, size: v 7/8, w 5/8, x 3/8, z 1/8; brand share: v 1/6, x 3/6, z 5/6
    assert table["score"].tolist() == pytest.approx([25 / 48, 5 / 8, 7 / 16, np.nan, 23 / 48], nan_ok=True)
    assert table["joint"].tolist() == ["B", "A", "C", np.nan, "B"]
    assert table["joint"].dtype == table["size"].dtype == abc_classes.CLASSES


# below zero on all that is known: x, v and z; w is above zero on brand share, y at zero on size
LOSSES = pd.DataFrame(
    {"size": [-1.0, -2, -3, 0, None], "brand_share": [-0.1, 0.2, None, None, -0.3]}, index=["x", "w", "v", "y", "z"]
)


def test_whoever_is_below_zero_on_all_that_is_known_of_it_is_c_jointly():
    table = abc_classes.joint(LOSSES, ratio=(2, 2, 1))
    # percent ranks, size: x 5/8, w 3/8, v 1/8, y 7/8; brand share: x 3/6, w 5/6, z 1/6
    assert table["score"].tolist() == pytest.approx([9 / 16, 29 / 48, 1 / 8, 7 / 8, 1 / 6])
    # by places alone y and w are A, x and z B, v C; nobody moves up into the places of x and z
    assert letters(table["joint"]) == "CACAC"


def test_nobody_is_a_where_all_are_below_zero_on_all_that_is_known():
    table = abc_classes.joint(pd.DataFrame({"size": [-1.0, -2, -3]}))
    assert letters(table["joint"]) == letters(table["size"]) == "CCC"
    one = abc_classes.joint(pd.DataFrame({"size": [-1.0], "brand_share": [0.4]}), {"size": 1, "brand_share": 0})
    assert letters(one["joint"]) == "C"  # what has no weight makes no class better


def test_below_zero_on_all_that_is_known_the_class_is_robust():
    found = abc_classes.robustness(LOSSES, ratio=(2, 2, 1)).loc[["x", "v", "z"]]
    assert found["robust"].tolist() == [1, 1, 1] and found["other"].isna().all()


FIGURE = st.none() | st.integers(-4, 4)


@given(
    rows=st.lists(st.tuples(FIGURE, FIGURE, FIGURE), min_size=1, max_size=12),
    weights=st.tuples(*[st.integers(0, 2)] * 3).filter(any),
    ratio=st.sampled_from([(1, 2, 2), (1, 1, 1), (3, 1, 1)]),
)
@properties
def test_below_zero_on_all_that_counts_is_c_and_every_other_class_is_as_by_the_score(rows, weights, ratio):
    dealers = pd.DataFrame(rows, columns=["size", "contribution", "brand_share"], dtype="float64")
    counted = [name for name, weight in zip(dealers, weights, strict=True) if weight]
    hypothesis.assume(dealers[counted].notna().any(axis=None))
    table = abc_classes.joint(dealers, dict(zip(dealers, weights, strict=True)), ratio)
    below = [all(value < 0 for value in row.dropna()) for _, row in dealers[counted].iterrows()]
    known = table["score"].notna()
    expected = abc_classes.by_count(table["score"][known], ratio).mask(pd.Series(below), "C")
    assert letters(table["joint"][known]) == letters(expected) and table["joint"][~known].isna().all()


def test_a_weight_of_zero_leaves_an_indicator_out_of_the_joint_class_only():
    table = abc_classes.joint(DEALERS, weights={"size": 0, "brand_share": 3})
    assert table["joint"].tolist() == ["C", np.nan, "B", np.nan, "A"]
    assert table["size"].tolist() == ["A", "B", "B", np.nan, "C"]
    assert table["known"].tolist() == [2, 1, 2, 0, 2]


def test_ties_take_the_middle_of_the_ranks_they_cover():
    table = abc_classes.joint(pd.DataFrame({"size": [7, 7, 1, 9]}))
    assert table["score"].tolist() == pytest.approx([0.5, 0.5, 0.125, 0.875])


def test_customers_with_equal_scores_stay_together_whatever_the_rounding():
    # with weights 1 : 2 : 3 the ranks of the second and the third customer both come to 10
    ranks = pd.DataFrame({"size": [2, 0, 4, 3, 1], "contribution": [1, 2, 3, 0, 4], "brand_share": [1, 2, 0, 3, 4]})
    table = abc_classes.joint(ranks, weights={"size": 0.1, "contribution": 0.2, "brand_share": 0.3})
    assert letters(table["joint"]) == "CBBBA"


def test_weights_in_any_unit_give_the_same_joint_class():
    halves = abc_classes.joint(DEALERS, weights={"brand_share": 0.75, "size": 0.25})
    pd.testing.assert_frame_equal(halves, abc_classes.joint(DEALERS, weights={"size": 1, "brand_share": 3}))


@pytest.mark.parametrize(
    "weights",
    [{"size": 1, "charm": 1}, {"size": 1}, {"size": -1, "brand_share": 2}, {"size": 0, "brand_share": 0}],
    ids=["unknown indicator", "indicator not named", "negative", "all zero"],
)
def test_bad_weights_are_refused(weights):
    with pytest.raises(ValueError, match="weights"):
        abc_classes.joint(DEALERS, weights=weights)


def test_joint_is_refused_where_nothing_is_known_or_a_customer_stands_twice():
    with pytest.raises(ValueError, match="known"):
        abc_classes.joint(pd.DataFrame({"size": [None, None]}))
    with pytest.raises(ValueError, match="v stands twice"):
        abc_classes.joint(pd.concat([DEALERS, DEALERS.head(1)]))


@given(
    rows=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=25),
    who=st.integers(0, 24),
    seed=st.integers(0, 99),
)
@properties
def test_joint_ignores_the_order_of_rows_and_never_punishes_a_rise(rows, who, seed):
    dealers = pd.DataFrame(rows, columns=["size", "contribution"])
    table = abc_classes.joint(dealers)
    pd.testing.assert_frame_equal(abc_classes.joint(dealers.sample(frac=1, random_state=seed)).sort_index(), table)
    who %= len(rows)
    raised = dealers.copy()
    raised.loc[who, "size"] += 3
    assert abc_classes.joint(raised)["joint"].cat.codes[who] <= table["joint"].cat.codes[who]


def test_each_system_of_customers_is_judged_by_itself():
    size = pd.DataFrame({"size": [9.0, 8, 7, 6, 5, 4, 3, 2, 1, 0]}, index=list("abcdefghij"))
    systems = pd.Series(["north"] * 5 + ["south"] * 5, index=list("abcdefghij"))
    found = abc_classes.within(systems, abc_classes.joint, size.sample(frac=1, random_state=3))
    assert letters(found["joint"].sort_index()) == "ABBCC" * 2
    assert found.index.tolist() == size.sample(frac=1, random_state=3).index.tolist()


def test_one_system_is_judged_as_without_systems():
    table = abc_classes.within(pd.Series("", DEALERS.index), abc_classes.joint, DEALERS, weights=None)
    pd.testing.assert_frame_equal(table, abc_classes.joint(DEALERS))


def test_a_class_that_every_weight_gives_is_robust_and_one_that_hangs_on_them_says_on_which():
    # a leads on both; b and c change places with the weights: by size alone b is second, by contribution c
    dealers = pd.DataFrame({"size": [9, 8, 7, 2, 1], "contribution": [9, 7, 8, 1, 2]}, index=list("abcde"))
    found = abc_classes.robustness(dealers, {"size": 1, "contribution": 3}, ratio=(2, 1, 2))
    assert found.at["a", "robust"] == 1 and pd.isna(found.at["a", "other"])
    # of 40 weights spread over the line, c is A where contribution counts more than size: half of them
    assert found.at["c", "robust"] == pytest.approx(0.5, abs=0.03)
    assert found.at["c", "other"] == "B" and found.at["b", "other"] == "A"
    assert found.at["c", "at_size"] > 0.5 > found.at["c", "at_contribution"]
    assert found.at["c", "at_size"] == pytest.approx(0.5, abs=0.03)  # the nearest weights, not any


def test_under_one_indicator_every_class_is_robust():
    found = abc_classes.robustness(pd.DataFrame({"size": [3.0, 2, 1, None]}))
    assert found["robust"].tolist()[:3] == [1, 1, 1] and np.isnan(found["robust"][3])
    assert found["other"].isna().all()


@given(rows=st.lists(st.tuples(*[st.integers(-4, 9)] * 3), min_size=2, max_size=15))
@settings(properties, max_examples=20)
def test_the_weights_that_change_a_class_change_it(rows):
    dealers = pd.DataFrame(rows, columns=["size", "contribution", "brand_share"])
    found, own = abc_classes.robustness(dealers), abc_classes.joint(dealers)["joint"]
    for who in found.index[found["other"].notna()]:
        at = {name: found.at[who, f"at_{name}"] for name in dealers}
        assert sum(at.values()) == pytest.approx(1)
        assert abc_classes.joint(dealers, at)["joint"][who] == found.at[who, "other"] != own[who]
    assert (found["other"].isna() == (found["robust"] == 1)).all()


def test_equal_settings_give_equal_tables():
    one = abc_classes.settings("company", [1, 2, 2], None, ["size", "contribution"])
    assert one["value"].tolist() == ["company", "1 : 2 : 2", "size 0.5, contribution 0.5"]
    assert one.equals(
        abc_classes.settings("company", (1.0, 2, 2), {"size": 3, "contribution": 3}, ["size", "contribution"])
    )
    assert not one.equals(abc_classes.settings("region", [1, 2, 2], None, ["size", "contribution"]))
