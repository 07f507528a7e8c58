"""Scores typed out."""

from custlib import facts

SALES = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元)\nA,1,2025-12-01,C1,P1,1,100\n"
SCORES = "季度,客户编码,因素编码,评分\n2025Q4,C2,price,4\n2025Q4,C1,price,5\n2025Q4,C1,files,2\n2025Q3,C1,price,1\n2025Q4,C3,price,6\n"


def test_a_row_per_customer_and_a_column_per_factor(cleaned):
    found = facts.factor_scores(cleaned({"sales.csv": SALES, "scores.csv": SCORES}), "2025Q4")
    assert found.index.tolist() == ["C1", "C2"] and found.columns.tolist() == ["files", "price"]  # 6 is no score
    assert found.fillna(-1).to_numpy().tolist() == [[2, 5], [-1, 4]]


def test_without_scores_there_is_no_row(cleaned):
    clean = cleaned({"sales.csv": SALES, "scores.csv": SCORES})
    assert facts.factor_scores(clean, "2025Q2").empty
    assert facts.factor_scores(cleaned({"sales.csv": SALES}), "2025Q4").empty
