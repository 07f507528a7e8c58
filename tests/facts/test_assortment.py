import pandas as pd

from custlib import facts

HEAD = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元)\n"
SALES = HEAD + "".join(
    f"X{at},1,{line}\n"
    for at, line in enumerate(
        [
            "2024-03-05,K1,P1,2,20",
            "2024-12-31,K1,P2,1,5",  # before the four quarters
            "2025-01-01,K1,P1,3,30",
            "2025-11-01,K1,P1,-1,-10",
            "2025-12-31,K1,P3,4,40",
            "2025-06-01,K2,P3,-2,-20",  # came back only
            "2026-01-01,K1,P3,9,90",
        ]
    )
)
PRODUCTS = "存货编码,存货名称,品类,标价,上市日期\nP1,a,锅,1,2019-01-01\nP3,b,锅,1,\n"


def test_models_of_four_quarters_with_their_first_purchase_ever(cleaned_apart):
    found = facts.bought(cleaned_apart({"sales.csv": SALES}), "2025Q4")
    assert found[["pieces", "net_sales", "quarter_sales"]].to_dict("index") == {
        ("K1", "P1"): {"pieces": 2, "net_sales": 20, "quarter_sales": -10},
        ("K1", "P3"): {"pieces": 4, "net_sales": 40, "quarter_sales": 40},
        ("K2", "P3"): {"pieces": -2, "net_sales": -20, "quarter_sales": 0},
    }
    days = found["first_bought"].dt.strftime("%Y-%m-%d")
    assert days.tolist()[:2] == ["2024-03-05", "2025-12-31"] and pd.isna(days.iloc[2])


def test_days_of_launch_where_the_product_list_tells(cleaned_apart):
    launched = facts.launched(cleaned_apart({"sales.csv": SALES, "products.csv": PRODUCTS}))
    assert launched["P1"] == pd.Timestamp("2019-01-01") and pd.isna(launched["P3"])
    assert facts.launched(cleaned_apart({"sales.csv": SALES})).empty
    without = PRODUCTS.replace(",上市日期", "").replace(",2019-01-01", "").replace("锅,1,\n", "锅,1\n")
    assert facts.launched(cleaned_apart({"sales.csv": SALES, "products.csv": without})).notna().sum() == 0
