import numpy as np

from custlib.quarters import Quarter
from custlib.sample import days


def test_streams_of_different_names_differ_and_the_same_repeats():
    one, again, other = (
        days.stream(1, *names).random() for names in (("sales", "2025Q4"), ("sales", "2025Q4"), ("visits",))
    )
    assert one == again != other


def test_spring_festival_moves_between_the_years():
    weights = {
        year: days.sell_in(np.arange(f"{year}-01-01", f"{year}-03-01", dtype="datetime64[D]")) for year in (2024, 2025)
    }
    assert np.flatnonzero(weights[2024] < 0.1)[0] == 37  # 7 February 2024
    assert np.flatnonzero(weights[2025] < 0.1)[0] == 25  # 26 January 2025


def test_dealers_stock_up_before_double_eleven():
    weight = days.sell_in(days.of_quarter(Quarter(2025, 4)))
    assert weight[14:38].mean() > 1.4 * weight[50:].mean()


def test_days_of_weight_zero_are_never_drawn():
    calendar = days.of_quarter(Quarter(2025, 1))
    weight = np.arange(len(calendar)) % 2
    drawn = days.drawn(np.random.default_rng(1), calendar, weight, 1000)
    assert set(drawn) == set(calendar[1::2])


def test_each_buyer_orders_at_even_distances():
    calendar = days.of_quarter(Quarter(2025, 4))
    found = days.spread(np.random.default_rng(1), calendar, np.ones(92), np.array([4, 4, 9, 9, 9, 9]))
    place = (found - calendar[0]).astype(int)
    assert (place[:2] // 46).tolist() == [0, 1]
    assert (place[2:] // 23).tolist() == [0, 1, 2, 3]
