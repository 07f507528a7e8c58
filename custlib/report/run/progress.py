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
        "expected": "{stem}: started, {cells} cells, took {seconds:.0f} s last time",
        "left": "about {seconds:.0f} s left",
        "done": "{stem}: done in {seconds:.1f} s",
        "failed": "{stem}: failed",
        "stopped": "{stem}: stopped",
        "taken": "{stem}: unchanged, taken over from run {run}",
        "waiting": "waiting",
    },
    "zh": {
        "cleaning": "读取并清洗导出文件",
        "contracts": "检查各表的规则",
        "pages": "生成页面",
        "no pdf": "没有首页的 PDF：本机没有可用的 Chromium",
        "started": "{stem}：开始，共 {cells} 个单元格",
        "expected": "{stem}：开始，共 {cells} 个单元格，上次用时 {seconds:.0f} 秒",
        "left": "约剩 {seconds:.0f} 秒",
        "done": "{stem}：完成，用时 {seconds:.1f} 秒",
        "failed": "{stem}：失败",
        "stopped": "{stem}：已停止",
        "taken": "{stem}：没有变化，沿用运行 {run} 的结果",
        "waiting": "等待",
    },
}


class Log:
    """One dated line per event. All methods may be called from several threads."""

    def __init__(self, console, lang):
        self._console, self._words, self._started, self._expected = console, WORDS[lang], {}, {}

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None

    def expect(self, seconds):
        """How many seconds each notebook took the last time: stem → seconds; those that are not known are left out."""
        self._expected = seconds

    def step(self, name):
        """A step of the run itself: "cleaning", "contracts", "pages" or "no pdf"."""
        self._say(self._words[name])

    def detail(self, text):
        """What a step is at, such as a file; a log stays silent about it."""

    def start(self, stem, cells):
        """A notebook with so many cells to run starts."""
        self._started[stem] = time.monotonic()
        words = self._words["expected" if stem in self._expected else "started"]
        self._say(words.format(stem=stem, cells=cells, seconds=self._expected.get(stem)))

    def cell(self, stem, done, heading):
        """A cell starts, below this heading; a log stays silent about it."""

    def end(self, stem, state):
        """A notebook ended: "done", "failed" or "stopped" (because another failed)."""
        seconds = time.monotonic() - self._started[stem]
        self._say(self._words[state].format(stem=stem, seconds=seconds))

    def taken(self, stem, run):
        """A notebook is not executed: its results are those of an earlier run."""
        self._say(self._words["taken"].format(stem=stem, run=run))

    def _say(self, line):
        self._console.print(
            f"{datetime.now():%Y-%m-%d %H:%M:%S}  {line}", markup=False, highlight=False, soft_wrap=True
        )


class Live:
    """A line for each notebook with a bar of its cells, the time, what is left and the heading it is at; methods as `Log`."""

    def __init__(self, console, lang):
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        self._words, self._tasks, self._expected = WORDS[lang], {}, {}
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(24),
            TextColumn("{task.fields[count]}"),
            TimeElapsedColumn(),
            _left_column(self._words["left"]),
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
        self._tasks[""] = self._progress.add_task(self._words[name], total=None, count="", heading="")

    def detail(self, text):
        self._progress.update(self._tasks[""], heading=text[:40])

    def start(self, stem, cells):
        self._finish_step()
        expected = self._expected.get(stem)
        fields = {"count": f"0/{cells}", "heading": "", "expected": expected}
        self._tasks[stem] = self._progress.add_task(stem, total=cells, **fields)

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

    def taken(self, stem, run):
        self._finish_step()
        task = self._progress.add_task(stem, total=1, completed=1, count="", heading="")
        self._progress.update(task, heading=self._words["taken"].format(stem=stem, run=run)[:60])
        self._progress.stop_task(task)

    def _finish_step(self):
        if "" in self._tasks:
            self._progress.update(self._tasks.pop(""), total=1, completed=1, heading="")


def _left_column(words):
    """What is left of the time that a notebook took last time; empty without one, and when it is done or takes longer."""
    from rich.progress import ProgressColumn

    class Left(ProgressColumn):
        def render(self, task):
            left = (task.fields.get("expected") or 0) - (task.elapsed or 0)
            running = left > 0 and not task.finished and task.stop_time is None
            return words.format(seconds=left) if running else ""

    return Left()


def watch(console, lang):
    """`Live` on a terminal, `Log` elsewhere; both are context managers."""
    return (Live if console.is_terminal else Log)(console, lang)
