"""The story of one raw line, for the terminal: plain text, names in columns. Its words are in
`words/<language>/story.j2`."""

import unicodedata

from custlib import glossary, schema
from custlib.escaping import visible
from custlib.explain import Story
from custlib.wording import sentences

NARROWEST, WIDEST = 8, 32


def story(history: Story, *, lang: str) -> str:
    """An `explain.Story` as lines of text. It shows raw cells, so it must not leave this machine."""

    def say(sentence, **facts):
        return sentences.text(f"story.{sentence}", facts, lang=lang, markdown=False)

    fate = {"kind": history.kind, "reason": history.reason, "at": history.first_place}
    place = {
        "file": history.file,
        "sheet": history.sheet,
        "line": str(history.line),
        "of": history.of_lines,
        "table": history.table,
    }
    lines = [
        say("where", kind=history.kind, **place),
        say("why", column=history.column, **fate),
        say("part", **_part(history)),
    ]
    if history.text:
        lines += [say("as_it_stands"), *(f"  {visible(text)}" for text in history.text)]
    if history.cells:
        lines += [say("cells"), *_cells(history, lang, say("no_cell"))]
    else:
        lines += [
            say("header_names", kind=history.kind, names=[_name(history.table, name, lang) for name in history.columns])
        ]
    lines += [say("flags", marks=history.flags), *(say("alias", **_alias(row)) for row in history.aliases)]
    return "\n".join(filter(None, [*lines, say("what_next", kind=history.kind)]))


def _part(history):
    """Which of the lines of its record this one is."""
    return {
        "place": history.line - history.first + 1,
        "of": history.last - history.first + 1,
        "first": str(history.first),
        "last": str(history.last),
    }


def _cells(history, lang, no_cell):
    names = _padded([_name(history.table, cell.column, lang) for cell in history.cells])
    headers = _padded([_one_line(cell.header) for cell in history.cells])
    raws = _padded([no_cell if cell.raw is None else _one_line(cell.raw) for cell in history.cells])
    rows = zip(names, headers, raws, history.cells, strict=True)
    return [f"  {name}  {header}  {raw}{_became(cell, history, lang)}".rstrip() for name, header, raw, cell in rows]


def _name(table, column, lang):
    declared = {field.name for field in schema.TABLES[table].columns}
    return glossary.term(column, lang) if column in declared else _one_line(column)


def _became(cell, history, lang):
    if cell.rule:
        return f"  → {_one_line(cell.clean)}  ({glossary.term(cell.rule, lang)})"
    if cell.raw is None and cell.clean is not None:
        return f"  → {_one_line(cell.clean)}"
    if not history.reason or cell.column != history.column:
        return ""
    return f"  ← {glossary.term(history.reason, lang)}{history.likely and f' ({visible(history.likely)}?)' or ''}"


def _alias(row):
    return {key: row.get(key) or "–" for key in ("alias_id", "customer_id", "who", "on")}


def _one_line(text):
    return " ⏎ ".join(visible(text).replace("\t", "[TAB]").splitlines())


def _padded(texts):
    """Texts padded to one width in a terminal, where a Chinese character takes two columns; a long text sticks out."""
    width = min(WIDEST, max([NARROWEST, *map(_width, texts)]))
    return [text + " " * (width - _width(text)) for text in texts]


def _width(text):
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
