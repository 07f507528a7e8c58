import pandas as pd
import pytest

from custlib import wording

P = "\N{NO-BREAK SPACE}%"
PARETO = pd.DataFrame(
    {"rank": [1, 2, 3], "value": [70.0, 20.0, 10.0], "cumulative_share": [0.7, 0.9, 1.0], "class": ["A", "B", "B"]}
)
LINES = pd.DataFrame(
    [("sales", "clean", 900), ("sales", "quarantined", 56), ("payments", "clean", 100), ("payments", "quarantined", 0)],
    columns=["table", "class", "lines"],
)
REASONS = pd.DataFrame({"label": ["not a date", "width"], "lines": [1200, 7]})
TREND = pd.DataFrame({"quarter": ["2025Q3", "2025Q4"], "value": [1e6, 2e6], "label": ["net sales"] * 2})


def test_pareto_says_what_each_class_brings():
    assert wording.pareto_alt(PARETO, lang="en") == (
        f"Pareto chart of 3 customers by payments received, largest first. A: 1 customer, 70{P}; B: 2 customers, 30{P}."
    )
    assert wording.pareto_alt(PARETO, lang="zh", indicator="contribution") == (
        "3 家客户的毛利额帕累托图，由大到小。A 类 1 家，占 70%；B 类 2 家，占 30%。"
    )


def test_line_accounts_say_where_lines_were_set_aside():
    assert wording.line_accounts_alt(LINES, lang="en") == (
        "What became of the lines of 2 tables, in bars. Lines set aside: sales 56; none elsewhere."
    )
    assert wording.line_accounts_alt(LINES[2:], lang="zh") == "1 张表各行的去向。没有隔离行。"


def test_reasons_say_each_bar():
    assert wording.reasons_alt(REASONS, lang="en") == "Lines set aside by reason, in bars: not a date 1,200, width 7."


def test_trend_says_where_each_line_begins_and_ends():
    assert (
        wording.trend_alt(TREND, lang="en") == "Lines from 2025Q3 to 2025Q4: net sales from ¥1 million to ¥2 million."
    )
    assert wording.trend_alt(TREND, lang="zh", currency="GBP") == (
        "2025Q3 至 2025Q4 折线图：net sales从 100 万英镑到 200 万英镑。"
    )


@pytest.mark.parametrize(
    "alt, table",
    [
        (wording.pareto_alt, PARETO),
        (wording.line_accounts_alt, LINES),
        (wording.reasons_alt, REASONS),
        (wording.trend_alt, TREND),
    ],
)
def test_another_language_is_refused(alt, table):
    with pytest.raises(ValueError, match="fr"):
        alt(table, lang="fr")
