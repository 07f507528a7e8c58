import numpy as np
import pandas as pd
import pytest

from custlib import segments, wording

P, NAN = "\N{NO-BREAK SPACE}%", float("nan")
TRAITS = pd.DataFrame(
    [
        ("price_paid", 0.8123, 0.95),
        ("discount_share", 0.19, 0.05),
        ("money", 5432.1, 1200.0),
        ("recency_days", 14.2, 90.0),
        ("frequency", 9.21, 3.0),
    ],
    columns=["feature", "value", "overall"],
)
CARD = pd.DataFrame(
    [
        (2, "recency_days", "<=", 45.0, 0.82, 0.91),
        (1, "discount_share", ">", 0.125, 0.82, 0.91),
    ],
    columns=["step", "feature", "op", "threshold", "coverage", "precision"],
)


@pytest.mark.parametrize(
    ("feature", "value", "en", "zh"),
    [
        ("money", 5432.1, "¥5,430", "5,430 元"),
        ("list_price", 456.4, "¥456", "456 元"),
        ("recency_days", 1204.4, "1,204 days", "1,204 天"),
        ("tenure_days", 1.2, "1 day", "1 天"),
        ("price_paid", 0.925, f"93{P}", "93%"),
        ("category_锅具", 0.3249, f"32{P}", "32%"),
        ("promoted_share", 0.0, f"0{P}", "0%"),
        ("frequency", 3.2499, "3.25", "3.25"),
        ("frequency", 1204.4, "1,204", "1,204"),
        ("promoted_pieces", -0.5, "−0.5", "−0.5"),
        ("money", NAN, "–", "–"),
    ],
)
def test_a_value_has_the_unit_of_its_feature(feature, value, en, zh):
    assert (wording.feature_value(feature, value, lang="en"), wording.feature_value(feature, value, lang="zh")) == (
        en,
        zh,
    )


def test_money_is_in_the_declared_currency():
    assert wording.feature_value("money", 56.78, lang="en", currency="GBP") == "GBP 56.80"


def test_features_are_called_by_the_glossary_and_categories_by_their_word():
    assert wording.feature_name("quantity", lang="en") == "pieces a purchase"
    assert wording.feature_name("list_price", lang="zh") == "所购商品标价"
    assert wording.feature_name("category_锅具", segments.words(), lang="en") == "share of pots"
    assert wording.feature_name("category_伞", segments.words(), lang="en") == "share of 伞"
    assert wording.feature_name("category_锅具", segments.words(), lang="zh") == "锅具占比"


def test_a_feature_that_the_glossary_does_not_know_is_asked_for():
    with pytest.raises(KeyError, match="glossary.csv"):
        wording.feature_name("frequancy", lang="en")


def test_an_axis_is_named_by_what_loads_on_it_and_which_way():
    axis = pd.DataFrame({"feature": ["money", "discount_share"], "loading": [0.8, -0.6]})
    assert wording.axis_name(axis, lang="en") == "more paid, less discount →"
    assert wording.axis_name(axis, lang="zh") == "消费金额越高、折扣率越低 →"


def test_a_segment_in_one_sentence():
    # what is paid against list and the discount say the same: the first is told
    assert wording.segment_sentence("Bargain-minded · rich", 0.21, 0.083, TRAITS, lang="en") == (
        rf"**Bargain\-minded · rich**: 21{P} of the consumers and 8{P} of what they all paid, "
        f"set apart by (all consumers in brackets) price paid against list 81{P} (95{P}), "
        "paid ¥5,430 (¥1,200) and days since the last purchase 14 days (90 days)."
    )
    assert wording.segment_sentence("重优惠", 0.21, 0.083, TRAITS.tail(2), lang="zh") == (
        "**重优惠**：消费者的 21%和消费额的 8%，突出之处（括号内为全体）：距最近购买天数 14 天（90 天）和一年购买次数 9.21（3）。"
    )


def test_a_segment_that_nothing_sets_apart():
    assert wording.segment_sentence("Average consumers", 0.5, 0.5, TRAITS.head(0), lang="en") == (
        f"**Average consumers**: 50{P} of the consumers and 50{P} of what they all paid, near the mean of all in everything."
    )
    assert wording.segment_sentence("一般消费者", 0.5, 0.5, TRAITS.head(0), lang="zh").endswith(
        "，各项都接近全体均值，没有突出之处。"
    )


def test_suppressed_shares_are_not_told():
    assert "**A**: too few to be told, near" in wording.segment_sentence("A", NAN, NAN, TRAITS.head(0), lang="en")
    assert "**A**：消费者的 1%，各项" in wording.segment_sentence("A", 0.01, NAN, TRAITS.head(0), lang="zh")


