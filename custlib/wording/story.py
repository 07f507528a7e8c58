"""The story of one raw line for the terminal: plain text, every character visible, names in columns. Its words: `words/<language>/story.j2`."""

import unicodedata

from custlib import glossary, schema
from custlib.escaping import visible
from custlib.wording import sentences

NARROWEST, WIDEST = 8, 32


def story(told, *, lang) -> str:
    """What an `explain.Story` tells, as lines of text; raw cells are in it, so it is for this machine only."""

    def say(sentence, **facts):
        return sentences.text(f"story.{sentence}", facts, lang=lang, markdown=False)

    fate = {"kind": told.kind, "reason": told.reason, "at": told.first_place}
    place = {"file": told.file, "sheet": told.sheet, "line": str(told.line), "of": told.of_lines, "table": told.table}
    lines = [say("where", kind=told.kind, **place), say("why", column=told.column, **fate), say("part", **_part(told))]
    if told.text:
        lines += [say("as_it_stands"), *(f"  {visible(text)}" for text in told.text)]
    if told.cells:
        lines += [say("cells"), *_cells(told, lang, say("no_cell"))]
    else:
        lines += [say("header_names", kind=told.kind, names=[_name(told.table, name, lang) for name in told.columns])]
    lines += [say("flags", marks=told.flags), *(say("alias", **_alias(row)) for row in told.aliases)]
    return "\n".join(filter(None, [*lines, say("what_next", kind=told.kind)]))


def _part(told):
    """Which of the lines of its record it is."""
    return {
        "place": told.line - told.first + 1,
        "of": told.last - told.first + 1,
        "first": str(told.first),
        "last": str(told.last),
    }


def _cells(told, lang, no_cell):
    names = _padded([_name(told.table, cell.column, lang) for cell in told.cells])
    headers = _padded([_one_line(cell.header) for cell in told.cells])
    raws = _padded([no_cell if cell.raw is None else _one_line(cell.raw) for cell in told.cells])
    rows = zip(names, headers, raws, told.cells, strict=True)
    return [f"  {name}  {header}  {raw}{_became(cell, told, lang)}".rstrip() for name, header, raw, cell in rows]


def _name(table, column, lang):
    declared = {known.name for known in schema.TABLES[table].columns}
    return glossary.term(column, lang) if column in declared else _one_line(column)


def _became(cell, told, lang):
    if cell.rule:
        return f"  → {_one_line(cell.clean)}  ({glossary.term(cell.rule, lang)})"
    if cell.raw is None and cell.clean is not None:
        return f"  → {_one_line(cell.clean)}"
    return f"  ← {glossary.term(told.reason, lang)}" if told.reason and cell.column == told.column else ""


def _alias(row):
    return {key: row.get(key) or "–" for key in ("alias_id", "customer_id", "who", "on")}


def _one_line(text):
    return " ⏎ ".join(visible(text).replace("\t", "[TAB]").splitlines())


def _padded(texts):
    """Texts of the same width in a terminal, where a Chinese character takes two places; a long one sticks out."""
    width = min(WIDEST, max([NARROWEST, *map(_width, texts)]))
    return [text + " " * (width - _width(text)) for text in texts]


def _width(text):
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
