"""Files that people edit: read as they are, or refused with the line. More of it in `test_reference.py`."""

import pytest

from custlib import edited
from custlib.refusals import Refused


def read(folder, data, filled=("b",)):
    path = folder / "x.csv"
    path.write_bytes(data)
    return edited.read(path, ("a", "b"), ("a",), filled)


def test_lines_come_with_their_numbers_and_blank_ones_do_not(tmp_path):
    assert read(tmp_path, b'\xef\xbb\xbfa, b ,c\n1,"x\ny",\n\n,,\n2,z,3\n') == (
        ["a", "b", "c"],
        [(3, ["1", "x\ny", ""]), (6, ["2", "z", "3"])],
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "reference_columns"),
        (b"a,c\n1,2\n", "reference_columns"),
        (b"a,b,a\n1,2,3\n", "reference_doubled"),
        (b"a,b\n1,2,3\n", "reference_width"),
        (b"a,b\n1\n", "reference_width"),
        (b"a,b\n1,\n", "reference_blank"),
        (b"a,b\n,2\n", "reference_key"),
        (b"a,b\n1,2\n1,3\n", "reference_key"),
        (b'a,b\n1,"2\n', "reference_quotes"),
        ("a,b\n1,客户\n".encode("gb18030"), "reference_encoding"),
        ("a,b\n1,2\n".encode("utf-16"), "reference_encoding"),
    ],
)
def test_what_excel_or_a_slip_of_the_hand_does_is_refused(tmp_path, data, code):
    with pytest.raises(Refused) as caught:
        read(tmp_path, data)
    assert caught.value.code == code and "x.csv" in str(caught.value)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Refused, match="x.csv"):
        edited.read(tmp_path / "x.csv", ("a",), ("a",))
