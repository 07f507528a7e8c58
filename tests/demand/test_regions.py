import numpy as np
import pandas as pd
import pytest

from custlib import demand
from custlib.demand import regions


def sold(lines, pieces=10):
    """models × regions of lines, each of so many pieces → as `facts.region_lines` gives it."""
    table = pd.DataFrame(lines, [f"P{at}" for at in range(len(lines))], ["east", "west"])
    long = table.rename_axis("product_id").rename_axis(columns="region").stack().rename("lines").to_frame()
    return long.assign(pieces=long["lines"] * pieces)[long["lines"] > 0]


FORECASTS = pd.DataFrame({"product_id": ["P0", "P1", "NEW"], "month": "2026-01", "forecast": [101.4, 7.0, 5.0]})


def test_parts_are_whole_and_add_up_to_the_forecast():
    found = demand.by_region(FORECASTS, sold([[300, 100], [1, 0], [50, 50]]))
    assert found.groupby("product_id")["pieces"].sum().to_dict() == {"P0": 101, "P1": 7}
    assert found["pieces"].dtype == "int64" and set(found["region"]) == {"east", "west"}


def test_a_share_of_few_lines_is_drawn_towards_that_of_all():
    rng = np.random.default_rng(0)
    share = rng.beta(30, 10, 40)
    lines = np.c_[np.round(200 * share), np.round(200 * (1 - share))].astype(int)
    found = regions.shares(sold([*lines.tolist(), [0, 1], [2, 0]]))
    assert found.sum(axis=1).to_numpy() == pytest.approx(1)
    assert 0.5 < found.loc["P40", "east"] < 0.75 and 0.7 < found.loc["P41", "east"] < 0.9
    assert np.abs(found["east"][:40] - share).max() < 0.02


def test_regions_with_larger_orders_need_more_pieces():
    even = sold([[100, 100], [100, 100]])
    even.loc[even.index.get_level_values("region") == "east", "pieces"] *= 3
    assert regions.shares(even)["east"].tolist() == pytest.approx([0.75, 0.75])


def test_without_regions_there_are_no_parts():
    assert demand.by_region(FORECASTS, sold([[1, 1]])[:0]).empty
