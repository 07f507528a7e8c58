"""Facts and tables as JSON and back, without a word of any language."""

import datetime
import json
import math
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

_KINDS = {"date": datetime.date.fromisoformat, "time": pd.Timestamp, "decimal": Decimal}


def encode(value: Any) -> Any:
    """A value, list, dict, Series or DataFrame in a form that JSON can write; missing values become None.

    Raises TypeError for another type, and for a dict whose keys are not texts.
    """
    if isinstance(value, pd.DataFrame | pd.Series):
        return {"frame": _frame(value)}
    if isinstance(value, dict):
        return {_key(name): encode(item) for name, item in value.items()}
    if isinstance(value, list | tuple | set | np.ndarray | pd.Index):
        return [encode(item) for item in value]
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, np.generic):
        return encode(value.item())
    if isinstance(value, pd.Timestamp):
        return {"time": value.isoformat()}
    if isinstance(value, datetime.date):
        return {"date": value.isoformat()}
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if hasattr(value, "_asdict"):
        return encode(value._asdict())
    if not isinstance(value, str | bool | int | float):
        raise TypeError(f"a fact is a plain value, a list, a dict or a table, not {type(value).__name__}")
    return value


def decode(value: Any) -> Any:
    """The value that `encode` got; a tuple comes back as a list."""
    if isinstance(value, list):
        return [decode(item) for item in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1 and "frame" in value:
        return _decoded(value["frame"])
    if len(value) == 1 and (kind := next(iter(value))) in _KINDS:
        return _KINDS[kind](value[kind])
    return {name: decode(item) for name, item in value.items()}


def as_text(value: Any) -> str:
    """An encoded value as JSON; equal values give equal texts."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def texts(value: Any) -> Iterator[str]:
    """Every text within an encoded value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts(item)


def _key(name):
    if not isinstance(name, str):
        raise TypeError(f"facts are named by texts, not {name!r}")
    return name


def _frame(frame):
    series = isinstance(frame, pd.Series)
    table = frame.to_frame() if series else frame
    plain = isinstance(table.index, pd.RangeIndex) and table.index.name is None
    index = (
        [] if plain else [_column(name, table.index.get_level_values(at)) for at, name in enumerate(table.index.names)]
    )
    columns = [_column(name, table[name]) for name in table]
    return {"series": series, "index": index, "columns": columns, "rows": len(table)}


def _column(name, values):
    values = pd.Series(values)
    dtype, categories = str(values.dtype), None
    if isinstance(values.dtype, pd.CategoricalDtype):
        dtype, categories = "category", [encode(item) for item in values.cat.categories]
    cells = [encode(item) for item in values.astype("object")]
    return {"name": name, "dtype": dtype, "categories": categories, "cells": cells}


def _decoded(frame):
    columns = {column["name"]: _series(column) for column in frame["columns"]}
    index = pd.RangeIndex(frame["rows"])
    if frame["index"]:
        levels = [pd.Index(_series(column), name=column["name"]) for column in frame["index"]]
        index = levels[0] if len(levels) == 1 else pd.MultiIndex.from_arrays(levels)
    table = pd.DataFrame(
        {name: values.to_numpy() if values.dtype == object else values.array for name, values in columns.items()}, index
    )
    return table.iloc[:, 0].rename(frame["columns"][0]["name"]) if frame["series"] else table


def _series(column):
    cells = [decode(cell) for cell in column["cells"]]
    if column["categories"] is not None:
        return pd.Series(pd.Categorical(cells, [decode(item) for item in column["categories"]], ordered=True))
    dtype = column["dtype"]
    if dtype.startswith(("float", "int", "bool", "str", "Int", "Float", "boolean")):
        return pd.Series(cells, dtype=dtype)
    return pd.Series(cells, dtype="object") if dtype == "object" else pd.Series(cells).astype(dtype)
