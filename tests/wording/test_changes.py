import pandas as pd

from custlib import abc_classes, wording

BRIDGE = pd.DataFrame(
    {
        "step": ["stayed", "rose", "fell", "new", "returned", "lost", "unjudged", "total", "unexplained"],
        "payments": [1_000_000.0, 2_000_000, -500_000, 300_000, 0, -100_000, 0, 2_700_000, 0],
        "gross_profit": [0.0, 0, -200_000, 0, 0, -100_000, 0, -300_000, 0],
        "net_sales": [0.0] * 9,
    }
)


def test_the_bridge_names_the_steps_that_moved_most_and_that_it_adds_up():
    text = wording.bridge_reading(BRIDGE, lang="en")
    assert (
        "came to ¥2.7 million more than a quarter before. Most of it: those that rose (¥2 million) and those that stayed in their class (¥1 million)."
        in text
    )
    assert (
        "came to ¥300 thousand less than a quarter before. Most of it: those that fell (¥200 thousand) and those that were lost (¥100 thousand)."
        in text
    )
    assert "to the fen" in text
    assert "分文不差" in wording.bridge_reading(BRIDGE, lang="zh")


def test_a_change_that_no_known_step_explains_names_none():
    # the profit of those that stayed is not known, nobody else's changed: ¥5 thousand are left over
    left = BRIDGE.assign(gross_profit=[None, 0, 0, 0, 0, 0, 0, 5000, 5000])
    text = wording.bridge_reading(left, lang="en")
    assert "came to ¥5 thousand more than a quarter before. **5,000.00 is not explained" in text
    assert "毛利额比上季增加 5,000 元。**有 5,000.00 无法由各步解释" in wording.bridge_reading(left, lang="zh")


def test_what_is_not_explained_is_said_loudly():
    broken = BRIDGE.copy()
    broken.loc[8, "payments"] = 0.01
    assert "**0.01 is not explained" in wording.bridge_reading(broken, lang="en")


def test_why_classes_moved():
    moves = pd.DataFrame({"cause": ["own", "own", "limit", None]})
    text = wording.causes_reading(moves, lang="en")
    assert (
        text == "Of 3 customers whose class moved, 2 mostly by its own change and 1 mostly because the limit shifted."
    )
    assert wording.causes_reading(moves, lang="zh") == "3 家类别变动的客户中，2 家主要因自身变化，1 家主要因界限移动。"
    assert wording.causes_reading(moves.iloc[3:], lang="en") == "No class moved."


def test_who_lives_by_a_season_and_who_is_a_by_it():
    seasons = pd.DataFrame({"years": [2, 2, 1], "seasonal": [True, True, False]})
    classes = {"joint_class": ["A", "A"], "class_year_ago": ["A", None], "class_year": ["B", "A"]}
    customers = pd.DataFrame({"name": ["华*锦", "b"], "a_by_season": [True, False], **classes})
    text = wording.season_reading(seasons, customers, lang="en")
    assert text.startswith("2 customers have a season") and "**A by season**: 华\\*锦;" in text
    year = "Of 2 in A now, 1 were A in the same quarter a year ago and 1 are A over the last four quarters together."
    assert text.endswith(year)
    none = wording.season_reading(seasons, customers.assign(a_by_season=False, class_year_ago=None), lang="zh")
    assert none == (
        "2 家客户有自己的淡旺季，且各年一致。没有客户仅因季节成为 A 类。现有 2 家 A 类客户中，1 家最近四季合计也是 A 类。"
    )
    unknown = customers.assign(a_by_season=False, class_year_ago=None, class_year=None)
    assert wording.season_reading(seasons.assign(years=1), unknown, lang="en").endswith("the data do not hold them.")


def test_concentration_stands_beside_last_year():
    sizes = {"2024Q4": pd.Series([5.0] * 20), "2025Q4": pd.Series([5.0] * 19 + [-1])}
    table = abc_classes.concentration(sizes)
    text = wording.concentration_reading(table, "2025Q4", "2024Q4", lang="en")
    assert "bring 52.6 % of size; Gini 0.050" in text and "(a year ago 50.0 %, 0.000 and 0.0500)" in text
    assert "1 customer below zero count" in text
    assert "上年同季" not in wording.concentration_reading(table, "2025Q4", "2023Q4", lang="zh")


def test_what_the_whale_says():
    whale = abc_classes.whale(pd.Series([900.0, 300, -200]))
    text = wording.whale_reading(whale, lang="en")
    assert text.startswith(
        "1 customer costs us money: ¥200 of gross profit; without them it would be 120.0 % of what it is."
    )
    assert "毛利会是现在的 120.0%" in wording.whale_reading(whale, lang="zh")
    assert "No customer" in wording.whale_reading(abc_classes.whale(pd.Series([1.0])), lang="en")
