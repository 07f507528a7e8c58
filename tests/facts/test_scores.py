"""Scores typed out."""

import pytest

from custlib import facts

SALES = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元)\nA,1,2025-12-01,C1,P1,1,100\n"
SCORES = "季度,客户编码,因素编码,评分\n2025Q4,C2,price,4\n2025Q4,C1,price,5\n2025Q4,C1,files,2\n2025Q3,C1,price,1\n2025Q4,C3,price,6\n"


def test_a_row_per_customer_and_a_column_per_factor(cleaned_apart):
    found = facts.factor_scores(cleaned_apart({"sales.csv": SALES, "scores.csv": SCORES}), "2025Q4")
    assert found.index.tolist() == ["C1", "C2"] and found.columns.tolist() == ["files", "price"]  # 6 is no score
    assert found.fillna(-1).to_numpy().tolist() == [[2, 5], [-1, 4]]


def test_without_scores_there_is_no_row(cleaned_apart):
    clean = cleaned_apart({"sales.csv": SALES, "scores.csv": SCORES})
    assert facts.factor_scores(clean, "2025Q2").empty
    assert facts.factor_scores(cleaned_apart({"sales.csv": SALES}), "2025Q4").empty


def test_all_scores_up_to_a_quarter_line_by_line(cleaned_apart):
    clean = cleaned_apart({"sales.csv": SALES, "scores.csv": SCORES})
    assert facts.score_rows(clean, "2025Q3").to_numpy().tolist() == [["2025Q3", "C1", "price", 1.0]]
    assert facts.score_rows(clean, "2025Q4")["customer_id"].tolist() == ["C1", "C1", "C1", "C2"]
    assert facts.score_rows(cleaned_apart({"sales.csv": SALES}), "2025Q4").empty


def test_what_customers_earn_and_what_experts_said(cleaned_apart):
    profits = "季度,客户编码,本品牌利润(元),总利润(元)\n2025Q4,C1,10,90\n2025Q3,C1,5,80\n2026Q1,C1,7,70\n"
    said = "专家,上级编码,因素A,因素B,比值\n李,goods,price,range,3\n"
    clean = cleaned_apart({"sales.csv": SALES, "profits.csv": profits, "pairs.csv": said})
    assert facts.profit_rows(clean, "2025Q4").to_numpy().tolist() == [["2025Q3", "C1", 80.0], ["2025Q4", "C1", 90.0]]
    brand = facts.profit_rows(clean, "2025Q4", "brand")
    assert brand.to_numpy().tolist() == [["2025Q3", "C1", 5.0], ["2025Q4", "C1", 10.0]]
    with pytest.raises(ValueError, match="not “net”"):
        facts.profit_rows(clean, "2025Q4", "net")
    (row,) = facts.judgements(clean).to_dict("records")
    told = [row[name] for name in ("expert", "parent_id", "factor_a", "factor_b", "ratio")]
    assert told == ["李", "goods", "price", "range", 3.0]
    alone = cleaned_apart({"sales.csv": SALES})
    assert facts.profit_rows(alone, "2025Q4").empty and facts.judgements(alone).empty
