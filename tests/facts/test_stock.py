"""Stock counted at two customers; every figure below can be worked out by hand."""

import pytest

from custlib import facts

SALES = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元)\nA,1,2025-12-01,C1,P1,1,100\n"
PRODUCTS = "存货编码,存货名称,品类,标价(元)\nP1,锅,锅具,10\nP2,杯,水杯,20\n"
COUNTED = "盘点日期,客户编码,商品编码,库存数量,入库日期\n"
DAYS = [  # age in days on 2025-12-31, each the last or the first of its class
    ("2025-12-31", 0, "days_0_90"),
    ("2026-01-01", -1, "days_0_90"),
    ("2025-10-02", 90, "days_0_90"),
    ("2025-10-01", 91, "days_91_180"),
    ("2025-07-04", 180, "days_91_180"),
    ("2025-07-03", 181, "days_181_365"),
    ("2024-12-31", 365, "days_181_365"),
    ("2024-12-30", 366, "days_over_365"),
]


@pytest.fixture
def aged(cleaned_apart):
    def of(*lines, quarter="2025Q4", **more):
        declared = "data_from = 2024-01-01\ndata_until = 2026-12-31\n"
        files = {"sales.csv": SALES, "products.csv": PRODUCTS, "stock.csv": COUNTED + "\n".join(lines)} | more
        return facts.stock_age(cleaned_apart(files, declared), quarter)

    return of


def test_each_class_ends_where_it_says(aged):
    found = aged(*(f"2025-12-31,C{n},P1,3,{received}" for n, (received, *_) in enumerate(DAYS)))
    classes = found[list(facts.AGE_CLASSES)]
    assert classes.idxmax(axis=1).tolist() == [age_class for *_, age_class in DAYS]
    assert classes.sum(axis=1).tolist() == [30] * 8 and classes.max(axis=1).tolist() == [30] * 8
    assert found["oldest_days"].tolist() == [days for _, days, _ in DAYS]


def test_stock_by_customer_and_model_at_the_last_count(aged):
    found = aged(
        "2025-11-30,C1,P1,99,2025-11-01",  # counted again later
        "2025-12-31,C1,P1,2,2025-12-01",
        "2025-12-31,C1,P1,3,2024-12-01",
        "2025-12-31,C1,P2,1,2025-06-01",
        "2025-12-31,C1,P2,-4,2025-05-01",  # owed, not lying
        "2025-12-31,C1,P9,5,2025-06-01",  # no list price
        "2025-10-05,C2,P2,4,2025-10-01",
        "2026-01-05,C3,P2,4,2025-10-01",  # another quarter
    )
    assert found.index.tolist() == [("C1", "P1"), ("C1", "P2"), ("C1", "P9"), ("C2", "P2")]
    assert found.fillna(-1).to_numpy().tolist() == [
        [5, 20, 0, 0, 30, 50, 30, 395],
        [1, 0, 0, 20, 0, 20, 20, 213],
        [5, -1, -1, -1, -1, -1, -1, 213],
        [4, 80, 0, 0, 0, 80, 0, 4],
    ]
    assert found.columns.tolist() == ["pieces", *facts.AGE_CLASSES, "stock_at_list", "slow_at_list", "oldest_days"]
    slow = facts.slow_stock(found)
    assert slow.loc["C1"].to_dict() == {
        "stock_at_list": 70,
        "slow_at_list": 50,
        "oldest_days": 395,
        "slow_models": 2,
        "slow_share": 50 / 70,
    }
    assert slow.loc["C2", "slow_share"] == 0 and len(slow) == 2


def test_classes_and_the_age_of_stock_tell_the_same(cleaned_apart):
    lines = ["2025-12-31,C1,P1,2,2025-12-01", "2025-12-31,C1,P2,3,2025-03-01"]
    clean = cleaned_apart({"sales.csv": SALES, "products.csv": PRODUCTS, "stock.csv": COUNTED + "\n".join(lines)})
    slow = facts.slow_stock(facts.stock_age(clean, "2025Q4"))
    assert slow.at["C1", "slow_share"] == facts.stock(clean, "2025Q4").at["C1", "old_share"] == 60 / 80


def test_without_stock_or_prices_nothing_is_known(cleaned_apart):
    clean = cleaned_apart({"sales.csv": SALES, "stock.csv": COUNTED + "2025-12-31,C1,P1,2,2025-12-01\n"})
    found = facts.stock_age(clean, "2025Q4")
    assert found.empty and facts.slow_stock(found).empty and found.index.names == ["customer_id", "product_id"]
