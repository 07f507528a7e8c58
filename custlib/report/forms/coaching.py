"""The sheet for the talk with one person: their own scores, months and agreements, and cells for the next steps."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from custlib import codebook, reference, results, sheets, words
from custlib.page import vocabulary
from custlib.refusals import Refused
from custlib.report import files
from custlib.report.archive import archive
from custlib.report.forms import reviews
from custlib.sheets import Column, Sheet
from custlib.wording.sentences import Context

KIND, VERSION, LIST = "development", 1, "coaching_form"
KEYS = ("person_id", "quarter", "step")
TABLES = ("scorecard", "scorecard_total", "self_other", "monthly_follow")
_SCORES = ("kpi", "weight", "adjusted", "low", "high", "cases", "self_minus_others", "change")
_MONTHS = ("month", "kpi", "value", "path")
_AGREED = ("quarter", "step", "by_when")
_LINES = 6


def make(
    run: archive.Run, reports: Path, lang: str, data_dir: str | Path, person_id: str | None = None
) -> tuple[Path, int]:
    """Writes a sheet for each person rated in a run of people, or for one, into `forms/<quarter>/<run>/` of its folder
    (`reports/people`): the folder, and how many. Named by ids; all or none.

    Raises Refused: `missing_result`, `unknown_person`, `file_exists`, `cannot_write`, `locked`.
    """
    quarter = run.folder.parent.name
    tables = {name: results.load(name, run.folder) for name in TABLES}
    rated = sorted(tables["scorecard"]["person_id"].unique())
    if person_id is not None and person_id not in rated:
        raise Refused("unknown_person", person=person_id, known=", ".join(rated))
    agreed, context = reference.signed("development.csv", data_dir), Context(vocabulary=vocabulary.of(data_dir))
    target = reports / "forms" / quarter / run.run
    paths = {person: target / f"{person}.xlsx" for person in ([person_id] if person_id else rated)}
    with files.only_one(reports / "forms"):
        if there := next((path for path in paths.values() if path.exists()), None):
            raise Refused("file_exists", file=there)
        staging = reports / "forms" / ".staging"
        files.remove(staging)
        files.make_folder(staging)
        try:
            for person, path in paths.items():
                made = book({name: own(rows, name, person) for name, rows in tables.items()}, lang, context)
                steps = _steps(agreed[agreed["person_id"] == person], person, quarter, lang)
                sheets.write(staging / path.name, [*made, *steps], KIND, VERSION, quarter)
            files.make_folder(target)
            for path in paths.values():
                files.move(staging / path.name, path)
        finally:
            files.remove(staging)
    return target, len(paths)


def own(rows: pd.DataFrame, name: str, person_id: str) -> pd.DataFrame:
    """What a person is given of a result table: their own rows, and the columns that the codebook gives to a person."""
    lines = codebook.columns(name)
    given = [column for column in rows if codebook.edition(lines[column]) == "person"]
    return rows.loc[rows["person_id"] == person_id, given].reset_index(drop=True)


def book(tables: dict[str, pd.DataFrame], lang: str, context: Context) -> list[Sheet]:
    """The sheets with a person's figures: KPIs and total, and months where there are any. tables: as `own` gives them,
    by name (`TABLES`)."""
    say, person = words.all_of(LIST, lang), tables["scorecard"]["person_id"].iloc[0]
    beside = tables["self_other"].set_index("kpi")["self_minus_others"]
    scores = tables["scorecard"]
    scores = reviews.in_words("scorecard", scores, lang, context).assign(
        weight=100 * scores["weight"], self_minus_others=scores["kpi"].map(beside)
    )
    total = tables["scorecard_total"].rename(columns={"score": "adjusted"}).assign(kpi=say["total"])
    scores = pd.concat([part.reindex(columns=[*_SCORES]).astype("object") for part in (scores, total)])
    months = reviews.in_words("monthly_follow", tables["monthly_follow"], lang, context)
    made = [("scores", scores, _SCORES), ("months", months, _MONTHS)]
    return [_shown(key, rows, names, person, say) for key, rows, names in made if len(rows)]


def back(form: Path, quarter: str) -> Iterator[tuple[str, pd.DataFrame]]:
    """("development", lines of `development.csv`) of a sheet that came back: a line for each step.

    Raises Refused: as `sheets.read`; `form_blank` for a line that lacks the step, its day, or who signed and when.
    """
    *_, sheet = sheets.read(form, KIND, VERSION, quarter).values()
    asked = ["step", "by_when", "who", "on", "why"]
    rows = sheet[sheet[asked].notna().any(axis=1)]
    for row in rows.to_dict("records"):
        for name in asked[:-1]:
            if pd.isna(row[name]):
                raise Refused("form_blank", **sheets.place_of(sheet, row, name, form.name))
    if len(rows):
        yield KIND, rows[["person_id", "quarter", *asked]].assign(file=form.name)


def _steps(agreed, person_id, quarter, lang):
    """What was agreed before, where anything was, and the lines to fill in."""
    say = words.all_of(LIST, lang)
    columns = [
        Column(name, say[name], 40 if name in ("step", "why") else 16, open=True) for name in ("step", "who", "why")
    ]
    days = [Column(name, say[name], 16, open=True, day=True) for name in ("by_when", "on")]
    asked = (columns[0], days[0], columns[1], days[1], columns[2])
    rows = pd.DataFrame({"person_id": [person_id] * _LINES, "quarter": quarter})
    before = [_shown("agreed", agreed, _AGREED, person_id, say)] if len(agreed) else []
    return [
        *before,
        Sheet(
            say["sheet_steps"],
            _above("steps", person_id, say),
            asked,
            rows.reindex(columns=["person_id", "quarter", *(c.name for c in asked)]),
        ),
    ]


def _shown(key, rows, names, person_id, say):
    wide = ("kpi", "step")
    columns = tuple(Column(name, say[name], 30 if name in wide else 14) for name in names)
    cells = rows[[*names]].map(lambda cell: round(cell, 1) if isinstance(cell, float) else cell)
    return Sheet(say[f"sheet_{key}"], _above(key, person_id, say), columns, cells.reset_index(drop=True))


def _above(key, person_id, say):
    return f"{say[f'sheet_{key}']} – {person_id}", say[f"how_{key}"], ""
