"""Whole contracts on small exports: what is counted, what blocks, who may sign."""

import pytest

from custlib import contracts, glossary, reference, results
from custlib.refusals import Refused

HEADER = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元)\n"
NAMES = "客户编码,客户名称\n" + "".join(f"C{n},客户{n}\n" for n in range(30))


def lines(file, count=30, amount=100, **odd):
    """Sales of one file, one line for each customer; `odd`: line number → what it holds instead."""
    rows = [odd.get(f"_{n}", f"{file}{n},1,2025-01-{n % 28 + 1:02d},C{n},P1,1,{amount}{n % 10}") for n in range(count)]
    return HEADER + "".join(f"{row}\n" for row in rows)


@pytest.fixture
def signed(workbook):
    """Writes signed.csv with the given lines."""

    def write(*told):
        text = "rule,place,who,on,why\n" + "".join(f"{line}\n" for line in told)
        (workbook / "data" / "reference" / "signed.csv").write_text(text)

    return write


def found(clean):
    """(table, rule, column, rows, of_rows, blocks, first_place) of each breach."""
    columns = ["table", "rule", "column", "rows", "of_rows", "blocks", "first_place"]
    return [tuple(row) for row in contracts.breaches(clean, "data/raw")[columns].itertuples(index=False)]


def test_clean_tables_break_nothing(cleaned_once):
    clean = cleaned_once({"a.csv": lines("a"), "b.csv": lines("b"), "c.csv": NAMES})
    frame = contracts.breaches(clean, "data/raw")
    assert frame.empty and tuple(frame.columns) == contracts.COLUMNS
    contracts.check(clean, "data/raw")


def test_a_company_may_have_no_fees(cleaned_once, workbook):
    (workbook / "data" / "reference" / "fees.csv").write_text("product_id,en,zh\n")
    assert found(cleaned_once({"a.csv": lines("a"), "b.csv": lines("b"), "c.csv": NAMES})) == []


def test_below_its_limit_a_breach_is_told_and_does_not_block(cleaned_once):
    odd = {"_3": "x,1,2025-01-02,C99,P1,1,1", "_5": "y,1,2025-01-02,,P1,1,1", "_6": "z,1,2025-01-02,C1,P1,1,-5"}
    clean = cleaned_once({"a.csv": lines("a"), "b.csv": lines("b", **odd), "c.csv": NAMES})
    assert found(clean) == [
        ("sales", "against_sign", "net_amount", 1, 60, True, "b.csv:8"),
        ("sales", "no_customer", "customer_id", 1, 60, False, "b.csv:7"),
        ("sales", "unknown_customer", "customer_id", 1, 60, False, "b.csv:5"),
    ]


def test_the_place_is_the_first_line_of_the_file_that_holds_most(cleaned_once):
    one, more = "x,1,2025-01-02,,P1,1,1", {f"_{n}": f"y{n},1,2025-01-02,,P1,1,1" for n in (20, 21)}
    clean = cleaned_once({"a.csv": lines("a", _3=one), "b.csv": lines("b", **more)})
    assert found(clean) == [("sales", "no_customer", "customer_id", 3, 60, False, "b.csv:22")]


def test_a_file_ten_thousand_times_off_blocks_until_someone_signs(cleaned_once, signed):
    clean = cleaned_once({"a.csv": lines("a"), "b.csv": lines("b"), "c.csv": lines("c", amount="1000000")})
    with pytest.raises(Refused) as refused:
        contracts.check(clean, "data/raw")
    assert (refused.value.code, refused.value.exit_code) == ("contract_broken", 3)
    assert "unit_jump (sales, 30/90, c.csv:2)" in str(refused.value)
    assert "unit_jump,c.csv:2,who,on,why" in refused.value.line("zh")
    for place in ("c.csv", "c.csv:2"):
        signed(f"unit_jump,{place},李,2025-12-31,大单")
        contracts.check(clean, "data/raw")
    row = contracts.breaches(clean, "data/raw").iloc[0]
    assert (row["rule"], row["blocks"], row["signed_by"], row["signed_on"]) == ("unit_jump", False, "李", "2025-12-31")


def test_a_signature_for_another_rule_or_file_or_without_a_name_does_not_count(cleaned_once, signed):
    clean = cleaned_once({"a.csv": lines("a"), "b.csv": lines("b"), "c.csv": lines("c", amount="1000000")})
    for line in (
        "no_customer,c.csv,李,2025-12-31,",
        "unit_jump,a.csv,李,2025-12-31,",
        "unit_jump,c.csv:3,李,2025-12-31,",
    ):
        signed(line)
        with pytest.raises(Refused, match="unit_jump"):
            contracts.check(clean, "data/raw")
    signed("unit_jump,c.csv,,2025-12-31,")
    with pytest.raises(Refused, match=r"signed.csv, line 2: who"):
        contracts.check(clean, "data/raw")


def test_unquoted_commas_are_set_aside_each_and_many_of_them_block(cleaned_once):
    shifted = {f"_{n}": f"b{n},1,2025-01-02,C1,P1,1,1,000" for n in (4, 9)}
    clean = cleaned_once({"a.csv": lines("a"), "b.csv": lines("b", **shifted)})
    assert found(clean) == [("sales", "quarantined_share", "", 2, 30, True, "b.csv:6")]
    few = cleaned_once({"a.csv": lines("a"), "b.csv": lines("b", _4=shifted["_4"])})
    assert found(few) == []


def test_a_line_sent_twice_is_no_sign_of_a_damaged_file(cleaned_once):
    twice = lines("a") + "".join(lines("a").splitlines(keepends=True)[1:11])
    assert found(cleaned_once({"a.csv": twice})) == []


