"""The key figures of the front page, as the parts of a card: label, value, change, direction, trend."""

import pandas as pd

from custlib import glossary, quarters
from custlib.wording.forms import either, money, percent


def key_figures(totals, summary, quarter, *, lang, size_is="payments", currency="CNY"):
    """The figures that a director looks for first, as far as the data hold them: a list of dicts for `blocks.Card`.

    totals: result table `abc_totals`; summary: `abc_summary`. Payments, net sales and gross profit, then the number of customers
    and the share of size that class A brings; each with its change on the quarter before and on the same quarter a year ago.
    """
    rows = totals.set_index("quarter").sort_index()
    cards = [
        _card(name, rows[name], quarter, money(rows.at[quarter, name], lang, currency), lang)
        for name in ("payments", "net_sales", "gross_profit")
        if pd.notna(rows.at[quarter, name])
    ]
    customers = either(lang, f"{rows.at[quarter, 'customers']:,}", f"{rows.at[quarter, 'customers']:,} 家")
    return [
        *cards,
        _card("customers", rows["customers"], quarter, customers, lang),
        _share_of_a(summary, rows.at[quarter, size_is], lang),
    ][:4]


def _card(name, past, quarter, value, lang):
    changes = [_change(past, quarter, back, lang) for back in (1, 4)]
    last = past.get(str(quarters.parse(quarter).previous()))
    direction = "" if pd.isna(last) else "up" if past[quarter] > last else "down" if past[quarter] < last else "same"
    label = glossary.term(name, lang)
    number, _, unit = value.rpartition(" ")
    return {
        "label": label[:1].upper() + label[1:],
        "value": number if unit.isalpha() else value,
        "unit": unit if unit.isalpha() else "",
        "change": either(lang, ", ", "，").join(filter(None, changes)),
        "direction": direction,
        "trend": tuple(past),
    }


def _change(past, quarter, back, lang):
    then = past.get(str(quarters.parse(quarter).previous(back)))
    if then is None or not then > 0:
        return ""
    change = past[quarter] / then - 1
    since = either(lang, {1: "on last quarter", 4: "on last year"}[back], {1: "环比", 4: "同比"}[back])
    sign = "+" if change >= 0 else "−"
    size = percent(abs(change), lang) if abs(change) >= 0.005 else either(lang, "0\N{NO-BREAK SPACE}%", "0%")
    return either(lang, f"{sign}{size} {since}", f"{since} {sign}{size}")


def _share_of_a(summary, whole, lang):
    of_a = summary[(summary["indicator"] == "joint") & (summary["class"] == "A")].iloc[0]
    customers = int(of_a["customers"])
    return {
        "label": either(lang, "Brought by class A", "A 类贡献占比"),
        "value": percent(of_a["value"] / whole, lang) if whole > 0 else "–",
        "change": either(lang, f"{customers:,} customers", f"{customers:,} 家客户"),
    }
