"""Archives as people and attackers make them."""

import gzip
import zipfile

import pytest

from custlib.reading import archives
from custlib.refusals import Refused


@pytest.fixture
def unpack(tmp_path):
    """Name of each export in an archive → its bytes; flags: bits that are set for its first member."""

    def go(file, content, flags=0):
        (tmp_path / "out").mkdir(exist_ok=True)
        if isinstance(content, dict):
            with zipfile.ZipFile(tmp_path / file, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, text in content.items():
                    archive.writestr(name, text)
            content = bytearray((tmp_path / file).read_bytes())
            for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
                content[content.find(sign) + place] |= flags
        (tmp_path / file).write_bytes(content)
        found = archives.unpacked(tmp_path / file, file, tmp_path / "out")
        return {name: path.read_bytes() for name, path in found.items()}

    return go


def refused(unpack, *args, **options):
    with pytest.raises(Refused) as refusal:
        unpack(*args, **options)
    assert (refusal.value.code, refusal.value.facts["file"]) == ("bad_archive", args[0])
    return refusal.value.facts["found"]


def test_what_is_packed_comes_out_byte_for_byte(unpack):
    assert unpack("a.csv.gz", gzip.compress(b"1,2\n")) == {"a.csv.gz": b"1,2\n"}
    assert unpack("a.ZIP", {"一月/a.csv": "1", "b.csv": "2"}) == {"a.ZIP/b.csv": b"2", "a.ZIP/一月/a.csv": b"1"}
    assert unpack("a.csv", b"1") == {"a.csv": b"1"}


def test_what_systems_put_beside_files_is_none_of_them(unpack):
    assert list(unpack("a.zip", {"a.csv": "1", "__MACOSX/._a.csv": "x", ".DS_Store": "x", "leer/": ""})) == [
        "a.zip/a.csv"
    ]


def test_a_name_in_the_encoding_of_chinese_windows_is_read(unpack, tmp_path):
    made = {"mark.csv": "1"}
    unpack("a.zip", made)
    renamed = (tmp_path / "a.zip").read_bytes().replace(b"mark", "销售".encode("gbk"))
    assert list(unpack("a.zip", renamed)) == ["a.zip/销售.csv"]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"stand-in\n", "damaged_archive"),
        ({"b.zip": "x"}, "nested_archive"),
        ({"../a.csv": "x"}, "member_outside"),
        ({"a/../../b.csv": "x"}, "member_outside"),
        ({"/a.csv": "x"}, "member_outside"),
        ({"C:a.csv": "x"}, "member_outside"),
        ({f"{number}.csv": "" for number in range(archives.MEMBERS + 1)}, "large_archive"),
    ],
)
def test_an_archive_that_is_not_to_be_trusted_is_refused(unpack, tmp_path, content, found):
    assert refused(unpack, "a.zip", content) == found
    assert not any((tmp_path / "out").iterdir())


def test_an_encrypted_member_is_refused(unpack):
    assert refused(unpack, "a.zip", {"a.csv": "x"}, flags=1) == "encrypted_member"


def test_a_bomb_is_refused_before_it_fills_the_disk(unpack, tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "SMALL", 1 << 16)
    assert refused(unpack, "a.zip", {"a.csv": b"0" * (1 << 20)}) == "large_archive"
    assert refused(unpack, "a.csv.gz", gzip.compress(b"0" * (1 << 20))) == "large_archive"
    assert not any((tmp_path / "out").iterdir())


def test_one_that_is_cut_short_is_refused(unpack):
    assert refused(unpack, "b.csv.gz", gzip.compress(b"0" * 99)[:-5]) == "damaged_archive"


def test_an_export_in_an_archive_lies_somewhere_while_it_is_looked_at(unpack, tmp_path):
    unpack("a.zip", {"a.csv": "1"})
    with archives.lying(tmp_path, "a.zip/a.csv") as path:
        assert path.read_text() == "1"
    assert not path.exists()
