import pandas as pd
import pytest

from custlib import wording
from custlib.wording.sentences import Context, text

P = "\N{NO-BREAK SPACE}%"
NAN = float("nan")
FORMATS = pd.DataFrame({"store_format": ["department_store", "brand_store"]})
WORDS = Context(
    vocabulary={
        "format:department_store": {"en": "department store", "zh": "百货店"},
        "format:brand_store": {"en": "brand store", "zh": "专卖"},
    }
)


def sold(*judged):
    rows = [(f"K{at}", f"Shop {at}", 1_000_000.0, each) for at, each in enumerate(judged)]
    return pd.DataFrame(rows, columns=["customer_id", "name", "size", "stuffed"])


def accounts(*rows):
    columns = ["customer_id", "name", "class", "key_account", "strategic", "decision_difference"]
    return pd.DataFrame(rows, columns=columns)


def shares(*rows):
    columns = ["store_format", "area_type", "customers", "share", "share_low", "share_high", "reference_share"]
    return pd.DataFrame(rows, columns=columns)


def test_who_may_be_stuffed_is_named_with_what_is_at_stake_and_what_the_sign_is_not():
    found = wording.sold_reading(sold("stuffed", "not_known", "sold", "sold"))
    assert (found["customers"], found["stuffed"], found["worth"], found["unknown"]) == (4, 1, 1_000_000, 1)
    assert text("channels.sold_reading", found, lang="en") == (
        "Of 4 customers in class A or B by size, 1 shows two or more of three signs of overstocking (channel stuffing): a quarter's sell-in or more in "
        "stock, half of it or more older than 180 days, sell-through below half of what is usual in the class. "
        "Ask before delivering more (¥1 million this quarter): Shop 0. Of 1 it is not known. User files hold only part of the sell-out, "
        "so sell-through only compares customers with each other; the signs are a question, not a verdict."
    )


def test_nobody_stuffed_is_said_without_a_list():
    assert text("channels.sold_reading", wording.sold_reading(sold("sold", "sold")), lang="zh") == (
        "规模为 A 类或 B 类的 2 家客户中，0 家出现三个压货迹象中的至少两个：库存达一季进货量以上、半数以上库龄超过 180 天、"
        "动销率不足同类常见水平的一半。用户档案只覆盖部分动销，动销率只用于客户之间比较，不代表实际水平；迹象只是疑问，不是结论。"
    )


def test_what_cannot_be_told_is_said_so():
    unknown = wording.sold_reading(sold("not_known", "not_known"))
    assert "too little of stock" in text("channels.sold_reading", unknown, lang="en")
    assert text("channels.sold_reading", wording.sold_reading(sold()), lang="zh") == "没有规模为 A 类或 B 类的客户。"


def test_classes_and_decisions_are_both_told_with_their_differences():
    rows = accounts(
        ("K1", "One", "A", True, True, ""),
        ("K2", "Two", "A", False, False, "a_but_no_key_account"),
        ("K3", "Thr_ee", "B", True, False, "key_account_but_not_a"),
        ("K4", None, None, True, False, "key_account_without_class"),
    )
    found = wording.key_account_reading(rows)
    assert (found["keys"], found["strategic"], found["a"], found["no_key_account"]) == (3, 1, 2, 1)
    assert text("channels.key_account_reading", found, lang="en") == (
        "By people's decision there are 3 key accounts and 1 strategic customer. Of 2 customers in A, 1 is not a key account. "
        "Key accounts that are not A: Thr\\_ee. Key accounts that neither bought nor paid this quarter: K4. "
        "Neither is wrong: a class says what a customer brings now, a decision where we mean to invest. "
        "Where they differ, one of the two deserves a second look."
    )
    assert "不是 A 类的大客户：Thr\\_ee。" in text("channels.key_account_reading", found, lang="zh")


def test_where_nobody_decided_people_are_asked_to():
    found = wording.key_account_reading(accounts(("K2", "Two", "A", False, False, "a_but_no_key_account")))
    assert text("channels.key_account_reading", found, lang="zh") == (
        "尚未认定大客户或战略客户；可先从 1 家 A 类客户入手。认定结果写入 reference/key\\_accounts.csv 并签字。"
    )


def test_formats_that_the_reference_does_not_explain_are_named():
    rows = shares(
        ("department_store", "urban", 58, 0.49, 0.42, 0.58, 0.409),
        ("brand_store", "urban", 7, 0.06, 0.03, 0.12, 0.077),
        ("brand_store", "rural", 9, 0.09, 0.05, 0.16, NAN),
        ("夜市*", "rural", 1, 0.01, 0.0, 0.05, NAN),
    )
    found = wording.formats_reading(rows, FORMATS)
    assert (found["compared"], found["blank"], found["unlisted"]) == (2, 2, ["夜市*"])
    assert [row["store_format"] for row in found["apart"]] == ["department_store"]
    assert text("channels.formats_reading", found, lang="en", context=WORDS) == (
        f"Of 2 shares of store formats in town and country that have a reference, 1 differs from it by more than chance explains: "
        f"department store, urban (49{P}, reference 41{P}). The reference is a past mix of one trade, not a target. "
        "2 are blank in the source and not compared. Not in formats.csv: 夜市\\*."
    )
    assert "其中 1 项的差距超出偶然范围：城市百货店（49%，参考 41%）。" in text(
        "channels.formats_reading", found, lang="zh", context=WORDS
    )


def test_formats_without_a_customer_or_a_difference():
    nobody = wording.formats_reading(shares(("department_store", "urban", 0, NAN, NAN, NAN, 0.409)), FORMATS)
    assert text("channels.formats_reading", nobody, lang="en").startswith("No customer has both")
    same = wording.formats_reading(shares(("department_store", "urban", 4, 0.4, 0.2, 0.6, 0.4)), FORMATS)
    assert same["apart"] == []
    assert "0 differ from it by more" in text("channels.formats_reading", same, lang="en")


@pytest.mark.parametrize(
    "ratios, said",
    [
        (
            [0.216, 0.4],
            f"2 stores are below 50{P} of the standard area of their format, the smallest at 22{P}. The standard",
        ),
        ([0.2], f"1 store is below 50{P} of the standard area of its format, the smallest at 20{P}. The standard"),
        ([], f"No store with a known area is below 50{P} of the standard of its format."),
    ],
)
def test_small_stores_are_a_question(ratios, said):
    stores = pd.DataFrame({"floor_area_m2": [NAN, 100.0]})
    found = wording.area_reading(pd.DataFrame({"area_ratio": ratios}), stores)
    assert found["stores"] == len(ratios)
    assert text("channels.area_reading", found, lang="en").startswith(said)


@pytest.mark.parametrize("lang, said", [("en", "No floor area is known"), ("zh", "没有已知的营业面积")])
def test_without_floor_areas_no_store_is_said_to_be_large_enough(lang, said):
    found = wording.area_reading(pd.DataFrame({"area_ratio": []}), pd.DataFrame({"floor_area_m2": [NAN, 0.0]}))
    assert text("channels.area_reading", found, lang=lang).startswith(said)
