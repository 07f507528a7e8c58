"""A notebook that failed: where, at which line of the analyst's code, and how to open it."""

import dataclasses
import re
from pathlib import Path

from custlib.report.notebook import notebooks

WHAT = {
    "error": ("{error} was raised", "引发了 {error}"),
    "dead kernel": ("its kernel died (out of memory, or ended from outside)", "内核已终止（内存不足，或被外部结束）"),
    "timeout": ("it ran longer than one cell may (see --cell-seconds)", "运行时间超过单元格上限（见 --cell-seconds）"),
    "exit": ("it ends the notebook early ({error})", "提前结束了笔记本（{error}）"),
    "not run": ("it did not run, or not in its turn", "没有运行，或没有按顺序运行"),
    "missing table": (
        "the result table “{error}” was promised, but is missing or cannot be read",
        "应生成的结果表“{error}”缺失或无法读取",
    ),
    "rendering": ("it ran, but its page could not be made ({error})", "已运行，但页面生成失败（{error}）"),
}


@dataclasses.dataclass
class NotebookFailed(Exception):
    """A notebook did not give the evidence of success.

    kind: a key of `WHAT`; heading: the nearest above the cell; cell: the n of `In [n]` after Run all (None: no cell is
    to blame); line: the last line of the analyst's code that ran; error: the exception's class, or the missing table.
    message: what the exception said. It may quote a customer: it is for the terminal only, never written to a file.
    page: where its error page lies, once the run has written one.
    """

    notebook: str
    kind: str
    heading: str = ""
    cell: int | None = None
    line: str = ""
    error: str = ""
    message: str = ""
    page: Path | None = None

    def __reduce__(self):
        return NotebookFailed, dataclasses.astuple(self)

    @property
    def exit_code(self):
        """5 if its page could not be made, else 1."""
        return 5 if self.kind == "rendering" else 1

    @property
    def command(self):
        """The command that opens the notebook."""
        return f"jupyter lab notebooks/{self.notebook}.ipynb"

    def describe(self, lang="en"):
        """One line for the reader in "en" or "zh": where, what happened, which line of code."""
        zh = lang == "zh"
        what = WHAT[self.kind][zh].format(error=self.error)
        cell = self.cell and (f"第 {self.cell} 个代码单元格" if zh else f"code cell {self.cell}")
        heading = self.heading and (f"“{self.heading}”")
        where = ("，" if zh else ", ").join(str(part) for part in (self.notebook, heading, cell) if part)
        colon = "：" if zh else ": "
        if self.kind == "error" or not self.line:
            return f"{where}{colon}{what}" + (f"{colon}{self.line}" if self.line else "")
        # Only an exception says at which line it was raised.
        line = f"；该单元格最后一行为 {self.line}" if zh else f"; the cell ends with: {self.line}"
        return f"{where}{colon}{what}{line}"

    def __str__(self):
        return self.describe()


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
