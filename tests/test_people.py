"""What is said of people: made only when asked for, into a folder of its own, and no name of anybody leaves the data."""

import csv
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from custlib.refusals import Refused
from custlib.report.archive import archive
from custlib.report.run import ports

ROOT = Path(__file__).parents[1]
FILES = ("sources.toml", "客户档案.xlsx", "产品目录.csv", "售前考核.csv", "reference/people.csv")
OPTIONS = ("--with", "60_presales_scorecard", "--unfinished")
SECRET = "canary-of-the-scheme"
NAMES = [row["name"] for row in csv.DictReader((ROOT / "data/raw/reference/people.csv").open(encoding="utf-8-sig"))]


def custlib(*words):
    """The command line in a process of its own, which finds no browser to print with: that of `reports` does."""
    command = [sys.executable, "-c", "from custlib.cli import main; main()", *words]
    environment = os.environ | {"PATH": str(Path(sys.executable).parent)}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8")


def texts(folder):
    """Everything published, as bytes: workbooks unpacked; a Parquet file says what the CSV beside it says."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                yield from ((f"{path.name}/{name}", book.read(name)) for name in book.namelist())
        else:
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def naming(folder, *words):
    return [(name, word) for name, data in texts(folder) for word in words if word.encode() in data]


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    """The sample's figures of people, a few lines of sales, and what people said of the scheme."""
    folder = tmp_path_factory.mktemp("exports")
    (folder / "reference").mkdir()
    for name in FILES:
        (folder / name).write_bytes((ROOT / "data/raw" / name).read_bytes())
    sales = (ROOT / "data/raw/销售明细_2025Q4.csv").read_bytes().splitlines(keepends=True)
    (folder / "销售明细_2025Q4.csv").write_bytes(b"".join(sales[:40]))
    said = f"quarter,topic,said\n2025Q4,weights,{SECRET}\n"
    (folder / "reference/scheme_feedback.csv").write_text(said, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def published(exports, tmp_path_factory):
    reports = tmp_path_factory.mktemp("reports")
    ended = custlib("run", "2025Q4", *OPTIONS, "--lang", "en,zh", "--data", str(exports), "--reports", str(reports))
    assert ended.returncode == 0, ended.stderr
    return reports


def test_all_of_it_lies_in_a_folder_of_its_own(published):
    assert [path.name for path in published.iterdir()] == ["people"]
    (folder,) = (path for path in (published / "people/2025Q4").iterdir() if path.is_dir())
    assert {path.name for path in folder.iterdir()} >= {"manifest.json", "front.html", "front.zh.html", "tables"}
    assert not (folder / "report.xlsx").exists()
    assert len([*(folder / "tables").glob("*.csv")]) == 7


def test_no_name_of_anybody_and_nothing_said_of_the_scheme_is_published(published):
    assert len(NAMES) == 10 and naming(published, *NAMES, SECRET) == []
    assert naming(published, "P05")


def test_sheets_for_talks_lie_beside_it_and_name_nobody(published, exports, called, in_the_project):
    options = ("--what", "coaching", "--data", str(exports), "--reports", str(published))
    code, _, err = called("forms", "2025Q4", *options)
    assert code == 0, err
    sheets = list((published / "people/forms/2025Q4").rglob("*.xlsx"))
    assert sorted(path.stem for path in sheets) == [f"P0{number}" for number in range(1, 7)]
    assert naming(published / "people/forms", *NAMES, SECRET) == []
    for path in sheets:
        others = [f"P{number:02d}" for number in range(1, 11) if f"P{number:02d}" != path.stem]
        with zipfile.ZipFile(path) as book:
            assert not any(other.encode() in book.read(name) for name in book.namelist() for other in others)


def test_runs_verify_and_clean_know_it(published):
    assert [run.quarter for run in archive.runs(published)] == ["people/2025Q4"]
    assert archive.verify(published, "2025Q4") == {"people/2025Q4": []}


def test_a_name_without_a_line_is_refused_before_anything_runs(tmp_path, sample_clean):
    (tmp_path / "reference").mkdir()
    text = (ROOT / "data/raw/reference/people.csv").read_text(encoding="utf-8-sig").replace(NAMES[0], "nobody")
    (tmp_path / "reference/people.csv").write_text(text, encoding="utf-8-sig")
    with pytest.raises(Refused) as caught:
        ports.check_given(sample_clean, "2025Q4", {"60_presales_scorecard": {}}, tmp_path)
    assert "售前考核.csv, line 2" in str(caught.value) and NAMES[0] not in str(caught.value)
    assert ports.check_given(sample_clean, "2025Q4", {"20_abc_analysis": {}}, tmp_path) is None
