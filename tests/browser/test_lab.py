"""JupyterLab as `custlib lab` opens it: no pop-ups, notebook 20 opens, and a control moves a figure."""

import os
import secrets
import shutil
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import nbformat
import nbformat.v4 as v4
import pytest

from custlib import lab

ROOT = Path(__file__).parents[2]
KERNEL = {"name": "python3", "display_name": "Python 3"}
CONTROL = """import pandas as pd
from custlib import blocks, widgets
bones = ["product", "marketing", "outlet"]
matrix = pd.DataFrame([[1, 2, 4], [1 / 2, 1, 2], [1 / 4, 1 / 2, 1]], bones, bones)
names = ["price", "activation", "training"]
factors = {"bone": bones, "factor": names, "zone": ["B", "A", "A"]}
table = pd.DataFrame(factors | {"weight": [4 / 7, 2 / 7, 1 / 7]})
table = table.assign(low=table["weight"], high=table["weight"], agreement=0.5, effect="total_profit")
tree = pd.DataFrame({"factor": [*bones, *names], "bone": [None] * 3 + bones, "name_en": [*bones, *names]})
widgets.judgement(matrix, table, tree, "en")"""

WEIGHED = """import types
import pandas as pd
from IPython.display import display
from custlib import abc_classes, blocks, widgets
names = pd.Series({f"K{n}": f"客户{n}" for n in range(1, 6)})
table = pd.DataFrame({"size": [50.0, 40, 30, 20, 10], "contribution": [1.0, 2, 3, 4, 5]}, names.index)
weight, systems = {"size": 1, "contribution": 0}, pd.Series("company", names.index)
parts = {"indicators": types.SimpleNamespace(table=table), "systems": systems, "weight": weight}
judged = types.SimpleNamespace(classes=abc_classes.joint(table, weight), **parts)
display(blocks.style("en"), widgets.weighing(judged, [1, 2, 2], names, "en"))"""
LESSON = f"""import runpy
from IPython.display import display
from custlib import blocks
from custlib.lessons import controls
toys = runpy.run_path({str(ROOT / "tests/lesson_toys.py")!r})
display(blocks.style("en"), controls.control(toys["told"](toys["SORT"], "en"), "en"))
display(controls.control(toys["told"](toys["WEIGH"], "en"), "en"))"""

