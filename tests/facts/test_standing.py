from dataclasses import replace

from custlib import facts

FILES = {
    "sales.csv": "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元),成本(元)\n"
    "X1,1,2025-01-02,K1,P1,1,100,60\nX2,1,2025-12-02,K1,P1,1,50,40\nX3,1,2024-12-31,K1,P1,1,999,1\n",
    "profit.csv": "季度,客户编码,本品牌利润(元),总利润(元),返利(元),库存金额(元),应收账款(元)\n"
    "2025Q4,K1,10,20,3,70,80\n2025Q4,K2,1,2,,,9\n2025Q3,K1,1,1,99,99,99\n",
}


def test_money_of_the_quarter_and_what_its_statement_says(cleaned_apart):
    rows = facts.standing(cleaned_apart(FILES), "2025Q4")
    names = ["net_sales", "gross_profit", "year_sales", "receivables", "stock_value", "support", "given"]
    assert rows.loc["K1", names].tolist() == [50, 10, 150, 80, 70, 3, 3]
    assert rows.loc["K2", ["receivables"]].tolist() == [9] and rows.loc["K2", ["stock_value", "support"]].isna().all()


def test_sales_of_the_year_are_on_the_tax_of_the_stock(cleaned_apart):
    clean = replace(cleaned_apart(FILES), taxes={"dealer_profit": "included"})
    assert facts.standing(clean, "2025Q4").at["K1", "year_sales"] == 150 * 1.13


def test_without_statements_nothing_is_owed_or_held(cleaned_apart):
    rows = facts.standing(cleaned_apart({"sales.csv": FILES["sales.csv"]}), "2025Q4")
    assert rows[["receivables", "stock_value", "support"]].isna().all(axis=None)
