"""Which result tables a notebook loads, and which stand behind what its cells show; read from its code, nothing in it is executed."""

import ast

OWNERS = ("page", "results")  # page.save("name", rows), results.load("name", out)


def loaded(cells):
    """Names of the result tables that the code cells load or show as saved, in that order; a name is a text, or goes over texts in a
    `for`. What cannot be read so is not found."""
    names = []
    for tree in _trees(cells):
        over = {
            node.target.id: _texts(node.iter)
            for node in ast.walk(tree)
            if isinstance(node, ast.For | ast.comprehension) and isinstance(node.target, ast.Name)
        }
        for node in ast.walk(tree):
            if _calls(node, "load") or (_calls(node, "table") and "rows" not in {one.arg for one in node.keywords}):
                names += _named(node) or over.get(getattr(next(iter(node.args), None), "id", None), [])
    return list(dict.fromkeys(names))


def makes_words(cells):
    """Whether the code itself puts something into the report's language: uses `lang` but to open its page."""
    nodes = [node for tree in _trees(cells) for node in ast.walk(tree)]
    opened = [one.value for node in nodes if _opens(node) for one in node.keywords]
    uses = [
        node for node in nodes if isinstance(node, ast.Name) and node.id == "lang" and isinstance(node.ctx, ast.Load)
    ]
    return any(node not in opened for node in uses)


def by_cell(cells):
    """Cell id → names of the result tables that a code cell saves, or shows something made from; in that order.

    A table is known by a call such as `page.save("name", …)`, `page.table("name", …)` or `results.load("name", …)`, and followed
    through variables; a keyword (limit=, unit=) says how to show, not what, and is not followed. What cannot be read so has no table.
    """
    known, names = {}, {}
    for cell in cells:
        if cell.cell_type == "code":
            names[cell.id] = _cell(cell.source, known)
    return names


def _trees(cells):
    for cell in cells:
        if cell.cell_type == "code" and (tree := _tree(cell.source)):
            yield tree


def _tree(source):
    try:
        return ast.parse(source)
    except SyntaxError:  # a line for IPython, such as %time
        return None


def _opens(node):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "open"


def _cell(source, known):
    tree, names = _tree(source), []
    for statement in _plain(tree.body if tree else []):
        if isinstance(statement, ast.Assign):
            names += [name for node in ast.walk(statement) if _calls(node, "save") for name in _named(node)]
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
        return _texts(node.generators[0].iter)  # (page.load(name) for name in ("a", "b"))
    if _calls(node, "load", "save", "table"):
        return _named(node)
    return [name for child in ast.iter_child_nodes(node) for name in _tables(child, known)]


def _calls(node, *names):
    return isinstance(node, ast.Call) and ast.unparse(node.func) in [
        f"{own}.{name}" for own in OWNERS for name in names
    ]


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
    each = isinstance(value, ast.GeneratorExp) and len(tables) == many
    return [[name] for name in tables] if each else [tables] * many


def _add(target, tables, known):
    for name in ast.walk(target):
        if isinstance(name, ast.Name):
            known[name.id] = [*known.get(name.id, []), *tables]
