import numpy as np
import pandas as pd

from custlib import wording

P = "\N{NO-BREAK SPACE}%"
EVIDENCE = pd.DataFrame(
    {
        "k": [1, 2, 3, 4],
        "prediction_strength": [1.0, 0.97, 0.876, 0.41],
        "jaccard": [1.0, 0.98, 0.801, 0.66],
        "silhouette": [np.nan, 0.45, 0.383, -0.02],
        "null_silhouette": [np.nan, 0.3, 0.28, 0.25],
        "smallest": [900, 300, 1204, 1],
        "smallest_share": [1.0, 0.31, 0.2, 0.001],
        "tree_fidelity": [np.nan, 0.95, 0.913, np.nan],
        "stable": [True, True, True, False],
    }
)
MEANS_EN = (
    "a prediction strength of at least 0.8, a Jaccard of at least 0.75 for every segment in resamples, "
    "and a silhouette 0.06 above that of data without structure (0.02 where the strength is 0.9)"
)
MEANS_ZH = "预测强度不低于 0.8，重抽样中每个细分的 Jaccard 不低于 0.75，且轮廓系数比无结构的数据高 0.06（强度达 0.9 时为 0.02）"


def test_the_number_of_segments_and_what_it_rests_on(said):
    facts = wording.evidence_reading(EVIDENCE, 3)
    assert (facts["k"], facts["stable"], facts["chosen"]["smallest"]) == (3, [2, 3], 1204)
    assert said("segment_evidence.evidence_reading", facts) == (
        "There are 3 segments, the largest number that is stable: prediction strength 0.88, lowest Jaccard 0.80, "
        f"silhouette 0.38 against 0.28 without structure. Stable means {MEANS_EN}. "
        f"The smallest has 1,204 consumers (20{P}). "
        f"A small tree on the original columns finds the segment of 91{P} of held-out consumers."
    )
    assert said("segment_evidence.evidence_reading", facts, "zh") == (
        "共有 3 个细分，这是稳定的最大数目：预测强度 0.88，最低 Jaccard 0.80，轮廓系数 0.38（无结构的数据为 0.28）。"
        f"稳定是指{MEANS_ZH}。最小的有 1,204 位消费者（20%）。用原始列的小决策树可认出 91% 的留出消费者所属细分。"
    )


def test_without_stable_segments_it_says_so_and_how_near_the_strongest_came(said):
    none = wording.evidence_reading(EVIDENCE.assign(stable=False), 1)
    assert (none["chosen"], none["strongest"]["k"]) == (None, 2)
    assert said("segment_evidence.evidence_reading", none) == (
        f"There are no stable segments here: no number of segments reaches {MEANS_EN}. "
        "The strongest is 2: prediction strength 0.97, lowest Jaccard 0.98, silhouette 0.45 against 0.30 without structure. "
        "Consumers differ by degrees, and other consumers would draw other borders. Treat them as one group."
    )
    assert said("segment_evidence.evidence_reading", none, "zh").startswith(
        f"这里没有稳定的细分：没有任何细分数目达到标准（{MEANS_ZH}）。最强的是 2 个：预测强度 0.97"
    )


def test_where_no_number_could_be_looked_at_there_are_no_stable_segments_either(said):
    for few in (EVIDENCE.head(1), EVIDENCE.head(0)):
        text = said("segment_evidence.evidence_reading", wording.evidence_reading(few, 1))
        assert text == "Too few consumers are known well enough to look for segments."


def test_a_number_that_is_not_stable_is_said_to_be_so(said):
    facts = wording.evidence_reading(EVIDENCE, 4)
    assert said("segment_evidence.evidence_reading", facts) == (
        "There are 4 segments, and they are not stable: other consumers would give others. "
        f"Stable means {MEANS_EN}. Reached: prediction strength 0.41, lowest Jaccard 0.66, "
        f"silhouette −0.02 against 0.25 without structure. The smallest has 1 consumer (less than 1{P})."
    )
    text = said("segment_evidence.evidence_reading", facts, "zh")
    assert text.startswith("分为 4 个细分，但不稳定：换一批消费者，细分就会不同。") and "轮廓系数 −0.02" in text


def test_a_smaller_number_than_the_largest_stable_one_says_why(said):
    facts = wording.evidence_reading(EVIDENCE, 2)
    text = said("segment_evidence.evidence_reading", facts)
    assert text.startswith("There are 2 segments, and they are stable: prediction strength 0.97")
    assert "Stable too would be 3; the number follows the quarters before, or was asked for. Stable means" in text
    assert "3 个也稳定；数目沿用以前各季，或由人指定。稳定是指" in said(
        "segment_evidence.evidence_reading", facts, "zh"
    )


def test_the_agreement_of_runs(said):
    agreement = pd.DataFrame(
        {"what": ["seeds_one_start", "shuffles_ours"], "mean": [0.711, 1.0], "least": [-0.034, 1.0]}
    )
    facts = wording.agreement_reading(agreement)
    assert said("segment_evidence.agreement_reading", facts) == (
        "Agreement of the segments with those of other runs on the same data (adjusted Rand index, 1 = the same): "
        "other seeds, one start 0.71 on average and −0.03 at the least; "
        "other orders of rows, our rule 1.00 on average and 1.00 at the least."
    )
    assert said("segment_evidence.agreement_reading", facts, "zh") == (
        "同一数据多次运行所得细分的一致程度（调整兰德指数，1 为完全相同）："
        "不同随机种子，单次起点平均 0.71，最低 −0.03；不同行序，本规则平均 1.00，最低 1.00。"
    )
    assert wording.agreement_reading(agreement.head(0)) is None


def test_the_figure_of_the_evidence_in_words(said):
    facts = wording.k_table_alt(EVIDENCE.head(3), k=2)
    assert said("segment_evidence.k_table_alt", facts) == (
        "Evidence by number of segments: prediction strength (at least 0.8 is needed), lowest Jaccard (at least 0.75), "
        "silhouette against data without structure. 2: 0.97, 0.98, 0.45 against 0.30; 3: 0.88, 0.80, 0.38 against 0.28. Chosen: 2."
    )
    assert said("segment_evidence.k_table_alt", facts, "zh") == (
        "各细分数目的证据：预测强度（至少 0.8）、最低 Jaccard（至少 0.75）、轮廓系数与无结构数据对照。"
        "2 个：0.97、0.98、0.45（对照 0.30）；3 个：0.88、0.80、0.38（对照 0.28）。选定：2 个。"
    )
    none = wording.k_table_alt(EVIDENCE, k=1)
    assert said("segment_evidence.k_table_alt", none).endswith("None is chosen.")
    assert said("segment_evidence.k_table_alt", none, "zh").endswith("未选定任何数目。")
