"""What the three kinds of weight say, in facts and in sentences typed out for small tables."""

from types import SimpleNamespace

import pandas as pd
import pytest

from custlib import wording
from custlib.weights import Concordance, Spread

P, NAN = "\N{NO-BREAK SPACE}%", float("nan")
WORDS = {
    "factor:goods": {"en": "goods", "zh": "产品"},
    "factor:people": {"en": "people", "zh": "人员"},
    "factor:price": {"en": "price", "zh": "价格"},
    "factor:training": {"en": "training", "zh": "培训"},
    "factor:files": {"en": "user files", "zh": "用户档案"},
}
WEIGHTS = pd.DataFrame(
    {"factor": ["price", "training", "files"], "bone": ["goods", "goods", "people"], "bone_weight": [0.6, 0.6, 0.4]}
    | {"weight": [0.45, 0.15, 0.4]}
)
CONSENSUS = pd.DataFrame({"parent": ["customer_profit", "goods"], "experts": [2, 2], "consensus": [0.9, 0.7]})
CALM = pd.DataFrame(
    {"expert": ["Li"], "parent": ["goods"], "ratio": [0.02], "limit": [0.05], "to_discuss": [False]}
    | {"factor_a": ["price"], "factor_b": ["training"], "said": [3.0], "would_agree": [2.5]}
)
ODD = CALM.assign(ratio=0.32, to_discuss=True, said=7.0, would_agree=0.5)
TOGETHER = pd.DataFrame(
    {"factor": ["price", "training"], "mixed": [0.4, 0.6], "first_five": [0.5, 1.0], "disagreement": [0.9, 0.1]}
)


ALIKE, APART = Concordance(0.9, 0.2, 0.0005, 5), Concordance(0.31, 0.2, 0.17, 5)
NOBODY = Concordance(NAN, NAN, NAN, 0)


def outcome(counts=True, **odd):
    table = pd.DataFrame({"factor": ["price", "training"], "share": [0.1, 0.3], "first_five": [1.0, 1.0]})
    table = table.assign(collinear=False, suppressor=False).assign(**odd)
    figures = {"r2": 0.4, "adjusted": 0.38, "low": 0.3, "high": 0.46, "rows": 1200, "customers": 150}
    left = pd.DataFrame({"reason": ["no_next_profit", "score_missing"], "rows": [7, 0]})
    parts = {"importance": SimpleNamespace(table=table, **figures), "following": SimpleNamespace(left_out=left)}
    return SimpleNamespace(**parts, unseen=0.35 if counts else -0.02, counts=counts)


def kinds(experts="counts", spread="counts", profit="counts"):
    reasons = [experts, spread, profit]
    counts = [float(reason == "counts") for reason in reasons]
    return pd.DataFrame({"kind": ["experts", "spread", "profit"], "reason": reasons, "counts": counts})


@pytest.fixture
def factors(said):
    def say(sentence, facts, lang="en"):
        return said(f"factors.{sentence}", facts, lang, vocabulary=WORDS)

    return say


def test_how_many_factors_are_ours(factors):
    facts = wording.tree_reading(pd.DataFrame({"bone": ["a", "a", "b"], "zone": ["A", "B", "A"]}))
    assert facts == {"factors": 3, "bones": 2, "ours": 2, "theirs": 1}
    assert factors("tree_reading", facts, "zh").startswith(
        "2 根主骨上共有 3 个因素：销售团队能影响的 2 个（A 区），总部能影响的 1 个（B 区）。"
    )


def test_experts_their_heaviest_and_what_to_discuss(factors):
    calm = wording.experts_reading(WEIGHTS, CALM, CONSENSUS, ALIKE)
    assert factors("experts_reading", calm) == (
        f"By the judgements of 2 experts the bones weigh: goods 60{P} and people 40{P}. The heaviest factors: price 45{P}, user files 40{P} "
        f"and training 15{P}. On the order under each bone they agree more than chance would have it (Kendall's W 0.90; 0.20 by chance; "
        f"p < 0.001). They agree least under goods (consensus 70{P}). No expert's judgements contradict each other much."
    )
    odd = wording.experts_reading(WEIGHTS, ODD.assign(expert="*Li*"), CONSENSUS, APART)
    assert factors("experts_reading", odd).endswith(
        r"To discuss: \*Li\* under goods (consistency ratio 0.32, limit 0.05): price was said to be 7 times as important as "
        "training; about 0.5 times would agree with the rest."
    )
    assert "no more than chance would have it (Kendall's W 0.31; 0.20 by chance; p = 0.17)." in factors(
        "experts_reading", odd
    )
    assert "判断价格的重要性为培训的 7 倍；按其余判断约为 0.5 倍" in factors("experts_reading", odd, "zh")
    nobody = wording.experts_reading(WEIGHTS.assign(weight=NAN), CALM.head(0), CONSENSUS.head(0), NOBODY)
    assert factors("experts_reading", nobody) == "No expert's judgements were exported."


