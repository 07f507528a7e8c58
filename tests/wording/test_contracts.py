import pandas as pd
import pytest

from custlib import wording

COLUMNS = "table rule column rows of_rows share limit blocks first_place signed_by signed_on".split()
HARMLESS = ("sales", "no_customer", "customer_id", 65, 273, 65 / 273, 0.5, False, "a.csv:11", None, None)
SIGNED = ("payments", "unit_jump", "amount", 9, 9, 1.0, 0.0, False, "p_1.csv:2", "李*", "2025-12-31")
BLOCKS = ("sales", "quarantined_share", "", 30, 90, 30 / 90, 0.05, True, "b*.csv:6", None, None)


def facts(*rows):
    return wording.contracts_reading(pd.DataFrame(rows, columns=COLUMNS).astype({"blocks": "bool"}))


@pytest.fixture
def reading(said):
    def read(*rows, lang="en"):
        return said("contracts.contracts_reading", facts(*rows), lang).replace("\N{NO-BREAK SPACE}", " ")

    return read


def test_nothing_found(reading):
    assert reading() == "No rule found anything."
    assert reading(lang="zh") == "各项规则均未发现问题。"


def test_what_is_found_and_blocks_nothing(reading):
    assert facts(HARMLESS) == {"rules": 1, "tables": 1, "blocking": [], "more": 0, "signed": []}
    assert reading(HARMLESS) == "1 rule found something in 1 table. Nothing blocks the report."
    assert reading(HARMLESS, lang="zh") == "1 条规则在 1 张表中发现了问题。没有阻止发布的问题。"


def test_what_blocks_is_named_with_its_rows_and_the_next_step(reading):
    assert reading(BLOCKS, HARMLESS) == (
        "2 rules found something in 1 table. **The report is not published**: many lines set aside in one file in sales: 30 of "
        "90 lines (33 %), such as b\\*\\.csv\\:6. Mend the exports, or let a person who knows that it is right sign for it in signed.csv."
    )
    assert "**报告不会发布**：销售明细中单个文件剔除待核行过多：90 行中有 30 行（33%），如 b\\*\\.csv\\:6。" in reading(
        BLOCKS, lang="zh"
    )


def test_a_rule_of_a_column_names_table_and_column():
    blocking = (*HARMLESS[:7], True, *HARMLESS[8:])
    assert [breach["where"] for breach in facts(BLOCKS, blocking)["blocking"]] == [["sales"], ["sales", "customer_id"]]


def test_more_than_three_are_counted(reading):
    assert (len(facts(*[BLOCKS] * 5)["blocking"]), facts(*[BLOCKS] * 5)["more"]) == (3, 2)
    assert " and 2 more. Mend" in reading(*[BLOCKS] * 5) and "，另有 2 项。" in reading(*[BLOCKS] * 5, lang="zh")


def test_who_signed_for_what(reading):
    assert reading(SIGNED).endswith(
        "Signed for: amounts a thousand times the others' or a thousandth at p\\_1\\.csv\\:2 (李\\*, 2025\\-12\\-31)."
    )
    assert "p\\_1\\.csv\\:2 的“金额为其他的千倍或千分之一”" in reading(SIGNED, lang="zh")


def test_rules_that_never_hold_up_a_report_are_named(said):
    limits = pd.Series({"unit_jump": 0.0, "fee_lines": float("nan"), "offsetting": float("nan")})
    text = said("contracts.contracts_never", wording.contracts_never(limits))
    assert (
        text
        == "As contracts.csv says, these never hold up a report: a fee and no product; a sale and a return that cancel each other."
    )
    assert wording.contracts_never(limits.dropna()) is None
