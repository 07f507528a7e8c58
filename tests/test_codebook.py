import subprocess
import sys

import pandas as pd
import pytest

from custlib import codebook, glossary
from custlib.refusals import Refused

LINE = {"table": "t", "column": "share_of", "kind": "share", "unit": "0 to 1"}


def test_a_blank_header_is_the_columns_name_and_a_table_without_a_term_its_own():
    assert codebook.header(LINE, "en") == "share of"
    assert codebook.caption("my_table", "zh") == "my table"


@pytest.mark.parametrize(
    "line, shown",
    [
        ({"kind": "share", "unit": "0 to 1"}, ".0%"),
        ({"kind": "share", "unit": "days"}, ",.2f"),
        ({"kind": "share", "unit": "0 to 1", "format": ".1%"}, ".1%"),
        ({"kind": "money", "unit": codebook.AMOUNT}, ",.0f"),
        ({"kind": "text", "unit": ""}, None),
    ],
)
def test_the_format_of_numbers_follows_kind_and_unit_unless_one_is_given(line, shown):
    assert codebook.number_format(line) == shown


def test_units_in_words_and_a_unit_without_a_term_as_it_stands():
    assert codebook.unit({"unit": codebook.AMOUNT}, "en", "GBP") == "GBP"
    assert codebook.unit({"unit": "0 to 1"}, "zh", "CNY") == "%"
    assert codebook.unit({"unit": "furlongs"}, "en", "CNY") == "furlongs"


def test_keys_are_put_into_words_and_what_has_none_stays():
    values = pd.Series(["rose", None, "my own"])
    assert codebook.in_words(values, {"kind": "key"}, "zh") == ["升级", None, "my own"]
    assert codebook.in_words(pd.Series(["A"]), {"kind": "key", "format": "zone_{}"}, "zh") == ["A 区：销售团队"]
    assert codebook.in_words(values, {"kind": "text"}, "zh") == ["rose", None, "my own"]
    assert codebook.in_words(pd.Series([True, None]), {"kind": "yes_no"}, "en") == ["yes", None]


def test_every_column_has_a_header_in_every_language():
    for line in codebook.lines():
        assert all(line[f"header_{lang}"].strip() for lang in glossary.LANGUAGES), line


def test_headers_of_one_table_differ():
    lines = pd.DataFrame(codebook.lines())
    for lang in glossary.LANGUAGES:
        shown = lines[
            ~lines["column"].str.endswith(tuple(f"_{other}" for other in glossary.LANGUAGES if other != lang))
        ]
        twice = shown[shown.duplicated(["table", f"header_{lang}"], keep=False)]
        assert twice.empty, twice[["table", "column", f"header_{lang}"]].to_string()


def test_the_page_of_the_codebook_is_written_by_its_command(tmp_path):
    written = subprocess.run(
        [sys.executable, "-m", "custlib.codebook"], capture_output=True, text=True, check=True
    ).stdout
    assert written == open("docs/codebook.md", encoding="utf-8").read()


@pytest.mark.parametrize(
    "line, problem",
    [("t,c,monney,,,,,,,20_b", "“monney”"), ("t,c,text,,,20_b", "6 cells"), ("t,,text,,,,,,,20_b", "blank")],
)
def test_a_line_that_is_not_whole_is_refused_with_its_number(tmp_path, line, problem):
    file = tmp_path / "codebook.csv"
    head = "table,column,kind,unit,format,header_en,header_zh,meaning_en,meaning_zh,made_by"
    file.write_text(f"{head}\n{line}\n", encoding="utf-8")
    with pytest.raises(Refused, match=f"line 2: .*{problem}"):
        codebook._read(file, 0)


@pytest.mark.parametrize(
    "column, cell, edition",
    [
        ("", "", "internal"),
        (",edition", ",", "internal"),
        (",edition", ",customer", "customer"),
        (",edition", ",person", "person"),
    ],
)
def test_a_column_is_internal_until_somebody_decides(tmp_path, column, cell, edition):
    assert codebook.edition(codebook._read(book(tmp_path, column, cell), 0)[0]) == edition


def test_an_edition_that_is_unknown_is_refused_with_its_line(tmp_path):
    with pytest.raises(Refused, match="codebook.csv, line 2: “customers” in column edition"):
        codebook._read(book(tmp_path, ",edition", ",customers"), 0)


def book(folder, column, cell):
    head = "table,column,kind,unit,format,header_en,header_zh,meaning_en,meaning_zh,made_by"
    (folder / "codebook.csv").write_text(f"{head}{column}\nt,c,text,,,,,,,20_b{cell}\n", encoding="utf-8")
    return folder / "codebook.csv"


@pytest.mark.parametrize(
    "table, column, adds",
    [
        ("abc_customers", "size", True),
        ("abc_moves", "size_before", True),
        ("abc_formats", "customers", True),
        ("abc_customers", "to_next", False),
        ("abc_silent", "months_silent", False),
        ("abc_area_questions", "floor_area_m2", False),
        ("abc_customers", "score", False),
    ],
)
def test_money_and_what_is_counted_add_up_and_areas_months_and_scores_do_not(table, column, adds):
    assert codebook.adds_up(codebook.columns(table)[column]) is adds
