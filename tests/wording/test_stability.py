import pandas as pd
import pytest

from custlib import glossary, wording
from custlib.wording.sentences import Context, text

P = "\N{NO-BREAK SPACE}%"
NAN = float("nan")
CUSTOMERS = pd.DataFrame(
    [
        ("A", "华盛", 0.97, "X", 0, NAN),
        ("A", "Li *Bros*", 0.42, "Y", 3, NAN),
        ("A", "North", 0.8, "X", 1, NAN),
        ("B", "East", 0.7, "Z", 0, 14_400.0),
        ("B", "Far", 0.9, "Y", 0, NAN),
        ("C", "West", 0.6, "X", 0, 250.5),
        ("C", "New", 0.9, "short", 0, 99_000.0),
        ("C", "Last", 0.9, "X", 0, 1e6),
        (None, "Gone", NAN, None, NAN, NAN),
    ],
    columns=["joint_class", "name", "how_sure", "xyz", "since_order", "to_next"],
).assign(more_often=[None] * 5 + ["B"] + [None] * 3)
MOVES = pd.DataFrame(
    [
        ("rose", "sure", True),
        ("fell", "sure", False),
        ("rose", "sure", True),
        ("fell", "at_threshold", False),
        ("new", "", False),
        ("lost", "", False),
    ],
    columns=["step", "move", "as_a_year_ago"],
)


def test_how_many_buy_steadily_and_who_in_a_has_stopped():
    found = wording.stability_reading(CUSTOMERS)
    assert [found[key] for key in ("x", "y", "z", "short", "a", "steady", "silent")] == [4, 2, 1, 1, 3, 2, 1]
    assert text("stability.stability_reading", found, lang="en") == (
        f"Of 8 customers, by their net sales from month to month, 4 are steady (X: the deviation is up to 50{P} of the mean), 2 vary "
        f"(Y: up to 100{P}), 1 is irregular (Z), and 1 has bought for fewer than 6 months. Of 3 in joint class A, 2 are steady. "
        "1 in A has not ordered for 2 months or more. A change of level is no irregularity; season counts as variation."
    )
    assert text("stability.stability_reading", found, lang="zh") == (
        "按月销售净额看，8 家客户中 4 家稳定（X：标准差不超过均值的 50%），2 家有波动（Y：不超过 100%），1 家不规则（Z），1 家首单至今不足 6 个月。"
        "综合类别为 A 的 3 家客户中，2 家稳定。有 1 家 A 类客户已有 2 个月及以上没有下单。水平变化不算不规则；季节性计入波动。"
    )


def test_without_a_customer_in_a_only_the_spread_is_told():
    found = wording.stability_reading(CUSTOMERS[CUSTOMERS["joint_class"] != "A"])
    said = text("stability.stability_reading", found, lang="en")
    assert "in A" not in said and said.startswith("Of 5 customers")


def test_how_many_are_sure_and_who_is_more_often_elsewhere():
    found = wording.sure_reading(CUSTOMERS)
    assert [found[key] for key in ("a", "sure", "least", "denied")] == [3, 2, {"name": "Li *Bros*", "share": 0.42}, 1]
    assert text("stability.sure_reading", found, lang="en") == (
        "Of 3 customers in joint class A, 2 are sure: when the quarter's invoices and payments are re-drawn at random, "
        f"they stay A in at least 80{P} of the draws. 1 is near a limit, least sure Li \\*Bros\\* (A in 42{P}). "
        "1 customer of all classes is more often in another class than its own: West (C, more often B)."
    )
    assert text("stability.sure_reading", found, lang="zh") == (
        "综合类别为 A 的 3 家客户中，2 家把握较大：随机重抽本季的发票和回款时，至少有 80% 的次数仍为 A 类。"
        "1 家临近界限，其中把握最小的是Li \\*Bros\\*（42% 为 A 类）。各类客户中有 1 家更常落入其他类别：West（C，更常为 B）。"
    )


