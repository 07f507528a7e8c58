from datetime import date

import pytest

from custlib import sources
from custlib.refusals import Refused


def load(folder, text):
    (folder / "sources.toml").write_text(text, encoding="utf-8")
    return sources.load(folder)


def test_without_a_declaration_nothing_is_declared(tmp_path):
    told = sources.load(tmp_path)
    assert (told.currency, told.data_until, told.source) == ("CNY", None, ())
    assert told.of("a.csv") == sources.Source(files="a.csv")


def test_the_first_entry_that_matches_speaks(tmp_path):
    told = load(
        tmp_path,
        """
        data_until = 2025-12-31
        [[source]]
        files = "2025/销售_*.csv"
        table = "sales"
        units = {net_amount = "万元"}
        computed = {cost = "quantity * unit_cost"}
        columns = {"单位成本" = "unit_cost"}
        [[source]]
        files = "*.csv"
        ignore = true
        """,
    )
    assert told.data_until == date(2025, 12, 31)
    assert told.of("2025/销售_1.csv").units == {"net_amount": "万元"}
    assert told.of("2025/销售_1.csv").operands() == {"quantity", "unit_cost"}
    assert told.of("other.csv").ignore
    assert not told.of("other.xlsx").ignore


def test_files_and_sheets_in_a_list_are_not_read_unless_an_entry_speaks_of_them(tmp_path):
    told = load(tmp_path, 'ignore = ["a[1].csv", "b.xlsx/备注", "c.csv"]\n[[source]]\nfiles = "c.csv"\ntable = "sales"')
    assert [told.ignores(file) for file in ("a[1].csv", "a1.csv", "b.xlsx/备注", "b.xlsx/订单", "c.csv")] == [
        True,
        False,
        True,
        False,
        False,
    ]


def test_what_others_are_computed_of_is_computed_before_them(tmp_path):
    told = load(
        tmp_path,
        """
        [[source]]
        table = "sales"
        computed = {cost = "net_amount - profit", net_amount = "quantity * unit_price"}
        columns = {"单价" = "unit_price", "利润" = "profit", "客户" = "customers.name"}
        units = {profit = "元", net_amount = "元", "products.list_price" = "元"}
        """,
    )
    assert list(told.source[0].expressions()) == ["net_amount", "cost"]


ENTRY = '[[source]]\nfiles = "*"\ntable = "sales"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("data_until = [", "sources.toml"),
        ("curency = 'CNY'", "did you mean “currency”"),
        ('data_until = "2025-12-31"', "data_until takes"),
        ("data_until = 2025-12-31T00:00:00", "data_until takes"),
        ('[source]\nfiles = "*"', "two brackets"),
        ("source = 3", "two brackets"),
        ("x = " + "[" * 20_000, "sources.toml"),
        ("tax_rate = " + "9" * 5000, "sources.toml"),
        *(
            (ENTRY + f'encoding = "{name}"', "no encoding called")
            for name in ("punycode", "a\\u0000b", "undefined", "unicode_escape", "rot13", "")
        ),
        *(
            (ENTRY + f'columns = {{"a" = "{name}"}}', f"a column of custlib's own is called “{name}”")
            for name in ("file", "line", "repeated", "a__b")
        ),
        (ENTRY + 'fixed = {line = "1"}', "a column of custlib's own"),
        (ENTRY + "unit = {}", "did you mean “units”"),
        ('[[source]]\ntable = "sale"', "no table is called “sale”"),
        (ENTRY + 'date_order = "dym"', "date_order is ymd, dmy or mdy"),
        (ENTRY + 'date_system = "1905"', "date_system is 1900 or 1904, not “1905”"),
        (ENTRY + 'date_system = ""', "date_system is 1900 or 1904"),
        (ENTRY + "date_system = 1900", "date_system takes"),
        (ENTRY + "century = 20", "century is 1900 or 2000, not “20”"),
        (ENTRY + 'decimal = "。"', "decimal is . or ,, not “。”"),
        (ENTRY + 'time_zone = "Asia/Shanghai"', "time_zone is written like +08:00, not “Asia/Shanghai”"),
        (ENTRY + 'time_zone = ""', "time_zone is written like +08:00"),
        (ENTRY + 'time_zone = "+24:00"', "time_zone is written like +08:00"),
        (ENTRY + 'tax = "without"', "tax is excluded or included"),
        ("tax_rate = 13.0", "tax_rate is a share such as 0.13, not “13.0”"),
        ("tax_rate = 0.0", "tax_rate is a share such as 0.13"),
        ("tax_rate = 13", "tax_rate takes float, not “13”"),
        (ENTRY + 'units = {net_amount = "千元"}', "元 or 万元, not “千元”"),
        (ENTRY + 'units = {amount = "元"}', "units names “amount”"),
        (ENTRY + 'computed = {net_amount = "quantity * sum(1)"}', "a computed column is made of columns and numbers"),
        (ENTRY + 'computed = {net_amount = ""}', "a computed column is made of columns and numbers"),
        (ENTRY + 'computed = {customer_id = "quantity * 2"}', "“customer_id”, which is no amount, price or number"),
        (ENTRY + "computed = {net_amount = 3}", "“3” is no text"),
        (ENTRY + 'columns = {"店铺" = "customers.shop"}', "columns names “customers.shop”"),
        ('[[source]]\ntable = "payments"\ncolumns = {"店铺" = "customers.name"}', "columns names “customers.name”"),
        ('[[source]]\ntable = "payments"\nheaded = true', "headed is said of lines of sales, not of “payments”"),
        (ENTRY + 'computed = {amount = "quantity * price"}', "computed names “amount”"),
        (ENTRY + 'key = ["invoice"]', "key names “invoice”"),
        (ENTRY + 'fixed = {quarter = "2025Q4"}', "fixed names “quarter”"),
        (ENTRY + "fixed = {line_no = 1}", "“1” is no text"),
        (ENTRY + 'missing = {customer_id = "-"}', "missing takes a list"),
        (ENTRY + 'missing = {custmer_id = ["-"]}', "missing names “custmer_id”"),
        (ENTRY + "header_rows = 0", "header_rows is 1 or more"),
        (ENTRY + 'hidden_rows = "skip"', "hidden_rows is include or exclude"),
    ],
)
def test_a_slip_in_the_declaration_is_named_with_its_entry(tmp_path, text, said):
    with pytest.raises(Refused) as refused:
        load(tmp_path, text)
    assert refused.value.code == "declaration"
    assert said in str(refused.value)


def test_a_declaration_saved_by_a_windows_editor_is_read(tmp_path):
    (tmp_path / "sources.toml").write_bytes(b"\xef\xbb\xbfcurrency = 'EUR'\n")
    assert sources.load(tmp_path).currency == "EUR"
