"""Whatever an analyst strikes or changes in a notebook: no customer of another part stands in a part's report that is published.

Each attempt changes one notebook, executes it for one region of a small company, and gives what came out to the check before publication.
`CUSTLIB_ALL=1 python -m pytest -n 0 tests/test_part_safety.py` tries 240 changes.
"""

import ast
import contextlib
import csv
import io
import os
import random
import shutil
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from custlib import cleaning, customer_classes, facts
from custlib.page import opened, outputs
from custlib.report.run import foreign

ROOT = Path(__file__).parents[1]
ATTEMPTS = 240 if os.environ.get("CUSTLIB_ALL") else 6
QUARTER, NOTEBOOKS = "2025Q4", ["20_abc_analysis", "22_class_changes", "24_channel", "90_quarterly_summary"]
ALL_CUSTOMERS = [
    "judged.customers",
    "judged.moves",
    "page.customers",
    "judged.robustness.reset_index()",
    "facts.customers(page.clean)",
]


@pytest.fixture(scope="module")
def company(tmp_path_factory, small_company):
    """Exports of a small company, the region looked at, and a folder with notebooks 10 to 24 executed for it and their tables."""
    data, tables = small_company, tmp_path_factory.mktemp("tables")
    clean = cleaning.open_tables(str(data))
    part = f"region={facts.parts(clean, QUARTER, 'region')['part'][0]}"
    for stem in ["10_data_cleanup", *NOTEBOOKS[:3]]:
        nbformat.write(node_of(shown_by(cells(stem), data, tables, part)), tables / f"{stem}.ipynb")
    return data, clean, part, tables


def cells(stem):
    node = nbformat.read(ROOT / "notebooks" / f"{stem}.ipynb", as_version=4)
    return [cell.source for cell in node.cells if cell.cell_type == "code"]


def execute(sources, data, out, part, show=lambda value: None, printed=lambda text: None):
    """Runs the cells as a kernel would, with the parameters of a part's run."""
    given = {"quarter": QUARTER, "data_dir": str(data), "out_dir": str(out), "part": part, "resamples": 20}
    space = {"display": show}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opened, "_display", show)
        for place, source in enumerate(sources):
            text = io.StringIO()
            with contextlib.redirect_stdout(text):
                exec(source, space)
            printed(text.getvalue())
            if place == 0:
                space |= {name: value for name, value in given.items() if name in space}


def shown_by(sources, data, out, part):
    """What the cells show and print; raises what stops them."""
    shown = []
    execute(sources, data, out, part, shown.append, lambda text: shown.append(text) if text else None)
    return shown


def changed(source, chance):
    """A cell with one thing struck or changed, None where this change does not fit it."""
    body = ast.parse(source).body
    swaps = [("page.own(", "("), ("page.mine", "None"), ("part=part", 'part=""'), ("isin(customers.index)", "notna()")]
    ways = [(source.replace(a, b, 1), f"{a} → {b}") for a, b in swaps if a in source]
    if "page.save(" in source:
        ways.append((source.replace("page.save(", "(lambda name, rows: rows)(", 1), "not saved"))
    struck = chance.choice(body)
    ways.append(
        ("\n".join(ast.unparse(node) for node in body if node is not struck), f"struck: {ast.unparse(struck)[:60]}")
    )
    name = chance.choice(ALL_CUSTOMERS)
    more = [f"display({name})", f"print(f\"Ask {{{name}['name'].iloc[-1]}}\")", f'page.say({name}["name"].iloc[-1])']
    more += [f'page.table("abc_customers", ["name"], rows={name})', f"print({name}.to_string())"]
    extra = chance.choice(more)
    ways += [(f"{source}\n{extra}", f"added: {extra}")] * 2
    return chance.choice(ways)


