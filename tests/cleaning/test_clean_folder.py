"""What cleaning promises of every export, on small hostile files and on the whole sample."""

import csv
import io
import os
from pathlib import Path

import openpyxl
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from custlib import cleaning
from custlib.sample.dirt import LOST

SAMPLE = Path(__file__).parents[2] / "data" / "raw"
HEADER = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元),成本(元),备注"
AMOUNTS = ["10", "1,234.50", "(5.25)", "￥7", "−3", "3.5万", "１２", "0.005", "1.23456", "约3万", "", "8-"]
DAYS = ["2025-01-02", "2025/1/3", "2025年2月3日", "20250203", "2025-01-02 0:00", "2025-02-30", "去年"]
CELLS = st.sampled_from(
    ["C1", " C1", "Ｃ２", 'a"b', "a,b", "a\nb", "a\r\nb", "合计", "", "\u200bC", "客户\t", "锟斤拷", "=1+1"]
)
ROW = st.tuples(
    st.sampled_from(["", *(f"A{n}" for n in range(1, 100))]),
    st.sampled_from(["1", "2", "3.0"]),
    st.sampled_from(DAYS[:1] * 5 + DAYS),
    CELLS,
    st.just("P1"),
    st.sampled_from(["1", "-2", "1,000", "x"]),
    st.sampled_from(AMOUNTS),
    st.sampled_from(AMOUNTS),
    CELLS,
)
ASTRAY = [
    "",
    ",,,,,,,,",
    "A1,1",
    'x,5" pipe,y',
    "1,2,3,4,5,6,7,8,9,10,11",
    'A1,1,"2025-01-02\nA2,1,2025-01-02"',
    "合计,,,,,,,,",
    "小计",
]


def written(row, quoting, end):
    text = io.StringIO()
    csv.writer(text, quoting=quoting, lineterminator=end).writerow(row)
    return text.getvalue()


END = st.sampled_from(["\n", "\r\n", "\r"])
LINE = st.builds(written, ROW, st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]), END) | st.builds(
    str.__add__, st.sampled_from(ASTRAY), END
)
FILE = st.tuples(st.lists(LINE, max_size=12), END, st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]))


def export(number, lines, end, encoding):
    return f"导出 {number}{end}{HEADER}{end}{''.join(lines)}".encode(encoding)


# No shrinking: an example takes a second, and its files are small as they are.
@settings(
    derandomize=True,
    deadline=None,
    max_examples=2,  # the first is the simplest
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(FILE, min_size=40, max_size=40))
def test_no_line_cell_or_fen_is_lost_in_hostile_files(promises, cleaned, workbook, files):
    names = {f"{number}.csv": export(number, *file) for number, file in enumerate(files)}
    clean, folder = cleaned(names), workbook / "data" / "raw"
    promises.lines(folder, clean)
    promises.raw_cells(folder, clean)
    promises.money(folder, clean, {(name, column): 1 for name in names for column in ("net_amount", "cost")})


def test_a_clean_file_passes_without_a_line_set_aside_or_a_cell_changed(cleaned, sales, reasons, rows_of):
    rows = [f"A{n},{n % 5},2025-01-{n % 28 + 1:02d},C{n % 7},P{n % 9},{n},{n}.50,{n}.25" for n in range(1, 400)]
    clean = cleaned({"a.csv": sales(*rows)})
    assert clean.counts == {"sales": 399}
    assert reasons(clean) == []
    assert rows_of(clean, "changes") == []


def test_the_same_inputs_give_the_same_bytes(cleaned, sales, workbook):
    files = {
        "b.csv": sales("A,1,2025-01-01,C,P,1,10,5", "合计,,,,,1,10,5"),
        "a.csv": sales("B,1,2025-01-01,C,P,1,x,5", '"a'),
    }
    files["a.csv"] = files["a.csv"].replace('"a', 'D,1,2025-01-01,C" ,P,1,1,1')

    def made():
        folder = cleaned(files).folder
        found = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        folder.rename(workbook / f"made-{len(os.listdir(workbook))}")
        return found

    once, again = made(), made()
    assert once == again
    assert {path.suffix for path in once} == {".parquet", ".json"}


def test_each_step_is_told(workbook, cleaned, sales):
    cleaned({"a.csv": sales("A,1,2025-01-01,C,P,1,10,5")})
    (workbook / "data" / "raw" / "b.csv").write_text(sales("B,1,2025-01-01,C,P,1,10,5"))
    said = []
    cleaning.open_tables("data/raw", said.append)
    assert said == ["reading a.csv", "reading b.csv", "cleaning sales"]


def test_no_line_of_the_sample_is_lost(promises, sample_clean):
    promises.lines(SAMPLE, sample_clean)


def test_every_raw_cell_of_the_sample_can_be_rebuilt(promises, sample_clean):
    promises.raw_cells(SAMPLE, sample_clean)


def test_the_money_of_the_sample_adds_up(promises, sample_clean):
    wan = ("回款_2023", "回款_2024", "经销商利润")
    units = {
        (row["file"], row["column"]): 10_000 if row["file"].startswith(wan) else 1
        for row in sample_clean.table("controls").select("file", "column").distinct().to_pyarrow().to_pylist()
    }
    assert len(units) > 30
    promises.money(SAMPLE, sample_clean, units)


