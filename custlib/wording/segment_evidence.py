"""Why there are so many segments, or none; how far the same data give the same ones: sentences for Markdown."""

import math

from custlib import glossary
from custlib.segments.evidence import CLEAR_STRENGTH, LEAST_JACCARD, LEAST_STRENGTH, MARGIN, NARROW
from custlib.wording.forms import count, either, join, listed, percent


def evidence_reading(evidence, k, *, lang):
    """How many segments there are and why, or that there are none that are stable.

    evidence: result table `seg_evidence`, a row per k; k: the number chosen, 1 for none.
    """
    tried = evidence[evidence["k"] > 1].sort_values("k")
    if tried[tried["k"] == k].empty:
        return _none(tried, lang)
    row = tried.set_index("k").loc[k]
    parts = [_chosen(row, k, tried, lang), _smallest(row, lang), _tree(row, lang)]
    return join(parts, lang)


def agreement_reading(agreement, *, lang):
    """How far the same data give the same segments. agreement: what, mean, least (adjusted Rand index, 1 = the same)."""
    parts = [
        either(
            lang,
            f"{glossary.term(row.what, lang)} {_two(row.mean)} on average and {_two(row.least)} at the least",
            f"{glossary.term(row.what, lang)}平均 {_two(row.mean)}，最低 {_two(row.least)}",
        )
        for row in agreement.itertuples(index=False)
    ]
    return either(
        lang,
        f"Agreement of the segments with those of other runs on the same data (adjusted Rand index, 1 = the same): {'; '.join(parts)}.",
        f"同一数据多次运行所得细分的一致程度（调整兰德指数，1 为完全相同）：{'；'.join(parts)}。",
    )


def _rule(lang):
    return either(
        lang,
        f"a prediction strength of at least {LEAST_STRENGTH:g}, a Jaccard of at least {LEAST_JACCARD:g} for every segment in resamples, and a "
        f"silhouette {MARGIN:g} above that of data without structure ({NARROW:g} where the strength is {CLEAR_STRENGTH:g})",
        f"预测强度不低于 {LEAST_STRENGTH:g}，重抽样中每个细分的 Jaccard 不低于 {LEAST_JACCARD:g}，且轮廓系数比无结构的数据高 {MARGIN:g}（强度达 {CLEAR_STRENGTH:g} 时为 {NARROW:g}）",
    )


def _reached(row, lang):
    texts = _two(row["prediction_strength"]), _two(row["jaccard"])
    own, none = _two(row["silhouette"]), _two(row["null_silhouette"])
    return either(
        lang,
        f"prediction strength {texts[0]}, lowest Jaccard {texts[1]}, silhouette {own} against {none} without structure",
        f"预测强度 {texts[0]}，最低 Jaccard {texts[1]}，轮廓系数 {own}（无结构的数据为 {none}）",
    )


def _chosen(row, k, tried, lang):
    stable = [int(number) for number in tried.loc[tried["stable"].astype("bool"), "k"]]
    rule, reached = _rule(lang), _reached(row, lang)
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


def _none(tried, lang):
    if tried.empty:
        return either(
            lang, "Too few consumers are known well enough to look for segments.", "可描述的消费者太少，无法寻找细分。"
        )
    said = either(
        lang,
        f"There are no stable segments here: no number of segments reaches {_rule(lang)}.",
        f"这里没有稳定的细分：没有任何细分数目达到标准（{_rule(lang)}）。",
    )
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
        f"The smallest has {count(int(row['smallest']), 'consumer', lang)} ({percent(row['smallest_share'], lang)}).",
        f"最小的有 {count(int(row['smallest']), 'consumer', lang)}（{percent(row['smallest_share'], lang)}）。",
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


def _two(number):
    return f"{number:.2f}".replace("-", "−")
