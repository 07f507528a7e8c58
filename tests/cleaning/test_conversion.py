"""Amounts in other currencies: converted by signed rates, worked out by hand, or refused with the line to write."""

from decimal import Decimal

import pytest

from custlib.refusals import Refused

SALES = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额,货币"
HEADER = "currency,month,rate,who,on,why; "
DECLARED = '[[source]]\nfiles = "*"\ntax = "excluded"\nunits = {net_amount = "元"}\n'


def lines(*codes, amount="10"):
    return [f"A{n},1,2025-{9 + n}-02,K1,P1,1,{amount},{code}" for n, code in enumerate(codes, 1)]


@pytest.fixture
def rates_of(workbook):
    """Writes these lines of rates.csv, signed."""

    def write(*rates):
        signed = "\n".join(["currency,month,rate,who,on,why", *(f"{rate},李,2026-01-05," for rate in rates)])
        (workbook / "data" / "reference" / "rates.csv").write_text(signed + "\n", encoding="utf-8")

    return write


@pytest.fixture
def clean(cleaned, rates_of):
    """Clean tables of one export in these currencies, line n of month n + 9; `rates`: lines of rates.csv."""

    def make(codes, currency="CNY", header=SALES, more="", rates=(), amount="10", top=""):
        rates_of(*rates)
        text = "\n".join([header, *lines(*codes, amount=amount)])
        return cleaned({"s.csv": text}, f'currency = "{currency}"\n{top}{DECLARED}{more}')

    return make


@pytest.fixture
def refused(clean):
    def make(*args, **said):
        with pytest.raises(Refused) as refusal:
            clean(*args, **said)
        assert refusal.value.line("zh")
        return refusal.value

    return make


def amounts(clean):
    return [row["net_amount"] for row in clean.table("sales").order_by("line").to_pyarrow().to_pylist()]


def test_two_currencies_without_a_rate_are_refused_with_the_lines_to_write(refused):
    refusal = refused(["EUR", "USD", ""], "EUR")
    assert (refusal.code, refusal.facts["line"], refusal.facts["found"]) == ("mixed_currencies", 3, "EUR: 1, USD: 1")
    assert refusal.facts["write"] == HEADER + "USD,2025-11,…,…,…,"


def test_of_many_rates_that_lack_the_first_of_each_currency_and_their_number_are_shown(refused):
    rows = lines(*["EUR", "USD"] * 8)
    rows = [row.replace(row.split(",")[2], f"{2024 + n // 12}-{n % 12 + 1:02d}-02") for n, row in enumerate(rows)]
    write = refused([], "CNY", "\n".join([SALES, *rows])).facts["write"]
    assert write == HEADER + "EUR,2024-01,…,…,…,; USD,2024-02,…,…,…,; … (16: 2024-01 … 2025-04)"


def test_one_currency_throughout_is_the_declared_one_or_needs_rates(clean, refused):
    assert amounts(clean(["美元", "USD", "$"], "USD")) == [10, 10, 10]
    refusal = refused(["美元", "USD"], rates=["USD,2025-10,7.1"])
    assert (refusal.code, refusal.facts["line"], refusal.facts["seen"]) == ("no_rate", 3, "USD")
    assert refusal.facts["write"] == HEADER + "USD,2025-11,…,…,…,"


def test_each_line_is_converted_by_the_rate_of_its_month_and_written_down(clean, rows_of):
    made = clean(["USD", "人民币", "美元"], rates=["USD,2025-10,7.1005", "USD,2025-12,7"], amount="10.01")
    # 10.01 × 7.1005 = 71.076005
    assert amounts(made) == [Decimal("71.08"), Decimal("10.01"), Decimal("70.07")]
    changes = [row for row in rows_of(made, "changes") if row["column"] == "net_amount"]
    assert sorted((row["line"], row["raw"], row["clean"], row["rule"]) for row in changes) == [
        (2, "10.01", "71.08", "converted"),
        (4, "10.01", "70.07", "converted"),
    ]
    totals = {row["month"]: row for row in rows_of(made, "controls")}
    assert totals["2025-10"]["amount_in"] == Decimal("71.076005")
    assert totals["2025-10"]["rounding"] == Decimal("0.003995")


def test_half_a_cent_goes_away_from_zero(clean):
    assert amounts(clean(["USD"], rates=["USD,2025-10,0.5"], amount="-0.01")) == [Decimal("-0.01")]


def test_a_file_in_another_currency_is_converted_as_its_entry_header_or_preamble_says(cleaned, rates_of):
    header = SALES.replace("货币", "备注")
    headers = {"a": header, "b": header.replace("无税金额", "无税金额(USD)"), "c": "币种：美元\n" + header}
    files = {
        f"{name}.csv": "\n".join([head, *(line.replace("A", name, 1) for line in lines("", ""))])
        for name, head in headers.items()
    }
    rates_of("USD,2025-10,7", "USD,2025-11,8")
    own = DECLARED.replace("*", "a.csv") + 'currency = "USD"\n' + DECLARED.replace("*", "[bc].csv")
    sales = cleaned(files, own).table("sales").order_by("file", "line").to_pyarrow().to_pylist()
    assert [row["net_amount"] for row in sales] == [70, 80] * 3
    rates_of()
    for name, content in files.items():
        with pytest.raises(Refused) as refusal:
            cleaned({name: content}, own)
        assert refusal.value.code == "no_rate"


def test_amounts_in_the_companys_own_currency_are_so_whatever_was_traded(clean):
    own = SALES.replace("无税金额", "本位币无税金额")
    more = 'columns = {"本位币无税金额" = "net_amount"}\n'
    assert amounts(clean(["EUR", "USD"], "EUR", own, more)) == [10, 10]
    assert amounts(clean(["USD"], "EUR", own, more + 'currency = "USD"\n')) == [10]


def test_a_sign_of_several_currencies_is_not_guessed(refused):
    refusal = refused(["$", "人民币"], rates=["USD,2025-10,7"])
    assert refusal.code == "mixed_currencies" and "CAD/" in refusal.facts["found"]


def test_what_is_computed_is_converted_once_and_lines_set_aside_need_no_rate(clean, rows_of):
    header = SALES.replace("无税金额", "单价")
    more = 'columns."单价" = "unit_price"\ncomputed.net_amount = "quantity * unit_price"\n'
    assert amounts(clean(["USD"], header=header, more=more, rates=["USD,2025-10,7"])) == [70]
    made = clean(["USD", "USD"], rates=["USD,2025-10,7"], top="data_until = 2025-10-31\n")
    assert made.counts == {"sales": 1}
    assert {row["month"]: row["amount_in"] for row in rows_of(made, "controls")} == {"2025-10": 70, "2025-11": None}


def test_the_engine_that_reads_large_files_converts_too(clean, monkeypatch):
    monkeypatch.setattr("custlib.reading.large.ENGINE_FROM", 1)
    assert amounts(clean(["USD", "CNY"], rates=["USD,2025-10,7"])) == [70, 10]


def test_a_price_list_within_sales_in_another_currency_is_refused(refused):
    refusal = refused(["USD"], header=SALES.replace("行号", "标价"), rates=["USD,2025-10,7"])
    assert (refusal.code, refusal.facts["column"]) == ("currency_conflict", "products.list_price")


def test_changed_rates_clean_anew(clean):
    assert amounts(clean(["USD"], rates=["USD,2025-10,7"])) == [70]
    assert amounts(clean(["USD"], rates=["USD,2025-10,8"])) == [80]
