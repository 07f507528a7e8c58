"""With or without tax, in notebook 10: facts for `words/<language>/tax.j2`."""

import pandas as pd


def tax_reading(basis: pd.DataFrame) -> dict | None:
    """What is declared of each table, and whether its figures agree. basis: result table `tax_basis`."""
    if not len(basis):
        return None
    tables = basis.assign(doubted=_contradicts(basis) | (basis["declared"] == ""))
    payments = basis.loc[basis["table"] == "payments", "declared"]
    return {"tables": tables.to_dict("records"), "payments": payments.iloc[0]}


def tax_doubt(basis: pd.DataFrame) -> dict | None:
    """What makes doubtful whether amounts are with tax: nothing is said of payments, or the figures contradict what is.
    basis: result table `tax_basis`."""
    unsaid = (basis["table"] == "payments") & (basis["declared"] == "")
    doubted = basis[unsaid | _contradicts(basis)]
    return {"tables": doubted[["table", "declared", "fits"]].to_dict("records")} if len(doubted) else None


def _contradicts(basis):
    return (basis["declared"] != "") & (basis["fits"] != "cannot_tell") & (basis["fits"] != basis["declared"])
