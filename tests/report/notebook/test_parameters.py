"""Parameters cells and the values given to them."""

import nbformat.v4 as v4
import pytest

from custlib import project
from custlib.refusals import Refused
from custlib.report.notebook import notebooks, parameters
from custlib.report.notebook.parameters import Parameter

CELL = """quarter: str = "2025Q4"  # quarter to report
ratio: list = [1, 2, 2]  # customers in A : B : C
cut: float = 1  # share, 金额
"""


def cells(source, tags=("parameters",)):
    return [v4.new_code_cell(source, metadata={"tags": list(tags)})]


def refused(code, action, *arguments):
    with pytest.raises(Refused) as caught:
        action(*arguments)
    assert caught.value.code == code
    return caught.value


def test_each_line_becomes_a_parameter_with_its_meaning():
    assert parameters.declared(cells(CELL), "20") == (
        Parameter("quarter", "str", "2025Q4", "quarter to report"),
        Parameter("ratio", "list", [1, 2, 2], "customers in A : B : C"),
        Parameter("cut", "float", 1, "share, 金额"),
    )


@pytest.mark.parametrize("count", [0, 2])
def test_no_or_two_parameters_cells_are_refused(count):
    assert refused("parameters_cell", parameters.declared, cells(CELL) * count, "20").facts["count"] == count


@pytest.mark.parametrize(
    "line",
    [
        "n = 3  # no type",
        "n: int = 3",
        "n: int = three  # a name is not a literal",
        "n: int = 3.0  # wrong type",
        "n: bool = 1  # a number is not a truth",
        "n: Path = 'x'  # unknown type",
        "n: int = 2; m: int = 3  # two on a line",
        "import os",
        "n: int = 3  # first\nn: int = 4  # again",
    ],
)
def test_a_line_that_is_not_plain_is_refused(line):
    refused("parameter_line", parameters.declared, cells(line), "20")


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("str", "2025-10-01", "2025-10-01"),
        ("str", "12", "12"),
        ("int", "12", 12),
        ("float", "1", 1.0),
        ("bool", "True", True),
        ("bool", "false", False),
        ("list", "[3, 4]", [3, 4]),
        ("dict", "{'a': 1}", {"a": 1}),
    ],
)
def test_values_are_read_by_the_declared_type(kind, text, value):
    parsed = parameters.parse(Parameter("p", kind, None, "m"), text, "20")
    assert parsed == value and type(parsed) is type(value)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("int", "1.5"),
        ("int", "True"),
        ("float", "nan"),
        ("bool", "1"),
        ("list", "1,2"),
        ("dict", "[1]"),
        ("list", "open('x')"),
        ("float", "inf"),
        ("float", "1" * 400),
        ("int", "-" * 20_000 + "1"),
        ("list", "[" * 20_000),
        ("dict", "{[1]: 2}"),
    ],
)
def test_a_value_of_another_type_is_refused(kind, text):
    refused("wrong_parameter_type", parameters.parse, Parameter("p", kind, None, "m"), text, "20")


def test_each_notebook_gets_only_what_it_declares():
    declarations = {"20": parameters.declared(cells(CELL), "20"), "10": ()}
    assert parameters.by_notebook(declarations, {"ratio": "[1, 1, 1]"}) == {"20": {"ratio": [1, 1, 1]}, "10": {}}


def test_an_unknown_name_is_refused_with_the_nearest_one():
    declarations = {"20": parameters.declared(cells(CELL), "20")}
    assert (
        refused("unknown_parameter", parameters.by_notebook, declarations, {"rato": "[1]"}).facts["nearest"] == "ratio"
    )


def test_what_the_run_sets_itself_cannot_be_given_twice():
    declarations = {"20": parameters.declared(cells(CELL), "20")}
    refused("reserved_parameter", parameters.by_notebook, declarations, {"quarter": "2025Q3"})


SENSELESS = {
    "customer: str": [" K1", "K1\n"],
    "profiles: str": ["", "some", "全部"],
    "system: str": ["", "planet", "Region"],
    "ratio: list": [
        "[]",
        "[1, 2]",
        "[1, 2, 0]",
        "[1, 2, -2]",
        "[0, 0, 0]",
        "[1, 2, '2']",
        "[1e-9, 1, 1]",
        "[True, 1, 1]",
    ],
    "weights: dict": ['{"sise": 1}', '{"size": -1}', '{"size": 0}', '{"size": "1"}', "{1: 1}", '{"size": 1e9}'],
    "kpi_weights: dict": ['{"growth": -1}', '{"growth": 0}', '{"growth": "1"}', "{1: 100}", '{"growth": 101}'],
    "self_counts: bool": [],
    "least_cases: int": ["0", "-1"],
    "mix: list": ["[0, 0, 0]", "[1, 1]", "[1, 1, -1]", "[1, 1, [1]]"],
    "profit: str": ["", "totals"],
    "spread_rule: str": ["", "variance"],
    "goal: float": ["9", "0", "-4", "5.01"],
    "horizon: int": ["0", "-1", "13"],
    "demand_of: str": ["sold", ""],
    "level: float": ["0", "1", "-0.5", "80"],
    "resamples: int": ["0", "-1", "1", "1000000"],
    "seed: int": ["-1", str(2**32)],
}


def every_parameter():
    """“name: type” → the parameter as a notebook of the project declares it."""
    declared = [one for book in notebooks.snapshot(project.root() / "notebooks") for one in book.parameters]
    return {f"{one.name}: {one.type}": one for one in declared if one.name not in parameters.RUN_SETS}


def test_every_parameter_of_the_notebooks_says_what_its_values_may_be():
    assert set(every_parameter()) == set(parameters.VALUES) == set(SENSELESS)


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in SENSELESS.items() for text in texts])
def test_a_senseless_value_is_refused_with_what_it_may_be(name, text):
    error = refused("parameter_value", parameters.parse, every_parameter()[name], text, "20")
    assert parameters.VALUES[name][1] in str(error)


@pytest.mark.parametrize(
    ("name", "text"),
    [("weights: dict", "{}"), ("weights: dict", '{"size": 1}'), ("ratio: list", "[1, 2.5, 7]"), ("goal: float", "5")],
)
def test_a_sensible_value_passes(name, text):
    parameters.parse(every_parameter()[name], text, "20")


def test_a_senseless_default_in_a_notebook_is_refused_too():
    refused("parameter_value", parameters.declared, cells("goal: float = 9  # mean score"), "40")