def test_a_score_that_cannot_be_is_set_aside_and_an_odd_floor_area_stays(cleaned_once):
    scores = "季度,客户编码,因素编码,评分\n" + "".join(f"2025Q1,C1,F{n},{n}\n" for n in (0, 1, 5, 6))
    ratios = "专家,上级因素,因素A,因素B,比值\n王,goal,a,b,0.1111\n王,goal,a,c,9.5\n"
    clean = cleaned_once({"f.csv": scores, "r.csv": ratios, "c.csv": "客户编码,客户名称,营业面积\nC1,甲,0\n"})
    aside = clean.table("lines").filter(lambda t: t["class"] == "quarantined").order_by("file", "line").to_pyarrow()
    assert [(row["file"], row["line"], row["reason"]) for row in aside.to_pylist()] == [
        ("f.csv", 2, "out_of_range"),
        ("f.csv", 5, "out_of_range"),
        ("r.csv", 3, "out_of_range"),
    ]
    assert ("customers", "out_of_range", "floor_area_m2", 1, 1, True, "c.csv:2") in found(clean)


def test_two_customers_merged_share_a_key_and_are_told(cleaned_once, workbook):
    (workbook / "data" / "reference" / "aliases.csv").write_text(
        "alias_id,customer_id,who,on,why\nC2,C1,李,2025-12-31,\n"
    )
    profit = "季度,客户编码,本品牌利润(元),总利润(元)\n2025Q1,C1,10,100\n2025Q1,C2,5,20\n"
    assert ("dealer_profit", "key_repeated", "", 2, 2) in [
        row[:5] for row in found(cleaned_once({"p.csv": profit, "c.csv": NAMES}))
    ]


def test_single_lines_are_flagged_and_all_stay(tables):
    day = "2025-01-02"
    lines = [(day, "C1", "P1", 9, 9), (day, "C1", "P1", -9, -9), (day, None, "POST", 1, 5), (day, "C2", "P1", -1, -1)]
    clean = tables(fees=["POST"], sales=("date customer_id product_id quantity net_amount", *lines))
    marked = contracts.flags(clean).order_by("line", "flag").to_pyarrow().to_pylist()
    assert [(row["line"], row["flag"]) for row in marked] == [
        (1, "offsetting"),
        (2, "offsetting"),
        (2, "return"),
        (3, "fee_lines"),
        (3, "no_customer"),
        (4, "return"),
        (4, "unmatched_return"),
    ]
    assert clean.table("sales").count().execute() == 4


def test_every_rule_has_a_limit_a_meaning_and_a_term():
    rules = reference.table("contracts.csv")
    assert rules[["en", "zh"]].notna().all(axis=None)
    assert tuple(rules["rule"]) == contracts.RULES and list(contracts.limits().index) == list(contracts.RULES)
    for rule in [*contracts.RULES, "return", "merged", "alias"]:
        assert glossary.term(rule, "en") and glossary.term(rule, "zh")


def test_breaches_come_back_from_the_published_table_as_they_are(cleaned_once, tmp_path):
    clean = cleaned_once({"a.csv": lines("a", _3="x,1,2025-01-02,,P1,1,1"), "b.csv": lines("b", amount="1000000")})
    frame = contracts.breaches(clean, "data/raw")
    saved = results.save(frame, "contract_breaches", tmp_path / "out")
    assert saved["blocks"].tolist() == [True, True, False]
    assert saved["limit"].fillna(9).tolist() == [0, 0, 0.5]
    assert results.save(frame.iloc[:0], "contract_breaches", tmp_path / "out").empty


def test_many_breaches_are_counted_and_the_first_named(cleaned_once):
    shifted = {f"_{n}": f"x{n},1,2025-01-02,C1,P1,1,1,000" for n in range(5)}
    clean = cleaned_once({f"{name}.csv": lines(name, **shifted) for name in "abcdefg"})
    with pytest.raises(Refused, match=r"limits: .*a\.csv:2\): .*e\.csv:2, .*; \+ 2\. That") as refused:
        contracts.check(clean, "data/raw")
    assert "; + 2。各规则" in refused.value.line("zh")


RULES = "rule,limit,en,zh\n" + "".join(f"{rule},0.05,,\n" for rule in contracts.RULES)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (RULES.partition("\n")[2], "", "reference_empty"),
        ("zero_amount,0.05,,\n", "", "rule_missing"),
        ("zero_amount", "zero_amuont", "rule_unknown"),
        *(
            ("zero_amount,0.05", f"zero_amount,{limit}", "rule_limit")
            for limit in ("nan", "inf", "5", "-0.1", "5%", "０.１")
        ),
        ("zero_amount,0.05", "zero_amount,", "reference_blank"),
    ],
)
def test_no_rule_is_switched_off_by_accident(workbook, old, new, code):
    assert old in RULES
    (workbook / "data" / "reference" / "contracts.csv").write_text(RULES.replace(old, new), encoding="utf-8")
    with pytest.raises(Refused) as caught:
        contracts.limits("data/raw")
    assert caught.value.code == code and "contracts.csv" in str(caught.value)


def test_a_rule_that_never_blocks_says_so(workbook):
    text = RULES.replace("zero_amount,0.05", "zero_amount,never")
    (workbook / "data" / "reference" / "contracts.csv").write_text(text)
    limits = contracts.limits("data/raw")
    assert limits.isna().sum() == 1 and limits.isna()["zero_amount"]


def test_a_signature_for_a_rule_that_does_not_exist_is_refused(workbook, signed):
    signed("unit_jmup,a.csv,李,2025-12-31,")
    with pytest.raises(Refused, match="line 2: there is no rule “unit_jmup”. Did you mean “unit_jump”"):
        contracts.signatures("data/raw")
