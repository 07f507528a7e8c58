"""What the segments are, why there are so many, what became of them: sentences for Markdown."""

import math

from custlib import glossary
from custlib.inert import visible
from custlib.wording.forms import either, join, listed, percent, plain, price

STRENGTH, JACCARD = 0.8, 0.75  # what a number of segments has to reach to be called stable
_TRAITS = 3  # in a sentence
_KINDS = {
    "money": "money",
    "list_price": "money",
    "recency_days": "days",
    "tenure_days": "days",
    "price_paid": "share",
    "novelty": "share",
    "other_categories": "share",
}
_TERMS = {
    "list_price": "mean_list_price",
    "quantity": "pieces_a_purchase",
}  # whose own keys name columns of the exports
_EVENTS = ("survived", "split", "merged", "appeared", "disappeared")


def feature_name(feature, words=None, *, lang):
    """A feature as people call it: the glossary's term; a category by its word in `segment_names.csv`, else as exported.

    words: that table, as `segments.words` gives it. A feature without a term goes by its own name.
    """
    if feature.startswith("category_"):
        category = feature.removeprefix("category_")
        if words is not None and lang == "en":
            own = words[(words["feature"] == feature) & (words["direction"] == "up")]["en"]
            category = own.iloc[0] if len(own) else category
        return either(lang, f"share of {category}", f"{category}占比")
    try:
        return glossary.term(_TERMS.get(feature, feature), lang)
    except KeyError:  # own data may have features that no glossary knows
        return feature


def feature_value(feature, value, *, lang, currency="CNY"):
    """A value of a feature in its unit: "32 %", "¥456", "90 days", "3.2"; "–" if it is missing."""
    if value is None or math.isnan(value):
        return "–"
    kind = _KINDS.get(feature, "share" if feature.endswith("_share") or feature.startswith("category_") else "number")
    if kind == "money":
        return price(value, lang, currency)
    if kind == "share":
        return percent(value, lang)
    if kind == "days":
        return either(lang, f"{value:,.0f} days", f"{value:,.0f} 天")
    return _number(value)


def axis_name(axes, words=None, *, lang):
    """What an axis of the map of segments goes by: the features that load most on it, with the way they point.

    axes: the rows of one axis of `segments.Map.axes`.
    """
    more, less = either(lang, ("more {}", "less {}"), ("{}越高", "{}越低"))
    parts = [
        (more if row.loading > 0 else less).format(feature_name(row.feature, words, lang=lang))
        for row in axes.itertuples(index=False)
    ]
    return either(lang, ", ".join(parts), "、".join(parts)) + " →"


def evidence_reading(evidence, k, *, lang, limits=(STRENGTH, JACCARD)):
    """How many segments there are and why, or that there are none that are stable.

    evidence: result table `seg_evidence`, a row per k; k: the number chosen, 1 for none; limits: of the prediction strength and of
    the lowest Jaccard.
    """
    tried = evidence[evidence["k"] > 1].sort_values("k")
    if k == 1 or tried[tried["k"] == k].empty:
        return _none(tried, limits, lang)
    row = tried.set_index("k").loc[k]
    parts = [_chosen(row, k, tried, limits, lang), _smallest(row, lang), _tree(row, lang)]
    return join(parts, lang)


def agreement_reading(agreement, *, lang):
    """How far the same data give the same segments. agreement: what, mean, least (adjusted Rand index, 1 = the same)."""
    parts = [
        either(
            lang,
            f"{_agreement_of(row.what, lang)} {_two(row.mean)} on average and {_two(row.least)} at the least",
            f"{_agreement_of(row.what, lang)}平均 {_two(row.mean)}，最低 {_two(row.least)}",
        )
        for row in agreement.itertuples(index=False)
    ]
    return either(
        lang,
        f"Agreement of the segments with those of other runs on the same data (adjusted Rand index, 1 = the same): {'; '.join(parts)}.",
        f"同一数据多次运行所得细分的一致程度（调整兰德指数，1 为完全相同）：{'；'.join(parts)}。",
    )