def test_one_expert_agrees_with_nobody_and_the_bones_have_no_bone(factors):
    alone = wording.experts_reading(WEIGHTS, CALM, CONSENSUS.assign(experts=1), NOBODY)
    assert "agree least" not in factors("experts_reading", alone)
    bones = wording.experts_reading(WEIGHTS, CALM, CONSENSUS.assign(consensus=[0.5, 0.7]), ALIKE)
    assert f"agree least under the bones themselves (consensus 50{P})" in factors("experts_reading", bones)


def test_where_the_two_rules_differ_and_who_moves_most(factors):
    none, differ = pd.DataFrame(columns=["factor", "parent"]), pd.DataFrame({"factor": ["price", "training"]})
    without = pd.DataFrame({"expert": ["Li", "Wang"], "factor": ["price", "training"], "change": [-0.043, 0.01]})
    alike = wording.group_reading(none, without)
    assert alike == {"differ": [], "expert": "Li", "factor": "price", "change": -0.043}
    assert factors("group_reading", alike).endswith(
        "rank the factors alike. Without Li the weight of price within its bone would be 4.3 points lower; "
        "no other expert moves a weight more."
    )
    other = factors("group_reading", wording.group_reading(differ, without))
    assert "rank these differently: price and training." in other
    assert "排序相同。若去掉Li的判断，价格在其主骨内的权重将下降 4.3 个百分点" in factors("group_reading", alike, "zh")
    assert wording.group_reading(none, without.head(0)) is None


def test_one_judgement_and_what_all_say_together(factors):
    # perfect judgements of the weights 4 : 2 : 1
    bones = ["price", "training", "files"]
    matrix = pd.DataFrame([[1, 2, 4], [1 / 2, 1, 2], [1 / 4, 1 / 2, 1]], bones, bones)
    facts = wording.judged(matrix, ("training", "price"))
    assert [bone["weight"] for bone in facts["bones"]] == pytest.approx([4 / 7, 2 / 7, 1 / 7])
    assert factors("judged", facts) == (
        f"training is 0.5 times as important as price. Weights: price 57{P}, training 29{P}, user files 14{P}. "
        "Consistency ratio 0.00 (limit 0.05)."
    )
    report = factors("judged", wording.judged(matrix))
    assert (
        report.startswith("price is 2 times as important as training.") and "Open this notebook in JupyterLab" in report
    )
    two = wording.judged(matrix.iloc[:2, :2])
    assert two["consistency"] is None and "一致性比率 –（上限" in factors("judged", two, "zh")


def test_spread_says_that_it_is_not_importance_and_whether_it_is_chance(factors):
    table = pd.DataFrame({"factor": ["price", "training"], "weight": [0.3, 0.7]})
    text = factors("spread_reading", wording.spread_reading(Spread(table, 0.02)))
    assert text.startswith(f"Customers differ most in training 70{P} and price 30{P}.") and "not importance" in text
    assert "less than once in twenty times (p = 0.02)" in text
    chance = wording.spread_reading(Spread(table, 0.6))
    assert "That order is chance" in factors("spread_reading", chance)
    assert "这一排序纯属偶然" in factors("spread_reading", chance, "zh")
    assert factors("spread_reading", wording.spread_reading(None), "zh") == "本季评分的客户太少，看不出差异所在。"


def test_what_profit_follows_and_that_it_is_association(factors):
    text = factors("outcome_reading", wording.outcome_reading(outcome(), "total"))
    assert text == (
        f"The factors go with 38{P} of the differences in how customers' total profit changed in the following quarter. Of that, by "
        f"factor: training 75{P} and price 25{P}. This is association: a score carries the halo of the customer, and may follow its profit "
        "instead of leading it."
    )
    brand = wording.outcome_reading(outcome(), "brand")
    assert "how customers' profit with our brand changed" in factors("outcome_reading", brand)
    assert factors("outcome_reading", brand, "zh").startswith(
        "客户的本品牌利润在下季的变化差异中，38% 与各因素的评分相关。"
    )
    assert "太少" in factors("outcome_reading", wording.outcome_reading(None, "total"), "zh")


