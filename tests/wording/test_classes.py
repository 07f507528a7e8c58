import pandas as pd
import pytest

from custlib import wording
from custlib.wording.sentences import Context, text

P = "\N{NO-BREAK SPACE}%"
SUMMARY = pd.DataFrame(
    [
        ("2025Q4", "size", "A", 54, 0.71),
        ("2025Q4", "size", "B", 107, 0.23),
        ("2025Q4", "size", "C", 107, 0.06),
        ("2025Q4", "contribution", "A", 1, 1.0),
    ],
    columns=["quarter", "indicator", "class", "customers", "share"],
)
CUSTOMERS = pd.DataFrame(
    [("A", "A", "A", "A", 3), ("A", "C", "A", "A", 3), ("A", "A", None, "A", 2), ("B", "C", None, "C", 2)],
    columns=["size_class", "contribution_class", "brand_share_class", "joint_class", "known"],
)
NOTHING_MISSING = pd.DataFrame({"indicator": [], "stands_for": [], "reason": []})
SALES_ONLY = pd.DataFrame(
    {
        "indicator": ["size", "contribution", "brand_share"],
        "stands_for": ["net_sales", None, None],
        "reason": ["payments", "cost", "dealer_profit"],
    }
)


def migration(**counts):
    return pd.DataFrame(
        [(*key.split("_"), number) for key, number in counts.items()], columns=["from_class", "to_class", "customers"]
    )


def test_size_means_payments_where_there_are_payments():
    found = wording.size_meaning(NOTHING_MISSING)
    assert found == {"stand_in": "", "absent": []}
    assert text("classes.size_meaning", found, lang="en") == "Customer size is payments received."


def test_what_stands_in_and_what_is_missing_is_named():
    found = wording.size_meaning(SALES_ONLY)
    assert found["stand_in"] == "net_sales"
    assert [row["reason"] for row in found["absent"]] == ["cost", "dealer_profit"]
    assert text("classes.size_meaning", found, lang="en") == (
        "The exports hold no payments, so customer size is net sales. "
        "Not judged: customer contribution (no cost) and brand share (no customers' profit statements)."
    )
    assert text("classes.size_meaning", found, lang="zh") == (
        "导出文件中没有回款数据，客户规模以销售净额代替。未评判：客户贡献（缺少成本）和品牌利润占比（缺少客户利润表）。"
    )


def test_what_a_and_c_bring():
    found = wording.abc_reading(SUMMARY)
    assert found == {"indicator": "size", "total": 268, "a": 54, "a_share": 0.71, "c": 107, "c_share": 0.06}
    assert text("classes.abc_reading", found, lang="en") == (
        f"By size, 54 of 268 customers are A; they bring 71{P} of payments received. The 107 in C bring 6{P}."
    )
    assert text("classes.abc_reading", found, lang="zh") == (
        "按客户规模，268 家客户中有 54 家为 A 类，占回款额的 71%。107 家 C 类客户合计占 6%。"
    )


def test_one_customer_is_singular_and_nobody_in_c_is_not_told():
    found = wording.abc_reading(SUMMARY, indicator="contribution")
    assert (found["a"], found["c"]) == (1, 0)
    assert (
        text("classes.abc_reading", found, lang="en")
        == f"By contribution, 1 of 1 customer is A; it brings 100{P} of gross profit."
    )


def test_without_payments_the_share_is_of_these_customers_net_sales():
    found, context = wording.abc_reading(SUMMARY), Context(size_is="net_sales")
    assert "of these customers' net sales" in text("classes.abc_reading", found, lang="en", context=context)
    assert "占这些客户销售净额的" in text("classes.abc_reading", found, lang="zh", context=context)


def test_a_list_without_a():
    found = wording.abc_reading(SUMMARY.assign(customers=[0, 0, 7, 0]))
    assert text("classes.abc_reading", found, lang="en") == "By size, none of 7 customers is A."


