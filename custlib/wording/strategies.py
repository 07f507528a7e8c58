"""What the five strategies find in the segments, and what the segments brought and will bring. For Markdown."""

import pandas as pd

from custlib import glossary
from custlib.segments.strategies import STRATEGIES, family
from custlib.segments.value import APART
from custlib.wording.forms import either, join, listed, money, percent, plain, price
from custlib.wording.segments import feature_name

_TOLD = 3  # findings of a strategy that a paragraph tells
_TERMS = {"quantity": "pieces_a_purchase", "list_price": "mean_list_price"}  # elsewhere these words mean other columns
_DAYS, _COUNTS = ("recency_days",), ("frequency", "quantity", "promoted_pieces")


def strategy_reading(findings, names, *, lang, words=None, currency="CNY"):
    """A paragraph for each strategy: its strongest findings with figures, what they suggest, and how much is not enough.

    findings: `segments.findings`, or what `segments.proposals` makes of it; with a column came_again it is told. names: identity →
    name as shown; words: as `segments.words` gives them, for the names of categories.
    """
    parts = [_paragraph(rows, names, lang, words, currency) for name in STRATEGIES if len(rows := _of(findings, name))]
    if not parts:
        return either(lang, "There are no segments to compare.", "没有可比较的细分。")
    meaning = either(
        lang,
        "Each segment is compared with the consumers of all other segments. The segments are drawn from these same figures, so that they "
        "differ by construction; that a difference is shown says that it is larger than chance within these purchases, not what caused it. "
        "A proposal is a thing to try on a part of the segment and to measure.",
        "每个细分都与其他所有细分的消费者比较。细分本就由这些数据划出，存在差异是必然的；“有差异”只说明其大于这些购买中的偶然波动，不说明原因。"
        "建议是先在该细分的一部分人中试行并衡量的事项。",
    )
    return "\n\n".join([*parts, meaning])


def value_reading(values, forecasts, names, *, lang, currency="CNY"):
    """What the segments brought, what is forecast for the next quarter, and how wrong such a forecast was for the last one.

    values: `segments.value`; forecasts: `segments.forecast`; both by identity. names: identity → name as shown.
    """
    known = values.drop(index=APART, errors="ignore").dropna(subset=["money_year"])
    if known.empty:
        return either(lang, "There is no segment whose value could be shown.", "没有可列出价值的细分。")
    parts = [_brought(known, names, lang, currency), _apart(values, lang)]
    ahead = forecasts.reindex(known.index).dropna(subset=["forecast"])
    if ahead.empty:
        short = either(lang, "The purchases reach back too little for a forecast.", "购买记录太短，无法预测。")
        return join([*parts, short], lang)
    return join([*parts, _ahead(ahead, names, lang, currency), _errors(ahead, names, lang)], lang)


def findings_shown(findings, names, *, lang, words=None, currency="CNY"):
    """The findings with enough evidence as a table shows them, the clearest first: strategy, identity, measure, segment_mean,
    others_mean, came_again and proposal, all in words. findings: result table `seg_strategies`."""
    rows = _clearest(findings[findings["enough"]])
    given = {"lang": lang, "currency": currency}
    means = {
        column: [measure_value(*pair, **given) for pair in zip(rows["measure"], rows[column], strict=True)]
        for column in ("segment_mean", "others_mean")
    }
    return pd.DataFrame(
        {
            "strategy": rows["strategy"].map(glossary.terms(STRATEGIES, lang)),
            "identity": _with_name(rows["identity"], names),
            "measure": [measure_name(measure, words, lang=lang) for measure in rows["measure"]],
            **means,
            "came_again": rows["came_again"].map(glossary.terms(["yes", "no", "not_known"], lang)),
            "proposal": rows[f"proposal_{lang}"],
        }
    )


def value_shown(values, names, *, lang):
    """Result table `seg_value` (by identity) with `identity` in words: the segment and its name, or that it is none."""
    shown = values.reset_index()
    known = shown["identity"].isin(names.index)
    told = _with_name(shown["identity"], names).where(known, glossary.term(APART, lang))
    return shown.assign(identity=told)


def _with_name(identities, names):
    return identities + " " + identities.map(names).fillna("")


def _clearest(rows):
    """The largest difference beside what could just have been shown first: measures of any unit on one scale."""
    size = (rows["effect"].abs() / rows["detectable"].where(rows["detectable"] > 0)).fillna(float("inf"))
    return rows.assign(size=size).sort_values(["size", "measure", "identity"], ascending=[False, True, True])


def measure_name(measure, words=None, *, lang):
    """A measure in words: the glossary's term, or the share of a category or of a store format. words: as `feature_name` takes them."""
    kind = family(measure)
    if measure == kind or measure == "other_categories":
        return glossary.term(_TERMS.get(measure, measure), lang)
    if kind == "category":
        return plain(feature_name(measure, words, lang=lang))
    own = plain(measure.removeprefix(f"{kind}_"))
    return either(lang, f"registered at stores of the format {own}", f"在{own}建档")


def measure_value(measure, value, *, lang, currency="CNY"):
    """A value of a measure with its unit."""
    if measure == "list_price":
        return price(value, lang, currency)
    if measure in _DAYS:
        return either(lang, f"{value:,.0f} days", f"{value:,.0f} 天").replace("-", "−")
    return f"{value:.1f}".replace("-", "−") if measure in _COUNTS else percent(value, lang)


def _of(findings, strategy):
    return findings[(findings["strategy"] == strategy) & findings["effect"].notna()]


