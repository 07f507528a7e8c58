"""Cases 47 to 55 and 67: rows that repeat or contradict each other, returns, fees, names of customers, damaged files."""

import csv
import shutil

import pytest

from custlib import facts, reading
from custlib.refusals import Refused

CUSTOMERS = "客户编码,客户名称,大区\n"


def test_47_identical_rows_and_changed_amounts(answer, export, row):
    lines = [row(1), row(2), row(1), row(3), row(3, amount="11"), row(4)]
    got = answer({"a.csv": export(*lines)})
    assert got.aside == {"a.csv:4": "duplicate_of", "a.csv:5": "conflict", "a.csv:6": "conflict"}
    assert [one["place"] for one in got.rows("quarantine") if one["reason"] == "duplicate_of"] == ["a.csv:2"]
    assert got.values("invoice_id") == ["A1", "A2", "A4"]


def test_48_the_same_file_delivered_twice(refused, export, row, tmp_path):
    content = export(row(1))
    found = refused("same_file_twice", {"a.csv": content, "b.csv": export(row(2)), "copy of a.csv": content})
    assert {found["file"], found["other"]} == {"a.csv", "copy of a.csv"}


def sales_of(got, customer):
    rows = facts.customer_quarters(got.clean)
    return rows.loc[rows["customer_id"] == customer, "net_sales"].sum()


def test_49_returns(answer, export, row):
    lines = [
        row(1, amount="100", quantity="10"),
        row(2, "2025-02-03", amount="-150", quantity="-15", cost="-75"),
        row(3, customer="C2", product="P9", amount="-7", quantity="-1", cost="-3"),
        row(4, customer="C3", amount="50"),
    ]
    got = answer({"a.csv": export(*lines)})
    assert got.values("net_amount") == [100, -150, -7, 50] and got.aside == {}
    assert (sales_of(got, "C1"), sales_of(got, "C2"), sales_of(got, "C3")) == (-50, -7, 50)
    assert sum(one["rows"] for one in got.breaches("returns_exceed_sales")) == 2
    (unmatched,) = got.breaches("unmatched_return")
    assert (unmatched["rows"], unmatched["first_place"]) == (1, "a.csv:4")


def test_50_lines_without_a_customer(answer, export, row):
    got = answer({"a.csv": export(row(1, amount="30"), row(2, customer="", amount="10"), row(3, amount="60"))})
    assert got.values("customer_id") == ["C1", None, "C1"] and got.aside == {}
    total = facts.totals(got.clean).iloc[0]
    assert (total["net_sales"], total["customers"], total["without_customer_share"]) == (100, 1, 0.1)
    assert facts.indicators(got.clean, "2025Q1").table.index.tolist() == ["C1"]
    (found,) = got.breaches("no_customer")
    assert (found["rows"], found["of_rows"]) == (1, 3)


def test_51_lines_that_are_no_products(answer, export, row):
    fees = ["POST", "BANK CHARGES", "M", "AMAZONFEE"]
    lines = [row(n, product=fee, amount="1000", cost="0") for n, fee in enumerate(fees)]
    lines += [row(10, amount="0"), row(11, amount="-11062.06"), row(12, customer="C2", amount="20")]
    got = answer({"a.csv": export(*lines)})
    assert len(got.rows()) == 7 and got.aside == {}
    assert sales_of(got, "C1") == pytest.approx(-11062.06)
    assert sales_of(got, "C2") == 20
    assert facts.totals(got.clean).iloc[0]["net_sales"] == pytest.approx(4000 - 11062.06 + 20)
    assert sum(one["rows"] for one in got.breaches("fee_lines")) == 4
    assert [one["first_place"] for one in got.breaches("zero_amount")] == ["a.csv:6"]
    assert [one["first_place"] for one in got.breaches("against_sign")] == ["a.csv:7"]


def test_52_a_sale_and_its_cancellation_on_the_same_day(answer, export, row):
    lines = [
        row(1, amount="77183.60", quantity="80995"),
        row(2, amount="-77183.60", quantity="-80995", cost="-5"),
        row(3, amount="20"),
    ]
    got = answer({"a.csv": export(*lines)})
    assert len(got.rows()) == 3 and got.aside == {}
    (found,) = got.breaches("offsetting")
    assert (found["rows"], found["first_place"]) == (2, "a.csv:2")


def test_53_one_name_written_in_several_ways(answer):
    written = ["（上海）华盛", "(上海)华盛", "(上海)华盛 ", "ＡＢＣ家居", "ABC家居"]
    got = answer({"a.csv": CUSTOMERS + "".join(f"K{n},{name},华东\n" for n, name in enumerate(written))})
    assert got.values("name", "customers") == ["(上海)华盛"] * 3 + ["ABC家居"] * 2
    assert got.rules("name") == {"（上海）华盛": "full_width", "(上海)华盛 ": "trimmed", "ＡＢＣ家居": "full_width"}
    assert got.values("customer_id", "customers") == ["K0", "K1", "K2", "K3", "K4"]


def to_sign(got):
    """The pairs of ids that a person is asked about."""
    with open(got.clean.folder / "aliases_to_sign.csv", encoding="utf-8-sig", newline="") as listed:
        rows = list(csv.DictReader(listed))
    assert all(not row["who"] and not row["on"] for row in rows)
    return [{value for value in row.values() if value and value.startswith("K")} for row in rows]


def test_54_names_that_are_alike_are_never_merged(answer):
    names = ["华盛贸易有限公司", "华盛商贸有限公司", "远大上海分公司", "远大北京分公司", "张伟", "张玮"]
    got = answer({"a.csv": CUSTOMERS + "".join(f"K{n},{name},华东\n" for n, name in enumerate(names))})
    assert got.values("name", "customers") == names
    assert got.values("customer_id", "customers") == [f"K{n}" for n in range(6)]
    assert all(pair in ({"K0", "K1"}, {"K2", "K3"}, {"K4", "K5"}) for pair in to_sign(got))


def test_55_one_name_with_two_ids(answer, export, row):
    customers = CUSTOMERS + "K1,华盛贸易有限公司,华东\nK2,华盛贸易有限公司,华东\nK3,远大,华北\n"
    got = answer({"k.csv": customers, "a.csv": export(row(1, customer="K1"), row(2, customer="K2"))})
    assert got.values("customer_id", "customers") == ["K1", "K2", "K3"]
    assert got.values("customer_id") == ["K1", "K2"]
    assert to_sign(got) == [{"K1", "K2"}]


def test_67_an_unquoted_comma_in_an_address(answer, blocked, export, row):
    header = ["单据编号", "行号", "日期", "客户编码", "存货编码", "数量", "无税金额(元)", "成本(元)", "地址"]
    lines = [[*row(n), f"上海市南京路{n}号" + (",3楼" if n % 4 == 0 else "")] for n in range(40)]
    files = {"a.csv": export(*lines, header=header)}
    got = answer(files)
    assert got.aside == {f"a.csv:{n + 2}": "width" for n in range(0, 40, 4)}
    assert len(got.rows()) == 30
    (found,) = got.breaches("quarantined_share")
    assert found["blocks"] and found["rows"] == 10 and found["share"] > found["limit"]
    assert "quarantined_share" in blocked(files).line()


def test_48_a_renamed_copy_is_known_by_its_content(tmp_path, export, row):
    (tmp_path / "a.csv").write_text(export(row(1)), encoding="utf-8")
    shutil.copy(tmp_path / "a.csv", tmp_path / "renamed.txt")
    with pytest.raises(Refused, match="renamed.txt"):
        reading.fingerprints(tmp_path, ["a.csv", "renamed.txt"])
