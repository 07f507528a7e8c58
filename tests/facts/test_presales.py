"""Figures of the pre-sales colleagues, as exported."""

from custlib import facts

HEAD = "考核季度,姓名,考核指标,评价来源,评价人,月份,考核值,机会数,成交数\n"


def test_figures_up_to_the_quarter_with_their_lines(cleaned_apart):
    rows = "2025Q3,许静,客户满意度,同事,蒋雯,,80.5,,\n2025Q4,许静,商机转化率,CRM,,10,50,4,2\n2026Q1,许静,客户满意度,自评,,,90,,\n"
    table = facts.presales(cleaned_apart({"售前考核.csv": HEAD + rows}), "2025Q4")
    assert table[["line", "rater", "value"]].to_numpy().tolist() == [[2, "蒋雯", 80.5], [3, "", 50.0]]
    assert table[["month", "cases", "hits"]].iloc[1].tolist() == [10, 4, 2]


def test_without_raters_months_and_counts_these_are_not_known(cleaned_apart):
    text = "考核季度,姓名,考核指标,评价来源,考核值\n2025Q4,许静,客户满意度,上级,80\n"
    table = facts.presales(cleaned_apart({"售前考核.csv": text}), "2025Q4")
    assert table["rater"].tolist() == [""] and table[["month", "cases", "hits"]].isna().all(axis=None)


def test_a_value_of_860_is_set_aside_and_without_the_table_there_is_nothing(cleaned_apart, reasons):
    clean = cleaned_apart({"售前考核.csv": HEAD + "2025Q4,许静,客户满意度,同事,蒋雯,,860,,\n"})
    assert reasons(clean) == [("售前考核.csv", 2, "out_of_range")] and facts.presales(clean, "2025Q4").empty
    empty = cleaned_apart({"流失客户.csv": "客户编码,流失日期,流失原因\nC1,2025-01-01,搬迁\n"})
    assert facts.presales(empty, "2025Q4").empty
