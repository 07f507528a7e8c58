"""What changed since the quarter before, and what is season. For Markdown."""

import pandas as pd

from custlib import glossary
from custlib.abc_classes import CAUSES
from custlib.wording.forms import count, either, join, listed, money, plain

_NAMED = 5
_STEPS = {  # who is behind a step of the bridge
    "stayed": ("those that stayed in their class", "类别不变的客户"),
    "rose": ("those that rose", "升级客户"),
    "fell": ("those that fell", "降级客户"),
    "new": ("new ones", "新增客户"),
    "returned": ("those that returned", "回归客户"),
    "lost": ("those that were lost", "流失客户"),
    "unjudged": ("those without a class", "没有类别的客户"),
    "without_customer": ("sales without a customer", "无客户编码的销售"),
    "fees": ("fees", "费用"),
}


def bridge_reading(bridge, *, lang, size_is="payments", currency="CNY"):
    """Which step changed the total most, and that the steps add up. bridge: result table `abc_bridge`."""
    rows = bridge.set_index("step")
    figures = [name for name in (size_is, "gross_profit") if pd.notna(rows.at["unexplained", name])]
    texts = [_of_figure(rows[name], name, lang, currency) for name in figures]
    open_ = max((abs(rows.at["unexplained", name]) for name in figures), default=0)
    check = either(
        lang,
        "The steps add up to the total that the engine sums by itself, to the fen."
        if open_ == 0
        else f"**{open_:,.2f} is not explained by the steps: please report this as a defect.**",
        "各步合计与引擎另行汇总的总额分文不差。"
        if open_ == 0
        else f"**有 {open_:,.2f} 无法由各步解释：这是缺陷，请报告。**",
    )
    return join([*texts, check], lang)


def causes_reading(moves, *, lang):
    """Why classes moved. moves: result table `abc_moves`, with `cause` for those judged in both quarters."""
    known = moves[moves["cause"].isin(CAUSES)]
    if known.empty:
        return either(lang, "No class moved.", "没有客户的类别变动。")
    counted = known["cause"].value_counts().reindex(CAUSES, fill_value=0)
    parts = [
        either(
            lang,
            f"{n:,} mostly {glossary.term(f'by_{cause}', lang)}",
            f"{n:,} 家主要{glossary.term(f'by_{cause}', lang)}",
        )
        for cause, n in counted.items()
        if n
    ]
    en = f"Of {count(len(known), 'customer', lang)} whose class moved, {listed(parts, lang)}."
    return either(lang, en, f"{len(known):,} 家类别变动的客户中，{'，'.join(parts)}。")


def season_reading(seasons, customers, *, lang):
    """Which customers live by a season, who is A only by it, and how A compares with a year. seasons: result table `abc_seasons`;
    customers: `abc_customers`."""
    named = seasons[seasons["seasonal"]]
    if not (seasons["years"] >= 2).any():
        few = either(
            lang,
            "Two whole years are needed to tell a customer's season; the data do not hold them.",
            "判断客户的季节性至少需要两个完整年度，现有数据不足。",
        )
        return join([few, _over_a_year(customers, lang)], lang)
    has, its = ("has", "its") if len(named) == 1 else ("have", "their")
    told = either(
        lang,
        f"{count(len(named), 'customer', lang)} {has} a season of {its} own, the same in each year.",
        f"{len(named):,} 家客户有自己的淡旺季，且各年一致。",
    )
    return join(
        [told, _lifted(customers.loc[customers["a_by_season"], "name"], lang), _over_a_year(customers, lang)], lang
    )


def concentration_reading(concentration, quarter, year_ago, *, lang):
    """How concentrated size is, against a year ago. concentration: result table `abc_concentration`; year_ago: quarter as text."""
    rows = concentration.set_index("quarter")
    if quarter not in rows.index:
        return ""
    now = rows.loc[quarter]
    en = f"The ten largest customers bring {now['top_ten'] * 100:.1f} % of size; Gini {now['gini']:.3f}, Herfindahl {now['herfindahl']:.4f}"
    zh = f"最大的十家客户占规模的 {now['top_ten'] * 100:.1f}%；基尼系数 {now['gini']:.3f}，赫芬达尔指数 {now['herfindahl']:.4f}"
    if year_ago in rows.index:
        then = rows.loc[year_ago]
        en += f" (a year ago {then['top_ten'] * 100:.1f} %, {then['gini']:.3f} and {then['herfindahl']:.4f})"
        zh += f"（上年同季分别为 {then['top_ten'] * 100:.1f}%、{then['gini']:.3f} 和 {then['herfindahl']:.4f}）"
    below = int(now["below_zero"])
    note = (
        either(lang, f"{count(below, 'customer', lang)} below zero count as zero.", f"{below:,} 家为负的客户按零计。")
        if below
        else ""
    )
    return join([either(lang, f"{en}.", f"{zh}。"), note], lang)


