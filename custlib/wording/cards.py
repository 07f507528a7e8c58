"""The key figures of the front page: facts for the cards of `words/<language>/cards.j2`."""

import pandas as pd

from custlib import quarters

_AMOUNTS, _CARDS = ("payments", "net_sales", "gross_profit"), 4
_LEVEL = 0.005  # a smaller change counts as none


def key_figures(totals: pd.DataFrame, summary: pd.DataFrame, quarter: str, *, size_is: str = "payments") -> list[dict]:
    """Facts for the cards with a director's first figures, one dict per card, at most four.

    totals, summary: result tables `abc_totals` and `abc_summary`. In this order: payments, net sales and gross profit
    as far as the data hold them, the number of customers, the share of size that class A brings; each with its change
    on last year, which holds the same season, or else on the quarter before.
    """
    rows = totals.set_index("quarter").sort_index()
    amounts = [_card(name, rows[name], quarter) for name in _AMOUNTS if pd.notna(rows.at[quarter, name])]
    cards = [*amounts, _card("customers", rows["customers"], quarter), _share_of_a(summary, rows.at[quarter, size_is])]
    return cards[:_CARDS]


def _card(name, past, quarter):
    change = _change(past, quarter, 4, "last_year") or _change(past, quarter, 1, "last_quarter")
    return {
        "name": name,
        "value": past[quarter].item(),
        "change": change,
        "direction": "" if not change else "same" if not change["by"] else "up" if change["grew"] else "down",
        "trend": list(past),
    }


def _change(past, quarter, back, since):
    then = past.get(str(quarters.parse(quarter).previous(back)))
    if then is None or not then > 0:
        return None
    change = float(past[quarter] / then - 1)
    return {"since": since, "grew": change >= 0, "by": abs(change) if abs(change) >= _LEVEL else 0.0}


def _share_of_a(summary, whole):
    of_a = summary[(summary["indicator"] == "joint") & (summary["class"] == "A")].iloc[0]
    share = float(of_a["value"] / whole) if whole > 0 else None
    return {
        "name": "share_of_a",
        "value": share,
        "customers": int(of_a["customers"]),
        "change": None,
        "direction": "",
        "trend": [],
    }
