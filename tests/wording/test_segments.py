import pandas as pd
import pytest

from custlib import wording
from custlib.wording.segments import feature_value

P, NAN = "\N{NO-BREAK SPACE}%", float("nan")
WORDS = {
    "segment:S1": {"en": "Bargain-minded · rich", "zh": "重优惠"},
    "segment:S2": {"en": "Cups", "zh": "水杯"},
    "feature:price_paid": {"en": "price paid against list", "zh": "实付与标价之比"},
    "feature:money": {"en": "paid", "zh": "消费金额"},
    "feature:recency_days": {"en": "days since the last purchase", "zh": "距最近购买天数"},
    "feature:discount_share": {"en": "discount", "zh": "折扣率"},
}
TRAITS = pd.DataFrame(
    [
        ("S1", "price_paid", "down", 0.8123, 0.95),
        ("S1", "discount_share", "up", 0.19, 0.05),
        ("S1", "money", "up", 5432.1, 1200.0),
        ("S1", "recency_days", "down", 14.2, 90.0),
        ("S1", "frequency", "up", 9.21, 3.0),
    ],
    columns=["segment", "feature", "direction", "value", "overall"],
)
PROFILE = pd.DataFrame(
    {"identity": ["S1", "S1", "S2"], "feature": ["money", "novelty", "money"], "consumers": [30, 30, 10]}
)
VALUES = pd.DataFrame({"consumers": [30, 10], "consumers_share": [0.6, 0.2], "money_share": [0.6, NAN]}, ["S1", "S2"])
NAMES = pd.DataFrame({"traits": ["money up", "novelty up"]}, pd.Index(["S1", "S2"], name="identity"))
CARD = pd.DataFrame(
    [
        ("S1", 2, "recency_days", "<=", 45.0, 0.82, 0.91, 0.873),
        ("S1", 1, "discount_share", ">", 0.125, 0.82, 0.91, 0.873),
    ],
    columns=["identity", "step", "feature", "op", "threshold", "coverage", "precision", "fidelity"],
)


@pytest.mark.parametrize(
    ("feature", "value", "unit", "en", "zh"),
    [
        ("money", 5432.1, "money", "¥5,430", "5,430 元"),
        ("list_price", 456.4, "money", "¥456", "456 元"),
        ("recency_days", 1204.4, "days", "1,204 days", "1,204 天"),
        ("tenure_days", 1.2, "days", "1 day", "1 天"),
        ("price_paid", 0.925, "share", f"93{P}", "93%"),
        ("category_锅具", 0.3249, "share", f"32{P}", "32%"),
        ("promoted_share", 0.0, "share", f"0{P}", "0%"),
        ("novelty", 0.004, "share", f"<1{P}", "<1%"),
        ("frequency", 3.2499, "number", "3.25", "3.25"),
        ("frequency", 1204.4, "number", "1,204", "1,204"),
        ("promoted_pieces", -0.5, "number", "−0.5", "−0.5"),
        ("money", NAN, "none", "–", "–"),
    ],
)
def test_a_value_has_the_unit_of_its_feature(said, feature, value, unit, en, zh):
    facts = feature_value(feature, value)
    assert facts["unit"] == unit
    (cell,) = wording.profile_value(pd.DataFrame({"feature": [feature], "value": [value]}))
    assert cell == facts
    assert [said("segments.profile_value", facts, lang) for lang in ("en", "zh")] == [en, zh]


def test_an_axis_is_named_by_what_loads_on_it_and_which_way(said):
    axes = pd.DataFrame(
        {"axis": ["x", "x", "y"], "feature": ["money", "discount_share", "money"], "loading": [0.8, -0.6, 0.1]}
    )
    across, up = wording.axis_names(axes)
    assert across == {"features": [{"feature": "money", "more": True}, {"feature": "discount_share", "more": False}]}
    assert said("segments.axis_names", across, vocabulary=WORDS) == "more paid, less discount →"
    assert said("segments.axis_names", across, "zh", vocabulary=WORDS) == "消费金额越高、折扣率越低 →"
    assert said("segments.axis_names", up, vocabulary=WORDS) == "more paid →"


def test_each_segment_its_shares_and_its_strongest_traits():
    first, second = wording.segments_reading(PROFILE, VALUES, TRAITS, NAMES)["segments"]
    assert (first["of_consumers"], first["of_money"], first["fits"]) == (0.6, 0.6, True)
    # what is paid against list and the discount say the same: the first is told
    assert [trait["feature"] for trait in first["traits"]] == ["price_paid", "money", "recency_days"]
    assert first["traits"][1] == {
        "feature": "money",
        "own": {"unit": "money", "value": 5432.1},
        "of_all": {"unit": "money", "value": 1200.0},
    }
    # what is not told of single consumers, a segment that nothing sets apart, a name that no longer says what is so
    assert second == {"segment": "S2", "of_consumers": 0.2, "of_money": None, "traits": [], "fits": False}
    assert wording.segments_reading(PROFILE.head(0), VALUES, TRAITS, NAMES) is None


