import pytest

from custlib.reading.survey import PIECE, survey


@pytest.fixture
def look(tmp_path):
    def go(data, encoding="utf-8"):
        path = tmp_path / "a.csv"
        path.write_bytes(data)
        return survey(path, encoding, tmp_path / "a.txt")

    return go


@pytest.mark.parametrize(
    ("data", "end", "lines", "blank_tail"),
    [
        (b"a\nb\n", "\n", 2, 0),
        (b"a\nb", "\n", 2, 0),
        (b"a\r\nb\r\n", "\r\n", 2, 0),
        (b"a\n\nb\n\n\n", "\n", 5, 2),
        (b"a\r\n\r\n", "\r\n", 2, 1),
        (b"a", "\n", 1, 0),
    ],
)
def test_lines_are_counted_from_outside(look, data, end, lines, blank_tail):
    assert look(data)[1:] == (end, lines, blank_tail)


@pytest.mark.parametrize(
    "data",
    [b"a\r\nb\n", b"a\rb\r", b"a\n\xff\n", b"a\0b\n", b"a\x01\n", b"\x02\n", b"a\r\n\r", "客".encode()[:2]],
    ids=[
        "mixed",
        "returns alone",
        "no UTF-8",
        "zero byte",
        "the delimiter",
        "the missing value",
        "a return too many",
        "cut short",
    ],
)
def test_what_only_a_careful_reader_can_tell_is_left_to_it(look, data):
    assert look(data) is None


def test_a_line_of_a_megabyte_is_left_to_the_careful_reader(look):
    assert look(b"a\n" + b"b" * (2 * PIECE) + b"\n") is None


def test_line_ends_across_two_pieces_count_once(look):
    data = b"a" * 99 + b"\r\n"
    data = data * (PIECE // len(data)) + b"b" * (PIECE - PIECE // len(data) * len(data) - 1) + b"\r\nc\r\n"
    assert data[PIECE - 1 : PIECE + 1] == b"\r\n"
    assert look(data)[1:] == ("\r\n", data.count(b"\n"), 0)


def test_another_encoding_is_transcribed(look):
    found = look("客户,𠮷\n甲,1\n".encode("gb18030"), "gb18030")
    assert found.path.read_text(encoding="utf-8") == "客户,𠮷\n甲,1\n"
    assert found.lines == 2


def test_a_character_that_is_cut_short_in_another_encoding_is_left_to_the_careful_reader(look):
    assert look("客".encode("gb18030")[:1], "gb18030") is None