def test_who_is_a_everywhere_somewhere_and_nowhere():
    found = wording.joint_reading(CUSTOMERS)
    assert found == {"indicators": 3, "a": 3, "everywhere": 2, "somewhere": 1, "nowhere": 0, "fewer": 2}
    assert text("classes.joint_reading", found, lang="en") == (
        "Of 3 customers in joint class A, 2 have an A on each indicator that is known, "
        "1 on some and 0 on none: being consistently good can also make an A. 2 customers are judged on fewer indicators, those that are known."
    )
    assert text("classes.joint_reading", found, lang="zh") == (
        "综合类别为 A 的 3 家客户中，2 家各项已知指标均为 A，1 家部分为 A，0 家没有一项为 A：各项都稳居前列的客户，综合类别也可以为 A。"
        "有 2 家客户的部分指标未知，只按已知指标评判。"
    )


def test_with_one_indicator_no_judgement_of_several_is_claimed():
    found = wording.joint_reading(CUSTOMERS.assign(contribution_class=None, brand_share_class=None, known=1))
    assert found["indicators"] == 1
    assert text("classes.joint_reading", found, lang="en").startswith("Only one indicator is known")


def test_two_sentences_of_one_page_name_what_they_are_by():
    joint = wording.abc_reading(SUMMARY.assign(indicator="joint").head(3), indicator="joint")
    assert text("classes.abc_reading", joint, lang="en").startswith("By the joint class, 54 of 268 customers are A;")
    assert text("classes.abc_reading", joint, lang="zh").startswith("按综合类别，268 家客户中")


def test_who_is_judged_with_an_earlier_share_is_counted():
    found = wording.last_share_reading(CUSTOMERS.head(2))
    assert text("classes.last_share_reading", found, lang="en") == (
        "2 customers have no profit statement for this quarter, so the last known brand share counts "
        "(their quarters are in the table): a missing figure moves no class."
    )
    assert text("classes.last_share_reading", found, lang="zh") == (
        "2 家客户本季没有利润表，品牌利润占比取最近一次已知值（所属季度见表）：数据缺失不改变类别。"
    )
    assert wording.last_share_reading(CUSTOMERS.head(0)) is None


def test_each_customer_that_moved_is_counted_once():
    moves = migration(A_A=44, A_B=6, A_C=2, A_lost=1, B_A=8, C_A=1, new_A=1, new_C=11, returned_C=2, C_lost=6, B_B=90)
    found = wording.migration_reading(moves)
    assert found["moves"] == {
        "were_a": 53,
        "stayed": 44,
        "fell": 8,
        "left": 1,
        "rose": 9,
        "came_as_a": 1,
        "new": 12,
        "returned": 2,
        "lost": 7,
    }
    assert text("classes.migration_reading", found, lang="en") == (
        "Of 53 customers in joint class A a quarter before, 44 stayed, 8 fell and 1 was lost. 9 rose to A and 1 came as A. "
        "In all, 12 customers came, 2 returned and 7 were lost."
    )
    assert text("classes.migration_reading", found, lang="zh") == (
        "上季 53 家综合类别为 A 的客户中，44 家保持，8 家降级，1 家流失；另有 9 家升入 A 类，1 家新增或回归客户直接成为 A 类。"
        "合计新增 12 家，回归 2 家，流失 7 家。"
    )


def test_the_first_quarter_has_nothing_to_compare_with():
    found = wording.migration_reading(migration(new_A=5, new_C=9, A_A=0))
    assert found == {"moves": {}}
    assert (
        text("classes.migration_reading", found, lang="en")
        == "There is no whole quarter before this one to compare with."
    )


@pytest.mark.parametrize("customers, few", [(0, False), (4, True), (24, True), (25, False)])
def test_a_short_list_is_said_to_be_short(customers, few):
    found = wording.list_reading(pd.DataFrame({"name": ["x"] * customers}))
    assert found == {"customers": customers, "few": few}
    assert (f"With only {customers} customers" in text("classes.list_reading", found, lang="en")) == few
    assert text("classes.list_reading", found, lang="zh").startswith(
        "类别只说明客户本季给我们带来多少，不说明客户好坏；"
    )
