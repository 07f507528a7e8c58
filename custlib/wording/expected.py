"""Which customers changed against what was expected of them, and which made the year. Facts for
`words/<language>/expected.j2`."""

import pandas as pd

_NAMED = 3  # customers on either side


def changed_reading(changes: pd.DataFrame) -> dict:
    """How many customers fell and rose beyond chance, and with how much money. changes: result table
    `customer_changes`."""
    kinds = {kind: changes[changes["change"] == kind] for kind in ("fell", "rose")}
    facts = {
        kind: {"customers": len(rows), "a_year": float(rows["a_year"].abs().sum())} for kind, rows in kinds.items()
    }
    return facts | {
        "customers": len(changes),
        "judged": bool(changes["chance"].notna().any()),
        "a_year_ago": bool(changes["year_ago"].notna().any()),
    }


def year_reading(bridge: pd.DataFrame) -> dict | None:
    """Who made the change on last year; None without a last year. bridge: result table `year_bridge`."""
    if not bridge.loc[bridge["part"] == "total", "year_ago"].gt(0).any():
        return None
    named = {part: bridge[bridge["part"] == part].head(_NAMED) for part in ("gained", "lost")}
    shown = pd.concat(named.values())
    customers = bridge[bridge["customers"].notna()]
    rest = customers.drop(shown.index)
    smaller = int(rest["part"].isin(list(named)).sum())  # bars of the figure that no name here stands for
    return {
        **{part: rows[["name", "change"]].to_dict("records") for part, rows in named.items()},
        "others": {"customers": int(rest["customers"].sum()), "change": float(rest["change"].sum()), "drawn": smaller},
    }


def year_bridge_alt(table: pd.DataFrame) -> dict:
    """table: result table `year_bridge`."""
    total = table[table["part"] == "total"].iloc[0]
    return {"before": float(total["year_ago"]), "now": float(total["net_sales"]), **(year_reading(table) or {})}


def expected_and_came_alt(table: pd.DataFrame) -> dict:
    """table: the customers that changed, of result table `customer_changes`."""
    lines = table[["name", "change", "expected", "net_sales"]].to_dict("records")
    return {"customers": len(lines), "lines": lines[:10]}
