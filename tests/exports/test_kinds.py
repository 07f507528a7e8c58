"""From an export to the value on the page, for kinds of exports on which it was once wrong. Companies invented here."""

import openpyxl
import pytest

from custlib import contracts, customer_classes, facts, fishbone, segments, weights, wording
from custlib.cleaning import likely_doubles
from custlib.reading import draft
from custlib.refusals import Refused

SALES = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元),成本(元)"
PERIOD = "data_from = 2024-01-01\ndata_until = 2025-12-31\n"
MONTHS = [f"{year}-{month:02d}" for year in (2024, 2025) for month in range(1, 13)]


def sales(last_quarter=1):
    """Six customers in every month of two years; what they buy in the last quarter is multiplied."""
    rows = [
        f"{month}-{who},1,{month}-15,K{who},P1,1,{100 * who * times},{80 * who * (1 if times > 0 else 0)}"
        for month in MONTHS
        for times in [last_quarter if month >= "2025-10" else 1]
        for who in range(1, 7)
    ]
    return "\n".join([SALES, *rows]) + "\n"


def test_a_clean_company_passes_stays_and_is_level(cleaned):
    clean = cleaned({"sales.csv": sales()}, PERIOD)
    assert contracts.breaches(clean, "data/raw").empty and clean.counts == {"sales": 144}
    judged = customer_classes.judge(clean, "2025Q4", resamples=10)
    assert set(judged.customers["step"]) == {"stayed"}
    totals = facts.change(clean, "2025Q3", "2025Q4").totals
    assert totals["net_sales"] == totals["net_sales_before"] == 6300


def test_whoever_gave_back_more_than_it_bought_is_class_c(cleaned):
    clean = cleaned({"sales.csv": sales(last_quarter=-1)}, PERIOD)
    customers = customer_classes.judge(clean, "2025Q4", resamples=10).customers
    assert set(customers["joint_class"]) == {"C"}


_LIST = [["客户编码", "客户名称"], ["K1", "东明贸易"]]
CRITERIA = ("value_for_money", "marketing", "customer_management")


def weights_of(cleaned_apart, *ratios):
    """What one expert's ratios (first ~ second, first ~ third, second ~ third, and what follows) make three bones weigh."""
    pairs = [(0, 1), (0, 2), (1, 2), (1, 0), (2, 0), (2, 1)]
    rows = [
        f"甲,customer_profit,{CRITERIA[a]},{CRITERIA[b]},{ratio}" for (a, b), ratio in zip(pairs, ratios, strict=False)
    ]
    clean = cleaned_apart(
        {"sales.csv": sales(), "pair.csv": "\n".join(["专家,上级因素,因素A,因素B,比值", *rows]) + "\n"}
    )
    assert clean.counts["pairwise"] == len(ratios)
    judgements = weights.from_table(facts.judgements(clean), fishbone.tree("data/raw"))
    return weights.ahp(judgements["甲", "customer_profit"]).weights.tolist()


def test_one_third_is_a_judgement(cleaned_apart):
    """1, 3 and 3 times as important: 3/7, 3/7 and 1/7, and the other way round with 1/3."""
    assert weights_of(cleaned_apart, "1", "3", "3") == pytest.approx([3 / 7, 3 / 7, 1 / 7])
    assert weights_of(cleaned_apart, "1", "1/3", "1/3") == pytest.approx([1 / 5, 1 / 5, 3 / 5])


def test_reciprocals_to_two_decimals_are_the_same_judgement_and_a_contradiction_names_both_lines(cleaned_apart):
    assert weights_of(cleaned_apart, "1", "3", "3", "1.00", "0.33", "0.33") == pytest.approx([3 / 7, 3 / 7, 1 / 7])
    with pytest.raises(Refused) as refusal:
        weights_of(cleaned_apart, "1", "3", "3", "1.00", "0.5")
    assert "line 3" in str(refusal.value) and "line 6" in str(refusal.value)


def test_consumers_who_do_not_differ_are_told_from_too_few(cleaned):
    consumers = [f"U{n},K{n % 6 + 1},1980,3,2024-01-02" for n in range(40)]
    bought = [f"B{n}{month},2025-{month}-11,U{n},P1,1,99.00" for n in range(40) for month in ("02", "05", "08", "11")]
    files = {
        "sales.csv": sales(),
        "consumers.csv": "\n".join(["用户编号,客户编码,出生年份,家庭人口,建档日期", *consumers]) + "\n",
        "purchases.csv": "\n".join(["购买单号,日期,用户编号,存货编码,数量,实付金额(元)", *bought]) + "\n",
    }
    prepared, fits = segments.fitted(facts.consumer_history(cleaned(files, PERIOD), "2025Q4"), 0)
    said = wording.evidence_reading(fits["2025Q4"].evidence, fits["2025Q4"].k, prepared["2025Q4"])
    assert said["alike"] and said["chosen"] is None


def test_several_currencies_in_one_column_are_no_sum(cleaned):
    rows = [f"A{n},2025-10-0{n},K1,P1,1,10,{code}" for n, code in enumerate(["EUR", "USD", "CNY", "EUR"], 1)]
    header = "Invoice,Date,Customer ID,Product ID,Qty,Amount,货币"
    declared = 'currency = "EUR"\n[[source]]\nfiles = "*"\ntable = "sales"\ntax = "excluded"\nkey = []\n'
    with pytest.raises(Refused) as refusal:
        cleaned({"orders.csv": "\n".join([header, *rows])}, declared)
    assert (refusal.value.code, refusal.value.facts["found"]) == ("mixed_currencies", "EUR: 2, USD: 1, CNY: 1")
    assert refusal.value.facts["write"].endswith("; CNY,2025-10,…,…,…,; USD,2025-10,…,…,…,")


def test_numbered_shops_of_a_chain_are_no_doubles():
    digits = "〇一二三四五六七八九"
    shops = [(f"K{n}", "第" + "".join(digits[int(digit)] for digit in str(n)) + "连锁店") for n in range(100, 400)]
    assert likely_doubles.likely_doubles(shops).pairs == []


def test_a_draft_asks_for_the_encoding_and_has_an_entry_for_each_sheet(tmp_path):
    head = "invoice_id,line_no,date,customer_id,product_id,quantity,net_amount\n"
    (tmp_path / "sales.csv").write_bytes((head + "A1,1,2025-10-01,C1,Café,1,10\n").encode("cp1252"))
    book = openpyxl.Workbook()
    for name, rows in {
        "订单": [SALES.split(","), ["A1", 1, "2025-10-01", "K1", "P1", 2, 30.5, 20]],
        "客户": _LIST,
    }.items():
        sheet = book.create_sheet(name)
        for cells in rows:
            sheet.append(cells)
    book.save(tmp_path / "book.xlsx")
    text = draft.draft(tmp_path).read_text(encoding="utf-8")
    assert '# ? encoding = "cp1252"' in text
    assert text.count('files = "book.xlsx"') == 2 and 'sheet = "客户"' in text
