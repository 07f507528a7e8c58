import csv
import re
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from custlib import abc_classes, codebook, escaping, results
from custlib.refusals import Refused

FRAME = pd.DataFrame(
    {
        "score": [0.123456789, 0.5, None],
        "size": [1234.5649, -0.001, 1e6],
        "customer_id": ["00123", "k2", "k3"],
        "name": ["=HYPERLINK(1)", "华金, “百货”", None],
        "known": [3, 2, 1],
        "joint_class": abc_classes.by_count(pd.Series([3, 2, 1])),
    }
)


def csv_rows(folder, name):
    with (folder / "tables" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_table_comes_back_as_it_was_shown(tmp_path):
    shown = results.save(FRAME, "abc_customers", tmp_path)
    pd.testing.assert_frame_equal(results.load("abc_customers", tmp_path), shown)
    assert shown["customer_id"].tolist() == ["00123", "k2", "k3"]
    assert shown["size"].tolist() == [1234.56, 0.0, 1e6]
    assert shown["score"].tolist()[:2] == [0.123457, 0.5] and shown["score"].isna()[2]
    assert shown["joint_class"].tolist() == ["A", "B", "C"]
    assert shown["name"].tolist()[:2] == ["=HYPERLINK(1)", "华金, “百货”"] and shown["name"].isna()[2]


def test_columns_stand_in_the_order_of_the_codebook_and_what_lacks_is_empty(tmp_path):
    shown = results.save(FRAME, "abc_customers", tmp_path)
    assert list(shown.columns) == list(codebook.stored("abc_customers"))
    assert shown["contribution"].isna().all() and shown["contribution"].dtype == float


def test_the_frame_given_is_not_changed(tmp_path):
    before = FRAME.copy()
    results.save(FRAME, "abc_customers", tmp_path)
    pd.testing.assert_frame_equal(FRAME, before)


def test_the_csv_is_for_people(tmp_path):
    results.save(FRAME, "abc_customers", tmp_path)
    raw = (tmp_path / "tables" / "abc_customers.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfcustomer_id,name,") and b"\r" not in raw
    first, second, third = csv_rows(tmp_path, "abc_customers")
    assert (first["size"], second["size"], third["size"]) == ("1234.56", "0.00", "1000000.00")
    assert (first["score"], third["score"], first["known"]) == ("0.123457", "", "3")
    assert second["name"] == "华金, “百货”"


@pytest.mark.parametrize("name", ["=1+1", "+cmd", "-2", "@SUM(A1)", "\t=1", "＝1"])
def test_a_formula_is_inert_in_the_csv_and_exact_in_parquet(tmp_path, name):
    results.save(pd.DataFrame({"customer_id": ["k1"], "name": [name], "size": [-5.0]}), "abc_customers", tmp_path)
    row = csv_rows(tmp_path, "abc_customers")[0]
    assert row["name"] == "'" + name and row["size"] == "-5.00"
    assert results.load("abc_customers", tmp_path)["name"][0] == name


def test_the_same_frame_gives_the_same_bytes_whatever_its_index_and_dtypes(tmp_path):
    other = FRAME.set_index(pd.Index([7, 8, 9])).astype({"joint_class": "str", "known": "Int64"})
    for folder, frame in (("one", FRAME), ("two", other)):
        results.save(frame, "abc_customers", tmp_path / folder)
    for file in ("abc_customers.parquet", "abc_customers.csv"):
        assert (tmp_path / "one/tables" / file).read_bytes() == (tmp_path / "two/tables" / file).read_bytes()
    assert sorted(path.name for path in (tmp_path / "one/tables").iterdir()) == [
        "abc_customers.csv",
        "abc_customers.parquet",
    ]


@given(size=st.lists(st.floats(-1e18, 1e18) | st.none(), min_size=1), share=st.floats(0, 1))
@example(size=[1.005, 2.675, 0.125, 0.375, -0.001, 1e17 + 0.3, None], share=0.0000005)
def test_numbers_are_rounded_and_written_as_python_does(size, share):
    frame = pd.DataFrame({"customer_id": "k", "size": pd.Series(size, dtype="float64"), "score": share})
    with tempfile.TemporaryDirectory() as folder:
        shown, rows = results.save(frame, "abc_customers", folder), csv_rows(Path(folder), "abc_customers")
    rounded = [None if value is None else round(value, 2) + 0.0 for value in size]
    assert [None if pd.isna(value) else value for value in shown["size"]] == rounded
    assert [row["size"] for row in rows] == ["" if value is None else f"{value:.2f}" for value in rounded]
    assert {row["score"] for row in rows} == {f"{round(share, 6):.6f}"}


@given(st.lists(st.text(st.sampled_from("a,\"'=\n\r\t－恒 ")), min_size=1))
def test_a_text_comes_back_from_the_csv_whatever_stands_in_it(names):
    with tempfile.TemporaryDirectory() as folder:
        results.save(pd.DataFrame({"customer_id": "k", "name": names}), "abc_customers", folder)
        rows = csv_rows(Path(folder), "abc_customers")
    assert [row["name"] for row in rows] == [escaping.cell(name) for name in names]


def test_a_named_index_is_a_column(tmp_path):
    shown = results.save(FRAME.set_index("customer_id"), "abc_customers", tmp_path)
    assert shown["customer_id"].tolist() == ["00123", "k2", "k3"]


def test_amounts_of_control_are_exact(tmp_path):
    exact = Decimal("12345678901234567.123456")
    frame = pd.DataFrame({"amount_in": [exact, Decimal("3.5")], "difference": [Decimal(0), None]})
    shown = results.save(frame, "control_totals", tmp_path)
    assert shown["amount_in"].tolist() == [exact, Decimal("3.5")]
    first, second = csv_rows(tmp_path, "control_totals")
    assert (first["amount_in"], first["difference"]) == ("12345678901234567.123456", "0.00")
    assert (second["amount_in"], second["difference"]) == ("3.50", "")


def test_an_exact_amount_keeps_all_eighteen_decimals_that_cleaning_reads(tmp_path):
    computed, finest = Decimal("22439.933999999997"), Decimal("0.123456789012345678")
    frame = pd.DataFrame({"amount_in": [computed, finest], "difference": [Decimal("0E-18"), Decimal(0)]})
    shown = results.save(frame, "control_totals", tmp_path)
    assert shown["amount_in"].tolist() == [computed, finest]
    assert [row["amount_in"] for row in csv_rows(tmp_path, "control_totals")] == [str(computed), str(finest)]
    assert [row["difference"] for row in csv_rows(tmp_path, "control_totals")] == ["0.00", "0.00"]


def test_a_table_published_with_ten_decimals_is_read_as_it_was(tmp_path):
    then = pa.table({"amount_in": pa.array([Decimal("100.10"), Decimal("0.0049999999")], pa.decimal128(38, 10))})
    (tmp_path / "tables").mkdir()
    pq.write_table(then, tmp_path / "tables/control_totals.parquet")
    results.save(then.to_pandas(), "control_totals", tmp_path / "now")
    before, now = results.load("control_totals", tmp_path), results.load("control_totals", tmp_path / "now")
    assert before["amount_in"].tolist() == now["amount_in"].tolist() == [Decimal("100.10"), Decimal("0.0049999999")]
    assert [row["amount_in"] for row in csv_rows(tmp_path / "now", "control_totals")] == ["100.10", "0.0049999999"]


def test_dates_stay_dates(tmp_path, monkeypatch):
    monkeypatch.setattr(codebook, "lines", lambda: [{"table": "t", "column": "day", "kind": "date", "made_by": "20"}])
    frame = pd.DataFrame({"day": [date(2023, 10, 1), pd.Timestamp("2025-12-31")]})
    assert results.save(frame, "t", tmp_path)["day"].tolist() == [date(2023, 10, 1), date(2025, 12, 31)]
    assert csv_rows(tmp_path, "t")[1]["day"] == "2025-12-31"


def test_an_empty_table_keeps_its_columns(tmp_path):
    results.save(pd.DataFrame({"indicator": []}), "abc_missing", tmp_path)
    assert list(results.load("abc_missing", tmp_path).columns) == ["indicator", "stands_for", "reason"]


@pytest.mark.parametrize("column", ["birth_year", "consumer_id", "index"])
def test_what_the_codebook_does_not_list_is_not_published(tmp_path, column):
    with pytest.raises(Refused, match=column):
        results.save(FRAME.assign(**{column: 1}), "abc_customers", tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_table_that_the_codebook_does_not_list_is_neither_written_nor_read(tmp_path):
    for call in (lambda: results.save(FRAME, "consumers", tmp_path), lambda: results.load("consumers", tmp_path)):
        with pytest.raises(Refused) as caught:
            call()
        assert caught.value.code == "unlisted_table"


@pytest.mark.parametrize(
    "column, value",
    [("known", 2.5), ("size", "much"), ("name", 5), ("known", "three")],
)
def test_a_value_of_another_kind_is_refused_with_its_column(tmp_path, column, value):
    with pytest.raises(ValueError, match=f"column {column}"):
        results.save(pd.DataFrame({column: [value]}), "abc_customers", tmp_path)


def test_a_new_table_is_refused_with_a_line_for_each_of_its_columns(tmp_path):
    rows = pd.DataFrame({"manager": ["a"], "customers": [3], "share": [0.5], "new": [True]})
    with pytest.raises(Refused) as caught:
        results.save(rows, "mine", tmp_path)
    kinds = ["manager,text", "customers,whole", "share,share", "new,yes_no"]
    assert caught.value.facts["line"].split("; ") == [f"mine,{kind},,,,,,,NN_notebook," for kind in kinds]


@pytest.mark.parametrize("ask", [results.load, results.shape])
def test_a_missing_table_names_the_notebook_that_makes_it(tmp_path, ask):
    with pytest.raises(Refused, match="20_abc_analysis") as caught:
        ask("abc_totals", tmp_path)
    assert caught.value.code == "missing_result"


def test_rows_and_columns_are_known_without_loading(tmp_path):
    saved = results.save(pd.DataFrame({"name": ["a", "b", "c"]}), "abc_customers", tmp_path)
    assert results.shape("abc_customers", tmp_path) == saved.shape == (3, len(saved.columns))


def test_promised_tables_of_a_notebook():
    assert results.promised("90_quarterly_summary") == [
        "quarter_actions",
        "actions_became",
        "actions_followed",
        "actions_effect",
    ]
    assert results.promised("20_abc_analysis")[:2] == ["abc_customers", "abc_summary"]
    assert results.promised("no_such_notebook") == []


def test_the_folder_is_a_draft_unless_one_is_given(tmp_path, monkeypatch):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.chdir(tmp_path / "notebooks")
    assert results.folder("", "2025Q4") == tmp_path / "reports/.draft/2025Q4"
    assert results.folder("out", "2025Q4") == tmp_path / "out" and (tmp_path / "out").is_dir()


def test_a_table_that_is_only_shown_is_neither_promised_nor_saved(tmp_path):
    assert "measures" not in results.promised("20_abc_analysis")
    with pytest.raises(Refused, match="measures"):
        results.save(pd.DataFrame({"customers": [1]}), "measures", tmp_path)


def test_the_codebook_is_complete_and_lists_each_column_once():
    lines = codebook.lines()
    assert len({(line["table"], line["column"]) for line in lines}) == len(lines)
    for line in lines:
        assert (
            line["kind"] in {*results.TYPES, "words"}
            and line["meaning_en"]
            and re.search("[一-鿿]", line["meaning_zh"])
        )
        assert line["unit"] or line["kind"] not in codebook.NUMBERS or line["column"] in ("rank", "year")
    assert len({(line["table"], line["made_by"]) for line in lines}) == len({line["table"] for line in lines})
