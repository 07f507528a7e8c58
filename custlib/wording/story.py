"""The story of one raw line for the terminal: plain text, every character visible, names in columns."""

import unicodedata

from custlib import glossary, schema
from custlib.escaping import visible
from custlib.wording.forms import either

NARROWEST, WIDEST = 8, 32


def story(told, *, lang):
    """What an `explain.Story` tells, as lines of text; raw cells are in it, so it is for this machine only."""
    parts = [_place(told, lang), _fate(told, lang), _spread(told, lang), *_text(told, lang), *_cells(told, lang)]
    return "\n".join(filter(None, [*parts, *_flags(told, lang), *_aliases(told, lang), _next(told, lang)]))


def _place(told, lang):
    table = glossary.term(told.table, lang)
    sheet = told.sheet and either(lang, f", sheet {visible(told.sheet)}", f"，工作表 {visible(told.sheet)}")
    file, kind = visible(told.file), glossary.term(told.kind, lang)
    return either(
        lang,
        f"{file}{sheet}, line {told.line} of {told.of_lines:,}: {kind} ({table})",
        f"{file}{sheet}，第 {told.line} 行（共 {told.of_lines:,} 行）：{kind}（{table}）",
    )


def _fate(told, lang):
    if told.kind != "quarantined":
        return ""
    why = glossary.term(told.reason, lang)
    where = told.column and glossary.term(told.column, lang)
    text = either(lang, f"Why: {why}", f"原因：{why}")
    text += either(lang, f", in column “{where}”", f"，所在列“{where}”") if where else ""
    first = told.first_place and visible(told.first_place)
    text += either(lang, f"; the first one stands at {first}", f"；首次出现在 {first}") if first else ""
    return text + either(lang, ".", "。")


def _spread(told, lang):
    if told.first == told.last:
        return ""
    place, of = told.line - told.first + 1, told.last - told.first + 1
    return either(
        lang,
        f"It is physical line {place} of {of} of one record, lines {told.first} to {told.last}: a cell in quotation marks goes on over"
        " line ends.",
        f"该记录占第 {told.first} 至 {told.last} 行，本行是其中第 {place} 行（共 {of} 行）：引号内的单元格跨行。",
    )


def _text(told, lang):
    if not told.text:
        return []
    return [either(lang, "As it stands:", "原文："), *(f"  {visible(text)}" for text in told.text)]


def _cells(told, lang):
    if not told.cells:
        return [_expected(told, lang)]
    heads = [either(lang, "Cells:", "单元格：")]
    names = [_name(told.table, cell.column, lang) for cell in told.cells]
    headers = [_one_line(cell.header) for cell in told.cells]
    raws = [_raw(cell, lang) for cell in told.cells]
    columns = (_padded(names), _padded(headers), _padded(raws))
    rows = zip(*columns, told.cells, strict=True)
    return heads + [
        f"  {name}  {header}  {raw}{_became(cell, told, lang)}".rstrip() for name, header, raw, cell in rows
    ]


def _expected(told, lang):
    if told.kind != "quarantined":
        return ""
    names = [_name(told.table, column, lang) for column in told.columns]
    return either(
        lang,
        f"The header names {len(names)} columns: {', '.join(names)}.",
        f"表头共 {len(names)} 列：{'、'.join(names)}。",
    )


def _name(table, column, lang):
    declared = {known.name for known in schema.TABLES[table].columns}
    return glossary.term(column, lang) if column in declared else _one_line(column)


def _raw(cell, lang):
    return either(lang, "(no cell)", "（无单元格）") if cell.raw is None else _one_line(cell.raw)


def _became(cell, told, lang):
    if cell.rule:
        return f"  → {_one_line(cell.clean)}  ({glossary.term(cell.rule, lang)})"
    if cell.raw is None and cell.clean is not None:
        return f"  → {_one_line(cell.clean)}"
    return f"  ← {glossary.term(told.reason, lang)}" if told.reason and cell.column == told.column else ""


def _flags(told, lang):
    terms = [glossary.term(flag, lang) for flag in told.flags]
    return [either(lang, f"Flags: {', '.join(terms)}.", f"标记：{'、'.join(terms)}。")] if terms else []


def _aliases(told, lang):
    for row in told.aliases:
        alias, customer, who, on = (visible(row.get(key) or "–") for key in ("alias_id", "customer_id", "who", "on"))
        yield either(
            lang,
            f"Customer id {alias} was signed to be {customer} by {who} on {on}.",
            f"客户编码 {alias} 由{who}于 {on} 签认为 {customer}。",
        )


def _next(told, lang):
    texts = {
        "clean": (
            "It is in the clean table; cells without an arrow are as in the file.",
            "该行已进入有效数据表；没有箭头的单元格与文件一致。",
        ),
        "quarantined": (
            "It is in no figure of the report. Mend it at its source and export again.",
            "该行不计入报告的任何数字。请在源系统中改正后重新导出。",
        ),
        "header": ("It names the columns; it is no data.", "该行是列名，不是数据。"),
        "preamble": ("It stands above the header and is no data.", "该行位于表头之前，不是数据。"),
        "footer": (
            "It is a totals row: checked against the lines above it, and not counted again.",
            "该行是合计行：已与其上各行核对，不重复计入。",
        ),
        "blank": ("It holds nothing.", "该行没有内容。"),
    }
    return either(lang, *texts[told.kind])


def _one_line(text):
    return " ⏎ ".join(visible(text).replace("\t", "[TAB]").splitlines())


def _padded(texts):
    """Texts of the same width in a terminal, where a Chinese character takes two places; a long one sticks out."""
    width = min(WIDEST, max([NARROWEST, *map(_width, texts)]))
    return [text + " " * (width - _width(text)) for text in texts]


def _width(text):
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
