"""Two segments of five consumers each, and one consumer in none; every figure can be worked out by hand."""

import pandas as pd
import pytest

from custlib import segments
from custlib.segments.value import seasonal_index

QUARTERS = [f"{year}Q{number}" for year in (2024, 2025) for number in (1, 2, 3, 4)]
SEASON = {"1": 160.0, "2": 80.0, "3": 40.0, "4": 120.0}
IDENTITIES = pd.Series({f"{name}{n}": identity for name, identity in (("a", "S1"), ("b", "S2")) for n in range(5)})
COLUMNS = ["consumer_id", "quarter", "purchases", "money"]


def bought(growth=1.0, alone=True):
    """Each of S1 pays by the season, in the second year `growth` times as much; of S2 half of it; the one apart 100 a
    quarter."""
    rows = []
    for quarter in QUARTERS:
        money = SEASON[quarter[-1]] * (growth if quarter.startswith("2025") else 1)
        rows += [(f"a{n}", quarter, 2, money) for n in range(5)] + [(f"b{n}", quarter, 1, money / 2) for n in range(5)]
        rows += [("z", quarter, 1, 100.0)] * alone
    return pd.DataFrame(rows, columns=COLUMNS)


def test_what_each_segment_brought_adds_up_to_all():
    more = pd.DataFrame([(f"z{n}", "2025Q4", 1, 100.0) for n in range(4)], columns=COLUMNS)
    found = segments.value(pd.concat([bought(), more]), IDENTITIES, "2025Q4")
    assert found.index.tolist() == ["S1", "S2", "apart"]
    assert found["money"].tolist() == [600, 300, 500]
    assert found["money_year"].tolist() == [2000, 1000, 800]  # z brought 400 of the 800, just not more than half
    assert found["money_share"].tolist() == pytest.approx([2000 / 3800, 1000 / 3800, 800 / 3800])
    # of everybody who bought, those in no segment too
    assert found["consumers_share"].tolist() == pytest.approx([1 / 3] * 3)
    assert found["purchases"].tolist() == [10, 5, 5] and found["purchases_year"].tolist() == [40, 20, 8]
    assert found["consumers"].tolist() == [5, 5, 5] and found["buyers"].tolist() == [5, 5, 5]


def test_one_consumer_alone_is_not_shown():
    assert segments.value(bought(), IDENTITIES, "2025Q4").loc["apart"].isna().all()
    assert segments.forecast(bought(), IDENTITIES, "2025Q4").loc["apart"].drop("next_quarter").isna().all()


def test_a_quarter_of_few_buyers_is_not_shown_in_a_year_of_many():
    rows = bought()
    rows = rows[~((rows["quarter"] == "2025Q4") & rows["consumer_id"].isin(["a0", "a1"]))]
    found = segments.value(rows, IDENTITIES, "2025Q4").loc["S1"]
    assert found[["buyers", "purchases", "money"]].isna().all()
    assert found["consumers"] == 5 and found["money_year"] == 2000 - 240
    told = segments.forecast(rows, IDENTITIES, "2025Q4").loc["S1"]
    assert pd.isna(told["held_out"]) and pd.isna(told["error"]) and told["forecast"] > 0


def test_the_season_is_that_of_all_money():
    index = seasonal_index(bought(alone=False), "2025Q4")
    assert index.to_dict() == pytest.approx({1: 1.6, 2: 0.8, 3: 0.4, 4: 1.2})
    assert seasonal_index(bought(), "2024Q3").tolist() == [1, 1, 1, 1]  # no whole year yet


def test_the_forecast_of_a_steady_segment_is_what_comes():
    found = segments.forecast(bought(alone=False), IDENTITIES, "2025Q4").loc["S1"]
    assert found["next_quarter"] == "2026Q1" and found["forecast"] == pytest.approx(800) and found["naive"] == 800
    assert found["held_out"] == 600 and found["error"] == pytest.approx(0) and found["naive_error"] == 0


def test_nothing_is_forecast_from_a_year_of_which_a_quarter_is_not_known():
    rows = bought(alone=False)
    found = segments.forecast(rows[rows["quarter"] != "2025Q2"], IDENTITIES, "2025Q4").loc["S1"]
    assert pd.isna(found["forecast"])


def test_a_segment_with_a_season_of_its_own_is_forecast_by_it():
    own = {"1": 20.0, "2": 20.0, "3": 20.0, "4": 340.0}
    rows = bought(alone=False)
    other = rows["consumer_id"].str.startswith("b")
    rows.loc[other, "money"] = rows.loc[other, "quarter"].str[-1].map(own)
    found = segments.forecast(rows, IDENTITIES, "2025Q4")["forecast"]
    # Both repeat their year exactly, so nothing of it is shrunk: S1 has 800 in a first quarter, S2 five times 20.
    assert found[["S1", "S2"]].tolist() == pytest.approx([800, 100])


