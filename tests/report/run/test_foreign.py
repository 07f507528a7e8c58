"""Nothing of another part's customer is published."""

import io
import zipfile

import nbformat
import pandas as pd
import pytest

from custlib import facts
from custlib.refusals import Refused
from custlib.report.run import foreign

WHO = pd.DataFrame(
    {"name": ["华锦商贸", "远大 & 华晟", "客户"], "region": ["华东", "华北", "华北"]},
    index=pd.Index(["K1", "K2", "417"], name="customer_id"),
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(facts, "customers", lambda clean: WHO)
    (tmp_path / "tables").mkdir()
    return tmp_path


def refusal(folder):
    with pytest.raises(Refused) as caught:
        foreign.check(None, "region=华东", folder)
    assert (caught.value.code, caught.value.exit_code) == ("foreign_in_report", 3)
    return tuple(caught.value.facts[name] for name in ("file", "place", "number", "customer"))


def table(folder, name, frame):
    frame.to_csv(folder / "tables" / f"{name}.csv", index=False, encoding="utf-8-sig")


def notebook(folder, data):
    output = nbformat.v4.new_output("display_data", data=data)
    cells = [nbformat.v4.new_markdown_cell("# Customers"), nbformat.v4.new_code_cell("x", outputs=[output])]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "20_b.ipynb")


def test_own_customers_words_and_plain_numbers_are_published(folder):
    table(folder, "abc_moves", pd.DataFrame({"customer_id": ["K1"], "name": ["华锦商贸"]}))
    table(folder, "abc_summary", pd.DataFrame({"class": ["A"], "customers": [417]}))
    notebook(folder, {"text/html": "<style>K2</style><p>417 客户</p><td>417</td>", "text/plain": "客户"})
    (folder / "20_b.html").write_text('<style>K2</style><p>417</p><script>"K2"</script><a title="K1">客户</a>')
    foreign.check(None, "region=华东", folder)


@pytest.mark.parametrize("column, value", [("customer_id", "K2"), ("customer_id", "417"), ("name", "远大 & 华晟")])
def test_a_row_of_a_table_is_named(folder, column, value):
    table(folder, "abc_moves", pd.DataFrame({column: ["K1", value]}))
    assert refusal(folder) == ("tables/abc_moves.csv", "in_line", 3, value)


@pytest.mark.parametrize(
    "data",
    [
        {"text/html": "<p>远大 &amp; 华晟</p>"},
        {"text/html": '<svg aria-label="see 远大 &amp; 华晟"></svg>'},
        {"text/plain": "name 远大 & 华晟"},
        {"application/vnd.custlib+json": {"facts": [{"cells": ["远大 & 华晟"]}]}},
    ],
)
def test_a_cell_of_a_notebook_is_named(folder, data):
    notebook(folder, data)
    assert refusal(folder) == ("20_b.ipynb", "in_cell", 2, "远大 & 华晟")


def test_a_page_and_the_workbook_are_looked_at_too(folder):
    (folder / "front.html").write_text("<details><summary>计算方法</summary><p>见 K2。</p></details>", encoding="utf-8")
    assert refusal(folder)[0] == "front.html"
    (folder / "front.html").unlink()
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as parts:
        parts.writestr("xl/sharedStrings.xml", "<si><t>远大 &amp; 华晟</t></si>")
    (folder / "report.xlsx").write_bytes(data.getvalue())
    assert refusal(folder) == ("report.xlsx", "xl/sharedStrings.xml", None, "远大 & 华晟")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("customers/K2.zh.html", "<p>x</p>"),
        ("customers/K1.html", "<p>like 远大 &amp; 华晟</p>"),
        ("20_b.html", '<a href="customers/K2.html">x</a>'),
    ],
)
def test_no_page_link_or_look_alike_of_another_parts_customer_is_published(folder, name, text):
    (folder / "customers").mkdir()
    (folder / "customers/K1.html").write_text('<h1>华锦商贸</h1> <a href="../20_b.html">K1</a>', encoding="utf-8")
    foreign.check(None, "region=华东", folder)
    (folder / name).write_text(text, encoding="utf-8")
    assert refusal(folder)[0] == name
