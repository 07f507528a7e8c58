"""In which unit and currency the amounts of a file are: by its header, its number formats, and the text above both."""

import re
import unicodedata
from typing import NamedTuple

from custlib import currencies, expressions, refusals, schema
from custlib.refusals import Refused
from custlib.sources import Source

LIST_PRICE = "products.list_price"
# 计量单位 is what goods are counted in.
_WORD = r"(?<!计量)单位|币种|币别|货币|本位币|currency|units?"
_LABEL = re.compile(rf"(?P<label>{_WORD})\s*[:\x1f]\s*\x1f?\s*(?P<said>(?:(?!{_WORD})[^\x1f,;。、:])+)")


class Place(NamedTuple):
    """Where a header stands, and the currency that is declared."""

    file: str
    line: int
    currency: str


class Said(NamedTuple):
    """What one line above the header says: its number, its words, the unit and the currencies named (or none)."""

    line: int
    text: str
    unit: str | None
    currency: frozenset


def above(rows: list[tuple[int, list[str]]]) -> list[Said]:
    """What the lines above a header say of unit and currency, such as 单位：万元 or 币种：美元.

    rows: list of (line number, list of cells).
    """
    found = []
    for line, cells in rows:
        text = "\x1f".join(cell.strip() for cell in cells if cell.strip())
        for match in _LABEL.finditer(unicodedata.normalize("NFKC", text).casefold()):
            unit, named = _money(match["said"].strip())
            # 币种:美元 says nothing of thousands.
            unit = unit if match["label"].startswith(("单位", "unit")) else None
            if unit or named:
                found.append(Said(line, match[0].replace("\x1f", " ").strip(), unit, named))
    return found


def _money(said):
    """What the longest beginning of a text says that is nothing but money."""
    words = re.sub(r"[()\[\]【】]", " ", said).split()
    amounts = (currencies.money(" ".join(words[:count])) for count in range(len(words), 0, -1))
    return next((money for money in amounts if money[0]), (None, frozenset()))


def of(
    shown: dict, table: schema.Table, source: Source, place: Place, formats: dict, said: list[Said]
) -> tuple[dict, dict]:
    """(amount column → yuan a unit, 1 or 10 000; amount column → its currency, where that is not the declared one).

    shown: column → its header's text; formats: "units" and "currencies" → column → {what a number format says or None:
    a line that has it}; said: as `above` gives it. What stands closest to the amounts counts: the header, then the
    number format, then the text above. Raises Refused: `unknown_unit`, `unit_conflict`, `unit_above`, `unknown_scale`,
    `mixed_units`, `unknown_format_unit`, `currency_conflict`, `unknown_tax`; all that there are
    in one go.
    """
    found: list = []
    with refusals.collecting(found):
        _refuse_scales(shown, table, source, place.file, formats.get("units", {}))
    units = _of_operands(shown, table, source)
    foreign: dict[str, str] = {}
    money = {*(column.name for column in table.columns if column.kind in ("amount", "price")), *units, LIST_PRICE}
    prices = {name for name in source.operands() if name.endswith("price")}
    for column in table.columns:
        if column.kind not in ("amount", "price") or column.name not in {*shown, *source.computed}:
            continue
        header = shown.get(column.name, "")
        tree = source.expressions().get(column.name)
        names = [column.name, *(expressions.names(tree) if tree else ())]
        code = place.currency
        with refusals.collecting(found):
            code = _currency(names, shown, place, formats.get("currencies", {}), said)
        foreign |= {column.name: code} if code != place.currency else {}
        with refusals.collecting(found):
            named = schema.header_unit(header)
            if tree and code == "CNY":
                # What is made of money is in yuan already; so is a price where nothing else is said.
                amounts = money if column.name in source.units else money | prices
                named = "元" if _is_made_of(tree, amounts, place.file) else None
            told = place._replace(currency=code)
            units[column.name] = _factor(column, header, named, source, told, formats.get("units", {}), said)
        taxed = source.tax != "excluded" and not schema.says_tax_free(header)
        if (table.name, column.name) == ("sales", "net_amount") and taxed:
            found.append(Refused("unknown_tax", file=place.file, column=header or column.name, table=table.name))
    refusals.raise_all(found)
    return units, foreign


