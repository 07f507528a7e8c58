"""The tree keeps its own promises: layers, mirrored tests, notebooks that stay arguments."""

import ast
import json
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "custlib"
NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))
LESSONS = sorted((ROOT / "notebooks" / "lessons").glob("*.ipynb"))
LAYERS = [
    {"words", "currencies", "processes"},
    {
        "refusals",
        "quarters",
        "project",
        "schema",
        "expressions",
        "palette",
        "escaping",
        "edited",
        "spark",
        "lab",
        "safe_names",
    },
    {"glossary", "sources", "warehouse", "reference", "seasons", "shrink"},
    {"codebook", "steps"},
    {"reading", "sample", "results", "sheets", "needed"},
    {"cleaning"},
    {"absent"},
    {"facts", "accounting", "contracts", "restated", "anomalies", "lines"},
    {
        "abc_classes",
        "segments",
        "changes",
        "channels",
        "actions",
        "explain",
        "weights",
        "fishbone",
        "profile",
        "demand",
        "accounts",
        "scorecards",
    },
    {"customer_classes"},
    {"customer_orders"},
    {"wording", "figures", "blocks"},
    {"widgets"},
    {"lessons"},
    {"page"},
    {"report"},
    {"cli"},
]
# `quarters` and `project` raise `refusals`, the one room that everything may use.
EVERYWHERE = {"refusals"}
notebook_figures = runpy.run_path(str(ROOT / "tests" / "notebook_figures.py"))
HEAVY = {"numpy", "pandas", "ibis", "duckdb", "matplotlib", "scipy", "sklearn", "pyarrow", "papermill", "nbconvert"}


def room(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def layer(name):
    return next(number for number, rooms in enumerate(LAYERS) if name in rooms)


def imported_rooms(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "custlib":
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("custlib."):
            yield node.module.split(".")[1]
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[1] for alias in node.names if alias.name.startswith("custlib."))


def modules():
    return [path for path in sorted(PACKAGE.rglob("*.py")) if path != PACKAGE / "__init__.py"]


def test_imports_only_go_down_the_layers():
    others = {path: set(imported_rooms(path)) - {room(path)} - EVERYWHERE for path in modules()}
    up = [(path, other) for path, rooms in others.items() for other in rooms if layer(other) >= layer(room(path))]
    assert not up, "; ".join(f"{path.relative_to(PACKAGE)} may not import {other}" for path, other in up)


def has_a_function(path):
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return any(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in body)


def mirror(path):
    own = path.parent.name if path.name == "__init__.py" else path.stem
    return ROOT / "tests" / path.relative_to(PACKAGE).parent / f"test_{own}.py"


def test_every_module_with_a_function_has_its_test_file():
    assert not [path for path in modules() if has_a_function(path) and not mirror(path).is_file()]


def test_no_line_of_python_is_longer_than_120_characters():
    for path in modules():
        long = [at for at, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if len(line) > 120]
        assert not long, f"{path.relative_to(PACKAGE)}: {long}"


def test_matplotlib_papermill_and_ibis_each_have_one_door():
    doors = {"matplotlib": {"figures"}, "seaborn": {"figures"}, "papermill": {"report"}, "nbconvert": {"report"}}
    doors["ibis"] = {"warehouse", "cleaning", "contracts"}
    doors["docx"] = {"report"}
    doors["pyspark"] = doors["py4j"] = {"spark"}
    for path in modules():
        text = re.sub(r"^if TYPE_CHECKING:\n( .+\n)+", "", path.read_text(encoding="utf-8"), flags=re.M)
        for library, rooms in doors.items():
            if re.search(rf"^\s*(import|from) {library}\b", text, re.M):
                assert room(path) in rooms, f"{path.name} imports {library}"


def loaded_by(statement):
    code = f"import sys; {statement}; print(' '.join(sorted({{name.split('.')[0] for name in sys.modules}})))"
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())


@pytest.mark.parametrize("statement", ["import custlib", "import custlib.cli"])
def test_importing_loads_no_heavy_library(statement):
    assert not loaded_by(statement) & HEAVY


def cells(path):
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def tags(cell):
    return set(cell["metadata"].get("tags", []))


def source(cell):
    return "".join(cell["source"])


@pytest.fixture(
    params=[path for path in NOTEBOOKS if ".ipynb_checkpoints" not in path.parts], ids=lambda path: path.stem
)
def notebook(request):
    return request.param


