import openpyxl
import pytest

from custlib import cleaning, explain
from custlib.refusals import Refused

HEADER = "单据编号,日期,客户编码,存货编码,数量,无税金额(万元),备注\n"
FILE = "销售 2025:甲.csv"
TEXT = (
    "导出时间：今天\n\n"
    + HEADER
    + 'A,2025/1/1,C,P,1,"1,000",好\n'
    + 'A2,2025-01-01,C,P,1,2,"两\n行"\n'
    + "B,2025-01-02,C,P,1,约3万,\n"
    + 'C,"坏,2025\n'
    + 'D,"坏,2025\n'
    + 'A,2025/1/1,C,P,1,"1,000",好\n'
    + "合计,,,,,1002,\n"
)
DECLARED = '[[source]]\nfiles = "销售*"\nkey = ["invoice_id"]\n[[source]]\nfiles = "old.csv"\nignore = true\n'


@pytest.fixture
def clean(cleaned_once):
    return cleaned_once({FILE: TEXT, "old.csv": "x"}, DECLARED)


def tell(clean, line, file=FILE):
    return explain.tell(clean, "data/raw", f"{file}:{line}")


def test_each_changed_cell_goes_from_raw_to_clean_by_its_rule(clean):
    told = tell(clean, 4)
    assert (told.kind, told.table, told.of_lines, told.reason) == ("clean", "sales", 11, None)
    assert told.text == ('A,2025/1/1,C,P,1,"1,000",好',)
    cells = {cell.column: cell for cell in told.cells}
    assert cells["net_amount"] == ("net_amount", "无税金额(万元)", "1,000", "10000000.00", "wan")
    assert cells["date"] == ("date", "日期", "2025/1/1", "2025-01-01", "date_form")
    assert cells["备注"] == ("备注", "备注", "好", "好", None)


@pytest.mark.parametrize("line, kind", [(1, "preamble"), (2, "blank"), (3, "header"), (11, "footer")])
def test_a_line_that_is_no_data_says_what_it_is(clean, line, kind):
    told = tell(clean, line)
    assert (told.kind, told.cells, told.text) == (kind, (), (TEXT.splitlines()[line - 1],))


@pytest.mark.parametrize("line", [5, 6])
def test_each_line_of_a_record_over_two_lines_tells_of_the_whole_record(clean, line):
    told = tell(clean, line)
    assert (told.line, told.first, told.last, told.kind) == (line, 5, 6, "clean")
    assert told.text == ('A2,2025-01-01,C,P,1,2,"两', '行"')
    assert told.cells[-1].raw == "两\n行"


def test_a_line_set_aside_names_its_reason_and_the_column_at_fault(clean):
    told = tell(clean, 7)
    assert (told.kind, told.reason, told.column) == ("quarantined", "not_an_amount", "net_amount")
    assert {cell.column: cell.raw for cell in told.cells}["net_amount"] == "约3万"
    assert all(cell.clean is None for cell in told.cells)


def test_a_line_that_cannot_be_taken_apart_stands_whole(clean):
    told = tell(clean, 8)
    assert (told.reason, told.cells, told.text) == ("open_quote", (), ('C,"坏,2025',))
    assert told.columns[:2] == ("invoice_id", "date")


def test_a_duplicate_names_the_place_of_the_first(clean):
    told = tell(clean, 10)
    assert (told.reason, told.first_place) == ("duplicate_of", f"{FILE}:4")


@pytest.mark.parametrize("place", [f"data/raw/{FILE}:4", f"/srv/exports/{FILE}:4", f"{FILE}:4"])
def test_a_file_may_be_named_by_a_path_that_ends_so(clean, place):
    assert explain.locate(clean, place) == (FILE, 4)


