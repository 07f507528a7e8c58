"""What the reports of the parts of a company share: their work, their progress, and folders with names of their own."""

import copy
import hashlib
import re
import threading
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace

from custlib import project
from custlib.report.failures import NotebookFailed

NOT_KNOWN = "~not-known"
PLAIN = re.compile(r"[\w-]+(?: [\w-]+)*")
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|\d{4}Q\d)", re.IGNORECASE)
LONGEST = 40  # characters; three bytes each leave room for a mark within the 255 of a name


def folder_names(values):
    """Part → the name of its folder, safe on every system; two parts never share one, even where case is not told apart.

    A value of letters, digits, hyphens and single spaces is its own name. Any other, a reserved or a long one, one
    that begins like a quarter, and those that differ in case only, keep what is plain and get a mark: "a/b" → "a b~c14cddc0".
    """
    alike = Counter(map(_folded, values))
    return {value: _name(value, alike[_folded(value)] > 1) for value in values}


def _folded(value):
    return unicodedata.normalize("NFKC", value).casefold()


def _name(value, shared):
    if not value:
        return NOT_KNOWN
    odd = not PLAIN.fullmatch(value) or RESERVED.fullmatch(value) or len(value) > LONGEST
    if not odd and not shared and value == unicodedata.normalize("NFC", value):
        return value
    plain = " ".join(re.findall(r"[\w-]+", unicodedata.normalize("NFC", value)))[:LONGEST].strip()
    return f"{plain}~{hashlib.sha256(value.encode()).hexdigest()[:8]}"


@dataclass(frozen=True)
class Unit:
    """The report of one part, as `waves.in_waves` takes it."""

    stem: str
    plan: object
    wave: int = 0


class Progress:
    """The progress of one part within that of all: its notebooks carry its name, steps of its own stay silent."""

    def __init__(self, watch, name):
        self._watch, self._name = watch, name

    def expect(self, seconds):
        """Silent: the parts are at work side by side, so that the last run's seconds tell nothing."""

    def step(self, name):
        """Silent; see `progress.Log`."""

    def detail(self, text):
        """Silent; see `progress.Log`."""

    def start(self, stem, cells):
        self._watch.start(self._named(stem), cells)

    def cell(self, stem, done, heading):
        self._watch.cell(self._named(stem), done, heading)

    def end(self, stem, state):
        self._watch.end(self._named(stem), state)

    def taken(self, stem, run):
        self._watch.taken(self._named(stem), run)

    def _named(self, stem):
        return f"{self._name} · {stem}"


class Once:
    """The steps of all parts' runs: what is the same for every part is done once, whichever part comes to it first."""

    def __init__(self, steps, books, clean):
        self._execute, self._promised = steps.execute, steps.promised
        self._locks = {book.stem: threading.Lock() for book in books}
        self._made, self._kernels, self._ended = {}, [], False
        self.steps = replace(
            steps,
            open_tables=lambda data_dir, said, engine: clean,
            check_quarter=lambda clean, quarter, unfinished: None,
            check_contracts=lambda clean, data_dir: None,
            check_kernel=lambda: None,
            execute=self.execute,
        )

    def end(self):
        """Ends the kernels of all parts; what they do from now on is interrupted."""
        self._ended = True
        for kernels in list(self._kernels):
            kernels.end()

    def execute(self, book, values, **options):
        """As `execution.execute`; a notebook without a parameter `part` runs once, and every part gets its tables."""
        if "part" in values:
            return self._run(book, values, **options)
        with self._locks[book.stem]:
            if book.stem not in self._made:
                node = self._run(book, values, **options)
                self._made[book.stem] = node, self._tables(book, values)
        node, tables = self._made[book.stem]
        for path, content in tables.items():
            (_folder(values) / path).write_bytes(content)
        return copy.deepcopy(node)

    def _run(self, book, values, *, kernels, **options):
        self._kernels.append(kernels)
        if self._ended:
            raise KeyboardInterrupt
        try:
            return self._execute(book, values, kernels=kernels, **options)
        except NotebookFailed:
            if self._ended:
                raise KeyboardInterrupt from None
            raise

    def _tables(self, book, values):
        paths = [f"tables/{name}.{kind}" for name in self._promised(book.stem) for kind in ("parquet", "csv")]
        found = {path: _folder(values) / path for path in paths}
        return {path: file.read_bytes() for path, file in found.items() if file.is_file()}


def _folder(values):
    return project.resolve(values["out_dir"])
