"""What the fishbone shows, what the stock and other exports say beside the scores. Sentences for Markdown, but for the alternative."""

import pandas as pd

from custlib import glossary
from custlib.wording.forms import count, either, join, listed, money, percent, plain

_FIRST = 5  # factors named in a text alternative
_TOLD = 3  # customers named beside a factor


def fishbone_alt(table, *, lang, bones=None):
    """What a reader would see in the figure: bones by weight, the first five factors with their intervals, where opinions differ.

    table, bones: as the figure takes them.
    """
    weighed = table.dropna(subset="weight").sort_values("weight", ascending=False, kind="stable")
    names = dict(zip(bones["bone"], bones["name"], strict=True)) if bones is not None else {}
    together = weighed.groupby("bone", sort=False)["weight"].sum()
    if bones is not None:
        together = bones.set_index("bone")["weight"].combine_first(together)
    together = together.dropna().sort_values(ascending=False, kind="stable")
    of_bones = [f"{names.get(bone, bone)} {_share(weight, lang)}" for bone, weight in together.items()]
    start = either(
        lang,
        f"Fishbone with {len(table)} factors on {table['bone'].nunique()} bones that lead to customer profit. "
        f"Bones by weight: {', '.join(of_bones)}.",
        f"指向客户获利的鱼骨图：{table['bone'].nunique()} 根主骨、{len(table)} 个因素。主骨按权重：{'、'.join(of_bones)}。",
    )
    return join(
        [start, _heaviest(weighed, lang), _apart(weighed, lang), _zones(table, lang), _blank(table, lang)], lang
    )


def stock_reading(slow, names, *, lang, currency="CNY"):
    """How much of the stock is slow, and where most of it lies. slow: what `facts.slow_stock` gave; names: customer → name."""
    if slow.empty or not slow["stock_at_list"].sum() > 0:
        return either(lang, "No stock was counted in this quarter.", "本季没有库存盘点。")
    stock, old, holders = slow["stock_at_list"].sum(), slow["slow_at_list"].sum(), slow[slow["slow_at_list"] > 0]
    start = either(
        lang,
        f"Stock of {money(stock, lang, currency)} at list price lies at {count(len(slow), 'customer', lang)}; {money(old, lang, currency)} of it "
        f"({percent(old / stock, lang)}) is older than 180 days, at {count(len(holders), 'customer', lang)}.",
        f"{count(len(slow), 'customer', lang)}共有库存 {money(stock, lang, currency)}（按标价），其中 {money(old, lang, currency)}"
        f"（{percent(old / stock, lang)}）库龄超过 180 天，分布在 {count(len(holders), 'customer', lang)}。",
    )
    most = holders.sort_values("slow_at_list", ascending=False, kind="stable").head(_TOLD)
    told = [
        either(
            lang,
            f"{_name(row.Index, names)} {money(row.slow_at_list, lang, currency)} ({percent(row.slow_share, lang)} of its stock, the oldest "
            f"{row.oldest_days:,.0f} days)",
            f"{_name(row.Index, names)} {money(row.slow_at_list, lang, currency)}（占其库存 {percent(row.slow_share, lang)}，最长 "
            f"{row.oldest_days:,.0f} 天）",
        )
        for row in most.itertuples()
    ]
    return join(
        [start, either(lang, f"Most: {listed(told, lang)}.", f"最多的是：{listed(told, lang)}。") if told else ""], lang
    )


def factor_evidence_reading(disagreement, factors, *, lang):
    """How far scores and exports agree, factor by factor, and what that means. disagreement: as `fishbone.disagreement` gives it;
    factors: factor → name."""
    if disagreement.empty:
        return either(lang, "No factor has both scores and evidence.", "没有同时具备评分和数据证据的因素。")
    worst = disagreement.sort_values(["share", "customers"], ascending=False, kind="stable")
    told = [
        either(
            lang,
            f"{factors[row.Index]} {percent(row.share, lang)} ({glossary.term(row.measure, lang)}; {percent(row.by_chance, lang)} by chance)",
            f"{factors[row.Index]} {percent(row.share, lang)}（{glossary.term(row.measure, lang)}；偶然为 {percent(row.by_chance, lang)}）",
        )
        for row in worst.itertuples()
    ]
    return either(
        lang,
        f"Share of customers where score and evidence lie two points or more apart: {'; '.join(told)}. By chance: if the scores had nothing to "
        "do with the evidence. The evidence is the customer's place in the company by fifths; it tells what happened, not how well it was done, "
        "and large customers buy more models, more often: a reason to ask, not a verdict on the score.",
        f"评分与数据证据相差两分及以上的客户占比：{'；'.join(told)}。“偶然”指评分与数据毫无关系时的占比。证据是客户在公司内的五分位，只说明发生了什么，"
        "不说明做得好坏，而大客户进货型号本就更多、更勤：这是追问的理由，不是对评分的裁定。",
    )


