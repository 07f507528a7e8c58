"""The fishbone, the stock and the evidence in sentences."""

import pandas as pd

from custlib import wording

WORDS = {
    "factor:sales": {"en": "sales team", "zh": "销售"},
    "factor:policy": {"en": "policies", "zh": "政策"},
    "factor:training": {"en": "outlet training", "zh": "终端培训"},
    "factor:stock_age_analysis": {"en": "stock-age analysis", "zh": "库龄分析"},
    "factor:model_lineup": {"en": "model line-up", "zh": "机型"},
    "factor:design": {"en": "policy design", "zh": "政策设计"},
}
TABLE = pd.DataFrame(
    {
        "factor": ["training", "stock_age_analysis", "model_lineup", "design"],
        "bone": ["sales", "sales", "policy", "policy"],
        "zone": ["A", "A", "B", "B"],
        "weight": [0.125, 0.5, 0.375, None],
        "low": [0.1, 0.4, 0.3, None],
        "high": [0.2, 0.65, 0.5, None],
        "agreement": [0.9, 0.2, 0.5, None],
    }
)
SLOW = pd.DataFrame(
    {
        "stock_at_list": [2e6, 1e6, 1e6],
        "slow_at_list": [0, 5e5, 5e5],
        "slow_share": [0, 0.5, 0.5],
        "oldest_days": [20, 400.0, 200],
        "name": ["One", "Two *Co*", None],
    },
    index=["K1", "K2", "K3"],
)
NAMES = pd.Series({"K1": "One", "K2": "Two *Co*", "K3": "Three"})
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


def test_the_alternative_says_what_the_figure_shows(said):
    facts = wording.fishbone_alt(TABLE)
    assert spaced(said("fishbone.fishbone_alt", facts, markdown=False, vocabulary=WORDS)) == (
        "Fishbone with 4 factors on 2 bones that lead to customer profit. Bones by weight: sales team 62.5 %, policies 37.5 %. Heaviest "
        "factors with their intervals: stock-age analysis 50.0 % (40.0 to 65.0 %); model line-up 37.5 % (30.0 to 50.0 %); outlet training "
        "12.5 % (10.0 to 20.0 %). Experts and data differ on stock-age analysis. Zone A, round marks, holds 2; zone B, square marks on "
        "broken ribs, 2. Without a weight yet: policy design."
    )


def test_the_alternative_in_chinese_and_without_any_weight(said):
    chinese = said("fishbone.fishbone_alt", wording.fishbone_alt(TABLE), "zh", markdown=False, vocabulary=WORDS)
    assert "库龄分析 50.0%（40.0–65.0%）" in chinese and "专家与数据不一致的是库龄分析。" in chinese
    columns = ["weight", "low", "high", "agreement"]
    bare = wording.fishbone_alt(TABLE.assign(**dict.fromkeys(columns, float("nan"))))
    assert (bare["weights"], bare["heaviest"], bare["differ"], len(bare["without"])) == ([], [], [], 4)
    assert "尚无因素有权重。" in said("fishbone.fishbone_alt", bare, "zh", vocabulary=WORDS)


def test_slow_stock_is_told_in_yuan_and_by_name(said):
    facts = wording.stock_reading(SLOW)
    # without a name a customer goes by its id
    assert spaced(said("fishbone.stock_reading", facts)) == (
        "Stock of ¥4 million at list price lies at 3 customers; ¥1 million of it (25 %) is older than 180 days, at 2 customers. Most: "
        r"Two \*Co\* ¥500,000 (50 % of its stock, the oldest 400 days) and K3 ¥500,000 (50 % of its stock, the oldest 200 days)."
    )
    assert "100 万元（25%）库龄超过 180 天，分布在 2 家客户" in said("fishbone.stock_reading", facts, "zh")


def test_no_stock_and_no_slow_stock(said):
    assert said("fishbone.stock_reading", wording.stock_reading(SLOW[:0])) == "No stock was counted in this quarter."
    fresh = said("fishbone.stock_reading", wording.stock_reading(SLOW[:1]))
    assert fresh.endswith("at 0 customers.") and "Most" not in fresh


def test_the_score_says_four_the_stock_says_otherwise(said):
    facts = wording.against_score(APART, NAMES, SLOW)
    assert [row["name"] for row in facts["told"]] == ["Two *Co*", "Three"]  # the widest apart first
    first, second = said("fishbone.against_score", facts, vocabulary=WORDS).split("\n")
    assert first == (
        r"- Two \*Co\*, model line\-up: the score says 1, the exports say otherwise (evidence 5 of 5: models bought in a year 40)."
    )
    assert second == (
        r"- Three, stock\-age analysis: the score says 4, the stock says otherwise "
        "(evidence 1 of 5: mean age of the stock (days) 200, ¥500,000 older than 180 days)."
    )
    assert said("fishbone.against_score", facts, "zh", vocabulary=WORDS).split("\n")[1] == (
        "- Three，库龄分析：评分为 4，库存却不这么说（证据 1/5：平均库龄（天）为 200，库龄超 180 天的有 50 万元）。"
    )
    assert wording.against_score(APART[2:], NAMES, SLOW) is None


def test_among_those_as_far_apart_too_good_a_score_comes_first():
    both = pd.concat([APART[:1].assign(evidence=4.0), APART[1:2]], ignore_index=True)
    assert [row["name"] for row in wording.against_score(both, NAMES, SLOW)["told"]] == ["Three", "Two *Co*"]


def test_no_more_than_eight_disagreements_are_told():
    many = pd.concat([APART[:1]] * 9, ignore_index=True)
    assert len(wording.against_score(many, NAMES, SLOW)["told"]) == 8


def test_the_evidence_by_factor_stands_beside_chance(said):
    facts = wording.factor_evidence_reading(DISAGREEMENT)
    assert spaced(said("fishbone.factor_evidence_reading", facts, vocabulary=WORDS)).startswith(
        r"Share of customers where score and evidence lie two points or more apart: stock\-age analysis 60 % (mean age of the stock (days); "
        r"44 % by chance); model line\-up 30 % (models bought in a year; 42 % by chance)."
    )
    assert "不是对评分的裁定" in said("fishbone.factor_evidence_reading", facts, "zh", vocabulary=WORDS)
    none = wording.factor_evidence_reading(DISAGREEMENT[:0])
    assert said("fishbone.factor_evidence_reading", none, "zh") == "没有同时具备评分和数据证据的因素。"
