import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from custlib import sources
from custlib.reading import opening
from custlib.refusals import Refused

HEADER = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元)"


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_delimiter_is_the_one_under_which_the_header_is_known(tmp_path, delimiter):
    path = tmp_path / "a.csv"
    path.write_text(f"a,b;c|d\te\n{HEADER.replace(',', delimiter)}\n", encoding="utf-8")
    assert opening.open_file(path, "a.csv", sources.Source()).head[1] == (2, HEADER.split(","))


def test_without_a_known_header_the_delimiter_that_splits_most_is_shown(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("x;y;z,1\n2;3;4\n", encoding="utf-8")
    assert opening.open_file(path, "a.csv", sources.Source()).head == [(1, ["x", "y", "z,1"]), (2, ["2", "3", "4"])]


def test_a_workbook_that_is_called_csv_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"PK\x03\x04 and more")
    with pytest.raises(Refused) as refusal:
        opening.open_file(path, "a.csv", sources.Source())
    assert refusal.value.code == "not_text"


def test_the_columns_of_parquet_are_its_first_line(tmp_path):
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"a": ["1", None], "b": [1, 2]}), path)
    found = opening.open_file(path, "a.parquet", sources.Source())
    assert (found.head, found.total) == ([(1, ["a", "b"])], 3)
    assert [(one.line, one.cells) for one in found.records(None)] == [(2, ["1", "1"]), (3, ["", "2"])]


def test_a_column_that_holds_tables_of_its_own_is_refused(tmp_path):
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"a": [[1], [2]]}), path)
    with pytest.raises(Refused, match="its column a holds tables"):
        opening.parquet_head(path, "a.parquet")
