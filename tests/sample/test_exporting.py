from decimal import Decimal

import numpy as np
import openpyxl
import pytest

from custlib import sample
from custlib.sample import exporting, texts
from custlib.sample.factors import FACTORS


def test_sales_are_gb18030_and_later_ones_have_a_preamble_and_their_unit_in_the_header(folder):
    early, late = (
        (folder.path / f"销售明细_{quarter}.csv").read_bytes().decode("gb18030") for quarter in ("2023Q4", "2025Q4")
    )
    assert early.startswith("单据编号,行号,日期,客户编码,存货编码,数量,金额,成本\r\n2023")
    assert late.startswith("导出时间：2026-01-05 08:00:00\r\n\r\n单据编号,")
    assert "不含税金额(元)" in late


def test_every_kind_of_loss_is_planted_somewhere(folder):
    kinds = {fault.kind for fault in folder.told.faults if fault.outcome == "quarantined"}
    assert kinds == {
        *("open_quote", "width", "impossible_date", "conflict", "excel_damage", "out_of_period", "partial_date"),
        *("not_an_amount", "mojibake", "broken_bytes", "duplicate_of"),
    }


def test_no_totals_stand_below_an_amount_that_cannot_be_read(folder):
    unreadable = {fault.file for fault in folder.told.faults if fault.kind in ("open_quote", "width", "not_an_amount")}
    assert not unreadable & {fault.file for fault in folder.told.faults if fault.outcome == "footer"}
    assert len(unreadable) == 3


def test_payments_add_up_to_the_truth_but_for_the_one_that_cannot_be_read(folder, amount):
    doubles = {(fault.file, fault.line) for fault in folder.told.faults if fault.kind == "duplicate_of"}
    paid = Decimal(0)
    for path in sorted(folder.path.glob("回款_*")):
        unit = 10_000 if path.suffix == ".xlsx" else 1
        for line, row in enumerate(folder.rows(path.name), 1):
            if row and row[0].startswith("SK") and (path.name, line) not in doubles:
                paid += (amount(row[3]) or 0) * unit
    missing = Decimal(str(folder.told.classes.payments_yuan.sum())) - paid
    smallest_a = folder.told.classes.payments_yuan[folder.told.classes.letter == "A"].min()
    assert 0 < missing < smallest_a / 3 and missing % 100 == 0


def test_the_customer_list_keeps_rare_characters_full_width_letters_and_a_name_like_a_footer(folder):
    names = {row[1] for row in folder.rows("客户档案.xlsx")}
    assert {"合计广告有限公司", "𠮷祥家居用品有限公司", "㛃美日用百货商行", "ＡＢＣ家居生活馆"} <= names


def test_dates_in_workbooks_are_real_dates_but_for_the_planted_texts(folder):
    sheet = openpyxl.load_workbook(folder.path / "回款_2024.xlsx").active
    kinds = [type(row[1]).__name__ for row in sheet.iter_rows(min_row=4, values_only=True)]
    assert kinds.count("str") == 4
    assert set(kinds) == {"datetime", "str", "NoneType"}


def test_a_year_with_more_payments_than_a_sheet_holds_goes_into_two_workbooks(tmp_path, monkeypatch):
    monkeypatch.setattr(exporting, "EXCEL_ROWS", 100)
    told = sample.write(tmp_path, customers=30, consumers=50, quarters=6, seed=1)
    parts = sorted(path.name for path in tmp_path.glob("回款_2024*.xlsx"))
    assert parts[:2] == ["回款_2024.xlsx", "回款_2024_2.xlsx"]
    totals = [fault.line for fault in told.faults if fault.file == "回款_2024.xlsx" and fault.kind == "total"]
    assert totals == [3 + 100 + 2 + 1]


@pytest.mark.parametrize("word", ["{", "<", "="])
def test_no_cell_of_the_default_sample_looks_like_code(folder, word):
    for file in ("客户档案.xlsx", "产品目录.csv", "拜访记录.csv"):
        assert not any(cell.startswith(word) for row in folder.rows(file) for cell in row)


def test_scores_name_every_factor_for_every_active_dealer(folder):
    rows = list(folder.records("因素评分_*.csv"))
    assert {row["因素编码"] for row in rows} == {factor.id for factor in FACTORS}
    dealers = {(row["季度"], row["客户编码"]) for row in rows}
    assert len(dealers) * 26 - len(rows) < 10
    assert {row["评分"] for row in rows} == set("12345")


def test_consumers_and_dealers_of_all_tables_are_known(folder):
    known = {row["客户编码"] for row in folder.records("客户档案.xlsx")}
    known |= {
        folder.rows(fault.file)[fault.line - 1][0] for fault in folder.told.faults if fault.file == "客户档案.xlsx"
    }
    for file in ("拜访记录.csv", "需求访谈.csv", "流失客户.csv", "因素评分_2025.csv", "库存快照.csv"):
        assert {row["客户编码"] for row in folder.records(file)} <= known
    people = {cells[0] for cells in folder.rows("用户档案.csv")[1:]}
    assert {row["用户编号"] for row in folder.records("购买记录.csv")} <= people


def test_pairwise_ratios_lie_on_saatys_scale(folder):
    ratios = {float(row["比值"]) for row in folder.records("两两比较.xlsx")}
    assert ratios <= {round(value, 6) for n in range(1, 10) for value in (n, 1 / n)}


def test_visits_hold_one_line_of_mojibake_and_needs_one_broken_byte(folder):
    visits = (folder.path / "拜访记录.csv").read_bytes().decode("gb18030")
    assert sum("锟斤拷" in line for line in visits.splitlines()) == 1
    needs = (folder.path / "需求访谈.csv").read_bytes()
    broken = [line for line in needs.split(b"\r\n") if "\ufffd" in line.decode("utf-8", "replace")]
    assert len(broken) == 1


def test_keys_are_unique_but_for_the_planted_doubles(folder):
    for file, columns in (
        ("拜访记录.csv", ("拜访日期", "客户编码")),
        ("需求访谈.csv", ("季度", "客户编码", "需求")),
        ("售前考核.csv", ("考核季度", "姓名", "考核指标", "评价来源", "评价人", "月份")),
        ("购买记录.csv", ("小票号",)),
        ("年度计划_2025.xlsx", ("客户编码", "计划项目", "衡量指标")),
        ("计划检查.csv", ("季度", "客户编码", "计划项目", "衡量指标")),
        ("促销活动.csv", ("活动编号", "客户编码")),
        ("销售目标.csv", ("季度", "客户编码", "目标口径")),
    ):
        keys = [tuple(row[name] for name in columns) for row in folder.records(file)]
        assert len(keys) == len(set(keys)) > 0


def test_a_line_of_dirt_that_stands_for_several_kinds_keeps_its_count_and_column():
    amount = exporting.Money(np.array([5, 250_000]))
    wishes = exporting._wishes("2 amounts in amount", {"amount": amount}, {})
    assert [(wish.kind, wish.column, wish.count) for wish in wishes] == [
        ("thousands", "amount", 2),
        ("full_width", "amount", 2),
        ("currency_sign", "amount", 2),
    ]
    assert wishes[0].rows.tolist() == [False, True]


def test_every_line_of_dirt_can_be_read():
    layouts = texts.tree("exports.toml")
    lines = [line for layout in layouts.values() for line in layout.get("dirt", ())]
    lines += [line for losses in layouts["sales_losses"].values() for line in losses]
    assert len(lines) > 50 and all(exporting._DIRT.fullmatch(line) for line in lines)