def test_what_was_planted_in_the_sample_is_what_cleaning_found(sample_clean, truth):
    lines = {(row["file"], row["line"]): row for row in sample_clean.table("lines").to_pyarrow().to_pylist()}
    rows = sample_clean.table("changes").to_pyarrow().to_pylist()
    changes = {(row["file"], row["line"], row["column"]): row for row in rows}
    for fault in truth.faults:
        line = lines[fault.file, fault.line]
        if fault.outcome == "changed":
            change = changes[fault.file, fault.line, fault.column]
            assert (line["class"], change["raw"]) == ("clean", fault.raw), fault
        else:
            reason = fault.kind if fault.outcome == "quarantined" else None
            assert (line["class"], line["reason"]) == (fault.outcome, reason), fault
    planted = {(fault.file, fault.line) for fault in truth.faults if fault.outcome == "quarantined"}
    assert {place for place, line in lines.items() if line["class"] == "quarantined"} == planted
    assert set(LOST) <= {line["reason"] for line in lines.values()}


def test_each_file_is_read_by_what_is_declared_of_it(cleaned, sales, rows_of):
    """Files of one table that count Excel's days differently, or tell time in another zone, do not mix."""
    files = {
        "a.csv": sales("A,1,45717,C,P,1,10,5"),
        "b.csv": sales("B,1,45717,C,P,1,10,5"),
        "c.csv": sales("C,1,2025-03-01T16:00:00Z,C,P,1,10,5"),
        "d.csv": sales('D,1,25-3-1,C,P,1,"10,50",5'),
    }
    keys = {"a": 'date_system = "1900"', "b": 'date_system = "1904"', "c": 'time_zone = "+08:00"'}
    keys["d"] = 'century = 2000\ndecimal = ","'
    clean = cleaned(files, "".join(f'[[source]]\nfiles = "{name}.csv"\n{said}\n' for name, said in keys.items()))
    days = {row["invoice_id"]: str(row["date"]) for row in rows_of(clean, "sales")}
    assert days == {"A": "2025-03-01", "B": "2029-03-02", "C": "2025-03-02", "D": "2025-03-01"}


def workbook_of(change, *rows):
    """An .xlsx of sales with these rows."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in (HEADER.split(","), *rows):
        book.active.append(row)
    change(book)
    book.save(out)
    return out.getvalue()


def test_merged_cells_are_filled_and_the_blank_ones_can_be_rebuilt(promises, cleaned, workbook, rows_of):
    rows = [[f"A{n}", 1, "2025-01-02", "Ｃ1" if n == 1 else None, "P1", 1, 10, 5, None] for n in range(1, 5)]
    made = workbook_of(lambda book: book.active.merge_cells("D2:D4"), *rows)
    clean = cleaned(
        {"a.xlsx": made, "b.csv": HEADER + "\nB1,1,2025-01-02,C8,P1,1,10,5,\nB2,1,2025-01-02, C9,P1,1,10,5,\n"}
    )
    assert [row["customer_id"] for row in rows_of(clean, "sales")] == ["C1", "C1", "C1", None, "C8", "C9"]
    changed = [(row["file"], row["line"], row["raw"], row["clean"], row["rule"]) for row in rows_of(clean, "changes")]
    assert [one for one in changed if one[3].startswith("C")] == [
        ("a.xlsx", 2, "Ｃ1", "C1", "full_width"),
        ("a.xlsx", 3, "", "C1", "merged_cell"),
        ("a.xlsx", 4, "", "C1", "merged_cell"),
        ("b.csv", 3, " C9", "C9", "trimmed"),
    ]
    promises.lines(workbook / "data" / "raw", clean)
    promises.raw_cells(workbook / "data" / "raw", clean)
    assert rows_of(clean, "notes") == [{"file": "a.xlsx", "sheet": "Sheet", "note": "merged_cells", "count": 2}]


def test_hidden_rows_that_do_not_count_are_set_aside_and_the_lines_add_up(
    promises, cleaned, workbook, rows_of, reasons
):
    def change(book):
        book.active.row_dimensions[3].hidden = True
        book.create_sheet("底稿").sheet_state = "hidden"

    rows = [[f"A{n}", 1, "2025-01-02", "C1", "P1", 1, 10, 5, None] for n in range(1, 4)]
    declared = '[[source]]\nfiles = "*"\nhidden_rows = "{}"\n'
    clean = cleaned({"a.xlsx": workbook_of(change, *rows)}, declared.format("exclude"))
    assert (clean.counts, reasons(clean)) == ({"sales": 2}, [("a.xlsx", 3, "hidden_row")])
    promises.lines(workbook / "data" / "raw", clean)
    promises.money(workbook / "data" / "raw", clean, {("a.xlsx", "net_amount"): 1})
    assert [tuple(row.values()) for row in rows_of(clean, "sheets")] == [
        ("a.xlsx", "Sheet", "worksheet", True, 4, 1, True),
        ("a.xlsx", "底稿", "worksheet", False, 0, 0, False),
    ]
    clean = cleaned({"a.xlsx": workbook_of(change, *rows)}, declared.format("include"))
    assert (clean.counts, reasons(clean)) == ({"sales": 3}, [])


DRAFT_AND_RELEASED = """计划类型,计划期间,存货编码,计划数量,状态,编制日期
月度,2025-06,P1,100,草稿,2025-05-05
月度,2025-06,P1,90,已发布,2025-05-25
月度,2025-06,P1,95,已发布,2025-06-02
"""


def test_the_versions_of_a_plan_stay_and_without_their_days_two_released_ones_are_a_conflict(cleaned, reasons):
    negative = "月度,2025-06,P2,-1,草稿,\n"
    assert reasons(cleaned({"a.csv": DRAFT_AND_RELEASED + negative})) == [("a.csv", 5, "out_of_range")]
    without = "".join(line.rsplit(",", 1)[0] + "\n" for line in DRAFT_AND_RELEASED.splitlines())
    assert reasons(cleaned({"a.csv": without})) == [("a.csv", 3, "conflict"), ("a.csv", 4, "conflict")]
