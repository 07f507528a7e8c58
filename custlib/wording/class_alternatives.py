"""Text alternatives of the figures of notebook 20: what a reader would see in them. Each takes the table that the figure draws."""

import numpy as np

from custlib.wording.classes import measured_by
from custlib.wording.forms import count, either, join, listed, money, percent

_INDICATOR_CLASSES = ["size_class", "contribution_class", "brand_share_class"]
_MOST = 3  # combinations named beside those that agree


def pareto_panels_alt(table, *, lang):
    """table: a row per indicator and customer: indicator (its name as shown), rank, value, cumulative_share, class."""
    parts = []
    for indicator, rows in table.groupby("indicator", sort=False):
        values, total = rows.groupby("class", observed=True)["value"], rows["value"].sum()
        classes = [
            either(
                lang,
                f"{letter} {count(len(own), 'customer', lang)} with {percent(own.sum() / total, lang)}",
                f"{letter} 类 {count(len(own), 'customer', lang)}占 {percent(own.sum() / total, lang)}",
            )
            for letter, own in values
        ]
        parts.append(either(lang, f"{indicator}: {', '.join(classes)}.", f"{indicator}：{'、'.join(classes)}。"))
    start = either(lang, "Pareto charts of customers, largest first.", "客户帕累托图，由大到小。")
    return join([start, *parts], lang)


def class_cube_alt(table, *, lang):
    """table: size_class, contribution_class, brand_share_class (A, B, C, or "" where not known), customers."""
    counts = table.groupby(_INDICATOR_CLASSES)["customers"].sum()
    letters = counts.index.map("".join)
    known = counts.set_axis(letters)[letters.str.len() == len(_INDICATOR_CLASSES)]
    agreed, others = (
        known.reindex(["AAA", "BBB", "CCC"], fill_value=0),
        known.drop(["AAA", "BBB", "CCC"], errors="ignore"),
    )
    most = others[others > 0].sort_values(ascending=False, kind="stable").head(_MOST)
    unknown = int(counts.sum() - known.sum())
    sentences = [
        either(
            lang,
            "Grids of customers by their classes on size, contribution and brand share, in this order.",
            "客户按规模、贡献、品牌占比三项类别（依此顺序）分布的格图。",
        ),
        either(lang, f"One class on all three: {_cells(agreed, lang)}.", f"三项一致：{_cells(agreed, lang)}。"),
        either(lang, f"Most of the others: {_cells(most, lang)}.", f"其余最多：{_cells(most, lang)}。")
        if len(most)
        else "",
        either(lang, f"Not known on all three: {unknown:,}.", f"三项不全：{unknown:,} 家。") if unknown else "",
    ]
    return join(sentences, lang)


def migration_flow_alt(table, *, lang, size_is="payments", currency="CNY"):
    """table: from_class (A, B, C, new, returned), to_class (A, B, C, lost), customers, before, now (yuan of `size_is`)."""
    what = measured_by("size", lang, size_is)
    kinds = table.groupby([_kind(*pair) for pair in zip(table["from_class"], table["to_class"], strict=True)])
    sums = kinds[["customers", "before", "now"]].sum()
    words = {
        "stayed": ("stayed in their class", "类别不变"),
        "rose": ("rose", "升级"),
        "fell": ("fell", "降级"),
        "new": ("came", "新增"),
        "returned": ("returned", "回归"),
        "lost": ("left", "流失"),
    }
    parts = []
    for kind, row in sums.reindex([kind for kind in words if kind in sums.index]).iterrows():
        number, (en, zh) = int(row["customers"]), words[kind]
        paid = _from_to(row["before"], row["now"], lang, currency)
        parts.append(either(lang, f"{number:,} {en} ({paid})", f"{number:,} 家{zh}（{paid}）"))
    total = _from_to(sums["before"].sum(), sums["now"].sum(), lang, currency)
    return either(
        lang,
        f"Bands from the class a quarter before to the class now; customers and their {what}: {'; '.join(parts)}. In all {total}.",
        f"从上季类别到本季类别的流向图，客户数及其{what}：{'；'.join(parts)}。合计{total}。",
    )


def class_heat_map_alt(table, *, lang):
    """table: index customers, columns quarters (oldest first), values A, B, C or missing."""
    classes = table.astype("object")
    always = int((classes.notna().all(axis=1) & (classes.nunique(axis=1) == 1)).sum())
    last = classes.iloc[:, -1]
    counts = [f"{letter} {int((last == letter).sum()):,}" for letter in "ABC"]
    absent, first, end = int(last.isna().sum()), table.columns[0], table.columns[-1]
    return either(
        lang,
        f"Class of {count(len(table), 'customer', lang)} in each quarter from {first} to {end}, a row for each. "
        f"{always:,} had one class throughout. In {end}: {', '.join(counts)}, absent {absent:,}.",
        f"{count(len(table), 'customer', lang)}自 {first} 至 {end} 各季的类别，每行一家。"
        f"{always:,} 家类别始终不变。{end}：{'、'.join(counts)}、无交易 {absent:,}。",
    )


