"""A project with a lesson, executed by nobody: its exercises are put into the notebook as a kernel would."""

import copy
import dataclasses
import importlib.util
import shutil
from pathlib import Path

import nbformat
import nbformat.v4 as v4
import pytest

from custlib.lessons import codes
from custlib.lessons.exercises import Exercise, Item, Option, written
from custlib.page import frames, outputs
from custlib.report.lessons import making
from custlib.report.run import planning, progress

SPEC = importlib.util.spec_from_file_location("report_fakes", Path(__file__).parents[1] / "conftest.py")
fakes = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(fakes)


def words(en, zh):
    return written({"en": en, "zh": zh})


def option(letter, en, zh, tag):
    return Option(letter, words(en, zh), words(f"{en}!", f"{zh}！"), tag)


def exercises():
    """A sort of six cards and a quiz of one question, and where they are handed in."""
    bins = (("A", words("few", "少数")), ("B", words("many", "多数")))
    key = "AABBBB"
    cards = [
        Item(f"c{at}", f"Card {at}", tuple(option(x, x, x, "right" if x == right else "size") for x in "AB"))
        for at, right in enumerate(key)
    ]
    way = {"size": "BBAABB"}
    sort = Exercise("sort", "sort6", tuple(cards), bins=bins, ways=way, thinks={"size": words("By size.", "按规模。")})
    asked = Item("q1", words("Who?", "谁？"), (option("0", "she", "她", "right"), option("1", "he", "他", "size")))
    quiz = Exercise("quiz", "quiz", (asked,))
    own = codes.edition([sort, quiz])
    return [sort, quiz, Exercise("hand_in", "hand_in", of=("sort6", "quiz"), lesson="1", edition=own)]


def output(exercise):
    facts = frames.encode({"kind": "exercise", "exercise": dataclasses.asdict(exercise)})
    return v4.new_output("display_data", data={outputs.KIND: facts, "text/plain": "exercise"})


@pytest.fixture
def handed():
    """The exercises of the lesson."""
    return exercises()


@pytest.fixture
def lesson(project):
    """A project whose notebook 20_b makes the table `classes`, which its one lesson loads."""
    root = project(n10_a=["1"], n20_b=["2"], n90_c=["3"])
    cells = fakes.cells_of('page.load("classes")')
    for lang, note in (("en", "SECRET note"), ("zh", "秘密说明")):
        cells.append(v4.new_markdown_cell(note, id=f"note-{lang}", metadata={"tags": ["trainer", f"lang-{lang}"]}))
    (root / "notebooks/lessons").mkdir()
    tables = Path(__file__).parents[3] / "data/reference/lessons"
    shutil.copytree(tables, root / "data/reference/lessons")
    nbformat.write(v4.new_notebook(cells=cells), root / "notebooks/lessons/1_customer.ipynb")
    return root


@pytest.fixture
def make(lesson, unchanged):
    """Makes the lessons; returns what `making.make` does, and the notebooks executed for it."""

    def go(number="", execute=fakes.fake_execute, **options):
        executed = []

        def executing(book, values, **rest):
            executed.append(book.stem)
            node = copy.deepcopy(execute(book, values, **rest))
            if book.stem == "1_customer":
                node.cells[-3].outputs = [output(exercise) for exercise in exercises()]
            return node

        def promised(stem):
            return ["classes"] if stem == "20_b" else []

        def executes(book, values, **rest):
            for name in promised(book.stem):
                for ending in ("csv", "parquet"):
                    (Path(values["out_dir"]) / "tables" / f"{name}.{ending}").write_text("x")
            return executing(book, values, **rest)

        ports = dataclasses.replace(fakes.fake_ports(), execute=executes, promised=promised, fill=outputs.fill)
        request = planning.Request("2025Q4", lang="en,zh", **options)
        return making.make(request, progress.Silent(), number, ports), executed

    go.execute = fakes.fake_execute
    return go
