from decimal import Decimal

ENTRY = '[[source]]\nfiles = "*"\ntable = "sales"\n'


def test_doubles_and_contradictions_among_all_files(cleaned, sales, rows_of, reasons):
    clean = cleaned(
        {
            "a.csv": sales("A,1,2025-01-01,C,P,1,10,5", "B,1,2025-01-01,C,P,1,10,5", "D,1,2025-01-01,C,P,1,10,"),
            "b.csv": sales(
                "B,1,2025-01-01,C,P,1,11,5",
                "A,1,2025/1/1,C,P,1,10.00,5",
                "D,1,2025-01-01,C,P,1,10,",
                "E,1,2025-01-01,C,P,1,10,5",
                "B,1,2025-01-01,C,P,1,11,5",
            ),
        }
    )
    assert [row["invoice_id"] for row in rows_of(clean, "sales")] == ["A", "D", "E"]
    assert reasons(clean) == [
        ("a.csv", 3, "conflict"),
        ("b.csv", 2, "conflict"),
        ("b.csv", 3, "duplicate_of"),
        ("b.csv", 4, "duplicate_of"),
        ("b.csv", 6, "conflict"),
    ]
    places = {(row["file"], row["line"]): row["place"] for row in rows_of(clean, "quarantine")}
    assert {place: first for place, first in places.items() if first} == {
        ("b.csv", 3): "a.csv:2",
        ("b.csv", 4): "a.csv:4",
    }


def test_without_a_key_identical_rows_are_flagged_and_stay(cleaned, sales, rows_of, reasons):
    row = "A,1,2025-01-01,C,P,1,10,5"
    clean = cleaned({"a.csv": sales(row, row, row.replace("10", "11"))}, ENTRY + "key = []\n")
    assert [one["repeated"] for one in rows_of(clean, "sales")] == [False, True, False]
    assert reasons(clean) == []


def test_a_column_that_shares_its_name_with_a_judgement_keeps_its_values(cleaned, rows_of):
    clean = cleaned({"lost.csv": "客户编码,流失日期,流失原因,column,place,repeated,a__b\nC1,2025-01-01,搬迁,x,y,z,w\n"})
    row = rows_of(clean, "lost_customers")[0]
    assert row["reason"] == "搬迁"
    assert [row[name] for name in ("column", "place", "repeated (2)", "a_b", "repeated")] == ["x", "y", "z", "w", False]


def test_extra_columns_that_differ_in_case_are_one(cleaned, sales, rows_of):
    clean = cleaned(
        {
            "a.csv": sales("A,1,2025-01-01,C,P,1,10,5,x").replace("(元)\n", "(元),Memo\n"),
            "b.csv": sales("B,1,2025-01-01,C,P,1,10,5,y").replace("(元)\n", "(元),memo\n"),
        }
    )
    assert [row["memo"] for row in rows_of(clean, "sales")] == ["x", "y"]


def test_a_product_is_exact_rounded_once_and_bounded(cleaned, rows_of, reasons):
    header = "单据编号,行号,日期,客户编码,存货编码,数量,单价\n"
    rows = [
        "A,1,2025-01-01,C,P,0.123456,10",
        "B,1,2025-01-01,C,P,3,0.335",
        f"D,1,2025-01-01,C,P,{'9' * 12},{'9' * 12}",
        "E,1,2025-01-01,C,P,x,1",
    ]
    declared = (
        ENTRY
        + 'columns = {"单价" = "unit_price"}\ncomputed = {net_amount = "quantity * unit_price"}\nunits = {net_amount = "元"}\ntax = "excluded"\n'
    )
    clean = cleaned({"a.csv": header + "\n".join(rows)}, declared)
    assert [row["net_amount"] for row in rows_of(clean, "sales")] == [Decimal("1.23"), Decimal("1.01")]
    assert reasons(clean) == [("a.csv", 4, "not_an_amount"), ("a.csv", 5, "not_a_number")]
    money = next(row for row in rows_of(clean, "controls") if row["column"] == "net_amount" and row["amount_in"])
    assert (money["amount_in"], money["rounding"]) == (Decimal("2.23956"), Decimal("0.00044"))


def test_fixed_values_fill_a_column_that_the_file_lacks_and_are_no_change(cleaned, rows_of):
    declared = '[[source]]\nfiles = "*"\ntable = "dealer_profit"\nfixed = {quarter = "2025Q4"}\nunits = {brand_profit = "万元", total_profit = "元"}\n'
    clean = cleaned({"p.csv": "客户编码,本品牌利润,总利润\nC1,1.5,2.00\n"}, declared)
    row = rows_of(clean, "dealer_profit")[0]
    assert (row["quarter"], row["brand_profit"], row["total_profit"]) == ("2025Q4", Decimal(15000), Decimal(2))
    assert [(one["column"], one["raw"], one["rule"]) for one in rows_of(clean, "changes")] == [
        ("brand_profit", "1.5", "wan")
    ]


def test_each_file_is_read_in_its_own_unit(cleaned, sales, rows_of):
    clean = cleaned(
        {
            "a.csv": sales("A,1,2025-01-01,C,P,1,10,5"),
            "b.csv": sales("B,1,2025-01-01,C,P,1,10,5").replace("(元)", "（万元）"),
        }
    )
    assert [row["net_amount"] for row in rows_of(clean, "sales")] == [Decimal(10), Decimal(100_000)]


def test_days_and_quarters_outside_the_declared_period_are_set_aside_with_their_amounts(
    cleaned, sales, rows_of, reasons
):
    clean = cleaned(
        {
            "a.csv": sales("A,1,2024-12-31,C,P,1,10,5", "B,1,2025-01-01,C,P,1,20,5", "D,1,2026-01-01,C,P,1,40,5"),
            "p.csv": "季度,客户编码,本品牌利润(元),总利润(元)\n2024Q4,C,1,1\n2025Q1,C,1,1\n2026Q1,C,1,1\n",
        },
        "data_from = 2025-01-01\ndata_until = 2025-12-31\n",
    )
    aside = [(file, line, "out_of_period") for file in ("a.csv", "p.csv") for line in (2, 4)]
    assert reasons(clean) == aside
    money = {row["month"]: row for row in rows_of(clean, "controls") if row["column"] == "net_amount"}
    assert {month: row["amount_quarantined"] for month, row in money.items()} == {
        "2024-12": 10,
        "2025-01": 0,
        "2026-01": 40,
    }
    assert {month: row["amount_clean"] for month, row in money.items()} == {"2024-12": 0, "2025-01": 20, "2026-01": 0}


def test_a_missing_customer_is_kept_and_a_missing_key_is_not(cleaned, sales, rows_of, reasons):
    clean = cleaned(
        {"a.csv": sales("A,1,2025-01-01,,P,1,10,5", ",1,2025-01-01,C,P,1,10,5", "B,1,2025-01-01,C,P,,10,5")}
    )
    assert [row["customer_id"] for row in rows_of(clean, "sales")] == [None]
    assert reasons(clean) == [("a.csv", 3, "missing_key"), ("a.csv", 4, "missing_value")]


def test_a_delimiter_lost_beside_a_quoted_one_is_seen_by_the_columns(cleaned, sales, reasons):
    shifted = 'A,1,2025-01-01,"C1,P1",3,30,20,x'  # eight cells again
    assert reasons(cleaned({"a.csv": sales("B,1,2025-01-01,C,P,1,10,5", shifted)})) == [("a.csv", 3, "not_an_amount")]
