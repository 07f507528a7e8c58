"""What the three kinds of weight say, in sentences typed out for small tables."""

from types import SimpleNamespace

import pandas as pd

from custlib import wording

P = "\N{NO-BREAK SPACE}%"
NAMES = {"goods": "goods", "price": "price", "training": "training", "files": "user files"}
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


def importance(**odd):
    table = pd.DataFrame({"factor": ["price", "training"], "share": [0.1, 0.3], "first_five": [1.0, 1.0]})
    table = table.assign(collinear=False, suppressor=False).assign(**odd)
    found = SimpleNamespace(table=table, r2=0.4, r2_low=0.3, r2_high=0.5, rows=1200, customers=150)
    left = SimpleNamespace(left_out=pd.DataFrame({"rows": [7, 0]}))
    return SimpleNamespace(importance=found, following=left, unseen=0.35)


def test_how_many_factors_are_ours():
    causes = pd.DataFrame({"bone": ["a", "a", "b"], "zone": ["A", "B", "A"]})
    assert wording.tree_reading(causes, lang="en").startswith(
        "3 factors hang on 2 bones: 2 that we, the sales team, can influence (zone A), and 1 "
    )
    assert wording.tree_reading(causes, lang="zh").startswith(
        "2 根主骨上共有 3 个因素：销售团队能影响的 2 个（A 区），总部能影响的 1 个（B 区）。"
    )


def test_experts_their_heaviest_and_what_to_discuss():
    calm = wording.experts_reading(WEIGHTS, CALM, CONSENSUS, NAMES | {"people": "people"}, lang="en")
    assert calm == (
        f"By the judgements of 2 experts the bones weigh: goods 60{P} and people 40{P}. The heaviest factors: price 45{P}, user files 40{P} "
        f"and training 15{P}. They agree least under goods (consensus 70{P}). No expert's judgements contradict each other much."
    )
    odd = wording.experts_reading(WEIGHTS, ODD, CONSENSUS, NAMES, lang="en")
    assert odd.endswith(
        "To discuss: Li under goods (consistency ratio 0.32, usual limit 0.10): price was said to count 7 times training; 1/2 would agree with "
        "the rest."
    )
    assert "判断price是training的 7 倍，与其余判断相符的是 1/2 倍" in wording.experts_reading(
        WEIGHTS, ODD, CONSENSUS, NAMES, lang="zh"
    )
    nobody = WEIGHTS.assign(weight=float("nan"))
    assert (
        wording.experts_reading(nobody, CALM.head(0), CONSENSUS.head(0), NAMES, lang="en")
        == "No expert's judgements were exported."
    )


def test_where_the_two_rules_differ_and_who_moves_most():
    none, differ = pd.DataFrame(columns=["factor", "parent"]), pd.DataFrame({"factor": ["price", "training"]})
    without = pd.DataFrame({"expert": ["Li", "Wang"], "factor": ["price", "training"], "change": [-0.043, 0.01]})
    alike, other = (wording.group_reading(rules, without, NAMES, lang="en") for rules in (none, differ))
    assert "rank the factors alike. Without Li the weight of price within its bone would be 4.3 points lower;" in alike
    assert "rank these differently: price and training." in other
    assert "排序相同。若去掉Li的判断" in wording.group_reading(none, without, NAMES, lang="zh")
    assert wording.group_reading(none, without.head(0), NAMES, lang="en") == ""


def test_spread_says_that_it_is_not_importance():
    spread = pd.DataFrame({"factor": ["price", "training"], "weight": [0.7, 0.3]})
    told = wording.spread_reading(spread, NAMES, lang="en")
    assert told.startswith(f"Customers differ most in price 70{P} and training 30{P}.") and "not importance" in told
    assert wording.spread_reading(None, NAMES, lang="zh") == "本季评分的客户太少，看不出差异所在。"


def test_what_profit_followed_and_that_it_is_association():
    told = wording.outcome_reading(importance(), NAMES, lang="en")
    assert f"all factors together go with 40{P} of the differences (30{P} to 50{P}; 35{P} on customers" in told
    assert (
        f"by factor: training 75{P} and price 25{P}." in told
        and "7 scored customer quarters could not be paired." in told
    )
    assert "This is association" in told and "blurred" not in told and "do not act on their sign" not in told
    warned = wording.outcome_reading(importance(collinear=[True, False], suppressor=[False, True]), NAMES, lang="en")
    assert "are blurred: price." in warned and "do not act on their sign: training." in warned
    assert "太少" in wording.outcome_reading(None, NAMES, lang="zh")


def test_profit_that_followed_no_factor_more_than_the_others():
    # three resamples of ten: none of the two is among the first five in half of them
    even = importance(first_five=[0.3, 0.3])
    told = wording.outcome_reading(even, NAMES, lang="en")
    assert "had not seen). No factor stands out: none is among the first five in half of the resamples." in told
    assert "by factor" not in told and told.endswith("instead of leading it.")
    chinese = wording.outcome_reading(even, NAMES, lang="zh")
    assert "没有因素突出：没有哪个因素在半数重抽样中进入前五。" in chinese and "其中各因素占" not in chinese


def test_that_no_factor_stands_out_in_all_three_is_said():
    # the weights lie close together, so that the first five change with the mix
    table = pd.DataFrame(
        {"factor": ["price", "training"], "mixed": [0.49, 0.51], "first_five": [0.94, 0.3], "disagreement": [0.9, 0.1]}
    )
    told = wording.together_reading(table, float("nan"), NAMES, [1, 1, 1], lang="en")
    assert told.endswith(
        f"training 51{P} and price 49{P}. No factor stands out in all three: whatever the mix, none is nearly always "
        "among the first five."
    )
    chinese = wording.together_reading(table, float("nan"), NAMES, [1, 1, 1], lang="zh")
    assert chinese.endswith("没有因素在三种权重中都突出：无论怎样综合，没有哪个因素几乎总在前五位之中。")


def test_the_mix_its_first_and_where_the_kinds_disagree():
    table = pd.DataFrame(
        {"factor": ["price", "training"], "mixed": [0.4, 0.6], "first_five": [0.5, 1.0], "disagreement": [0.9, 0.1]}
    )
    told = wording.together_reading(table, 0.41, NAMES, [2, 1, 1], lang="en")
    assert told.startswith(
        f"Mixed 2 : 1 : 1 (experts : spread : profit), the first five are training 60{P} and price 40{P}."
    )
    assert "Whatever the mix, training is nearly always among them." in told
    assert (
        "to 0.41 (Kendall's W; 1 the same, 0.33 is what chance gives three); they differ most about price and training."
        in told
    )
    assert "Kendall" not in wording.together_reading(table, float("nan"), NAMES, [1, 1, 1], lang="en")
    nothing = table.assign(mixed=float("nan"))
    assert wording.together_reading(nothing, float("nan"), NAMES, [1, 1, 1], lang="zh") == "目前没有任何因素权重。"