def test_segments_in_sentences(said):
    facts = wording.segments_reading(PROFILE, VALUES, TRAITS, NAMES)
    assert said("segments.segments_reading", facts, vocabulary=WORDS) == (
        rf"- **S1** **Bargain\-minded · rich**: 60{P} of all consumers and 60{P} of what they all paid, "
        f"set apart by (mean of all segments in brackets) price paid against list 81{P} (95{P}), "
        "paid ¥5,430 (¥1,200) and days since the last purchase 14 days (90 days).\n"
        f"- **S2** **Cups**: 20{P} of all consumers, near the mean of all segments in everything. "
        "The name is kept from an earlier quarter; what it says no longer sets this segment apart.\n\n"
        "Both shares are of all 40 consumers who bought in the four quarters, those in no segment too."
    )
    assert said("segments.segments_reading", facts, "zh", vocabulary=WORDS).split("\n")[1] == (
        "- **S2** **水杯**：占全部消费者的 20%；各项都接近总体均值，没有突出之处。名称沿用自以前的季度，其所指特点现已不突出。"
    )


def test_a_segment_too_small_for_any_figure(said):
    few = wording.segments_reading(
        PROFILE.assign(consumers=NAN), VALUES.assign(money_share=NAN, consumers_share=NAN), TRAITS, NAMES
    )
    assert "**Cups**: too few to be told, near" in said("segments.segments_reading", few, vocabulary=WORDS)


def test_a_rule_in_words_with_how_far_to_trust_it(said):
    facts = wording.cards_reading(CARD)
    assert [(each["feature"], each["above"]) for each in facts["cards"][0]["conditions"]] == [
        ("discount_share", True),
        ("recency_days", False),
    ]
    assert said("segments.cards_reading", facts, vocabulary=WORDS) == (
        rf"- **S1** Bargain\-minded · rich: Rule: discount above 12.5{P} and days since the last purchase at most 45 days. "
        f"It holds for 82{P} of the segment; of those it holds for, 91{P} are in the segment.\n\n"
        f"A tree of at most three questions puts 87{P} of consumers it has not seen into their segment; it misclassifies the rest, "
        "so a rule card describes a segment and does not define it."
    )
    assert said("segments.cards_reading", facts, "zh", vocabulary=WORDS) == (
        "- **S1** 重优惠：规则：折扣率高于 12.5%，且距最近购买天数不高于 45 天。该细分中 82% 符合；符合者中 91% 属于该细分。\n\n"
        "一棵最多三问的决策树能把 87% 的未参与训练的消费者归入其细分，其余会归错；因此规则卡是描述，不是定义。"
    )


def test_a_rule_that_holds_for_more_others_than_members_is_weak(said):
    weak = wording.cards_reading(CARD.assign(precision=0.49))
    assert weak["cards"][0]["weak"] and not wording.cards_reading(CARD.assign(precision=0.5))["cards"][0]["weak"]
    assert f". The rule is weak: it holds for 82{P} of" in said("segments.cards_reading", weak, vocabulary=WORDS)
    assert "。该规则较弱：该细分中 82% 符合" in said("segments.cards_reading", weak, "zh", vocabulary=WORDS)


def test_no_rule_and_no_test_of_the_rules(said):
    none = wording.cards_reading(CARD.head(1).assign(feature="", fidelity=NAN))
    assert (none["cards"][0]["conditions"], none["fidelity"]) == ([], None)
    assert said("segments.cards_reading", none, vocabulary=WORDS).endswith(
        "No short rule tells this segment from the others.\n\nA segment is too small to test the rules."
    )
    assert wording.cards_reading(CARD.head(0)) is None


def test_a_segment_in_a_table_goes_by_its_name_and_those_apart_by_theirs(said):
    one, apart = wording.of_segment(pd.DataFrame({"identity": ["S2", "apart"]}))
    assert said("segments.of_segment", one, vocabulary=WORDS, markdown=False) == "S2 Cups"
    assert said("segments.of_segment", apart, "zh", vocabulary=WORDS, markdown=False) == "未归入细分"


def test_what_a_name_was_made_of_in_words(said):
    kept = wording.traits_of_name(
        pd.DataFrame({"traits": ["money up, category_pots, and up, category_锅 具 down", ""]})
    )
    assert kept[1] == {"traits": []}
    assert (
        said("segments.traits_of_name", kept[0], vocabulary=WORDS, markdown=False)
        == "paid higher, category_pots, and higher, category_锅 具 lower"
    )
    assert said("segments.traits_of_name", kept[0], "zh", vocabulary=WORDS, markdown=False) == (
        "消费金额偏高、category_pots, and偏高、category_锅 具偏低"
    )
    assert said("segments.traits_of_name", kept[1], vocabulary=WORDS) == ""
