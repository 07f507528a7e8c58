import numpy as np
import pandas as pd
import pytest

from custlib import wording

HEAT = pd.DataFrame(
    [
        ("S2", "Regulars", "paid", 0.5),
        ("S2", "Regulars", "discount", -1.84),
        ("S2", "Regulars", "purchases", 0.9),
        ("S2", "Regulars", "list price", 1.2),
        ("S1", "Fading", "paid", 0.49),
        ("S1", "Fading", "discount", np.nan),
    ],
    columns=["identity", "name", "feature", "difference"],
)
MAP = pd.DataFrame(
    {
        "x": [0.1, 0.2, 2.0, -1.0],
        "y": [0.1, 0.2, -1.0, 1.0],
        "identity": ["S1", "S3", "S1", "S3"],
        "kind": ["consumer", "consumer", "centre", "centre"],
        "name": ["", "", "Regulars", "Fading"],
    }
)
EVIDENCE = pd.DataFrame(
    {
        "k": [3, 1, 2],
        "prediction_strength": [0.8, 1.0, 0.97],
        "jaccard": [0.74, 1.0, 0.98],
        "silhouette": [0.38, np.nan, 0.45],
        "null_silhouette": [0.28, np.nan, 0.3],
    }
)
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
SEASONS = pd.DataFrame(
    {
        "identity": ["S1"] * 4 + [""] * 4,
        "name": ["Regulars"] * 4 + [""] * 4,
        "period": [1, 2, 3, 4] * 2,
        "index": [0.61, 1.0, 1.0, 1.44] + [1.0] * 4,
    }
)


def test_the_heat_map_says_what_sets_each_segment_apart_most():
    assert wording.segment_heat_map_alt(HEAT, lang="en") == (
        "Heat map of segments by 4 features, in standard deviations from the mean of all consumers. "
        "What sets each apart most: S2, Regulars: discount −1.8, list price +1.2 and purchases +0.9. S1, Fading: nothing."
    )
    assert wording.segment_heat_map_alt(HEAT.tail(2), lang="zh") == (
        "1 个细分在 2 项特征上与全体均值之差的热力图（单位：标准差）。各细分最突出的：S1 Fading：无。"
    )


def test_half_a_standard_deviation_sets_apart():
    text = wording.segment_heat_map_alt(HEAT.head(1), lang="zh")
    assert text.endswith("各细分最突出的：S2 Regulars：paid +0.5。")


def test_the_map_says_what_its_axes_are_and_where_each_segment_lies():
    axes = ("more paid →", "less discount →")
    assert wording.segment_map_alt(MAP, lang="en", axes=axes) == (
        "Map of 2 consumers; to the right: more paid; upwards: less discount. "
        "Middles of the segments: S1 Regulars below right; S3 Fading above left."
    )
    assert wording.segment_map_alt(MAP[1:], lang="zh", axes=axes) == (
        "1 位消费者的分布图；向右：more paid；向上：less discount。各细分中心：S1 Regulars在右下；S3 Fading在左上。"
    )
    assert wording.segment_map_alt(MAP[1:], lang="en", axes=axes).startswith("Map of 1 consumer;")


def test_the_evidence_number_by_number_and_which_is_chosen():
    assert wording.k_table_alt(EVIDENCE, lang="en", k=2) == (
        "Evidence by number of segments: prediction strength (at least 0.8 is needed), lowest Jaccard (at least 0.75), "
        "silhouette against data without structure. 2: 0.97, 0.98, 0.45 against 0.30; 3: 0.80, 0.74, 0.38 against 0.28. Chosen: 2."
    )
    assert wording.k_table_alt(EVIDENCE, lang="zh", k=2) == (
        "各细分数目的证据：预测强度（至少 0.8）、最低 Jaccard（至少 0.75）、轮廓系数与无结构数据对照。"
        "2 个：0.97、0.98、0.45（对照 0.30）；3 个：0.80、0.74、0.38（对照 0.28）。选定：2 个。"
    )


def test_without_stable_segments_none_is_chosen():
    assert wording.k_table_alt(EVIDENCE, lang="en").endswith("None is chosen.")
    assert wording.k_table_alt(EVIDENCE, lang="zh").endswith("未选定任何数目。")


def test_the_flow_says_how_many_stayed_and_where_most_moved():
    assert wording.segment_flow_alt(FLOW, lang="en", names={"S1": "Regulars", "S2": "Fading"}) == (
        "Bands from the segment a quarter before to the segment now: 1 consumer stayed; 1,222 changed themselves; "
        "for 16 the segment moved; 12 were not described before; 5 are no longer. "
        "Most moves: S2 Fading to S3 1,204; S1 Regulars to S2 Fading 17; S2 Fading to S1 Regulars 9."
    )
    assert wording.segment_flow_alt(FLOW.head(2), lang="zh") == (
        "从上季细分到本季细分的流向图：1 位未变，10 位自身变了，0 位因细分移动，0 位上季未纳入，0 位本季未纳入。"
        "最多的变动：S1到S2 10 位。"
    )
    assert "Most" not in wording.segment_flow_alt(FLOW.head(1), lang="en")


def test_seasons_say_the_highest_and_the_lowest_period_of_each_segment():
    assert wording.segment_seasons_alt(SEASONS, lang="en") == (
        "Seasonal curves by quarter of the year, a panel per segment; 1 is its own mean. "
        "S1 Regulars: highest in Q4 (× 1.4), lowest in Q1 (× 0.6)."
    )
    months = pd.DataFrame({"identity": "S1", "name": "常购", "period": range(1, 13), "index": [1.5, *[1.0] * 10, 0.5]})
    assert wording.segment_seasons_alt(months, lang="zh") == (
        "各细分按月的季节曲线，1 为自身均值。S1 常购：最高为1 月 (× 1.5)，最低为12 月 (× 0.5)。"
    )
    assert "highest in January (× 1.5), lowest in December (× 0.5)" in wording.segment_seasons_alt(months, lang="en")


@pytest.mark.parametrize(
    ("alt", "table"),
    [
        (wording.segment_heat_map_alt, HEAT),
        (wording.segment_map_alt, MAP),
        (wording.k_table_alt, EVIDENCE),
        (wording.segment_flow_alt, FLOW),
        (wording.segment_seasons_alt, SEASONS),
    ],
)
def test_another_language_is_refused(alt, table):
    with pytest.raises(ValueError, match="fr"):
        alt(table, lang="fr")
