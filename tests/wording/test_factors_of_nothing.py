"""Every sentence on the factors over inputs that hold nothing, or noise: said in both languages, and nothing stands out."""

from functools import cache

import numpy as np
import pandas as pd
import pytest

from custlib import fishbone, weights, wording

QUARTER, CUSTOMERS = "2025Q4", [f"K{n:02d}" for n in range(70)]
QUARTERS = ["2024Q4", "2025Q1", "2025Q2", "2025Q3", QUARTER]
NAMES = pd.Series({name: name for name in CUSTOMERS})
SLOW = pd.DataFrame(
    {"stock_at_list": 0.0, "slow_at_list": 0.0, "slow_share": 0.0, "oldest_days": 0.0, "name": None}, CUSTOMERS
)


def noise(quarters, customers, factors, level=None):
    """Scores 1 to 5 by chance, or all the same."""
    random = np.random.default_rng(5)
    index = pd.MultiIndex.from_product([quarters, customers, factors], names=["quarter", "customer_id", "factor_id"])
    return pd.DataFrame({"score": level or random.integers(1, 6, len(index)).astype(float)}, index).reset_index()


def earned(quarters, customers):
    """Profits that have nothing to do with the scores."""
    index = pd.MultiIndex.from_product([quarters, customers], names=["quarter", "customer_id"])
    return pd.DataFrame({"value": np.random.default_rng(9).lognormal(size=len(index))}, index).reset_index()


def judged(tree, experts):
    """Judgements by chance."""
    random, found = np.random.default_rng(4), {}
    for parent, children in weights.children_of(tree).items():
        for expert in experts:
            own = pd.Series(random.lognormal(size=len(children)), children)
            found[expert, parent] = pd.DataFrame(np.divide.outer(own.to_numpy(), own.to_numpy()), children, children)
    return found


@cache
def material(case):
    """tree, scores, profits, judgements of a case."""
    tree = fishbone.tree()
    factors = list(fishbone.causes(tree)["factor"])
    few = tree[tree["factor"].isin(["marketing", "store_activation", "sales_incentives"])]
    nobody, unpaid = noise([], [], factors), earned([], [])
    return {
        "nothing": (tree, nobody, unpaid, {}),
        "noise": (tree, noise(QUARTERS, CUSTOMERS, factors), earned(QUARTERS, CUSTOMERS), judged(tree, ["Li", "Wang"])),
        "noise without experts": (tree, noise(QUARTERS, CUSTOMERS, factors), earned(QUARTERS, CUSTOMERS), {}),
        "one expert": (tree, nobody, unpaid, judged(tree, ["Li"])),
        "all alike": (tree, noise(QUARTERS, CUSTOMERS, factors, 3.0), earned(QUARTERS, CUSTOMERS), {}),
        "all at the top": (tree, noise(QUARTERS, CUSTOMERS, factors, 5.0), unpaid, judged(tree, ["Li", "Wang"])),
        "one quarter": (tree, noise([QUARTER], CUSTOMERS, factors), earned([QUARTER], CUSTOMERS), {}),
        "one customer": (tree, noise(QUARTERS, ["K00"], factors), earned(QUARTERS, ["K00"]), judged(tree, ["Li"])),
        "two factors": (few, noise(QUARTERS, CUSTOMERS, few["factor"][1:]), earned(QUARTERS, CUSTOMERS), {}),
    }[case]


def told(case):
    """Sentence → its facts, as notebook 40 asks for them."""
    tree, rows, profit, judgements = material(case)
    said, agree = weights.of_tree(judgements, tree), weights.experts_agree(judgements)
    spread, outcome = weights.of_spread(rows, QUARTER), weights.of_outcome(rows, profit, tree, resamples=50)
    kinds = weights.kinds(said, spread, outcome)
    table = weights.of_factors(said, spread, outcome, tree, kinds)
    scores = rows[rows["quarter"] == QUARTER].pivot(index="customer_id", columns="factor_id", values="score")
    values = pd.DataFrame(
        np.random.default_rng(2).normal(size=(70, 2)), CUSTOMERS, ["sales_incentives", "model_lineup"]
    )
    beside = fishbone.beside(scores, values)
    doubts = fishbone.disagreement(beside)
    weight = table.set_index("factor")["mixed"]
    plan = fishbone.plan(fishbone.stages(weight, scores, tree, fishbone.best_quarters(rows, QUARTER)), QUARTER)
    plan = fishbone.marked(plan, doubts)
    experts = said, weights.consistency(judgements), weights.agreement(judgements), agree
    facts = {
        "factors.tree_reading": wording.tree_reading(fishbone.causes(tree)),
        "factors.experts_reading": wording.experts_reading(*experts),
        "factors.group_reading": wording.group_reading(
            weights.rules_differ(judgements), weights.without_experts(judgements)
        ),
        "factors.spread_reading": wording.spread_reading(spread),
        "factors.outcome_reading": wording.outcome_reading(outcome, "total"),
        "factors.outcome_method": wording.outcome_method(outcome),
        "factors.together_reading": wording.together_reading(table, kinds, agree),
        "factors.kinds_method": wording.kinds_method(table, weights.kinds_agree(table, kinds)),
        "fishbone.fishbone_alt": wording.fishbone_alt(weights.mixed(table, "total")),
        "fishbone.stock_reading": wording.stock_reading(SLOW),
        "fishbone.factor_evidence_reading": wording.factor_evidence_reading(doubts),
        "fishbone.factor_evidence_method": wording.factor_evidence_method(doubts),
        "fishbone.against_score": wording.against_score(beside, NAMES, SLOW, doubts),
        "climb.climb_reading": wording.climb_reading(plan, fishbone.GOAL),
        "climb.progress_reading": wording.progress_reading(fishbone.beside_path(plan, scores, "2026Q1", doubts)),
        "findings.factors_finding": wording.factors_finding(table, plan, kinds),
    }
    return facts, kinds, plan


CASES = [
    "nothing",
    "noise",
    "noise without experts",
    "one expert",
    "all alike",
    "all at the top",
    "one quarter",
    "one customer",
]


@pytest.mark.parametrize("case", [*CASES, "two factors"])
def test_every_sentence_can_be_said(said, case):
    facts, _, _ = told(case)
    for sentence, own in facts.items():
        for lang in ("en", "zh") if own is not None else ():
            text = said(sentence, own, lang)
            assert not any(odd in text for odd in ("nan", "None", ": .", ": ;", "：。", "  ")), (sentence, text)


@pytest.mark.parametrize("case", ["noise", "noise without experts"])
def test_in_noise_only_experts_count(case):
    facts, kinds, plan = told(case)
    reasons = kinds.set_index("kind")["reason"]
    assert reasons[["spread", "profit"]].tolist() == ["ranks_are_chance", "explains_nothing"]
    assert not facts["factors.outcome_reading"]["counts"] and not facts["factors.together_reading"]["sure"]
    assert facts["factors.together_reading"]["experts_doubt"] == (case == "noise")
    assert facts["fishbone.against_score"] is None and set(plan["checked"].dropna()) == {"agree_by_chance"}
