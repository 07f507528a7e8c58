from datetime import date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib.cleaning.parsers import Form

DAY = date(2025, 3, 1)
SERIAL, SERIAL_1904 = Form("date", date_system="1900"), Form("date", date_system="1904")
LOCAL = Form("date", time_zone="+08:00")
SHORT = Form("date", century=2000)
# Form or kind, text, what it becomes (a reason if it is a text in brackets), the rule of the change.
CASES = [
    ("date", "2025年3月1日", date(2025, 3, 1), "date_form"),
    ("date", "2025.3.1", date(2025, 3, 1), "date_form"),
    ("date", "2025-03-01 星期六", date(2025, 3, 1), "date_form"),
    ("date", "2025/3/1（周六）", date(2025, 3, 1), "date_form"),
    ("date", "2025-03-02 星期日", date(2025, 3, 2), "date_form"),
    ("date", "2025-03-02 周天", date(2025, 3, 2), "date_form"),
    ("date", "2018-01-01 星期五", date(2018, 1, 1), "weekday_differs"),
    ("date", "2018-01-01（周日）", date(2018, 1, 1), "weekday_differs"),
    ("date", "20250301", date(2025, 3, 1), "date_form"),
    ("date", "２０２５年３月１日", date(2025, 3, 1), "date_form"),
    ("date", "2025/3/1 0:00", date(2025, 3, 1), "date_form"),
    ("date", "2025-03-01T23:59:59", date(2025, 3, 1), "time_dropped"),
    ("date", "2024-02-29", date(2024, 2, 29), "date_form"),
    ("date", "03/04/2025", "[ambiguous_date]", None),
    (Form("date", date_order="dmy"), "03/04/2025", date(2025, 4, 3), "date_form"),
    (Form("date", date_order="mdy"), "03/04/2025", date(2025, 3, 4), "date_form"),
    ("date", "2025-02-29", "[impossible_date]", None),
    ("date", "2025-02-30", "[impossible_date]", None),
    ("date", "1900/1/0", "[impossible_date]", None),
    ("date", "0000-00-00", "[impossible_date]", None),
    ("date", "20251301", "[impossible_date]", None),
    ("date", "9999-12-31", "[impossible_date]", None),
    ("date", "3.1", "[partial_date]", None),
    ("date", "11月08日", "[partial_date]", None),
    ("date", "2025-03", "[partial_date]", None),
    ("date", "2025Q1", "[partial_date]", None),
    ("date", "去年", "[not_a_date]", None),
    ("date", "2025-03-01T00:00:00Z", "[zoned_time]", None),
    ("date", "25-3-1", "[two_digit_year]", None),
    ("quarter", "2025年第四季度", "2025Q4", "quarter_form"),
    ("quarter", "2025-q4", "2025Q4", "quarter_form"),
    ("quarter", "2025Q4", "2025Q4", "quarter_form"),
    ("quarter", "20254", "[not_a_quarter]", None),
    ("quarter", "2025年4", "[not_a_quarter]", None),
    ("quarter", "2025Q5", "[not_a_quarter]", None),
    ("date", "20250301103000", DAY, "date_form"),
    ("date", "20250301 10:30", DAY, "time_dropped"),
    ("date", "2025/3/1 上午 12:00:00", DAY, "date_form"),
    ("date", "2025/3/1 下午 3:05", DAY, "time_dropped"),
    ("date", "2025-03-01 00:00:00.000", DAY, "date_form"),
    ("date", "2025-03-01\n", DAY, "date_form"),
    ("date", "20250230", "[impossible_date]", None),
    ("date", "202503", "[partial_date]", None),
    ("date", "11/08", "[partial_date]", None),
    *[
        ("date", text, "[not_a_date]", None)
        for text in (
            *(
                "2025-1-1 24:00",
                "2025-1-1 10:60",
                "2025年3-1",
                "2025-3月1日",
                "2025--3-1",
                "2025-3-1-",
                "x2025-03-01",
                "12:00",
            ),
            *("٢٠٢٥-٠٣-٠١", "2025\n-03-01", "2025-03-\u200b01", "20250301250000", "三月一日", "250301", "2025-03-01x"),
        )
    ],
    ("date", "03/04/2025 10:00", "[ambiguous_date]", None),
    *[(Form("date", date_order=order), "2025-03-01", DAY, None) for order in ("dmy", "mdy")],
    (Form("date", date_order="dmy"), "20250301", DAY, "date_form"),
    (Form("date", date_order="dmy"), "01.03.2025 00:00:00", DAY, "date_form"),
    (Form("date", date_order="dmy"), "03/13/2025", "[impossible_date]", None),
    ("date", "45717", "[excel_serial]", None),
    (SERIAL, "45717", DAY, "excel_day"),
    (SERIAL_1904, "45717", date(2029, 3, 2), "excel_day"),
    (SERIAL, "45717.99999", DAY, "excel_day"),
    (SERIAL, "2025-03-01", DAY, None),
    (SERIAL, "32874", date(1990, 1, 1), "excel_day"),
    (SERIAL, "73415", date(2100, 12, 31), "excel_day"),
    (SERIAL_1904, "31412", date(1990, 1, 1), "excel_day"),
    (SERIAL_1904, "71953", date(2100, 12, 31), "excel_day"),
    *[(SERIAL, text, "[excel_serial]", None) for text in ("32873", "73416", "99999", "00000")],
    *[(SERIAL_1904, text, "[excel_serial]", None) for text in ("31411", "71954")],
    (SERIAL, "4571", "[partial_date]", None),
    (SERIAL, "-45717", "[not_a_date]", None),
    (SERIAL, "45717.", "[not_a_date]", None),
    ("date", "2025-03-01T16:00:00+00:00", "[zoned_time]", None),
    (LOCAL, "2025-03-01T16:00:00Z", date(2025, 3, 2), "time_zone"),
    (LOCAL, "2025-03-01T15:59:59.999Z", DAY, "time_zone"),
    (LOCAL, "2025-03-01 23:30:00 +0800", DAY, "time_zone"),
    (LOCAL, "2025-03-01T23:30+14", DAY, "time_zone"),
    (LOCAL, "2025-03-01T03:30:00+14:00", date(2025, 2, 28), "time_zone"),
    (LOCAL, "2025-03-01 10:00", DAY, "time_dropped"),
    (LOCAL, "2025-02-30T16:00:00Z", "[impossible_date]", None),
    (LOCAL, "2025-03-01T16:00:00+15:00", "[not_a_date]", None),
    (Form("date", time_zone="-05:30"), "2025-03-01T05:29Z", date(2025, 2, 28), "time_zone"),
    ("date", "01/03/25", "[two_digit_year]", None),
    (SHORT, "25-3-1", DAY, "date_form"),
    (SHORT, "25年3月1日", DAY, "date_form"),
    (SHORT, "01/03/2025", "[ambiguous_date]", None),
    (Form("date", century=1900, date_order="dmy"), "01/03/25", date(1925, 3, 1), "date_form"),
    (Form("date", century=2000, date_order="mdy"), "3/1/25 8:26", DAY, "time_dropped"),
    ("quarter", "2025 Q4", "2025Q4", "quarter_form"),
    ("quarter", "2025年Q4", "2025Q4", "quarter_form"),
    ("quarter", "0000Q1", "[not_a_quarter]", None),
    ("quarter", "2025Q4\nx", "[not_a_quarter]", None),
    ("period", "2025", "2025", None),
    ("period", "2025-06", "2025-06", None),
    *[
        ("period", text, "2025-06", "period_form")
        for text in ("2025年6月", "2025/6", "202506", "2025.06", "２０２５-6")
    ],
    ("period", "2025年", "2025", "period_form"),
    *[
        ("period", text, "[not_a_period]", None)
        for text in ("2025-13", "2025Q1", "去年", "2025-06-01", "20256", "2025-", "2025月", "2025-06\nx")
    ],
]


