import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib import abc_classes

# Annual dollar usage and published class of 47 items: Reid 1987; Flores, Olson & Dorai 1992
FLORES_A = [5840.64, 5670, 5037.12, 4769.56, 3478.8, 2936.67, 2820, 2640, 2423.52, 2407.5]
FLORES_B = [1075.2, 1043.5, 1038, 883.2, 854.4, 810, 703.68, 594, 570, 467.6, 463.6, 455, 432.5, 398.4]
FLORES_C = [370.5, 338.4, 336.12, 313.6, 268.68, 224, 216, 212.08, 197.92, 190.89, 181.8, 163.28, 150, 134.8, 119.2]
FLORES_C += [103.36, 79.2, 75.4, 59.78, 48.3, 34.4, 28.8, 25.38]


def letters(classes):
    return "".join(classes.astype("str"))


def sizes(classes):
    return classes.value_counts(sort=False).tolist()


@pytest.mark.parametrize(
    "values, published",
    [
        ([541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261], 0.462091130268),
        (FLORES_A + FLORES_B + FLORES_C, 0.646656150052),
        (range(1, 101), 0.33),
    ],
    ids=["example of the R package ineq", "annual dollar usage of Flores 1992", "1 to 100"],
)
def test_gini_as_the_r_package_ineq_gives_it(values, published):
    assert abc_classes.gini(pd.Series(values)) == pytest.approx(published, abs=1e-12)


def test_gini_is_0_for_equal_customers_and_refuses_a_loss():
    assert abc_classes.gini(pd.Series([7, 7, 7])) == pytest.approx(0)
    assert abc_classes.gini(pd.Series([0, 0, 0, 9])) == pytest.approx(0.75)
    for values in ([3, -1], [0, 0], []):
        with pytest.raises(ValueError):
            abc_classes.gini(pd.Series(values, dtype=float))


def classes(letters):
    return pd.Series(list(letters), index=[f"k{n}" for n in range(len(letters))], dtype=abc_classes.CLASSES)


def test_ranked_goes_from_the_largest_and_a_loss_brings_the_share_back_to_one():
    found = abc_classes.ranked(pd.Series([10.0, -20, 90, 20], index=["k0", "k1", "k2", "k3"]), classes("BCAB"))
    assert found.index.tolist() == ["k2", "k3", "k0", "k1"]
    assert found["rank"].tolist() == [1, 2, 3, 4]
    assert found["cumulative_share"].tolist() == [0.9, 1.1, 1.2, 1.0]


def test_ranked_leaves_out_whom_nothing_is_known_of():
    found = abc_classes.ranked(pd.Series([10.0, None, 30], index=["k0", "k1", "k2"]), classes("BCA"))
    assert found.index.tolist() == ["k2", "k0"]


def test_summary_adds_up_each_indicator_and_the_joint_class_by_size():
    letters = pd.DataFrame({"size": classes("ABC"), "joint": classes("BAC")})
    found = abc_classes.summary(pd.DataFrame({"size": [60.0, 30, 10]}, index=letters.index), letters)
    rows = found.set_index(["indicator", "class"])
    assert rows.loc[("size", "A")].tolist() == [1, 60.0, 0.6]
    assert rows.loc[("joint", "A")].tolist() == [1, 30.0, 0.3]
    assert rows["customers"].sum() == 6
    without = abc_classes.summary(pd.DataFrame({"size": [60.0, None, 10]}, index=letters.index), letters)
    assert without.set_index(["indicator", "class"]).loc["size", "customers"].tolist() == [1, 0, 1]


def test_herfindahl_as_the_r_package_ineq_gives_it():
    assert abc_classes.herfindahl(
        pd.Series([541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261])
    ) == pytest.approx(0.184081230915, abs=1e-12)
    assert abc_classes.herfindahl(pd.Series(FLORES_A + FLORES_B + FLORES_C)) == pytest.approx(
        0.0637315601255, abs=1e-12
    )
    assert abc_classes.herfindahl(pd.Series([5, 5, 5, 5])) == 0.25


def test_the_ten_largest_of_1_to_100_bring_a_fifth():
    assert abc_classes.top_share(pd.Series(range(1, 101))) == pytest.approx(955 / 5050)
    assert abc_classes.top_share(pd.Series([3, 1])) == 1


def test_the_lorenz_curve_starts_with_the_smallest():
    found = abc_classes.lorenz(pd.Series([6, 1, 3]))
    assert found["customers_share"].tolist() == pytest.approx([0, 1 / 3, 2 / 3, 1])
    assert found["value_share"].tolist() == pytest.approx([0, 0.1, 0.4, 1])


def test_concentration_counts_a_customer_below_zero_as_zero_and_says_so():
    found = abc_classes.concentration({"2025Q3": pd.Series([0.0, -2]), "2025Q4": pd.Series([3.0, 1, -4, None])})
    row = found.set_index("quarter").loc["2025Q4", :"top_ten"]
    assert found["quarter"].tolist() == ["2025Q4"]
    # Gini of 0, 1, 3: (−2·0 + 0·1 + 2·3) ÷ (3·4)
    assert row.tolist() == [3, 1, pytest.approx(0.5), pytest.approx(10 / 16), 1]


def test_without_profits_the_whale_curve_stays_empty_when_names_are_put_to_it():
    names = pd.Series({"k1": "甲", "k2": "乙"}, name="name").rename_axis("customer_id")
    assert abc_classes.whale(None).join(names).empty


def test_the_whale_curve_rises_to_its_peak_and_falls_with_the_losses():
    found = abc_classes.whale(pd.Series({"k1": -30.0, "k2": 100.0, "k3": None, "k4": 50.0}))
    assert found.index.tolist() == ["k2", "k4", "k1"]
    assert found["cumulative"].tolist() == [100, 150, 120] and found["rank"].tolist() == [1, 2, 3]


ERRORS = ["gini_error", "herfindahl_error", "top_ten_error"]


def test_where_every_customer_doubled_the_change_is_nothing_and_sure_to_be():
    size = pd.Series([float(n) for n in range(1, 31)])
    found = abc_classes.concentration({"2024Q4": size, "2025Q3": size, "2025Q4": size * 2}).set_index("quarter")
    assert found.loc[["2024Q4", "2025Q3"], ERRORS].isna().all(axis=None)
    assert found.loc["2025Q4", ERRORS].abs().max() < 1e-12


@given(rows=st.lists(st.tuples(st.none() | st.integers(0, 9), st.none() | st.integers(0, 9)), min_size=3, max_size=16))
@settings(deadline=None, derandomize=True, max_examples=15)
def test_the_error_is_that_of_leaving_out_one_customer_after_another(rows):
    sizes = pd.DataFrame([(7, 5), (6, 6), *rows], columns=["2024Q4", "2025Q4"], dtype="float64")
    sizes = sizes.dropna(how="all").reset_index(drop=True)
    changes = []
    for who in sizes.index:
        measures = (
            abc_classes.concentration(dict(sizes.drop(who).items())).set_index("quarter").loc[:, "gini":"top_ten"]
        )
        changes.append(measures.loc["2025Q4"] - measures.loc["2024Q4"])
    spread = pd.DataFrame(changes).var(ddof=0) * (len(changes) - 1)
    found = abc_classes.concentration(dict(sizes.items())).set_index("quarter").loc["2025Q4", ERRORS]
    assert found.tolist() == pytest.approx((spread**0.5).tolist(), abs=1e-9)