def _paragraph(rows, names, lang, words, currency):
    title = glossary.term(rows["strategy"].iloc[0], lang)
    head = either(lang, f"**{title[:1].upper()}{title[1:]}.**", f"**{title}**：")
    shown = rows[rows["enough"]]
    if shown.empty:
        none = either(
            lang,
            f"Not enough evidence: none of {len(rows):,} comparisons shows a difference.",
            f"证据不足：{len(rows):,} 项比较均未见差异。",
        )
        return head + either(lang, " ", "") + none
    order = _clearest(shown)
    told = [
        _finding(row, names, lang, words, currency)
        for row in order.drop_duplicates("identity").head(_TOLD).to_dict("records")
    ]
    few = len(rows) - len(shown)
    rest = either(
        lang,
        f"{len(shown):,} of {len(rows):,} comparisons show a difference; for {few:,} there is not enough evidence.",
        f"{len(rows):,} 项比较中 {len(shown):,} 项有差异，{few:,} 项证据不足。",
    )
    return join([head, *told, rest, _again(shown, lang), _first_step(order.iloc[0], names, lang)], lang)


def _finding(row, names, lang, words, currency):
    measure = row["measure"]
    own, others = (
        measure_value(measure, row[column], lang=lang, currency=currency) for column in ("segment_mean", "others_mean")
    )
    span = _span(measure, row["effect_low"], row["effect_high"], lang, currency)
    name, what = plain(names.get(row["identity"], row["identity"])), measure_name(measure, words, lang=lang)
    return either(
        lang,
        f"{name}: {what} {own}, against {others} of the others (difference {span}).",
        f"{name}：{what} {own}，其他为 {others}（差异 {span}）。",
    )


def _span(measure, low, high, lang, currency):
    """From where to where a difference reaches; of two shares in points: a percent of a percent would be read as another thing."""
    if measure == "list_price" or measure in _DAYS or measure in _COUNTS:
        ends = [measure_value(measure, end, lang=lang, currency=currency) for end in (low, high)]
        return either(lang, " to ", " 至 ").join(ends)
    ends = [f"{end * 100:.0f}".replace("-", "−") for end in (low, high)]
    return either(lang, f"{ends[0]} to {ends[1]} points", f"{ends[0]} 至 {ends[1]} 个百分点")


def _again(shown, lang):
    if "came_again" not in shown:
        return ""
    known = shown[shown["came_again"].isin(["yes", "no"])]
    again = int((known["came_again"] == "yes").sum())
    if known.empty:
        return ""
    return either(
        lang,
        f"{again:,} of the {len(known):,} that could be looked at came again in later purchases.",
        f"其中 {len(known):,} 项可用此后的购买检验，{again:,} 项再次出现。",
    )


def _first_step(row, names, lang):
    proposal = row.get(f"proposal_{lang}")
    if not isinstance(proposal, str):
        return ""
    name = plain(names.get(row["identity"], row["identity"]))
    return either(lang, f"To try first, with {name}: {plain(proposal)}.", f"先对{name}试行：{plain(proposal)}。")


def _brought(known, names, lang, currency):
    first = known["money_year"].sort_values(ascending=False, kind="stable").index
    told = []
    for identity in first:
        row, name = known.loc[identity], plain(names.get(identity, identity))
        share, paid = percent(row["money_share"], lang), money(row["money_year"], lang, currency)
        told.append(either(lang, f"{name} {paid} ({share})", f"{name} {paid}（{share}）"))
    return either(
        lang,
        f"In four quarters the segments brought, of what all consumers paid: {listed(told, lang)}.",
        f"四个季度中各细分的消费额及占全部消费的比例：{listed(told, lang)}。",
    )


def _apart(values, lang):
    if APART not in values.index or values.at[APART, "money_share"] != values.at[APART, "money_share"]:
        return ""
    share = percent(values.at[APART, "money_share"], lang)
    return either(lang, f"Consumers in no segment brought {share}.", f"{share} 来自未归入细分的消费者。")


def _ahead(ahead, names, lang, currency):
    told = [
        f"{plain(names.get(identity, identity))} {money(row['forecast'], lang, currency)}"
        for identity, row in ahead.iterrows()
    ]
    quarter = ahead["next_quarter"].iloc[0]
    return either(
        lang,
        f"Forecast for {quarter}, the mean of a segment's last four quarters times the season of all consumers: {listed(told, lang)}.",
        f"{quarter} 的预测（该细分最近四季均值乘以全体消费者的季节指数）：{listed(told, lang)}。",
    )


def _errors(ahead, names, lang):
    known = ahead.dropna(subset=["error"])
    if known.empty:
        return ""
    worst = known["error"].abs().idxmax()
    name, usual, most = plain(names.get(worst, worst)), known["error"].abs().median(), abs(known.at[worst, "error"])
    naive = known["naive_error"].abs().median()
    beside = either(
        lang,
        f"; taking the same quarter of the year before would have been off by {percent(naive, lang)}"
        if naive == naive
        else "",
        f"；直接用上年同季则为 {percent(naive, lang)}" if naive == naive else "",
    )
    return either(
        lang,
        f"Made a quarter earlier, such a forecast was off by {percent(usual, lang)} in the middle segment and by {percent(most, lang)} in "
        f"the worst, {name}{beside}. Members are chosen for having bought, so that a forecast tends to be high, and a segment with a "
        "season of its own is forecast badly.",
        f"一季前所作的同类预测，误差中位数为 {percent(usual, lang)}，最大为{name}的 {percent(most, lang)}{beside}。"
        "成员因近期有购买而入选，预测往往偏高；季节与众不同的细分预测较差。",
    )
