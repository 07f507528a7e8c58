import codecs
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib.reading import encoding
from custlib.refusals import Refused

HEADER = "客户编码,客户名称"


def knows(lines):
    return any(HEADER in line for line in lines)


def decode(data, declared=None):
    return encoding.decode(data, "a.csv", declared, knows)


def refused(data, declared=None):
    with pytest.raises(Refused) as refusal:
        decode(data, declared)
    return refusal.value


@pytest.mark.parametrize(
    ("data", "seen"),
    [
        ((HEADER + "\n1,华盛").encode(), "utf-8"),
        (codecs.BOM_UTF8 + (HEADER + "\n1,华盛").encode(), "utf-8"),
        ((HEADER + "\n1,华盛").encode("gb18030"), "gb18030"),
        ((HEADER + "\n1,华盛").encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + (HEADER + "\n1,华盛").encode("utf-16-be"), "utf-16"),
    ],
)
def test_an_encoding_is_seen_where_it_can_be(data, seen):
    found = decode(data)
    assert (found.lines, found.broken, found.encoding) == ([HEADER, "1,华盛"], {}, seen)


@pytest.mark.parametrize("name", ["𠮷", "䶮", "㛃"])
def test_rare_names_of_gb18030_are_kept_exactly(name):
    assert decode(f"{HEADER}\n1,{name}".encode("gb18030")).lines[1] == f"1,{name}"


def test_gbk_that_is_ascii_up_to_the_last_line_is_decoded_over_the_whole_file():
    data = HEADER.encode("gb18030") + b"\n1,abc" * 20_000 + "\n2,华盛".encode("gb18030")
    assert decode(data).lines[-1] == "2,华盛"


def test_chinese_under_an_english_header_is_no_evidence_and_must_be_declared():
    data = b"id,name" + b"\n1,abc" * 50 + "\n2,华盛".encode("gb18030")
    with pytest.raises(Refused) as refusal:
        encoding.decode(data, "a.csv", None, has_header=lambda lines: True)
    assert (refusal.value.code, refusal.value.facts["line"]) == ("unknown_encoding", 52)
    assert decode(data, "gb18030").lines[-1] == "2,华盛"


def test_big5_is_never_read_as_gb18030():
    data = "客戶編碼,客戶名稱\n1,華盛\n".encode("big5")
    data.decode("gb18030")  # raises nothing: that is the danger
    assert refused(data).code == "unknown_encoding"
    assert decode(data, "big5").lines[1] == "1,華盛"


def test_one_broken_byte_costs_one_line_and_its_bytes_are_kept():
    found = decode(HEADER.encode() + b"\n1,\xe5\x8d\n2,abc\n")
    assert found.lines == [HEADER, "", "2,abc"]
    assert found.broken == {1: r"1,\xe5\x8d"}


def test_many_broken_lines_are_another_encoding():
    data = HEADER.encode() + b"\n1,\xff" * 10
    assert refused(data).code == "unknown_encoding"
    assert refused(data, "utf-8").code == "wrong_encoding"


@pytest.mark.parametrize("name", ["utf-99", "utf16x", "klingon"])
def test_an_encoding_that_does_not_exist_is_a_slip_in_the_declaration(name):
    assert refused(b"a,b", name).code == "declaration"


def test_half_a_character_of_utf_16_is_named_with_its_line():
    assert refused("a\nb\n".encode("utf-16") + b"\x00", "utf-16").facts["line"] == 3


def test_binary_data_are_no_text_but_a_stray_zero_byte_is():
    assert refused(b"\x00\x01\x02" * 100).code == "not_text"
    assert decode(HEADER.encode() + b"\n1,a\x00b").lines[1] == "1,a\x00b"


@pytest.mark.parametrize("data", [b"a\nb\n", b"a\r\nb", b"a\rb\r", b"a\r\nb\n"])
def test_a_last_line_end_begins_no_line(data):
    assert decode(data).lines == ["a", "b"]


@settings(derandomize=True, deadline=None)
@given(st.binary(max_size=60).map(lambda data: data.replace(b"\x00", b"\n")))
def test_every_physical_line_is_a_line_whatever_the_bytes(data):
    found = decode(codecs.BOM_UTF8 + data, None) if not too_broken(data) else None
    if found:
        ends = len(re.findall(rb"\r\n|\r|\n", data))
        assert len(found.lines) == ends + (not data.endswith((b"\r", b"\n")) and data != b"")


def too_broken(data):
    return len(data.decode("utf-8", "replace").split("\ufffd")) > 3
