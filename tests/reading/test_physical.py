import pytest

from custlib.reading import physical


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_lines_asked_for_stand_as_in_the_file_whatever_ends_them(tmp_path, encoding, end):
    (tmp_path / "a.csv").write_bytes(end.join(["单据编号", "甲", "", " 丙 "]).encode(encoding))
    asked = encoding.removesuffix("-sig")
    assert physical.lines(tmp_path / "a.csv", asked, 1, 2) == ("单据编号", "甲")
    assert physical.lines(tmp_path / "a.csv", asked, 3, 9) == ("", " 丙 ")
    assert physical.lines(tmp_path / "a.csv", asked, 5, 1) == ()


def test_a_broken_byte_is_written_out_and_the_next_line_is_whole(tmp_path):
    (tmp_path / "a.csv").write_bytes("甲,".encode() + b"\xff\n" + "乙\n".encode())
    assert physical.lines(tmp_path / "a.csv", "utf-8", 1, 2) == ("甲,\\xff", "乙")
