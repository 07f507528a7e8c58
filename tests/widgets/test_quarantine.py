"""Raw cells are for a person at this machine: a run, a page and an executed notebook never hold them."""

import json
import shutil
from pathlib import Path

import nbformat
import pytest

from custlib import glossary, widgets
from custlib.page import outputs
from custlib.report.kernels import execution
from custlib.report.notebook import executed, notebooks
from custlib.report.pages import cells

ROOT = Path(__file__).parents[2]
CANARY, BROKEN = "约三万金丝雀", "断行金丝雀"
HEADER = "单据编号,日期,客户编码,存货编码,数量,无税金额(元)\n"
ROWS = "".join(f"B{n},2025-11-01,C,P,1,{CANARY}{n}\n" for n in range(23))
FILES = {"a.csv": HEADER + "A,2025-11-01,C,P,1,5\n" + ROWS + f'D,"{BROKEN},2025\nE,"x,2025\n'}


@pytest.fixture
def clean(cleaned_once):
    return cleaned_once(FILES, "data_from = 2025-10-01\ndata_until = 2025-12-31\n")


@pytest.fixture
def control(clean):
    """The control's parts: choice, buttons show, back, on and hide, what it shows, and itself."""
    box = widgets.quarantine(clean, "en")
    row, shown = box.children
    return *row.children, shown, box


def everything_sent(box):
    """The state of the control and all within it, as a front end gets it."""
    return str([box.get_state(), *(everything_sent(child) for child in getattr(box, "children", ()))])


def test_before_a_button_is_pressed_nothing_but_counts_is_read_or_sent(control, monkeypatch):
    monkeypatch.setattr("custlib.lines.raw_cells", None)
    box = control[-1]
    for text in (everything_sent(box), str(box._repr_mimebundle_())):
        assert CANARY not in text and BROKEN not in text
    assert "sales · not an amount of money (23)" in everything_sent(box)


def test_a_button_shows_a_page_of_raw_cells_and_another_takes_them_away(control):
    choice, show, back, on, hide, shown, box = control
    choice.value = 0
    show.click()
    assert f"{CANARY}0<" in shown.value and f"{CANARY}9<" in shown.value and f"{CANARY}10<" not in shown.value
    for _ in range(5):
        on.click()
    assert f"{CANARY}22<" in shown.value and "21 to 23 of 23" in shown.value
    for _ in range(5):
        back.click()
    assert "1 to 10 of 23" in shown.value
    hide.click()
    assert CANARY not in everything_sent(box)


def test_another_choice_begins_at_its_first_line_and_shows_broken_lines_whole(control):
    choice, show, back, on, hide, shown, _ = control
    on.click()
    choice.value = 1
    assert BROKEN in shown.value and "1 to 2 of 2" in shown.value


def test_names_in_raw_cells_are_shown_never_run(cleaned_once):
    clean = cleaned_once({"a.csv": HEADER + "A,2025-11-01,<script>,P,1,约3万\n"})
    row, shown = widgets.quarantine(clean, "zh").children
    row.children[1].click()
    assert "&lt;script&gt;" in shown.value and "<script>" not in shown.value


def test_where_nothing_was_set_aside_the_control_is_quiet(cleaned_once):
    box = widgets.quarantine(cleaned_once({"a.csv": HEADER + "A,2025-11-01,C,P,1,5\n"}), "en")
    for button in box.children[0].children[1:]:
        button.click()
    assert box.children[1].value == ""


def test_the_executed_notebook_and_its_pages_hold_no_quarantined_cell(clean, workbook):
    shutil.copy(ROOT / "notebooks/10_data_cleanup.ipynb", workbook / "notebooks")
    (book,) = notebooks.snapshot(workbook / "notebooks")
    values = {"lang": "en", "out_dir": "out"}
    node = execution.execute(book, values, folder=workbook / "notebooks", kernels=execution.Kernels(), lang="en")
    texts = [path.read_text(encoding="utf-8-sig") for path in (workbook / "out/tables").glob("*.csv")]
    for lang in glossary.LANGUAGES:
        shown = executed.publishable(node, values)
        outputs.fill(shown, lang)
        page = "".join(html for _, html in cells.shown(shown, lang))
        assert "a.csv:3" in page and "widget-view" not in page and "JupyterLab" in page
        texts += [nbformat.writes(shown), page]
    raw = nbformat.writes(node)
    for text in (raw, json.dumps(json.loads(raw), ensure_ascii=False), *texts):
        assert "金丝雀" not in text
