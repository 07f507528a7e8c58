import pytest
from hypothesis import given
from hypothesis import strategies as st

from custlib.reading import number_format


@pytest.mark.parametrize(
    ("code", "unit"),
    [
        ('0.00"万元"', "万元"),
        ('#,##0.00"万"', "万元"),
        ('General"元"', "元"),
        ("0.00元", "元"),
        (r"0.0\万", "万元"),
        ('0.00_ "万元";[Red]\\-0.00_ "万元"', "万元"),
        ("[$元-804]#,##0.00", "元"),
        ("General", None),
        ("#,##0.00", None),
        ("¥#,##0.00", None),
        ('0"件"', None),
        ('yyyy"年"m"月"d"日"', None),
        ('"元旦"m/d', None),
    ],
)
def test_the_unit_of_the_stored_number_is_what_the_format_writes_behind_it(code, unit):
    assert number_format.unit(code) == unit


@pytest.mark.parametrize("code", ['0!.0,"万"', r"0\.0,万元", '#0"."0,"万"', '[>=10000]0!.0,"万";0"元"'])
def test_yuan_that_are_only_shown_as_wan_are_yuan(code):
    """Excel's own recipe: the comma divides what is shown by 1,000 and the written-in point by ten."""
    assert number_format.unit(code) == "元"


@pytest.mark.parametrize("code", ['0.00"千元"', '0"亿"', '0.0,"万元"', '0"元";0"万元"'])
def test_a_unit_that_is_neither_is_named_and_not_taken_for_one(code):
    assert number_format.unit(code) not in (None, "元", "万元")


@pytest.mark.parametrize(
    ("code", "shown"),
    [("00000", "00123"), ('"K"0000', "K0123"), ("000-000", "000-123"), ("00;-00;@", "123"), ("0-0", "12-3")],
)
def test_zeros_in_front_are_part_of_an_id(code, shown):
    assert number_format.with_zeros("123", number_format.zeros(code)) == shown


@pytest.mark.parametrize("code", ["0", "0.00", "General", "#,##0", "#000", 'yyyy"年"', '00"件"', "00%", "00.0"])
def test_other_formats_put_no_zeros_in_front(code):
    assert number_format.zeros(code) is None


@given(st.integers(0, 10**15 - 1), st.integers(2, 20))
def test_zeros_in_front_change_no_number(number, places):
    shown = number_format.with_zeros(str(number), number_format.zeros("0" * places))
    assert int(shown) == number
    assert len(shown) == max(places, len(str(number)))


@given(st.text(max_size=30))
def test_no_format_is_too_odd_to_look_at(code):
    number_format.unit(code), number_format.zeros(code)


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("[$$-409]#,##0.00", "USD"),
        ("[$$-en-US]#,##0.00", "USD"),
        ("_ [$¥-804]* #,##0.00_ ;", "CNY"),
        ('_ "¥"* #,##0.00_ ', "CNY/JPY"),
        ("[$€-407] 0", "EUR"),
        ("[$USD] 0", "USD"),
        ('0.00"美元"', "USD"),
        ('0.00"万元"', "CNY/HKD/MOP/SGD/TWD"),
        ('[$-804]yyyy"年"', None),
        ('0"件"', None),
        ("[Red]0.00", None),
    ],
)
def test_the_currency_that_a_format_shows(code, shown):
    assert number_format.currency(code) == shown