def test_a_kept_name_that_no_longer_fits_is_said_to_be_kept():
    assert wording.segment_sentence("A", 0.5, 0.5, TRAITS, lang="en", fits=False).endswith(
        "The name is kept from an earlier quarter; what it says no longer sets this segment apart."
    )
    assert "名称沿用自以前的季度" in wording.segment_sentence("A", 0.5, 0.5, TRAITS, lang="zh", fits=False)
    assert "kept" not in wording.segment_sentence("A", 0.5, 0.5, TRAITS, lang="en")


def test_a_rule_in_words_with_how_far_to_trust_it():
    assert wording.rule_sentence(CARD, lang="en") == (
        f"Rule: discount above 12.5{P} and days since the last purchase at most 45 days. "
        f"It holds for 82{P} of the segment; of those it holds for, 91{P} are in the segment."
    )
    assert wording.rule_sentence(CARD, lang="zh") == (
        "规则：折扣率高于 12.5%，且距最近购买天数不高于 45 天。该细分中 82% 符合；符合者中 91% 属于该细分。"
    )


def test_a_rule_that_holds_for_more_others_than_members_is_weak():
    weak = CARD.assign(precision=0.49)
    assert f". The rule is weak: it holds for 82{P} of the segment" in wording.rule_sentence(weak, lang="en")
    assert "。该规则较弱：该细分中 82% 符合" in wording.rule_sentence(weak, lang="zh")
    assert "weak" not in wording.rule_sentence(CARD.assign(precision=0.5), lang="en")


def test_a_segment_without_a_rule():
    none = CARD.head(1).assign(feature="")
    assert wording.rule_sentence(none, lang="en") == "No short rule tells this segment from the others."
    assert wording.rule_sentence(none, lang="zh") == "没有简短的规则能把该细分与其他细分区分开。"


def test_how_far_the_rules_stand_for_the_segments():
    assert wording.fidelity_reading(pd.DataFrame({"fidelity": [0.873, 0.873]}), lang="en") == (
        f"A tree of at most three questions gives 87{P} of held-out consumers their segment; "
        "the rest it takes for another, so a rule card describes a segment and does not define it."
    )
    assert wording.fidelity_reading(pd.DataFrame({"fidelity": [0.873]}), lang="zh") == (
        "一棵最多三问的决策树能把 87% 的留出消费者归入其细分，其余会归错；因此规则卡是描述，不是定义。"
    )
    few = pd.DataFrame({"fidelity": [np.nan]})
    assert wording.fidelity_reading(few, lang="en") == "A segment is too small to test the rules."
    assert wording.fidelity_reading(few, lang="zh") == "有细分过小，无法检验规则。"


def test_another_language_is_refused():
    with pytest.raises(ValueError, match="fr"):
        wording.segment_sentence("A", 0.5, 0.5, TRAITS, lang="fr")


def test_a_line_for_each_segment_and_what_its_kept_name_no_longer_says():
    profile = pd.DataFrame(
        {"identity": ["S1", "S1", "S2"], "feature": ["money", "novelty", "money"], "consumers": [30, 30, 10]}
    )
    values, traits = pd.DataFrame({"money_share": [0.6, 0.4]}, ["S1", "S2"]), TRAITS.assign(segment="S1")
    names, fits = pd.Series({"S1": "Pots", "S2": "Cups"}), pd.Series({"S1": True, "S2": False})
    first, second = wording.segments_reading(profile, values, traits, names, fits, lang="en").split("\n")
    assert first.startswith(
        "- **S1** **Pots**: 75\xa0% of the consumers and 60\xa0% of what they all paid, set apart by "
    )
    assert second.startswith("- **S2** **Cups**: 25\xa0%") and second.endswith("no longer sets this segment apart.")
    assert wording.segments_reading(profile.head(0), values, traits, names, fits, lang="en") == ""


def test_rule_cards_one_by_one_and_how_far_to_trust_them():
    card = pd.DataFrame(
        {"identity": ["S1"], "step": [1], "feature": ["discount_share"], "op": [">"], "threshold": [0.3]}
        | {"coverage": [0.9], "precision": [0.8], "fidelity": [0.85]}
    )
    told = wording.cards_reading(card, {"S1": "Bargain"}, lang="en")
    assert told.startswith("- **S1** Bargain: Rule: discount above 30\xa0%.") and "gives 85\xa0% of held-out" in told
    assert wording.cards_reading(card.head(0), {}, lang="zh") == ""
