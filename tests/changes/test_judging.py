"""Who changed, and who did not: toy companies with a known truth."""

import numpy as np
import pandas as pd
import pytest

from custlib import changes

QUARTERS = [f"{2023 + (3 + at) // 4}Q{(3 + at) % 4 + 1}" for at in range(9)]  # 2023Q4 to 2025Q4


def company(seed=0, customers=120, chance=0.1, quarters=9):
    rng = np.random.default_rng(seed)
    amounts = np.exp(rng.normal(12, 1, (customers, 1)) + rng.normal(0, chance, (customers, quarters)))
    return pd.DataFrame(amounts, [f"k{number}" for number in range(customers)], QUARTERS[-quarters:])


def judged(amounts):
    return changes.judged(amounts, QUARTERS[-1])


def named(amounts):
    rows = judged(amounts)
    return rows.loc[rows["change"] != "", "change"].to_dict()


def test_nobody_is_named_where_nothing_changed():
    assert sum(len(named(company(seed))) for seed in range(10)) <= 2


def test_a_sudden_fall_and_one_of_three_quarters_ago_and_a_slide_are_found():
    amounts = company()
    amounts.iloc[0, -1:] *= 0.3
    amounts.iloc[1, -3:] *= 0.3
    amounts.iloc[2, -3:] *= [0.75, 0.55, 0.4]
    amounts.iloc[3, -2:] *= 3
    rows = judged(amounts)
    assert named(amounts) == {"k0": "fell", "k1": "fell", "k2": "fell", "k3": "rose"}
    assert rows.loc[["k0", "k1", "k3"], "since"].to_list() == ["2025Q4", "2025Q2", "2025Q3"]


def test_the_loss_is_money_a_year():
    amounts = company(chance=0.01)
    amounts.iloc[0] = [100.0] * 8 + [25.0]
    # a year before of 400, now a quarter of it
    assert judged(amounts).loc["k0", "a_year"] == pytest.approx(-300, rel=0.02)
    assert judged(amounts).loc["k0", "expected"] == pytest.approx(100, rel=0.02)


def test_a_rise_from_next_to_nothing_is_worth_no_more_than_its_best_quarter_four_times():
    amounts = company(chance=0.05)
    amounts.iloc[0] = [0, 0, 0, 0.01, 0, 0, 0, 0, 5000.0]
    amounts.iloc[1] = [0, 0, 0.02, 0, 0, 0, 0, 3000.0, 4000.0]
    rows = judged(amounts)
    assert named(amounts) == {"k0": "rose", "k1": "rose"}
    assert rows.loc[["k0", "k1"], "a_year"].to_list() == [20_000, 16_000]


def test_a_customer_that_buys_half_in_every_first_quarter_is_not_named_for_it():
    amounts = company(chance=0.05)
    season = np.tile([0.5, 1.9, 1.0, 0.6], 3)[-9:]
    amounts.iloc[:20] *= season
    assert set(named(amounts.iloc[:, :-1].set_axis(QUARTERS[1:], axis=1))) <= set(amounts.index[20:])
    assert set(named(amounts)) <= set(amounts.index[20:])


def test_a_fall_of_more_than_a_year_ago_is_no_news():
    amounts = company()
    amounts.iloc[0, -6:] *= 0.3
    assert "k0" not in named(amounts)


def test_what_all_customers_did_is_no_customers_change():
    amounts = company()
    amounts["2025Q4"] *= 0.4
    assert named(amounts) == {}


def test_a_small_change_is_none_however_sure_it_is():
    amounts = company(chance=0.005)
    amounts.iloc[0, -1] *= 0.85
    assert "k0" not in named(amounts)


def test_under_five_quarters_only_a_fall_below_all_earlier_quarters_counts():
    amounts = company(quarters=4)
    amounts.iloc[0, -1] *= 0.1
    amounts.iloc[1, -1] *= 9
    rows = judged(amounts)
    assert named(amounts) == {"k0": "fell"}
    assert rows["year_ago"].isna().all()


def test_under_three_quarters_nobody_is_named():
    amounts = company(quarters=2)
    amounts.iloc[0, -1] = 0
    rows = judged(amounts)
    assert named(amounts) == {} and rows["chance"].isna().all() and len(rows) == 120


def test_the_range_of_the_expected_holds_what_came_19_times_in_20():
    inside = [
        rows["net_sales"].between(rows["expected_low"], rows["expected_high"]).mean()
        for rows in map(judged, map(company, range(20)))
    ]
    assert 0.93 < np.mean(inside) < 0.97


def test_whoever_was_named_a_quarter_ago_is_set_against_its_new_level():
    amounts = company(chance=0.05)
    amounts.iloc[:10, -2:] *= 0.3
    rows = judged(amounts)
    assert rows.loc[amounts.index[:10], "against_then"].abs().max() < 0.35
    assert abs(np.log1p(rows.loc[amounts.index[:10], "against_then"]).mean()) < 0.06


@pytest.mark.parametrize("rows", [0, 1, 2])
def test_a_company_of_hardly_any_customers_is_judged_without_an_error(rows):
    assert len(judged(company().iloc[:rows])) == rows


def test_customers_that_stopped_long_ago_are_not_judged():
    amounts = company()
    amounts.iloc[0, -6:] = 0
    assert "k0" not in judged(amounts).index
