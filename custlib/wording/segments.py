"""What the segments are: their features, a sentence and a rule for each, for Markdown."""

import math

from custlib import glossary
from custlib.wording.forms import either, join, listed, percent, plain, price

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


def feature_name(feature, words=None, *, lang):
    """A feature as people call it: the glossary's term; a category by its word in `segment_names.csv`, else as exported.

    words: that table, as `segments.words` gives it. Raises KeyError for a feature without a term.
    """
    if feature.startswith("category_"):
        category = feature.removeprefix("category_")
        if words is not None and lang == "en":
            own = words[(words["feature"] == feature) & (words["direction"] == "up")]["en"]
            category = own.iloc[0] if len(own) else category
        return either(lang, f"share of {category}", f"{category}占比")
    return glossary.term(_TERMS.get(feature, feature), lang)


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
        days = _number(round(value))
        return either(lang, f"{days} day{'' if days == '1' else 's'}", f"{days} 天")
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


def segments_reading(profile, values, traits, names, fits, *, lang, words=None, currency="CNY"):
    """A line for each segment: `segment_sentence`; "" where there are none.

    profile: result table `seg_profile`; values: `segments.value`, by identity; traits: `segments.traits`; names: identity → name as
    shown; fits: `segments.still_fits`.
    """
    sizes = profile.drop_duplicates("identity").set_index("identity")["consumers"].astype("float64")
    told = [
        segment_sentence(
            names[one],
            size / sizes.sum(),
            values.at[one, "money_share"],
            traits[traits["segment"] == one],
            lang=lang,
            words=words,
            fits=fits[one],
            currency=currency,
        )
        for one, size in sizes.items()
    ]
    return _listed_by(sizes.index, told)


def cards_reading(rules, names, *, lang, words=None, currency="CNY"):
    """A line for each segment, `rule_sentence`, and how far the rules stand for the segments; "" where there are none.

    rules: result table `seg_rules`.
    """
    if rules.empty:
        return ""
    colon, told = either(lang, ": ", "："), []
    for one, card in rules.groupby("identity", sort=False):
        told.append(f"{plain(names[one])}{colon}{rule_sentence(card, lang=lang, words=words, currency=currency)}")
    return _listed_by(rules["identity"].unique(), told) + "\n\n" + fidelity_reading(rules, lang=lang)


def _listed_by(identities, sentences):
    return "\n".join(f"- **{one}** {sentence}" for one, sentence in zip(identities, sentences, strict=True))


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


def _number(value):
    text = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return text.replace("-", "−")
