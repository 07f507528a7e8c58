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
)
MOVES = pd.DataFrame(
    [
        ("B", "A", "real"),
        ("A", "C", "real"),
        ("C", "B", "real"),
        ("B", "C", "at_threshold"),
        ("new", "A", ""),
        ("C", "lost", ""),
    ],
    columns=["from_class", "to_class", "move"],
)


def test_how_many_buy_steadily_and_who_in_a_has_stopped():
    found = wording.stability_reading(CUSTOMERS)
    assert [found[key] for key in ("x", "y", "z", "short", "a", "steady", "silent")] == [4, 2, 1, 1, 3, 2, 1]
    assert text("stability.stability_reading", found, lang="en") == (
        f"Of 8 customers, by their net sales from month to month, 4 are steady (X: the deviation is up to 50{P} of the mean), 2 vary "
        f"(Y: up to 100{P}), 1 is irregular (Z), and 1 has bought for fewer than 6 months. Of 3 in A 2 are steady. "
        "1 in A has not ordered for 2 months or more. The limits are conventional, and season counts as variation."
    )
    assert text("stability.stability_reading", found, lang="zh") == (
        "按月销售净额看，8 家客户中 4 家平稳（X：标准差不超过均值的 50%），2 家有波动（Y：不超过 100%），1 家不规则（Z），1 家首单至今不足 6 个月。"
        "3 家 A 类客户中 2 家平稳。有 1 家 A 类客户已有 2 个月及以上没有下单。界限是惯用值；季节性也计入波动。"
    )


def test_without_a_customer_in_a_only_the_spread_is_told():
    found = wording.stability_reading(CUSTOMERS[CUSTOMERS["joint_class"] != "A"])
    said = text("stability.stability_reading", found, lang="en")
    assert "in A" not in said and said.startswith("Of 5 customers")


def test_how_many_are_sure_and_that_it_is_no_probability():
    found = wording.sure_reading(CUSTOMERS)
    assert found == {"a": 3, "sure": 2, "limit": 0.8, "least": {"name": "Li *Bros*", "share": 0.42}}
    assert text("stability.sure_reading", found, lang="en") == (
        f"Of 3 customers in A, 2 are sure: they stay A in at least 80{P} of the resamples. "
        f"1 is near a limit, least sure Li \\*Bros\\* (A in 42{P}). A resample draws the quarter's invoices and payments anew; the share tells "
        "how much of a class hangs on single documents. It is no probability, and says nothing about the next quarter."
    )
    assert text("stability.sure_reading", found, lang="zh") == (
        "3 家 A 类客户中，2 家把握较大：在至少 80% 的重抽样中仍为 A 类。1 家临近界限，其中把握最小的是Li \\*Bros\\*（42% 为 A 类）。"
        "重抽样是把本季的发票和回款重新抽取一遍；这个比例说明类别在多大程度上取决于个别单据，不是概率，也不预测下一季度。"
    )


def test_where_all_are_sure_nobody_is_named():
    assert "limit" not in text("stability.sure_reading", wording.sure_reading(CUSTOMERS.head(1)), lang="en")
    assert text("stability.sure_reading", wording.sure_reading(CUSTOMERS.tail(1)), lang="en") == "No customer is A."


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
        "差距最小的是West（C 升 B，还差 250.50 英镑）、East（B 升 A，还差 1.44 万英镑）和New（C 升 B，还差 9.9 万英镑）。"
    )


def test_where_no_amount_reaches_a_better_class_it_is_said():
    assert text("stability.next_reading", wording.next_reading(CUSTOMERS.head(3)), lang="en") == (
        "No customer would reach a better class by more payments received alone."
    )


def test_real_moves_are_told_from_those_at_the_threshold():
    found = wording.moves_reading(MOVES)
    assert found == {"moves": 4, "real": 3, "rose": 2, "fell": 1, "near": 1, "limit": 0.8}
    assert text("stability.moves_reading", found, lang="en") == (
        f"Of 4 moves between A, B and C, 3 are real (2 up, 1 down): the customer stands in its new class or beyond it in at least 80{P} "
        "of the resamples. 1 lies at the threshold and may turn with a few documents."
    )
    assert text("stability.moves_reading", found, lang="zh") == (
        "A、B、C 之间的 4 次变动中，3 次为实质变动（升 2，降 1）：在至少 80% 的重抽样中，客户处于新类别或同方向更远的类别。"
        "1 次处于临界，几张单据就可能改变结果。"
    )
    none = wording.moves_reading(MOVES.tail(2))
    assert text("stability.moves_reading", none, lang="en") == "No customer moved between A, B and C."


@pytest.mark.parametrize("key", ["X", "Y", "Z", "short", "real", "at_threshold", "sure_a", "how_sure", "to_next"])
def test_every_value_shown_has_a_term(key):
    assert glossary.term(key, "en") and glossary.term(key, "zh")
