import numpy as np
import pandas as pd
import pytest

from custlib import abc_classes

QUARTERS = [f"{year}Q{number}" for year in (2024, 2025) for number in range(1, 5)]


def amounts(rows):
    return pd.DataFrame.from_dict(rows, orient="index", columns=QUARTERS, dtype=float)


FLAT = amounts({f"k{n}": [100.0] * 8 for n in range(8)} | {"peaks": [50, 50, 50, 250] * 2, "grew": [100] * 7 + [300]})


def test_a_peak_of_both_years_is_a_season_and_one_of_one_year_is_not():
    found = abc_classes.seasonal_indices(FLAT, "2025Q4").customers
    assert found.index[found["seasonal"]].tolist() == ["peaks"]
    assert found.at["peaks", "peak"] == 4 and found.at["peaks", "years"] == 2


def test_how_many_would_look_seasonal_by_chance_is_told():
    found = abc_classes.seasonal_indices(FLAT, "2025Q4").customers
    # shuffled within their years the two peaks fall on the same quarter one time in four; the others have none or one
    assert found.at["peaks", "by_chance"] == pytest.approx(0.25, abs=0.06)
    assert found["by_chance"].drop("peaks").sum() == 0


def test_the_pooled_index_is_the_mean_over_customers():
    pooled = abc_classes.seasonal_indices(FLAT, "2025Q4").pooled
    # fourth quarter: 8 customers at 1, one at 2.5 twice, one at 1 and at 300/150
    assert pooled["q4"] == pytest.approx((16 + 2 * 2.5 + 1 + 2) / 20)
    assert pooled.mean() == pytest.approx(1)


def test_a_customer_without_a_whole_year_has_the_index_of_all():
    young = pd.concat([FLAT, amounts({"young": [None] * 6 + [100, 900]})])
    found = abc_classes.seasonal_indices(young, "2025Q4")
    assert found.customers.loc["young", ["years", "peak", "seasonal"]].tolist() == [0, 0, False]
    assert found.customers.loc["young", ["q1", "q2", "q3", "q4"]].tolist() == pytest.approx(found.pooled.tolist())


def test_noise_between_years_is_shrunk_away_and_a_steady_season_is_kept():
    rng = np.random.default_rng(5)
    noisy = amounts({f"k{n}": 100 * np.exp(rng.normal(0, 0.3, 8)) for n in range(200)})
    steady = amounts({f"k{n}": 100 * np.tile(np.exp(rng.normal(0, 0.3, 4)), 2) for n in range(200)})
    assert abc_classes.seasonal_indices(noisy, "2025Q4").kept[2] < 0.2
    assert abc_classes.seasonal_indices(steady, "2025Q4").kept[2] > 0.9


def test_less_of_a_deviation_is_kept_of_one_year_than_of_two():
    rng = np.random.default_rng(5)
    season = np.tile(rng.normal(1, 0.2, (60, 4)), 2) + rng.normal(0, 0.1, (60, 8))
    kept = abc_classes.seasonal_indices(pd.DataFrame(100 * season, columns=QUARTERS), "2025Q4").kept
    assert 0 == kept[0] < kept[1] < kept[2] < 1


def test_the_order_of_customers_plays_no_part():
    one = abc_classes.seasonal_indices(FLAT, "2025Q4").customers
    other = abc_classes.seasonal_indices(FLAT.iloc[::-1], "2025Q4").customers
    pd.testing.assert_frame_equal(other.sort_index(), one.sort_index())


def test_less_than_a_year_of_data_gives_no_season():
    found = abc_classes.seasonal_indices(FLAT[["2025Q3", "2025Q4"]], "2025Q4")
    assert found.pooled.tolist() == [1, 1, 1, 1] and not found.customers["seasonal"].any()


def test_a_by_season_is_a_now_but_not_over_the_year_and_seasonal():
    seasons = abc_classes.seasonal_indices(FLAT, "2025Q4")
    who = ["peaks", "grew", "k0"]
    now = pd.Series(["A", "A", "B"], index=who, dtype=abc_classes.CLASSES)
    year = pd.Series(["B", "B", "B"], index=who, dtype=abc_classes.CLASSES)
    past = pd.DataFrame({"2024Q4": pd.Series(["A", "C"], index=["peaks", "grew"], dtype=abc_classes.CLASSES)})
    found = abc_classes.periodic(now, past, year, seasons, "2025Q4")
    assert found["a_by_season"].tolist() == [True, False, False]
    assert found["class_year_ago"].tolist()[:2] == ["A", "C"] and found["class_year"].tolist() == ["B", "B", "B"]
    assert not abc_classes.periodic(now, past, now, seasons, "2025Q4")["a_by_season"].any()
    assert not abc_classes.periodic(now, past, None, seasons, "2025Q4")["a_by_season"].any()


def test_the_curves_of_the_largest_seasonal_customers_stand_beside_that_of_all():
    seasons = abc_classes.seasonal_indices(FLAT, "2025Q4")
    names, sizes = pd.Series(FLAT.index, FLAT.index), pd.Series(1.0, FLAT.index)
    found = abc_classes.season_curves(seasons, names, sizes, "all")
    assert (
        found["label"].tolist() == ["all"] * 4 + ["peaks"] * 4 and found["quarter_number"].tolist() == [1, 2, 3, 4] * 2
    )
    assert found["index"].tolist()[:4] == pytest.approx(seasons.pooled.tolist())
    # of a part only its own customers have a size, and no other is named
    assert set(abc_classes.season_curves(seasons, names, sizes.drop("peaks"), "all")["label"]) == {"all"}
    assert abc_classes.season_curves(seasons, names, sizes, "all", limit=0)["label"].unique().tolist() == ["all"]
