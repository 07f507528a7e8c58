"""The engine and the careful reader give the same tables."""

import csv
import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from custlib import reading, warehouse
from custlib.cleaning import all_files
from custlib.reading import large
from custlib.refusals import Refused

FEW = warehouse.FEW
LEDGERS = ("sales", "quarantine", "changes", "lines", "controls", "notes")
HEADER = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元),成本(元),备注"
PLAIN = "A{},1,2025-01-{:02d},C{},P1,3,30.50,20.25,整箱"
DECLARED = 'data_until = 2025-06-30\n[[source]]\nfiles = "*"\nmissing = {customer_id = ["C9"], net_amount = ["-"]}\n'
CELLS = {
    0: ["A1", "合计", "Total", "", '"A7"', "1E5"],
    1: ["1", "01", "x"],
    2: ["2025-01-31", "2025/1/3", "2025-07-01", "", "去年"],
    3: ["C1", "C9", " C1", "", "锟斤拷"],
    5: ["3", "3.0", "1,000", '"1,000"', "-2"],
    6: ["30", "30.5", "030.50", "-0.00", "3.5万", '"1,234.50"', "约3万", "-"],
    8: ["整箱", "", '"a,b"', "a b", '"say ""x"""', '"two\nlines"', 'a"b', "#N/A"],
}
LINES = st.builds(
    lambda at, choices: written(at, choices),
    st.integers(1, 40),
    st.dictionaries(st.sampled_from(sorted(CELLS)), st.integers(0, 7), max_size=2),
)
ODD = st.sampled_from(["", ",,,,,,,,", "合计,,,,,,,,", "A1,1", "A1,1,2025-01-01,C1,P1,3,30.50,20.25,x,y", "  "])


def written(at, choices):
    cells = PLAIN.format(at, at % 28 + 1, at % 7).split(",")
    for column, choice in choices.items():
        cells[column] = CELLS[column][choice % len(CELLS[column])]
    return ",".join(cells)


@pytest.fixture
def told(cleaned, monkeypatch):
    """All tables of a folder of exports, as one of the readers gives them; or the code of the refusal."""

    def go(files, engine_from):
        monkeypatch.setattr(large, "ENGINE_FROM", engine_from)
        monkeypatch.setattr(warehouse, "FEW", 0 if engine_from == 1 else FEW)  # as of many lines
        try:
            clean = cleaned(files, DECLARED)
        except Refused as refusal:
            return refusal.code
        tables = {
            n: clean.table(n).to_pyarrow().to_pylist() for n in LEDGERS if (clean.folder / f"{n}.parquet").is_file()
        }
        clean.folder.rename(clean.folder.with_name(f"by-{engine_from}-{len(list(clean.folder.parent.iterdir()))}"))
        return tables

    return go


@settings(
    derandomize=True,
    deadline=None,
    max_examples=4,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(
            st.lists(LINES | LINES | LINES | ODD, min_size=3, max_size=30),
            st.sampled_from(["\n", "\r\n", "\r"]),
            st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
            st.sampled_from([",", "\t", ";", "|"]),
            st.sampled_from([HEADER, HEADER.removesuffix("备注")]),
        ),
        min_size=3,
        max_size=3,
    )
)
def test_both_readers_give_the_same_tables(told, found):
    def export(rows, end, encoding, delimiter, header):
        rows = [row.replace(",", delimiter) for row in ["导出,2025", "", header, *rows]]
        return (end.join(rows) + end).encode(encoding)

    files = {f"{number}.csv": export(*one) for number, one in enumerate(found)}
    assert told(files, 1) == told(files, 1 << 40)


def test_a_clean_file_is_read_by_the_engine_and_nothing_of_it_goes_through_the_careful_reader(
    cleaned, sales, monkeypatch, rows_of
):
    monkeypatch.setattr(large, "ENGINE_FROM", 1)
    seen = []
    real = reading.careful
    monkeypatch.setattr(reading, "careful", lambda found, lines: real(found, seen.append(list(lines)) or seen[-1]))
    clean = cleaned({"a.csv": sales(*(f"A{n},1,2025-01-01,C1,P1,{n},{n}.50,{n}.25" for n in range(1, 300)))})
    assert (clean.counts, seen, rows_of(clean, "changes")) == ({"sales": 299}, [[]], [])


def test_only_lines_of_another_width_or_with_marks_within_cells_go_through_the_careful_reader(
    cleaned, sales, monkeypatch
):
    monkeypatch.setattr(large, "ENGINE_FROM", 1)
    seen = []
    real = reading.careful
    monkeypatch.setattr(reading, "careful", lambda found, lines: real(found, seen.append(list(lines)) or seen[-1]))
    quoted, short, slashed = 'A,1,2025-01-01,C,P,1,"1,000.00",5', "A,2", "A,3,2025/1/2,C,P,1,10,5"
    doubled = 'A,5,2025-01-01,"C""1""",P,1,10,5'
    clean = cleaned({"a.csv": sales(quoted, short, slashed, doubled, "A1,4,2025-01-01,C1,P1,1,10.00,5.00")})
    assert seen == [[(3, short), (5, doubled)]]
    assert clean.counts == {"sales": 4}


