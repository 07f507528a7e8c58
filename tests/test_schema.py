from collections import Counter

import pytest

from custlib import schema

TABLES = pytest.mark.parametrize("table", schema.TABLES.values(), ids=schema.TABLES)
# What the source's people are called and born; and who rates whom.
PERSONAL = {
    "consumers": ["consumer_id", "birth_year", "household_size"],
    "purchases": ["consumer_id"],
    "presales_kpi": ["person", "rater"],
}


@pytest.mark.parametrize(
    "header",
    [
        "客户名称",
        "客户 名称",
        "客户名称（必填）",
        "\ufeff客户名称",
        "客户\u00a0名称",
        " 客户名称\n",
        "客户名称*",
        "客户\u200b名称",
    ],
)
def test_a_header_is_known_in_whatever_form_it_comes(header):
    assert schema.synonyms(schema.TABLES["customers"])[schema.plain_header(header)] == "name"


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("金额(元)", "元"),
        ("金额（万元）", "万元"),
        ("金额（单位：万元）", "万元"),
        ("金额/元", "元"),
        ("金额", None),
        ("万元户", None),
        ("元旦", None),
    ],
)
def test_the_unit_stands_in_brackets_after_the_header(header, unit):
    assert schema.header_unit(header) == unit
    if unit:
        assert schema.without_unit(header) == "金额"


@pytest.mark.parametrize("header", ["价税合计", "含税金额", "金额（含税）", "含税/金额"])
def test_an_amount_with_tax_is_never_the_net_amount(header):
    assert schema.plain_header(header) not in schema.synonyms(schema.TABLES["sales"])
    assert schema.says_taxed(header)
    assert not schema.says_tax_free(header)


@pytest.mark.parametrize("header", ["无税金额", "不含税金额(元)", "金额（不含税）"])
def test_an_amount_without_tax_says_so(header):
    assert schema.says_tax_free(header)
    assert not schema.says_taxed(header)


@TABLES
def test_no_header_means_two_columns_of_one_table(table):
    headers = Counter(schema.plain_header(h) for column in table.columns for h in {column.name, *column.headers})
    assert [header for header, count in headers.items() if count > 1] == []


@TABLES
def test_keys_and_time_are_columns_of_their_table(table):
    names = [column.name for column in table.columns]
    assert len(names) == len(set(names))
    assert set(table.key) <= set(names)
    assert table.time is None or table.column(table.time).kind in ("date", "quarter")


@TABLES
def test_a_column_that_each_row_fills_must_be_there(table):
    kinds = {"id", "name", "text", "date", "quarter", "period", "amount", "price", "number", "ratio", "whole"}
    for column in table.columns:
        assert column.kind in kinds
        # Invoices without numbers are read, but where there are numbers no line lacks its own.
        assert column.required or not column.filled or column.name == "invoice_id"


@TABLES
def test_a_file_may_lack_what_its_key_can_do_without_and_nothing_else_of_it(table):
    assert table.key_among(table.key) == table.key
    for name in table.key:
        rest = tuple(other for other in table.key if other != name)
        assert table.key_among(rest) == (rest if name in table.spared else ())
        assert name not in table.spared or not table.column(name).required


@TABLES
def test_personal_columns_are_marked(table):
    assert [column.name for column in table.columns if column.personal] == PERSONAL.get(table.name, [])
