"""What was made already. Whatever a run makes has a key, the hash of all that decides its bytes.

A run notes which files it made of which key; a later one takes them over while they have the hashes of its manifest.
"""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from custlib.report.archive import manifest
from custlib.report.notebook import lineage, notebooks


class Made(NamedTuple):
    """Files that were made: the folder of their run, their names within it, seconds that it took."""

    folder: Path
    files: tuple
    seconds: float = 0.0


class Cache:
    """What earlier runs made, by key, and what this one notes: `noted` goes into its manifest as `made`.

    runs: folders of runs, in which to look.
    """

    def __init__(self, runs=()):
        self.noted, self._runs = {}, [(folder, manifest.load(folder) or {}) for folder in runs]

    def find(self, key: str) -> Made | None:
        """What an earlier run made of this key; None if none did, or a file is not as it was made."""
        for folder, content in self._runs:
            names = content.get("made", {}).get(key)
            if names and all(_stands(folder / name, content["outputs"].get(name)) for name in names):
                return Made(folder, tuple(names))
        return None

    def executed(self, executions: dict) -> dict[str, Made]:
        """The notebooks that need not be executed; executions: as `keys` gives them."""
        made = {stem: self.find(execution["key"]) for stem, execution in executions.items()}
        return {stem: one._replace(seconds=_seconds(one.folder, stem)) for stem, one in made.items() if one}

    def look_up(self, made_of, name: str) -> Made | None:
        """What an earlier run made of the same, or None; this run's file `name` is noted as made of it."""
        key = manifest.hash_of(made_of)
        self.noted[key] = [name]
        return self.find(key)

    def text(self, name: str, made_of, make: Callable[[], str]) -> str:
        """A text file of this run, made anew or taken over; made_of: all that decides it, as JSON can write it."""
        made = self.look_up(made_of, name)
        return (made.folder / made.files[0]).read_bytes().decode() if made else make()


def _seconds(folder, stem):
    return manifest.times(folder).get("seconds", {}).get(stem, 0.0)


def _stands(path, content):
    return path.is_file() and manifest.hash_file(path) == content


def runs(place: Path) -> list[Path]:
    """The folders of a quarter's runs, the newest first: what is taken over comes of the run that a person saw last."""
    ended = {folder: manifest.times(folder).get("ended", "") for folder in place.glob("*/") if manifest.load(folder)}
    return sorted(ended, key=lambda folder: (ended[folder], folder.name), reverse=True)


def shared(made_of: dict) -> list:
    """The parts of a run's key that every text and page hangs on."""
    return [made_of[part] for part in ("code", "words", "versions")]


def keys(books, waits: dict, made_of: dict) -> dict[str, dict]:
    """What decides a notebook's results: stem → {"cells": hash of its code cells, "key": hash of all}.

    waits: as `scheduler.waits` gives it; a notebook hangs on those whose tables it loads. made_of: a run's key
    (`manifest.key`). Prose does not count, and words and language only for a notebook that makes words itself.
    """
    by_stem, executions = {book.stem: book for book in books}, dict[str, dict]()
    for stem, before in waits.items():
        book = by_stem[stem]
        cells = manifest.hash_of([[cell.source, list(notebooks.tags(cell))] for cell in notebooks.code(book.node)])
        own = [stem, cells, parameters_of(book, made_of), inputs_of(book, made_of)]
        whole = [*own, made_of["code"], made_of["versions"], sorted(executions[one]["key"] for one in before)]
        executions[stem] = {"cells": cells, "key": manifest.hash_of(whole)}
    return executions


def parameters_of(book, made_of: dict) -> dict:
    """The parameters that decide a notebook's results."""
    values = made_of["parameters"]["notebooks"].get(book.stem, {})
    return {name: value for name, value in values.items() if name != "lang" or lineage.makes_words(book.node.cells)}


def inputs_of(book, made_of: dict) -> dict:
    """The files that decide a notebook's results: name → hash."""
    return made_of["inputs"] | (made_of.get("words", {}) if lineage.makes_words(book.node.cells) else {})
