import json
import os
import shutil
from datetime import date

import pytest

from custlib import cleaning
from custlib.cleaning import clean_folder
from custlib.refusals import Refused

ROW = "A,1,2025-01-01,C,P,1,10,5"


def refused(call, *args):
    with pytest.raises(Refused) as refusal:
        call(*args)
    return refusal.value


def test_clean_tables_know_what_they_hold(cleaned, sales):
    clean = cleaned({"a.csv": sales(ROW, ROW.replace("A,1,2025-01-01", "B,1,2025-03-31"))}, 'company = "华锦"\n')
    assert (clean.names, clean.counts, clean.company, clean.currency) == (("sales",), {"sales": 2}, "华锦", "CNY")
    assert (clean.data_from, clean.data_until) == (date(2025, 1, 1), date(2025, 3, 31))
    assert clean.has("sales") and not clean.has("payments")
    assert refused(clean.table, "payments").code == "missing_table"


def test_the_declared_period_goes_before_the_sales_own(cleaned, sales):
    clean = cleaned({"a.csv": sales(ROW)}, "data_from = 2024-10-01\n")
    assert (clean.data_from, clean.data_until) == (date(2024, 10, 1), date(2025, 1, 1))


def test_a_header_alone_gives_a_table_of_no_rows(cleaned, sales):
    clean = cleaned({"a.csv": sales()})
    assert (clean.names, clean.counts, clean.data_from) == (("sales",), {"sales": 0}, None)
    assert not clean.has("sales")


def test_nothing_set_aside_while_reading_leaves_a_table_that_can_be_read(cleaned_once, sales, rows_of):
    assert rows_of(cleaned_once({"a.csv": sales(ROW)}), "broken") == []


def test_unchanged_exports_are_cleaned_once_and_changed_ones_again(workbook, cleaned, sales, monkeypatch):
    first = cleaned({"a.csv": sales(ROW)})
    with monkeypatch.context() as patch:
        patch.setattr(clean_folder, "clean", lambda *args: pytest.fail("cleaned twice"))
        assert cleaning.open_tables("data/raw").key == first.key
    (workbook / "data" / "raw" / "sources.toml").write_text('company = "B"')
    assert cleaning.open_tables("data/raw").key != first.key
    other = cleaned({"a.csv": sales(ROW.replace("10", "11"))})
    assert other.key != first.key
    assert first.folder.is_dir()


def test_what_an_interruption_left_is_made_anew(cleaned, sales):
    files = {"a.csv": sales(ROW)}
    folder = cleaned(files).folder
    (folder / cleaning.DONE).unlink()
    (folder / "sales.parquet").write_bytes(b"half")
    assert cleaned(files).table("sales").count().execute() == 1


def test_a_disk_that_fails_is_named_and_leaves_no_tables(workbook, cleaned, sales, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(clean_folder, "clean", full)
    refusal = refused(cleaned, {"a.csv": sales(ROW)})
    assert (refusal.code, refusal.exit_code, refusal.facts["reason"]) == ("cannot_write", 4, "No space left on device")
    assert [path for path in (workbook / "data" / "clean").iterdir() if not path.name.startswith(".")] == []


def test_a_refusal_leaves_no_tables(workbook, cleaned, sales):
    refused(cleaned, {"a.csv": sales(ROW), "b.csv": "foo,bar\n1,2\n"})
    assert [path for path in (workbook / "data" / "clean").iterdir() if not path.name.startswith(".")] == []


def test_a_file_that_is_declared_to_be_ignored_is_not_read(cleaned, sales):
    clean = cleaned({"a.csv": sales(ROW), "b.csv": "foo,bar\n1,2\n"}, '[[source]]\nfiles = "b.csv"\nignore = true\n')
    assert clean.counts == {"sales": 1}
    assert set(clean.inputs) == {"a.csv", "b.csv"}


def test_a_folder_whose_files_are_all_ignored_holds_no_export(cleaned, sales):
    assert refused(cleaned, {"a.csv": sales(ROW)}, '[[source]]\nfiles = "*"\nignore = true\n').code == "no_exports"


def test_tables_that_are_opened_again_count_as_used_now(cleaned_once, sales):
    files = {"a.csv": sales(ROW)}
    done = cleaned_once(files).folder / cleaning.DONE
    os.utime(done, (0, 0))
    cleaned_once(files)
    assert done.stat().st_mtime > 0


def test_the_mark_of_completeness_is_written_with_the_tables(cleaned_once, sales):
    clean = cleaned_once({"a.csv": sales(ROW)})
    told = json.loads((clean.folder / cleaning.DONE).read_text())
    assert told == {"counts": {"sales": 1}, "first_day": "2025-01-01", "last_day": "2025-01-01", "taxes": {}}


def test_clean_tables_may_be_deleted(workbook, cleaned, sales):
    files = {"a.csv": sales(ROW)}
    key = cleaned(files).key
    shutil.rmtree(workbook / "data" / "clean")
    assert cleaned(files).key == key
