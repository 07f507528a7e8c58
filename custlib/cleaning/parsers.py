"""Text → typed values: for each kind of column a closed list of forms, as Ibis expressions that any engine can run.

Each parser takes the raw text and the file's `Form` and gives a `Parsed`. Nothing is guessed: what fits no form gets a reason.
Only text that a regular expression has let through is cast, because some engines raise where others give null.
"""

from typing import NamedTuple

import ibis

# Full-width ASCII, ideographic and no-break space, the minus sign → plain ASCII.
_FULL = "".join(map(chr, range(0xFF01, 0xFF5F))) + "\u3000\u00a0\u2212￥"
_HALF = "".join(map(chr, range(0x21, 0x7F))) + "  -¥"
_INVISIBLE = r"[\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{2069}\x{FEFF}\x{0}-\x{8}\x{B}\x{C}\x{E}-\x{1F}\x{7F}]"
_MOJIBAKE = r"锟斤拷|\x{FFFD}|Ã[\x{80}-\x{BF}]|\?{2,}"
_EXCEL_ERROR = r"^#(DIV/0!|REF!|VALUE!|NAME\?|NULL!|NUM!|N/A)$"
_EXCEL_DAMAGE = r"^\d(\.\d+)?[eE]\+?\d+$"
_WIDE_DIGIT = r"[\x{FF10}-\x{FF19}]"
_CORE = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_TIME = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_SYMBOLS = {"CNY": "¥", "GBP": "£", "USD": r"\$", "EUR": "€"}
_DATE_FORMS = {
    "ymd": (rf"^(\d{{4}})[-/.年](\d{{1,2}})[-/.月](\d{{1,2}})日?{_TIME}$", (1, 2, 3)),
    "dmy": (rf"^(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}){_TIME}$", (3, 2, 1)),
    "mdy": (rf"^(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}){_TIME}$", (3, 1, 2)),
}
_COMPACT = r"^(\d{4})(\d{2})(\d{2})$"
_QUARTER = r"^(\d{4})(?:[-/]?[Qq]|年?第?)([1-4一二三四])(?:季度?)?$"


class Form(NamedTuple):
    """What a file declares of one column: yuan in one unit, currency, order of a date's parts, tokens that mean missing."""

    unit: int = 1
    currency: str = "CNY"
    date_order: str = "ymd"
    missing: tuple = ()


class Parsed(NamedTuple):
    """value: typed, null where missing or refused; reason: why refused, else null; rule: what explains a change of the text;
    exact: for money, the value before it is rounded to two decimals."""

    value: ibis.Value
    reason: ibis.Value
    rule: ibis.Value
    exact: ibis.Value | None = None


def parse(kind, raw, form):
    """Parse the text column `raw` as `kind` (see `schema`). Returns a Parsed of expressions over the same table."""
    plain = _plain(raw)
    missing = raw.isnull() | (plain == "") | plain.isin([*form.missing, ""])
    found = _PARSERS[kind](raw, plain, form)
    nothing = ibis.null("string")
    reason = ibis.cases(
        (missing, nothing), (plain.re_search(_EXCEL_ERROR), ibis.literal("excel_error")), else_=found.reason
    )
    refused = missing | reason.notnull()
    rule = ibis.cases((missing & (plain != ""), ibis.literal("missing_token")), else_=found.rule)
    exact = None if found.exact is None else refused.ifelse(ibis.null(found.exact.type()), found.exact)
    return Parsed(refused.ifelse(ibis.null(found.value.type()), found.value), reason, rule, exact)


def text(kind, value):
    """A typed value in the one form in which the change log compares and shows it."""
    if kind in ("number", "price"):
        return value.cast("string").re_replace(r"\.?0+$", "")
    return value.cast("string")


def _plain(raw):
    return raw.translate(_FULL, _HALF).re_replace(_INVISIBLE, "").re_replace(r"^\s+|\s+$", "")


def _spelling_rule(raw):
    return ibis.cases(
        (raw.re_search(_INVISIBLE), "invisible_character"),
        (raw.translate(_FULL, _HALF) != raw, "full_width"),
        else_="trimmed",
    )


def _words(raw, value, *others):
    reason = ibis.cases((value.re_search(_MOJIBAKE), "mojibake"), *others, else_=ibis.null("string"))
    return Parsed(value, reason, _spelling_rule(raw))


def _id(raw, plain, form):
    return _words(raw, plain, (plain.re_search(_EXCEL_DAMAGE), "excel_damage"))


def _name(raw, plain, form):
    return _words(raw, plain)


def _free_text(raw, plain, form):
    return _words(raw, raw.re_replace(_INVISIBLE, "").re_replace(r"^[\s\x{3000}]+|[\s\x{3000}]+$", ""))


