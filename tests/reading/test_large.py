import contextlib

import pytest

from custlib import reading, sources
from custlib.reading import large
from custlib.refusals import Refused

HEADER = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元)"
ROW = "A1,1,2025-01-01,C1,P1,3,30"


@pytest.fixture
def look(tmp_path, monkeypatch):
    """What an engine is told of a text file, None where it is not asked."""
    monkeypatch.setattr(large, "ENGINE_FROM", 1)

    def go(*lines, encoding="utf-8", end="\n"):
        (tmp_path / "a.csv").write_bytes("".join(line + end for line in lines).encode(encoding))
        told = []
        with contextlib.suppress(Refused):
            reading.read(tmp_path, "a.csv", sources.Sources(), tmp_path / "cells.parquet", told.append)
        return told[0] if told else None

    return go


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_engine_is_told_where_the_rows_are(look, encoding, end):
    found = look("导出,2025", "", HEADER, ROW, ROW, "", "", encoding=encoding, end=end)
    assert [(mark.line, mark.kind) for mark in found.marks] == [
        (1, "preamble"),
        (2, "blank"),
        (3, "header"),
        (6, "blank"),
        (7, "blank"),
    ]
    assert (found.total, found.first, found.surplus) == (7, 4, 0)


def test_a_delimiter_too_many_in_every_row_is_known_from_the_first_rows(look):
    assert look(HEADER, ROW + ",", ROW + ",").surplus == 1


@pytest.mark.parametrize(
    "lines",
    [
        ["单据编号,日期", "A1,2025-01-01"],
        [HEADER, 'A1,1,2025-01-01,"C1,P1,3,30'],
        [HEADER, "A\x01,1,2025-01-01,C1,P1,3,30"],
    ],
    ids=["unknown header", "a quotation mark that never closes", "a control character"],
)
def test_what_is_in_doubt_is_left_to_the_careful_reader(look, lines):
    assert look(*lines) is None


def test_lines_that_the_engine_left_are_read_with_care(look):
    found = reading.careful(look(HEADER, ROW, ROW), [(2, 'A1,1,2025-01-01,C1,"P,1",3,30'), (3, "A1,1")])
    assert [(mark.line, mark.kind) for mark in found.marks] == [(1, "header"), (3, "quarantined")]


def test_a_quotation_mark_astray_in_such_a_line_puts_the_whole_file_in_doubt(look):
    assert reading.careful(look(HEADER, ROW, ROW), [(2, 'A1,1,"2025')]) is None
