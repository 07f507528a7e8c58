"""Text → typed values: for each kind of column a closed list of forms, as Ibis expressions that any engine can run.

Nothing is guessed: what fits no form gets a reason. Only text that a regular expression has let through is cast, because some
engines raise where others give null. Parsing goes in three steps over the whole table (plain text, parts, judgement), each a
projection of its own: one expression per column would repeat its inner parts hundreds of times.
"""

from typing import NamedTuple

import ibis

# Full-width ASCII, ideographic and no-break space, the minus sign → plain ASCII.
_FULL = "".join(map(chr, range(0xFF01, 0xFF5F))) + "\u3000\u00a0\u2212￥"
_HALF = "".join(map(chr, range(0x21, 0x7F))) + "  -¥"
_WIDE = r"[\x{FF01}-\x{FF5E}\x{3000}\x{A0}\x{2212}\x{FFE5}]"
_WIDE_DIGIT = r"[\x{FF10}-\x{FF19}]"
_INVISIBLE = r"[\x{0}-\x{8}\x{B}\x{C}\x{E}-\x{1F}\x{7F}-\x{9F}\x{AD}\x{61C}\x{200B}-\x{200F}\x{2028}-\x{202E}\x{2060}-\x{206F}\x{FEFF}]"
_ENDS = r"^[\s\x{3000}]+|[\s\x{3000}]+$"
_MOJIBAKE = r"锟斤拷|\x{FFFD}|Ã[\x{80}-\x{BF}]|\?{2,}"
_EXCEL_ERROR = r"^#(DIV/0!|REF!|VALUE!|NAME\?|NULL!|NUM!|N/A)$"
_EXCEL_DAMAGE = r"^\d(\.\d+)?[eE]\+?\d+$"
# How `reading.workbook` writes a number that is longer than Excel keeps.
_LONG_NUMBER = r"^\d\.\d{15}e\+\d+$"
_DECIMAL_COMMA = r"^-?\d{1,3}(?:[. ]?\d{3})*,\d{1,2}$"

_CORE = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
# Twelve digits before the point are a trillion yuan: more is damage, and would not fit.
_SIZE = r"^\d{1,12}(\.|$)"
_SYMBOLS = {"CNY": "¥", "GBP": "£", "USD": r"\$", "EUR": "€"}

_TIME = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$"
_YEAR_FIRST = rf"^(\d{{4}})[-/.年](\d{{1,2}})[-/.月](\d{{1,2}})日?{_TIME}"
_YEAR_LAST = rf"^(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}){_TIME}"
_COMPACT = r"^(\d{4})(\d{2})(\d{2})$"
# Which groups hold the year, the month and the day.
_YMD = (1, 2, 3)
_TURNED = {"dmy": (3, 2, 1), "mdy": (3, 1, 2)}
_ISO = r"^\d{4}-\d{2}-\d{2}$"
_CALENDAR = (
    r"^(?:19|20)\d{2}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))$"
    r"|^(?:(?:19|20)(?:0[48]|[2468][048]|[13579][26])|2000)-02-29$"
)
_PARTIAL = r"^\d{4}[-/.年]\d{1,2}月?$|^\d{1,2}[-/.月]\d{1,2}日?$|^\d{4}年?(Q[1-4])?$"
_TWO_DIGIT_YEAR = r"^\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?$"
_QUARTER = r"^(\d{4})(?:[-/]?[Qq][1-4]|年?第?[1-4一二三四]季度?)$"
_QUARTER_NUMBER = r"([1-4一二三四])季?度?$"


class Form(NamedTuple):
    """What is declared of one column in a file: its kind, yuan a unit, currency, order of a date's parts, tokens for missing."""

    kind: str
    unit: int = 1
    currency: str = "CNY"
    date_order: str = "ymd"
    missing: tuple = ()


class _Judged(NamedTuple):
    value: ibis.Value
    reason: ibis.Value
    rule: ibis.Value
    exact: ibis.Value | None = None


