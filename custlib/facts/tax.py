"""With or without tax: which of the two the amounts of payments and of receivables fit, beside net sales without it."""

import numpy as np
import pandas as pd

from custlib.cleaning import Clean
from custlib.facts.credit import money_flows

FEWEST = 6  # customers; of fewer the 95 % interval of a median is all their range
BASIS = ["table", "declared", "fits", "ratio", "customers"]


def tax_basis(clean: Clean, quarter: str) -> pd.DataFrame:
    """Whether payments and receivables are with tax, as declared and as the figures have it. Columns: BASIS.

    What a customer bought is what it paid and what it owes more than before; here from the end of the first to that of
    the last quarter, up to `quarter`, in which it states its receivables and whose time the data cover.
    - payments: (payments + change in receivables) ÷ net sales is 1 where payments are without tax, 1 + rate where with.
    - dealer_profit: (net sales on the basis that payments fit − payments) ÷ change in receivables is 1 where these are
      on the same basis, and else as far from it as the tax.
    ratio: the median over customers; customers: how many there are; declared: "included", "excluded", or "".
    fits: "included" or "excluded" if the 95 % interval of the median is nearer to that than half the way between the
    two, on both sides; else "cannot_tell". No row without sales or payments.
    """
    if not (clean.has("payments") and clean.has("sales")):
        return pd.DataFrame(columns=BASIS)
    flows, rate = money_flows(clean, quarter), 1 + clean.tax_rate
    all_bought = (flows["paid"] + flows["owed_more"]) / flows["sold"]
    payments = _row(clean, "payments", all_bought, {"excluded": 1, "included": rate})
    basis = {"excluded": 1, "included": rate}.get(payments["fits"], np.nan)
    unpaid = (basis * flows["sold"] - flows["paid"]) / flows["owed_more"]
    owed = _row(clean, "dealer_profit", unpaid, {"excluded": basis, "included": basis / rate})
    return pd.DataFrame([payments, owed] if clean.has("dealer_profit") else [payments], columns=BASIS)


def _row(clean, table, ratios, expected):
    ratios = ratios.replace([np.inf, -np.inf], np.nan).dropna()
    near = [name for name, value in expected.items() if _is_near(ratios, value, (1 + clean.tax_rate) ** 0.5)]
    return {
        "table": table,
        "declared": clean.taxes.get(table, ""),
        "fits": near[0] if near else "cannot_tell",
        "ratio": ratios.median(),
        "customers": len(ratios),
    }


def _is_near(ratios, value, half):
    """Whether the 95 % interval of the median (by ranks) lies within half the tax of the value, as factors."""
    if len(ratios) < FEWEST:
        return False
    ranks = np.clip(0.5 + np.array([-1, 1]) * 0.98 / len(ratios) ** 0.5, 0, 1)
    low, high = ratios.quantile(ranks)
    return value / half < low and high < value * half
