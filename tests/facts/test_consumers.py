"""Small exports typed out; every figure below can be worked out by hand."""

import pandas as pd
import pytest

from custlib import cleaning, facts, project

SALES = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元)\nA,1,2025-12-31,C1,P1,1,10\n"
BOUGHT = "小票号,购买日期,用户编号,商品编码,数量,实付金额(元),优惠金额(元)\n"
PURCHASES = [
    "1,2024-12-31,Y1,P1,9,90,0",  # before the four quarters
    "2,2025-01-02,Y1,P1,2,18,2",  # a tenth off
    "3,2025-06-10,Y1,P2,1,19,1",
    "4,2025-12-01,Y1,P2,1,20,0",
    "5,2025-12-05,Y1,P2,-1,-20,0",  # a return
    "6,2025-12-31,Y2,P9,4,40,",  # no list price, no discount told
    "7,2025-11-30,Y3,P3,1,15,15",
    "8,2025-05-05,Y4,P1,-1,-10,0",  # nothing but a return
]
FILES = {
    "sales.csv": SALES,
    "products.csv": "存货编码,存货名称,品类,标价(元),上市日期\n"
    "P1,锅,锅具,10,2020-01-01\nP2,杯,水杯,20,2024-01-27\nP3,刀,刀具,30,2025-11-01\n",
    "customers.csv": "客户编码,客户名称,业态\nC1,甲,超市\nC2,乙,\n",
    "consumers.csv": "用户编号,客户编码,出生年份,家庭人口,注册日期\nY1,C1,1980,3,2025-01-01\nY3,C2,1990,2,2024-12-31\n",
    "purchases.csv": BOUGHT + "\n".join(PURCHASES) + "\n",
}


def features(cleaned_apart, *without, quarter="2025Q4", **more):
    files = {name: text for name, text in FILES.items() if name.removesuffix(".csv") not in without}
    return facts.consumer_features(cleaned_apart(files | more), quarter)


def test_the_features_of_one_consumer_worked_by_hand(cleaned_apart):
    found = features(cleaned_apart)
    expected = {
        "recency_days": 30,
        "frequency": 3,
        "money": 18 + 19 + 20 - 20,
        "quantity": 4 / 3,
        "festival_share": 18 / 57,
        "bargain_share": 19 / 57,
        "discount_share": 3 / 60,
        "promoted_share": 1 / 3,
        "promoted_pieces": 2 - 1,
        "list_price": 60 / 4,
        "price_paid": 57 / 60,
        "novelty": 0,  # P2 was 500 days old on 2025-06-10: no longer new
        "category_锅具": 20 / 60,
        "category_水杯": 40 / 60,
        "category_刀具": 0,
        "tenure_days": 364,
        "store_format": "超市",
    }
    assert found.loc["Y1"].to_dict() == pytest.approx(expected)


def test_what_is_not_known_of_a_consumer_is_missing_and_a_return_is_no_purchase(cleaned_apart):
    found = features(cleaned_apart)
    assert found.index.tolist() == ["Y1", "Y2", "Y3"]
    unknown = found.loc["Y2"].isna()
    assert set(unknown.index[unknown]) == {
        *["discount_share", "promoted_share", "promoted_pieces", "list_price", "price_paid", "novelty"],
        *["category_锅具", "category_水杯", "category_刀具", "tenure_days"],
    }
    assert found["store_format"].to_dict() == {"Y1": "超市", "Y2": "", "Y3": ""}
    assert found.loc["Y3", ["novelty", "promoted_share", "bargain_share"]].tolist() == [1, 1, 1]


def test_a_model_is_new_until_its_500th_day(cleaned_apart):
    bought = BOUGHT + "1,2025-06-09,Y1,P2,1,20,0\n2,2025-06-10,Y2,P2,1,20,0\n"
    found = features(cleaned_apart, quarter="2025Q2", **{"purchases.csv": bought})
    assert found["novelty"].to_dict() == {"Y1": 1, "Y2": 0}


def test_what_the_exports_do_not_hold_is_no_column(cleaned_apart):
    bare = [line.rpartition(",")[0] for line in (BOUGHT.strip(), *PURCHASES)]
    found = features(cleaned_apart, "products", "consumers", "customers", **{"purchases.csv": "\n".join(bare) + "\n"})
    assert set(found.columns) == {
        "recency_days",
        "frequency",
        "money",
        "quantity",
        "festival_share",
        "bargain_share",
    }
    without_list = features(cleaned_apart, "customers")
    assert "store_format" not in without_list and "tenure_days" in without_list


def test_personal_columns_are_never_used(cleaned_apart):
    changed = FILES["consumers.csv"].replace("1980,3", "1950,9")
    assert features(cleaned_apart, **{"consumers.csv": changed}).equals(features(cleaned_apart))


def test_a_product_or_a_consumer_listed_twice_counts_once(cleaned_apart):
    twice = 'data_until = 2025-12-31\n[[source]]\nfiles = "{}"\nkey = []\n'
    once = features(cleaned_apart)
    for name, line in (("products.csv", "P1,锅,锅具,10,2020-01-01\n"), ("consumers.csv", "Y1,C1,1980,3,2025-01-01\n")):
        clean = cleaned_apart(FILES | {name: FILES[name] + line}, twice.format(name))
        assert facts.consumer_features(clean, "2025Q4").equals(once), name


