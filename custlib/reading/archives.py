"""Compressed exports: a `.csv.gz`, and a `.zip` with tables in it. What comes out is bounded, and goes nowhere else."""

import gzip
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from custlib.refusals import Refused

# What comes out of one archive: as much as a workbook may hold, no more files than a person packs, and no more than
# text is ever packed to (a bomb is a thousand times its size).
UNPACKED, MEMBERS, RATIO, SMALL = 1 << 30, 1_000, 200, 1 << 26
_PIECE = 1 << 20
_BROKEN = (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError)
_ENCRYPTED, _UTF8 = 0x1, 0x800


def unpacked(path: Path, file: str, target: Path) -> dict[str, Path]:
    """Name of each export in an archive, `a.zip/sales.csv`, → where it lies unpacked in the folder `target`; a file of
    another kind gives itself.

    Raises Refused (`bad_archive`): damaged, encrypted, a name that leads out of it, an archive in it, or too large.
    """
    try:
        if path.suffix.lower() == ".gz":
            return {file: _gunzipped(path, file, target)}
        if path.suffix.lower() == ".zip":
            return _unzipped(path, file, target)
    except _BROKEN as error:
        raise Refused("bad_archive", file=file, found="damaged_archive") from error
    return {file: path}


@contextmanager
def lying(folder: Path, file: str) -> Iterator[Path]:
    """Where the bytes of an export lie while it is looked at; of one in an archive, until then."""
    at = file.lower().find(".zip/")
    outer = file[: at + 4] if at >= 0 else file
    with tempfile.TemporaryDirectory() as target:
        yield unpacked(folder / outer, outer, Path(target)).get(file, folder / outer)


def _gunzipped(path, file, target):
    plain = target / path.with_suffix("").name
    with gzip.open(path) as content:
        _copy(content, plain, file, _most(path))
    return plain


def _unzipped(path, file, target):
    left, found = _most(path), {}
    with zipfile.ZipFile(path) as archive:
        for number, (name, member) in enumerate(sorted(_checked(archive, file).items())):
            # A name of ours: nothing in an archive says where a file goes.
            plain = target / f"{number:04d}{PurePosixPath(name).suffix.lower()}"
            with archive.open(member) as content:
                left -= _copy(content, plain, file, left)
            found[f"{file}/{name}"] = plain
    return found


def _checked(archive, file):
    """Name → member of each file in an archive; what a system puts beside them is none."""
    parts = [(_name(member), member) for member in archive.infolist() if not member.is_dir()]
    if len(parts) > MEMBERS or sum(member.file_size for _, member in parts) > UNPACKED:
        raise Refused("bad_archive", file=file, found="large_archive")
    for name, member in parts:
        if problem := _problem(name, member):
            raise Refused("bad_archive", file=file, found=problem, member=name)
    beside = (".", "__MACOSX")
    found = {name: member for name, member in parts if not any(bit.startswith(beside) for bit in name.split("/"))}
    if len({name for name, _ in parts}) < len(parts):
        raise Refused("bad_archive", file=file, found="member_twice")
    return found


def _most(path):
    return min(UNPACKED, max(SMALL, RATIO * path.stat().st_size))


def _name(part):
    """The name of a member: Windows of China writes GBK, and zip files say nothing of it."""
    if part.flag_bits & _UTF8:
        return part.filename
    raw = part.filename.encode("cp437", "surrogateescape")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return part.filename


def _problem(name, part):
    path = PurePosixPath(name.replace("\\", "/"))
    if ".." in path.parts or path.is_absolute() or ":" in name or "\\" in name:
        return "member_outside"
    if part.flag_bits & _ENCRYPTED:
        return "encrypted_member"
    return "nested_archive" if path.suffix.lower() in (".zip", ".gz", ".rar", ".7z") else None


def _copy(content, plain, file, most):
    """Write what a stream holds; returns its bytes. What an archive says of its size is not believed."""
    size = 0
    with plain.open("wb") as out:
        while piece := content.read(_PIECE):
            size += len(piece)
            if size > most:
                out.close()
                plain.unlink()
                raise Refused("bad_archive", file=file, found="large_archive")
            out.write(piece)
    return size
