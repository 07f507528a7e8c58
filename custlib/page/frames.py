"""Facts and tables as JSON and back: what a cell found, without a word of any language."""

import datetime
import json
import math
from decimal import Decimal

import numpy as np
import pandas as pd

_KINDS = {"date": datetime.date.fromisoformat, "time": pd.Timestamp, "decimal": Decimal}


def encode(value):
    """A value, list, dict, Series or DataFrame as what JSON can write; what is missing is None."""
    if isinstance(value, pd.DataFrame | pd.Series):
        return {"frame": _frame(value)}
    if isinstance(value, dict):
        return {_key(name): encode(one) for name, one in value.items()}
    if isinstance(value, list | tuple | set | np.ndarray | pd.Index):
        return [encode(one) for one in value]
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


def decode(value):
    """What `encode` was given; a Series comes back as one, a tuple as a list."""
    if isinstance(value, list):
        return [decode(one) for one in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1 and "frame" in value:
        return _decoded(value["frame"])
    if len(value) == 1 and (kind := next(iter(value))) in _KINDS:
        return _KINDS[kind](value[kind])
    return {name: decode(one) for name, one in value.items()}


def as_text(value):
    """JSON of an encoded value, the same for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def texts(value):
    """Every text within an encoded value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts(one)


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
        dtype, categories = "category", [encode(one) for one in values.cat.categories]
    cells = [encode(one) for one in values.astype("object")]
    return {"name": name, "dtype": dtype, "categories": categories, "cells": cells}


def _decoded(told):
    columns = {column["name"]: _series(column) for column in told["columns"]}
    index = pd.RangeIndex(told["rows"])
    if told["index"]:
        levels = [pd.Index(_series(column), name=column["name"]) for column in told["index"]]
        index = levels[0] if len(levels) == 1 else pd.MultiIndex.from_arrays(levels)
    table = pd.DataFrame(
        {name: values.to_numpy() if values.dtype == object else values.array for name, values in columns.items()}, index
    )
    return table.iloc[:, 0].rename(told["columns"][0]["name"]) if told["series"] else table


def _series(column):
    cells = [decode(cell) for cell in column["cells"]]
    if column["categories"] is not None:
        return pd.Series(pd.Categorical(cells, [decode(one) for one in column["categories"]], ordered=True))
    dtype = column["dtype"]
    if dtype.startswith(("float", "int", "bool", "str", "Int", "Float", "boolean")):
        return pd.Series(cells, dtype=dtype)
    return pd.Series(cells, dtype="object") if dtype == "object" else pd.Series(cells).astype(dtype)
