"""What each customer did by month, and document by document: summed in the engine, so that no sales line leaves it."""

import pandas as pd

from custlib import quarters
from custlib.cleaning import Clean
from custlib.facts.sums import frame, of_customers

DOCUMENT = ("invoice_id", "date")


def customer_months(clean: Clean, quarter: str) -> pd.DataFrame:
    """One row per customer and month in which something happened, from the first one to the last of `quarter`.

    Sorted by customer_id and month ("2025-11"). net_sales and payments in yuan, 0.0 where nothing happened; payments
    are NaN where the exports hold none. orders: documents whose lines in the month come to more than zero, so that a
    return is no order; a document is what a customer has under one number on one day, or without numbers on one day.
    Fees and lines without a customer are left out, as in `indicators`.
    """
    last_day = quarters.parse(quarter).last_day
    sales = _with_month(of_customers(clean), last_day)
    invoices = sales.group_by("customer_id", "month", *DOCUMENT).agg(net=sales.net_amount.sum())
    bought = invoices.group_by("customer_id", "month").agg(
        net_sales=invoices.net.sum(), orders=(invoices.net > 0).sum()
    )
    parts = [frame(bought, ["customer_id", "month"])]
    if clean.has("payments"):
        payments = _with_month(clean.table("payments"), last_day)
        paid = payments.group_by("customer_id", "month").agg(payments=payments.amount.sum())
        parts.append(frame(paid, ["customer_id", "month"]))
    together = pd.concat(parts, axis=1).fillna(0.0).sort_index().reset_index()
    together = together.reindex(columns=["customer_id", "month", "net_sales", "payments", "orders"])
    return together.astype({"payments": "float64", "orders": "int64"})


def last_month(clean: Clean, quarter: str) -> str:
    """The last month of a quarter that the data fill, such as "2025-12"; the quarter's first where they fill none."""
    asked, until = quarters.parse(quarter), clean.data_until
    months = pd.period_range(asked.first_day, asked.last_day, freq="M")
    filled = [str(month) for month in months if month.end_time.date() <= until]
    return filled[-1] if filled else str(months[0])


def documents(clean: Clean, quarter: str) -> pd.DataFrame:
    """One row per invoice and payment of a quarter, what `abc_classes.how_sure` draws from.

    An invoice is what a customer has under one number on one day: without numbers, or under one for all, on one day.
    Index customer_id, sorted by it, kind and number of the document. kind: "invoice" or "payment"; size_fen: what it
    adds to the customer's size, in fen (a payment its amount; an invoice nothing, but its net amount where the exports
    hold no payments); profit_fen: what it adds to gross profit, missing where the cost of one of its lines is. Of an
    invoice the lines of the quarter count, without fees; lines without a customer are left out, as in `indicators`.
    """
    asked = quarters.parse(quarter)
    pays = clean.has("payments")
    sales = _within(of_customers(clean), asked)
    sums = sales.group_by("customer_id", *DOCUMENT).agg(
        net=sales.net_amount.sum(),
        profit=(sales.net_amount - sales.cost).sum(),
        at_unknown_cost=sales.cost.isnull().sum(),
    )
    invoices = frame(sums, ["customer_id", *DOCUMENT])
    profit = _fen(invoices["profit"].where(invoices["at_unknown_cost"] == 0))
    size = 0 if pays else _fen(invoices["net"])
    parts = [pd.DataFrame({"kind": "invoice", "size_fen": size, "profit_fen": profit}, invoices.index)]
    if pays:
        payments = _within(clean.table("payments"), asked)
        sums = payments.group_by("customer_id", "payment_id").agg(amount=payments.amount.sum())
        paid = frame(sums, ["customer_id", "payment_id"])
        parts.append(pd.DataFrame({"kind": "payment", "size_fen": _fen(paid["amount"]), "profit_fen": 0}, paid.index))
    rows = pd.concat([part.reset_index(part.index.names[1:], drop=True) for part in parts]).sort_index(kind="stable")
    return rows.astype({"size_fen": "int64", "profit_fen": "Int64"})


def _within(rows, quarter):
    return rows.filter((rows.date >= quarter.first_day) & (rows.date <= quarter.last_day))


def _with_month(rows, last_day):
    return rows.filter(rows.date <= last_day).mutate(month=lambda t: t.date.cast("string").substr(0, 7))


def _fen(yuan):
    """Sums in yuan as whole fen again, exact up to 20 million million yuan."""
    return (yuan * 100).round().astype("Int64")
