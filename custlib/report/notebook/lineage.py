"""Which result tables a cell's figures come from, read from its code; nothing in it is executed."""

import ast


def by_cell(cells):
    """Cell id → names of the result tables that a code cell saves, or shows something made from; in that order.

    A table is known by a call `results.save(…, "name", …)` or `results.load("name", …)`, and followed through variables; a keyword
    (lang=, unit=) says how to show, not what, and is not followed. What cannot be read so has no table.
    """
    known, found = {}, {}
    for cell in cells:
        if cell.cell_type == "code":
            found[cell.id] = _cell(cell.source, known)
    return found


def _cell(source, known):
    try:
        body = ast.parse(source).body
    except SyntaxError:  # a line for IPython, such as %time
        return []
    names = []
    for statement in _plain(body):
        if isinstance(statement, ast.Assign):
            names += _saved(statement)
            _assign(statement.targets[0], statement.value, known)
        elif isinstance(statement, ast.AugAssign):
            _add(statement.target, _tables(statement.value, known), known)
        else:
            names += _tables(statement, known)
    return list(dict.fromkeys(names))


def _plain(body):
    """Statements, with those inside `if`, `for` and `with`."""
    for statement in body:
        inside = [*getattr(statement, "body", ()), *getattr(statement, "orelse", ())]
        yield from _plain(inside) if inside else [statement]


def _tables(node, known):
    """The result tables behind an expression or a statement."""
    if isinstance(node, ast.Name):
        return known.get(node.id, []) if isinstance(node.ctx, ast.Load) else []
    if isinstance(node, ast.keyword):
        return []
    if isinstance(node, ast.GeneratorExp) and _calls(node.elt, "load") and not _named(node.elt):
        return _texts(node.generators[0].iter)  # (results.load(name, out) for name in ("a", "b"))
    if _calls(node, "load", "save"):
        return _named(node)
    return [name for child in ast.iter_child_nodes(node) for name in _tables(child, known)]


def _saved(statement):
    return [name for node in ast.walk(statement) if _calls(node, "save") for name in _named(node)]


def _calls(node, *names):
    return isinstance(node, ast.Call) and ast.unparse(node.func) in [f"results.{name}" for name in names]


def _named(call):
    return [text for argument in call.args if isinstance(argument, ast.Constant) for text in _texts(argument)]


def _texts(node):
    return [one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def _assign(target, value, known):
    """Remembers what a variable was made from; a tuple on both sides goes one by one."""
    tables = _tables(value, known)
    if isinstance(target, ast.Name):
        known[target.id] = tables
    elif not isinstance(target, ast.Tuple):  # a column or an item of it
        _add(target, tables, known)
    else:
        for element, own in zip(target.elts, _one_by_one(target, value, tables, known), strict=True):
            if isinstance(element, ast.Name):
                known[element.id] = own


def _one_by_one(target, value, tables, known):
    many = len(target.elts)
    if isinstance(value, ast.Tuple) and len(value.elts) == many:
        return [_tables(element, known) for element in value.elts]
    return (
        [[name] for name in tables] if isinstance(value, ast.GeneratorExp) and len(tables) == many else [tables] * many
    )


def _add(target, tables, known):
    for name in ast.walk(target):
        if isinstance(name, ast.Name):
            known[name.id] = [*known.get(name.id, []), *tables]
