"""Text → typed values: for each kind of column a closed list of forms, as Ibis expressions that any engine can run.

Nothing is guessed: what fits no form gets a reason. Only text that a regular expression has let through is cast,
because some engines raise where others give null. Parsing goes in three steps over the whole table (plain text, parts,
judgement), each a projection of its own: one expression per column would repeat its inner parts hundreds of times.
"""

from typing import NamedTuple

import ibis

from custlib.cleaning import cell_text, dates, numbers
from custlib.cleaning.cell_text import Judged, unless

# Text read in a wrong encoding: the usual signs, and Chinese in UTF-8 read as Latin-1 or as Windows-1252 (two letters
# at least).
_HIGH = r"[\x{A0}-\x{BF}€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_MOJIBAKE = (
    r"锟斤拷|\x{FFFD}|[ÂÃ][\x{80}-\x{BF}]|[\x{E3}-\x{E9}][\x{80}-\x{BF}]{2}"
    rf"|(?:[\x{{E3}}-\x{{E9}}]{_HIGH}{{2}}){{2}}"
)
# Where an encoding lacks a character, a question mark stands; behind the words of a free text two are a question.
_LOST, _LOST_IN_TEXT = r"\?{2,}", r"\?{2,}[^?!.,;)\s]|^\?{2,}"
_EXCEL_ERROR = (
    r"^#(?:DIV/0!|REF!|VALUE!|NAME\?|NULL!|NUM!|N/A|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!|UNKNOWN!|GETTING_DATA|"
    r"#{2,})\z"
)
_EXCEL_DAMAGE = r"^\d(?:\.\d+)?[eE]\+?\d+\z|^\d\.\d+[eE]-\d{2}\z"
# How `reading.sheet_rows` writes a number that is longer than Excel keeps.
_LONG_NUMBER = r"^\d\.\d{15}e\+\d+\z"
# The beginning of what protects a text from Excel, in either width.
_WRAPPER = r"^\s*(?:[=\x{FF1D}][\x22\x{FF02}]|['\x{FF07}])"
# How programs write that there is nothing; as an id, one of these would be a customer who gathers all that have none.
_NOTHING = r"^(?:(?i:null|none|nan|nil|n/a|\(null\)|<na>|<null>|\\n)|-+|/+|无)\z"


class Form(NamedTuple):
    """What is declared of one column in a file, by the keys of `sources.toml`: kind, yuan a unit, currency, tokens for
    missing; for dates the order of the parts, the century of two-digit years, Excel's date system, the zone that days
    are told in; for numbers the decimal sign."""

    kind: str
    unit: int = 1
    currency: str = "CNY"
    date_order: str = "ymd"
    missing: tuple = ()
    date_system: str | None = None
    time_zone: str | None = None
    century: int | None = None
    decimal: str = "."


def parse(rows: ibis.Table, forms: dict[str, Form]) -> ibis.Table:
    """Add to `rows`, for each column of `forms` (name → Form) whose text stands in `x__raw`: `x` (typed; null where
    missing or refused), `x__reason` (why refused, else null), `x__rule` (what explains a change of the text), and for
    money `x__exact` (yuan before rounding to two decimals)."""
    rows = rows.mutate(**{f"{name}__plain": _plain(rows[f"{name}__raw"], form.kind) for name, form in forms.items()})
    parts = {
        f"{name}__{part}": value
        for name, form in forms.items()
        for part, value in _PARTS.get(form.kind, _no_parts)(rows[f"{name}__plain"], form).items()
    }
    rows = rows.mutate(**parts)
    columns: dict[str, ibis.Value] = {}
    for name, form in forms.items():
        columns |= _columns(name, _judge(name, form, rows))
    return rows.mutate(**columns).drop(*(f"{name}__plain" for name in forms), *parts)


def text(kind: str, value: ibis.Value) -> ibis.Value:
    """A typed value in the one form in which the change log compares and shows it."""
    if kind in ("number", "price", "ratio"):
        return value.cast("string").re_replace(r"\.?0+\z", "")
    return value.cast("string")


def _columns(name, judged):
    columns = {name: judged.value, f"{name}__reason": judged.reason, f"{name}__rule": judged.rule}
    return columns if judged.exact is None else columns | {f"{name}__exact": judged.exact}


def _judge(name, form, rows):
    raw, plain = rows[f"{name}__raw"], rows[f"{name}__plain"]
    judged = _KINDS[form.kind](raw, plain, lambda part: rows[f"{name}__{part}"], form)
    missing = raw.isnull() | plain.isin(["", *map(cell_text.narrow, form.missing)])
    error = plain.re_search(_EXCEL_ERROR)
    gone = missing | error | judged.reason.notnull()
    return Judged(
        value=unless(gone, judged.value),
        reason=ibis.cases((missing, ibis.null("string")), (error, "excel_error"), else_=judged.reason),
        rule=(missing & (plain != "")).ifelse("missing_token", judged.rule),
        exact=None if judged.exact is None else unless(gone, judged.exact),
    )


def _plain(raw, kind):
    if kind == "id":
        return cell_text.plain_id(raw)
    return cell_text.plain_words(raw) if kind in ("name", "text") else cell_text.plain_value(raw)


def _no_parts(plain, form):
    return {}


def _words(raw, value, *others, lost=_LOST):
    reason = ibis.cases((raw.re_search(f"{_MOJIBAKE}|{lost}"), "mojibake"), *others, else_=ibis.null("string"))
    narrowed = raw.re_search(cell_text.WIDE) & ~value.re_search(cell_text.WIDE)
    unseen = raw.re_search(cell_text.INVISIBLE) | (raw.re_search(cell_text.BREAK) & ~value.re_search(cell_text.BREAK))
    # Most cells are as they came.
    wrapped = raw.re_search(_WRAPPER) & ~value.re_search(_WRAPPER)
    rule = ibis.cases(
        (raw == value, "trimmed"),
        (wrapped, "excel_text"),
        (unseen, "invisible_character"),
        (narrowed, "full_width"),
        else_="trimmed",
    )
    return Judged(value, reason, rule)


def _id(raw, plain, part, form):
    return _words(
        raw,
        plain,
        (plain.re_search(_LONG_NUMBER), "over_15_digits"),
        (plain.re_search(_EXCEL_DAMAGE), "excel_damage"),
        (plain.re_search(_NOTHING), "undeclared_missing"),
    )


def _name(raw, plain, part, form):
    return _words(raw, plain)


def _free_text(raw, plain, part, form):
    return _words(raw, cell_text.visible(raw), lost=_LOST_IN_TEXT)


_PARTS = {
    "amount": numbers.amount_parts,
    "price": numbers.amount_parts,
    "number": numbers.number_parts,
    "ratio": numbers.number_parts,
    "date": dates.date_parts,
}
_KINDS = {
    "id": _id,
    "name": _name,
    "text": _free_text,
    "amount": numbers.amount,
    "price": numbers.price,
    "number": numbers.number,
    "ratio": numbers.ratio,
    "whole": numbers.whole,
    "quarter": dates.quarter,
    "period": dates.period,
    "date": dates.date,
}
