"""A sales company's quarterly customer workbook; notebooks and the command line share this package."""

import importlib

__version__ = "0.1.0"


def __getattr__(name):
    # `import custlib` loads nothing; `custlib.page` is loaded when it is first named
    if name == "page":
        return importlib.import_module("custlib.page")
    raise AttributeError(f"custlib has no {name}")
