"""What a run was made of and what it made: the key that names it, and the manifest that proves it."""

import contextlib
import hashlib
import importlib.metadata
import json
import platform
from pathlib import Path
from typing import NamedTuple

import custlib
from custlib import codebook
from custlib.refusals import Refused
from custlib.report import files
from custlib.report.notebook import notebooks

NAME, TIMES = "manifest.json", "times.json"
WORDS = ("codebook.csv", "glossary.csv")  # reference tables that say how results are told
PACKAGES = (  # those that can change a byte of a report
    "beautifulsoup4 duckdb fonttools ibis-framework ipykernel ipywidgets jinja2 matplotlib mistune nbclient nbformat "
    "numpy pandas papermill pyarrow python-calamine rapidfuzz scikit-learn scipy seaborn sqlglot uharfbuzz xlsxwriter"
).split()


class Snapshot(NamedTuple):
    """What lay there when a run began.

    inputs: file → hash, of the exports and reference tables; code: hash of custlib; words: file or folder → hash, of
    what only says how results are told. A changed word executes no notebook again.
    """

    inputs: dict
    code: str
    words: dict


def hash_of(value) -> str:
    """SHA-256 of a value that JSON can write."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def hash_file(path) -> str:
    """SHA-256 of a file's bytes."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def hash_folder(folder, leave_out=()) -> dict[str, str]:
    """Path within the folder → SHA-256, sorted; hidden files and Excel's lock files (`~$…`) do not count."""
    inside = {path.relative_to(folder): path for path in Path(folder).rglob("*") if path.is_file()}
    return {
        name.as_posix(): hash_file(path)
        for name, path in sorted(inside.items())
        if name.as_posix() not in leave_out and not any(part.startswith((".", "~$")) for part in name.parts)
    }


def snapshot(data_dir, root: Path) -> Snapshot:
    """What a run that begins now would read. Raises Refused (`cannot_read`).

    Of the codebook only which columns there are decides results; glossary and custlib/words decide none.
    """
    try:
        exports, reference = hash_folder(data_dir), hash_folder(root / "data" / "reference")
    except OSError as error:
        raise Refused("cannot_read", file=error.filename, reason=error.strerror) from error
    inputs = exports | {f"data/reference/{name}": value for name, value in reference.items() if name not in WORDS}
    own = {f"data/reference/{name}": reference[name] for name in WORDS if name in reference}
    if "codebook.csv" in reference:
        inputs["data/reference/codebook.csv, columns"] = hash_of(codebook.made())
    return Snapshot(inputs, code(), {"custlib/words": words(), **own})


def code() -> str:
    """SHA-256 of custlib's own files but its words, compiled ones left out."""
    return hash_of(_package(words=False))


def words() -> str:
    """SHA-256 of custlib's words: sentence templates and lists of texts."""
    return hash_of(_package(words=True))


def _package(words):
    hashes = hash_folder(Path(custlib.__file__).parent)
    own = [name for name in hashes if "__pycache__" not in name]
    return {name: hashes[name] for name in own if (name.startswith("words/") and name[-3:] != ".py") == words}


def versions() -> dict[str, str]:
    """Package → version, of the packages that can change a byte of a report."""
    installed = {}
    for name in PACKAGES:
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            installed[name] = importlib.metadata.version(name)
    return {"python": platform.python_version()} | installed


def key(books, parameters: dict, snapshot: Snapshot, clean_key: str | None) -> dict:
    """Everything that decides a report's bytes: notebooks (`Notebook`), parameters, snapshot, clean data, versions."""
    identities = {book.stem: hash_of(notebooks.identity(book)) for book in books}
    own = {"notebooks": identities, "parameters": parameters, "clean": clean_key, "versions": versions()}
    return own | snapshot._asdict()


def run_id(made_of: dict) -> str:
    """The name of a run: the first 12 hex digits of the hash of its key."""
    return hash_of(made_of)[:12]


def outputs(folder) -> dict[str, str]:
    """The hashes of a run's files but the manifest, the times, and PDFs, which another Chromium prints differently."""
    return {name: value for name, value in hash_folder(folder, (NAME, TIMES)).items() if not name.endswith(".pdf")}


def differing(before: dict, now: dict) -> list[str]:
    """The names whose values differ, or that only one of the two has."""
    return [name for name in {**before, **now} if before.get(name) != now.get(name)]


def write(folder, made_of, **facts):
    """Writes the manifest, the last file of a run."""
    content = {"run": run_id(made_of), **facts, "made_of": made_of, "outputs": outputs(folder)}
    files.write(folder / NAME, as_text(content))


def as_text(content):
    """JSON for people and programs: sorted, indented, Chinese as it is."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, indent=1) + "\n"


def verified(folder: Path) -> dict | None:
    """The manifest of a run folder; None if it is not whole: no manifest, or a file missing, added or changed."""
    content = load(folder)
    return content if content and content["outputs"] == outputs(folder) else None


def load(folder: Path) -> dict | None:
    """The manifest of a run folder, whether its files are as it says or not; None if it cannot be read."""
    content = _json(folder / NAME)
    return content if content.keys() >= {"run", "made_of", "outputs"} else None


def times(folder: Path) -> dict:
    """When a run started and ended and how many seconds each notebook took; empty if that is not known."""
    return _json(folder / TIMES)


def _json(path):
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
