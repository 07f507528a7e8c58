"""Restated history: figures of past quarters that differ from an earlier report, by how much, and why."""

import re
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from custlib import project, results
from custlib.cleaning import Clean
from custlib.refusals import Refused

FIGURES = ["table", "column", "quarter", "before", "now", "difference", "files"]
FILES = ["table", "column", "quarter", "file", "change", "before", "now", "difference", "lines_before", "lines_now"]
_KEY = ["table", "column", "quarter"]
_QUARTER_OF_MONTH = {f"{month:02d}": f"Q{(month + 2) // 3}" for month in range(1, 13)}


class Published(NamedTuple):
    """An earlier report: quarter, company, currency, its `control_totals`, `line_accounts` and, if any,
    `text_values`."""

    quarter: str
    company: str
    currency: str
    controls: pd.DataFrame
    accounts: pd.DataFrame
    values: pd.DataFrame | None = None


def published(folder: str) -> Published | None:
    """The report in `folder` (`reports/<quarter>/<run>` or `reports/.draft/<quarter>`); None if `folder` is empty text.

    Raises Refused (`no_basis`, `missing_result`).
    """
    if not folder:
        return None
    quarter = quarter_of(folder)
    facts = results.load("data_facts", folder).iloc[0]
    controls, accounts = results.load("control_totals", folder), results.load("line_accounts", folder)
    has_values = (project.resolve(folder) / "tables" / "text_values.parquet").is_file()
    values = results.load("text_values", folder) if has_values else None
    return Published(quarter, facts["company"], facts["currency"], controls, accounts, values)


def classes(folder: str, quarter: str, clean: Clean, settings: pd.DataFrame) -> pd.DataFrame | None:
    """The classes that an earlier report gave for `quarter`: DataFrame score and joint_class over customers.

    None if they cannot be compared: `folder` is empty text, or the report has another quarter, company, currency or
    settings.
    settings: today's result table `abc_settings`. Raises Refused (`no_basis`, `missing_result`).
    """
    if not folder or quarter_of(folder) != quarter:
        return None
    facts = results.load("data_facts", folder).iloc[0]
    like = (facts["company"], facts["currency"]) == (clean.company, clean.currency)
    if not like or not results.load("abc_settings", folder).equals(settings):
        return None
    return results.load("abc_customers", folder).set_index("customer_id")[["score", "joint_class"]]


def quarter_of(folder: str | Path) -> str:
    """The quarter that a report's folder is named after. Raises Refused (`no_basis`)."""
    named = [part for part in project.resolve(folder).parts[-2:] if re.fullmatch(r"\d{4}Q[1-4]", part)]
    if not named:
        raise Refused("no_basis", folder=folder)
    return named[-1]


def comparable(before: Published | None, company: str, currency: str) -> Published | None:
    """The earlier report if it is of the same company and currency, else None: other figures are no restatement."""
    same = before is not None and (before.company, before.currency) == (company, currency)
    return before if same else None


def causes(before: Published | None, controls: pd.DataFrame, accounts: pd.DataFrame) -> pd.DataFrame:
    """The files behind each restated figure. Columns: FILES.

    before: `Published` or None; controls, accounts: today's result tables `control_totals` and `line_accounts`.
    A row per table, amount column, quarter and file whose clean sum of some month differs from the earlier report, if
    the table's sum of some month of that quarter differs too; a renamed file restates nothing. change: "new", "gone" or
    "changed"; lines_before and lines_now are the clean lines of the whole file.
    """
    if before is None:
        return pd.DataFrame(columns=FILES)
    by_file = _both(before, controls, [*_KEY, "file", "month"])
    by_month = by_file.groupby([*_KEY, "month"]).sum()
    restated = by_month.index[by_month["before"] != by_month["now"]].droplevel("month").unique()
    moved = by_file.index[by_file["before"] != by_file["now"]].droplevel("month").unique()
    moved = moved[moved.droplevel("file").isin(restated)]
    sums = by_file.groupby([*_KEY, "file"]).sum().loc[moved].reset_index()
    for name, rows in (("lines_before", before.accounts), ("lines_now", accounts)):
        sums[name] = sums["file"].map(rows.set_index("file")["clean"]).astype("Int64")
    sums["change"] = "changed"
    sums.loc[sums["lines_before"].isna(), "change"] = "new"
    sums.loc[sums["lines_now"].isna(), "change"] = "gone"
    sums["difference"] = sums["now"] - sums["before"]
    return sums.sort_values([*_KEY, "file"], ignore_index=True)[FILES]


def figures(before: Published | None, controls: pd.DataFrame, causes: pd.DataFrame) -> pd.DataFrame:
    """Clean sums that differ from the earlier report: a row per table, amount column and quarter, up to its quarter.

    before: `Published` or None; controls: today's result table `control_totals`; causes: as `causes` returns them.
    Columns: FIGURES; amounts are exact; difference is 0 if money only moved between the months of a quarter; files: the
    names of the files that changed it.
    """
    if causes.empty:
        return pd.DataFrame(columns=FIGURES)
    both = _both(before, controls, _KEY)
    both["difference"] = both["now"] - both["before"]
    names = causes.groupby(_KEY)["file"].agg(", ".join).rename("files")
    return both.join(names, how="inner").reset_index().sort_values(_KEY, ignore_index=True)[FIGURES]


def _both(before, controls, by):
    """Clean sums by `by` in the quarters that the earlier report covers: columns before and now, exact, 0 without
    any."""
    then, now = (_sums(rows, before.quarter, by) for rows in (before.controls, controls))
    together = pd.concat([then.rename("before"), now.rename("now")], axis=1)
    return together.astype("object").where(together.notna(), Decimal(0))


def _sums(controls, until, by):
    """Exact clean sums by `by`, up to the quarter `until`; rows without a month hold no clean amount."""
    rows = controls[controls["month"].notna()]
    rows = rows.assign(quarter=rows["month"].map(_quarter))
    rows = rows[(rows["quarter"] <= until) & (rows["amount_clean"] != 0)]
    return rows.groupby(by)["amount_clean"].sum()


def _quarter(month):
    """`2025-11` → `2025Q4`; a quarter is returned as it is."""
    return month if "Q" in month else month[:4] + _QUARTER_OF_MONTH[month[5:]]
