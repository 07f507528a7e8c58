import numpy as np
import pandas as pd

from custlib import wording

P = "\N{NO-BREAK SPACE}%"
EVIDENCE = pd.DataFrame(
    {
        "k": [1, 2, 3, 4],
        "prediction_strength": [1.0, 0.97, 0.876, 0.41],
        "strength_error": [0.0, 0.002, 0.01, 0.03],
        "splits": [0, 20, 200, 20],
        "asked_strength": [0.8, 0.75, 0.9, 0.9],
        "jaccard": [1.0, 0.98, 0.801, 0.66],
        "silhouette": [np.nan, 0.45, 0.383, -0.02],
        "null_silhouette": [np.nan, 0.3, 0.28, 0.25],
        "smallest": [900, 300, 1204, 1],
        "smallest_share": [1.0, 0.31, 0.2, 0.001],
        "tree_fidelity": [np.nan, 0.95, 0.913, np.nan],
        "stable": [True, True, True, False],
    }
)


def method(said, facts, lang="en"):
    return said("segment_evidence.evidence_method", facts, lang)


def test_the_number_of_segments_and_that_it_was_close(said):
    facts = wording.evidence_reading(EVIDENCE, 3)
    assert (facts["k"], facts["stable"], facts["chosen"]["smallest"], facts["close"]) == (3, [2, 3], 1204, [3])
    assert said("segment_evidence.evidence_reading", facts) == (
        "There are 3 segments; other consumers would give the same. The number is a close decision. "
        f"The smallest has 1,204 consumers (20{P})."
    )
    assert said("segment_evidence.evidence_reading", facts, "zh") == (
        "共有 3 个细分，换一批消费者也会得到同样的细分。细分的数目接近判定界限。最小的有 1,204 位消费者（20%）。"
    )
    clear = wording.evidence_reading(EVIDENCE.assign(strength_error=0.001), 3)
    assert "close" not in said("segment_evidence.evidence_reading", clear)


def test_the_method_says_what_was_asked_what_was_reached_and_how_near_it_was(said):
    facts = wording.evidence_method(EVIDENCE, 3)
    text = method(said, facts)
    assert "A number larger than in the quarter before needs 0.9" in text and "may stay at 0.75." in text
    assert (
        "3: prediction strength 0.88 (standard error 0.010, 200 splits; asked 0.9), lowest Jaccard 0.80, "
        "silhouette 0.38 against 0.28 without structure. Stable too: 2."
    ) in text
    assert text.endswith("so that other halves might decide otherwise: 3; what cannot be told counts as reached.")
    chinese = method(said, facts, "zh")
    assert "3 个：预测强度 0.88（标准误 0.010，分半 200 次；要求 0.9）" in chinese and "同样稳定的数目：2。" in chinese
    # what nobody asked for has no limit to be near to
    assert wording.evidence_method(EVIDENCE.assign(asked_strength=np.nan), 3)["close"] == []


def test_without_stable_segments_it_says_so_and_how_near_the_strongest_came(said):
    none = wording.evidence_reading(EVIDENCE.assign(stable=False), 1)
    assert (none["chosen"], none["strongest"]["k"]) == (None, 2)
    assert said("segment_evidence.evidence_reading", none) == (
        "There are no stable segments here: consumers differ by degrees, and other consumers would draw other borders. "
        "Treat them as one group."
    )
    assert said("segment_evidence.evidence_reading", none, "zh").startswith("这里没有稳定的细分：")
    assert "The strongest is 2: prediction strength 0.97" in method(said, none)


def test_where_no_number_could_be_looked_at_there_are_no_stable_segments_either(said):
    for few in (EVIDENCE.head(1), EVIDENCE.head(0)):
        text = said("segment_evidence.evidence_reading", wording.evidence_reading(few, 1))
        assert text == "Too few consumers are known well enough to look for segments."


def test_a_number_that_is_not_stable_is_said_to_be_so(said):
    facts = wording.evidence_reading(EVIDENCE, 4)
    assert said("segment_evidence.evidence_reading", facts) == (
        "There are 4 segments, and they are not stable: other consumers would give others. "
        f"The smallest has 1 consumer (less than 1{P})."
    )
    text = said("segment_evidence.evidence_reading", facts, "zh")
    assert text.startswith("共有 4 个细分，但不稳定：换一批消费者，细分就会不同。") and "轮廓系数 −0.02" in method(
        said, facts, "zh"
    )


def test_the_agreement_of_runs(said):
    agreement = pd.DataFrame(
        {"what": ["seeds_one_start", "shuffles_ours"], "mean": [0.711, 1.0], "least": [-0.034, 1.0]}
    )
    facts = wording.agreement_reading(agreement)
    assert said("segment_evidence.agreement_reading", facts) == (
        "With this number of segments, agreement with other runs on the same data (adjusted Rand index, 1 = the same): "
        "other seeds, one start 0.71 on average and −0.03 at the least; "
        "other orders of rows, our rule 1.00 on average and 1.00 at the least."
    )
    assert said("segment_evidence.agreement_reading", facts, "zh") == (
        "细分数目不变时，同一数据多次运行所得细分的一致程度（调整兰德指数，1 为完全相同）："
        "不同随机种子，单次起点平均 0.71，最低 −0.03；不同行序，本规则平均 1.00，最低 1.00。"
    )
    assert wording.agreement_reading(agreement.head(0)) is None


def test_the_figure_of_the_evidence_in_words(said):
    facts = wording.k_table_alt(EVIDENCE.head(3), k=2)
    assert said("segment_evidence.k_table_alt", facts) == (
        "Evidence by number of segments: prediction strength and what is asked of it, lowest Jaccard (at least 0.75), "
        "silhouette against data without structure. 2: 0.97 (0.75), 0.98, 0.45 against 0.30; 3: 0.88 (0.9), 0.80, 0.38 against 0.28. Chosen: 2."
    )
    assert said("segment_evidence.k_table_alt", facts, "zh") == (
        "各细分数目的证据：预测强度（括号内为要求）、最低 Jaccard（至少 0.75）、轮廓系数与无结构数据对照。"
        "2 个：0.97（0.75）、0.98、0.45（对照 0.30）；3 个：0.88（0.9）、0.80、0.38（对照 0.28）。选定：2 个。"
    )
    none = wording.k_table_alt(EVIDENCE, k=1)
    assert said("segment_evidence.k_table_alt", none).endswith("None is chosen.")
    assert said("segment_evidence.k_table_alt", none, "zh").endswith("未选定任何数目。")


def test_consumers_who_are_alike_are_told_from_too_few(said):
    def told(ready, lang="en"):
        return said("segment_evidence.evidence_reading", wording.evidence_reading(EVIDENCE.head(1), 1, ready), lang)

    alike = pd.DataFrame(index=range(60))
    assert told(alike) == "These consumers do not differ in any feature, so there are no segments to look for."
    assert told(alike, "zh") == "这些消费者在各项特征上没有差异，因此没有可供寻找的细分。"
    assert told(alike.head(3)).startswith("Too few consumers")
    assert told(pd.DataFrame({"money": range(3)})).startswith("Too few consumers")
    assert wording.evidence_reading(EVIDENCE.head(0), 1, alike.head(0)) is None
