"""Progress of a run, for a person at a terminal and for a log."""

import time
from datetime import datetime

from custlib import escaping, words
from custlib.report import files


class Silent:
    """Hears of everything and says nothing. All methods may be called from several threads."""

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None

    def expect(self, seconds):
        """How many seconds each notebook took the last time: stem → seconds; those that are not known are left out."""

    def step(self, name):
        """A step of the run itself: "cleaning", "contracts", "pages", "profiles" or "no_pdf"."""

    def detail(self, text):
        """What a step is at, such as a file."""

    def start(self, stem, cells):
        """A notebook with so many cells to run starts."""

    def cell(self, stem, done, heading):
        """A cell starts, below this heading."""

    def end(self, stem, state):
        """A notebook ended: "done", "failed" or "stopped" (because another failed)."""

    def taken(self, stem, run):
        """A notebook is not executed: its results are those of an earlier run."""

    def took(self, memory, report, tables):
        """What the run took, in bytes: the most memory at once, its report and all clean tables on the disk."""


class Log(Silent):
    """One dated line per event, none of cells and files."""

    def __init__(self, console, lang):
        self._console, self._lang, self._started, self._expected = console, lang, {}, {}

    def expect(self, seconds):
        self._expected = seconds

    def step(self, name):
        self._say(name)

    def start(self, stem, cells):
        self._started[stem] = time.monotonic()
        key = "expected" if stem in self._expected else "started"
        self._say(key, stem=stem, cells=cells, seconds=self._expected.get(stem))

    def end(self, stem, state):
        self._say(state, stem=stem, seconds=time.monotonic() - self._started[stem])

    def taken(self, stem, run):
        self._say("taken", stem=stem, run=run)

    def took(self, **sizes):
        self._say("took", **_in_bytes(sizes))

    def _say(self, key, **facts):
        line = words.say("progress", key, self._lang, **facts)
        dated = f"{datetime.now():%Y-%m-%d %H:%M:%S}  {line}"
        self._console.print(escaping.terminal(dated), markup=False, highlight=False, soft_wrap=True)


class Live(Silent):
    """A line for each notebook with a bar of its cells, the time, what is left and the heading it is at."""

    def __init__(self, console, lang):
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        self._lang, self._tasks, self._expected = lang, {}, {}
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(24),
            TextColumn("{task.fields[count]}"),
            TimeElapsedColumn(),
            _left_column(lang),
            TextColumn("{task.fields[heading]}", markup=False, style="dim"),
            console=console,
        )

    def __enter__(self):
        self._progress.start()
        return self

    def __exit__(self, *error):
        self._finish_step()
        self._progress.stop()

    def expect(self, seconds):
        self._expected = seconds

    def step(self, name):
        self._finish_step()
        text = words.say("progress", name, self._lang)
        self._tasks[""] = self._progress.add_task(text, total=None, count="", heading="")

    def detail(self, text):
        self._progress.update(self._tasks[""], heading=escaping.terminal(text)[:40])

    def start(self, stem, cells):
        self._finish_step()
        expected = self._expected.get(stem)
        fields = {"count": f"0/{cells}", "heading": "", "expected": expected}
        self._tasks[stem] = self._progress.add_task(escaping.terminal(stem), total=cells, **fields)

    def cell(self, stem, done, heading):
        task = self._progress.tasks[self._tasks[stem]]
        self._progress.update(
            task.id, completed=done, count=f"{done}/{task.total}", heading=escaping.terminal(heading)[:40]
        )

    def end(self, stem, state):
        task = self._progress.tasks[self._tasks[stem]]
        text = words.say("progress", state, self._lang, stem=stem, seconds=task.elapsed or 0)
        if state == "done":
            self._progress.update(task.id, completed=task.total, count=f"{task.total}/{task.total}", heading="")
        else:
            self._progress.update(task.id, heading=text)
        self._progress.stop_task(task.id)

    def taken(self, stem, run):
        self._finish_step()
        task = self._progress.add_task(escaping.terminal(stem), total=1, completed=1, count="", heading="")
        self._progress.update(task, heading=words.say("progress", "taken", self._lang, stem=stem, run=run)[:60])
        self._progress.stop_task(task)

    def took(self, **sizes):
        self._finish_step()
        self._progress.console.print(words.say("progress", "took", self._lang, **_in_bytes(sizes)), highlight=False)

    def _finish_step(self):
        if "" in self._tasks:
            self._progress.update(self._tasks.pop(""), total=1, completed=1, heading="")


def _in_bytes(sizes):
    return {name: files.in_bytes(size) for name, size in sizes.items()}


def _left_column(lang):
    """What is left of the time that a notebook took last; empty if unknown, and when it is done or takes longer."""
    from rich.progress import ProgressColumn

    class Left(ProgressColumn):
        def render(self, task):
            left = (task.fields.get("expected") or 0) - (task.elapsed or 0)
            running = left > 0 and not task.finished and task.stop_time is None
            return words.say("progress", "left", lang, seconds=left) if running else ""

    return Left()


def watch(console, lang):
    """`Live` on a terminal, `Log` elsewhere; both are context managers."""
    return (Live if console.is_terminal else Log)(console, lang)
