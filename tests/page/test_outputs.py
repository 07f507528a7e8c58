import nbformat
import pandas as pd

from custlib import wording
from custlib.page import outputs


def node_of(output):
    data = output._repr_mimebundle_()
    cell = nbformat.v4.new_code_cell("x", outputs=[nbformat.v4.new_output("display_data", data=data)])
    return nbformat.v4.new_notebook(cells=[cell])


def test_an_executed_notebook_takes_the_words_of_any_language(page, summary):
    one, shown = page("en")
    one.say(wording.abc_reading, summary)
    node = node_of(shown[0])
    outputs.fill(node, "zh")
    zh = node.cells[0].outputs[0].data["text/markdown"]
    outputs.fill(node, "en")
    assert zh.startswith("按客户规模，268 家客户") and node.cells[0].outputs[0].data["text/markdown"].startswith(
        "By size, 54 of 268"
    )


def test_outputs_without_facts_stay_as_they_are():
    output = nbformat.v4.new_output("display_data", data={"text/plain": "mine"})
    node = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x", outputs=[output])])
    outputs.fill(node, "zh")
    assert node.cells[0].outputs[0].data == {"text/plain": "mine"}


def test_the_same_table_is_the_same_bytes(page):
    rows = pd.DataFrame({"name": ["a", "b"], "size": [1.0, 2.0]})
    one, shown = page("en")
    one.table("abc_customers", ["name", "size"], rows=rows)
    one.table("abc_customers", ["name", "size"], rows=rows)
    assert shown[0]._repr_mimebundle_() == shown[1]._repr_mimebundle_()
