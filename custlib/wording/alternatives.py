"""Text alternatives of the figures: what a reader would see in them. Each takes the table that the figure draws."""

from custlib import glossary
from custlib.wording.classes import measured_by
from custlib.wording.forms import count, either, money, percent


def pareto_alt(table, *, lang, indicator="size", size_is="payments"):
    """table: one row per customer: rank, value, cumulative_share, class."""
    what, shares = measured_by(indicator, lang, size_is), table.groupby("class", observed=True)["value"].sum()
    sizes, total = table["class"].value_counts(), table["value"].sum()
    parts = [
        either(
            lang,
            f"{letter}: {count(int(sizes[letter]), 'customer', lang)}, {percent(shares[letter] / total, lang)}",
            f"{letter} 类 {sizes[letter]:,} 家，占 {percent(shares[letter] / total, lang)}",
        )
        for letter in ("A", "B", "C")
        if sizes.get(letter, 0)
    ]
    return either(
        lang,
        f"Pareto chart of {count(len(table), 'customer', lang)} by {what}, largest first. {'; '.join(parts)}.",
        f"{len(table):,} 家客户的{what}帕累托图，由大到小。{'；'.join(parts)}。",
    )


def pareto_caption(*, lang, indicator="size", size_is="payments"):
    """What the bars and their colours stand for."""
    what, colour = measured_by(indicator, lang, size_is), glossary.term(f"{indicator}_class", lang)
    caption = either(lang, f"Customers by {what}; colour: {colour}.", f"客户按{what}由大到小排列；颜色为{colour}。")
    if indicator != "brand_share":
        return caption
    by_share = either(
        lang,
        "The class goes by the share of the customer's profit, the bars by the amount, so a small customer can be A.",
        "类别按占客户利润的比例划分，柱形按金额，因此小客户也可能是 A 类。",
    )
    return either(lang, " ", "").join([caption, by_share])


def line_accounts_alt(table):
    """table: a row per table and class of lines: table, class, lines."""
    aside = table[table["class"] == "quarantined"].groupby("table", sort=False)["lines"].sum()
    told = [{"table": name, "lines": int(lines)} for name, lines in aside.items() if lines]
    return {"tables": table["table"].nunique(), "aside": told}


def reasons_alt(table, *, lang):
    """table: label, lines, one row per reason for setting lines aside."""
    parts = [f"{row.label} {row.lines:,}" for row in table.itertuples()]
    return either(
        lang,
        f"Lines set aside by reason, in bars: {', '.join(parts)}.",
        f"按原因统计的隔离行数条形图：{'、'.join(parts)}。",
    )


def trend_alt(table, *, lang, currency="CNY"):
    """table: quarter (oldest first), value (money), label (the line's name)."""
    parts = []
    for label, line in table.groupby("label", sort=False):
        first, last = (money(value, lang, currency) for value in line["value"].iloc[[0, -1]])
        parts.append(either(lang, f"{label} from {first} to {last}", f"{label}从 {first}到 {last}"))
    span = _span(table, lang)
    return either(lang, f"Lines {span}: {'; '.join(parts)}.", f"{span}折线图：{'；'.join(parts)}。")


def _span(table, lang):
    first, last = table["quarter"].iloc[[0, -1]]
    return either(lang, f"from {first} to {last}", f"{first} 至 {last} ")
