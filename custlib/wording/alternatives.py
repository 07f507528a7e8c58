"""Text alternatives of the figures: facts for `words/<language>/alternatives.j2`, from the table that the figure
draws."""

import pandas as pd


def pareto_alt(table: pd.DataFrame, *, indicator: str = "size") -> dict:
    """table: one row per customer: rank, value, cumulative_share, class."""
    sums, sizes = table.groupby("class", observed=True)["value"].sum(), table["class"].value_counts()
    shares = sums / table["value"].sum()
    classes = [
        {"letter": letter, "customers": int(sizes[letter]), "share": float(shares[letter])}
        for letter in ("A", "B", "C")
        if sizes.get(letter, 0)
    ]
    return {"indicator": indicator, "customers": len(table), "classes": classes}


def pareto_caption(indicator: str = "size") -> dict:
    """What the bars and their colours stand for."""
    return {"indicator": indicator, "colour": f"{indicator}_class"}


def line_accounts_alt(table: pd.DataFrame) -> dict:
    """table: one row per table and class of lines: table, class, lines."""
    aside = table[table["class"] == "quarantined"].groupby("table", sort=False)["lines"].sum()
    tables = [{"table": name, "lines": int(lines)} for name, lines in aside.items() if lines]
    return {"tables": table["table"].nunique(), "aside": tables}


def reasons_alt(table: pd.DataFrame) -> dict:
    """table: label (a reason for setting lines aside), lines."""
    return {"reasons": table[["label", "lines"]].to_dict("records")}


def trend_alt(table: pd.DataFrame) -> dict:
    """table: quarter (oldest first), value (money), label (what the line shows)."""
    ends = [(label, *line["value"].iloc[[0, -1]]) for label, line in table.groupby("label", sort=False)]
    lines = [{"label": label, "first": float(first), "last": float(last)} for label, first, last in ends]
    return {"begin": table["quarter"].iloc[0], "end": table["quarter"].iloc[-1], "lines": lines}
