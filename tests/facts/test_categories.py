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
PRODUCTS = "存货编码,存货名称,品类,标价\nP1,a,锅,3\nP2,b,杯,2\n"


def test_pieces_money_and_cost_by_customer_category_and_month(cleaned_apart):
    found = facts.category_months(cleaned_apart({"sales.csv": SALES, "products.csv": PRODUCTS}), "2025Q4", 1)
    told = found.astype("object").where(found.notna(), None)
    assert told.to_numpy().tolist() == [
        ["K1", "", "2025-12", 4, None, 40, 20],
        ["K1", "杯", "2025-10", 2, 4, 40, None],
        ["K1", "锅", "2025-10", 2, 6, 20, 8],
    ]
    without = facts.category_months(cleaned_apart({"sales.csv": SALES}), "2025Q4", 1)
    assert set(without["category"]) == {""} and without["pieces"].sum() == 8


STOCK = "盘点日期,客户编码,存货编码,库存数量,入库日期\n" + "".join(
    f"{line}\n"
    for line in [
        "2025-10-24,K1,P1,9,2025-01-01",  # not in the last week of the month
        "2025-10-25,K1,P1,8,2025-01-01",
        "2025-10-31,K1,P1,5,2025-01-01",
        "2025-10-31,K1,P1,1,2025-02-01",
    ]
)


def test_counts_at_the_end_of_a_month(cleaned_apart):
    exports = {"sales.csv": SALES, "products.csv": PRODUCTS.replace("锅,3", "锅,20"), "stock.csv": STOCK}
    found = facts.counted_months(cleaned_apart(exports), "2025Q4", 1)
    assert found.to_numpy().tolist() == [["K1", "锅", "2025-10", 120]]
    assert facts.counted_months(cleaned_apart({"sales.csv": SALES}), "2025Q4").empty


PROMOTIONS = "活动编号,客户编码,存货编码,品类,活动类型,开始日期,结束日期,折扣率,费用金额(元)\n" + "".join(
    f"{line}\n"
    for line in [
        "A,K1,,锅,贸易促销,2025-10-01,2025-10-31,0.1,300",
        "B,,P2,,贸易促销,2025-11-01,2025-11-30,,",  # of all customers, of a model
        "C,K1,,锅,贸易促销,2025-10-01,2025-10-31,25,300",
        "D,K1,,锅,贸易促销,2025-10-01,,0.1,300",
        "E,K1,,锅,贸易促销,2025-10-31,2025-10-01,0.1,300",
        "F,K1,,锅,贸易促销,2026-01-01,2026-01-31,0.1,300",  # after the quarter
    ]
)


def test_promotions_and_what_is_none(cleaned_apart, reasons):
    clean = cleaned_apart({"sales.csv": SALES, "products.csv": PRODUCTS, "活动.csv": PROMOTIONS})
    told = facts.promotions(clean, "2025Q4").drop(columns=["starts_on", "ends_on"]).to_numpy().tolist()
    assert told == [["A", "K1", "锅", "贸易促销", 0.1, 300], ["B", "", "杯", "贸易促销", 0, 0]]
    # a discount of 25, one without an end
    assert [each for each in reasons(clean) if each[0] == "活动.csv"] == [
        ("活动.csv", 4, "out_of_range"),
        ("活动.csv", 5, "missing_value"),
    ]
