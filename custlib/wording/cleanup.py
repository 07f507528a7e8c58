"""What notebook 10 reports about the exports: facts for `words/<language>/cleanup.j2`."""

import pandas as pd

_NAMED = 3


def what_came(accounts: pd.DataFrame, present: pd.DataFrame, not_read: str = "") -> dict:
    """How many files, tables and lines came, and what became of the lines.

    accounts, present: result tables `line_accounts` and `tables_present`; not_read: names of the files that are
    declared as not to be read, as in `data_facts`.
    """
    lines, clean, aside = (int(accounts[column].sum()) for column in ("lines", "clean", "quarantined"))
    return {
        "files": len(accounts),
        "tables": accounts["table"].nunique(),
        "lines": lines,
        "clean": clean,
        "aside": aside,
        "share": clean / max(clean + aside, 1),
        "not_read": not_read,
        "absent": list(present.loc[present["rows"] == 0, "table"]),
    }


def documents(lines: pd.Series) -> dict | None:
    """What a document is where sales have no invoice numbers; None where all have. lines: `accounting.unnumbered`."""
    return lines.to_dict() if lines["unnumbered"] else None


def noted(notes: pd.DataFrame, sheets: pd.DataFrame) -> dict:
    """Remarks on files and sheets that an analyst should know. notes, sheets: result tables."""
    by_note = notes.groupby("note").agg(places=("count", "sum"), files=("file", "nunique")).reset_index()
    return {
        "notes": by_note.to_dict("records"),
        "sheets": len(sheets),
        "unread": int((~sheets["read"].astype(bool)).sum()),
        "unseen": int((~sheets["visible"].astype(bool)).sum()),
        "rows": int(sheets["hidden_rows"].fillna(0).sum()),
    }


def set_aside(reasons: pd.DataFrame) -> dict:
    """How many lines were set aside, and the most frequent reasons. reasons: result table `quarantine_reasons`."""
    return _most_frequent(reasons.groupby("reason")["lines"].sum())


def left_out(accounts: pd.DataFrame, tables: list[str]) -> dict | None:
    """How many lines of the tables that a page is about were set aside. accounts: `accounting.line_accounts`; None if
    there is none."""
    sums = accounts[accounts["table"].isin(tables)].groupby("table")[["clean", "quarantined"]].sum()
    rows = [{"table": row.Index, "aside": int(row.quarantined), "rows": int(row.clean + row.quarantined)} for row in
            sums[sums["quarantined"] > 0].itertuples()]  # fmt: skip
    return {"tables": rows} if rows else None


def set_aside_groups(reasons: pd.DataFrame) -> dict:
    """How many lines were set aside by table and reason, and the largest groups. reasons: result table
    `quarantine_reasons`."""
    groups = reasons.groupby(["table", "reason"], as_index=False)["lines"].sum()
    largest = groups.sort_values("lines", ascending=False, kind="stable").head(_NAMED)
    return {"total": int(groups["lines"].sum()), "groups": len(groups), "largest": largest.to_dict("records")}


def changed(rules: pd.DataFrame) -> dict:
    """How many cells were rewritten, and the most frequent rules. rules: result table `change_rules`."""
    return _most_frequent(rules.groupby("rule")["cells"].sum())


def money_adds_up(controls: pd.DataFrame) -> dict:
    """Whether the amounts in the files equal the clean ones plus those set aside. controls: result table
    `control_totals`."""
    off = controls[controls["difference"] != 0]
    worst = off.loc[off["difference"].abs().astype(float).sort_values(ascending=False, kind="stable").index]
    worst = worst.drop_duplicates("file")
    aside = controls.groupby("column", sort=False)["amount_quarantined"].sum()
    return {
        "any": bool(len(controls)),
        "off": len(worst),
        "worst": [
            {"file": row.file, "column": row.column, "difference": float(row.difference)}
            for row in worst.head(_NAMED).itertuples()
        ],
        "files": controls["file"].nunique(),
        "aside": [{"column": column, "amount": float(amount)} for column, amount in aside.items() if amount],
    }


def _most_frequent(counts):
    ordered = counts.sort_index().sort_values(ascending=False, kind="stable")
    first = [{"key": key, "number": int(number)} for key, number in ordered.head(_NAMED).items()]
    return {"total": int(counts.sum()), "first": first, "more": len(ordered) > _NAMED}
