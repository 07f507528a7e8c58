import numpy as np
import pandas as pd

from custlib import wording

WORDS = {
    "segment:S1": {"en": "Regulars", "zh": "常购"},
    "segment:S2": {"en": "Fading", "zh": "沉寂"},
    "segment:S3": {"en": "New", "zh": "新客"},
    "feature:money": {"en": "paid", "zh": "消费金额"},
    "feature:discount_share": {"en": "discount", "zh": "折扣率"},
    "feature:frequency": {"en": "purchases", "zh": "购买次数"},
    "feature:list_price": {"en": "list price", "zh": "标价"},
}
HEAT = pd.DataFrame(
    [
        ("S2", "money", 0.5),
        ("S2", "discount_share", -1.84),
        ("S2", "frequency", 0.9),
        ("S2", "list_price", 1.2),
        ("S1", "money", 0.49),
        ("S1", "discount_share", np.nan),
    ],
    columns=["identity", "feature", "difference"],
)
MAP = pd.DataFrame(
    {
        "x": [0.1, 0.2, 2.0, -1.0],
        "y": [0.1, 0.2, -1.0, 1.0],
        "identity": ["S1", "S3", "S1", "S3"],
        "kind": ["consumer", "consumer", "centre", "centre"],
    }
)
AXES = pd.DataFrame({"axis": ["x", "y"], "feature": ["money", "discount_share"], "loading": [0.9, -0.8]})
FLOW = pd.DataFrame(
    [
        ("S1", "S1", "", 1),
        ("S1", "S2", "consumer_changed", 10),
        ("S1", "S2", "segment_moved", 7),
        ("S2", "S1", "segment_moved", 9),
        ("S2", "S3", "consumer_changed", 1204),
        ("S3", "S2", "consumer_changed", 8),
        ("S2", "lost", "", 5),
        ("new", "S1", "", 12),
        ("apart", "S1", "", 6),
        ("S3", "S1", "segment_moved", None),
    ],
    columns=["from", "to", "moved", "consumers"],
).astype({"consumers": "Int64"})


def alternative(said, name, facts, lang="en"):
    return said(f"segment_alternatives.{name}", facts, lang, markdown=False, vocabulary=WORDS)


def test_the_heat_map_says_what_sets_each_segment_apart_most(said):
    facts = wording.segment_heat_map_alt(HEAT)
    assert alternative(said, "segment_heat_map_alt", facts) == (
        "Heat map of segments by 4 features, in standard deviations from the mean of all consumers. "
        "What sets each apart most: S2, Fading: discount −1.8, list price +1.2 and purchases +0.9. S1, Regulars: nothing."
    )
    few = wording.segment_heat_map_alt(HEAT.tail(2))
    assert alternative(said, "segment_heat_map_alt", few, "zh") == (
        "1 个细分在 2 项特征上与全体均值之差的热力图（单位：标准差）。各细分最突出的：S1 常购：无。"
    )


def test_half_a_standard_deviation_sets_apart():
    (segment,) = wording.segment_heat_map_alt(HEAT.head(1))["segments"]
    assert segment == {"segment": "S2", "far": [{"feature": "money", "difference": 0.5}]}


def test_the_map_says_what_its_axes_are_and_where_each_segment_lies(said):
    assert alternative(said, "segment_map_alt", wording.segment_map_alt(MAP, AXES)) == (
        "Map of 2 consumers; to the right: more paid; upwards: less discount. "
        "Middles of the segments: S1 Regulars below right; S3 New above left."
    )
    one = wording.segment_map_alt(MAP[1:], AXES)
    assert alternative(said, "segment_map_alt", one).startswith("Map of 1 consumer;")
    assert alternative(said, "segment_map_alt", one, "zh") == (
        "1 位消费者的分布图；向右：消费金额越高；向上：折扣率越低。各细分中心：S1 常购在右下；S3 新客在左上。"
    )


def test_the_flow_says_how_many_stayed_and_where_most_moved(said):
    facts = wording.segment_flow_alt(FLOW)
    assert {name: facts[name] for name in ("stayed", "changed", "shifted", "came", "left")} == {
        "stayed": 1,
        "changed": 1222,
        "shifted": 16,
        "came": 12,
        "left": 5,
    }
    assert alternative(said, "segment_flow_alt", facts) == (
        "Bands from the segment a quarter before to the segment now: 1 consumer stayed; 1,222 changed themselves; "
        "for 16 the segment moved; 12 were not described before; 5 are no longer. "
        "Most moves: S2 Fading to S3 New 1,204; S1 Regulars to S2 Fading 17; S2 Fading to S1 Regulars 9."
    )
    assert alternative(said, "segment_flow_alt", wording.segment_flow_alt(FLOW.head(2)), "zh") == (
        "从上季细分到本季细分的流向图：1 位未变，10 位自身变了，0 位因细分移动，0 位上季未纳入，0 位本季未纳入。"
        "最多的变动：S1 常购 → S2 沉寂 10 位。"
    )
    assert "Most" not in alternative(said, "segment_flow_alt", wording.segment_flow_alt(FLOW.head(1)))


def test_seasons_say_the_highest_and_the_lowest_month_of_each_segment(said):
    seasons = pd.DataFrame({"identity": "S1", "month": range(1, 13), "index": [1.54, *[1.0] * 10, 0.5]})
    everyone = seasons.assign(identity="", index=1.0)
    hidden = seasons.assign(identity="S2", index=np.nan)
    facts = wording.segment_seasons_alt(pd.concat([seasons, hidden, everyone], ignore_index=True))
    assert facts == {
        "curves": [{"segment": "S1", "highest": {"month": 1, "times": 1.54}, "lowest": {"month": 12, "times": 0.5}}]
    }
    assert alternative(said, "segment_seasons_alt", facts) == (
        "Seasonal curves by month, a panel per segment; 1 is its own mean. "
        "S1 Regulars: highest in January (× 1.5), lowest in December (× 0.5)."
    )
    assert alternative(said, "segment_seasons_alt", facts, "zh") == (
        "各细分按月的季节曲线，1 为自身均值。S1 常购：最高为 1 月（× 1.5），最低为 12 月（× 0.5）。"
    )
