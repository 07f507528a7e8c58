"""Progress of a run, for a person at a terminal and for a log."""

import time
from datetime import datetime

WORDS = {
    "en": {
        "cleaning": "reading and cleaning the exports",
        "contracts": "checking the contracts of the tables",
        "pages": "making the pages",
        "no pdf": "no PDF of the front page: no Chromium here printed it",
        "started": "{stem}: started, {cells} cells",
        "done": "{stem}: done in {seconds:.1f} s",
        "failed": "{stem}: failed",
        "stopped": "{stem}: stopped",
        "waiting": "waiting",
    },
    "zh": {
        "cleaning": "读取并清洗导出文件",
        "contracts": "检查各表的规则",
        "pages": "生成页面",
        "no pdf": "没有首页的 PDF：本机没有可用的 Chromium",
        "started": "{stem}：开始，共 {cells} 个单元格",
        "done": "{stem}：完成，用时 {seconds:.1f} 秒",
        "failed": "{stem}：失败",
        "stopped": "{stem}：已停止",
        "waiting": "等待",
    },
}


class Log:
    """One dated line per event. All methods may be called from several threads."""

    def __init__(self, console, lang):
        self._console, self._words, self._started = console, WORDS[lang], {}

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None

    def step(self, name):
        """A step of the run itself: "cleaning", "contracts", "pages" or "no pdf"."""
        self._say(self._words[name])

    def detail(self, text):
        """What a step is at, such as a file; a log stays silent about it."""

    def start(self, stem, cells):
        """A notebook with so many cells to run starts."""
        self._started[stem] = time.monotonic()
        self._say(self._words["started"].format(stem=stem, cells=cells))

    def cell(self, stem, done, heading):
        """A cell starts, below this heading; a log stays silent about it."""

    def end(self, stem, state):
        """A notebook ended: "done", "failed" or "stopped" (because another failed)."""
        seconds = time.monotonic() - self._started[stem]
        self._say(self._words[state].format(stem=stem, seconds=seconds))

    def _say(self, line):
        self._console.print(
            f"{datetime.now():%Y-%m-%d %H:%M:%S}  {line}", markup=False, highlight=False, soft_wrap=True
        )


class Live:
    """A line for each notebook with a bar of its cells, the time and the heading it is at; methods as `Log`."""

    def __init__(self, console, lang):
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        self._words, self._tasks = WORDS[lang], {}
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(24),
            TextColumn("{task.fields[count]}"),
            TimeElapsedColumn(),
            TextColumn("{task.fields[heading]}", markup=False, style="dim"),
            console=console,
        )

    def __enter__(self):
        self._progress.start()
        return self

    def __exit__(self, *error):
        self._finish_step()
        self._progress.stop()

    def step(self, name):
        self._finish_step()
        self._tasks[""] = self._progress.add_task(self._words[name], total=None, count="", heading="")

    def detail(self, text):
        self._progress.update(self._tasks[""], heading=text[:40])

    def start(self, stem, cells):
        self._finish_step()
        self._tasks[stem] = self._progress.add_task(stem, total=cells, count=f"0/{cells}", heading="")

    def cell(self, stem, done, heading):
        task = self._progress.tasks[self._tasks[stem]]
        self._progress.update(task.id, completed=done, count=f"{done}/{task.total}", heading=heading[:40])

    def end(self, stem, state):
        task = self._progress.tasks[self._tasks[stem]]
        text = self._words[state].format(stem=stem, seconds=task.elapsed or 0)
        if state == "done":
            self._progress.update(task.id, completed=task.total, count=f"{task.total}/{task.total}", heading="")
        else:
            self._progress.update(task.id, heading=text)
        self._progress.stop_task(task.id)

    def _finish_step(self):
        if "" in self._tasks:
            self._progress.update(self._tasks.pop(""), total=1, completed=1, heading="")


def watch(console, lang):
    """`Live` on a terminal, `Log` elsewhere; both are context managers."""
    return (Live if console.is_terminal else Log)(console, lang)
