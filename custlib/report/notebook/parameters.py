"""Parameters of notebooks: what a notebook declares, and what may be given to it.

papermill only warns about a name that it does not know, and runs with the defaults if the tag is lost; so the cell is
read here, before any kernel starts, and nothing in it is executed.
"""

import ast
import difflib
import sys
from dataclasses import dataclass
from typing import Any

from custlib.refusals import Refused


def _one_of(*keys):
    return lambda value: value in keys, " | ".join(f'"{key}"' for key in keys)


def _numbers(values, count, least, most=1000):
    """Whether these are so many numbers from least to most, one of them above zero where there is any."""
    plain = [value for value in values if type(value) in (int, float) and least <= value <= most]
    return len(plain) == len(values) == count and (not plain or max(plain) > 0)


_INDICATORS = ("size", "contribution", "brand_share")
TYPES = {"str": str, "int": int, "float": float, "bool": bool, "list": list, "dict": dict}
RUN_SETS = {
    "quarter": "QUARTER",
    "data_dir": "--data",
    "out_dir": "--reports",
    "basis": "--reports",
    "last_report": "--reports",
    "lang": "--lang",
    "part": "--by",
    "unfinished": "--unfinished",
}
# What the values of a parameter may be, in every notebook: a test, and what it asks for, in figures and keys.
VALUES: dict = {
    "system: str": _one_of("company", "region", "account_manager"),
    "ratio: list": (lambda value: _numbers(value, 3, 0.001), "[A, B, C]: 0.001 … 1000"),
    "weights: dict": (
        lambda value: set(value) <= set(_INDICATORS) and _numbers([*value.values()], len(value), 0),
        "{" + ", ".join(f'"{name}": 0 … 1000' for name in _INDICATORS) + "}, {}",
    ),
    "kpi_weights: dict": (
        lambda value: all(type(key) is str for key in value) and _numbers([*value.values()], len(value), 0, 100),
        '{"satisfaction": 0 … 100, …} = 100, {}',
    ),
    "self_counts: bool": (lambda value: True, "true | false"),
    "least_cases: int": (lambda value: 1 <= value <= 1000, "1 … 1000"),
    "mix: list": (lambda value: _numbers(value, 3, 0), "[0 … 1000, 0 … 1000, 0 … 1000], > [0, 0, 0]"),
    "customer: str": (lambda value: value == value.strip() and value.isprintable(), "customer_id"),
    "profiles: str": _one_of("named", "all", "none"),
    "profit: str": _one_of("total", "brand"),
    "spread_rule: str": _one_of("critic", "entropy"),
    "horizon: int": (lambda value: 1 <= value <= 12, "1 … 12"),
    "demand_of: str": _one_of("sold_in", "sold_through"),
    "level: float": (lambda value: 0.5 <= value <= 0.99, "0.5 … 0.99"),
    "goal: float": (lambda value: 1 <= value <= 5, "1 … 5"),
    "resamples: int": (lambda value: 50 <= value <= 20_000, "50 … 20000"),
    "seed: int": (lambda value: 0 <= value < 2**32, "0 … 4294967295"),
}
TRUTH = {"true": True, "false": False}


@dataclass(frozen=True)
class Parameter:
    """One line of a parameters cell: `name: type = default  # meaning`; `type` is a key of `TYPES`."""

    name: str
    type: str
    default: object
    meaning: str


def declared(cells, notebook: str) -> tuple[Parameter, ...]:
    """The parameters of a notebook (its stem) from its cells, in the order written.

    Raises Refused: `parameters_cell` unless exactly one code cell is tagged `parameters`, `parameter_line` for a line
    in it that is not `name: type = literal  # meaning`, `parameter_value` as `check`.
    """
    tagged = [c for c in cells if c.cell_type == "code" and "parameters" in c.metadata.get("tags", [])]
    if len(tagged) != 1:
        raise Refused("parameters_cell", notebook=notebook, count=len(tagged))
    by_name = {}
    for number, line in lines(tagged[0].source):
        parameter = read_line(line)
        if parameter is None or parameter.name in by_name:
            raise Refused("parameter_line", notebook=notebook, line=number, text=line.strip())
        check(parameter, parameter.default, notebook)
        by_name[parameter.name] = parameter
    return tuple(by_name.values())


def lines(source: str) -> list[tuple[int, str]]:
    """(number, line) of the lines of a parameters cell that are neither blank nor a comment."""
    return [(at, line) for at, line in enumerate(source.splitlines(), 1) if line.strip() and not line.startswith("#")]


def read_line(line: str) -> Parameter | None:
    """One line of a parameters cell as a `Parameter`; None if it is not written as one."""
    try:
        statement: Any
        (statement,) = ast.parse(line).body
        default = ast.literal_eval(statement.value)
        name, kind = statement.target.id, statement.annotation.id
    except (SyntaxError, ValueError, AttributeError, TypeError, RecursionError, MemoryError):
        return None
    comment = line.encode()[statement.end_col_offset :].decode().strip()  # offsets of ast count bytes
    meaning = comment.removeprefix("#").strip()
    if not meaning or not _fits(default, kind):
        return None
    return Parameter(name, kind, default, meaning)


def _fits(value, kind):
    if kind == "float":
        return type(value) in (int, float) and abs(value) <= sys.float_info.max
    return kind in TYPES and type(value) is TYPES[kind]


def by_notebook(declarations: dict, texts: dict) -> dict[str, dict]:
    """The values given by hand: notebook → {name: value}, only names that it declares.

    declarations: notebook → its parameters; texts: name → the text after the equals sign.
    Raises Refused: `unknown_parameter` (no notebook declares it; names the nearest), `reserved_parameter` (the run sets
    it itself), `wrong_parameter_type`.
    """
    names = {p.name for parameters in declarations.values() for p in parameters} - set(RUN_SETS)
    for name in texts:
        if name in RUN_SETS:
            raise Refused("reserved_parameter", name=name, instead=RUN_SETS[name])
        if name not in names:
            raise Refused("unknown_parameter", name=name, nearest=_nearest(name, names))
    return {
        notebook: {p.name: parse(p, texts[p.name], notebook) for p in parameters if p.name in texts}
        for notebook, parameters in declarations.items()
    }


def _nearest(name, names):
    return next(iter(difflib.get_close_matches(name, sorted(names), n=1, cutoff=0)), "-")


def parse(parameter: Parameter, text: str, notebook: str):
    """The text as a value of the parameter's type. Raises Refused (`wrong_parameter_type`), showing an example, and as
    `check`."""
    value = _value(parameter.type, text)
    if not _fits(value, parameter.type):
        expected = f"{parameter.type} ({parameter.name}={parameter.default})"
        facts = {"notebook": notebook, "name": parameter.name, "expected": expected, "value": f"“{text}”"}
        raise Refused("wrong_parameter_type", **facts)
    value = float(value) if parameter.type == "float" else value
    check(parameter, value, notebook)
    return value


def check(parameter: Parameter, value, notebook: str) -> None:
    """Raises Refused (`parameter_value`) for a value that makes no sense for this parameter (`VALUES`)."""
    sensible, expected = VALUES.get(f"{parameter.name}: {parameter.type}", (lambda value: True, ""))
    if not sensible(value):
        facts = {"notebook": notebook, "name": parameter.name, "expected": expected, "value": f"“{value}”"}
        raise Refused("parameter_value", **facts)


def _value(kind, text):
    if kind == "str":
        return text
    if kind == "bool":
        return TRUTH.get(text.lower())
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
        return None
