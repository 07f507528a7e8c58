import pandas as pd
import pytest

from custlib import wording

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
    assert wording.size_meaning(NOTHING_MISSING, lang="en") == "Customer size is payments received."
    assert wording.size_meaning(NOTHING_MISSING, lang="zh") == "客户规模按回款额计算。"


def test_what_stands_in_and_what_is_missing_is_named():
    assert wording.size_meaning(SALES_ONLY, lang="en") == (
        "The exports hold no payments, so customer size is net sales. "
        "Not judged: customer contribution (no cost) and brand share (no customers' profit statements)."
    )
    assert wording.size_meaning(SALES_ONLY, lang="zh") == (
        "导出文件中没有回款数据，客户规模以销售净额代替。未评判：客户贡献（缺少成本）和品牌利润占比（缺少客户利润表）。"
    )


def test_reading_of_the_classes():
    assert wording.abc_reading(SUMMARY, lang="en") == (
        f"54 of 268 customers are A; they bring 71{P} of payments received. The 107 in C bring 6{P}."
    )
    assert wording.abc_reading(SUMMARY, lang="zh") == (
        "268 家客户中有 54 家为 A 类，占回款额的 71%。107 家 C 类客户合计占 6%。"
    )


def test_reading_of_one_customer_is_singular():
    assert wording.abc_reading(SUMMARY, lang="en", indicator="contribution") == (
        f"1 of 1 customer is A; it brings 100{P} of gross profit."
    )
    one_c = SUMMARY.assign(customers=[1, 0, 1, 0])
    assert "The one in C brings" in wording.abc_reading(one_c, lang="en")


def test_reading_without_payments_speaks_of_net_sales():
    assert "of these customers' net sales" in wording.abc_reading(SUMMARY, lang="en", size_is="net_sales")
    assert "销售净额" in wording.abc_reading(SUMMARY, lang="zh", size_is="net_sales")


def test_reading_of_a_list_without_a():
    none = SUMMARY.assign(customers=[0, 0, 7, 0])
    assert wording.abc_reading(none, lang="en") == "None of 7 customers is A."


def test_joint_reading_tells_who_is_a_everywhere_somewhere_and_nowhere():
    assert wording.joint_reading(CUSTOMERS, lang="en") == (
        "Of 3 customers in joint class A, 2 have an A on each indicator that is known, "
        "1 on some and 0 on none: steady good places can make an A. 2 customers are judged on fewer indicators, those that are known."
    )
    assert wording.joint_reading(CUSTOMERS, lang="zh") == (
        "综合类别为 A 的 3 家客户中，2 家各项已知指标均为 A，1 家部分为 A，0 家没有一项为 A：各项都稳居前列，也可以综合为 A。"
        "有 2 家客户的部分指标未知，只按已知指标评判。"
    )


def test_joint_reading_with_one_indicator_claims_no_judgement_of_several():
    only_size = CUSTOMERS.assign(contribution_class=None, brand_share_class=None, known=1)
    assert wording.joint_reading(only_size, lang="en").startswith("Only one indicator is known")


def test_migration_reading_counts_each_customer_once():
    moves = migration(A_A=44, A_B=6, A_C=2, A_lost=1, B_A=8, C_A=1, new_A=1, new_C=11, returned_C=2, C_lost=6, B_B=90)
    assert wording.migration_reading(moves, lang="en") == (
        "Of 53 customers in A a quarter before, 44 stayed, 8 fell and 1 was lost. 9 rose to A and 1 came as A. "
        "In all, 12 customers came, 2 returned and 7 were lost."
    )
    assert wording.migration_reading(moves, lang="zh") == (
        "上季 53 家 A 类客户中，44 家保持，8 家降级，1 家流失；另有 9 家升入 A 类，1 家新增或回归客户直接成为 A 类。"
        "合计新增 12 家，回归 2 家，流失 7 家。"
    )


def test_the_first_quarter_has_nothing_to_compare_with():
    assert wording.migration_reading(migration(new_A=5, new_C=9, A_A=0), lang="en") == (
        "There is no quarter before this one to compare with."
    )


def test_a_short_list_is_said_to_be_short():
    assert "With only 4 customers" in wording.list_reading(CUSTOMERS, lang="en")
    long = pd.concat([CUSTOMERS] * 10)
    assert "only" not in wording.list_reading(long, lang="en")
    assert wording.list_reading(long, lang="zh").endswith("谁是大客户，由人来决定。")


@pytest.mark.parametrize(
    "call",
    [
        lambda: wording.size_meaning(NOTHING_MISSING, lang="fr"),
        lambda: wording.abc_reading(SUMMARY, lang="fr"),
        lambda: wording.joint_reading(CUSTOMERS, lang="fr"),
        lambda: wording.migration_reading(migration(A_A=1), lang="fr"),
        lambda: wording.list_reading(CUSTOMERS, lang="fr"),
    ],
)
def test_another_language_is_refused(call):
    with pytest.raises(ValueError, match="fr"):
        call()
