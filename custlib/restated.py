"""Restated history: which figures of past quarters are others than an earlier report published, by how much, because of which files."""

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
    """What an earlier report said: its quarter, company and currency, and its result tables `control_totals`, `line_accounts` and, if it
    had them, `text_values`."""

    quarter: str
    company: str
    currency: str
    controls: pd.DataFrame
    accounts: pd.DataFrame
    values: pd.DataFrame | None = None


def published(folder: str) -> Published | None:
    """The report in `folder` (`reports/<quarter>/<run>` or `reports/.draft/<quarter>`), None where `folder` is empty text.

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
    """The classes that an earlier report gave for `quarter`: DataFrame score and joint_class over customers, or None where they cannot be
    compared: another quarter, company or currency, other settings, or `folder` is empty text.

    settings: result table `abc_settings` of now. Raises Refused (`no_basis`, `missing_result`).
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
    """The earlier report if it is about the same company in the same currency, else None: other figures are no restatement."""
    same = before is not None and (before.company, before.currency) == (company, currency)
    return before if same else None


def causes(before: Published | None, controls: pd.DataFrame, accounts: pd.DataFrame) -> pd.DataFrame:
    """The files behind each restated figure: one row per table, amount column, quarter and file whose own clean sum in some month
    is another than the earlier report had, where the table's sum of that quarter or of one of its months is another too.

    before: `Published` or None; controls, accounts: result tables `control_totals` and `line_accounts` of now.
    Columns: FILES; change: "new", "gone" or "changed"; lines: clean lines of the whole file. A file that was only renamed restates
    nothing.
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
    """One row per table, amount column and quarter, up to the earlier report's, whose clean sum is another now than it published.

    before: `Published` or None; controls: result table `control_totals` of now; causes: what `causes` gave. `difference` is 0 where
    money only moved between the months of a quarter. Columns: FIGURES (amounts exact; files: names of those that changed it).
    """
    if causes.empty:
        return pd.DataFrame(columns=FIGURES)
    both = _both(before, controls, _KEY)
    both["difference"] = both["now"] - both["before"]
    names = causes.groupby(_KEY)["file"].agg(", ".join).rename("files")
    return both.join(names, how="inner").reset_index().sort_values(_KEY, ignore_index=True)[FIGURES]


def _both(before, controls, by):
    """Clean sums by `by` in quarters that the earlier report covers: columns before and now, exact, 0 where there is none."""
    then, now = (_sums(rows, before.quarter, by) for rows in (before.controls, controls))
    together = pd.concat([then.rename("before"), now.rename("now")], axis=1)
    return together.astype("object").where(together.notna(), Decimal(0))


def _sums(controls, until, by):
    """Clean sums (exact) by `by`, for months of quarters up to `until`; rows without a month hold no clean amount."""
    rows = controls[controls["month"].notna()]
    rows = rows.assign(quarter=rows["month"].map(_quarter))
    rows = rows[(rows["quarter"] <= until) & (rows["amount_clean"] != 0)]
    return rows.groupby(by)["amount_clean"].sum()


def _quarter(month):
    """`2025-11` → `2025Q4`; a quarter stays as it is."""
    return month if "Q" in month else month[:4] + _QUARTER_OF_MONTH[month[5:]]
