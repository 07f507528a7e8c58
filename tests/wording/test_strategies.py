import numpy as np
import pandas as pd
import pytest

from custlib import wording
from custlib.wording.strategies import measure_value

WORDS = {
    "segment:S1": {"en": "Young *buyers*", "zh": "年轻人"},
    "segment:S2": {"en": "Cooks", "zh": "厨房"},
    "feature:category_锅具": {"en": "share of pots", "zh": "锅具占比"},
    "feature:list_price": {"en": "list price of what is bought", "zh": "所购商品标价"},
}
COLUMNS = ["strategy", "measure", "identity", "segment_mean", "others_mean", "effect", "effect_low", "effect_high"]


def finding(strategy, measure, identity, mean, others, reach, enough, again, proposal):
    effect = mean - others
    figures = [mean, others, effect, effect - reach, effect + reach, reach * 1.4, enough]
    return [strategy, measure, identity, *figures, again, proposal, proposal and "展示锅具"]


FINDINGS = pd.DataFrame(
    [
        finding("product_strategy", "category_锅具", "S1", 0.10, 0.60, 0.04, True, "no", "Less"),
        finding("product_strategy", "category_锅具", "S2", 0.90, 0.20, 0.03, True, "yes", "Show pots"),
        finding("product_strategy", "novelty", "S1", 0.30, 0.28, 0.05, False, "", None),
        finding("price_strategy", "list_price", "S2", 432.1, 210.0, 20.0, True, "not_known", None),
        finding("sales_management", "recency_days", "S1", 60.0, 61.0, 9.0, False, "", None),
    ],
    columns=[*COLUMNS, "detectable", "enough", "came_again", "proposal_en", "proposal_zh"],
)


def test_each_strategy_its_clearest_findings_and_what_came_again():
    product, price, sales = wording.strategy_reading(FINDINGS)["strategies"]
    # 0.7 against a detectable 0.042, 0.5 against 0.056
    assert [each["segment"] for each in product["findings"]] == ["S2", "S1"]
    assert product["findings"][0]["low"] == {"unit": "share", "value": pytest.approx(0.67)}
    assert [product[name] for name in ("compared", "differ", "later", "again")] == [3, 2, 2, 1]
    assert product["first"] == {"segment": "S2", "proposal_en": "Show pots", "proposal_zh": "展示锅具"}
    assert (price["later"], price["first"]) == (0, None)
    assert (sales["compared"], sales["differ"], sales["findings"], sales["first"]) == (1, 0, [], None)


def test_a_paragraph_for_each_strategy(said):
    facts = wording.strategy_reading(FINDINGS)
    text = said("strategies.strategy_reading", facts, vocabulary=WORDS).replace("\N{NO-BREAK SPACE}", " ")
    product, price, sales, meaning = text.split("\n\n")
    assert product == (
        "**Product strategy.** Cooks: share of pots 90 %, against 20 % of the others (difference 67 to 73 points). "
        r"Young \*buyers\*: share of pots 10 %, against 60 % of the others (difference −54 to −46 points). "
        "To try first, with Cooks: Show pots."
    )
    assert "list price of what is bought ¥432, against ¥210 of the others (difference ¥202 to ¥242)" in price
    assert "To try" not in price
    assert sales == "**Sales management.** Not enough evidence: none of 1 comparisons shows a difference."
    assert meaning == "A proposal is a thing to try on a part of the segment and to measure."


def test_the_method_counts_the_comparisons_and_says_what_they_mean(said):
    facts = wording.strategy_method(FINDINGS)
    text = said("strategies.strategy_method", facts)
    assert (
        "(product strategy: 2 of 3 differ, 1 of the 2 that could be checked held up in later purchases, price" in text
    )
    assert "by construction" in text and "not what caused it" in text and "hold for all comparisons at once" in text
    chinese = said("strategies.strategy_method", facts, "zh")
    assert "产品策略：3 项中 2 项有差异，可用此后购买检验的 2 项中 1 项仍成立；价格策略" in chinese