def parse(rows, forms):
    """Add to `rows`, for each column of `forms` (name → Form) whose text stands in `x__raw`: `x` (typed; null where missing or
    refused), `x__reason` (why refused, else null), `x__rule` (what explains a change of the text), and for money `x__exact`
    (yuan before rounding to two decimals)."""
    rows = rows.mutate(**{f"{name}__plain": _plain(rows[f"{name}__raw"]) for name in forms})
    parts = {
        f"{name}__{part}": value
        for name, form in forms.items()
        for part, value in _PARTS.get(form.kind, _no_parts)(rows[f"{name}__plain"], form).items()
    }
    rows = rows.mutate(**parts)
    judged = {}
    for name, form in forms.items():
        judged |= _columns(name, _judge(name, form, rows))
    return rows.mutate(**judged).drop(*(f"{name}__plain" for name in forms), *parts)


def text(kind, value):
    """A typed value in the one form in which the change log compares and shows it."""
    if kind in ("number", "price"):
        return value.cast("string").re_replace(r"\.?0+$", "")
    return value.cast("string")


def _columns(name, found):
    columns = {name: found.value, f"{name}__reason": found.reason, f"{name}__rule": found.rule}
    return columns if found.exact is None else columns | {f"{name}__exact": found.exact}


def _judge(name, form, rows):
    raw, plain = rows[f"{name}__raw"], rows[f"{name}__plain"]
    tokens = [token.translate(str.maketrans(_FULL, _HALF)) for token in form.missing]
    found = _KINDS[form.kind](raw, plain, lambda part: rows[f"{name}__{part}"], form)
    missing = raw.isnull() | plain.isin(["", *tokens])
    error = plain.re_search(_EXCEL_ERROR)
    gone = missing | error | found.reason.notnull()
    return _Judged(
        value=_unless(gone, found.value),
        reason=ibis.cases((missing, ibis.null("string")), (error, "excel_error"), else_=found.reason),
        rule=(missing & (plain != "")).ifelse("missing_token", found.rule),
        exact=None if found.exact is None else _unless(gone, found.exact),
    )


def _unless(condition, value):
    return condition.ifelse(ibis.null(value.type()), value)


def _plain(raw):
    # The test spares nearly all cells the translation, which costs ten times as much.
    narrow = raw.re_search(_WIDE).ifelse(raw.translate(_FULL, _HALF), raw)
    return narrow.re_replace(_INVISIBLE, "").re_replace(_ENDS, "")


def _no_parts(plain, form):
    return {}


def _words(raw, value, *others):
    reason = ibis.cases((value.re_search(_MOJIBAKE), "mojibake"), *others, else_=ibis.null("string"))
    narrowed = raw.re_search(_WIDE) & ~value.re_search(_WIDE)
    rule = ibis.cases((raw.re_search(_INVISIBLE), "invisible_character"), (narrowed, "full_width"), else_="trimmed")
    return _Judged(value, reason, rule)


def _id(raw, plain, part, form):
    return _words(
        raw, plain, (plain.re_search(_LONG_NUMBER), "over_15_digits"), (plain.re_search(_EXCEL_DAMAGE), "excel_damage")
    )


def _name(raw, plain, part, form):
    return _words(raw, plain)


def _free_text(raw, plain, part, form):
    return _words(raw, raw.re_replace(_INVISIBLE, "").re_replace(_ENDS, ""))


def _amount_parts(plain, form):
    sign = f"(?:{_SYMBOLS.get(form.currency, form.currency)})?"
    body = f"{sign}{_CORE}" + ("(?:万元|万|元)?" if form.currency == "CNY" else "")
    unit = ibis.cases((plain.contains("万"), 10_000), (plain.contains("元"), 1), else_=form.unit)
    signed = rf"^(?:\({body}\)|-{body}|{sign}-{body}|{body}-)$"
    return _decimal_parts(plain, signed, rf"^\+?{body}$") | {"unit": unit.cast("decimal(5,0)")}


def _number_parts(plain, form):
    return _decimal_parts(plain, rf"^(?:\({_CORE}\)|-{_CORE}|{_CORE}-)$", rf"^\+?{_CORE}$")


def _decimal_parts(plain, negative, positive):
    digits = plain.re_extract(_CORE, 0).replace(",", "")
    negative = plain.re_search(negative)
    return {
        "digits": digits,
        "negative": negative,
        "fits": (negative | plain.re_search(positive)) & digits.re_search(_SIZE),
    }


