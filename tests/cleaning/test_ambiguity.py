import pytest

from custlib.refusals import Refused


def row(n, day="2025-01-01", amount="10"):
    return f'A{n},1,{day},C,P,1,"{amount}",5'


def refused(cleaned, text, declared=""):
    with pytest.raises(Refused) as refusal:
        cleaned({"a.csv": text}, declared)
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


DMY = '[[source]]\nfiles = "*"\ndate_order = "dmy"\n'


def test_a_column_that_shows_its_order_is_refused_until_it_is_declared(cleaned, sales):
    refusal = refused(cleaned, sales(row(1, "03/04/2025"), row(2, "25/04/2025"), row(3, "05/04/2025")))
    assert refusal.code == "undeclared_date_order"
    assert refusal.facts == {
        **{"file": "a.csv", "line": 3, "column": "date", "text": "25/04/2025"},
        **{"order": "dmy", "rows": 1},
    }
    refusal = refused(cleaned, sales(row(1, "03/04/2025"), row(2, "04/25/2025"), row(3, "05/04/2025")))
    assert refusal.facts["order"] == "mdy"


def test_a_column_that_shows_both_orders_shows_none(cleaned, sales):
    refusal = refused(cleaned, sales(row(1, "03/04/2025"), row(2, "25/04/2025"), row(3, "04/25/2025")))
    assert refusal.code == "ambiguous_dates"


def test_a_declared_order_that_the_column_disproves_is_refused(cleaned, sales):
    text = sales(row(1, "03/04/2025"), row(2, "04/25/2025"), row(3, "05/04/2025"))
    refusal = refused(cleaned, text, DMY)
    assert refusal.code == "disproved_date_order"
    assert (refusal.facts["line"], refusal.facts["text"], refusal.facts["rows"]) == (3, "04/25/2025", 1)


def test_one_slip_among_many_days_in_the_declared_order_is_set_aside(cleaned, sales, reasons):
    days = [f"{day}/04/2025" for day in (3, *range(13, 24))]
    clean = cleaned({"a.csv": sales(*(row(n, day) for n, day in enumerate([*days, "04/25/2025"])))}, DMY)
    assert reasons(clean) == [("a.csv", 14, "impossible_date")]


@pytest.mark.parametrize("declared", ["", DMY])
def test_real_days_up_to_12_beside_texts_above_12_are_half_converted(cleaned, sales, declared):
    refusal = refused(cleaned, sales(row(1, "2025-04-03"), row(2, "2025/11/5"), row(3, "25/04/2025")), declared)
    assert refusal.code == "half_converted_dates"
    assert refusal.facts == {
        **{"file": "a.csv", "line": 4, "column": "date", "text": "25/04/2025"},
        **{"other": "2025-04-03", "other_line": 2, "read": "2025-04-03", "swapped": "2025-03-04"},
    }


@pytest.mark.parametrize("days", [("2025-04-13", "25/04/2025"), ("2025-04-03", "25/04/2025", "05/04/2025")])
def test_real_days_beside_texts_are_kept_where_the_days_show_no_conversion(cleaned, sales, days):
    clean = cleaned({"a.csv": sales(*(row(n, day) for n, day in enumerate(days)))}, DMY)
    assert clean.counts == {"sales": len(days)}


def test_a_half_converted_file_is_found_beside_a_sound_one(cleaned, sales):
    with pytest.raises(Refused) as refusal:
        cleaned({"a.csv": sales(row(1, "2025-04-13")), "b.csv": sales(row(2, "2025-04-03"), row(3, "25/04/2025"))})
    assert (refusal.value.code, refusal.value.facts["file"]) == ("half_converted_dates", "b.csv")


def test_a_number_that_hangs_on_the_separator_is_refused_beside_a_decimal_comma(cleaned, sales):
    refusal = refused(cleaned, sales(row(1), row(2), row(3, amount="12,5"), row(4, amount="1,250")))
    assert (refusal.code, refusal.facts["line"]) == ("decimal_commas", 4)


def test_beside_decimal_points_a_decimal_comma_is_a_slip(cleaned, sales, reasons):
    amounts = ("12.5", "13.75", "12,5", "1,250")
    clean = cleaned({"a.csv": sales(*(row(n, amount=amount) for n, amount in enumerate(amounts)))})
    assert reasons(clean) == [("a.csv", 4, "decimal_comma")]


def test_a_decimal_comma_that_is_declared_is_no_doubt(cleaned, sales, rows_of):
    text = sales(row(1, amount="1.234,50"), row(2, amount="1.250")) + '合计,,,,,,"2.484,50",\n'
    clean = cleaned({"a.csv": text}, '[[source]]\nfiles = "*"\ndecimal = ","\n')
    assert [str(one["net_amount"]) for one in rows_of(clean, "sales")] == ["1234.50", "1250.00"]


def test_an_order_that_is_declared_is_no_doubt(cleaned, sales):
    clean = cleaned({"a.csv": sales(row(1, "03/04/2025"))}, '[[source]]\nfiles = "*"\ndate_order = "dmy"\n')
    assert str(clean.data_from) == "2025-04-03"
