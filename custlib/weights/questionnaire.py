"""The experts' questionnaire, an Excel sheet per expert with the pairs needed, and the answers (table `pairwise`)."""

import contextlib
import datetime
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from custlib import glossary, words
from custlib.refusals import Refused
from custlib.weights.comparisons import GOAL, children_of

SCALE = (9, 8, 7, 6, 5, 4, 3, 2, 1, 0.5, 0.3333, 0.25, 0.2, 0.1667, 0.1429, 0.125, 0.1111)
# The headers by which cleaning reads an answered sheet; `schema.TABLES["pairwise"]` knows them.
HEADERS = {"expert": "专家", "parent_id": "上级因素", "factor_a": "因素A", "factor_b": "因素B", "ratio": "比值"}
_ROW = 3  # of the header, from 0: the lines above it explain
_MADE_ON = datetime.datetime(2000, 1, 1)  # the same questionnaire is the same file


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
    with _new_workbook(path) as book:
        for place, expert in enumerate(experts, 1):
            _sheet(book, book.add_worksheet(f"{place} {_plain(expert)}"), expert, lines, names, lang)


def answers(path: str | Path) -> pd.DataFrame:
    """The answers of all sheets as lines of `pairwise`: expert, parent_id, factor_a, factor_b, ratio, sheet, line,
    without blanks.

    Raises Refused: `no_workbook` for a file that is missing or no Excel file, `not_a_questionnaire` for a sheet without
    the header, `answer_strange` for an answer that is no number from 1/9 to 9.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        rows, book = [], CalamineWorkbook.from_path(str(path))
    except (OSError, CalamineError) as error:
        raise Refused("no_workbook", file=path, reason=error) from error
    for sheet in book.sheet_names:
        lines = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        head = lines[_ROW] if len(lines) > _ROW else []
        if not set(HEADERS.values()) <= set(head):
            raise Refused("not_a_questionnaire", file=Path(path).name, sheet=sheet)
        at = {name: head.index(header) for name, header in HEADERS.items()}
        for line, cells in enumerate(lines[_ROW + 1 :], _ROW + 2):
            row = {name: cells[place] for name, place in at.items()} | {"sheet": sheet, "line": line}
            if row["ratio"] != "":
                rows.append(row | {"ratio": _answer(row, Path(path).name)})
    return pd.DataFrame(rows, columns=[*HEADERS, "sheet", "line"])


def save_answers(rows: pd.DataFrame, path: str | Path) -> None:
    """Writes answers, of one or more questionnaires, as the one sheet that cleaning reads (`两两比较.xlsx`).

    Raises Refused (`file_exists`, `cannot_write`).
    """
    with _new_workbook(path) as book:
        sheet = book.add_worksheet("两两比较")
        sheet.write_row(0, 0, HEADERS.values())
        for line, row in enumerate(rows[list(HEADERS)].itertuples(index=False), 1):
            sheet.write_row(line, 0, row)


@contextlib.contextmanager
def _new_workbook(path):
    import xlsxwriter

    if Path(path).exists():
        raise Refused("file_exists", file=path)
    try:
        with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
            book.set_properties({"created": _MADE_ON})
            yield book
    except xlsxwriter.exceptions.FileCreateError as error:
        raise Refused("cannot_write", folder=path, reason=error.__context__.strerror) from error


def _sheet(book, sheet, expert, lines, names, lang):
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    answer = book.add_format({"locked": False, "bg_color": "#FFF7D6", "border": 1})
    parent, first, second = (words.say("questionnaire", name, lang) for name in ("parent", "first", "second"))
    head = [parent, first, HEADERS["ratio"], second, *(HEADERS[name] for name in list(HEADERS)[:4])]
    sheet.write(0, 0, words.say("questionnaire", "title", lang, expert=expert), bold)
    sheet.write(1, 0, words.say("questionnaire", "how", lang))
    sheet.write_row(_ROW, 0, head, bold)
    for line, row in enumerate(lines.itertuples(index=False), _ROW + 1):
        sheet.write_row(line, 0, [names[row.parent_id], names[row.factor_a]], wrap)
        sheet.write_blank(line, 2, None, answer)
        sheet.write_row(line, 3, [names[row.factor_b]], wrap)
        sheet.write_row(line, 4, [expert, *row])
    sheet.data_validation(_ROW + 1, 2, _ROW + len(lines), 2, {"validate": "list", "source": list(SCALE)})
    sheet.set_column(0, 3, 26)
    sheet.set_column(2, 2, 10)
    sheet.set_column(4, 7, 20)
    sheet.freeze_panes(_ROW + 1, 0)
    sheet.protect()


def _answer(row, file):
    ratio = pd.to_numeric(str(row["ratio"]).strip(), errors="coerce")
    if not 1 / 9.1 <= ratio <= 9.001:
        raise Refused("answer_strange", file=file, sheet=row["sheet"], line=row["line"], value=row["ratio"])
    return float(ratio)


def _plain(name):
    """A name without the characters that Excel forbids in a sheet's name, short enough."""
    return "".join(char for char in name if char not in "[]:*?/\\'")[:25]
