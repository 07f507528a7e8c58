r"""Text → days, quarters and periods: closed lists of forms. The order of day and month, the century, Excel's day
numbers and zones of time are read only where they are declared."""

import ibis

from custlib.cleaning.cell_text import Judged, Part, unless

_ISO = r"^\d{4}-\d{2}-\d{2}\z"
_CALENDAR = (
    r"^(?:19|20)\d{2}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|"
    r"(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))\z"
    r"|^(?:(?:19|20)(?:0[48]|[2468][048]|[13579][26])|2000)-02-29\z"
)
_CLOCK = r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?"
_TIME = rf"(?: +|T)(?:(?:上午|下午) ?)?{_CLOCK}(?: ?[AaPp][Mm])?\z"
_WEEKDAY = r"[ (]*(?:星期|周)([一二三四五六日天])\)?\z"
_MIDNIGHT = r"(?: |T)(?:0?0|上午 ?12):00(?::00(?:\.0+)?)?\z| 12:00(?::00)? ?[Aa][Mm]\z"
_ZONE = r"(?:Z|UTC|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)\z"
_ZONED_TIME = rf"[ T]{_CLOCK} ?{_ZONE}"
_OFFSET = r"([+-])(\d{2}):?(\d{2})?\z"
_TIME_OF_DAY = r"[ T](\d{1,2}):(\d{2})"
_MINUTES_A_DAY = 1440

_MONTH_AND_DAY = r"(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日?"
_COMPACT = r"|(\d{2})(\d{2})(?:(?:[01]\d|2[0-3])[0-5]\d[0-5]\d)?"
# Form → the groups that hold year, month, day.
_YEAR_FIRST = rf"^(\d{{4}}){_MONTH_AND_DAY}{_COMPACT})\z", ((1,), (2, 4, 6), (3, 5, 7))
_SHORT_YEAR_FIRST = rf"^(\d{{2}}){_MONTH_AND_DAY})\z", ((1,), (2, 4), (3, 5))
_YEAR_LAST = r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\z"
_SHORT_YEAR_LAST = r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{2})\z"
_YEAR_LAST_GROUPS = {"dmy": ((3,), (2,), (1,)), "mdy": ((3,), (1,), (2,))}

_PARTIAL = (
    r"^\d{4}[-/.年]\d{1,2}月?\z|^\d{1,2}[-/.月]\d{1,2}日?\z|^\d{4}年?(?:Q[1-4])?\z|^(?:19|20)\d{2}(?:0[1-9]|1[0-2])\z"
)
_TWO_DIGIT_YEAR = rf"^\d{{2}}(?:[-/.]\d{{1,2}}[-/.]\d{{1,2}}|年\d{{1,2}}月\d{{1,2}}日?)\z|{_SHORT_YEAR_LAST}"
# Excel's day number, with a part of a day behind the point; the first counted day, and the numbers of 1990-01-01 and
# 2100-12-31.
_SERIAL = r"^\d{5}(?:\.\d+)?\z"
_SERIALS = {"1900": ("1899-12-30", 32_874, 73_415), "1904": ("1904-01-01", 31_412, 71_953)}

_QUARTER = r"^((?:19|20)\d{2})(?:[-/ 年]?[Qq][1-4]|年?第?[1-4一二三四]季度?)\z"
_QUARTER_NUMBER = r"([1-4一二三四])季?度?\z"
_PERIOD = r"^((?:19|20)\d{2})(?:年|[-/.年](0?[1-9]|1[0-2])月?|(0[1-9]|1[0-2]))?\z"


def quarter(raw: ibis.Value, plain: ibis.Value, part: Part, form) -> Judged:
    """A quarter such as 2025Q4."""
    value = plain.re_extract(_QUARTER, 1) + "Q" + plain.re_extract(_QUARTER_NUMBER, 1).translate("一二三四", "1234")
    reason = unless(plain.re_search(_QUARTER), ibis.literal("not_a_quarter"))
    return Judged(value, reason, ibis.literal("quarter_form"))


def period(raw: ibis.Value, plain: ibis.Value, part: Part, form) -> Judged:
    """A year such as 2025 or a month such as 2025-06."""
    year, month = plain.re_extract(_PERIOD, 1), _joined(plain, _PERIOD, (2, 3))
    value = (month == "").ifelse(year, year + "-" + month.lpad(2, "0"))
    reason = unless(plain.re_search(_PERIOD), ibis.literal("not_a_period"))
    return Judged(unless(reason.notnull(), value), reason, ibis.literal("period_form"))


