"""Which sheets of a workbook are exports of their own, by what is declared."""

import pytest

from custlib import sources
from custlib.reading import excel, opening, parts
from custlib.refusals import Refused


@pytest.fixture
def found(tmp_path, monkeypatch):
    """Sheets (name → rows; a name with * is hidden) and entries of sources.toml → (file, sheet) of each part."""

    def go(sheets, *entries):
        listed = [
            {"sheet": name.strip("*"), "kind": "worksheet", "visible": "*" not in name, "rows": rows}
            for name, rows in sheets.items()
        ]
        monkeypatch.setattr(excel, "sheets", lambda path, file: listed)
        (tmp_path / "b.xlsx").write_bytes(b"PK")
        told = sources.Sources(source=tuple(sources.Source(files="*.xlsx", **entry) for entry in entries))
        return [
            (part.file, part.source.sheet)
            for part in parts.parts_in(tmp_path / "b.xlsx", "b.xlsx", told, opening.EXCEL)
        ]

    return go


def test_one_sheet_with_rows_is_the_file_itself(found):
    assert found({"a": 3, "empty": 0, "hidden*": 3}) == [("b.xlsx", None)]


def test_several_sheets_with_rows_are_exports_of_their_own(found):
    assert found({"a": 3, "b": 1, "empty": 0, "hidden*": 3}) == [("b.xlsx/a", "a"), ("b.xlsx/b", "b")]
    assert found({"a": 3, "b": 1}, {"table": "sales"}) == [("b.xlsx/a", "a"), ("b.xlsx/b", "b")]


def test_a_hidden_sheet_is_read_where_it_is_named(found):
    assert found({"a": 3, "h*": 3}, {"sheet": "a"}, {"sheet": "h"}) == [("b.xlsx/a", "a"), ("b.xlsx/h", "h")]
    assert found({"a": 3, "h*": 3}, {"sheet": "h"}) == [("b.xlsx", "h")]


def test_the_first_entry_that_matches_a_sheet_counts(found):
    ignored = {"sheet": "汇总", "ignore": True}
    assert found({"1月": 3, "2月": 3, "汇总": 3}, ignored, {"sheet": "*"}) == [
        ("b.xlsx/1月", "1月"),
        ("b.xlsx/2月", "2月"),
    ]
    assert found({"a": 3, "b": 1}, {"ignore": True}) == []


def test_a_sheet_of_which_nobody_said_anything_is_asked_about(found):
    with pytest.raises(Refused) as refusal:
        found({"1月": 3, "汇总": 3, "空": 0}, {"sheet": "*月"})
    assert (refusal.value.code, refusal.value.facts["sheets"]) == ("undeclared_sheets", "汇总")


def test_after_one_sheet_was_read_the_others_are_asked_about():
    read = {"sheet": "a", "visible": True, "rows": 3, "read": True}
    parts.check_sheets("b.xlsx", (read, read | {"sheet": "h", "visible": False, "read": False}))
    with pytest.raises(Refused, match="its sheets b, which hold rows"):
        parts.check_sheets("b.xlsx", (read, read | {"sheet": "b", "read": False}))
