"""The codebook of the result tables, `data/reference/codebook.csv`: kinds, units, number formats, headers and captions.

One line per published column: table, column, kind, unit, format, header_en, header_zh, meaning_en, meaning_zh, made_by.
Only the first three and made_by are required; a blank header means the column's name. A table without made_by is only
shown, never published. A further column `edition` may say who is given a column: `internal` (also where it is blank or
not there), `customer`, `person`.
Kinds: `text`; `class` (A, B, C); `key`, of the glossary or the company's own tables (its format may say how it is made,
`zone_{}`); `whole` (number); `money` (two decimals); `share` (six); `exact` (up to 18, never rounded); `date`;
`yes_no`; `words`, made from the row when shown and never stored. A `text` of several keys is shown as the sentence that
its format names.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

from custlib import edited, glossary, project
from custlib.refusals import Refused

if TYPE_CHECKING:
    import pandas as pd

NUMBERS = {"money": ",.0f", "exact": ",.2f", "whole": ",.0f", "share": ",.2f"}
KINDS = (*NUMBERS, "text", "class", "key", "date", "yes_no", "words")
COLUMNS = (
    *("table", "column", "kind", "unit", "format"),
    *(f"{text}_{lang}" for text in ("header", "meaning") for lang in glossary.LANGUAGES),
    "made_by",
)
EDITIONS = ("internal", "customer", "person")
PER_ONE = ("0 to 1", "−1 to 1")
AMOUNT = "yuan or declared currency"
AMOUNTS = (AMOUNT, "rows or yuan")
APART = ("to_next", "best_year", "expected_low", "expected_high")  # amounts of which the sum says nothing
COUNTED = ("customers", "consumers", "lines", "rows", "cells", "purchases")


def lines() -> tuple[dict, ...]:
    """The lines of the codebook, one dict per column. Raises Refused (`codebook_line`) for a line that is not whole."""
    path = project.reference("codebook.csv")
    return _read(path, path.is_file() and path.stat().st_mtime_ns)


def columns(table: str) -> dict[str, dict]:
    """Column → its line, in the codebook's order; empty for an unlisted table."""
    return {line["column"]: line for line in lines() if line["table"] == table}


def stored(table: str) -> dict[str, dict]:
    """The same without columns and tables that are only shown."""
    return {name: line for name, line in columns(table).items() if line["kind"] != "words" and line["made_by"]}


def shown(table: str, lang: str) -> dict[str, dict]:
    """The same without columns in another language (`proposal_zh` or `zh` for a reader of "en")."""
    others = [other for other in glossary.LANGUAGES if other != lang]
    ends = tuple(f"_{other}" for other in others)
    return {name: line for name, line in columns(table).items() if name not in others and not name.endswith(ends)}


def edition(line: dict) -> str:
    """Who is given a column, one of `EDITIONS`: a column is internal until somebody decides."""
    return line.get("edition") or EDITIONS[0]


def in_languages(table: str, column: str) -> list[str]:
    """The column itself, or where it has one version per language (`proposal_en` …) all of them."""
    stem = next((column.removesuffix(end) for end in _ends() if column.endswith(end)), column)
    versions = [f"{stem}{end}" for end in _ends() if f"{stem}{end}" in columns(table)]
    return versions or [column]


def _ends():
    return [f"_{lang}" for lang in glossary.LANGUAGES]


def made() -> list[list[str]]:
    """The parts of the codebook that affect result tables: (table, column, kind, made_by, its sentence)."""
    keys = ("table", "column", "kind", "made_by")
    return [[*(line[key] for key in keys), sentence(line)] for line in lines()]


def caption(table: str, lang: str) -> str:
    """The title of a table: its term in the glossary, or else its name."""
    return glossary.term(table, lang) if glossary.known(table) else table.replace("_", " ")


def header(line: dict, lang: str) -> str:
    """The header of a column."""
    name = line["column"].removesuffix(f"_{lang}")
    return line.get(f"header_{lang}") or name.replace("_", " ")


def unit(line: dict, lang: str, currency: str) -> str:
    """The unit of a column in words: "%", "CNY", "lines"; "" without one; as written if the glossary has no term for
    it."""
    name = line["unit"]
    if name == AMOUNT:
        return currency
    key = f"unit: {name}"
    return "%" if name in PER_ONE else glossary.term(key, lang) if name and glossary.known(key) else name


