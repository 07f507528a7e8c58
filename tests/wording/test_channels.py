import pandas as pd
import pytest

from custlib import reference, wording

P = "\N{NO-BREAK SPACE}%"
NAN = float("nan")
FORMATS = pd.DataFrame(
    {
        "store_format": ["department_store", "brand_store"],
        "en": ["department store", "brand store"],
        "zh": ["百货店", "专卖"],
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
    told = wording.sold_reading(sold("stuffed", "not_known", "sold", "sold"), lang="en")
    assert told.startswith(
        "Of 4 customers in class A or B by size, 1 shows two or more of three signs of being stuffed:"
    )
    assert "Ask before delivering more (¥1 million this quarter): Shop 0. For 1 it is not known. User files" in told
    assert told.endswith("no verdict.")
    chinese = wording.sold_reading(sold("stuffed", "stuffed", "sold"), lang="zh")
    assert "再发货前先问清（本季 200 万元）：Shop 0和Shop 1。用户档案只覆盖部分动销" in chinese


def test_nobody_stuffed_is_said_without_a_list():
    told = wording.sold_reading(sold("sold"), lang="en")
    assert "0 show two" in told and "Ask" not in told and "not known" not in told


def test_what_cannot_be_told_is_said_so():
    assert "too little of stock" in wording.sold_reading(sold("not_known", "not_known"), lang="en")
    assert wording.sold_reading(sold(), lang="zh") == "没有按规模为 A 或 B 类的客户。"


def test_classes_and_decisions_are_both_told_with_their_differences():
    rows = accounts(
        ("K1", "One", "A", True, True, ""),
        ("K2", "Two", "A", False, False, "a_but_no_key_account"),
        ("K3", "Three", "B", True, False, "key_account_but_not_a"),
        ("K4", None, None, True, False, "key_account_without_class"),
    )
    told = wording.key_account_reading(rows, lang="en")
    assert told.startswith(
        "People decided on 3 key accounts and 1 strategic customer. Of 2 customers in A, 1 is no key account. "
        "Key accounts that are not A: Three. Key accounts that neither bought nor paid this quarter: K4. Neither is wrong:"
    )
    assert "不是 A 类的大客户：Three。" in wording.key_account_reading(rows, lang="zh")


def test_where_nobody_decided_people_are_asked_to():
    rows = accounts(("K2", "Two", "A", False, False, "a_but_no_key_account"))
    assert wording.key_account_reading(rows, lang="en").startswith("Nobody has decided yet")
    assert "1 家 A 类客户" in wording.key_account_reading(rows, lang="zh")


def test_formats_that_the_reference_does_not_explain_are_named():
    rows = shares(
        ("department_store", "urban", 58, 0.49, 0.42, 0.58, 0.409),
        ("brand_store", "urban", 7, 0.06, 0.03, 0.12, 0.077),
        ("brand_store", "rural", 9, 0.09, 0.05, 0.16, NAN),
        ("夜市*", "rural", 1, 0.01, 0.0, 0.05, NAN),
    )
    assert wording.formats_reading(rows, FORMATS, lang="en") == (
        f"2 shares of store formats in towns and in the country have a reference; it lies outside the 95 % interval of 1: "
        f"department store, urban (49{P}, reference 41{P}). One in twenty does so by chance, and the reference is a past mix of one "
        "trade, no target. 2 have none, blank in the source: not compared. Not in formats.csv: 夜市\\*."
    )
    assert "城市百货店（49%，参考 41%）" in wording.formats_reading(rows, FORMATS, lang="zh")


def test_formats_without_a_customer_or_a_difference():
    nobody = shares(("department_store", "urban", 0, NAN, NAN, NAN, 0.409))
    assert wording.formats_reading(nobody, FORMATS, lang="en").startswith("No customer has both")
    same = shares(("department_store", "urban", 4, 0.4, 0.2, 0.6, 0.4))
    assert "of 0. One in twenty" in wording.formats_reading(same, FORMATS, lang="en")


def test_small_stores_are_a_question():
    assert wording.area_reading(pd.DataFrame({"area_ratio": [0.216, 0.4]}), lang="en").startswith(
        f"2 stores are below 50{P} of the standard area of their format, the smallest at 22{P}. A standard is no limit: ask"
    )
    assert "1 store is below" in wording.area_reading(pd.DataFrame({"area_ratio": [0.2]}), lang="en")
    assert "标准不是限制" in wording.area_reading(pd.DataFrame({"area_ratio": [0.2]}), lang="zh")
    assert wording.area_reading(pd.DataFrame({"area_ratio": []}), lang="en").startswith("No store")


def test_the_formats_of_the_project_have_a_name_in_both_languages():
    rows = shares(*((key, "rural", 4, 0.9, 0.8, 0.95, 0.1) for key in reference.table("formats.csv")["store_format"]))
    for lang in ("en", "zh"):
        assert wording.formats_reading(rows, reference.table("formats.csv"), lang=lang)


@pytest.mark.parametrize("call", [wording.area_reading, wording.key_account_reading, wording.sold_reading])
def test_another_language_is_refused(call):
    table = sold("sold").assign(
        area_ratio=0.1, key_account=True, strategic=False, decision_difference="", **{"class": "A"}
    )
    with pytest.raises(ValueError, match="fr"):
        call(table, lang="fr")
