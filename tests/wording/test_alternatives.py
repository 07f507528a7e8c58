import pandas as pd

from custlib import wording

P = "\N{NO-BREAK SPACE}%"
PARETO = pd.DataFrame(
    {"rank": [1, 2, 3], "value": [70.0, 20.0, 10.0], "cumulative_share": [0.7, 0.9, 1.0], "class": ["A", "B", "B"]}
)
LINES = pd.DataFrame(
    [("sales", "clean", 900), ("sales", "quarantined", 56), ("payments", "clean", 100), ("payments", "quarantined", 0)],
    columns=["table", "class", "lines"],
)
REASONS = pd.DataFrame({"label": ["not_a_date", "width"], "lines": [1200, 7]})
TREND = pd.DataFrame({"quarter": ["2025Q3", "2025Q4"], "value": [1e6, 2e6], "label": ["net_sales"] * 2})


def test_pareto_says_what_each_class_brings(said):
    assert wording.pareto_alt(PARETO)["classes"] == [
        {"letter": "A", "customers": 1, "share": 0.7},
        {"letter": "B", "customers": 2, "share": 0.3},
    ]
    assert said("alternatives.pareto_alt", wording.pareto_alt(PARETO), markdown=False) == (
        f"Pareto chart of 3 customers by payments received, largest first. A: 1 customer, 70{P}; B: 2 customers, 30{P}."
    )
    profit = wording.pareto_alt(PARETO, indicator="contribution")
    assert said("alternatives.pareto_alt", profit, "zh", markdown=False) == (
        "3 家客户的毛利额帕累托图，由大到小。A 类 1 家，占 70%；B 类 2 家，占 30%。"
    )


def test_the_caption_names_bars_and_colours_and_why_a_small_customer_can_be_a(said):
    joint, share = wording.pareto_caption("joint"), wording.pareto_caption("brand_share")
    assert said("alternatives.pareto_caption", joint, size_is="net_sales") == (
        "Customers by net sales; colour: joint class."
    )
    assert said("alternatives.pareto_caption", share).endswith("so a small customer can be A.")


def test_line_accounts_say_where_lines_were_set_aside(said):
    assert said("alternatives.line_accounts_alt", wording.line_accounts_alt(LINES)) == (
        "What became of the lines of 2 tables, in bars. Lines set aside: sales 56; none elsewhere."
    )
    nothing = wording.line_accounts_alt(LINES[2:])
    assert said("alternatives.line_accounts_alt", nothing, "zh") == "1 张表各行的去向。没有剔除待核的行。"


def test_reasons_say_each_bar(said):
    assert said("alternatives.reasons_alt", wording.reasons_alt(REASONS)) == (
        "Lines set aside by reason, in bars: not a date 1,200, more or fewer cells than the header 7."
    )


def test_trend_says_where_each_line_begins_and_ends(said):
    facts = wording.trend_alt(TREND)
    assert said("alternatives.trend_alt", facts) == (
        "Lines from 2025Q3 to 2025Q4: net sales from ¥1 million to ¥2 million."
    )
    assert said("alternatives.trend_alt", facts, "zh", currency="GBP") == (
        "2025Q3 至 2025Q4 折线图：销售净额从 100 万英镑到 200 万英镑。"
    )