def number_format(line: dict) -> str | None:
    """The format of a column's numbers on a page; None for a column that holds no numbers."""
    if line["kind"] not in NUMBERS:
        return None
    return line.get("format") or (".0%" if line["unit"] in PER_ONE else NUMBERS[line["kind"]])


def adds_up(line: dict) -> bool:
    """Whether the sum of a column means something: amounts of money, and what is counted; days, ranks and areas not."""
    if line["column"] in APART:
        return False
    return (line["kind"], line["unit"]) == ("money", AMOUNT) or (line["kind"] == "whole" and line["unit"] in COUNTED)


def sentence(line: dict) -> str:
    """The sentence ("room.function") that a column's cells are shown as; "" for a column shown as it is."""
    return line["format"] if line["kind"] in ("words", "text") else ""


def in_words(values: "pd.Series", line: dict, lang: str, context=glossary) -> list:
    """The cells of a column for a reader: None where unknown, yes and no in words, keys as their terms.

    context: where terms are looked up: the glossary, or a report's `sentences.Context`.
    """
    import pandas as pd

    cells = [None if pd.isna(value) else value for value in values.astype("object")]
    if line["kind"] == "yes_no":
        answers = {True: glossary.term("yes", lang), False: glossary.term("no", lang)}
        return [None if value is None else answers[bool(value)] for value in cells]
    if line["kind"] != "key":
        return cells
    keys = {value: (line.get("format") or "{}").format(value) for value in set(cells) - {None}}
    terms = {value: context.term(key, lang) for value, key in keys.items() if context.known(key)}
    return [terms.get(value, value) for value in cells]


def line_to_add(table: str, column: str, notebook: str = "NN_notebook", kind: str = "text") -> str:
    """The codebook line that a new column needs, to paste and complete; only table, column, kind and made_by are
    needed.

    notebook: the stem of the notebook that saves the table, used if the table has no listed column yet.
    """
    made_by = next((line["made_by"] for line in lines() if line["table"] == table), notebook)
    cells = {"table": table, "column": column, "kind": kind, "made_by": made_by}
    return ",".join(cells.get(name, "") for name in lines()[0])


def lacking(table: str, unlisted: list, rows: "pd.DataFrame") -> dict[str, str]:
    """The facts of a refusal of unlisted columns: the lines to add, with the kind that `rows` look like."""
    kinds = {column: _likely_kind(rows[column]) for column in unlisted if column in rows}
    lines_to_add = "; ".join(line_to_add(table, column, kind=kinds.get(column, "text")) for column in unlisted)
    return {"table": table, "column": ", ".join(map(str, unlisted)), "line": lines_to_add}


def _likely_kind(values):
    name = str(values.dtype)
    kinds = {"bool": "yes_no", "int": "whole", "Int": "whole", "float": "share", "datetime": "date"}
    return next((kind for start, kind in kinds.items() if name.startswith(start)), "text")


@lru_cache
def _read(path, written):
    header, rows = edited.read(path, COLUMNS, COLUMNS[:2], COLUMNS[:3])
    return tuple(_checked(dict(zip(header, cells, strict=True)), line) for line, cells in rows)


def _checked(cells, line):
    if cells["kind"] not in KINDS:
        raise Refused("codebook_line", line=line, problem=cells["kind"], kinds=", ".join(KINDS))
    if edition(cells) not in EDITIONS:
        facts = {"column": "edition", "value": cells["edition"], "possible": ", ".join(EDITIONS)}
        raise Refused("not_one_of", file="codebook.csv", line=line, **facts)
    return cells


def _as_page():
    """The text of `docs/codebook.md`."""
    head = (
        "# Codebook of the published tables\n\n"
        "What a report publishes, column by column: as Parquet and CSV in `tables/` beside its pages. Made of "
        "`data/reference/codebook.csv`\nby `python -m custlib.codebook > docs/codebook.md`.\n\n"
        "| table | column | meaning | unit | made by |\n|---|---|---|---|---|\n"
    )
    cells = ("table", "column", "meaning_en", "unit", "made_by")
    published = [line for line in lines() if line["made_by"] and line["kind"] != "words"]
    return head + "".join(f"| {' | '.join(line[name] for name in cells)} |\n" for line in published)


if __name__ == "__main__":
    print(_as_page(), end="")