def attempt(number, company, out):
    """Changes a notebook by chance, executes it, lets the report be checked; "stopped", "refused" or "published", and what was changed."""
    data, clean, part, tables = company
    chance = random.Random(number)
    stem = NOTEBOOKS[number % len(NOTEBOOKS)]
    sources = cells(stem)
    place = chance.randrange(1, len(sources))
    sources[place], what = changed(sources[place], chance)
    shutil.copytree(tables, out, dirs_exist_ok=True)
    try:
        shown = shown_by(sources, data, out, part)
    except Exception:  # whatever stops a notebook stops the run
        return "stopped", f"{stem}: {what}"
    nbformat.write(node_of(shown), out / f"{stem}.ipynb")
    try:
        foreign.check(clean, part, out)
    except Exception as refusal:
        assert getattr(refusal, "code", "") == "foreign_in_report", refusal
        return "refused", f"{stem}: {what}"
    return "published", f"{stem}: {what}"


def node_of(shown):
    """An executed notebook that shows these values."""
    node = nbformat.v4.new_notebook()
    for value in shown:
        if isinstance(value, str):
            output = nbformat.v4.new_output("stream", name="stdout", text=value)
        else:
            data = {"text/plain": repr(value)}
            data |= {"text/html": value.to_html()} if isinstance(value, pd.DataFrame) else {}
            if isinstance(value, outputs.Output):
                data = {outputs.KIND: value.facts, "text/plain": value.facts["kind"]}
            output = nbformat.v4.new_output("display_data", data=data)
        node.cells.append(nbformat.v4.new_code_cell("", outputs=[output]))
    return node


def foreign_names(clean, part, out):
    """Names and ids of other parts in what lies in the folder, looked for in the plainest way."""
    who = facts.customers(clean)
    mine = facts.in_part(who, part)
    own = set(who.index[mine]) | set(who.loc[mine, "name"])
    others = (set(who.index[~mine]) | set(who.loc[~mine, "name"])) - own
    others = {name for name in others if not any(name in longer for longer in own)}
    texts = [path.read_text(encoding="utf-8-sig") for path in [*out.rglob("*.csv"), *out.rglob("*.ipynb")]]
    return {name for name in others for text in texts if name in text}


def test_unchanged_notebooks_of_a_part_pass_and_judge_among_all(company):
    data, clean, part, tables = company
    foreign.check(clean, part, tables)
    with open(tables / "tables" / "abc_customers.csv", encoding="utf-8-sig", newline="") as file:
        customers = list(csv.DictReader(file))
    who = facts.customers(clean)
    assert {row["region"] for row in customers} == {part.partition("=")[2]} and 0 < len(customers) < len(who)
    assert not foreign_names(clean, part, tables)
    told = (tables / "20_abc_analysis.ipynb").read_text(encoding="utf-8")
    assert any(row["name"] in told for row in customers)
    whole = customer_classes.judge(clean, QUARTER, str(data), resamples=20).customers
    for row in customers:
        own = whole.loc[row["customer_id"]]
        assert (row["joint_class"], float(row["size"])) == (own["joint_class"], pytest.approx(own["size"]))


def test_the_plain_search_sees_a_name_that_was_put_in(company, tmp_path):
    _, clean, part, tables = company
    who = facts.customers(clean)
    other = who.loc[~facts.in_part(who, part), "name"].iloc[0]
    shutil.copytree(tables, tmp_path, dirs_exist_ok=True)
    (tmp_path / "tables" / "abc_moves.csv").write_text(f"name\n{other}\n", encoding="utf-8")
    assert foreign_names(clean, part, tmp_path) == {other}
    with pytest.raises(Exception, match="abc_moves"):
        foreign.check(clean, part, tmp_path)


@pytest.mark.parametrize("number", range(ATTEMPTS))
def test_no_change_of_a_notebook_publishes_a_customer_of_another_part(number, company, tmp_path):
    state, what = attempt(number, company, tmp_path)
    if state == "published":
        assert not foreign_names(company[1], company[2], tmp_path), what
