import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from custlib import facts


def traits(**rows):
    return pd.DataFrame.from_dict(rows, "index", columns=["area_type", "store_format", "net_sales"]).rename_axis(
        "customer_id"
    )


def likes(rows, who):
    return rows[rows["customer_id"] == who].set_index("like")["widened"].to_dict()


def test_the_nearest_in_size_of_the_same_kind_come_first_then_of_the_area_then_all():
    rows = traits(
        A=("town", "shop", 100.0),
        near=("town", "shop", 120.0),
        far=("town", "shop", 900.0),
        other=("town", "mall", 100.0),
        country=("country", "shop", 100.0),
    )
    found = facts.look_alikes(rows, k=4)
    assert list(likes(found, "A").items()) == [("near", False), ("far", False), ("other", True), ("country", True)]
    assert found[found["customer_id"] == "A"]["rank"].tolist() == [1, 2, 3, 4]
    assert list(likes(facts.look_alikes(rows, k=1), "A")) == ["near"]


def test_size_is_compared_as_a_ratio_and_ties_go_by_id():
    rows = traits(
        M=("t", "s", 100.0), half=("t", "s", 50.0), plus=("t", "s", 160.0), c=("t", "s", 100.0), a=("t", "s", 100.0)
    )
    assert list(likes(facts.look_alikes(rows, k=4), "M")) == ["a", "c", "plus", "half"]


def test_who_bought_nothing_is_like_nobody():
    rows = traits(A=("t", "s", 100.0), B=("t", "s", 90.0), none=("t", "s", 0.0), back=("t", "s", -5.0))
    found = facts.look_alikes(rows)
    assert set(found["customer_id"]) == set(found["like"]) == {"A", "B"}


SIZES = st.lists(st.tuples(st.sampled_from("tc"), st.sampled_from("sm"), st.integers(1, 9)), min_size=2, max_size=14)


@given(SIZES, st.integers(1, 5))
def test_it_finds_what_sorting_all_pairs_finds_in_any_order_of_rows(rows, k):
    table = traits(**{f"K{at:02d}": (area, kind, float(size)) for at, (area, kind, size) in enumerate(rows)})
    found = facts.look_alikes(table.iloc[::-1], k).groupby("customer_id")["like"].agg(list).to_dict()
    for who, own in table.iterrows():
        others = table.drop(who)
        level = np.select(
            [others["area_type"] != own["area_type"], others["store_format"] != own["store_format"]], [2, 1], 0
        )
        away = (np.log(others["net_sales"]) - np.log(own["net_sales"])).abs()
        order = sorted(zip(level, away.round(12), others.index, strict=True))
        assert found[who] == [like for *_, like in order][:k]