def segment_sentence(name, consumers_share, money_share, traits, *, lang, words=None, fits=True, currency="CNY"):
    """One sentence on a segment: its share of consumers and of the money, and what sets it apart, strongest first.

    name: as shown; the shares 0 to 1, missing if suppressed; traits: its rows of `segments.traits`; fits: whether a name that was
    kept still says what is so.
    """
    shares = [
        either(lang, f"{percent(share, lang)} of {en}", f"{zh}的 {percent(share, lang)}")
        for share, en, zh in (
            (consumers_share, "the consumers", "消费者"),
            (money_share, "what they all paid", "消费额"),
        )
        if not math.isnan(share)
    ]
    shares = listed(shares or [either(lang, "too few to be told", "人数过少，不列数字")], lang)
    told = [_trait(row, lang, words, currency) for row in _apart(traits).head(_TRAITS).itertuples(index=False)]
    nothing = either(lang, "near the mean of all in everything", "各项都接近全体均值，没有突出之处")
    apart = listed(told or [nothing], lang)
    lead = either(lang, "set apart by (all consumers in brackets) ", "突出之处（括号内为全体）：") if told else ""
    kept = either(
        lang,
        "The name is kept from an earlier quarter; what it says no longer sets this segment apart.",
        "名称沿用自以前的季度，其所指特点现已不突出。",
    )
    colon, comma, stop = either(lang, (": ", ", ", "."), ("：", "，", "。"))
    return join([f"**{plain(name)}**{colon}{shares}{comma}{lead}{apart}{stop}", "" if fits else kept], lang)


def rule_sentence(card, *, lang, words=None, currency="CNY"):
    """The rule of one segment in words, and how far to trust it. card: its rows of `segments.cards`."""
    first = card.iloc[0]
    if not first["feature"]:
        return either(
            lang, "No short rule tells this segment from the others.", "没有简短的规则能把该细分与其他细分区分开。"
        )
    conditions = [_condition(row, lang, words, currency) for row in card.sort_values("step").itertuples(index=False)]
    coverage, precision = percent(first["coverage"], lang), percent(first["precision"], lang)
    if first["precision"] < 0.5:
        strength = either(lang, "The rule is weak: ", "该规则较弱：")
    else:
        strength = ""
    holds = either(
        lang,
        f"It holds for {coverage} of the segment; of those it holds for, {precision} are in the segment.",
        f"该细分中 {coverage} 符合；符合者中 {precision} 属于该细分。",
    )
    holds = either(lang, strength + (holds[:1].lower() + holds[1:] if strength else holds), strength + holds)
    return join([either(lang, f"Rule: {listed(conditions, lang)}.", f"规则：{'，且'.join(conditions)}。"), holds], lang)


def fidelity_reading(cards, *, lang):
    """How far the rules of all segments together stand for the segments. cards: result table `seg_rules`."""
    fidelity = cards["fidelity"].iloc[0]
    if fidelity != fidelity:
        return either(lang, "A segment is too small to test the rules.", "有细分过小，无法检验规则。")
    return either(
        lang,
        f"A tree of at most three questions gives {percent(fidelity, lang)} of held-out consumers their segment; the rest it takes for "
        "another, so a rule card describes a segment and does not define it.",
        f"一棵最多三问的决策树能把 {percent(fidelity, lang)} 的留出消费者归入其细分，其余会归错；因此规则卡是描述，不是定义。",
    )


def events_reading(events, names=None, *, lang):
    """What became of the segments of a quarter. events: rows of `seg_events` of one quarter: identity, event, from, overlap; names:
    identity → name as shown.
    """
    if events.empty:
        return either(lang, "There are no segments before to compare with.", "没有以前的细分可供比较。")
    kinds = {event: rows for event, rows in events.groupby("event", sort=False)}
    names = {} if names is None else dict(names)
    if set(kinds) == {"survived"}:
        n = len(events)
        return either(
            lang,
            f"{'The segment' if n == 1 else f'All {n} segments'} of the quarter before {'is' if n == 1 else 'are'} still there.",
            f"上季的 {n} 个细分全部延续。",
        )
    parts = [_event(event, kinds[event], names, lang) for event in _EVENTS if event in kinds]
    return join(parts, lang)


