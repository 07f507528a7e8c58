"""Of many customers figures are drawn from few groups that say the same."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from custlib import abc_classes, figures, page
from custlib.figures import fewer

AMOUNTS = st.lists(st.floats(-1e6, 1e9, allow_nan=False), min_size=1, max_size=3000)


def company(count, seed=0):
    """Sizes as in trade, a tenth of the customers with losses, classes that only partly follow them."""
    chance = np.random.default_rng(seed)
    size = pd.Series(chance.lognormal(10, 2, count) * np.where(chance.random(count) < 0.1, -0.1, 1))
    letter = pd.Series(np.where(chance.random(count) < 0.2, "A", np.where(size > size.median(), "B", "C")))
    return size.rename_axis("customer_id"), letter


@given(AMOUNTS, st.integers(8, 600))
def test_groups_are_few_and_hold_their_part_of_customers_and_money_at_most(amounts, most):
    values = np.sort(np.array(amounts))[::-1]
    ends = fewer.cuts(values, most)
    sizes = np.diff(np.append(0, ends))
    assert len(ends) <= most and ends[-1] == len(values) and (sizes > 0).all()
    assert (sizes <= max(1, len(values) / (most // 4) + 1)).all()
    money = np.abs(values)
    sums, last = np.add.reduceat(money, np.append(0, ends[:-1])), money[ends - 1]
    assert (sums - last <= money.sum() / (most // 4) * (1 + 1e-9)).all()


def test_a_ranking_keeps_what_each_class_has_and_the_curve_that_it_reaches():
    size, letter = company(50_000)
    whole = abc_classes.ranked(size, letter).assign(name="x")
    few, _ = fewer.ranked(whole)
    for column, sums in (("value", whole.groupby("class")["value"].sum()), ("customers", letter.value_counts())):
        pd.testing.assert_series_equal(few.groupby("class")[column].sum(), sums.sort_index(), check_names=False)
    assert few["rank"].nunique() <= fewer.BARS and (few["name"][:100] == "x").all()
    points = few.drop_duplicates("rank")
    drawn = np.interp(whole["rank"], points["rank"], points["cumulative_share"])
    assert np.abs(drawn - whole["cumulative_share"]).max() < 0.01
    assert fewer.ranked(few)[0] is few


def test_a_whale_keeps_its_peak_and_its_end():
    size, _ = company(20_000)
    whole = abc_classes.whale(size)
    few, _ = fewer.ranked(whole)
    assert few["cumulative"].max() == whole["cumulative"].max()
    assert few["cumulative"].iloc[-1] == whole["cumulative"].iloc[-1] and len(few) <= fewer.BARS


def test_a_lorenz_curve_keeps_its_ends_and_its_bend():
    size, _ = company(30_000)
    whole = abc_classes.lorenz_curves({"2025Q3": size, "2025Q4": size**2}, ["2025Q3", "2025Q4"])
    few, _ = fewer.lorenz(whole)
    for label, curve in few.groupby("label"):
        of = whole[whole["label"] == label]
        ends = curve[["customers_share", "value_share"]].iloc[[0, -1]].to_numpy().tolist()
        assert ends == [[0, 0], [1, 1]] and len(curve) <= fewer.CURVE + 1
        drawn = np.interp(of["customers_share"], curve["customers_share"], curve["value_share"])
        assert np.abs(drawn - of["value_share"]).max() < 0.005


def test_a_scatter_keeps_the_largest_the_named_and_where_the_others_lie():
    chance, (size, letter) = np.random.default_rng(1), company(50_000)
    label = pd.Series("", size.index)
    label[[7, 40_000]] = "named"
    size[[7, 40_000]] = 5.0
    table = pd.DataFrame(
        {"variation": chance.random(50_000), "size": size, "class": letter, "label": label, "name": "x"}
    )
    few, _ = fewer.points(table)
    drawn, largest = few[few["variation"].notna()], table.nlargest(250, "size").index
    assert len(few) < 8000 and set(largest) | {7, 40_000} <= set(drawn.index)
    assert few.loc[few["variation"].isna(), "customers"].tolist() == [(size <= 0).sum()]
    marks = drawn["variation"].quantile([0.1, 0.5, 0.9]).tolist()
    assert marks == pytest.approx([0.1, 0.5, 0.9], abs=0.05)


def test_a_heat_map_of_many_is_of_groups_and_says_the_numbers_of_all():
    classes = pd.DataFrame({"2025Q3": [None, "A", "B"] * 2000, "2025Q4": sorted("ABC" * 2000)}).astype(
        abc_classes.CLASSES
    )
    few, more = fewer.rows(classes)
    assert (
        len(few) == fewer.CURVE and few["2025Q4"].value_counts().between(166, 167).all() and more["customers"] == 6000
    )
    assert more["counts"].set_index("class").loc["A"].tolist() == [2000, 2000]
    assert fewer.rows(few)[0] is few
    ax = figures.class_heat_map(few, Figure().subplots(), "en", **more)
    assert ax.get_ylabel() == "6,000 customers, a row for each 12"


@pytest.mark.parametrize(
    ("customers", "rows", "said"),
    [(501, 501, "501 customers, a row for each"), (1_300, fewer.CURVE, "1,300 customers, a row for each 3")],
)
def test_a_row_of_a_heat_map_stands_for_one_customer_or_for_two_at_least(customers, rows, said):
    few, more = fewer.rows(pd.DataFrame({"2025Q3": ["A"] * customers, "2025Q4": ["B"] * customers}))
    assert len(few) == rows
    assert figures.class_heat_map(few, Figure().subplots(), "en", **more).get_ylabel() == said


def test_a_scatter_without_names_has_none_of_many_customers_either():
    size, letter = company(1_000)
    few, _ = fewer.points(pd.DataFrame({"variation": 0.5, "size": size, "class": letter, "label": ""}))
    assert "name" not in few


@pytest.mark.parametrize("draw", ["pareto", "pareto_panels", "whale", "lorenz", "stability_scatter", "class_heat_map"])
def test_the_facts_of_a_figure_of_fifty_thousand_customers_stay_small(draw):
    size, letter = company(50_000)
    ranked = abc_classes.ranked(size, letter).assign(name="a name of some length")
    scatter = ranked.assign(size=ranked["value"], variation=ranked["rank"] % 997 / 500, label="")
    quarters = pd.DataFrame({"2025Q3": letter, "2025Q4": letter}).astype(abc_classes.CLASSES)
    tables = {
        "whale": abc_classes.whale(size).assign(name="a name of some length"),
        "lorenz": abc_classes.lorenz_curves({"2025Q4": size}, ["2025Q4"]),
        "pareto_panels": ranked.assign(indicator="size"),
        "stability_scatter": scatter,
        "class_heat_map": quarters,
    }
    table, options = getattr(figures, draw).look.fewer(tables.get(draw, ranked))
    assert len(page.frames.as_text(page.frames.encode([table, options]))) < 400_000
    picture = figures.picture(getattr(figures, draw), table, lang="en", alt="x", **options)
    assert len(picture.wide) < 260_000 and len(picture.phone) < 260_000