def date_parts(plain: ibis.Value, form) -> dict[str, ibis.Value]:
    """What the judgement of a date needs: iso (text, empty where no form fits), bare (the text without its time of
    day), and, where they are declared, serial (Excel's day number or null) and shift (days to add for the zone, 0
    mostly)."""
    bare = plain.re_replace(_WEEKDAY, "").re_replace(_TIME, "")
    parts = {"bare": bare}
    if form.time_zone:
        zoned = plain.re_search(_ZONED_TIME)
        parts["bare"] = zoned.ifelse(plain.re_replace(_ZONED_TIME, ""), bare)
        parts["shift"] = zoned.ifelse(_shift(plain, zoned, form.time_zone), 0)
    if form.date_system:
        days = plain.re_search(_SERIAL).ifelse(plain.re_extract(r"^\d{5}", 0), ibis.null("string"))
        parts["serial"] = days.cast("int64")
    forms = [(parts["bare"].re_search(regex), _iso(parts["bare"], regex, *rest)) for regex, *rest in _forms(form)]
    # Nearly all days are written so already, and need no taking apart.
    parts["iso"] = ibis.cases((plain.re_search(_ISO), plain), *forms, else_="")
    return parts


def _forms(form):
    """(regular expression, groups, first two digits of the year) of each form that is declared."""
    yield *_YEAR_FIRST, ""
    turned = _YEAR_LAST_GROUPS.get(form.date_order)
    if turned:
        yield _YEAR_LAST, turned, ""
    if form.century:
        century = str(form.century // 100)
        yield *((_SHORT_YEAR_LAST, turned) if turned else _SHORT_YEAR_FIRST), century


def _iso(text, regex, groups, century):
    year, month, day = (_joined(text, regex, numbers) for numbers in groups)
    return ibis.literal(century) + year + "-" + month.lpad(2, "0") + "-" + day.lpad(2, "0")


def _joined(text, regex, numbers):
    """Of several groups only one is filled."""
    first, *others = (text.re_extract(regex, number) for number in numbers)
    for other in others:
        first = first + other
    return first


def _shift(plain, zoned, local):
    """Days from the day that is written to the local day: -2 to 2."""
    sign = (plain.re_extract(_OFFSET, 1) == "-").ifelse(-1, 1)
    offset = sign * _minutes(plain, zoned, _OFFSET, 2, 3)
    ahead = (1 if local[0] == "+" else -1) * (60 * int(local[1:3]) + int(local[4:6]))
    minutes = _minutes(plain, zoned, _TIME_OF_DAY, 1, 2) - offset + ahead
    return (minutes + 2 * _MINUTES_A_DAY) // _MINUTES_A_DAY - 2


def _minutes(plain, zoned, regex, hours, minutes):
    # A zero in front makes a number of the empty text, too.
    hours, minutes = (
        zoned.ifelse(ibis.literal("0") + plain.re_extract(regex, n), "0").cast("int64") for n in (hours, minutes)
    )
    return hours * 60 + minutes


def date(raw: ibis.Value, plain: ibis.Value, part: Part, form) -> Judged:
    """A day of the years 1900 to 2099 (as Excel's number: 1990 to 2100)."""
    iso, bare = part("iso"), part("bare")
    real = iso.re_search(_CALENDAR)
    value = real.ifelse(iso, ibis.null("string")).cast("date")
    rule = (plain.re_search(_TIME) & ~plain.re_search(_MIDNIGHT)).ifelse("time_dropped", "date_form")
    day_named = plain.re_extract(_WEEKDAY, 1).translate("一二三四五六日天", "12345677")
    named_wrongly = real & (day_named != "") & (day_named != (value.day_of_week.index() + 1).cast("string"))
    rule = named_wrongly.ifelse("weekday_differs", rule)
    if form.time_zone:
        moved = real & (part("shift") != 0)
        value = moved.ifelse(_after(value, part("shift")), value)
        rule = plain.re_search(_ZONED_TIME).ifelse("time_zone", rule)
    if form.date_system:
        first, low, high = _SERIALS[form.date_system]
        number = part("serial")
        counted = number.notnull() & number.between(low, high)
        value = counted.ifelse(_after(ibis.literal(first).cast("date"), number), value)
        real = real | counted
        rule = counted.ifelse("excel_day", rule)
    reason = ibis.cases(
        (real, ibis.null("string")),
        (iso.re_search(_ISO), "impossible_date"),
        (plain.re_search(_SERIAL), "excel_serial"),
        (plain.re_search(rf"^\d{{4}}.*{_ZONED_TIME}"), "zoned_time"),
        (bare.re_search(_YEAR_LAST), "ambiguous_date"),
        (bare.re_search(_TWO_DIGIT_YEAR), "two_digit_year"),
        (bare.re_search(_PARTIAL), "partial_date"),
        else_="not_a_date",
    )
    return Judged(value, reason, rule)


def _after(day, days):
    # As text in between: a day and an interval make a timestamp on one engine and a day on the other.
    return (day + days.as_interval("D")).cast("string").left(10).cast("date")
