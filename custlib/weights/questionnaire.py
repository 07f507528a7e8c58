"""The experts' questionnaire, an Excel sheet per expert with the pairs needed, and the answers (table `pairwise`)."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from custlib import glossary, sheets, words
from custlib.weights.comparisons import GOAL, children_of

SCALE = (9, 8, 7, 6, 5, 4, 3, 2, 1, 0.5, 0.3333, 0.25, 0.2, 0.1667, 0.1429, 0.125, 0.1111)
# The headers by which cleaning reads an answered sheet; `schema.TABLES["pairwise"]` knows them.
HEADERS = {"expert": "专家", "parent_id": "上级因素", "factor_a": "因素A", "factor_b": "因素B", "ratio": "比值"}
# A little more than Saaty's 1/9 to 9, for answers that are rounded.
_BETWEEN = (1 / 9.1, 9.001)
_KIND, _VERSION = "questionnaire", 1


def pairs(tree: pd.DataFrame) -> pd.DataFrame:
    """The comparisons to ask for: parent_id, factor_a, factor_b.

    The children of a parent form a circle, each compared with the next and the next but one: all pairs of up to five
    factors, and two per factor beyond, enough to connect them and to reveal contradictions.
    """
    rows = []
    for parent, factors in children_of(tree).items():
        places = range(len(factors))
        circle = {tuple(sorted((a, (a + step) % len(factors)))) for a in places for step in (1, 2)}
        rows += [(parent, factors[a], factors[b]) for a, b in sorted(circle) if a != b]
    return pd.DataFrame(rows, columns=["parent_id", "factor_a", "factor_b"])


def write(path: str | Path, tree: pd.DataFrame, experts: Iterable[str], lang: str) -> None:
    """Writes the questionnaire: a sheet per expert, a line per pair, one unlocked cell for each answer, no formula.

    path: of the new file; tree: factor, bone and a name in each language; experts: their names; lang: a language.
    Answers are chosen from Saaty's scale. Raises Refused (`file_exists`, `cannot_write`).
    """
    lines, names = pairs(tree), tree.set_index("factor")[f"name_{lang}"].to_dict() | {GOAL: glossary.term(GOAL, lang)}
    shown = [
        _sheet(f"{place} {sheets.plain(expert)}", expert, lines, names, lang) for place, expert in enumerate(experts, 1)
    ]
    sheets.write(path, shown, _KIND, _VERSION)


def answers(path: str | Path) -> pd.DataFrame:
    """The answers of all sheets as lines of `pairwise`: expert, parent_id, factor_a, factor_b, ratio, sheet, line,
    without blanks.

    Raises Refused: what `sheets.read` does, such as `answer_strange` for an answer that is no number from 1/9 to 9.
    """
    rows = pd.concat(sheets.read(path, _KIND, _VERSION).values(), ignore_index=True)
    return rows.loc[rows["ratio"].notna(), [*HEADERS, "sheet", "line"]].reset_index(drop=True)


def save_answers(rows: pd.DataFrame, path: str | Path) -> None:
    """Writes answers, of one or more questionnaires, as the one sheet that cleaning reads (`两两比较.xlsx`).

    Raises Refused (`file_exists`, `cannot_write`).
    """
    with sheets.new_workbook(path) as book:
        sheet = book.add_worksheet("两两比较")
        sheet.write_row(0, 0, HEADERS.values())
        for line, row in enumerate(rows[list(HEADERS)].itertuples(index=False), 1):
            sheet.write_row(line, 0, row)


def _sheet(name, expert, lines, names, lang):
    """The answer stands between the names of its two factors; the keys that cleaning reads stand beside them."""
    rows = lines.assign(
        expert=expert,
        parent=lines["parent_id"].map(names),
        first=lines["factor_a"].map(names),
        second=lines["factor_b"].map(names),
    )
    parent, first, second = (
        sheets.Column(column, words.say("questionnaire", column, lang), 26) for column in ("parent", "first", "second")
    )
    ratio = sheets.Column("ratio", HEADERS["ratio"], 10, open=True, choices=SCALE, between=_BETWEEN)
    keys = [sheets.Column(column, HEADERS[column]) for column in HEADERS if column != "ratio"]
    above = (words.say("questionnaire", "title", lang, expert=expert), words.say("questionnaire", "how", lang), "")
    return sheets.Sheet(name, above, (parent, first, ratio, second, *keys), rows)
