"""What was written into plan and interview forms, as new files of the export folder that the next run reads."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from custlib import accounts, escaping, glossary, reference, schema, sheets, words
from custlib.refusals import Refused
from custlib.report import files
from custlib.report.forms import books, coaching, demand

_APART = {demand.KIND: demand, coaching.KIND: coaching}  # forms that are of no customer
_KINDS = (books.PLAN, books.INTERVIEW, *_APART)
_FROM = {"plan_checks": "checked", "plan_changes": "from_quarter", "needs": "importance"}  # a column that only it has
# Table → its column → the form's: those that a line needs, then those that may be blank.
_NEEDED = {
    "plan_checks": {"actual": "checked", "checked_on": "checked_on"},
    "plan_changes": {"from_quarter": "from_quarter", "target": "target", "who": "who", "on": "on"},
    "needs": {name: name for name in ("importance", "ideal", "actual", "question_kind")},
}
_MAY = {
    "plan_checks": ("checked_by", "evidence"),
    "plan_changes": ("why",),
    "needs": ("said", "respondent"),
}
_KEYS = {
    "plan_checks": {"quarter": "quarter", "customer_id": "customer_id", "item": "key_item", "metric": "key_metric"},
    "plan_changes": {"year": "year", "customer_id": "customer_id", "item": "key_item", "metric": "key_metric"},
    "needs": {"quarter": "quarter", "customer_id": "customer_id", "need": "key_need"},
    **{kind: dict.fromkeys(form.KEYS) for kind, form in _APART.items()},
}


def bring(forms: Iterable[str | Path], export: str | Path) -> dict[Path, int]:
    """Writes what forms of one quarter hold as new files of an export folder: path → lines. No file is replaced.

    Checks, interviews and demand plans become workbooks like any other export; corrections of plans and steps agreed
    with a person `reference/plan_changes_….csv`, `reference/development_….csv`.
    Raises Refused before anything is written: as `sheets.read`; `missing_folder`; `form_blank` for a line that lacks a
    cell, `form_percent` for a share of 0.7 where 70 % was promised, `form_twice` for a line that stands in two forms;
    `form_nothing` if none was filled in.
    """
    paths, export = list(map(Path, forms)), Path(export)
    if not export.is_dir():
        raise Refused("missing_folder", folder=export)
    quarter = sheets.told(paths[0])[1]
    found = [table for form in paths for table in _tables(form, quarter)]
    lines = {name: _together([rows for table, rows in found if table == name], name) for name in _KEYS}
    lines = {name: rows for name, rows in lines.items() if len(rows)}
    if not lines:
        raise Refused("form_nothing", file=", ".join(form.name for form in paths))
    if "needs" in lines:
        lines["needs"] = _as_exports_say(lines["needs"], export)
    return {_write(name, rows, export, quarter): len(rows) for name, rows in lines.items()}


def _tables(form, quarter):
    """(table, its lines) of each sheet of a form that is filled in."""
    kind = sheets.told(form)[0]
    if kind not in _KINDS:
        raise Refused("form_other", file=form.name, found=kind, expected=", ".join(_KINDS))
    if kind in _APART:
        yield from _APART[kind].back(form, quarter)
        return
    for sheet in sheets.read(form, kind, books.VERSION, quarter).values():
        for table, own in _FROM.items():
            if own in sheet:
                yield table, _filled(sheet, table, form.name)


def _filled(sheet, table, file):
    """The lines with an answer, in the table's columns, beside file, sheet and line."""
    answers = [*_NEEDED[table].values(), *_MAY[table]]
    rows = sheet[sheet[answers].notna().any(axis=1)]
    for row in rows.to_dict("records"):
        for name in _NEEDED[table].values():
            if pd.isna(row[name]):
                raise Refused("form_blank", **sheets.place_of(sheet, row, name, file))
        if table == "plan_checks" and _is_share_of_percent(row):
            told = {
                "value": f"{row['checked']:g}",
                "percent": f"{row['checked']:.0%}",
                "target": f"{row['target_now']:g}",
            }
            raise Refused("form_percent", **sheets.place_of(sheet, row, "checked", file), **told)
    columns = {**_KEYS[table], **_NEEDED[table], **{name: name for name in _MAY[table]}}
    return pd.DataFrame({name: rows[own] for name, own in columns.items()}).assign(file=file)


def _is_share_of_percent(row):
    """A cell that was typed as 70 % holds 0.7."""
    return row["unit"] == "%" and (row["target_now"] or 0) > 1 and 0 < row["checked"] <= 1


def _together(rows, table):
    if not rows:
        return pd.DataFrame()
    lines, key = pd.concat(rows, ignore_index=True), list(_KEYS[table])
    if table == "plan_changes":
        key.append("from_quarter")
    twice = lines[lines.duplicated(key, keep=False)]
    if len(twice):
        raise Refused(
            "form_twice", files=", ".join(twice["file"].unique()), line=" ".join(map(str, twice[key].iloc[0]))
        )
    return lines.drop(columns="file")


def _as_exports_say(lines, export):
    """Needs and kinds of questions as Chinese exports name them, in whatever language the form was."""
    needs, questions = accounts.needs_of(export), accounts.questions(export)
    kinds = {question[lang]: question["zh"] for question in questions.to_dict("records") for lang in words.LANGUAGES}
    needs = dict(zip(needs["need"], needs["zh"], strict=True))
    return lines.assign(need=lines["need"].map(needs), question_kind=lines["question_kind"].map(kinds))


def _write(table, lines, export, quarter):
    if f"{table}.csv" in reference.IN_PARTS:
        path = _new(export / "reference", f"{table}_{quarter}", ".csv")
        files.make_folder(path.parent)
        files.write(path, _as_csv(lines[list(reference.COLUMNS[f"{table}.csv"])]))
        return path
    term = glossary.term(table, "zh")
    path = _new(export, f"{term}_{quarter}", ".xlsx")
    headers = {column.name: column.headers[0] for column in schema.TABLES[table].columns}
    with sheets.new_workbook(path) as book:
        sheet = book.add_worksheet(term)
        sheet.write_row(0, 0, [headers[name] for name in lines])
        for at, row in enumerate(lines.astype("object").where(lines.notna(), None).to_numpy().tolist(), 1):
            sheet.write_row(at, 0, row)
    return path


def _new(folder, name, end):
    """A path of that name that is not there yet."""
    names = (f"{name}{end}", *(f"{name}_{number}{end}" for number in range(2, 10_000)))
    return next(folder / name for name in names if not (folder / name).exists())


def _as_csv(lines):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(lines)
    cells = lines.astype("object").where(lines.notna(), "").to_numpy().tolist()
    writer.writerows([[escaping.cell(_shown(cell)) for cell in row] for row in cells])
    return text.getvalue()


def _shown(cell):
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell)
