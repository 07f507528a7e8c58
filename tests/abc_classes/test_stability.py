"""Toy tables typed out; every figure below can be worked out by hand."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib import abc_classes
from custlib.abc_classes import stability
from custlib.abc_classes.rules import count_cuts

properties = settings(deadline=None, derandomize=True, max_examples=60)
NEVER_DRAWN = math.exp(-1)  # how often Poisson(1) is 0
THIRDS = (1, 1, 1)


def months(*rows):
    return pd.DataFrame(rows, columns=["customer_id", "month", "net_sales", "orders"])


def documents(**fen_of):
    """size_fen and profit_fen of each document, by customer."""
    rows = [(name, *fen) for name, of_one in fen_of.items() for fen in of_one]
    return pd.DataFrame(rows, columns=["customer_id", "size_fen", "profit_fen"]).set_index("customer_id")


# XYZ


def test_steady_varying_and_wild_buyers_are_told_apart():
    every = [f"2025-{month:02d}" for month in range(1, 7)]
    steady = [("steady", month, 100.0, 1) for month in every]
    # 100 and 300 in turn: mean 200, squares 6 · 100², over 5: deviation 109.54
    turns = [("turns", month, sales, 1) for month, sales in zip(every, [100.0, 300.0] * 3, strict=True)]
    # two of six months, the others filled with zero: mean 100, squares 2 · 200² + 4 · 100², over 5: deviation 154.92
    wild = [("wild", every[0], 300.0, 1), ("wild", every[3], 300.0, 2)]
    found = abc_classes.xyz(months(*wild, *turns, *steady), "2025-06")
    assert found.index.tolist() == ["steady", "turns", "wild"]
    assert found["months"].tolist() == [6, 6, 6]
    assert found["level"].tolist() == [100, 200, 100]
    assert found["variation"].tolist() == pytest.approx([0, 0.5477, 1.5492], abs=1e-4)
    assert found["xyz"].tolist() == ["X", "Y", "Z"]
    assert found["since_order"].tolist() == [0, 0, 2]


def test_months_count_from_the_first_order_and_a_later_month_not_at_all():
    rows = [("k", "2024-11", -50.0, 0), ("k", "2024-12", 0.0, 0), ("k", "2025-01", 60.0, 1), ("k", "2025-07", 9.0, 1)]
    found = abc_classes.xyz(months(*rows), "2025-06").loc["k"]
    assert (found["months"], found["level"], found["since_order"]) == (6, 10, 5)


def test_a_short_history_is_short_and_has_no_variation():
    rows = [("k", f"2025-{month:02d}", 100.0, 1) for month in range(2, 7)]
    found = abc_classes.xyz(months(*rows), "2025-06").loc["k"]
    assert (found["months"], found["xyz"]) == (5, "short") and math.isnan(found["variation"])


def test_a_mean_of_zero_or_less_has_no_variation_and_is_z():
    rows = [("less", "2025-01", 100.0, 1), ("less", "2025-02", -160.0, 0)]
    rows += [("zero", "2025-01", 100.0, 1), ("zero", "2025-02", -100.0, 0)]
    found = abc_classes.xyz(months(*rows), "2025-06")
    assert found["level"].tolist() == [-10, 0]
    assert found["xyz"].tolist() == ["Z", "Z"] and found["variation"].isna().all()


def test_who_never_ordered_has_no_month_and_no_last_order():
    found = abc_classes.xyz(months(("pays", "2025-01", 0.0, 0), ("buys", "2025-01", 1.0, 1)), "2025-06").loc["pays"]
    assert (found["months"], found["xyz"]) == (0, "short")
    assert found[["level", "variation", "since_order"]].isna().all()


def one_a_month(*sales):
    names = pd.period_range("2024-01", periods=len(sales), freq="M").astype(str)
    return abc_classes.xyz(
        months(*[("k", name, float(amount), 1) for name, amount in zip(names, sales, strict=True)]), names[-1]
    )


def test_who_fell_or_rose_once_and_is_steady_before_and_after_is_x():
    # before and after: 90, 110 in turn (squares 6 · 10²) and a tenth of that: each 600 ÷ 100² = 0.06; 0.12 ÷ 10 = 0.012
    fell, rose = [90, 110] * 3 + [9, 11] * 3, [9, 11] * 3 + [90, 110] * 3
    for sales, level in ((fell, 10), (rose, 100)):
        found = one_a_month(*sales).loc["k"]
        assert (found["level"], found["xyz"]) == (level, "X")
        assert found["variation"] == pytest.approx(0.012**0.5)


def test_a_break_that_chance_gives_is_none():
    # halves of 200 and 160: gain 12 · 20² ÷ (12 · 80² ÷ 10) = 0.6, no break
    found = one_a_month(*[280, 120] * 3, *[240, 80] * 3).loc["k"]
    assert found["level"] == 180


def test_who_bought_and_stopped_has_no_level_to_be_steady_at():
    found = one_a_month(*[100, 110] * 6, 0, 0, 0, 0).loc["k"]
    assert (found["level"], found["xyz"]) == (0, "Z") and math.isnan(found["variation"])


def test_a_season_in_each_year_stays_a_variation():
    found = one_a_month(*([100] * 9 + [700] * 3) * 2).loc["k"]
    assert found["xyz"] in "YZ"


@given(sales=st.lists(st.integers(-5, 20), min_size=6, max_size=20), scale=st.integers(2, 9), seed=st.integers(0, 9))
@properties
def test_variation_is_that_around_the_best_levels_in_any_unit_and_order(sales, scale, seed):
    filled = np.array([7, *sales], "float64")
    names = pd.period_range("2025-01", periods=len(filled), freq="M").astype(str)
    rows = [("k", name, amount, 1) for name, amount in zip(names, filled, strict=True) if amount]
    found = abc_classes.xyz(months(*rows).sample(frac=1, random_state=seed), names[-1]).loc["k"]
    variation = found["variation"]
    assert any(variation == pytest.approx(one, nan_ok=True) for one in possible(filled))
    dearer = months(*rows).assign(net_sales=lambda t: t["net_sales"] * scale)
    assert abc_classes.xyz(dearer, names[-1]).loc["k", "xyz"] == found["xyz"]


def possible(filled):
    """The variation around one level, and around the two of each break that leaves fewer squares."""
    for cut in [0, *range(3, len(filled) - 2)]:
        levels = [part for part in (filled[:cut], filled[cut:]) if len(part)]
        counted = [part for part in levels if part.mean() > 0]
        squares = sum(part.var() * len(part) / part.mean() ** 2 for part in counted)
        yield math.sqrt(squares / sum(len(part) - 1 for part in counted)) if levels[-1].mean() > 0 else math.nan


# how sure


def test_who_is_first_by_one_document_falls_wherever_that_document_is_not_drawn():
    sizes = pd.DataFrame({"size": [100.0, 50.0, 0.0]}, index=["giant", "many", "none"])
    drawn = documents(giant=[(10_000, 0)], many=[(5, 0)] * 1000)
    sure = abc_classes.how_sure(sizes, drawn, ratio=THIRDS, resamples=4000)
    # Drawn: giant, many, none in this order. Not drawn: many first, giant level with none.
    assert sure.loc["giant"].tolist() == pytest.approx([1 - NEVER_DRAWN, NEVER_DRAWN, 0, 1 - NEVER_DRAWN], abs=0.02)
    assert sure.loc["many"].tolist() == pytest.approx([NEVER_DRAWN, 1 - NEVER_DRAWN, 0, 1 - NEVER_DRAWN], abs=0.02)
    assert sure.loc["none"].tolist() == pytest.approx([0, NEVER_DRAWN, 1 - NEVER_DRAWN, 1 - NEVER_DRAWN], abs=0.02)


def test_the_draws_are_poisson_of_mean_one():
    share = np.bincount(stability._TIMES, minlength=10) / 2**16
    poisson = [math.exp(-1) / math.factorial(times) for times in range(10)]
    assert abs(share - poisson).max() < 1 / 2**16
    assert share @ np.arange(10) == pytest.approx(1, abs=1e-4)
    assert share @ (np.arange(10) - 1) ** 2 == pytest.approx(1, abs=1e-3)


def test_a_document_counts_as_often_for_size_as_for_contribution():
    both = pd.DataFrame({"size": [100.0, 50.0], "contribution": [100.0, 50.0]}, index=["one", "many"])
    drawn = documents(one=[(10_000, 10_000)], many=[(5, 5)] * 1000)
    sure = abc_classes.how_sure(both, drawn, ratio=THIRDS, resamples=400)
    # Drawn apart, one would often be first by one indicator and last by the other, and both A by equal scores.
    assert sure["sure_a"].sum() == pytest.approx(1)


def test_brand_share_is_held_as_it_is():
    table = pd.DataFrame({"size": [30.0, 20.0, 10.0], "brand_share": [0.2, 0.5, 0.9]}, index=["x", "y", "z"])
    drawn = documents(x=[(3000, 0)], y=[(2000, 0)], z=[(1000, 0)])
    sure = abc_classes.how_sure(table, drawn, {"size": 0, "brand_share": 1}, THIRDS, resamples=50)
    assert sure[["sure_a", "sure_b", "sure_c"]].to_numpy().tolist() == [[0, 0, 1], [0, 1, 0], [1, 0, 0]]
    assert sure["how_sure"].tolist() == [1, 1, 1]


def test_who_is_below_zero_is_c_in_every_resample_in_which_it_still_is():
    sizes = pd.DataFrame({"size": [-1.0, -2.0]}, index=["x", "y"])
    sure = abc_classes.how_sure(sizes, documents(x=[(-100, 0)], y=[(-200, 0)]), ratio=THIRDS, resamples=4000)
    # whose document is not drawn stands at zero, before or level with the other: A
    assert sure["sure_a"].tolist() == pytest.approx([NEVER_DRAWN] * 2, abs=0.02)
    assert sure["sure_c"].tolist() == sure["how_sure"].tolist() == pytest.approx([1 - NEVER_DRAWN] * 2, abs=0.02)


def test_what_is_unknown_stays_unknown():
    profits = pd.DataFrame({"contribution": [30.0, None, 10.0]}, index=["x", "y", "z"])
    drawn = documents(x=[(0, 3000)], y=[(0, pd.NA)], z=[(0, 1000)]).astype("Int64")
    sure = abc_classes.how_sure(profits, drawn, resamples=50)
    assert sure.loc["y"].isna().all()
    assert sure.loc[["x", "z"], ["sure_a", "sure_b", "sure_c"]].sum(axis=1).tolist() == pytest.approx([1, 1])


def test_an_unknown_contribution_is_not_taken_for_the_part_of_it_that_is_known():
    table = pd.DataFrame({"contribution": [3.0, None, 1.0], "brand_share": [0.5, 0.9, 0.1]}, index=["x", "y", "z"])
    drawn = documents(x=[(0, 300)], y=[(0, pd.NA), (0, -500)], z=[(0, 100)]).astype("Int64")
    # y by brand share alone: 5/6 in every resample; x at most (3/6 + 3/4) / 2
    assert abc_classes.how_sure(table, drawn, ratio=THIRDS, resamples=50).loc["y", "sure_a"] == 1


def test_documents_of_other_customers_are_left_out():
    sizes = pd.DataFrame({"size": [2.0, 1.0]}, index=["x", "y"])
    own = documents(x=[(200, 0)], y=[(50, 0), (50, 0)])
    more = documents(w=[(900, 0)], x=[(200, 0)], y=[(50, 0), (50, 0)])
    pd.testing.assert_frame_equal(abc_classes.how_sure(sizes, own), abc_classes.how_sure(sizes, more))


def test_documents_that_do_not_add_up_to_the_indicators_are_refused():
    sizes = pd.DataFrame({"size": [2.0, 1.0]}, index=["x", "y"])
    with pytest.raises(ValueError, match="documents of y do not add up to its size"):
        abc_classes.how_sure(sizes, documents(x=[(200, 0)], y=[(99, 0)]))


def test_within_systems_each_is_drawn_and_judged_by_itself():
    sizes = pd.DataFrame({"size": [4.0, 3.0, 2.0, 1.0]}, index=list("adbc"))
    drawn = documents(c=[(100, 0)], a=[(300, 0), (100, 0)], b=[(200, 0)], d=[(300, 0)])
    regions = pd.Series({"a": "N", "b": "N", "c": "S", "d": "S"})
    together = abc_classes.within(regions, abc_classes.how_sure, sizes, drawn, resamples=200)
    assert together.index.tolist() == list("adbc")
    for names in (["a", "b"], ["d", "c"]):
        alone = abc_classes.how_sure(sizes.loc[names], drawn, resamples=200)
        pd.testing.assert_frame_equal(together.loc[names], alone)


COMPANY = st.lists(
    st.tuples(st.lists(st.tuples(st.integers(-50, 300), st.integers(-50, 90)), max_size=4), st.integers(0, 5)),
    min_size=1,
    max_size=8,
)


@given(company=COMPANY, seed=st.integers(0, 99))
@properties
def test_how_sure_ignores_the_order_of_rows_and_its_shares_add_up(company, seed):
    names = [f"k{place}" for place in range(len(company))]
    drawn = documents(**{name: fen for name, (fen, _) in zip(names, company, strict=True)})
    sums = drawn.groupby(level=0).sum().reindex(names, fill_value=0) / 100
    table = sums.set_axis(["size", "contribution"], axis=1).assign(brand_share=[float(share) for _, share in company])
    sure = abc_classes.how_sure(table, drawn, resamples=20, seed=3)
    shuffled = table.sample(frac=1, random_state=seed), drawn.sample(frac=1, random_state=seed)
    again = abc_classes.how_sure(*shuffled, resamples=20, seed=3).reindex(names)
    pd.testing.assert_frame_equal(again, sure, check_exact=True)
    assert sure["how_sure"].isna().all() == drawn.empty
    shares = sure[["sure_a", "sure_b", "sure_c"]].sum(axis=1)
    assert shares.tolist() == pytest.approx([0 if drawn.empty else 1] * len(company))
    assert sure["how_sure"].dropna().between(0, 1).all()


# to the next class


def test_the_amount_to_the_next_class_is_a_cent_more_than_whoever_must_be_passed():
    sizes = pd.DataFrame({"size": [50.0, 40.0, 30.0, 20.0, 10.0]}, index=list("vwxyz"))
    # v is A, w and x are B, y and z are C: B must pass v, C must pass x
    assert abc_classes.to_next(sizes).fillna(-1).to_dict() == {"v": -1, "w": 10.01, "x": 20.01, "y": 10.01, "z": 20.01}


def test_to_be_level_is_enough_where_another_indicator_helps():
    table = pd.DataFrame({"size": [50.0, 40.0, 30.0], "brand_share": [0.1, 0.2, 0.3]}, index=["x", "y", "z"])
    # percent ranks, size: 5/6 3/6 1/6, brand share: 1/6 3/6 5/6; with 2 : 1 the scores are 11/18, 9/18, 7/18, the limit
    # of A is 11/18.
    # y at 50 is level with x: rank 4/6, score 11/18
    assert abc_classes.to_next(table, {"size": 2, "brand_share": 1}, THIRDS)["y"] == 10.0


def test_who_is_below_zero_on_all_that_is_known_must_come_to_zero():
    table = pd.DataFrame({"size": [-30.0, -20, -10], "brand_share": [None, None, 0.5]}, index=["x", "y", "z"])
    # z is no loss by brand share, and A; x and y are C, and a better place alone would leave them there
    assert abc_classes.to_next(table, ratio=THIRDS).fillna(-1).to_dict() == {"x": 30.0, "y": 20.0, "z": -1}


def test_no_amount_is_named_where_size_alone_cannot_do_it():
    table = pd.DataFrame({"size": [9.0, 1.0, 5.0], "brand_share": [0.9, 0.1, 0.8]}, index=["x", "y", "z"])
    # by brand share x stays first whatever y and z pay
    assert abc_classes.to_next(table, {"size": 1, "brand_share": 9}, THIRDS)[["x", "y"]].isna().all()


def test_no_amount_is_named_where_size_is_unknown_or_without_weight():
    table = pd.DataFrame({"size": [9.0, None, 5.0], "brand_share": [0.9, 0.1, 0.5]}, index=["x", "y", "z"])
    assert math.isnan(abc_classes.to_next(table)["y"])
    assert abc_classes.to_next(table, {"size": 0, "brand_share": 1}).isna().all()
    assert abc_classes.to_next(table[["brand_share"]]).isna().all()


def test_within_systems_the_next_class_is_that_of_the_own_one():
    sizes = pd.DataFrame({"size": [50.0, 1.0, 40.0, 3.0]}, index=list("adbc"))
    regions = pd.Series({"a": "N", "b": "N", "c": "S", "d": "S"})
    amounts = abc_classes.within(regions, abc_classes.to_next, sizes, ratio=THIRDS)
    assert amounts.fillna(-1).to_dict() == {"a": -1, "d": 2.01, "b": 10.01, "c": -1}


@given(
    rows=st.lists(
        st.tuples(st.none() | st.integers(-3, 12), st.none() | st.integers(0, 5)), min_size=1, max_size=15
    ).filter(lambda rows: any(size is not None for size, _ in rows)),
    weights=st.tuples(st.integers(1, 5), st.integers(0, 5)),
    ratio=st.sampled_from([(1, 2, 2), (1, 1, 1), (3, 1, 1)]),
)
@properties
def test_the_amount_is_enough_and_a_cent_less_does_not_reach_the_limit(rows, weights, ratio):
    table = pd.DataFrame(rows, columns=["size", "brand_share"], dtype="float64")
    rule = {"weights": dict(zip(table, weights, strict=True)), "ratio": ratio}
    before, amounts = abc_classes.joint(table, **rule), abc_classes.to_next(table, **rule)
    for who in before.index[before["joint"].cat.codes > 0]:
        limit = count_cuts(before["score"].dropna().to_numpy(), ratio)[0 if before["joint"][who] == "B" else 1]
        if math.isnan(amounts[who]):
            assert math.isnan(table["size"][who]) or judged_with(table, who, 100, rule)["score"][who] < limit
        else:
            after = judged_with(table, who, amounts[who], rule)
            assert after["joint"].cat.codes[who] < before["joint"].cat.codes[who]
            less = judged_with(table, who, amounts[who] - 0.01, rule).loc[who]
            counts = rule["weights"]["brand_share"] > 0 and table["brand_share"][who] >= 0
            loss = table["size"][who] + amounts[who] <= 0 and not counts
            assert less["score"] < limit or (less["joint"] == "C" and loss)


def judged_with(table, who, more, rule):
    raised = table.copy()
    raised.loc[who, "size"] = round(raised.loc[who, "size"] + more, 2)
    return abc_classes.joint(raised, **rule)


# moves, and what was sure before


def test_a_move_is_sure_when_four_of_five_resamples_give_the_new_class():
    step = pd.Series(["rose", "fell", "fell", "stayed", "new", "unjudged"])
    sure = pd.Series([0.8, 0.79, 1.0, 1.0, 1.0, None])
    assert abc_classes.move_kind(step, sure).tolist() == ["sure", "at_threshold", "sure", "", "", ""]


def test_a_class_that_most_resamples_deny_is_told_with_the_one_they_give():
    rows = {"u": (0.2, 0.3, 0.5, "B"), "v": (0.5, 0.5, 0.0, "B"), "w": (0.1, 0.9, 0.0, "B"), "x": (None,) * 4}
    sure = pd.DataFrame.from_dict(rows, "index", columns=["sure_a", "sure_b", "sure_c", "joint"])
    joint = sure.pop("joint").astype(abc_classes.CLASSES)
    own = pd.Series([0.3, 0.5, 0.9, None], sure.index)
    found = abc_classes.more_often(joint, sure.astype(float).assign(how_sure=own))
    assert found.astype("object").fillna("").to_dict() == {"u": "C", "v": "", "w": "", "x": ""}


def test_who_kept_its_class_is_counted_by_how_sure_it_was_over_all_pairs_of_quarters():
    past = pd.DataFrame(
        {"2024Q3": list("AAB"), "2024Q4": ["A", "B", None], "2025Q1": ["A", "A", "C"]}, index=list("xyz"), dtype="str"
    ).astype(abc_classes.CLASSES)
    sure = {"2024Q3": pd.Series([0.9, 0.8, 0.3], list("xyz")), "2024Q4": pd.Series([0.79, 0.49], list("xy"))}
    found = abc_classes.kept(sure, past)
    # z left, and is in no pair
    assert found.fillna(-1).values.tolist() == [
        ["surest", 2, 1, 0.5],
        ["less_sure", 1, 1, 1.0],
        ["least_sure", 1, 0, 0.0],
    ]
    none = abc_classes.kept({}, past)
    assert none["customers"].tolist() == [0, 0, 0] and none["kept_share"].isna().all()


def test_without_a_document_nothing_is_said_of_how_sure_a_class_is():
    table = pd.DataFrame({"size": [3.0, 2.0, 1.0]}, list("abc"))
    sure = abc_classes.how_sure(table, documents(z=[(100, 0)]), resamples=5)
    joint = abc_classes.joint(table)["joint"]
    assert sure.isna().all(axis=None) and abc_classes.more_often(joint, sure).isna().all()
    assert (abc_classes.move_kind(pd.Series("rose", table.index), sure["how_sure"]) == "").all()
    past = pd.DataFrame({"2025Q3": joint, "2025Q4": joint})
    assert abc_classes.kept({"2025Q3": sure["how_sure"]}, past)["customers"].sum() == 0
