"""The cards of the front page."""

import pandas as pd
import pytest

from custlib import wording

P = "\N{NO-BREAK SPACE}%"
SUMMARY = pd.DataFrame(
    [("size", "A", 2, 0.9), ("joint", "A", 2, 0.6), ("joint", "B", 3, 0.3), ("joint", "C", 5, 0.1)],
    columns=["indicator", "class", "customers", "share"],
)
VALUES = pd.DataFrame(
    {"identity": ["S1", "S2", "apart"], "consumers": [10, 30, 60], "money_share": [0.5, 0.2, 0.3]}
).set_index("identity")
WEIGHTS = pd.DataFrame({"factor": ["price", "outlet_training", "service"], "mixed": [0.3, 0.6, None]})
PLAN = pd.DataFrame(
    [("price", "climb", 1), ("price", "climb", 1), ("service", "climb", 2), ("model_lineup", "request", None)],
    columns=["factor", "kind", "stage"],
)
NAMES = {"segment:S1": {"en": "Gift givers", "zh": "送礼者"}}
NAMES |= {"factor:price": {"en": "price", "zh": "价格"}, "factor:outlet_training": {"en": "training", "zh": "培训"}}


def test_a_customers_are_counted_by_the_joint_class(said):
    facts = wording.customers_finding(SUMMARY)
    assert said("findings.customers_finding", facts) == (
        f"2 of 10 customers are in joint class A and bring 60{P} of payments received."
    )
    assert said("findings.customers_finding", facts, "zh") == "10 家客户中有 2 家为综合 A 类，占回款额的 60%。"


def test_no_customer_is_a(said):
    facts = wording.customers_finding(SUMMARY[SUMMARY["class"] != "A"])
    assert said("findings.customers_finding", facts) == "None of 8 customers is in joint class A."


def test_both_shares_of_the_segment_that_brings_the_most_are_of_all(said):
    """10 of 100 consumers; those in no segment count among them and are none."""
    facts = wording.segments_finding(VALUES)
    assert facts == {"segments": 2, "segment": "S1", "of_consumers": 0.1, "of_money": 0.5}
    assert facts == wording.segments_finding(VALUES.reset_index())
    assert said("findings.segments_finding", facts, vocabulary=NAMES) == (
        f"Of 2 segments, Gift givers, 10{P} of the consumers, brings the most: 50{P} of the money."
    )
    assert said("findings.segments_finding", facts, "zh", vocabulary=NAMES) == (
        "2 个细分中，消费额最高的是送礼者：占消费者的 10%、消费额的 50%。"
    )


@pytest.mark.parametrize("consumers", [[None, 30, 60], [10, None, 60]])
def test_a_share_that_a_number_kept_back_would_change_is_not_told(said, consumers):
    facts = wording.segments_finding(VALUES.assign(consumers=consumers))
    assert said("findings.segments_finding", facts, vocabulary=NAMES) == (
        f"Of 2 segments, Gift givers brings the most: 50{P} of the money."
    )
    assert wording.segments_finding(VALUES.assign(money_share=[None, None, 0.3])) is None


def test_without_segments_it_says_so_and_without_consumers_nothing(said):
    facts = wording.segments_finding(VALUES.loc[["apart"]])
    assert said("findings.segments_finding", facts) == "The consumers form no stable segments."
    assert wording.segments_finding(VALUES.loc[["apart"]].assign(consumers=0)) is None
    assert wording.segments_finding(VALUES.iloc[:0]) is None


def test_the_heaviest_factor_and_those_to_begin_with(said):
    facts = wording.factors_finding(WEIGHTS, PLAN)
    assert said("findings.factors_finding", facts, vocabulary=NAMES) == (
        f"Of 2 factors, training weighs most (60{P}). Begin with price."
    )
    assert said("findings.factors_finding", facts, "zh", vocabulary=NAMES) == (
        "2 个因素中，培训的权重最高（60%）。先做价格。"
    )


def test_without_weights_there_is_no_finding():
    assert wording.factors_finding(WEIGHTS.assign(mixed=float("nan")), PLAN) is None


def test_a_first_step_that_weighs_most_is_named_once(said):
    plan = PLAN.assign(factor=["price", "price", "service", "model_lineup"]).replace("service", "outlet_training")
    facts = wording.factors_finding(WEIGHTS, plan.assign(stage=1, kind="climb"))
    assert said("findings.factors_finding", facts, vocabulary=NAMES).endswith("Begin with it and price.")


def test_what_is_missing_is_told_and_that_nothing_is_missing_is_not(said):
    missing = pd.DataFrame(
        [("size", "net_sales", "payments"), ("brand_share", "", "dealer_profit")],
        columns=["indicator", "stands_for", "reason"],
    )
    told = said("findings.missing_warning", wording.missing_warning(missing), size_is="net_sales")
    assert told.startswith("The exports hold no payments, so customer size is net sales. Not judged: ")
    assert wording.missing_warning(missing.iloc[:0]) is None