def test_the_same_in_chinese(said):
    text = said("strategies.strategy_reading", wording.strategy_reading(FINDINGS), "zh", vocabulary=WORDS)
    product, _, sales, meaning = text.split("\n\n")
    assert product.startswith("**产品策略**：厨房：锅具占比 90%，其他为 20%（差异 67 至 73 个百分点）。")
    assert product.endswith("先对厨房试行：展示锅具。")
    assert "证据不足" in sales and "试行" in meaning


def test_without_segments_nothing_is_said_of_them():
    assert wording.strategy_reading(FINDINGS.head(0)) is None and wording.value_reading(VALUES.tail(1)) is None


VALUES = pd.DataFrame(
    {
        "identity": ["S1", "S2", "S3", "apart"],
        "money_year": [300_000.0, 500_000.0, np.nan, 200_000.0],
        "money_share": [0.3, 0.5, np.nan, 0.2],
        "next_quarter": "2026Q1",
        "forecast": [80_000.0, 120_000.0, np.nan, 60_000.0],
        "held_out": [100.0, 100.0, np.nan, 200.0],
        "held_forecast": [110.0, 60.0, np.nan, 100.0],
        "held_naive": [150.0, 70.0, np.nan, 220.0],
        "error": [0.1, -0.4, np.nan, -0.5],
    }
)


def test_value_forecast_and_its_error(said):
    facts = wording.value_reading(VALUES)
    assert [each["segment"] for each in facts["brought"]] == ["S2", "S1"]
    # 10 + 40 + 100 of 400, those in no segment too; the year before 50 + 30 + 20 of 400
    assert facts["errors"] == {"off": 0.375, "most": "apart", "most_off": -0.5, "naive": 0.25}
    text = said("strategies.value_reading", facts, vocabulary=WORDS).replace("\N{NO-BREAK SPACE}", " ")
    assert text.startswith(
        r"In four quarters the segments brought, of what all consumers paid: Cooks ¥500,000 (50 %) and Young \*buyers\* ¥300,000 "
        "(30 %). Consumers in no segment brought 20 %. Forecast for 2026Q1, the mean of a segment's last four quarters times its own season: "
        r"Young \*buyers\* ¥80,000 and Cooks ¥120,000. Made a quarter earlier, such forecasts were off by 38 % of "
        "what all consumers paid; the same quarter of the year before would have been off by 25 %. Most of it: consumers in no segment, "
        "50 % too low. Members"
    )


def test_value_in_chinese_and_where_little_is_known(said):
    def value(lang, table):
        return said("strategies.value_reading", wording.value_reading(table), lang, vocabulary=WORDS)

    without_errors = value("zh", VALUES.assign(held_forecast=np.nan))
    assert (
        "厨房 50 万元（50%）" in without_errors and "2026Q1 的预测" in without_errors and "误差" not in without_errors
    )
    assert "误差合计为全部消费额的 38%；直接用上年同季则为 25%。误差最大的是未归入细分的消费者，低估 50%。" in value(
        "zh", VALUES
    )
    assert "无法预测" in value("zh", VALUES.assign(forecast=np.nan))


@pytest.mark.parametrize(
    "measure, value, en, zh",
    [
        ("recency_days", -12.4, "−12 days", "−12 天"),
        ("frequency", 3.64, "3.6", "3.6"),
        ("discount_share", 0.357, "36\xa0%", "36%"),
        ("list_price", 432.1, "¥432", "432 元"),
    ],
)
def test_a_measure_has_its_unit(said, measure, value, en, zh):
    assert [said("strategies.own_mean", measure_value(measure, value), lang) for lang in ("en", "zh")] == [en, zh]


def test_the_cells_of_the_table_of_findings():
    rows = FINDINGS.head(2)
    assert [cell["value"] for cell in wording.own_mean(rows)] == [0.10, 0.90]
    assert [cell["value"] for cell in wording.others_mean(rows)] == [0.60, 0.20]
