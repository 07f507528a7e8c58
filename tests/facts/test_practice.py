"""What two customers did in a year, typed out."""

from custlib import facts

FILES = {
    "sales.csv": "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元)\n"
    "Z,1,2024-12-31,C1,P9,1,999\n"  # before the four quarters
    "A,1,2025-01-05,C1,P1,1,800\nA,2,2025-01-05,C1,P2,1,100\nB,1,2025-03-01,C1,P1,1,50\n"
    "C,1,2025-04-01,C1,P3,-1,-50\nD,1,2025-05-01,C1,POST,1,7\nE,1,2025-12-31,C2,P1,1,10\n",
    "consumers.csv": "用户编号,客户编码,注册日期\nY1,C1,2024-01-01\nY2,C1,2025-12-31\nY3,C1,2026-01-01\n",
    "purchases.csv": "小票号,购买日期,用户编号,商品编码,数量,实付金额(元),优惠金额(元)\n"
    "1,2025-03-01,Y1,P1,1,90,10\n2,2025-03-02,Y1,P1,1,91,9\n3,2025-03-03,Y1,P1,1,5,\n4,2025-03-04,Y1,P1,-1,-9,-1\n"
    "5,2025-03-05,Y2,P1,1,80,0\n6,2024-12-01,Y1,P1,1,50,50\n7,2025-03-05,Y9,P1,1,50,50\n",
    "profit.csv": "季度,客户编码,本品牌利润(元),总利润(元),返利(元),调差(元)\n2024Q4,C1,1,1,500,500\n2025Q1,C1,1,1,20,3\n2025Q4,C1,1,1,5,\n",
}
DECLARED = "data_from = 2024-01-01\ndata_until = 2026-12-31\n"


def test_a_year_of_each_customer(cleaned_apart):
    found = facts.practice(cleaned_apart(FILES, DECLARED), "2025Q4")
    assert found.loc["C1"].to_dict() == {
        "net_sales": 900,  # the return is taken off, postage is no sale of ours
        "models": 2,
        "order_days": 2,
        "user_files": 2,
        "purchases": 3,  # without the return, what has no discount told, last year's and a consumer of no file
        "promoted_purchases": 1,  # 10 of 100 is a tenth off, 9 of 100 is not
        "rebates": 25,
        "price_compensation": 3,
    }
    assert found.loc["C2", ["net_sales", "models", "order_days"]].tolist() == [10, 1, 1]
    assert found.loc["C2", "user_files"] == 0 and found.loc["C2"].iloc[4:].isna().all()


def test_without_the_other_exports_only_sales_are_known(cleaned_apart):
    found = facts.practice(cleaned_apart({"sales.csv": FILES["sales.csv"]}, DECLARED), "2025Q4")
    assert found.index.tolist() == ["C1", "C2"] and found.iloc[:, 3:].isna().all(axis=None)


def test_the_order_of_the_lines_changes_nothing(cleaned_apart):
    first = facts.practice(cleaned_apart(FILES, DECLARED), "2025Q4")
    turned = {
        name: "\n".join([text.split("\n")[0], *text.strip().split("\n")[:0:-1]]) + "\n" for name, text in FILES.items()
    }
    assert facts.practice(cleaned_apart(turned, DECLARED), "2025Q4").equals(first)