def test_what_a_share_was_worth_in_earlier_quarters():
    kept = pd.DataFrame(
        {"band": ["surest", "less_sure", "least_sure"], "customers": [136, 50, 0], "kept_share": [0.97, 0.82, NAN]}
    )
    found = wording.kept_reading(kept)
    assert text("stability.kept_reading", found, lang="en") == (
        f"What such a share was worth: of the customers of earlier quarters, 97{P} of 136 with 80{P} or more and "
        f"82{P} of 50 with 50 to 80{P} kept their class in the next quarter."
    )
    assert text("stability.kept_reading", found, lang="zh") == (
        "以往各季中，下一季类别保持不变的比例（按当时的把握度）：不低于 80% 的为 97%（136 家次）；50% 至 80% 的为 82%（50 家次）。"
    )
    assert wording.kept_reading(kept.assign(customers=0)) is None


def test_where_all_are_sure_nobody_is_named():
    assert "limit" not in text("stability.sure_reading", wording.sure_reading(CUSTOMERS.head(1)), lang="en")
    nobody = CUSTOMERS.tail(1).assign(how_sure=0.9)
    assert text("stability.sure_reading", wording.sure_reading(nobody), lang="en") == "No customer is A."
    none = wording.sure_reading(CUSTOMERS.assign(how_sure=float("nan")))
    assert text("stability.sure_reading", none, lang="en").endswith("holds no invoice or payment to re-draw.")
    assert "没有可重抽的发票或回款" in text("stability.sure_reading", none, lang="zh")


def test_the_nearest_to_the_next_class_are_named_with_the_amount():
    found = wording.next_reading(CUSTOMERS)
    assert (found["below"], found["able"]) == (5, 4)
    assert [(row["name"], row["better"]) for row in found["nearest"]] == [("West", "B"), ("East", "A"), ("New", "B")]
    assert text("stability.next_reading", found, lang="en") == (
        "4 of 5 customers in B and C would reach the next better class by more payments received alone, all others as they are. "
        "Nearest: West (C to B, ¥250.50 more), East (B to A, ¥14,400 more) and New (C to B, ¥99,000 more)."
    )
    assert text("stability.next_reading", found, lang="zh", context=Context("GBP", "net_sales")) == (
        "5 家 B、C 类客户中，4 家在其他客户不变的情况下仅靠增加销售净额即可升入上一类。"
        "差距最小的是West（C 升 B，还差 250.50 英镑）、East（B 升 A，还差 1.44 万英镑）和 New（C 升 B，还差 9.9 万英镑）。"
    )


def test_where_no_amount_reaches_a_better_class_it_is_said():
    assert text("stability.next_reading", wording.next_reading(CUSTOMERS.head(3)), lang="en") == (
        "No customer would reach a better class by more payments received alone."
    )


def test_moves_are_described_with_those_that_only_return():
    found = wording.moves_reading(MOVES)
    assert found == {"moves": 4, "rose": 2, "fell": 2, "back": 2, "near": 1}
    assert text("stability.moves_reading", found, lang="en") == (
        "4 customers moved between A, B and C by the joint class: 2 up, 2 down. "
        "2 only return to the class they had a year ago. 1 is near a limit, where a few documents decide. "
        "A move describes a place among others; by itself it is no reason to act."
    )
    assert text("stability.moves_reading", found, lang="zh") == (
        "按综合类别，4 家客户在 A、B、C 之间变动：升 2 家，降 2 家。其中 2 家只是回到去年同季的类别。"
        "1 家处于临界，几张单据就能改变类别。类别变动只说明相对位置，本身不是采取行动的理由。"
    )
    none = wording.moves_reading(MOVES.tail(2))
    assert text("stability.moves_reading", none, lang="en") == "No customer moved between A, B and C."


@pytest.mark.parametrize(
    "key", ["X", "Y", "Z", "short", "sure", "at_threshold", "surest", "sure_a", "how_sure", "to_next"]
)
def test_every_value_shown_has_a_term(key):
    assert glossary.term(key, "en") and glossary.term(key, "zh")
