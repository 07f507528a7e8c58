"""The fishbone, the stock and the evidence in sentences."""

import pandas as pd
import pytest

from custlib import wording

TABLE = pd.DataFrame(
    {
        "factor": ["training", "stock", "design"],
        "bone": ["sales", "sales", "policy"],
        "zone": ["A", "A", "B"],
        "name": ["outlet training", "stock-age analysis", "policy design"],
        "weight": [0.125, 0.5, None],
        "low": [0.1, 0.4, None],
        "high": [0.2, 0.65, None],
        "agreement": [0.9, 0.2, None],
    }
)
BONES = pd.DataFrame({"bone": ["sales", "policy"], "name": ["sales team", "policies"], "weight": [None, 0.375]})
SLOW = pd.DataFrame(
    {
        "stock_at_list": [2e6, 1e6, 1e6],
        "slow_at_list": [0, 5e5, 5e5],
        "slow_share": [0, 0.5, 0.5],
        "oldest_days": [20, 400.0, 200],
        "slow_models": [0, 1, 2],
    },
    index=["K1", "K2", "K3"],
)
NAMES = {"K1": "One", "K2": "Two *Co*", "K3": "Three"}
FACTORS = {"stock_age_analysis": "stock-age analysis", "model_lineup": "model line-up"}
APART = pd.DataFrame(
    {
        "customer_id": ["K2", "K3", "K1", "K1"],
        "factor": ["model_lineup", "stock_age_analysis", "stock_age_analysis", "model_lineup"],
        "measure": ["models_bought", "stock_age_days", "stock_age_days", "models_bought"],
        "value": [40, 200.4, 15, 12],
        "evidence": [5.0, 1, 3, 3],
        "factor_score": [1.0, 4, 4, None],
        "disagrees": pd.array([True, True, False, None], "boolean"),
    }
)
DISAGREEMENT = pd.DataFrame(
    {
        "measure": ["models_bought", "stock_age_days"],
        "customers": [10, 20],
        "disagree": [3, 12],
        "share": [0.3, 0.6],
        "by_chance": [0.42, 0.44],
        "correlation": [0.5, 0.0],
    },
    index=pd.Index(["model_lineup", "stock_age_analysis"], name="factor"),
)


def spaced(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_alternative_says_what_the_figure_shows():
    told = spaced(wording.fishbone_alt(TABLE, lang="en", bones=BONES))
    assert told == (
        "Fishbone with 3 factors on 2 bones that lead to customer profit. Bones by weight: sales team 62.5 %, policies 37.5 %. Heaviest "
        "factors with their intervals: stock-age analysis 50.0 % (40.0 to 65.0 %); outlet training 12.5 % (10.0 to 20.0 %). Experts and "
        "data differ on stock-age analysis. Zone A, round marks, holds 2; zone B, square marks on broken ribs, 1. Without a weight yet: "
        "policy design."
    )


def test_the_alternative_in_chinese_and_without_any_weight():
    told = wording.fishbone_alt(TABLE, lang="zh", bones=BONES)
    assert "stock-age analysis 50.0%（40.0–65.0%）" in told and "专家与数据不一致的是stock-age analysis。" in told
    bare = TABLE.assign(weight=None, low=None, high=None, agreement=None).astype(
        {"weight": "float64", "agreement": "float64"}
    )
    assert "尚无因素有权重。" in wording.fishbone_alt(bare, lang="zh")


def test_slow_stock_is_told_in_yuan_and_by_name():
    told = spaced(wording.stock_reading(SLOW, NAMES, lang="en"))
    assert told == (
        "Stock of ¥4 million at list price lies at 3 customers; ¥1 million of it (25 %) is older than 180 days, at 2 customers. Most: "
        r"Two \*Co\* ¥500 thousand (50 % of its stock, the oldest 400 days) and Three ¥500 thousand (50 % of its stock, the oldest 200 days)."
    )
    assert "100 万元（25%）库龄超过 180 天，分布在 2 家客户" in wording.stock_reading(SLOW, NAMES, lang="zh")


def test_no_stock_and_no_slow_stock():
    assert wording.stock_reading(SLOW[:0], {}, lang="en") == "No stock was counted in this quarter."
    fresh = wording.stock_reading(SLOW[:1], NAMES, lang="en")
    assert fresh.endswith("at 0 customers.") and "Most" not in fresh


def test_the_score_says_four_the_stock_says_otherwise():
    told = wording.against_score(APART, FACTORS, NAMES, lang="en", slow=SLOW)
    assert told.index.tolist() == [0, 1]  # the widest apart first
    assert told[1] == (
        "Three, stock-age analysis: the score says 4, the stock says otherwise "
        "(evidence 1 of 5: mean age of the stock (days) 200, ¥500 thousand older than 180 days)."
    )
    assert told[0].startswith(
        r"Two \*Co\*, model line-up: the score says 1, the exports say otherwise (evidence 5 of 5"
    )
    chinese = wording.against_score(APART, FACTORS, NAMES, lang="zh", slow=SLOW)[1]
    assert (
        chinese
        == "Three，stock-age analysis：评分为 4，库存却不这么说（证据 1/5：平均库龄（天）为 200，库龄超 180 天的有 50 万元）。"
    )


def test_among_those_as_far_apart_too_good_a_score_comes_first():
    both = pd.concat([APART[:1].assign(evidence=4.0), APART[1:2]], ignore_index=True)
    assert wording.against_score(both, FACTORS, NAMES, lang="en").index.tolist() == [1, 0]


def test_the_evidence_by_factor_stands_beside_chance():
    told = spaced(wording.factor_evidence_reading(DISAGREEMENT, FACTORS, lang="en"))
    assert told.startswith(
        "Share of customers where score and evidence lie two points or more apart: stock-age analysis 60 % (mean age of the stock (days); "
        "44 % by chance); model line-up 30 % (models bought in a year; 42 % by chance)."
    )
    assert "不是对评分的裁定" in wording.factor_evidence_reading(DISAGREEMENT, FACTORS, lang="zh")
    assert wording.factor_evidence_reading(DISAGREEMENT[:0], FACTORS, lang="zh") == "没有同时具备评分和数据证据的因素。"


@pytest.mark.parametrize("tell", [wording.stock_reading, wording.factor_evidence_reading])
def test_another_language_is_refused(tell):
    with pytest.raises(ValueError):
        tell(SLOW[:0], {}, lang="fr")
