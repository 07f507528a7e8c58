"""Parameters of notebooks: what a notebook declares, and what may be given to it.

papermill only warns about a name that it does not know, and runs with the defaults if the tag is lost; so the cell is
read here, before any kernel starts, and nothing in it is executed.
"""

import ast
import difflib
from dataclasses import dataclass

from custlib.refusals import Refused

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
    in it that is not `name: type = literal  # meaning`.
    """
    tagged = [c for c in cells if c.cell_type == "code" and "parameters" in c.metadata.get("tags", [])]
    if len(tagged) != 1:
        raise Refused("parameters_cell", notebook=notebook, count=len(tagged))
    by_name = {}
    for number, line in lines(tagged[0].source):
        parameter = read_line(line)
        if parameter is None or parameter.name in by_name:
            raise Refused("parameter_line", notebook=notebook, line=number, text=line.strip())
        by_name[parameter.name] = parameter
    return tuple(by_name.values())


def lines(source: str) -> list[tuple[int, str]]:
    """(number, line) of the lines of a parameters cell that are neither blank nor a comment."""
    return [(at, line) for at, line in enumerate(source.splitlines(), 1) if line.strip() and not line.startswith("#")]


def read_line(line: str) -> Parameter | None:
    """One line of a parameters cell as a `Parameter`; None if it is not written as one."""
    try:
        (statement,) = ast.parse(line).body
        default = ast.literal_eval(statement.value)
        name, kind = statement.target.id, statement.annotation.id
    except (SyntaxError, ValueError, AttributeError, TypeError):
        return None
    comment = line.encode()[statement.end_col_offset :].decode().strip()  # offsets of ast count bytes
    meaning = comment.removeprefix("#").strip()
    if not meaning or not _fits(default, kind):
        return None
    return Parameter(name, kind, default, meaning)


def _fits(value, kind):
    if kind == "float":
        return type(value) in (int, float)
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
    """The text as a value of the parameter's type. Raises Refused (`wrong_parameter_type`), showing an example."""
    value = _value(parameter.type, text)
    if not _fits(value, parameter.type):
        expected = f"{parameter.type} ({parameter.name}={parameter.default})"
        facts = {"notebook": notebook, "name": parameter.name, "expected": expected, "value": f"“{text}”"}
        raise Refused("wrong_parameter_type", **facts)
    return float(value) if parameter.type == "float" else value


def _value(kind, text):
    if kind == "str":
        return text
    if kind == "bool":
        return TRUTH.get(text.lower())
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return None