EXPORTS = {
    "订单.csv": "订单编号,下单日期,客户ID,商品编码,数量,销售额(元),备注\nS1,2025-10-01,K1,P1,2,30.00,急\nS2,2025-11-02,K2,P2,1,15.00,\n",
    "客户.csv": "客户编码,客户名称\nK1,甲店\nK2,乙店\n",
}
READ = {"Read it so.": "lang-en", "这样读。": "lang-zh"}
PROSE = """import pandas as pd
from IPython.display import display
from custlib import blocks
frame = pd.DataFrame({"name": [f"a{n:02d}常熟市虞山镇家居生活馆有限责任公司" for n in range(30)], "size": range(30)})
display(blocks.style("en"), blocks.table(frame, lang="en", caption="Customers", limit=12))"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """JupyterLab on a copy of the project's notebooks and two of its own, with a control and with prose; gives its address and token."""
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    shutil.copytree(ROOT / "data/reference", root / "data/reference")
    (root / "pyproject.toml").touch()
    node = v4.new_notebook(cells=[v4.new_code_cell(CONTROL)], metadata={"kernelspec": KERNEL})
    nbformat.write(node, root / "notebooks/control.ipynb")
    node = v4.new_notebook(cells=[v4.new_code_cell(LESSON)], metadata={"kernelspec": KERNEL})
    nbformat.write(node, root / "notebooks/lesson.ipynb")
    node = v4.new_notebook(cells=[v4.new_code_cell(WEIGHED)], metadata={"kernelspec": KERNEL})
    nbformat.write(node, root / "notebooks/weighed.ipynb")
    prose = [v4.new_markdown_cell(text, metadata={"tags": [tag]}) for text, tag in READ.items()]
    node = v4.new_notebook(cells=[*prose, v4.new_code_cell(PROSE)], metadata={"kernelspec": KERNEL})
    nbformat.write(node, root / "notebooks/prose.ipynb")
    (root / "strange").mkdir()
    for name, text in EXPORTS.items():
        (root / "strange" / name).write_text(text, encoding="utf-8")
    exports = root / "notebooks/00_your_exports.ipynb"
    exports.write_text(exports.read_text(encoding="utf-8").replace('\\"data/raw\\"', '\\"strange\\"'), encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token, address = secrets.token_hex(16), f"http://127.0.0.1:{port}"
    own = ["--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}", f"--IdentityProvider.token={token}"]
    home = {
        name: str(root / name) for name in ("HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
    }
    home["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    command = lab.command(root, own)
    with lab.environment("en") as environment, open(root / "lab.log", "w") as log:
        with subprocess.Popen(command, env=environment | home, stdout=log, stderr=log) as process:
            _wait(f"{address}/api?token={token}", process, root / "lab.log")
            yield address, token, root
            process.terminate()


def _wait(address, process, log):
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=2)
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail(log.read_text())


@pytest.fixture
def opened(server, open_page):
    """Opens a notebook in JupyterLab: name → `Watched`, with its kernel ready."""

    def go(name):
        address, token, _ = server
        seen = open_page(f"{address}/doc/tree/notebooks/{name}?token={token}&reset")
        seen.page.locator(".jp-Notebook .jp-Cell").first.wait_for()
        ready = "() => window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.connectionStatus"
        seen.page.wait_for_function(f"{ready} === 'connected'")
        return seen

    return go


def test_notebook_20_opens_without_a_pop_up_and_without_a_request_that_leaves_the_machine(opened):
    seen = opened("20_abc_analysis.ipynb")
    seen.page.wait_for_timeout(3000)  # news, updates and builds are offered after a moment
    assert "Which customers decide our result?" in seen.page.locator(".jp-Notebook").inner_text()
    assert seen.page.locator(".jp-Dialog, .Toastify__toast").count() == 0
    assert seen.outside == []


def test_a_control_moves_a_figure(opened):
    seen = opened("control.ipynb")
    seen.page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
    told = seen.page.locator(".jp-OutputArea p").first
    told.wait_for()
    words, figure = told.inner_text(), seen.page.locator(".jp-OutputArea svg").first.inner_html()
    assert words.startswith("product is 2 times as important as marketing")
    seen.page.locator(".noUi-handle").focus()
    seen.page.keyboard.press("ArrowRight")
    seen.page.wait_for_function("before => document.querySelector('.jp-OutputArea p').innerText !== before", arg=words)
    assert told.inner_text().startswith("product is 3 times as important as marketing")
    assert seen.page.locator(".jp-OutputArea svg").first.inner_html() != figure
    assert seen.outside == []


def test_an_exercise_is_answered_by_key_alone(opened):
    seen = opened("lesson.ipynb")
    seen.page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
    letters = seen.page.locator(".widget-toggle-buttons button")
    letters.nth(29).wait_for()
    for place, letter in enumerate("BBCCBACABC"):  # by payments alone
        letters.nth(3 * place + "ABC".index(letter)).focus()
        seen.page.keyboard.press("Space")
    seen.page.get_by_role("button", name="Check", exact=True).focus()
    seen.page.keyboard.press("Enter")
    seen.page.get_by_text("These are the classes by payments alone").wait_for()
    wrong = seen.page.locator(".jp-OutputArea p", has_text="✗")
    wrong.nth(6).wait_for()  # they come one after another
    assert wrong.count() == 7
    seen.page.locator(".noUi-handle").first.focus()
    seen.page.keyboard.press("ArrowRight")
    seen.page.get_by_text("Different from the start").wait_for()
    steps = seen.page.locator(".widget-readout").all_inner_texts()
    assert steps[0] == "40 %" and sum(int(step.removesuffix(" %")) for step in steps) == 100
    assert (seen.outside, seen.asked) == ([], [])


def test_a_ratio_moved_by_key_shows_at_once_who_would_change_class(opened):
    seen = opened("weighed.ipynb")
    seen.page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
    seen.page.get_by_text("every customer keeps its class").wait_for()
    seen.page.locator(".noUi-handle").first.focus()
    seen.page.keyboard.press("ArrowRight")
    seen.page.get_by_text("2 of 5 customers would change class").wait_for()
    assert seen.page.locator(".cl-table tbody tr").all_inner_texts() == ["客户2\tB\tA", "客户4\tC\tB"]
    assert (seen.outside, seen.asked) == ([], [])


def run(opened):
    seen = opened("prose.ipynb")
    seen.page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
    seen.page.locator(".cl-tools").wait_for()
    seen.page.wait_for_function("document.querySelectorAll('[data-cl-other]').length === 1")
    return seen


def test_a_table_searches_sorts_and_runs_over_no_neighbour(opened):
    seen = run(opened)
    rows = seen.page.locator(".cl-table tbody tr:visible")
    assert rows.count() == 12
    seen.page.get_by_role("searchbox").click()
    seen.page.keyboard.type("a29")  # letters are commands to a cell
    assert rows.count() == 1
    seen.page.get_by_role("searchbox").fill("")
    seen.page.get_by_role("button", name="size").click()
    assert rows.first.inner_text().startswith("a29")
    wider = (
        "[...document.querySelectorAll('.cl-table td')].filter(cell => cell.scrollWidth > cell.clientWidth + 1).length"
    )
    assert seen.page.evaluate(wider) == 0
    assert (seen.outside, seen.asked) == ([], [])


def test_prose_in_another_language_folds_until_its_cell_is_chosen_and_the_file_stays(opened):
    seen = run(opened)
    own, other = (seen.page.locator("p", has_text=text) for text in READ)
    assert own.is_visible() and not other.is_visible()
    seen.page.locator("[data-cl-other]").click()
    other.wait_for()
    metadata = "window.jupyterapp.shell.currentWidget.content.widgets[1].model.sharedModel.getMetadata()"
    assert seen.page.evaluate(metadata) == {"tags": ["lang-zh"]}


def test_the_files_of_a_strange_folder_are_corrected_and_written_by_the_button_only(opened, server):
    written = server[2] / "strange/sources.toml"
    seen = opened("00_your_exports.ipynb")
    seen.page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
    choices = seen.page.locator(".widget-dropdown select")
    choices.first.wait_for()
    file, table, header, column = (choices.nth(at) for at in range(4))
    file.select_option("订单.csv")
    shown = seen.page.locator(".widget-html-content", has_text="订单.csv: the first rows")
    shown.get_by_text("Taken for: an invoice line").wait_for()
    shown.get_by_text("The first rows as they would be cleaned").wait_for()
    header.select_option("备注")
    column.select_option("cost")
    shown.get_by_text("The first lines that would be set aside").wait_for()
    shown.get_by_text("not an amount").first.wait_for()
    column.select_option("none\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}our\N{NO-BREAK SPACE}columns")
    shown.get_by_text("not an amount").first.wait_for(state="detached")
    assert not written.exists()
    seen.page.get_by_role("button", name="Write sources.toml").click()
    seen.page.get_by_text("Written: sources.toml").wait_for()
    assert 'files = "订单.csv"\ntable = "sales"' in written.read_text(encoding="utf-8")
    assert seen.outside == []