def whale_reading(whale, *, lang, currency="CNY"):
    """How much profit the best customers make and the rest take away. whale: rank, value, cumulative (result of `abc_classes.whale`)."""
    losing = whale[whale["value"] < 0]
    if losing.empty:
        return either(lang, "No customer costs us money at gross profit.", "按毛利计，没有客户让我们亏钱。")
    lost, total = money(-losing["value"].sum(), lang, currency), whale["value"].sum()
    peak = whale["cumulative"].max()
    share = f"{peak / total * 100:.1f}" if total > 0 else None
    en = f"{count(len(losing), 'customer', lang)} {'costs' if len(losing) == 1 else 'cost'} us money: {lost} of gross profit"
    zh = f"{len(losing):,} 家客户让我们亏钱：毛利合计 −{lost}"
    if share:
        en += f"; without them it would be {share} % of what it is"
        zh += f"；没有它们，毛利会是现在的 {share}%"
    return either(
        lang, f"{en}. They are C by contribution whatever their size.", f"{zh}。无论规模多大，它们按贡献均为 C 类。"
    )


def _lifted(names, lang):
    if names.empty:
        return either(lang, "Nobody is A by season alone.", "没有客户仅因季节成为 A 类。")
    told, more = listed([plain(name) for name in names.head(_NAMED)], lang), len(names) - _NAMED
    rest = either(lang, f" and {more:,} more", f"等 {len(names):,} 家") if more > 0 else ""
    return either(
        lang,
        f"**A by season**: {told}{rest}; over the whole year they are not A.",
        f"**季节性 A 类**：{told}{rest}，全年合计并非 A 类。",
    )


def _over_a_year(customers, lang):
    """Of those that are A now, how many were A a year ago, and are over four quarters together."""
    ours = customers[customers["joint_class"] == "A"]
    then, year = (int((ours[name] == "A").sum()) for name in ("class_year_ago", "class_year"))
    parts = {
        "class_year_ago": (f"{then:,} were A in the same quarter a year ago", f"{then:,} 家去年同季也是 A 类"),
        "class_year": (f"{year:,} are A over the last four quarters together", f"{year:,} 家最近四季合计也是 A 类"),
    }
    known = [either(lang, *words) for name, words in parts.items() if customers[name].notna().any()]
    if not known or ours.empty:
        return ""
    return either(
        lang,
        f"Of {len(ours):,} in A now, {listed(known, lang)}.",
        f"现有 {len(ours):,} 家 A 类客户中，{'，'.join(known)}。",
    )


def _of_figure(change, name, lang, currency):
    steps = change.drop(["total", "unexplained"]).dropna()
    label, total = glossary.term(name, lang), change["total"]
    first = label[:1].upper() + label[1:]
    if not total:
        return either(lang, f"{first} did not change.", f"{label}没有变化。")
    up = total > 0
    most = steps[steps > 0] if up else steps[steps < 0]
    top = most.loc[most.abs().sort_values(ascending=False, kind="stable").index].head(2)
    parts = [_by(step, value, lang, currency) for step, value in top.items()]
    way, amount = either(lang, "more" if up else "less", "增加" if up else "减少"), money(abs(total), lang, currency)
    if not parts:  # what belongs to the steps is not known
        return either(lang, f"{first} came to {amount} {way} than a quarter before.", f"{label}比上季{way} {amount}。")
    return either(
        lang,
        f"{first} came to {amount} {way} than a quarter before. Most of it: {listed(parts, lang)}.",
        f"{label}比上季{way} {amount}，主要来自{listed(parts, lang)}。",
    )


def _by(step, value, lang, currency):
    (en, zh), amount = _STEPS[step], money(abs(value), lang, currency)
    return either(lang, f"{en} ({amount})", f"{zh}（{amount}）")