@pytest.mark.parametrize("fault", ['A,1,2025-01-01,"C,P,1,10,5', "A,1,2025-01-01,C,P,1,10,5\n"])
def test_a_file_with_a_stray_quotation_mark_or_a_blank_line_is_read_line_by_line(cleaned, sales, monkeypatch, fault):
    monkeypatch.setattr(large, "ENGINE_FROM", 1)
    by_line, real = [], reading.open_file
    monkeypatch.setattr(reading, "open_file", lambda *args: by_line.append(args[1]) or real(*args))
    last = 'B,1,2025-01-01,C",P,1,10,5' if '"' in fault else "B,1,2025-01-01,C,P,1,10,5"
    clean = cleaned({"a.csv": sales(fault, last)})
    assert by_line == ["a.csv"]
    assert sum(row["lines"] for row in clean.table("lines").to_pyarrow().to_pylist()) == 3 + ("\n" in fault)


def test_line_numbers_hold_over_many_pieces_that_the_engine_reads_side_by_side(cleaned, sales, monkeypatch, rows_of):
    monkeypatch.setattr(large, "ENGINE_FROM", 1)
    rows = [f"A{n},1,2025-01-01,C1,P1,1,{n}.00,1.00{' ' * (n % 997 == 0)}" for n in range(2, 700_000)]
    clean = cleaned({"a.csv": sales(*rows)})
    table = clean.table("sales")
    assert clean.connection.to_pyarrow((table.net_amount != table.line).sum()).as_py() == 0
    assert [row["line"] for row in rows_of(clean, "changes")] == list(range(997, 700_000, 997))


def test_a_file_that_changes_before_the_engine_has_read_it_is_refused(workbook, cleaned, sales, monkeypatch):
    monkeypatch.setattr(large, "ENGINE_FROM", 1)
    real = all_files.bulk.take

    def take(*args):
        real(*args)
        with (workbook / "data" / "raw" / "a.csv").open("a") as more:
            more.write("A9")

    monkeypatch.setattr(all_files.bulk, "take", take)
    with pytest.raises(Refused) as refusal:
        cleaned({"a.csv": sales("A,1,2025-01-01,C,P,1,10,5")})
    assert refusal.value.code == "input_changed"


def test_quotes_around_every_cell_are_plain_too(cleaned, sales, monkeypatch):
    monkeypatch.setattr(large, "ENGINE_FROM", 1)
    seen = []
    real = reading.careful
    monkeypatch.setattr(reading, "careful", lambda found, lines: real(found, seen.append(list(lines)) or seen[-1]))
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerow(["A1", "1", "2025-01-01", "C1", "P1", "1", "10.00", "5.00"])
    clean = cleaned({"a.csv": sales(text.getvalue().strip())})
    assert (clean.counts, seen) == ({"sales": 1}, [[]])


def parquet(rows, **columns):
    """The bytes of a Parquet file of text, some columns of other types."""
    table = pa.table(
        {name: pa.array(cells) for name, cells in zip(HEADER.split(","), zip(*rows, strict=True), strict=True)}
    )
    for name, type_ in columns.items():
        table = table.set_column(table.column_names.index(name), name, table[name].cast(type_))
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


@settings(
    derandomize=True,
    deadline=None,
    max_examples=2,  # the first is the simplest
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(*(st.sampled_from([*(CELLS.get(at, []) if at else ["A1"]), "7", None]) for at in range(9))),
        min_size=90,
        max_size=90,
    )
)
def test_parquet_is_read_alike_by_the_engine_and_row_by_row(cleaned, monkeypatch, rows):
    rows = [PLAIN.format(n, n % 28 + 1, n).split(",") for n in range(20)] + [list(row) for row in rows]
    found, real = [], reading.read
    for by_line in (False, True):
        with monkeypatch.context() as patch:
            if by_line:
                patch.setattr(all_files.reading, "read", lambda *args: real(*args[:4]))
            clean = cleaned({"a.parquet": parquet(rows)}, DECLARED)
        found.append([clean.table(name).to_pyarrow().to_pylist() for name in LEDGERS])
        clean.folder.rename(clean.folder.with_name(f"{by_line}-{len(list(clean.folder.parent.iterdir()))}"))
    assert found[0] == found[1]
    assert sum(row["lines"] for row in found[0][LEDGERS.index("lines")]) == 111


def test_columns_of_parquet_may_have_types_of_their_own(cleaned, rows_of):
    rows = [PLAIN.format(n, n, n).split(",") for n in (1, 2)]
    clean = cleaned(
        {
            "a.parquet": parquet(
                rows, **{"日期": pa.timestamp("us"), "数量": pa.int32(), "成本(元)": pa.decimal128(9, 3)}
            )
        }
    )
    (first, _) = rows_of(clean, "sales")
    assert (str(first["date"]), first["quantity"], str(first["cost"])) == ("2025-01-01", 3, "20.25")
    assert [(row["line"], row["raw"]) for row in rows_of(clean, "changes") if row["column"] == "cost"] == [
        (2, "20.250"),
        (3, "20.250"),
    ]


@pytest.mark.parametrize("content", [b"PAR1 and no more", b"a,b\n"])
def test_what_is_no_parquet_is_refused(cleaned, content):
    with pytest.raises(Refused) as refusal:
        cleaned({"a.parquet": content})
    assert (refusal.value.code, refusal.value.facts["file"]) == ("not_a_parquet", "a.parquet")
