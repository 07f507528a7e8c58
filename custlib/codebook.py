"""What `data/reference/codebook.csv` says of the result tables: kinds, units, number formats, headers and captions.

One line for each published column: table, column, kind, unit, format, header_en, header_zh, meaning_en, meaning_zh, made_by. Only the
first three and made_by are needed; a blank header is the column's name. A table without made_by is only shown, never published. Kinds: `text`, `class` (A, B, C), `key` (a key of the glossary
or of the company's own tables; its format may say how the key is made, `zone_{}`), `whole` (a whole number), `money` (two decimals), `share` (six), `exact` (up to 18, never rounded),
`date`, `yes_no`, and `words` (made of its row when shown, stored nowhere).
"""

import csv
from functools import lru_cache

import pandas as pd

from custlib import glossary, project

NUMBERS = {"money": ",.0f", "exact": ",.2f", "whole": ",.0f", "share": ",.2f"}
PER_ONE = ("0 to 1", "−1 to 1")
AMOUNT = "yuan or declared currency"
AMOUNTS = (AMOUNT, "rows or yuan")


def lines():
    """The lines of the codebook: a tuple of dicts, one per published column."""
    path = project.reference("codebook.csv")
    return _read(path, path.stat().st_mtime_ns)


def columns(table):
    """Column → its line, in the codebook's order; empty for a table that is not listed."""
    return {line["column"]: line for line in lines() if line["table"] == table}


def stored(table):
    """The same without what is only shown: columns made of their row, tables that no notebook makes."""
    return {name: line for name, line in columns(table).items() if line["kind"] != "words" and line["made_by"]}


def shown(table, lang):
    """The same without columns in another language (`proposal_zh` for a reader of "en")."""
    others = tuple(f"_{other}" for other in glossary.LANGUAGES if other != lang)
    return {name: line for name, line in columns(table).items() if not name.endswith(others)}


def in_languages(table, column):
    """The columns that a column stands for: itself, or where there is one in each language (`proposal_en` …) all of these."""
    stem = next((column.removesuffix(end) for end in _ends() if column.endswith(end)), column)
    own = [f"{stem}{end}" for end in _ends() if f"{stem}{end}" in columns(table)]
    return own or [column]


def _ends():
    return [f"_{lang}" for lang in glossary.LANGUAGES]


def made():
    """What of the codebook decides result tables, headers and meanings left out: (table, column, kind, who makes it, how words are made)."""
    return [
        [
            line["table"],
            line["column"],
            line["kind"],
            line["made_by"],
            line["format"] if line["kind"] == "words" else "",
        ]
        for line in lines()
    ]


def caption(table, lang):
    """The title of a table: its term in the glossary, else its name."""
    return glossary.term(table, lang) if glossary.known(table) else table.replace("_", " ")


def header(line, lang):
    """The header of a column."""
    own = line["column"].removesuffix(f"_{lang}")
    return line.get(f"header_{lang}") or own.replace("_", " ")


def unit(line, lang, currency):
    """The unit of a column in words, "" where it has none: "%", "CNY", "lines"; one without a term in the glossary as it stands."""
    given = line["unit"]
    if given == AMOUNT:
        return currency
    key = f"unit: {given}"
    return "%" if given in PER_ONE else glossary.term(key, lang) if given and glossary.known(key) else given


def number_format(line):
    """The format of a column's numbers on a page, None for one that holds no numbers."""
    if line["kind"] not in NUMBERS:
        return None
    return line.get("format") or (".0%" if line["unit"] in PER_ONE else NUMBERS[line["kind"]])


def in_words(values, line, lang, context=glossary):
    """The cells of a column for a reader: None where nothing is known, yes and no in words, keys as their terms.

    context: what knows the terms: the glossary, or a report's `sentences.Context`.
    """
    cells = [None if pd.isna(value) else value for value in values.astype("object")]
    if line["kind"] == "yes_no":
        answers = {True: glossary.term("yes", lang), False: glossary.term("no", lang)}
        return [None if value is None else answers[bool(value)] for value in cells]
    if line["kind"] != "key":
        return cells
    keys = {value: (line.get("format") or "{}").format(value) for value in set(cells) - {None}}
    terms = {value: context.term(key, lang) for value, key in keys.items() if context.known(key)}
    return [terms.get(value, value) for value in cells]


def line_to_add(table, column):
    """The line of the codebook that a new column needs, for a person to paste and complete: its kind, a header in each language."""
    made_by = next((line["made_by"] for line in lines() if line["table"] == table), "NN_notebook")
    return f"{table},{column},text,,,,,,,{made_by}"


def lacking(table, unlisted):
    """The facts of a refusal about columns that are not listed."""
    told = "; ".join(line_to_add(table, column) for column in unlisted)
    return {"table": table, "column": ", ".join(map(str, unlisted)), "line": told}


@lru_cache
def _read(path, written):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(csv.DictReader(file))


def _as_page():
    """`docs/codebook.md`: python -m custlib.codebook > docs/codebook.md"""
    head = (
        "# Codebook of the published tables\n\n"
        "What a report publishes, column by column: as Parquet and CSV in `tables/` beside its pages. Made of `data/reference/codebook.csv`\n"
        "by `python -m custlib.codebook > docs/codebook.md`.\n\n| table | column | meaning | unit | made by |\n|---|---|---|---|---|\n"
    )
    shown = ("table", "column", "meaning_en", "unit", "made_by")
    return head + "".join(f"| {' | '.join(line[name] for name in shown)} |\n" for line in lines() if line["made_by"])


if __name__ == "__main__":
    print(_as_page(), end="")
