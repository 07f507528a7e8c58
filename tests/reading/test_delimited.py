import csv
import io
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib.reading import delimited
from custlib.reading.encoding import decode
from custlib.refusals import Refused


def records(text, width, start=0):
    decoded = decode(text.encode(), "a.csv", None, lambda lines: True)
    return list(delimited.records(decoded, start, ",", width, "a.csv"))


def short(found):
    return [(one.line, one.lines, one.cells if one.cells is not None else one.reason) for one in found]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('a,"b,c",d', ["a", "b,c", "d"]),
        ('"a ""b"" c",', ['a "b" c', ""]),
        ('"",""', ["", ""]),
        ('"a"', ["a"]),
        ("", [""]),
        ('a"b,c', None),
        ('"a"b,c', None),
        ('"a,b', None),
        ('a, "b"', None),
    ],
)
def test_a_line_is_split_or_its_quotation_marks_are_astray(line, cells):
    assert delimited.split(line, ",") == cells


def test_every_short_line_is_split_as_csv_writes_it():
    for cells in itertools.product(["", "a", ",", '"', 'a"', '","'], repeat=3):
        written = io.StringIO()
        csv.writer(written, lineterminator="").writerow(cells)
        assert delimited.split(written.getvalue(), ",") == list(cells)


def test_a_line_end_within_quotation_marks_stays_as_it_was_written():
    found = records('1,"a\r\nb",2\n3,"c\rd",4\n', 3)
    assert short(found) == [(1, 2, ["1", "a\r\nb", "2"]), (3, 2, ["3", "c\rd", "4"])]


def test_a_quote_that_closes_fourteen_rows_later_sets_all_of_them_aside():
    lines = ["1,a,2", '2,"b,3', *["3,c,4"] * 13, '4,d",5', "5,e,6"]
    found = records("\n".join(lines), 3)
    assert [one.line for one in found] == list(range(1, 18))
    assert [one.reason for one in found] == [None, *["open_quote"] * 15, None]
    assert found[1].raw == '2,"b,3'


def test_a_quote_open_to_the_end_of_the_file_is_refused_with_its_line():
    with pytest.raises(Refused, match="a.csv, line 2: a quotation mark opens and never closes"):
        records('1,a,2\n2,"b,3\n3,c,4', 3)


def test_a_stray_quote_within_a_cell_costs_its_line_only():
    found = records('1,5" pipe,2\n2,b,3', 3)
    assert short(found) == [(1, 1, "open_quote"), (2, 1, ["2", "b", "3"])]


def test_broken_bytes_within_quotation_marks_are_never_joined_over():
    decoded = decode('客户,b\n1,"a\n'.encode() + b"\xff\n" + b'c",2\n', "a.csv", None, lambda lines: True)
    found = list(delimited.records(decoded, 1, ",", 3, "a.csv"))
    assert short(found) == [(2, 1, "open_quote"), (3, 1, "broken_bytes"), (4, 1, "open_quote")]
    assert found[1].raw == r"\xff"


def test_a_cell_of_any_length_is_read():
    assert delimited.split('"' + "x" * 200_000 + '",1', ",") == ["x" * 200_000, "1"]


CELL = st.text(alphabet='a1,;"\n\r 客', max_size=6)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.lists(st.lists(CELL, min_size=4, max_size=4), max_size=6))
def test_what_csv_writes_is_read_back_or_set_aside_and_no_line_is_lost(rows):
    written = io.StringIO()
    csv.writer(written, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    found = records(written.getvalue(), 4)
    physical = len(io.StringIO(written.getvalue(), newline="").readlines())  # keeps \n, \r and \r\n apart
    assert [line for one in found for line in range(one.line, one.line + one.lines)] == list(range(1, physical + 1))
    rest = iter(rows)
    accepted = [one.cells for one in found if one.reason is None]
    assert all(any(row == cells for row in rest) for cells in accepted)  # each as written, in order, none invented
    assert len(accepted) >= sum(not any(end in cell for end in "\r\n" for cell in row) for row in rows)
