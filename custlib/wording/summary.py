"""The front page of notebook 90: the quarter in one sentence, gaps in the data. Facts for
`words/<language>/summary.j2`."""

import pandas as pd

from custlib import changes, quarters
from custlib.facts.absence import stated


def conclusion(totals: pd.DataFrame, quarter: str, *, size_is: str = "payments") -> dict:
    """The quarter in one sentence: net sales, and payments where customer size is payments.

    totals: result table `abc_totals`; size_is: "payments" or "net_sales".
    """
    now = totals.set_index("quarter").loc[quarter]
    asked = quarters.parse(quarter)
    nameless = now["without_customer_share"]  # missing in a report on a part
    return {
        "quarter": quarter,
        "previous": str(asked.previous()),
        "year_ago": str(asked.previous(4)),
        "sales": changes.headline(totals, quarter, "net_sales"),
        "payments": changes.headline(totals, quarter, "payments") if size_is == "payments" else None,
        "customers": int(now["customers"]),
        "nameless": float(nameless) if nameless > 0 else 0.0,
        "fees": float(now.get("fees", 0)),
    }


def missing_note(data: pd.Series) -> dict | None:
    """Which months before the quarter the exports do not hold, and in which the company was closed; None without any.

    data: the one row of result table `data_facts`.
    """
    return {name: data[name] for name in ("missing", "closed")} if data["missing"] or data["closed"] else None


def absent_customers(data: pd.Series, quarter: str) -> dict | None:
    """That so many customers are missing at once that the exports are to be asked first; None where they are not.

    data: the one row of result table `data_facts`.
    """
    found = stated(data)
    previous = str(quarters.parse(quarter).previous())
    return found._asdict() | {"quarter": quarter, "previous": previous} if found.doubtful else None


def unfinished_note(data: pd.Series, quarter: str) -> dict | None:
    """That the quarter is incomplete, and why: data begin late or end early, or months are missing; None if it is
    complete.

    data: the one row of result table `data_facts`.
    """
    asked = quarters.parse(quarter)
    facts = {
        "quarter": quarter,
        "begin": data["data_from"] if data["data_from"] > asked.first_day else None,
        "end": data["data_until"] if data["data_until"] < asked.last_day else None,
        "gaps": data["gaps"],
    }
    return facts if facts["begin"] or facts["end"] or facts["gaps"] else None
