import pandas as pd

from custlib import abc_classes, wording
from custlib.wording.sentences import Context, text

P = "\N{NO-BREAK SPACE}%"
BRIDGE = pd.DataFrame(
    {
        "step": ["stayed", "rose", "fell", "new", "returned", "lost", "unjudged", "total", "unexplained"],
        "payments": [1_000_000.0, 2_000_000, -500_000, 300_000, 0, -100_000, 0, 2_700_000, 0],
        "gross_profit": [0.0, 0, -200_000, 0, 0, -100_000, 0, -300_000, 0],
        "net_sales": [0.0] * 9,
    }
)
SEASONS = pd.DataFrame({"years": [2, 2, 1], "seasonal": [True, True, False], "by_chance": [0.6, 0.3, 0.2]})
CUSTOMERS = pd.DataFrame(
    {
        "name": ["华*锦", "b"],
        "a_by_season": [True, False],
        "joint_class": ["A", "A"],
        "class_year_ago": ["A", None],
        "class_year": ["B", "A"],
    }
)


def test_the_bridge_names_the_steps_that_moved_most_and_that_it_adds_up():
    found = wording.bridge_reading(BRIDGE)
    assert [figure["steps"] for figure in found["figures"]] == [
        [{"step": "rose", "amount": 2_000_000}, {"step": "stayed", "amount": 1_000_000}],
        [],
        [{"step": "fell", "amount": 200_000}, {"step": "lost", "amount": 100_000}],
    ]
    assert text("changes.bridge_reading", found, lang="en") == (
        "Payments received came to ¥2.7 million more than a quarter before. "
        "Most of it: those that rose (¥2 million) and those that stayed in their class (¥1 million). "
        "Gross profit came to ¥300,000 less than a quarter before. "
        "Most of it: those that fell (¥200,000) and those that were lost (¥100,000). "
        "The steps add up to the total, which was summed apart from them, to the last cent."
    )
    assert text("changes.bridge_reading", found, lang="zh") == (
        "回款比上季增加 270 万元，主要来自升级客户（200 万元）和类别不变的客户（100 万元）。"
        "毛利额比上季减少 30 万元，主要来自降级客户（20 万元）和流失客户（10 万元）。各步合计与系统另行汇总的总额完全一致，分文不差。"
    )


def test_the_bridge_is_of_what_customer_size_is():
    said = text(
        "changes.bridge_reading", wording.bridge_reading(BRIDGE), lang="en", context=Context(size_is="net_sales")
    )
    assert said.startswith("Net sales did not change. Gross profit came to")


def test_a_figure_that_is_not_known_is_left_out():
    found = wording.bridge_reading(BRIDGE.assign(gross_profit=None, payments=None))
    assert [figure["figure"] for figure in found["figures"]] == ["net_sales"]
    assert text("changes.bridge_reading", found, lang="en").startswith("The steps add up")


def test_a_change_that_no_known_step_explains_names_none():
    # the profit of those that stayed is not known, nobody else's changed: ¥5,000 are left over
    found = wording.bridge_reading(BRIDGE.assign(gross_profit=[None, 0, 0, 0, 0, 0, 0, 5000, 5000]))
    assert "came to ¥5,000 more than a quarter before. **5,000.00 is not explained by the steps" in text(
        "changes.bridge_reading", found, lang="en"
    )
    assert "毛利额比上季增加 5,000 元。**有 5,000.00 无法由各步解释" in text("changes.bridge_reading", found, lang="zh")


def test_what_is_not_explained_is_said_loudly():
    broken = BRIDGE.copy()
    broken.loc[8, "payments"] = -0.01
    found = wording.bridge_reading(broken)
    assert [figure["open"] for figure in found["figures"]] == [0.01, 0, 0]
    assert "**0.01 is not explained" in text("changes.bridge_reading", found, lang="en")


def test_why_classes_moved():
    moves = pd.DataFrame({"cause": ["limit", "own", "own", None]})
    found = wording.causes_reading(moves)
    assert found == {
        "customers": 3,
        "causes": [{"cause": "own", "customers": 2}, {"cause": "limit", "customers": 1}],
    }
    assert text("changes.causes_reading", found, lang="en") == (
        "Main cause of the 3 moves: the customer's own change (2) and the shift of the limit (1)."
    )
    assert text("changes.causes_reading", found, lang="zh") == (
        "3 家类别变动的客户中，2 家主要因自身变化，1 家主要因界限移动。"
    )
    assert wording.causes_reading(moves.iloc[3:]) is None


def test_without_a_quarter_before_no_total_rose():
    assert wording.bridge_reading(pd.DataFrame({"step": [], "net_sales": []})) is None


def test_who_lives_by_a_season_and_who_is_a_by_it():
    found = wording.season_reading(SEASONS, CUSTOMERS)
    assert (found["seasonal"], found["lifted"], found["class_year_ago"], found["class_year"]) == (2, ["华*锦"], 1, 1)
    assert text("changes.season_reading", found, lang="en") == (
        "2 customers have a season of their own, the same in each year; about 1 of them may be so by chance. "
        "**A only in season**: 华\\*锦; over the whole year they are not A. "
        "Of 2 in joint class A now, 1 were A in the same quarter a year ago and 1 are A over the last four quarters together."
    )


