"""What the reports of a company's parts share: ports and progress."""

from dataclasses import replace

from custlib.report.notebook import NotebookFailed, notebooks
from custlib.report.run import progress


def cells_run(plan) -> int:
    """How many cells of a part's own notebooks run."""
    return sum(notebooks.cells_run(book) for book in plan.books if book.stem not in plan.taken)


class Progress(progress.Silent):
    """The progress of one part within that of all: one line, which counts the cells of all its notebooks."""

    def __init__(self, watch, name):
        self._watch, self._name, self._done = watch, name, {}

    def cell(self, stem, done, heading):
        self._done[stem] = done
        self._watch.cell(self._name, sum(self._done.values()), heading)


class Stopping:
    """Ports that can be stopped for all parts at once: kernels end, and no part goes on to be published."""

    def __init__(self, ports):
        self._execute, self._kernels, self._ended = ports.execute, [], False
        others = {name: self._unless_ended(getattr(ports, name)) for name in ("fill", "load", "render", "workbook")}
        self.ports = replace(ports, execute=self.execute, **others)

    def end(self):
        """Ends the kernels of all parts."""
        self._ended = True
        for kernels in list(self._kernels):
            kernels.end()

    def execute(self, book, values, *, kernels, **options):
        """As `execution.execute`; raises KeyboardInterrupt once all was ended."""
        self._kernels.append(kernels)
        if self._ended:
            raise KeyboardInterrupt
        try:
            return self._execute(book, values, kernels=kernels, **options)
        except NotebookFailed:
            if self._ended:
                raise KeyboardInterrupt from None
            raise

    def _unless_ended(self, step):
        def wrapped(*arguments, **options):
            result = step(*arguments, **options)
            if self._ended:
                raise KeyboardInterrupt
            return result

        return wrapped


def prepared(ports, clean):
    """The ports of a part's run: the clean tables are there, and all parts' checks are done."""
    return replace(
        ports,
        open_tables=lambda data_dir, said, engine: clean,
        check_references=lambda data_dir: None,
        check_quarter=lambda clean, quarter, unfinished: None,
        check_contracts=lambda clean, data_dir: None,
    )