def _of_operands(shown, table, source):
    """Columns that only expressions and lists know → their unit, where they or the declaration name one."""
    own = {column.name for column in table.columns}
    looked_at = [name for name in shown if name not in own and (name in source.operands() or schema.is_carried(name))]
    said = {name: source.units.get(name) or schema.header_unit(shown[name]) for name in looked_at}
    return {name: schema.UNITS[unit] for name, unit in said.items() if unit in schema.UNITS}


def _is_made_of(tree, money, file):
    """Whether an expression has money in it. Raises Refused for what has no unit and is added to money."""
    if bare := expressions.unlike(tree, money):
        raise Refused("unknown_unit", file=file, column=bare)
    return not money.isdisjoint(expressions.names(tree))


def _factor(column, header, named, source, place, formats, said):
    file, name = place.file, header or column.name
    declared = source.units.get(column.name)
    formatted = _format_unit(formats.get(column.name, {}), declared or named, file, header)
    over = next((line for line in said if line.unit), None)
    default = (place.currency != "CNY" or column.kind == "price") and "元"
    own = named or formatted
    unit = declared or own or (over and over.unit) or default
    if not unit:
        raise Refused("unknown_unit", file=file, column=name)
    for other in (named, formatted):
        if other and other != unit:
            raise Refused("unit_conflict", file=file, column=header, seen=other, said=unit)
    # Nobody can say which part of an expression the text above speaks of.
    if over and over.unit != unit and (not own or column.name in source.computed):
        raise Refused("unit_above", file=file, line=over.line, text=over.text, seen=over.unit, said=unit, column=name)
    if unit not in schema.UNITS:
        raise Refused("unknown_scale", file=file, line=over.line if over else place.line, column=name, unit=unit)
    return schema.UNITS[unit]


def _currency(names, shown, place, formats, said):
    """The currency of a column, of which `names` are its own name and those that it is computed of: the declared one,
    or the one other that header, number formats or the text above give to all its cells."""
    told = [seen for name in names for seen in _told(name, shown.get(name, ""), place, formats.get(name, {}), said)]
    one = frozenset.intersection(*(seen for *_, seen in told)) if told else frozenset([place.currency.upper()])
    if place.currency.upper() in one:
        return place.currency
    # Where formats alone name it, a number without one is in another.
    bare = (name for name in names if not currencies.named(shown.get(name, "")))
    plain = [name for name in bare if None in formats.get(name, {}) and any(formats[name])]
    if len(one) == 1 and not plain:
        return next(iter(one))
    line, column, seen = min((one for one in told if place.currency.upper() not in one[2]), key=lambda one: one[0])
    facts = {"seen": currencies.shown(seen), "said": place.currency}
    raise Refused("currency_conflict", file=place.file, line=line, column=column, **facts)


def _told(column, header, place, formats, said):
    """(line, column as it is shown, currencies) of each place that says the currency of a column."""
    codes = {line: frozenset(named.split("/")) for named, line in sorted(formats.items(), key=str) if named}
    if currencies.is_own(header):
        codes = {}
    elif named := currencies.named(header):
        codes |= {place.line: named}
    else:
        codes |= {line.line: line.currency for line in said if line.currency}
    return [(line, header or column, seen) for line, seen in sorted(codes.items())]


def _format_unit(lines, declared, file, header):
    """The one unit that the number formats of a column name, or None; lines: unit or None → a line that has it."""
    units = sorted(unit for unit in lines if unit)
    for unit in units:
        if unit not in schema.UNITS:
            raise Refused("unknown_format_unit", file=file, line=lines[unit], column=header, unit=unit)
    # Numbers without a unit of their own have the declared one; where none is declared, they may be anything.
    bare = None in lines and units and not declared
    if len(units) > 1 or bare:
        first, second = [*units, None][:2]
        places = {"line": lines[first], "unit": first, "other_line": lines[second], "other": second or "—"}
        raise Refused("mixed_units", file=file, column=header, **places)
    return units[0] if units else None


def _refuse_scales(shown, table, source, file, formats):
    """A quantity shown in 万 is another than its cell says; only money has a unit that can be declared."""
    columns = table.columns
    factors = source.operands()
    counted = {c.name for c in columns if c.kind in ("number", "whole")} | factors - {c.name for c in columns}
    for name in shown:
        for unit, line in formats.get(name, {}).items():
            if name in counted and unit not in (None, "元"):
                raise Refused("unknown_format_unit", file=file, line=line, column=name, unit=unit)