def against_score(table, factors, names, *, lang, currency="CNY", slow=None):
    """A sentence for each line where score and evidence disagree, the widest apart first, of those too good a score: "the score says 4, …".

    table: as `fishbone.beside` gives it; factors: factor → name; names: customer → name; slow: what `facts.slow_stock` gave.
    Returns a Series over the index of the lines, sentences for Markdown.
    """
    apart = table[table["disagrees"].eq(True).fillna(False)]
    above = apart["factor_score"] - apart["evidence"]
    order = above.abs().add(above.gt(0) / 2).sort_values(ascending=False, kind="stable").index
    told = {line: _against(apart.loc[line], factors, names, lang, currency, slow) for line in order}
    return pd.Series(told, dtype="str")


def _against(row, factors, names, lang, currency, slow):
    customer, factor = row["customer_id"], factors[row["factor"]]
    value = glossary.term(row["measure"], lang) + either(lang, " ", "为 ") + _value(row["measure"], row["value"], lang)
    who = either(lang, "the exports say otherwise", "数据却不这么说")
    if row["factor"] == "stock_age_analysis":
        who = either(lang, "the stock says otherwise", "库存却不这么说")
        old = slow["slow_at_list"].get(customer, 0) if slow is not None else 0
        lies = money(old, lang, currency)
        value += either(lang, f", {lies} older than 180 days", f"，库龄超 180 天的有 {lies}") if old > 0 else ""
    return either(
        lang,
        f"{_name(customer, names)}, {factor}: the score says {row['factor_score']:.0f}, {who} (evidence {row['evidence']:.0f} of 5: {value}).",
        f"{_name(customer, names)}，{factor}：评分为 {row['factor_score']:.0f}，{who}（证据 {row['evidence']:.0f}/5：{value}）。",
    )


def _value(measure, value, lang):
    if measure.endswith("_share"):
        return (
            percent(value, lang) if measure == "promoted_share" else f"{100 * value:.1f}" + either(lang, "\u00a0%", "%")
        )
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"


def _name(customer, names):
    return plain(names.get(customer, customer) or customer)


def _share(weight, lang):
    return f"{100 * weight:.1f}" + either(lang, "\u00a0%", "%")


def _heaviest(weighed, lang):
    told = [
        either(
            lang,
            f"{row.name} {_share(row.weight, lang)} ({100 * row.low:.1f} to {_share(row.high, lang)})",
            f"{row.name} {_share(row.weight, lang)}（{100 * row.low:.1f}–{_share(row.high, lang)}）",
        )
        for row in weighed.head(_FIRST).itertuples(index=False)
    ]
    if not told:
        return either(lang, "No factor has a weight yet.", "尚无因素有权重。")
    return either(
        lang, f"Heaviest factors with their intervals: {'; '.join(told)}.", f"最重的因素及区间：{'；'.join(told)}。"
    )


def _apart(weighed, lang):
    """Among the factors named, where experts and data differ more than they agree."""
    differ = weighed.head(_FIRST)
    differ = differ[differ["agreement"] < 0.5]["name"].tolist()
    if not differ:
        return ""
    return either(
        lang, f"Experts and data differ on {listed(differ, lang)}.", f"专家与数据不一致的是{listed(differ, lang)}。"
    )


def _zones(table, lang):
    own = int((table["zone"] == "A").sum())
    return either(
        lang,
        f"Zone A, round marks, holds {own}; zone B, square marks on broken ribs, {len(table) - own}.",
        f"A 区（圆形标记）{own} 个，B 区（方形标记、虚线细骨）{len(table) - own} 个。",
    )


def _blank(table, lang):
    missing = table.loc[table["weight"].isna(), "name"].tolist()
    if not missing:
        return ""
    return either(lang, f"Without a weight yet: {listed(missing, lang)}.", f"尚无权重：{listed(missing, lang)}。")