def test_profit_that_the_scores_do_not_explain_names_no_factor(factors):
    facts = wording.outcome_reading(outcome(counts=False), "total")
    assert factors("outcome_reading", facts) == (
        "The change of customers' total profit did not follow the scores: at customers not used for the estimate, the factors explain "
        "nothing of it. It does not count in the weights."
    )
    assert factors("outcome_reading", facts, "zh").startswith("客户总利润的变化与评分无关：")


def test_how_far_the_finding_can_be_trusted(factors):
    text = factors("outcome_method", wording.outcome_method(outcome()))
    assert text == (
        "Over 1,200 pairs of a customer's scores and its change of profit into the next quarter (150 customers), R² less what as many "
        f"factors of noise would reach is 38{P} (95{P} interval over resampled customers 30{P} to 46{P}), and 35{P} at customers that the "
        "fit had not seen. Profit counts if the latter and the lower limit are above 0. Not paired: 7 (no profit stated in one of the two quarters)."
    ).replace(f"(95{P} interval", "(95 % interval")
    warned = wording.outcome_method(outcome(False, collinear=[True, False], suppressor=[False, True]))
    assert (warned["collinear"], warned["suppressor"]) == (["price"], ["training"])
    text = factors("outcome_method", warned)
    assert "are blurred: price." in text and "do not act on their sign: training." in text and f"−2{P} at" in text
    assert "未参与拟合的客户为 −2%" in factors("outcome_method", warned, "zh")
    assert wording.outcome_method(None) is None


def test_profit_that_followed_no_factor_more_than_the_others(factors):
    # three resamples of ten: none of the two is among the first five in half of them
    even = wording.outcome_reading(outcome(first_five=[0.3, 0.3]), "total")
    assert even["factors"] == []
    text = factors("outcome_reading", even)
    assert "No single factor stands out. This is" in text and "by factor" not in text
    assert "没有突出的因素。" in factors("outcome_reading", even, "zh")


def test_that_no_factor_stands_out_in_all_three_is_said(factors):
    # the weights lie close together, so that the first five change with the mix
    facts = wording.together_reading(TOGETHER.assign(mixed=[0.49, 0.51], first_five=[0.94, 0.3]), kinds(), ALIKE)
    assert facts["sure"] == []
    assert factors("together_reading", facts) == (
        f"The first five by the experts, the spread of scores and the profit that followed (1 : 1 : 1): training 51{P} and price 49{P}. "
        "No factor stands out in all of these: none is nearly always among the first five, however they are mixed."
    )
    assert factors("together_reading", facts, "zh").endswith(
        "没有因素在各种权重中都突出：无论怎样综合，没有哪个因素几乎总在前五位之中。"
    )


def test_which_kinds_count_and_which_do_not(factors):
    facts = wording.together_reading(TOGETHER, kinds(spread="ranks_are_chance").assign(counts=[2 / 3, 0, 1 / 3]), ALIKE)
    assert factors("together_reading", facts) == (
        f"The first five by the experts and the profit that followed (2 : 1): training 60{P} and price 40{P}. However these are mixed, "
        "training is nearly always among the first five. Not counted: the spread of scores (its order is chance)."
    )
    alone = wording.together_reading(TOGETHER, kinds("counts", "not_asked", "explains_nothing"), APART)
    assert factors("together_reading", alone) == (
        f"The first five by the experts: training 60{P} and price 40{P}. Not counted: the profit that followed (the scores explain "
        "nothing of it at other customers). The experts agree on the order no more than chance would have it: take their weights as opinions "
        "to be discussed."
    )
    assert "专家排序的一致程度不高于偶然" in factors("together_reading", alone, "zh")


def test_where_the_kinds_disagree(factors):
    facts = wording.kinds_method(TOGETHER, Concordance(0.41, 0.33, 0.17, 3))
    assert factors("kinds_method", facts) == (
        "The kinds of weight that count agree on the order no more than chance would have it (Kendall's W 0.41; 0.33 by chance; p = 0.17). "
        "They differ most about price and training. A difference is a question: do the experts overrate it, or do our scores not measure it?"
    )
    assert "一致程度不高于偶然（肯德尔 W 为 0.41，偶然水平 0.33，p = 0.17）" in factors("kinds_method", facts, "zh")
    assert wording.kinds_method(TOGETHER, NOBODY) is None
    same = wording.kinds_method(TOGETHER.assign(disagreement=0.0), ALIKE)
    assert factors("kinds_method", same).endswith("p < 0.001).")