def flow_reading(flow, *, lang):
    """How many consumers changed segment, and whether they changed or the segments moved.

    flow: result table `seg_flow`: from, to, consumers, moved ("consumer_changed", "segment_moved", "" for those who stayed, came or
    left). Suppressed counts are left out and told.
    """
    known = flow.dropna(subset="consumers")
    counted = known.groupby(known["moved"].fillna(""))["consumers"].sum()
    consumer, segment = (int(counted.get(kind, 0)) for kind in ("consumer_changed", "segment_moved"))
    stayed = int(known[known["from"] == known["to"]]["consumers"].sum())
    changed, all_ = consumer + segment, consumer + segment + stayed
    if not all_:
        return either(lang, "No consumer has a segment in both quarters.", "没有消费者在两季都有细分。")
    what = either(
        lang,
        f"Of {_people(all_, lang)} with a segment in both quarters, {changed:,} changed segment ({percent(changed / all_, lang)}).",
        f"两季都有细分的 {_people(all_, lang)}中，{changed:,} 位换了细分（{percent(changed / all_, lang)}）。",
    )
    why = either(
        lang,
        f"{_people(consumer, lang)} changed {'its' if consumer == 1 else 'their'} own buying; "
        f"for {segment:,} the segments moved while they bought as before.",
        f"其中 {consumer:,} 位是消费者自身购买变了，{segment:,} 位是细分移动而其购买未变。",
    )
    hidden = int(flow["consumers"].isna().sum())
    few = either(
        lang,
        f"{hidden:,} {'flow' if hidden == 1 else 'flows'} of too few consumers {'is' if hidden == 1 else 'are'} not shown.",
        f"{hidden:,} 条人数过少的流向未列出。",
    )
    return join([what, why if changed else "", few if hidden else ""], lang)


def _rule(limits, lang):
    return either(
        lang,
        f"a prediction strength of at least {limits[0]:g}, a Jaccard of at least {limits[1]:g} for every segment in resamples, and a "
        "clearer structure than in data without any",
        f"预测强度不低于 {limits[0]:g}，重抽样中每个细分的 Jaccard 不低于 {limits[1]:g}，且结构比无结构的数据更清楚",
    )


def _reached(row, lang):
    texts = _two(row["prediction_strength"]), _two(row["jaccard"])
    own, none = _two(row["silhouette"]), _two(row["null_silhouette"])
    return either(
        lang,
        f"prediction strength {texts[0]}, lowest Jaccard {texts[1]}, silhouette {own} against {none} without structure",
        f"预测强度 {texts[0]}，最低 Jaccard {texts[1]}，轮廓系数 {own}（无结构的数据为 {none}）",
    )


def _chosen(row, k, tried, limits, lang):
    stable = [int(number) for number in tried.loc[tried["stable"].astype("bool"), "k"]]
    rule, reached = _rule(limits, lang), _reached(row, lang)
    if k not in stable:
        return either(
            lang,
            f"There are {k} segments, and they are not stable: other consumers would give others. Stable means {rule}. Reached: {reached}.",
            f"分为 {k} 个细分，但不稳定：换一批消费者，细分就会不同。稳定是指{rule}。实际：{reached}。",
        )
    largest = either(
        lang,
        f"There are {k} segments, the largest number that is stable: {reached}.",
        f"共有 {k} 个细分，这是稳定的最大数目：{reached}。",
    )
    more = (
        either(
            lang,
            f"There are {k} segments, and they are stable: {reached}. Stable too would be {listed([str(n) for n in stable if n != k], lang)}"
            "; the number follows the quarters before, or was asked for.",
            f"共有 {k} 个细分，且稳定：{reached}。{'、'.join(str(n) for n in stable if n != k)} 个也稳定；数目沿用以前各季，或由人指定。",
        )
        if k != max(stable)
        else ""
    )
    meaning = either(lang, f"Stable means {rule}.", f"稳定是指{rule}。")
    return join([more or largest, meaning], lang)