def test_beyond_twelve_categories_the_smallest_are_together(cleaned_apart):
    listed = "存货编码,存货名称,品类,标价(元)\n" + "".join(f"Q{n},x,K{n:02d},{n}\n" for n in range(1, 15))
    bought = BOUGHT + "".join(f"{n},2025-12-01,Y1,Q{n},1,{n},0\n" for n in range(1, 15))
    found = features(cleaned_apart, **{"products.csv": listed, "purchases.csv": bought})
    mix = [name for name in found if name.startswith("category_")]
    assert mix == [f"category_K{n:02d}" for n in range(3, 15)]
    assert found.loc["Y1", "other_categories"] == pytest.approx(3 / 105)


def test_money_and_purchases_by_quarter(cleaned_apart):
    found = facts.consumer_quarters(cleaned_apart(FILES), "2025Q4")
    assert found.to_numpy().tolist() == [
        ["Y1", "2024Q4", 1, 90],
        ["Y1", "2025Q1", 1, 18],
        ["Y1", "2025Q2", 1, 19],
        ["Y1", "2025Q4", 1, 0],
        ["Y2", "2025Q4", 1, 40],
        ["Y3", "2025Q4", 1, 15],
        ["Y4", "2025Q2", 0, -10],
    ]
    until = facts.consumer_quarters(cleaned_apart(FILES), "2025Q1")
    assert until["quarter"].tolist() == ["2024Q4", "2025Q1"]


def test_without_purchases_there_is_no_consumer_and_no_error():
    clean = cleaning.open_tables(project.root() / "tests" / "data" / "online_retail")
    assert facts.consumer_features(clean, "2011Q2").empty and facts.consumer_quarters(clean, "2011Q2").empty
    assert facts.feature_rows(clean, "2011Q2") is None


def test_a_quarter_without_a_purchase_gives_an_empty_table(cleaned_apart):
    assert features(cleaned_apart, quarter="2030Q1").empty


def test_a_window_of_one_quarter_looks_at_that_quarter_alone(cleaned_apart):
    found = facts.consumer_features(cleaned_apart(FILES), "2025Q1", window=1)
    assert found["money"].to_dict() == {"Y1": 18}


def test_history_begins_where_somebody_bought_and_holds_the_quarter_asked_for(cleaned_apart):
    clean = cleaned_apart(FILES, declared="data_from = 2024-07-01\ndata_until = 2025-12-31\n")
    found = facts.consumer_history(clean, "2025Q1")
    assert list(found) == ["2024Q4", "2025Q1"]  # nobody bought before
    assert found["2024Q4"].index.tolist() == ["Y1"]
    without = cleaned_apart({name: text for name, text in FILES.items() if name != "purchases.csv"})
    assert [len(each) for each in facts.consumer_history(without, "2025Q4").values()] == [0]


def test_a_share_of_the_consumers_are_the_same_in_each_quarter_with_the_features_that_all_have(cleaned_apart):
    clean = cleaned_apart(FILES)
    assert facts.consumer_share(clean, "2025Q4") == 1 and facts.consumer_share(clean, "2025Q4", most=1) == 1 / 3
    everybody = facts.consumer_features(clean, "2025Q4")
    # MD5 of Y1 begins with 5a, of Y2 with 2a, of Y3 with e9
    some = facts.consumer_features(clean, "2025Q4", share=0.6)
    pd.testing.assert_frame_equal(some, everybody.loc[["Y1", "Y2"]])
    assert facts.consumer_features(clean, "2024Q4", share=0.6).index.tolist() == ["Y1"]
    assert [len(each) for each in facts.consumer_history(clean, "2025Q4", share=0.6).values()][-1] == 2


def test_sums_of_all_consumers_are_those_of_their_features(cleaned_apart):
    clean = cleaned_apart(FILES)
    pd.testing.assert_frame_equal(
        facts.consumer_sums(clean, "2025Q4"), facts.consumer_features(clean, "2025Q4")[["frequency", "money"]]
    )


def test_months_of_the_year_hold_what_was_paid_in_them(cleaned_apart):
    found = facts.consumer_months(cleaned_apart(FILES), "2025Q4")
    assert found[found["consumer_id"] == "Y1"].to_numpy().tolist() == [
        ["Y1", 1, 1, 18.0],
        ["Y1", 6, 1, 19.0],
        ["Y1", 12, 1, 0.0],  # a purchase and its return
    ]


def test_a_quarter_of_which_a_month_of_purchases_is_absent_is_not_known(cleaned_apart):
    months = [f"2025-{month:02d}" for month in range(1, 13) if month != 5]
    rows = [f"{month},{month}-03,Y1,P1,1,20,0" for month in months]
    clean = cleaned_apart(
        FILES | {"purchases.csv": BOUGHT + "\n".join(rows) + "\n"}, "data_from = 2024-01-01\ndata_until = 2025-12-31\n"
    )
    held = facts.consumer_quarters(clean, "2025Q4")
    assert held["quarter"].tolist() == ["2025Q1", "2025Q2", "2025Q3", "2025Q4"]
    assert facts.known_quarters(clean, held, "2025Q4")["quarter"].tolist() == ["2025Q1", "2025Q3", "2025Q4"]
