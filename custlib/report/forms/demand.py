"""The form of the monthly demand plan: a sheet a month beside forecast and range, read as drafts when it comes back."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from custlib import reference, results, sheets, steps, words
from custlib.refusals import Refused
from custlib.report import files
from custlib.report.archive import archive
from custlib.sheets import Column, Sheet

KIND, VERSION, LIST = "demand_plan", 1, "demand_form"
KEYS = ("plan_kind", "period", "product_id", "status")
_STANDS = ("product_id", "year_ago", "forecast", "low", "high", "cover_months", "last_error")
_SIGNED = ("owner", "issued_on")
_MOST = 1e9


def make(run: archive.Run, reports: Path, lang: str) -> tuple[Path, int]:
    """Writes the form of a published run into `forms/<quarter>/` of the reports folder: its path, and how many months.

    Raises Refused: `missing_result`, `file_exists`, `cannot_write`, `locked`.
    """
    quarter = run.folder.parent.name
    tables = {name: results.load(name, run.folder) for name in ("demand_forecast", "stock_cover", "plan_accuracy")}
    made = book(**tables, quarter=quarter, lang=lang)
    target = reports / "forms" / quarter
    path = target / f"{words.say(LIST, 'file', lang)}.xlsx"
    with files.only_one(target):
        sheets.write(path, made, KIND, VERSION, quarter)
    return path, len(made) - 1


def book(
    demand_forecast: pd.DataFrame, stock_cover: pd.DataFrame, plan_accuracy: pd.DataFrame, quarter: str, lang: str
) -> list[Sheet]:
    """A sheet for who plans and when, and one for each month to come: each model with the same month a year before,
    forecast and range, how long stock lasts, how far off its last plans were, and cells for quantity and reason.

    demand_forecast, stock_cover, plan_accuracy: result tables.
    """
    say = words.all_of(LIST, lang)
    own = plan_accuracy.query("level == 'product' and plan_kind == 'monthly'").set_index("name")["bias"]
    rows = demand_forecast.assign(
        cover_months=demand_forecast["product_id"].map(stock_cover.set_index("product_id")["cover_months"]).round(1),
        last_error=(100 * demand_forecast["product_id"].map(own).astype("float64")).round(),
    )
    rows = rows.round({name: 0 for name in ("year_ago", "forecast", "low", "high")})
    shown = [Column(name, say[name], 14) for name in _STANDS]
    asked = [
        Column("quantity", say["quantity"], 14, open=True, between=(0, _MOST), whole=True),
        Column("reason", say["reason"], 44, open=True),
    ]
    who = (Column("owner", say["owner"], 20, open=True), Column("issued_on", say["issued_on"], 20, open=True, day=True))
    blank = pd.DataFrame([dict.fromkeys(_SIGNED)])
    months = [
        Sheet(month, (f"{say['file']} – {month}", say["how"], ""), (*shown, *asked), _lines(of_month, month))
        for month, of_month in rows.groupby("month")
    ]
    return [Sheet(say["sheet_signed"], (f"{say['file']} – {quarter}", say["how_signed"], ""), who, blank), *months]


def back(form: Path, quarter: str) -> Iterator[tuple[str, pd.DataFrame]]:
    """("demand_plan", lines as exports hold them) of a form that came back: drafts of monthly plans, a line for each
    quantity.

    Raises Refused: as `sheets.read`; `form_blank` for a reason without a quantity, or quantities that nobody signed;
    `form_reason` for a quantity outside the range without a reason.
    """
    signed, *months = sheets.read(form, KIND, VERSION, quarter).values()
    lines = pd.concat([_planned(sheet, form.name) for sheet in months], ignore_index=True)
    if lines.empty:
        return
    for name in _SIGNED:
        if pd.isna(signed[name].iloc[0]):
            raise Refused("form_blank", **sheets.place_of(signed, signed.iloc[0], name, form.name))
    status, kind = (reference_word(name) for name in ("draft", "monthly"))
    yield KIND, lines.assign(plan_kind=kind, status=status, **signed[list(_SIGNED)].iloc[0], file=form.name)


def reference_word(key: str) -> str:
    """A step or a kind of plan as Chinese exports name it."""
    kinds = reference.table("words.csv").query("field == 'demand_plan.plan_kind'").set_index("key")["zh"]
    return pd.concat([kinds, steps.of(KIND).set_index("status")["zh"]])[key]


def _lines(rows, month):
    kept = rows[[*_STANDS]].reset_index(drop=True)
    return kept.assign(quantity=None, reason=None, period=month)


def _planned(sheet, file):
    rows = sheet[sheet[["quantity", "reason"]].notna().any(axis=1)]
    for row in rows.to_dict("records"):
        if pd.isna(row["quantity"]):
            raise Refused("form_blank", **sheets.place_of(sheet, row, "quantity", file))
        outside = pd.notna(row["high"]) and not row["low"] <= row["quantity"] <= row["high"]
        if outside and pd.isna(row["reason"]):
            ends = {name: f"{row[name]:,.0f}" for name in ("low", "high")}
            place = sheets.place_of(sheet, row, "reason", file)
            raise Refused("form_reason", **place, value=f"{row['quantity']:,.0f}", **ends)
    return rows[["period", "product_id", "quantity", "reason"]]