@pytest.mark.parametrize("n", range(len(CASES)), ids=lambda n: repr(CASES[n][1]))
def test_a_text_becomes_its_value_or_is_refused_with_its_reason(answers, n):
    *_, value, rule = CASES[n]
    assert answers[n][0] == value
    assert rule in (None, answers[n][1])


DAYS = st.lists(st.dates(date(1990, 1, 1), date(2099, 12, 31)), min_size=80)
YEAR_FIRST = (
    "{0}-{1}-{2}",
    "{0}/{1:02}/{2:02}",
    "{0}.{1}.{2}",
    "{0}年{1}月{2}日",
    "{0}{1:02}{2:02}",
    "{0}/{1}/{2} 0:00",
    " {0}-{1}-{2}",
)
WIDE = str.maketrans("0123456789-/", "０１２３４５６７８９－／")
properties = settings(derandomize=True, deadline=None, max_examples=4)


def written(form, days):
    return [form.format(day.year, day.month, day.day) for day in days]


def values(found):
    return [value for value, *_ in found]


@properties
@given(DAYS, st.sampled_from(YEAR_FIRST))
def test_a_day_in_any_form_with_the_year_first_comes_back_whatever_is_declared(parsed, days, form):
    texts = written(form, days)
    everything = {"date_system": "1904", "time_zone": "-05:00", "century": 1900}
    for declared in (Form("date"), Form("date", date_order="dmy", **everything), Form("date", date_order="mdy")):
        assert values(parsed(declared, texts)) == days
        assert values(parsed(declared, [text.translate(WIDE) for text in texts])) == days


