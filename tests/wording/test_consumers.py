"""Which consumers are known well enough, typed out whole."""

import pandas as pd

from custlib import wording

KNOWN = pd.DataFrame(
    {"kept": ["in_segments", "too_few_purchases"], "consumers": [30, 10], "money": [900.0, 100.0]}
    | {"consumers_share": [0.75, 0.25], "money_share": [0.9, 0.1]}
)


def test_how_many_can_be_described_and_what_they_paid(said):
    facts = wording.known_reading(KNOWN)
    assert facts == {"consumers": 40, "described": 30, "few": 10, "paid": 0.9, "fewest": 3}
    assert said("consumers.known_reading", facts) == (
        "Of 40 consumers who bought in the four quarters, 30 (75\xa0%) bought at least 3 times and can be described; they paid 90\xa0% "
        "of the whole. The other 10 bought too little to say what they are like: they stand in no segment, and are counted apart."
    )
    assert said("consumers.known_reading", facts, "zh") == (
        "四个季度内有购买的 40 位消费者中，30 位（75%）至少购买 3 次，可以描述；其消费占全部的 90%。"
        "其余 10 位购买过少，无法判断特点：不归入任何细分，单独计数。"
    )


def test_that_many_consumers_are_described_by_a_sample_of_them(said):
    sample, everybody = pd.DataFrame(index=range(40_000)), pd.Series(1, range(300_000))
    assert wording.sample_reading(1.0, sample, everybody) is None
    facts = wording.sample_reading(0.15, sample, everybody)
    assert facts == {"sample": 40_000, "described": 300_000, "most": 50_000}
    text = said("consumers.sample_reading", facts)
    assert text.startswith(
        "More than 50,000 consumers bought in the year. The segments are made of 40,000 of the 300,000"
    )
    text = said("consumers.sample_reading", facts, "zh")
    assert text.startswith("全年有购买的消费者超过 50,000 位。细分由此处描述的 300,000 位中的 40,000 位得出")


def test_months_without_purchases_are_missing_not_zero(said):
    facts = wording.purchases_missing(["purchases 2025-02", "purchases 2025-07 – 2025-09"])
    assert facts == {"months": "2025-02, 2025-07 – 2025-09"} and wording.purchases_missing([]) is None
    assert said("consumers.purchases_missing", facts) == (
        "**The exports hold no purchase of 2025-02 and 2025-07 – 2025-09.** These months are missing, not zero: "
        "what consumers bought then is in no figure below, and nothing is forecast from their quarters."
    )
    assert said("consumers.purchases_missing", facts, "zh").startswith("**导出文件中没有 2025-02")


def test_what_was_paid_is_left_out_where_it_may_not_be_said(said):
    facts = wording.known_reading(KNOWN.assign(money_share=float("nan")))
    assert "can be described. The other 10" in said("consumers.known_reading", facts)
    assert "可以描述。其余 10 位" in said("consumers.known_reading", facts, "zh")


def test_nobody_apart_is_not_spoken_of_and_no_purchase_is_said(said):
    alone = wording.known_reading(KNOWN.assign(consumers=[30, 0]))
    assert "other" not in said("consumers.known_reading", alone)
    none = wording.known_reading(KNOWN.assign(consumers=0))
    assert said("consumers.known_reading", none) == "The exports hold no purchases of consumers in the year."
    assert said("consumers.known_reading", none, "zh") == "导出文件中没有该年度的消费者购买记录。"
