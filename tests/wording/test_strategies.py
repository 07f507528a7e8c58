import numpy as np
import pandas as pd
import pytest

from custlib import wording
from custlib.wording.strategies import measure_name, measure_value

NAMES = {"S1": "Young *buyers*", "S2": "Cooks"}
COLUMNS = ["strategy", "measure", "identity", "segment_mean", "others_mean", "effect", "effect_low", "effect_high"]


def finding(strategy, measure, identity, mean, others, reach, enough):
    effect = mean - others
    return [strategy, measure, identity, mean, others, effect, effect - reach, effect + reach, reach * 1.4, enough]


ROWS = [
    finding("product_strategy", "category_锅具", "S1", 0.10, 0.60, 0.04, True),
    finding("product_strategy", "category_锅具", "S2", 0.90, 0.20, 0.03, True),
    finding("product_strategy", "novelty", "S1", 0.30, 0.28, 0.05, False),
    finding("price_strategy", "list_price", "S2", 432.1, 210.0, 20.0, True),
    finding("sales_management", "recency_days", "S1", 60.0, 61.0, 9.0, False),
]
FINDINGS = pd.DataFrame(ROWS, columns=[*COLUMNS, "detectable", "enough"])


def test_a_paragraph_for_each_strategy_the_strongest_finding_first():
    product, price, sales, meaning = wording.strategy_reading(FINDINGS, NAMES, lang="en").split("\n\n")
    assert product.replace("\N{NO-BREAK SPACE}", " ") == (
        "**Product strategy.** Cooks: share of 锅具 90 %, against 20 % of the others (difference 67 to 73 points). "
        r"Young \*buyers\*: share of 锅具 10 %, against 60 % of the others (difference −54 to −46 points). "
        "2 of 3 comparisons show a difference; for 1 there is not enough evidence."
    )
    assert "list price of what is bought ¥432, against ¥210 of the others (difference ¥202 to ¥242)" in price
    assert sales == "**Sales management.** Not enough evidence: none of 1 comparisons shows a difference."
    assert "by construction" in meaning and "not what caused it" in meaning


def test_the_same_in_chinese():
    product, _, sales, meaning = wording.strategy_reading(FINDINGS, {"S2": "厨房"}, lang="zh").split("\n\n")
    assert product.startswith("**产品策略**：厨房：锅具占比 90%，其他为 20%（差异 67 至 73 个百分点）。")
    assert "3 项比较中 2 项有差异，1 项证据不足" in product and "证据不足" in sales and "不说明原因" in meaning


def test_the_first_step_and_what_came_again_are_told_where_they_are_known():
    told = FINDINGS.assign(
        proposal_en=["less", "Show pots", None, None, None], came_again=["no", "yes", "", "not_known", ""]
    )
    product, price, *_ = wording.strategy_reading(told, NAMES, lang="en").split("\n\n")
    assert "To try first, with Cooks: Show pots." in product
    assert "1 of the 2 that could be looked at came again in later purchases." in product
    assert "came again" not in price and "To try" not in price


def test_without_segments_it_says_so():
    assert wording.strategy_reading(FINDINGS.head(0), {}, lang="en") == "There are no segments to compare."


VALUES = pd.DataFrame(
    {"money_year": [300_000.0, 500_000.0, np.nan, 200_000.0], "money_share": [0.3, 0.5, np.nan, 0.2]},
    ["S1", "S2", "S3", "apart"],
)
FORECASTS = pd.DataFrame(
    {
        "next_quarter": "2026Q1",
        "forecast": [80_000.0, 120_000.0, np.nan, 60_000.0],
        "error": [0.1, -0.4, np.nan, 0.9],
        "naive_error": [0.5, -0.3, np.nan, 0.1],
    },
    VALUES.index,
)


def test_value_forecast_and_its_error():
    said = wording.value_reading(VALUES, FORECASTS, NAMES, lang="en").replace("\N{NO-BREAK SPACE}", " ")
    assert r"Cooks ¥500 thousand (50 %) and Young \*buyers\* ¥300 thousand (30 %)" in said
    assert "Consumers in no segment brought 20 %." in said
    assert r"Forecast for 2026Q1" in said and r"Young \*buyers\* ¥80 thousand and Cooks ¥120 thousand" in said
    # Half-way between 10 % and 40 %; who stands apart is no segment.
    assert "off by 25 % in the middle segment and by 40 % in the worst, Cooks" in said
    assert "year before would have been off by 40 %" in said and "S3" not in said


def test_value_in_chinese_and_where_little_is_known():
    said = wording.value_reading(VALUES, FORECASTS.assign(error=np.nan), {"S2": "厨房"}, lang="zh")
    assert "厨房 50 万元（50%）" in said and "误差" not in said and "2026Q1 的预测" in said
    assert "无法预测" in wording.value_reading(VALUES, FORECASTS.assign(forecast=np.nan), {}, lang="zh")
    assert "no segment whose value" in wording.value_reading(VALUES.tail(1), FORECASTS.tail(1), {}, lang="en")


@pytest.mark.parametrize(
    "measure, value, en, zh",
    [
        ("recency_days", -12.4, "−12 days", "−12 天"),
        ("frequency", 3.64, "3.6", "3.6"),
        ("discount_share", 0.357, "36 %", "36%"),
        ("list_price", 432.1, "¥432", "432 元"),
    ],
)
def test_a_measure_has_its_unit(measure, value, en, zh):
    assert measure_value(measure, value, lang="en").replace("\N{NO-BREAK SPACE}", " ") == en
    assert measure_value(measure, value, lang="zh") == zh


def test_a_measure_has_a_name_in_both_languages():
    assert measure_name("quantity", lang="en") == "pieces a purchase"
    assert measure_name("category_<b>", lang="zh") == r"\<b\>占比"
    assert measure_name("store_format_超市", lang="en") == "registered at stores of the format 超市"


def test_a_table_of_the_clear_findings_in_words_the_clearest_first():
    told = FINDINGS.assign(came_again="yes", proposal_en="Try.", proposal_zh="试行。")
    shown = wording.findings_shown(told, pd.Series(NAMES), lang="en")
    # 0.7 against a detectable 0.042, 0.5 against 0.056, 222.1 against 28
    assert shown["identity"].tolist() == ["S2 Cooks", "S1 Young *buyers*", "S2 Cooks"]
    assert shown.iloc[0].tolist() == [
        "product strategy",
        "S2 Cooks",
        "share of 锅具",
        "90\xa0%",
        "20\xa0%",
        "yes",
        "Try.",
    ]
    assert wording.findings_shown(told, pd.Series(NAMES), lang="zh")["proposal"].unique().tolist() == ["试行。"]
    assert wording.findings_shown(told.head(0), pd.Series(NAMES), lang="en").empty


def test_a_segment_s_value_goes_by_its_name_and_those_apart_by_theirs():
    values = pd.DataFrame({"money": [1.0, 2.0]}, pd.Index(["S1", "apart"], name="identity"))
    assert wording.value_shown(values, pd.Series({"S1": "Pots"}), lang="en")["identity"].tolist() == [
        "S1 Pots",
        "in no segment",
    ]