@properties
@given(DAYS)
def test_a_day_in_the_declared_order_comes_back(parsed, days):
    for order, form in (("dmy", "{2}/{1}/{0}"), ("mdy", "{1:02}-{2:02}-{0}")):
        assert values(parsed(Form("date", date_order=order), written(form, days))) == days


@properties
@given(DAYS)
def test_excel_s_number_of_a_day_comes_back_in_both_systems(parsed, days):
    for system, first in (("1900", date(1899, 12, 30)), ("1904", date(1904, 1, 1))):
        texts = [f"{(day - first).days}.25" for day in days]
        assert values(parsed(Form("date", date_system=system), texts)) == days


OFFSETS = st.integers(-14 * 60 + 1, 14 * 60 - 1).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1991, 1, 1), datetime(2099, 1, 1)).map(lambda moment: moment.replace(microsecond=0))


@properties
@given(st.lists(st.builds(lambda m, z: m.replace(tzinfo=z), MOMENTS, OFFSETS), min_size=80), OFFSETS)
def test_a_moment_of_any_zone_falls_on_the_local_day(parsed, moments, local):
    form = Form("date", time_zone=datetime.combine(DAY, time(0), local).isoformat()[-6:])
    expected = [moment.astimezone(local).date() for moment in moments]
    assert values(parsed(form, [moment.isoformat() for moment in moments])) == expected
    assert {value for value, *_ in parsed("date", [moment.isoformat() for moment in moments])} == {"[zoned_time]"}


@properties
@given(st.lists(st.tuples(st.integers(0, 9999), st.integers(0, 99), st.integers(0, 99)), min_size=150))
def test_a_day_that_the_calendar_does_not_know_is_none(parsed, parts):
    parts += [(year, 2, 29) for year in (1900, 2000, 2024, 2025, 2100)] + [(2025, 4, 31), (2025, 12, 31), (2025, 0, 1)]
    for (year, month, day), value in zip(
        parts, values(parsed("date", [f"{y:04}-{m}-{d}" for y, m, d in parts])), strict=True
    ):
        try:
            real = 1900 <= year < 2100 and date(year, month, day)
        except ValueError:
            real = False
        assert value == (real or "[impossible_date]")