def _amount(raw, plain, form):
    sign = f"(?:{_SYMBOLS.get(form.currency, form.currency)})?"
    body = f"{sign}{_CORE}(?:万元|万|元)?" if form.currency == "CNY" else f"{sign}{_CORE}"
    negative = plain.re_search(rf"^(?:\({body}\)|-{body}|{sign}-{body}|{body}-)$")
    exact, fits = _decimal(plain, negative, rf"^\+?{body}$", "decimal(28,10)")
    unit = ibis.cases((plain.contains("万"), 10_000), (plain.contains("元"), 1), else_=form.unit)
    exact = exact * unit.cast("decimal(5,0)")
    value = exact.round(2).cast("decimal(18,2)")
    rule = ibis.cases(
        (plain.re_search(r"^\(|-$|¥-"), "sign_form"),
        (value.cast("decimal(33,10)") != exact.cast("decimal(33,10)"), "rounded"),
        (plain.contains("万") | (unit == 10_000), "wan"),
        (raw.re_search(_WIDE_DIGIT), "full_width"),
        (plain.re_search("[¥£$€元]"), "currency_sign"),
        (plain.contains(","), "thousands"),
        else_="number_form",
    )
    return Parsed(value, fits.ifelse(ibis.null("string"), "not_an_amount"), rule, exact)


def _number(raw, plain, form):
    negative = plain.re_search(rf"^(?:\({_CORE}\)|-{_CORE}|{_CORE}-)$")
    value, fits = _decimal(plain, negative, rf"^\+?{_CORE}$", "decimal(18,6)")
    rule = ibis.cases(
        (plain.re_search(r"^\(|-$"), "sign_form"),
        (raw.re_search(_WIDE_DIGIT), "full_width"),
        (plain.contains(","), "thousands"),
        else_="number_form",
    )
    return Parsed(value, fits.ifelse(ibis.null("string"), "not_a_number"), rule)


def _decimal(plain, negative, positive, kind):
    digits = plain.re_extract(_CORE, 0).replace(",", "")
    # Twelve digits before the point are a trillion yuan: more is damage, and would not fit.
    fits = (negative | plain.re_search(positive)) & digits.re_search(r"^\d{1,12}(\.|$)")
    size = fits.ifelse(digits, ibis.null("string")).cast(kind)
    return negative.ifelse(-size, size), fits


def _whole(raw, plain, form):
    fits = plain.re_search(r"^-?\d{1,15}(\.0+)?$")
    value = fits.ifelse(plain.re_replace(r"\.0+$", ""), ibis.null("string")).cast("int64")
    return Parsed(value, fits.ifelse(ibis.null("string"), "not_a_number"), _number(raw, plain, form).rule)


def _quarter(raw, plain, form):
    fits = plain.re_search(_QUARTER)
    value = plain.re_extract(_QUARTER, 1) + "Q" + plain.re_extract(_QUARTER, 2).translate("一二三四", "1234")
    return Parsed(value, fits.ifelse(ibis.null("string"), "not_a_quarter"), ibis.literal("quarter_form"))


def _date(raw, plain, form):
    orders = dict.fromkeys(("ymd", form.date_order))
    forms = [*(_DATE_FORMS[order] for order in orders), (_COMPACT, (1, 2, 3))]
    hits = [plain.re_search(pattern) for pattern, _ in forms]
    year, month, day = (
        ibis.cases(*[(hit, plain.re_extract(pattern, at[part])) for hit, (pattern, at) in zip(hits, forms, strict=True)])
        .lpad(2, "0")
        for part in range(3)
    )
    fits = hits[0] | hits[1] if len(hits) == 2 else hits[0] | hits[1] | hits[2]
    real = fits & _in_calendar(year.cast("int32"), month.cast("int32"), day.cast("int32"))
    value = real.ifelse(year + "-" + month + "-" + day, ibis.null("string")).cast("date")
    reason = ibis.cases(
        (real, ibis.null("string")),
        (fits, "impossible_date"),
        (plain.re_search(_DATE_FORMS["dmy"][0]), "ambiguous_date"),
        (plain.re_search(r"^\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?$"), "two_digit_year"),
        (plain.re_search(r"^\d{4}[-/.年]\d{1,2}月?$|^\d{1,2}[-/.月]\d{1,2}日?$|^\d{4}年?(Q[1-4])?$"), "partial_date"),
        else_="not_a_date",
    )
    timed = plain.re_search(r"[ T]\d{1,2}:")
    return Parsed(value, reason, timed.ifelse("time_dropped", "date_form"))


def _in_calendar(year, month, day):
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    last = ibis.cases((month == 2, leap.ifelse(29, 28)), (month.isin([4, 6, 9, 11]), 30), else_=31)
    return year.between(1900, 2100) & month.between(1, 12) & day.between(1, last)


_PARSERS = {
    "id": _id,
    "name": _name,
    "text": _free_text,
    "amount": _amount,
    "price": _number,
    "number": _number,
    "whole": _whole,
    "quarter": _quarter,
    "date": _date,
}
