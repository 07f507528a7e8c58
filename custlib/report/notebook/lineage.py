"""Which result tables a notebook loads, and which stand behind what its cells show; read from its code."""

import ast
from collections import defaultdict
from typing import TypeGuard

OWNERS = ("page", "results")  # page.save("name", rows), results.load("name", out)


def loaded(cells) -> list[str]:
    """Names of the result tables that the code cells load or show as saved, in that order.

    A name is a text, or goes over texts in a `for`; what cannot be read so is not found.
    """
    names: list[str] = []
    for tree in _trees(cells):
        over: dict[str, list[str]] = defaultdict(list)
        for node in ast.walk(tree):
            if isinstance(node, ast.For | ast.comprehension) and isinstance(node.target, ast.Name):
                over[node.target.id] += _texts(node.iter)
        for call in filter(_is_call, ast.walk(tree)):
            if _calls(call, "load") or (_calls(call, "table") and all(word.arg != "rows" for word in call.keywords)):
                names += _named(call) or over.get(getattr(next(iter(call.args), None), "id", ""), [])
    return list(dict.fromkeys(names))


def makes_words(cells) -> bool:
    """Whether the code itself puts something into the report's language: uses `lang` but to open its page."""
    nodes = [node for tree in _trees(cells) for node in ast.walk(tree)]
    opening = [word.value for call in filter(_is_call, nodes) if _opens(call) for word in call.keywords]
    reads = [node for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)]
    return any(node.id == "lang" and node not in opening for node in reads)


def by_cell(cells) -> dict[str, list[str]]:
    """Cell id → names of the result tables that a code cell saves, or shows something made from; in that order.

    A table is known by a call such as `page.save("name", …)`, `page.table("name", …)` or `results.load("name", …)`,
    and followed through variables; a keyword (limit=, unit=) says how to show, not what, and is not followed.
    """
    variables: dict[str, list[str]] = {}
    return {cell.id: _cell(cell.source, variables) for cell in cells if cell.cell_type == "code"}


def _trees(cells):
    return [_tree(cell.source) for cell in cells if cell.cell_type == "code"]


def _tree(source):
    try:
        return ast.parse(source)
    except SyntaxError:  # a line for IPython, such as %time
        return ast.Module([], [])


def _is_call(node) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call)


def _opens(call):
    return isinstance(call.func, ast.Attribute) and call.func.attr == "open"


def _cell(source, variables):
    names = []
    for statement in _plain(_tree(source).body):
        if isinstance(statement, ast.Assign):
            names += [name for node in ast.walk(statement) if _calls(node, "save") for name in _named(node)]
            _assign(statement.targets[0], statement.value, variables)
        elif isinstance(statement, ast.AugAssign):
            _add(statement.target, _tables(statement.value, variables), variables)
        else:
            names += _tables(statement, variables)
    return list(dict.fromkeys(names))


def _plain(body):
    """Statements, with those inside `if`, `for` and `with`."""
    for statement in body:
        inside = [*getattr(statement, "body", ()), *getattr(statement, "orelse", ())]
        yield from _plain(inside) if inside else [statement]


def _tables(node, variables):
    """The result tables behind an expression or a statement."""
    if isinstance(node, ast.Name):
        return variables.get(node.id, []) if isinstance(node.ctx, ast.Load) else []
    if isinstance(node, ast.keyword):
        return []
    if isinstance(node, ast.GeneratorExp) and _calls(node.elt, "load") and not _named(node.elt):
        return _texts(node.generators[0].iter)  # (page.load(name) for name in ("a", "b"))
    if _calls(node, "load", "save", "table"):
        return _named(node)
    return [name for child in ast.iter_child_nodes(node) for name in _tables(child, variables)]


def _calls(node, *names):
    function = node.func if isinstance(node, ast.Call) else None
    return (
        isinstance(function, ast.Attribute)
        and function.attr in names
        and isinstance(function.value, ast.Name)
        and function.value.id in OWNERS
    )


def _named(call):
    return [text for argument in call.args if isinstance(argument, ast.Constant) for text in _texts(argument)]


def _texts(node):
    return [leaf.value for leaf in ast.walk(node) if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str)]


def _assign(target, value, variables):
    """Remembers what a variable was made from; a tuple on both sides goes one by one."""
    tables = _tables(value, variables)
    if isinstance(target, ast.Name):
        variables[target.id] = tables
    elif not isinstance(target, ast.Tuple):  # a column or an item of it
        _add(target, tables, variables)
    else:
        for element, own in zip(target.elts, _one_by_one(target, value, tables, variables), strict=True):
            if isinstance(element, ast.Name):
                variables[element.id] = own


def _one_by_one(target, value, tables, variables):
    many = len(target.elts)
    if isinstance(value, ast.Tuple) and len(value.elts) == many:
        return [_tables(element, variables) for element in value.elts]
    each = isinstance(value, ast.GeneratorExp) and len(tables) == many
    return [[name] for name in tables] if each else [tables] * many


def _add(target, tables, variables):
    for name in ast.walk(target):
        if isinstance(name, ast.Name):
            variables[name.id] = [*variables.get(name.id, []), *tables]
