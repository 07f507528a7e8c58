from custlib import facts

HEAD = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元),成本(元)\n"
SALES = HEAD + "".join(
    f"X{at},1,{line}\n"
    for at, line in enumerate(
        [
            "2024-12-31,K1,P1,1,5,3",  # before the quarter
            "2025-10-01,K1,P1,3,30,12",
            "2025-10-31,K1,P1,-1,-10,-4",
            "2025-10-31,K1,P2,2,40,",  # its cost is not known
            "2025-12-31,K1,P9,4,40,20",  # in no product list
        ]
    )
)
PRODUCTS = "存货编码,存货名称,品类,标价\nP1,a,锅,1\nP2,b,杯,1\n"


def test_pieces_money_and_cost_by_customer_category_and_month(cleaned):
    found = facts.category_months(cleaned({"sales.csv": SALES, "products.csv": PRODUCTS}), "2025Q4", 1)
    told = found.astype("object").where(found.notna(), None)
    assert told.to_numpy().tolist() == [
        ["K1", "", "2025-12", 4, 40, 20],
        ["K1", "杯", "2025-10", 2, 40, None],
        ["K1", "锅", "2025-10", 2, 20, 8],
    ]
    without = facts.category_months(cleaned({"sales.csv": SALES}), "2025Q4", 1)
    assert set(without["category"]) == {""} and without["pieces"].sum() == 8
