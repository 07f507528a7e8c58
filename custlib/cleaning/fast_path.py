"""Cells in plain form, as most are: what the parsers take as it is, so that the value is the text, cast.

A cell that a parser would change beyond that, refuse, or call missing is not plain.
"""

from collections.abc import Collection, Iterable

import ibis

from custlib.cleaning import cell_text, parsers
from custlib.cleaning.numbers import EXACT

_ID = r"(?:[A-Za-z][A-Za-z_-]*\d[0-9A-Za-z_-]*|\d+[A-DF-Za-df-z][0-9A-Za-z]*|\d{1,15}(?:\.\d{1,4})?)"
# Chinese characters but for 锟, with which the commonest garbled text begins.
_HAN = r"\x{4E00}-\x{951E}\x{9520}-\x{9FA5}"
_WORD = f"[{_HAN}0-9A-Za-z]+"
_WORDS = f"[{_HAN}0-9A-Za-z](?:[{_HAN}0-9A-Za-z .'&+/()-]*[{_HAN}0-9A-Za-z])?"
_DAY = (
    r"(?:(?:19|20)\d{2}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)"
    r"|02-(?:0[1-9]|1\d|2[0-8]))|(?:(?:19|20)(?:0[48]|[2468][048]|[13579][26])|2000)-02-29)"
)
# Kind of column → the regular expression of a plain cell.
FORMS = {
    "id": _ID,
    "name": _WORD,
    "text": _WORDS,
    "date": _DAY,
    "quarter": r"\d{4}Q[1-4]",
    "period": r"(?:19|20)\d{2}(?:-(?:0[1-9]|1[0-2]))?",
    "whole": r"(?:0|-?[1-9]\d{0,14})",
    "number": r"-?\d{1,12}(?:\.\d{1,6})?",
    "ratio": r"-?\d{1,12}(?:\.\d{1,6})?",
    "price": r"-?\d{1,12}(?:\.\d{1,6})?",
    "amount": r"-?\d{1,12}(?:\.\d{1,2})?",
}
# How a value of these kinds is written in its own form: another plain form of it is a change by the rule `number_form`.
OWN = {
    "number": r"^(?:0|-?[1-9]\d*|-?(?:0|[1-9]\d*)\.\d*[1-9])\z",
    "ratio": r"^(?:0|-?[1-9]\d*|-?(?:0|[1-9]\d*)\.\d*[1-9])\z",
    "price": r"^(?:0|-?[1-9]\d*|-?(?:0|[1-9]\d*)\.\d*[1-9])\z",
    "amount": r"^(?:(?:0|-?[1-9]\d*)\.\d\d|-0\.(?:0[1-9]|[1-9]\d))\z",
}
_TYPES = {
    "date": ("date",),
    "whole": ("int64",),
    "number": ("decimal(18,6)",),
    "ratio": ("decimal(18,6)",),
    "price": ("decimal(18,6)", "decimal(22,6)"),
    "amount": ("decimal(18,2)",),
}


def is_plain(text: ibis.Value, form: parsers.Form) -> ibis.Value:
    """Whether a cell is in plain form, as a boolean expression. form: `parsers.Form`."""
    fits = text.re_search(rf"^(?:{FORMS[form.kind]})\z")
    return fits & ~text.isin(tokens(form.missing)) if form.missing else fits


def tokens(missing: Iterable[str]) -> list[str]:
    """What is declared to mean “missing”, as a plain cell may say it: full-width forms made ordinary too."""
    return sorted({*missing, *map(cell_text.narrow, missing)})


def may_be(form: parsers.Form) -> bool:
    """Whether a column can hold plain cells: not where an amount is multiplied or a point may not be a decimal one."""
    return form.kind not in OWN or form.unit == 1 and form.decimal == "."


def value(text: ibis.Value, kind: str) -> ibis.Value:
    """A plain cell cast; null stays null."""
    for step in _TYPES.get(kind, ()):
        text = text.cast(step)
    return text


def type_of(kind: str) -> str:
    """The type of a column's values, as Ibis names it."""
    return _TYPES.get(kind, ("string",))[-1]


def exact(amount: ibis.Value) -> ibis.Value:
    """A plain amount as the parsers give it before rounding: it has no more than two decimals."""
    return amount.cast(EXACT)


def parse(rows: ibis.Table, forms: dict[str, parsers.Form], plain: Collection[str] = ()) -> ibis.Table:
    """As `parsers.parse`, which sees only the cells that are not plain.

    plain: columns in which every cell is plain or empty; in them no change has a rule but `number_form`.
    """
    others = {name: form for name, form in forms.items() if name not in plain}
    rows = _parsed(rows, others) if others else rows
    columns: dict[str, ibis.Value] = {}
    for name in sorted(plain):
        columns |= _plain_column(rows, name, forms[name].kind)
    return rows.mutate(**columns)


def _plain_column(rows, name, kind):
    own, nothing = value(rows[f"{name}__raw"].nullif(""), kind), ibis.null("string")
    rule = ibis.literal("number_form") if kind in OWN else nothing
    columns = {name: own, f"{name}__reason": nothing, f"{name}__rule": rule}
    return columns | {f"{name}__exact": exact(own)} if kind == "amount" else columns


def _parsed(rows, forms):
    spared = {name: form for name, form in forms.items() if may_be(form)}
    nothing = ibis.null("string")
    rows = rows.mutate(
        **{f"{name}__whole": rows[f"{name}__raw"] for name in spared},
        **{f"{name}__is_plain": is_plain(rows[f"{name}__raw"], form).coalesce(False) for name, form in spared.items()},
    )
    rows = rows.mutate(
        **{f"{name}__raw": rows[f"{name}__is_plain"].ifelse(nothing, rows[f"{name}__whole"]) for name in spared},
        **{f"{name}__spared": rows[f"{name}__is_plain"].ifelse(rows[f"{name}__whole"], nothing) for name in spared},
    )
    rows = parsers.parse(rows, forms)
    joined: dict[str, ibis.Value] = {}
    for name, form in spared.items():
        joined |= _joined(rows, name, form.kind)
    return rows.mutate(**joined).drop(
        *(f"{name}__{part}" for name in spared for part in ("whole", "is_plain", "spared"))
    )


def _joined(rows, name, kind):
    plain, own = rows[f"{name}__is_plain"], value(rows[f"{name}__spared"], kind)
    columns = {name: plain.ifelse(own, rows[name]), f"{name}__raw": rows[f"{name}__whole"]}
    if kind in OWN:
        columns[f"{name}__rule"] = plain.ifelse("number_form", rows[f"{name}__rule"])
    if kind == "amount":
        columns[f"{name}__exact"] = plain.ifelse(exact(own), rows[f"{name}__exact"])
    return columns
