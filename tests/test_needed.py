import subprocess
import sys

import pytest

from custlib import codebook, glossary, needed, project
from custlib.refusals import Refused


@pytest.fixture
def without(tmp_path, monkeypatch):
    """Puts a copy of a table in its place from which the line that begins so is taken out."""
    real = project.reference

    def take(name, start):
        lines = real(name).read_text(encoding="utf-8-sig").splitlines(keepends=True)
        (tmp_path / name).write_text("".join(line for line in lines if not line.startswith(start)), encoding="utf-8")
        monkeypatch.setattr(project, "reference", lambda asked, *_: tmp_path / name if asked == name else real(asked))

    return take


def test_the_tables_as_they_are_lack_nothing():
    needed.check()


@pytest.mark.parametrize(
    "name, start, code, said",
    [
        ("glossary.csv", "silent_only,", "term_missing", "silent_only"),
        ("codebook.csv", "abc_silent,told,", "column_missing", "abc_silent.told"),
        ("codebook.csv", "abc_silent,", "column_missing", "abc_silent.customer_id, abc_silent.name"),
    ],
)
def test_a_line_that_is_taken_out_is_missed_by_name(without, name, start, code, said):
    without(name, start)
    with pytest.raises(Refused) as caught:
        needed.check()
    assert caught.value.code == code and name in str(caught.value) and said in str(caught.value)


def test_the_list_is_written_by_its_command():
    command = [sys.executable, "-m", "custlib.needed"]
    written = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    assert written == (project.root() / "custlib" / "needed.txt").read_text(encoding="utf-8")
    assert len(written.splitlines()) == len(glossary.keys()) + len(codebook.lines())
