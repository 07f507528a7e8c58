"""A third language needs text files only, and no text of a report stands in code: a report in the pseudo-language of `pseudo.py`."""

import filecmp
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from custlib import figures, words
from custlib.page import outputs
from custlib.report import files

ROOT = Path(__file__).parents[1]
SPEC = importlib.util.spec_from_file_location("pseudo", Path(__file__).with_name("pseudo.py"))
pseudo = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(pseudo)
COMMAND = "from custlib.cli import main; main()"


@pytest.fixture(scope="module")
def project(tmp_path_factory, small_company):
    """A copy of the project that has the pseudo-language, with a small company's exports; cleaned where others clean them."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "custlib", folder / "custlib", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    shutil.copytree(ROOT / "data/reference", folder / "data/reference")
    shutil.copy(ROOT / "pyproject.toml", folder)
    pseudo.add_language(folder)
    shutil.copytree(small_company, folder / "data/raw")
    (ROOT / "data/clean").mkdir(exist_ok=True)
    (folder / "data/clean").symlink_to(ROOT / "data/clean")
    return folder


def in_marks(project, *arguments):
    without_browser = str(Path(sys.executable).parent)  # a PDF says what its page says
    environment = os.environ | {"PYTHONPATH": str(project), "PATH": without_browser}
    command = [sys.executable, "-c", COMMAND, *arguments, "--lang", pseudo.LANG]
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True)


@pytest.fixture(scope="module")
def run(project):
    """`custlib run 2025Q4 --lang xx` in that project, as it ended."""
    return in_marks(project, "run", "2025Q4", "-p", "resamples=50")


@pytest.fixture(scope="module")
def names(project):
    return pseudo.known(project / "data/raw", project / "data/reference")


def changed(before, now):
    """Files of the second folder that differ from those of the first, or are new."""
    files = [path.relative_to(now) for path in now.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return [
        file for file in files if not (before / file).is_file() or not filecmp.cmp(before / file, now / file, False)
    ]


def test_a_third_language_touches_text_files_only_and_makes_a_report(project, run):
    assert run.returncode == 0, run.stderr
    assert {path.suffix for path in changed(ROOT / "custlib", project / "custlib")} == {".csv", ".j2"}


def test_no_text_of_a_report_stands_in_code(project, run, names):
    keys = pseudo.keys(ROOT / "data/reference")
    pages = list((project / "reports").rglob("*.html"))
    assert len(pages) > 5, run.stderr
    found = [f"{file}: {text[:200]}" for file, text in pseudo.unmarked(project / "reports", names, keys)]
    assert not found, "\n".join(found)


def test_that_report_has_every_room_of_sentences_and_every_figure(project):
    books = [nbformat.read(path, as_version=4) for path in (project / "reports").glob("*/*/*.ipynb")]
    found = [output.data[outputs.KIND] for book in books for output in _with_facts(book)]
    rooms = {facts[name].partition(".")[0] for facts in found for name in ("sentence", "caption") if facts.get(name)}
    elsewhere = {
        "common",
        "story",
        "exports",
        "profile_page",
        "scorecard",
        "lesson_targets",
        "lessons_visits",
        "lessons_goods",
        "lessons_classes",
        "lessons_fishbone",
    }  # of others; `explain`; 00; customers' pages; 60; where learners handed in targets; lessons
    assert {path.stem for path in (words.FOLDER / "en").glob("*.j2")} - elsewhere <= rooms
    drawn = {facts["figure"] for facts in found if facts["kind"] == "figure"}
    assert {name for name in vars(figures) if hasattr(getattr(figures, name), "look")} <= drawn


def _with_facts(book):
    told = [output for cell in book.cells for output in cell.get("outputs", ())]
    return [output for output in told if outputs.KIND in output.get("data", {})]


def test_no_text_of_the_command_line_stands_in_code(project, run, names):
    place = next((project / "reports").glob("*/*/tables/quarantine_reasons.csv"))
    first = pd.read_csv(place)["first_place"].iloc[0]
    story = in_marks(project, "explain", first)
    assert "«set aside»" in story.stdout
    lines = (run.stdout + run.stderr + story.stdout + story.stderr).splitlines()
    found = [line for line in lines if pseudo.left_over(line, names | _notebooks() | {*files.UNITS})]
    assert not found, "\n".join(found)


def _notebooks():
    return {token for path in (ROOT / "notebooks").iterdir() for token in pseudo.TOKEN.findall(path.stem)} | {"reports"}


@pytest.mark.parametrize(
    "text, marked",
    [
        ("{count} rows", "{count} «rows»"),
        ("**Not so** in 3 of {of}", "**«Not so»** «in 3 of» {of}"),
        ("- [Read](20_abc.html) `why`", "- [«Read»](20_abc.html) `«why»`"),
        ("12 (+3 %)", "12 (+3 %)"),
    ],
)
def test_marks_stand_around_words_and_leave_places_and_markdown_alone(text, marked):
    assert pseudo.mark(text) == marked


@pytest.mark.parametrize(
    "template, marked",
    [
        ('{{ "was" if n == 1 else "were" }} set aside', '{{ "«was»" if n == 1 else "«were»" }} «set aside»'),
        ('{% if name in ["size", "joint"] %}all{% endif %}', '{% if name in ["size", "joint"] %}«all»{% endif %}'),
        (
            '{{ {"up": "rose"}[way] }} {{ ("zone_" ~ z) | term }}',
            '{{ {"up": "«rose»"}[way] }} {{ ("zone_" ~ z) | term }}',
        ),
        ("{{ one.question_en }}", "{{ one.question_xx }}"),
        ('{{ n | count("line") }}, {{ x["key"] }}', '{{ n | count("line") }}, {{ x["key"] }}'),
        ('{{ ["one", "two"][n] | upper_first }}', '{{ ["«one»", "«two»"][n] | upper_first }}'),
        ('{% import "en/common.j2" as common with context %}', '{% import "xx/common.j2" as common with context %}'),
        ('{{ names | join(" and ") }}', '{{ names | join(" «and» ") }}'),
    ],
)
def test_a_template_keeps_its_keys_and_gets_its_words_marked(template, marked):
    assert pseudo.mark_template(template) == marked


def test_a_text_in_code_is_found_and_names_of_the_data_are_not(tmp_path):
    (tmp_path / "a.html").write_text(
        "<h1>«Customers»</h1><p>«of» 华锦 (K00012): <b>three</b> of 12</p><img alt='a chart'><td>2025Q4</td><td>A</td>"
        "<td>华锦商…</td><script>var hidden</script>",
        encoding="utf-8",
    )
    found = sorted(pseudo.unmarked(tmp_path, {"华锦", "华锦商贸"}))
    assert found == [("a.html", "a chart"), ("a.html", "«of» 华锦 (K00012): three of 12")]
