"""Where things lie: the project's root is the nearest folder, from the working directory up, with the notebooks."""

import os
from functools import lru_cache
from pathlib import Path

from custlib.refusals import Refused


def root(start: str | Path | None = None) -> Path:
    """The project's root, searched from `start` (default: the working directory) up. Raises Refused (`no_project`)."""
    return _nearest(os.path.abspath(start or "."))


@lru_cache  # terms and headers ask for it thousands of times a page
def _nearest(start):
    here = Path(start).resolve()
    for folder in (here, *here.parents):
        if (folder / "notebooks").is_dir() and (folder / "pyproject.toml").is_file():
            return folder
    raise Refused("no_project", folder=here)


def resolve(path: str | Path) -> Path:
    """An absolute path; a relative one counts from the project's root, so that notebooks find their data anywhere."""
    path = Path(path)
    return path if path.is_absolute() else root() / path


def reference(name: str, data_dir: str | Path | None = None) -> Path:
    """The path of a reference table: the data folder's own copy (`reference/NAME`) if present, else the project's."""
    if data_dir is not None:
        own = resolve(data_dir) / "reference" / name
        if own.is_file():
            return own
    return root() / "data" / "reference" / name
