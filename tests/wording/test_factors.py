"""What the three kinds of weight say, in facts and in sentences typed out for small tables."""

from types import SimpleNamespace

import pandas as pd
import pytest

from custlib import wording

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
    {"expert": ["Li"], "parent": ["goods"], "ratio": [0.02], "to_discuss": [False]}
    | {"factor_a": ["price"], "factor_b": ["training"], "said": [3.0], "would_agree": [2.5]}
)
ODD = CALM.assign(ratio=0.32, to_discuss=True, said=7.0, would_agree=0.5)
TOGETHER = pd.DataFrame(
    {"factor": ["price", "training"], "mixed": [0.4, 0.6], "first_five": [0.5, 1.0], "disagreement": [0.9, 0.1]}
)


def importance(**odd):
    table = pd.DataFrame({"factor": ["price", "training"], "share": [0.1, 0.3], "first_five": [1.0, 1.0]})
    table = table.assign(collinear=False, suppressor=False).assign(**odd)
    found = SimpleNamespace(table=table, r2=0.4, r2_low=0.3, r2_high=0.5, rows=1200, customers=150)
    left = SimpleNamespace(left_out=pd.DataFrame({"rows": [7, 0]}))
    return SimpleNamespace(importance=found, following=left, unseen=0.35)


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
    calm = wording.experts_reading(WEIGHTS, CALM, CONSENSUS)
    assert factors("experts_reading", calm) == (
        f"By the judgements of 2 experts the bones weigh: goods 60{P} and people 40{P}. The heaviest factors: price 45{P}, user files 40{P} "
        f"and training 15{P}. They agree least under goods (consensus 70{P}). No expert's judgements contradict each other much."
    )
    odd = wording.experts_reading(WEIGHTS, ODD.assign(expert="*Li*"), CONSENSUS)
    assert factors("experts_reading", odd).endswith(
        r"To discuss: \*Li\* under goods (consistency ratio 0.32, usual limit 0.10): price was said to count 7 times training; "
        "1/2 would agree with the rest."
    )
    assert "判断价格是培训的 7 倍，与其余判断相符的是 1/2 倍" in factors("experts_reading", odd, "zh")
    nobody = wording.experts_reading(WEIGHTS.assign(weight=NAN), CALM.head(0), CONSENSUS.head(0))
    assert factors("experts_reading", nobody) == "No expert's judgements were exported."


def test_one_expert_agrees_with_nobody_and_the_bones_have_no_bone(factors):
    alone = wording.experts_reading(WEIGHTS, CALM, CONSENSUS.assign(experts=1))
    assert "agree least" not in factors("experts_reading", alone)
    bones = wording.experts_reading(WEIGHTS, CALM, CONSENSUS.assign(consensus=[0.5, 0.7]))
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
        f"training counts 0.5 times price. Weights: price 57{P}, training 29{P}, user files 14{P}. "
        "Consistency ratio 0.00 (usual limit 0.10)."
    )
    report = factors("judged", wording.judged(matrix))
    assert report.startswith("price counts 2 times training.") and "Open this notebook in JupyterLab" in report
    two = wording.judged(matrix.iloc[:2, :2])
    assert two["consistency"] is None and "一致性比率 –（通常" in factors("judged", two, "zh")


def test_spread_says_that_it_is_not_importance(factors):
    facts = wording.spread_reading(pd.DataFrame({"factor": ["price", "training"], "weight": [0.3, 0.7]}))
    text = factors("spread_reading", facts)
    assert text.startswith(f"Customers differ most in training 70{P} and price 30{P}.") and "not importance" in text
    assert factors("spread_reading", wording.spread_reading(None), "zh") == "本季评分的客户太少，看不出差异所在。"


def test_what_profit_followed_and_that_it_is_association(factors):
    text = factors("outcome_reading", wording.outcome_reading(importance()))
    assert text == (
        "Over 1,200 pairs of a customer's scores and its change of profit into the next quarter (150 customers), all factors together go "
        f"with 40{P} of the differences (30{P} to 50{P}; 35{P} on customers that the fit had not seen). Of that, by factor: training 75{P} "
        f"and price 25{P}. 7 scored customer quarters could not be paired. This is association: a score carries the halo of the customer, "
        "and may follow its profit instead of leading it."
    )
    warned = wording.outcome_reading(importance(collinear=[True, False], suppressor=[False, True]))
    assert (warned["collinear"], warned["suppressor"]) == (["price"], ["training"])
    text = factors("outcome_reading", warned)
    assert "are blurred: price." in text and "do not act on their sign: training." in text
    assert "太少" in factors("outcome_reading", wording.outcome_reading(None), "zh")


def test_profit_that_followed_no_factor_more_than_the_others(factors):
    # three resamples of ten: none of the two is among the first five in half of them
    even = wording.outcome_reading(importance(first_five=[0.3, 0.3]))
    assert even["factors"] == []
    text = factors("outcome_reading", even)
    assert "had not seen). No factor stands out: none is among the first five in half of the resamples." in text
    assert "by factor" not in text and text.endswith("instead of leading it.")
    assert "没有因素突出：没有哪个因素在半数重抽样中进入前五。" in factors("outcome_reading", even, "zh")


def test_that_no_factor_stands_out_in_all_three_is_said(factors):
    # the weights lie close together, so that the first five change with the mix
    table = TOGETHER.assign(mixed=[0.49, 0.51], first_five=[0.94, 0.3])
    facts = wording.together_reading(table, NAN, [1, 1, 1])
    assert facts["sure"] == []
    assert factors("together_reading", facts).endswith(
        f"training 51{P} and price 49{P}. No factor stands out in all three: whatever the mix, none is nearly always "
        "among the first five."
    )
    assert factors("together_reading", facts, "zh").endswith(
        "没有因素在三种权重中都突出：无论怎样综合，没有哪个因素几乎总在前五位之中。"
    )


def test_the_mix_its_first_and_where_the_kinds_disagree(factors):
    facts = wording.together_reading(TOGETHER, 0.41, [2, 1, 0.5])
    assert factors("together_reading", facts) == (
        f"Mixed 2 : 1 : 0.5 (experts : spread : profit), the first five are training 60{P} and price 40{P}. "
        "Whatever the mix, training is nearly always among them. "
        "The three kinds agree on the order to 0.41 (Kendall's W; 1 the same, 0.33 is what chance gives three); they differ most about price "
        "and training. A difference is a question: do the experts overrate it, or do our scores not measure it?"
    )
    assert "肯德尔 W" in factors("together_reading", facts, "zh")
    assert "Kendall" not in factors("together_reading", wording.together_reading(TOGETHER, NAN, [1, 1, 1]))
    nothing = wording.together_reading(TOGETHER.assign(mixed=NAN), NAN, [1, 1, 1])
    assert factors("together_reading", nothing, "zh") == "目前没有任何因素权重。"