def stability_scatter_alt(table, *, lang, limits=(0.5, 1.0)):
    """table: variation, size, class (A, B or C), label ("" or a name); limits: X goes up to the first, Y up to the second."""
    shown = table[table["variation"].notna() & (table["size"] > 0)]
    letters = np.select([shown["variation"] <= limit for limit in limits], ["X", "Y"], "Z")
    words = {
        "X": ("regular (X)", "稳定（X）"),
        "Y": ("varying (Y)", "波动（Y）"),
        "Z": ("irregular (Z)", "不规则（Z）"),
    }
    parts = []
    for letter, names in words.items():
        own = shown[letters == letter]
        a = int((own["class"] == "A").sum())
        parts.append(
            either(
                lang, f"{names[0]} {len(own):,}, of them {a:,} in A", f"{names[1]}{len(own):,} 家，其中 A 类 {a:,} 家"
            )
        )
    named = list(shown.sort_values("size", ascending=False)["label"].loc[lambda label: label != ""])
    sentences = [
        either(
            lang,
            f"Size beside the variation of monthly sales, a mark per customer: {'; '.join(parts)}.",
            f"规模与月销售额变异系数散点图，每点一家客户：{'；'.join(parts)}。",
        ),
        either(lang, f"Named: {listed(named, lang)}.", f"标注名称：{listed(named, lang)}。") if named else "",
    ]
    return join(sentences, lang)


def lorenz_alt(table, *, lang):
    """table: label, customers_share (0 to 1, from the smallest), value_share."""
    parts = []
    for label, curve in table.groupby("label", sort=False):
        axes = (np.append(0, curve[name]) for name in ("customers_share", "value_share"))
        half, most = np.interp([0.5, 0.8], *axes)
        parts.append(
            either(
                lang,
                f"{label}: the smaller half of the customers bring {percent(half, lang)}, the largest 20\N{NO-BREAK SPACE}% "
                f"{percent(1 - most, lang)}",
                f"{label}：较小的一半客户占 {percent(half, lang)}，最大的 20% 客户占 {percent(1 - most, lang)}",
            )
        )
    return either(lang, f"Lorenz curves. {'; '.join(parts)}.", f"洛伦兹曲线。{'；'.join(parts)}。")


def whale_alt(table, *, lang, currency="CNY"):
    """table: one row per customer: rank (from 1), value, cumulative (yuan)."""
    profit = table["cumulative"].to_numpy()
    first = len(profit) - int(profit[::-1].argmax())
    peak, total, last = profit[first - 1], profit[-1], len(profit) - first
    share = f"{100 * peak / total:.1f}" if total > 0 else ""
    top, end = money(peak, lang, currency), money(total, lang, currency)
    start = either(
        lang,
        f"Gross profit added up from the most to the least profitable of {count(len(profit), 'customer', lang)}.",
        f"{count(len(profit), 'customer', lang)}毛利由高到低的累计曲线。",
    )
    if not last:
        return join([start, either(lang, f"It climbs to {end} and never falls.", f"累计升至 {end}，没有下降。")], lang)
    of_total = either(lang, f", {share}\N{NO-BREAK SPACE}% of the total", f"，为最终总额的 {share}%") if share else ""
    rest = either(
        lang,
        f"The first {first:,} bring {top}{of_total}; the last {last:,} take it down to {end}.",
        f"前 {first:,} 家升至 {top}{of_total}；最后 {last:,} 家使其降至 {end}。",
    )
    return join([start, rest], lang)


def season_curves_alt(table, *, lang):
    """table: label, quarter_number (1 to 4), index (1 = the mean quarter)."""
    parts = []
    for label, curve in table.groupby("label", sort=False):
        values = [f"{value:.2f}" for value in curve.sort_values("quarter_number")["index"]]
        parts.append(either(lang, f"{label} {', '.join(values)}", f"{label} {'、'.join(values)}"))
    return either(
        lang,
        f"Seasonal index from Q1 to Q4, 1 being the mean quarter: {'; '.join(parts)}.",
        f"第一至第四季度的季节指数（季平均为 1）：{'；'.join(parts)}。",
    )


def _cells(counts, lang):
    return either(lang, ", ", "、").join(
        either(lang, f"{name} {n:,}", f"{name} {n:,} 家") for name, n in counts.items()
    )


def _kind(before, now):
    if before in ("new", "returned") or now == "lost":
        return "lost" if now == "lost" else before
    return "stayed" if before == now else "rose" if now < before else "fell"


def _from_to(before, now, lang, currency):
    first, last = money(before, lang, currency), money(now, lang, currency)
    return either(lang, f"from {first} to {last}", f"从 {first}到 {last}")
