"""Exports that are refused before a kernel starts, each by one clear line: no traceback, nothing that acts on a terminal."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from custlib import reading
from custlib.refusals import Refused

ROOT = Path(__file__).parents[2]
SALES = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元)\nXS1,1,2025-10-08,K1,P1,2,180.00\n"


def custlib(*arguments):
    """Exit code, standard output and error (bytes) of a command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", "from custlib import cli; cli.main()", *arguments], cwd=ROOT, capture_output=True
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done.returncode, done.stdout, done.stderr


def test_what_a_file_holds_never_acts_on_the_terminal(called, unchanged, in_the_project, tmp_path):
    (tmp_path / "a.csv").write_bytes(b"\x1b]0;gone\x07\x1b[2J,b\nc,d\n")
    code, out, err = called("run", "2025Q4", "--data", str(tmp_path), "--reports", str(tmp_path / "reports"))
    assert code == 3 and "\x1b" not in out + err and "[U+001B]]0;gone[U+0007]" in err


@pytest.mark.parametrize("name", ["formats.csv", "churn_reference.csv", "fees.csv"])
def test_a_reference_table_saved_by_excel_as_gbk_is_refused_before_a_kernel(
    called, unchanged, in_the_project, tmp_path, name
):
    (tmp_path / "reference").mkdir()
    (tmp_path / "sales.csv").write_text(SALES, encoding="utf-8")
    text = (ROOT / "data" / "reference" / name).read_text(encoding="utf-8")
    (tmp_path / "reference" / name).write_text(text, encoding="gb18030")
    code, out, err = called("run", "2025Q4", "--data", str(tmp_path), "--reports", str(tmp_path / "reports"))
    assert (code, out) == (3, "") and f"{name} is not UTF-8 text. In Excel" in err


@pytest.mark.parametrize("name", ["glossary.csv", "codebook.csv"])
def test_the_projects_own_words_saved_as_gbk_are_refused_too(called, unchanged, monkeypatch, tmp_path, name):
    shutil.copytree(ROOT / "data" / "reference", tmp_path / "data" / "reference")
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "data" / "raw").mkdir()
    (tmp_path / "data" / "raw" / "sales.csv").write_text(SALES, encoding="utf-8")
    path = tmp_path / "data" / "reference" / name
    path.write_text(path.read_text(encoding="utf-8"), encoding="gb18030")
    monkeypatch.chdir(tmp_path)
    code, _, err = called("run", "2025Q4")
    assert code == 3 and f"{name} is not UTF-8 text. In Excel" in err


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow no such names")
def test_a_file_name_that_is_no_utf_8_is_refused_visibly(tmp_path):
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff.csv")).write_text(SALES, encoding="utf-8")
    with pytest.raises(Refused) as caught:
        reading.exports(tmp_path)
    assert caught.value.code == "name_not_utf8"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow no such names")
def test_an_argument_that_is_no_utf_8_is_refused_visibly():
    code, _, err = custlib("run", "2025Q4", "--data", b"/tmp/a\xff")
    assert code == 2 and b"/tmp/a[U+DCFF]" in err