@pytest.mark.parametrize(
    "place, code, said",
    [
        ("销售 2025:乙.csv:4", "unknown_export", "Did you mean 销售 2025:甲.csv"),
        ("old.csv:1", "file_not_read", "not to be read"),
        (f"{FILE}:12", "line_beyond", "its lines are 1 to 11"),
        (f"{FILE}:0", "line_beyond", "its lines are 1 to 11"),
        (FILE, "not_a_place", "FILE:LINE"),
        (f"{FILE}:", "not_a_place", "FILE:LINE"),
        (":4", "not_a_place", "FILE:LINE"),
        (f"{FILE}:四", "not_a_place", "FILE:LINE"),
    ],
)
def test_what_cannot_be_told_is_refused_with_the_nearest_name_or_the_number_of_lines(clean, place, code, said):
    with pytest.raises(Refused, match=said) as caught:
        explain.tell(clean, "data/raw", place)
    assert (caught.value.code, caught.value.exit_code) == (code, 2)


def test_a_bare_name_that_two_folders_hold_is_not_guessed(cleaned_once, workbook):
    cleaned_once({"a.csv": HEADER})
    for folder, row in (("x", "A"), ("y", "B")):
        (workbook / "data/raw" / folder).mkdir()
        (workbook / "data/raw" / folder / "s.csv").write_text(HEADER + f"{row},2025-01-01,C,P,1,2,\n")
    clean = cleaning.open_tables("data/raw")
    assert explain.locate(clean, "x/s.csv:2") == ("x/s.csv", 2)
    with pytest.raises(Refused, match="no file called s.csv"):
        explain.locate(clean, "s.csv:2")


def test_a_sheet_row_has_cells_under_the_lowest_text_of_its_header(cleaned_once, tmp_path):
    book = openpyxl.Workbook()
    for row in (
        ["回款单号", "客户编码", "回款", ""],
        ["", "", "到账日期", "收款金额(元)"],
        ["K1", "C", "2025-01-02", 5],
    ):
        book.active.append(row)
    book.save(tmp_path / "book")
    declared = '[[source]]\nfiles = "*.xlsx"\nheader_rows = 2\n'
    told = tell(cleaned_once({"b.xlsx": (tmp_path / "book").read_bytes()}, declared), 3, "b.xlsx")
    assert (told.sheet, told.text) == ("Sheet", ())
    assert [cell.header for cell in told.cells] == ["回款单号", "客户编码", "到账日期", "收款金额(元)"]


def test_a_computed_column_has_no_cell_but_a_value_and_true_statements_are_flags(cleaned_once):
    declared = (
        'currency = "GBP"\n[[source]]\nfiles = "*"\ntax = "excluded"\nkey = []\ncomputed = {net_amount = "quantity * unit_price"}\n'
        'columns = {"价" = "unit_price"}\n'
    )
    row = "A,2025-01-01,C,P,3,1.5\n"
    clean = cleaned_once({"s.csv": "单据编号,日期,客户编码,存货编码,数量,价\n" + row + row}, declared)
    told = tell(clean, 3, "s.csv")
    assert {cell.column: cell[2:] for cell in told.cells}["net_amount"] == (None, "4.50", None)
    assert told.flags == ("repeated",) and tell(clean, 2, "s.csv").flags == ()


def test_a_signed_alias_of_the_customer_is_told(clean, workbook):
    (workbook / "data/raw/reference").mkdir()
    (workbook / "data/raw/reference/aliases.csv").write_text(
        "alias_id,customer_id,who,on,why\nC0,C,李,2025-02-01,同一家\nX,Y,李,2025-02-01,-\n"
    )
    assert [row["alias_id"] for row in tell(clean, 4).aliases] == ["C0"]


def test_what_a_contract_says_of_a_sales_line_is_a_flag(cleaned_once):
    header = "单据编号,日期,客户编码,存货编码,数量,无税金额(元)\n"
    clean = cleaned_once({"s.csv": header + "A,2025-01-01,,POST,1,5\nB,2025-01-02,C,P,-1,-5\nC,2025-01-03,C,P,1,5\n"})
    assert tell(clean, 2, "s.csv").flags == ("fee_lines", "no_customer")
    assert tell(clean, 3, "s.csv").flags == ("return", "unmatched_return")
    assert tell(clean, 4, "s.csv").flags == ()


def test_of_a_garbled_cell_the_likely_reading_is_told(cleaned_once):
    made = cleaned_once({"c.csv": "客户编码,客户名称,大区\nK1,涓滄槑璐告槗,华东\n"})
    assert explain.tell(made, "data/raw", "c.csv:2").likely == "东明贸易"