@pytest.fixture(params=LESSONS, ids=lambda path: path.stem)
def lesson(request):
    return request.param


def test_there_are_notebooks():
    assert {path.stem for path in NOTEBOOKS} >= {"10_data_cleanup", "20_abc_analysis", "90_quarterly_summary"}


def test_a_notebook_defines_nothing_and_names_no_path_of_a_machine(notebook):
    for cell in cells(notebook):
        if cell["cell_type"] == "code":
            kinds = {type(node) for node in ast.walk(ast.parse(source(cell)))}
            assert not kinds & {ast.FunctionDef, ast.ClassDef, ast.Lambda}, source(cell)
        assert not re.search(r"(?<![\w.])/(home|root|work|tmp|Users)/|[A-Z]:\\", source(cell))


def test_a_notebook_has_one_parameters_cell_of_plain_lines(notebook):
    marked = [source(cell) for cell in cells(notebook) if "parameters" in tags(cell)]
    assert len(marked) == 1
    for line in marked[0].splitlines():
        assert re.fullmatch(r"\w+: (str|int|float|bool|list|dict) = .+  # .+", line), line


def test_prose_comes_in_pairs_of_languages(notebook):
    prose = [cell for cell in cells(notebook) if cell["cell_type"] == "markdown"]
    languages = [next(iter(tags(cell) & {"lang-en", "lang-zh"})) for cell in prose]
    assert languages == ["lang-en", "lang-zh"] * (len(prose) // 2)
    for english, chinese in zip(prose[::2], prose[1::2], strict=True):
        assert re.findall(r"^#+", source(english), re.M) == re.findall(r"^#+", source(chinese), re.M)


def test_no_number_of_a_result_is_typed_into_prose(notebook):
    for cell in cells(notebook):
        if cell["cell_type"] == "markdown":
            assert not re.search(r"\d[\d,.]*\s*(%|万元|亿元|家|户|million|customers)", source(cell)), source(cell)


def test_a_notebook_has_few_code_cells(notebook):
    assert sum(cell["cell_type"] == "code" for cell in cells(notebook)) <= 40


def test_after_its_opening_cell_a_notebook_knows_no_language(notebook):
    code = notebook_figures["code_cells"](notebook)
    opening = next(place for place, text in enumerate(code) if "page.open(" in text)
    assert not any(re.search(r"\blang\b", text) for text in code[opening + 1 :])


def test_notebooks_are_analysis_in_short_cells():
    figures = notebook_figures["figures"](ROOT / "notebooks")
    assert figures["median lines of a cell"] <= 3 and figures["longest cell"] <= 10
    assert figures["analysis share"] >= 0.45
    assert figures["code lines"] <= 700


def test_there_are_eight_lessons():
    assert [path.stem[0] for path in LESSONS] == list("12345678")


def test_a_lesson_has_notes_for_the_trainer_and_ends_with_handing_in(lesson):
    own = cells(lesson)
    notes = [next(iter(tags(cell) & {"lang-en", "lang-zh"})) for cell in own if "trainer" in tags(cell)]
    assert notes and notes == ["lang-en", "lang-zh"] * (len(notes) // 2)
    assert sum(f'page.hand_in("{lesson.stem[0]}")' in source(cell) for cell in own) == 1


def test_lessons_are_prose_and_exercises_in_short_cells(lesson):
    sizes = [len(notebook_figures["lines"](text)) for text in notebook_figures["code_cells"](lesson)]
    assert max(sizes) <= 6 and sorted(sizes)[len(sizes) // 2] <= 3


def test_only_check_cells_keep_outputs(notebook):
    for cell in cells(notebook):
        if cell["cell_type"] == "code":
            checked = {"nbval-check-output", "keep_output"} <= tags(cell)
            assert bool(cell["outputs"]) == checked, source(cell)
            assert not checked or isinstance(cell["execution_count"], int)


def test_there_are_enough_check_cells(notebook):
    checks = [cell for cell in cells(notebook) if "nbval-check-output" in tags(cell)]
    assert 3 <= len(checks) <= 8


def test_no_file_names_a_package_registry():
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    hosts = re.compile(rb"py" + rb"pi\.org|python" + rb"hosted|npm" + rb"js\.org")
    for name in filter(None, files.split("\0")):
        if (ROOT / name).is_file():
            assert not hosts.search((ROOT / name).read_bytes()), name