def test_the_error_of_a_segment_that_is_gone_is_there_too():
    before = pd.concat([IDENTITIES.replace({"S2": "S9"})])
    found = segments.forecast(bought(), IDENTITIES, "2025Q4", before)
    assert found.index.tolist() == ["S1", "S2", "S9", "apart"]
    assert found.loc["S9", "held_out"] == 300 and pd.isna(found.loc["S9", "forecast"])


def test_growth_is_an_error_of_the_forecast():
    found = segments.forecast(bought(growth=2.0, alone=False), IDENTITIES, "2025Q4").loc["S1"]
    assert found["held_naive"] == 600 and found["held_out"] == 1200 and found["naive_error"] == pytest.approx(-0.5)
    # The four quarters before bring 600 + 1600 + 800 + 400, and the only fourth quarter among them is the 600 of 2024.
    assert found["held_forecast"] == pytest.approx(3400 / 4 * (600 / 850))


def test_with_the_identities_of_the_quarter_before_their_members_are_tested():
    before = IDENTITIES.replace({"S1": "S2", "S2": "S1"})
    found = segments.forecast(bought(alone=False), IDENTITIES, "2025Q4", before=before)
    assert found["held_out"].to_dict() == {"S1": 300, "S2": 600, "apart": 0}
    assert found["naive"].to_dict() == {"S1": 800, "S2": 400, "apart": 0}


def test_where_the_quarters_do_not_reach_nothing_is_forecast():
    rows = bought()[lambda rows: rows["quarter"] >= "2025Q2"]
    found = segments.forecast(rows, IDENTITIES, "2025Q4")
    assert found[["forecast", "naive", "held_forecast", "held_naive"]].isna().all(axis=None)
    assert found.loc["S1", "held_out"] == 600


def test_curves_hide_what_tells_of_one_consumer():
    found = segments.by_quarter(bought(), IDENTITIES)
    assert found["identity"].unique().tolist() == ["S1", "S2", "apart"]
    assert found[found["identity"] == "S1"]["index"].tolist() == pytest.approx([1.6, 0.8, 0.4, 1.2] * 2)
    assert found.loc[found["identity"] == "apart", ["consumers", "purchases", "money", "index"]].isna().all(axis=None)


@pytest.mark.parametrize("table", [segments.value, segments.forecast], ids=lambda table: table.__name__)
def test_the_order_of_rows_changes_nothing(table):
    rows = bought(growth=1.5)
    shuffled = table(rows.sample(frac=1, random_state=1), IDENTITIES, "2025Q4")
    pd.testing.assert_frame_equal(shuffled, table(rows, IDENTITIES, "2025Q4"))


def test_without_a_purchase_there_is_nothing_to_forecast_and_no_error():
    none = pd.Series([], dtype="str")
    assert segments.value(bought().head(0), none, "2025Q4").loc["apart", "money_year"] == 0
    assert segments.forecast(bought().head(0), none, "2025Q4")["forecast"].isna().all()


def test_when_a_segment_buys_beside_all_consumers_in_one():
    # Six of each segment; S1 pays 10 in January and 30 in June, S2 20 in June; nobody knows who "x" is.
    rows = [(f"a{n}", 1, 1, 10.0) for n in range(6)] + [(f"a{n}", 6, 1, 30.0) for n in range(6)]
    rows += [(f"b{n}", 6, 1, 20.0) for n in range(6)] + [("x", 3, 1, 999.0)]
    table = pd.DataFrame(rows, columns=["consumer_id", "month", "purchases", "money"])
    identities = pd.Series({f"a{n}": "S1" for n in range(6)} | {f"b{n}": "S2" for n in range(6)})
    found = segments.seasons(table, identities).set_index(["identity", "month"])
    assert found["index"].to_dict() == {("", 1): 2.0, ("", 6): 10.0, ("S1", 1): 3.0, ("S1", 6): 9.0, ("S2", 6): 12.0}
    alone = segments.seasons(table, identities.head(4)).set_index(["identity", "month"])
    assert alone["index"].isna().all() and alone["consumers"].isna().all()


def test_without_identities_before_the_members_of_now_are_tested():
    none = IDENTITIES.head(0)
    found = segments.forecast(bought(), IDENTITIES, "2025Q4", none)
    pd.testing.assert_frame_equal(found, segments.forecast(bought(), IDENTITIES, "2025Q4"))
