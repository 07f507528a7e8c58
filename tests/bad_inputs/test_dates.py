"""Cases 38 to 46: dates in all their forms, half dates, serial numbers, periods and zones."""

from datetime import date, datetime

import openpyxl
import pytest

FIRST = date(2025, 3, 1)


@pytest.fixture
def days(answer, export, row):
    """Raw text → the date it became, or why its line was set aside; beside them plain lines that must stay."""

    def make(*texts, declared=""):
        plain = [row(f"plain{n}") for n in range(len(texts) + 1)]
        got = answer({"a.csv": export(*(row(n, day=text) for n, text in enumerate(texts)), *plain)}, declared)
        assert got.values("date")[-len(plain) :] == [date(2025, 1, 2)] * len(plain)
        clean = {one["line"]: one["date"] for one in got.rows()}
        return got, [clean.get(line, got.aside.get(f"a.csv:{line}")) for line in range(2, len(texts) + 2)]

    return make


def test_38_listed_forms_of_a_date(days):
    texts = ["2025年3月1日", "2025.3.1", "20250301", "２０２５年３月１日", "2025/3/1 0:00", "2025-03-01"]
    got, found = days(*texts)
    assert found == [FIRST] * 6
    assert set(got.rules("date")) == set(texts[:5])


def test_39_a_column_whose_order_of_day_and_month_cannot_be_known(refused, answer, export, row):
    files = {"a.csv": export(row(1, "03/04/2025"), row(2, "05/06/2025")), "b.csv": export(row("b"))}
    facts = refused("ambiguous_dates", files)
    assert (facts["file"], facts["line"], facts["column"], facts["text"]) == ("a.csv", 2, "date", "03/04/2025")
    for order, first in (("dmy", date(2025, 4, 3)), ("mdy", date(2025, 3, 4))):
        assert answer(files, f'[[source]]\nfiles = "*"\ndate_order = "{order}"\n').values("date")[0] == first


def test_40_dates_that_excel_half_converted(refused, answer, excel, row):
    converted = [row(n, datetime(2025, n, 12 - n)) for n in range(1, 6)]
    left_as_text = [row(n, f"{n + 10}/04/2025") for n in range(6, 10)]
    facts = refused("half_converted_dates", {"a.xlsx": excel(*converted, *left_as_text)})
    assert (facts["file"], facts["column"]) == ("a.xlsx", "date")
    assert any("16/04/2025" in str(fact) for fact in facts.values())
    all_text = [row(n, f"2025-04-{n + 10}") for n in range(6, 10)]
    assert len(answer({"a.xlsx": excel(*converted, *all_text)}).rows()) == 9


def in_1904(sheet):
    sheet.parent.epoch = openpyxl.utils.datetime.MAC_EPOCH


def test_41_serial_numbers_of_days_in_a_workbook(answer, excel, row):
    lines = [row(1, 45717), row(2, 45717.5), row(3)]
    assert answer({"a.xlsx": excel(*lines)}).values("date") == [FIRST, FIRST, date(2025, 1, 2)]
    got = answer({"a.xlsx": excel(*lines, change=in_1904)})
    assert got.values("date") == [date(2029, 3, 2), date(2029, 3, 2), date(2025, 1, 2)]
    beyond = answer({"a.xlsx": excel(row(1, 15000), row(2, 99999), *(row(n) for n in range(3, 9)))})
    assert set(beyond.aside) == {"a.xlsx:2", "a.xlsx:3"}


def test_41_serial_numbers_of_days_in_a_text_file(days):
    _, found = days("45717")
    assert found == ["excel_serial"]
    got, found = days("45717", "12345", declared='[[source]]\nfiles = "*"\ndate_system = "1900"\n')
    assert found[0] == FIRST and isinstance(found[1], str)
    assert "45717" in got.rules("date")
    _, found = days("45717", declared='[[source]]\nfiles = "*"\ndate_system = "1904"\n')
    assert found == [date(2029, 3, 2)]


def test_42_days_that_do_not_exist(days):
    _, found = days("2025-02-30", "1900/1/0", "0000-00-00", "20251301", "9999-12-31")
    assert found == ["impossible_date"] * 5


def test_43_partial_dates(days):
    _, found = days("3.1", "11月08日", "2025-03", "去年", "2025Q1")
    assert found == ["partial_date", "partial_date", "partial_date", "not_a_date", "partial_date"]


def test_44_a_year_of_two_digits(days):
    _, found = days("25-3-1", "25/03/01", "25年3月1日")
    assert found == ["two_digit_year"] * 3


def test_45_dates_outside_the_declared_period(answer, export, row):
    files = {"a.csv": export(row(1, "2024-12-31", amount="20"), row(2), row(3, "2026-01-01", amount="40"))}
    got = answer(files, "data_from = 2025-01-01\ndata_until = 2025-12-31\n")
    assert got.aside == {"a.csv:2": "out_of_period", "a.csv:4": "out_of_period"}
    assert got.values("invoice_id") == ["A2"]
    money = {one["month"]: one for one in got.rows("controls") if one["column"] == "net_amount"}
    assert {month: one["amount_quarantined"] for month, one in money.items()} == {
        "2024-12": 20,
        "2025-01": 0,
        "2026-01": 40,
    }


def test_46_a_time_with_its_zone(days):
    texts = ["2025-03-01T16:00:00Z", "2025-03-01T15:59:59Z", "2025-03-01T00:30:00+09:00"]
    _, found = days(*texts)
    assert found == ["zoned_time"] * 3
    got, found = days(*texts, declared='[[source]]\nfiles = "*"\ntime_zone = "+08:00"\n')
    assert found == [date(2025, 3, 2), FIRST, date(2025, 2, 28)]
    assert got.rules("date")[texts[0]] == "time_zone"