def test_a_year_that_is_not_known_is_not_told():
    found = wording.season_reading(SEASONS, CUSTOMERS.assign(a_by_season=False, class_year_ago=None))
    assert text("changes.season_reading", found, lang="zh") == (
        "2 家客户有自己的淡旺季，且各年一致；其中约 1 家可能只是偶然。没有客户只因季节成为 A 类。"
        "现有 2 家综合类别为 A 的客户中，1 家最近四季合计也是 A 类。"
    )
    unknown = CUSTOMERS.assign(a_by_season=False, class_year_ago=None, class_year=None)
    said = text("changes.season_reading", wording.season_reading(SEASONS.assign(years=1), unknown), lang="en")
    assert said == "Two whole years are needed to tell a customer's season; the data hold one."
    found = wording.season_reading(SEASONS.assign(years=0), unknown)
    assert text("changes.season_reading", found, lang="zh").endswith("至少需要两个完整年度，现有数据不足一个。")


def test_no_more_than_five_that_are_a_by_season_are_named():
    many = pd.concat([CUSTOMERS.head(1)] * 7)
    found = wording.season_reading(SEASONS, many)
    assert (len(found["lifted"]), found["all_lifted"]) == (5, 7)
    assert "华\\*锦 and 2 more; over the whole year" in text("changes.season_reading", found, lang="en")
    assert "等 7 家，全年合计" in text("changes.season_reading", found, lang="zh")


def concentrated(**then):
    """Two quarters whose figures are the same but for `then`; an error of 0.01 each."""
    figures = {"top_ten": 0.5, "gini": 0.6, "herfindahl": 0.02}
    errors = {f"{name}_error": 0.01 for name in figures}
    rows = [{"quarter": "2024Q4"} | figures | then, {"quarter": "2025Q4"} | figures]
    return pd.DataFrame([row | errors | {"below_zero": 1} for row in rows])


def test_the_ten_largest_stand_beside_last_year_and_a_change_within_chance_is_none():
    found = wording.concentration_reading(concentrated(top_ten=0.515), "2025Q4", "2024Q4")
    assert found["top_ten"] == {"now": 0.5, "then": 0.515, "changed": False}
    assert text("changes.concentration_reading", found, lang="en") == (
        f"The ten largest customers bring 50.0{P} of payments received, much as a year ago (51.5{P}). "
        "1 customer below zero counts as zero."
    )
    assert text("changes.concentration_reading", found, lang="zh") == (
        "最大的十家客户占回款额的 50.0%，与去年同季（51.5%）基本持平。1 家为负的客户按零计。"
    )
    changed = wording.concentration_reading(concentrated(top_ten=0.475), "2025Q4", "2024Q4")
    assert f"received; a year ago it was 47.5{P}." in text("changes.concentration_reading", changed, lang="en")
    alone = wording.concentration_reading(concentrated(), "2025Q4", "2023Q4")
    assert text("changes.concentration_reading", alone, lang="zh").startswith("最大的十家客户占回款额的 50.0%。")
    assert wording.concentration_reading(concentrated(), "2023Q4", "2022Q4") is None


def test_gini_and_herfindahl_are_told_apart():
    found = wording.inequality_reading(concentrated(gini=0.57), "2025Q4", "2024Q4")
    assert text("changes.inequality_reading", found, lang="en") == (
        "Gini 0.600; a year ago it was 0.570. Herfindahl 0.0200, much as a year ago (0.0200). "
        "Much as a year ago means: within two standard errors, with one customer after another left out."
    )
    assert text("changes.inequality_reading", found, lang="zh") == (
        "基尼系数 0.600，去年同季为 0.570；赫芬达尔指数 0.0200，与去年同季（0.0200）基本持平。"
        "“基本持平”指差异不超过两个标准误（逐一剔除客户计算）。"
    )
    assert wording.inequality_reading(concentrated(), "2023Q4", "2022Q4") is None


def test_what_the_whale_says():
    found = wording.whale_reading(abc_classes.whale(pd.Series([900.0, 300, -200])))
    assert found == {"losing": 1, "lost": 200, "peak": 1.2}
    assert text("changes.whale_reading", found, lang="en") == (
        f"1 customer costs us money: ¥200 of gross profit; without them it would be 120.0{P} of what it is. "
        "They are C by contribution whatever their size."
    )
    assert text("changes.whale_reading", found, lang="zh") == (
        "1 家客户毛利为负，本季共亏 200 元；没有它们，毛利会是现在的 120.0%。无论规模多大，它们按贡献均为 C 类。"
    )


def test_a_whale_without_losses_and_one_that_ends_below_zero():
    assert text("changes.whale_reading", wording.whale_reading(abc_classes.whale(pd.Series([1.0]))), lang="en") == (
        "No customer costs us money at gross profit."
    )
    assert wording.whale_reading(abc_classes.whale(pd.Series([1.0, -2])))["peak"] is None
    assert wording.whale_reading(abc_classes.whale(pd.Series([], dtype=float))) is None
