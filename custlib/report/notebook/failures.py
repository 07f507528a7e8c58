"""A notebook that failed: where, at which line of the analyst's code, and how to open it."""

import contextlib
import dataclasses
import re
from pathlib import Path

from custlib import words
from custlib.refusals import Refused
from custlib.report.notebook import notebooks


@dataclasses.dataclass
class NotebookFailed(Exception):
    """A notebook did not give the evidence of success.

    kind: `failed_…` of words/report.csv; heading: the nearest above the cell; cell: the n of `In [n]` after Run all
    (None: no cell is to blame); line: the last line of the analyst's code that ran; error: the exception's class, or
    the missing table; message: what the exception said. It may quote a customer: it is never written to a file.
    page: where its error page lies, once the run has written one. folder: its own in `notebooks/`.
    """

    notebook: str
    kind: str
    heading: str = ""
    cell: int | None = None
    line: str = ""
    error: str = ""
    message: str = ""
    page: Path | None = None
    folder: str = "."

    def __reduce__(self):
        return NotebookFailed, dataclasses.astuple(self)

    @property
    def exit_code(self):
        """5 if its page could not be made, else 1."""
        return 5 if self.kind == "rendering" else 1

    @property
    def command(self):
        """The command that opens the notebook."""
        return f"jupyter lab {(Path('notebooks') / self.folder / self.notebook).as_posix()}.ipynb"

    def describe(self, lang: str = "en") -> str:
        """One line for the reader: where, what happened, which line of code."""
        marks = words.table("languages")[lang]
        cell = words.say("report", "failed_cell", lang, cell=self.cell) if self.cell else ""
        heading = f"“{self.heading}”" if self.heading else ""
        where = marks["comma"].join(filter(None, [self.notebook, heading, cell]))
        what = words.say("report", f"failed_{self.kind.replace(' ', '_')}", lang, error=self.error)
        line = self.line
        if line:  # only an exception says at which line it was raised
            raised = self.kind == "error"
            line = marks["colon"] + line if raised else words.say("report", "failed_line", lang, line=line)
        return f"{where}{marks['colon']}{what}{line}"

    def __str__(self):
        return self.describe()


@contextlib.contextmanager
def rendering(stem: str):
    """Turns whatever goes wrong while a notebook is put into words or on a page into its failure; a refusal stays."""
    try:
        yield
    except Refused:
        raise
    except Exception as error:
        raise NotebookFailed(stem, "rendering", error=type(error).__name__, message=str(error)) from error


def at_cell(notebook, cells, index, kind, lang, reply=None):
    """The failure at `cells[index]` of an executed notebook; `reply`: its error output, if there is one."""
    cell = cells[index]
    return NotebookFailed(
        notebook=notebook,
        kind=kind,
        heading=notebooks.heading_above(cells, index, lang),
        cell=sum(notebooks.runs(c) and "injected-parameters" not in notebooks.tags(c) for c in cells[: index + 1]),
        line=_last_line(cell, reply),
        error=reply.ename if reply else "",
        message=reply.evalue if reply else "",
    )


def _last_line(cell, reply):
    """The line of the cell that the traceback names last; without one, the cell's last line of code."""
    lines = cell.source.splitlines()
    trace = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(reply.traceback)) if reply else ""
    named = re.findall(rf"Cell In\[{cell.execution_count}\], line (\d+)", trace)
    if named and int(named[-1]) <= len(lines):
        return lines[int(named[-1]) - 1].strip()
    code = [line.strip() for line in lines if line.strip() and not line.strip().startswith("#")]
    return code[-1] if code else ""
