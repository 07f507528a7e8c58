"""What was made already: whatever a run makes has a key, the hash of all that decides its bytes; a run notes which files it made of which
key, and a later one takes them over as long as they still have the hashes that the manifest names."""

from typing import NamedTuple

from custlib.report.archive import manifest
from custlib.report.notebook import lineage, notebooks

SHOWN = ("code", "words", "versions")  # parts of a run's key that every text and page hangs on


class Made(NamedTuple):
    """Files that were made: the folder of their run, their names within it, seconds that it took."""

    folder: object
    files: tuple
    seconds: float = 0.0


class Cache:
    """What earlier runs made, by key, and what this one notes: `noted` goes into its manifest as `made`.

    runs: folders of runs, in which to look.
    """

    def __init__(self, runs=()):
        self.noted, self._runs = {}, [(folder, manifest.told(folder) or {}) for folder in runs]

    def find(self, key):
        """What an earlier run made of this key, as `Made`; None if none did, or a file is not as it was made."""
        for folder, told in self._runs:
            names = told.get("made", {}).get(key)
            if names and all(_stands(folder / name, told["outputs"].get(name)) for name in names):
                return Made(folder, tuple(names))
        return None

    def executed(self, executions):
        """The notebooks that need not be executed: stem → `Made`; executions: as `keys` gives them."""
        found = {stem: self.find(one["key"]) for stem, one in executions.items()}
        return {stem: one._replace(seconds=seconds(one.folder, stem)) for stem, one in found.items() if one}

    def look_up(self, made_of, name):
        """What an earlier run made of the same, as `Made`, or None; this run's file `name` is noted as made of it."""
        key = manifest.hash_of(made_of)
        self.noted[key] = [name]
        return self.find(key)

    def text(self, name, made_of, make):
        """A text file of this run, made anew or taken over; made_of: all that decides it, as JSON can write it."""
        one = self.look_up(made_of, name)
        return (one.folder / one.files[0]).read_bytes().decode() if one else make()


def seconds(folder, stem):
    """How long a notebook of a run took to execute."""
    return manifest.times(folder).get("seconds", {}).get(stem, 0.0)


def _stands(path, content):
    return path.is_file() and manifest.hash_file(path) == content


def runs(place):
    """The folders of a quarter's runs that are kept."""
    return sorted(folder for folder in place.glob("*/") if manifest.told(folder))


def keys(books, waits, made_of):
    """What decides a notebook's results: stem → {"cells": hash of its code cells, "key": hash of all}.

    waits: as `scheduler.waits` gives it; a notebook hangs on those whose tables it loads. made_of: a run's key (`manifest.key`). Prose does
    not count, and words and language only for a notebook that makes words itself.
    """
    own, executions = {book.stem: book for book in books}, {}
    for stem, before in waits.items():
        book = own[stem]
        cells = manifest.hash_of([[cell.source, list(notebooks.tags(cell))] for cell in notebooks.code(book.node)])
        whole = [stem, cells, asked(book, made_of), read(book, made_of), made_of["code"], made_of["versions"]]
        whole.append(sorted(executions[one]["key"] for one in before))
        executions[stem] = {"cells": cells, "key": manifest.hash_of(whole)}
    return executions


def asked(book, made_of):
    """The parameters that decide a notebook's results."""
    given = made_of["parameters"]["notebooks"].get(book.stem, {})
    return {name: value for name, value in given.items() if name != "lang" or lineage.makes_words(book.node.cells)}


def read(book, made_of):
    """The files that decide a notebook's results: name → hash."""
    return made_of["inputs"] | (made_of.get("words", {}) if lineage.makes_words(book.node.cells) else {})
