from decimal import Decimal

import pytest

from custlib import cleaning, facts, reference
from custlib.cleaning import aliases
from custlib.refusals import Refused

ALIASES = "alias_id,customer_id,who,on,why\n"
CUSTOMERS = "客户编码,客户名称\nK1,华盛\nK2,（上海）华盛 \nK3,永兴\n"
PROFIT = "季度,客户编码,本品牌利润(元),总利润(元)\n2025Q1,K1,10,100\n2025Q1,K2,5,20\n"
FILES = {"c.csv": CUSTOMERS, "p.csv": PROFIT}
MERGED = "K2,K1,李,2025-12-31,搬家"


@pytest.fixture
def company(cleaned_once, sales, workbook):
    """Cleans three customers, their sales and profits with the given lines of aliases.csv; the same ones once for all tests."""

    def make(*lines, files=FILES):
        (workbook / "data" / "reference" / "aliases.csv").write_text(ALIASES + "".join(f"{line}\n" for line in lines))
        rows = ["A,1,2025-01-01,K1,P,1,10,5", "B,1,2025-01-02, K2,P,1,20,5", "D,1,2025-03-31,K3,P,1,40,5"]
        return cleaned_once(files | {"s.csv": sales(*rows)})

    return make


def bytes_of(clean):
    return {
        path.name: path.read_bytes() for path in clean.folder.iterdir() if path.suffix != ".json" and path.is_file()
    }


def test_a_signed_alias_moves_all_rows_to_the_customer_that_stays(company, rows_of):
    clean = company(MERGED)
    assert [row["customer_id"] for row in rows_of(clean, "sales")] == ["K1", "K1", "K3"]
    assert [row["customer_id"] for row in rows_of(clean, "customers")] == ["K1", "K3"]
    log = [(row["table"], row["raw"], row["clean"]) for row in rows_of(clean, "changes") if row["rule"] == "alias"]
    assert log == [("dealer_profit", "K2", "K1"), ("sales", " K2", "K1")]


def test_the_line_of_the_alias_itself_is_set_aside_and_no_line_is_lost(company, reasons, promises, workbook):
    clean = company(MERGED)
    assert reasons(clean) == [("c.csv", 3, "merged")]
    promises.lines(workbook / "data" / "raw", clean)
    promises.raw_cells(workbook / "data" / "raw", clean)
    promises.money(workbook / "data" / "raw", clean, {("s.csv", "net_amount"): 1, ("p.csv", "total_profit"): 1})


def test_merging_sets_no_statement_aside_and_adds_up_what_both_earned(company):
    rows = facts.customer_quarters(company(MERGED)).set_index("customer_id")
    assert rows.loc["K1", ["net_sales", "brand_profit", "total_profit"]].tolist() == [30, 15, 120]
    assert list(rows.index) == ["K1", "K3"]


def test_taking_the_line_out_gives_the_old_tables_back(company, workbook):
    before = bytes_of(company())
    merged = bytes_of(company(MERGED))
    # Nothing of the first cleaning is left to be found.
    (workbook / "data" / "clean").unlink()
    assert bytes_of(company()) == before != merged


def test_the_copy_beside_the_exports_goes_first(company, workbook, rows_of):
    company(MERGED)
    own = workbook / "data" / "raw" / "reference"
    own.mkdir()
    (own / "aliases.csv").write_text(ALIASES)
    assert [row["customer_id"] for row in rows_of(cleaning.open_tables("data/raw"), "customers")] == ["K1", "K2", "K3"]


@pytest.mark.parametrize(
    ("lines", "code", "said"),
    [
        (["K2,K1,,2025-12-31,"], "unsigned", "line 2: who"),
        (["K3,K1,李,2025-12-31,", "K2,K1,李,,"], "unsigned", "line 3: on"),
        (["K2,K1,李,昨天,"], "unsigned", "line 2: on"),
        (["K2,,李,2025-12-31,"], "unsigned", "line 2: customer_id"),
        (["K2,K1,李,2025-12-31,", "K1,K2,李,2025-12-31,"], "alias_chain", "line 2: K2 is merged into K1, which line 3"),
        (["K3,K2,李,2025-12-31,", "K2,K1,李,2025-12-31,"], "alias_chain", "line 2: K3 is merged into K2, which line 3"),
        (["K2,K2,李,2025-12-31,"], "alias_chain", "line 2"),
        (["K2,K1,李,2025-12-31,", "K2,K3,李,2025-12-31,"], "reference_key", "line 3"),
    ],
)
def test_a_merge_that_cannot_be_meant_is_refused_with_its_line(company, lines, code, said):
    with pytest.raises(Refused) as refused:
        company(*lines)
    assert refused.value.code == code and said in str(refused.value)


@pytest.mark.parametrize("line", ["K9,K1,李,2025-12-31,", "K2,K9,李,2025-12-31,"])
def test_an_id_that_no_table_holds_is_refused_on_either_side(workbook, line):
    (workbook / "data" / "reference" / "aliases.csv").write_text(ALIASES + line)
    with pytest.raises(Refused, match="line 2: no export knows customer K9"):
        aliases.check(reference.merges("data/raw"), {"customers": {"K1", "K2"}, "sales": {"K1"}})


def test_an_id_that_only_the_sales_hold_may_be_merged_but_not_be_what_stays(company):
    files = FILES | {"c.csv": "客户编码,客户名称\nK1,华盛\n"}
    assert company("K3,K1,李,2025-12-31,", files=files).counts["customers"] == 1
    with pytest.raises(Refused, match="no export knows customer K3"):
        company("K1,K3,李,2025-12-31,", files=files)


def test_without_a_list_of_customers_any_table_may_know_them(company, rows_of):
    clean = company(MERGED, files={})
    assert [(row["customer_id"], row["net_amount"]) for row in rows_of(clean, "sales")] == [
        ("K1", Decimal(10)),
        ("K1", Decimal(20)),
        ("K3", Decimal(40)),
    ]


def test_two_names_of_one_form_stay_two_and_are_listed_to_sign(company, rows_of):
    clean = company()
    assert [row["name"] for row in rows_of(clean, "customers")] == ["华盛", "(上海)华盛", "永兴"]
    text = (clean.folder / "aliases_to_sign.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines()[1:] == ["K2,K1,,,,(上海)华盛,华盛,1.00,place"]
    signed = company(MERGED)
    assert len((signed.folder / "aliases_to_sign.csv").read_text(encoding="utf-8-sig").splitlines()) == 1