def _decimal(part, kind):
    size = part("fits").ifelse(part("digits"), ibis.null("string")).cast(kind)
    return part("negative").ifelse(-size, size)


def _amount(raw, plain, part, form):
    exact = (_decimal(part, "decimal(28,10)") * part("unit")).cast("decimal(33,10)")
    value = exact.round(2).cast("decimal(18,2)")
    rule = ibis.cases(
        (plain.re_search(r"^\(|-$|¥-"), "sign_form"),
        (value.cast("decimal(33,10)") != exact, "rounded"),
        (part("unit") != 1, "wan"),
        (raw.re_search(_WIDE_DIGIT), "full_width"),
        (plain.re_search("[¥£$€元]"), "currency_sign"),
        (plain.contains(","), "thousands"),
        else_="number_form",
    )
    return _Judged(value, _unfit(plain, part, "not_an_amount"), rule, exact)


def _price(raw, plain, part, form):
    value = (_decimal(part, "decimal(18,6)").cast("decimal(28,6)") * part("unit")).cast("decimal(22,6)")
    rule = (part("unit") != 1).ifelse("wan", _number_rule(raw, plain))
    return _Judged(value, _unfit(plain, part, "not_an_amount"), rule)


def _number(raw, plain, part, form):
    return _Judged(_decimal(part, "decimal(18,6)"), _unfit(plain, part, "not_a_number"), _number_rule(raw, plain))


def _unfit(plain, part, reason):
    return _unless(part("fits"), plain.re_search(_DECIMAL_COMMA).ifelse("decimal_comma", reason))


def _number_rule(raw, plain):
    return ibis.cases(
        (plain.re_search(r"^\(|-$"), "sign_form"),
        (raw.re_search(_WIDE_DIGIT), "full_width"),
        (plain.re_search("[¥£$€元]"), "currency_sign"),
        (plain.contains(","), "thousands"),
        else_="number_form",
    )


def _whole(raw, plain, part, form):
    fits = plain.re_search(r"^-?\d{1,15}(\.0+)?$")
    value = fits.ifelse(plain.re_replace(r"\.0+$", ""), ibis.null("string")).cast("int64")
    return _Judged(value, _unless(fits, ibis.literal("not_a_number")), _number_rule(raw, plain))


def _quarter(raw, plain, part, form):
    value = plain.re_extract(_QUARTER, 1) + "Q" + plain.re_extract(_QUARTER_NUMBER, 1).translate("一二三四", "1234")
    reason = _unless(plain.re_search(_QUARTER), ibis.literal("not_a_quarter"))
    return _Judged(value, reason, ibis.literal("quarter_form"))


def _date_parts(plain, form):
    forms = [(_YEAR_FIRST, _YMD), (_COMPACT, _YMD)]
    if form.date_order in _TURNED:
        forms.append((_YEAR_LAST, _TURNED[form.date_order]))
    return {"iso": ibis.cases(*((plain.re_search(form), _iso(plain, form, at)) for form, at in forms), else_="")}


def _iso(plain, form, at):
    # Put together, not replaced: engines write a group in a replacement differently.
    year, month, day = (plain.re_extract(form, group) for group in at)
    return year + "-" + month.lpad(2, "0") + "-" + day.lpad(2, "0")


def _date(raw, plain, part, form):
    real = part("iso").re_search(_CALENDAR)
    reason = ibis.cases(
        (real, ibis.null("string")),
        (part("iso").re_search(_ISO), "impossible_date"),
        (plain.re_search(_YEAR_LAST), "ambiguous_date"),
        (plain.re_search(_TWO_DIGIT_YEAR), "two_digit_year"),
        (plain.re_search(_PARTIAL), "partial_date"),
        else_="not_a_date",
    )
    value = real.ifelse(part("iso"), ibis.null("string")).cast("date")
    return _Judged(value, reason, plain.re_search(r"[ T]\d{1,2}:").ifelse("time_dropped", "date_form"))


_PARTS = {"amount": _amount_parts, "price": _amount_parts, "number": _number_parts, "date": _date_parts}
_KINDS = {
    "id": _id,
    "name": _name,
    "text": _free_text,
    "amount": _amount,
    "price": _price,
    "number": _number,
    "whole": _whole,
    "quarter": _quarter,
    "date": _date,
}
