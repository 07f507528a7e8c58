"""What holds for all cells of a column, asked of a table once before it is parsed: most columns are plain throughout,
and writing queries for forms that no cell has takes longer than running them."""

from typing import NamedTuple

import ibis

from custlib.cleaning import fast_path, mojibake, parsers


class Throughout(NamedTuple):
    """Columns in which every cell is plain or empty, and columns of words in which one may be garbled."""

    plain: frozenset[str]
    suspect: frozenset[str]


def of(connection, cells: ibis.Table, forms: dict[str, parsers.Form], fixed: dict) -> Throughout:
    """What holds for the columns of some cells. forms: column → `parsers.Form`; fixed: columns with a declared value.

    A column that the cells lack is plain.
    """
    asked = {name: form for name, form in forms.items() if name in cells.columns and name not in fixed}
    held = {f"{name}__plain": _is_plain(cells[name], form) for name, form in asked.items() if fast_path.may_be(form)}
    words = [name for name, form in asked.items() if form.kind in mojibake.KINDS]
    found = {f"{name}__suspect": cells[name].re_search(mojibake.SUSPECT) for name in words}
    wanted = {name: whole.all() for name, whole in held.items()} | {name: one.any() for name, one in found.items()}
    told = connection.to_pyarrow(cells.agg(**wanted)).to_pylist()[0] if wanted else {}
    absent = forms.keys() - cells.columns - fixed.keys()
    plain = {name for name in asked if f"{name}__plain" in held and told[f"{name}__plain"] is not False}
    return Throughout(frozenset(absent | plain), frozenset(name for name in words if told[f"{name}__suspect"]))


def _is_plain(text, form):
    return (text == "") | text.isnull() | fast_path.is_plain(text, form)