def _none(tried, limits, lang):
    said = either(
        lang,
        f"There are no stable segments here: no number of segments reaches {_rule(limits, lang)}.",
        f"这里没有稳定的细分：没有任何细分数目达到标准（{_rule(limits, lang)}）。",
    )
    near = ""
    if len(tried):
        best = tried.loc[tried["prediction_strength"].idxmax()]
        near = either(
            lang,
            f"The strongest is {int(best['k'])}: {_reached(best, lang)}.",
            f"最强的是 {int(best['k'])} 个：{_reached(best, lang)}。",
        )
    meaning = either(
        lang,
        "Consumers differ by degrees, and other consumers would draw other borders. Treat them as one group.",
        "消费者之间只有程度之差，换一批消费者界限就会不同。请把他们作为一个整体看待。",
    )
    return join([said, near, meaning], lang)


def _smallest(row, lang):
    return either(
        lang,
        f"The smallest has {_people(int(row['smallest']), lang)} ({percent(row['smallest_share'], lang)}).",
        f"最小的有 {_people(int(row['smallest']), lang)}（{percent(row['smallest_share'], lang)}）。",
    )


def _tree(row, lang):
    if math.isnan(row.get("tree_fidelity", math.nan)):
        return ""
    share = percent(row["tree_fidelity"], lang)
    return either(
        lang,
        f"A small tree on the original columns finds the segment of {share} of held-out consumers.",
        f"用原始列的小决策树可认出 {share} 的留出消费者所属细分。",
    )


def _agreement_of(what, lang):
    try:
        return glossary.term(what, lang)
    except KeyError:  # a run of another kind
        return visible(what)


def _apart(traits):
    """Of two traits that say the same (what is paid and the discount) the first."""
    same = traits["feature"].replace({"price_paid": "discount_share"})
    return traits[~same.duplicated()]


def _trait(row, lang, words, currency):
    name = plain(feature_name(row.feature, words, lang=lang))
    own, all_ = (feature_value(row.feature, value, lang=lang, currency=currency) for value in (row.value, row.overall))
    return either(lang, f"{name} {own} ({all_})", f"{name} {own}（{all_}）")


def _condition(row, lang, words, currency):
    name = plain(feature_name(row.feature, words, lang=lang))
    value = feature_value(row.feature, row.threshold, lang=lang, currency=currency)
    if value.endswith("%"):  # as the rule was rounded, not to a whole percent
        value = f"{100 * row.threshold:.3g}{either(lang, chr(160), '')}%"
    if row.op == ">":
        return either(lang, f"{name} above {value}", f"{name}高于 {value}")
    return either(lang, f"{name} at most {value}", f"{name}不高于 {value}")


def _event(event, rows, names, lang):
    own = listed([plain(names.get(one, one)) for one in dict.fromkeys(rows["identity"])], lang)
    number = rows["identity"].nunique()
    if event == "survived":
        are = "segment is" if number == 1 else "segments are"
        return either(lang, f"{number} {are} still there.", f"{number} 个细分延续。")
    if event in ("split", "merged"):
        return join([_split_or_merged(event, *pair, names, lang) for pair in _pairs(event, rows)], lang)
    en, zh = {"appeared": ("New", "新出现"), "disappeared": ("Gone", "消失")}[event]
    return either(lang, f"{en}: {own}.", f"{zh}：{own}。")


def _pairs(event, rows):
    """What came from what: of a split (the one before, those now), of a merger (those before, the one now)."""
    whole, parts = ("from", "identity") if event == "split" else ("identity", "from")
    for one, group in rows.groupby(whole, sort=False):
        yield one, list(group[parts])


def _split_or_merged(event, whole, parts, names, lang):
    whole = plain(names.get(whole, whole))
    parts = listed([plain(names.get(one, one)) for one in parts], lang)
    if event == "split":
        return either(lang, f"{whole} split into {parts}.", f"{whole}分裂为{parts}。")
    return either(lang, f"{parts} merged into {whole}.", f"{parts}合并为{whole}。")


def _people(number, lang):
    return either(lang, f"{number:,} {'consumer' if number == 1 else 'consumers'}", f"{number:,} 位消费者")


def _two(number):
    return f"{number:.2f}".replace("-", "−")


def _number(value):
    text = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return text.replace("-", "−")
