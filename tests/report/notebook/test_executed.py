"""Evidence of success, and the copy for publishing."""

import nbformat
import pytest
from nbformat import v4

from custlib.report.notebook import executed

STREAM = {"output_type": "stream"}


def ran(notebook, *counts):
    node = notebook(*["1"] * (len(counts) - 1)).node
    for cell, count in zip([c for c in node.cells if c.cell_type == "code"], counts, strict=True):
        cell.execution_count = count
    return node


def test_all_cells_in_order_are_a_success(notebook):
    assert executed.failure("20", ran(notebook, 1, 2, 3), "en") is None


@pytest.mark.parametrize("counts", [(1, 2, None), (1, None, 2), (1, 3, 2), (1, 1, 2)])
def test_a_cell_that_did_not_run_in_its_turn_is_a_failure(notebook, counts):
    assert executed.failure("20", ran(notebook, *counts), "en").kind == "not run"


def test_a_blank_cell_need_not_run(notebook):
    node = ran(notebook, 1, None, 2)
    node.cells[4].source = " \n"
    assert executed.failure("20", node, "en") is None


@pytest.mark.parametrize(("name", "kind"), [("ValueError", "error"), ("SystemExit", "exit")])
def test_an_error_output_is_a_failure_though_all_cells_ran(notebook, name, kind):
    node = ran(notebook, 1, 2)
    node.cells[4].outputs = [v4.new_output("error", ename=name, evalue="0", traceback=[])]
    assert executed.failure("20", node, "en").kind == kind


def test_the_published_copy_holds_no_path_time_random_id_or_standard_error(notebook):
    node = ran(notebook, 1, 2)
    node.metadata = {"papermill": {"start_time": "now"}, "widgets": {}, "kernelspec": {"name": "mine"}}
    node.cells[4].metadata = {"execution": {"time": "now"}, "tags": ["hide"]}
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": "random"}, "text/plain": "slider"}
    node.cells[4].outputs = [
        v4.new_output("stream", name="stderr", text="/tmp/x.py: warning"),
        v4.new_output("stream", name="stdout", text="kept"),
        v4.new_output("display_data", data=view),
    ]
    injected = v4.new_code_cell("out_dir = '/tmp/secret'", metadata={"tags": ["injected-parameters"]})
    node.cells.insert(3, injected)
    text = nbformat.writes(executed.publishable(node, {"out_dir": ""}))
    assert not any(word in text for word in ("/tmp", "now", "random", "mine", "warning", injected.id))
    assert "kept" in text and "slider" in text and "out_dir = ''" in text and "hide" in text
    assert node.cells[3].source == "out_dir = '/tmp/secret'"


def test_printed_text_is_in_one_piece_however_the_kernel_cut_it(notebook):
    copies = []
    for pieces in (["a\nb\n"], ["a\n", "b\n"]):
        node = ran(notebook, 1, 2)
        node.cells[4].outputs = [v4.new_output("stream", name="stdout", text=piece) for piece in pieces]
        copies.append(executed.publishable(node, {}))
    assert copies[0] == copies[1]


def test_of_very_long_printed_text_the_middle_is_left_out_and_it_is_not_cut_twice():
    node = v4.new_notebook(
        cells=[v4.new_code_cell("1", outputs=[v4.new_output("stream", text="a" * 15_000 + "b" * 15_000)])]
    )
    once = executed.publishable(node, {})
    text = once.cells[0].outputs[0].text
    assert text.startswith("a" * 9_950 + "\n[… 10,100 characters left out") and text.endswith("…]\n" + "b" * 9_950)
    assert executed.publishable(once, {}) == once
