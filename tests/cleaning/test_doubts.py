import pytest

from custlib.refusals import Refused


def row(n, day="2025-01-01", amount="10"):
    return f'A{n},1,{day},C,P,1,"{amount}",5'


def refused(cleaned, text):
    with pytest.raises(Refused) as refusal:
        cleaned({"a.csv": text})
    return refusal.value


def test_a_column_of_dates_with_two_readings_is_refused_with_the_first(cleaned, sales):
    refusal = refused(cleaned, sales(row(1), row(2, "03/04/2025"), row(3, "05/04/2025")))
    assert refusal.code == "ambiguous_dates"
    assert refusal.facts == {"file": "a.csv", "line": 3, "column": "date", "text": "03/04/2025"}


def test_a_column_with_decimal_commas_is_refused(cleaned, sales):
    refusal = refused(cleaned, sales(row(1, amount="1.234,50"), row(2, amount="12,30"), row(3, amount="1.234")))
    assert (refusal.code, refusal.facts["text"]) == ("decimal_commas", "1.234,50")


def test_single_cells_with_two_readings_are_set_aside(cleaned, sales, reasons):
    clean = cleaned({"a.csv": sales(row(1), row(2, "03/04/2025"), row(3, amount="1.234,50"), row(4))})
    assert reasons(clean) == [("a.csv", 3, "ambiguous_date"), ("a.csv", 4, "decimal_comma")]


def test_an_order_that_is_declared_is_no_doubt(cleaned, sales):
    clean = cleaned({"a.csv": sales(row(1, "03/04/2025"))}, '[[source]]\nfiles = "*"\ndate_order = "dmy"\n')
    assert str(clean.data_from) == "2025-04-03"
