"""The lessons: executed once, with the result tables of a quarter's report, and told in each language.

reports/lessons/           pages for learners and their list; this folder may be handed out
reports/lessons_trainer/   the same with notes and keys; `exercises/` holds what `collecting` scores codes by
reports/.lessons/<quarter> what was executed, to be taken over by the next call while nothing has changed
"""

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from custlib import project
from custlib.lessons import checking
from custlib.refusals import Refused
from custlib.report import files, private
from custlib.report.archive import manifest, publishing
from custlib.report.kernels import client, execution
from custlib.report.lessons import pages
from custlib.report.notebook import NotebookFailed
from custlib.report.run import build, cache, planning, quarterly, scheduler
from custlib.report.run import ports as all_ports

FOLDER, TRAINER, KEPT = "lessons", "lessons_trainer", ".lessons"


class Made(NamedTuple):
    """What was made: the learners' folder, the trainer's, how many pages, notebooks of the report that had to be
    executed for their tables, whether the pages name customers of one's own, and the lessons left out: number → why."""

    place: Path
    trainer: Path
    pages: int
    executed: tuple[str, ...]
    real: bool
    left_out: dict[str, str]


def make(request: planning.Request, watch, number: str = "", ports: all_ports.Ports | None = None) -> Made:
    """Makes all lessons, or that of a number ("4"), in the languages of the request.

    Result tables come of the quarter's published report where it was made of the same data by the same code; what is
    missing is made first. A lesson that refuses the data is left out while there is another. Raises Refused
    (`no_notebook`, as `checking.check` and `quarterly.run`) and NotebookFailed; the pages that stand stay as they were
    then.
    """
    plan = planning.prepare(request)
    lessons = _chosen(pages.lessons(plan.root), number)
    for lesson in lessons:
        checking.check(lesson.stem[0], plan.data_dir)
    private.clear()
    with files.only_one(plan.reports / KEPT), execution.quiet(), client.server(request.cold) as server:
        own = ports or all_ports.real(server)
        books = _makers(plan.books, lessons, own.promised)
        basis = publishing.basis(plan.reports, plan.quarter)
        plan = replace(plan, basis=basis, last_report=basis)
        kept = plan.reports / KEPT / plan.quarter
        _, executed = _executed(plan, books, (), own, watch, kept.with_name(f"{kept.name}-tables"))
        kept = kept.with_name("-".join(filter(None, [kept.name, number])))
        nodes, lessons, left_out = _of_these_data(plan, books, lessons, own, watch, kept)
    place, trainer = plan.reports / FOLDER, plan.reports / TRAINER
    watch.step("pages")
    count = pages.write(place, trainer, plan, lessons, nodes)
    real = project.resolve(plan.data_dir) != project.resolve(planning.DATA)
    return Made(place, trainer, count, executed, real, left_out)


def _of_these_data(plan, books, lessons, own, watch, kept):
    """(nodes, the lessons that the data bear, number → why of the others)."""
    left_out = {}
    while True:
        try:
            nodes, _ = _executed(plan, books, lessons, own, watch, kept)
            return nodes, lessons, left_out
        except NotebookFailed as failed:
            failed.folder = FOLDER
            lessons = tuple(lesson for lesson in lessons if lesson.stem != failed.notebook)
            if failed.error != Refused.__name__ or not lessons:
                raise
            left_out[failed.notebook[0]] = failed.message


def _chosen(lessons, number):
    chosen = [lesson for lesson in lessons if not number or lesson.stem.startswith(f"{number}_")]
    if not chosen:
        raise Refused("no_notebook", name=f"{FOLDER}/{number}_*", known=", ".join(book.stem for book in lessons))
    return tuple(chosen)


def _makers(books, lessons, promised):
    """The notebooks of the report that make the tables which the lessons load, and those that these wait for."""
    waits = scheduler.waits((*books, *lessons), promised)
    needed = set[str]()
    for stem in reversed(list(waits)):
        if stem in needed or any(stem == lesson.stem for lesson in lessons):
            needed |= waits[stem]
    return tuple(book for book in books if book.stem in needed)


def _executed(plan, books, lessons, own, watch, kept):
    """Language → {stem: lesson in it}, and the report's notebooks that had to be executed; kept: where it stays."""
    both = replace(plan, books=(*books, *lessons), given={book.stem: {} for book in (*books, *lessons)})
    both = replace(both, waits=scheduler.waits(both.books, own.promised))
    clean, snapshot = quarterly.opened(both, watch, own)
    made_of, executions = quarterly.keys(both, snapshot, clean.key)
    earlier = cache.Cache([*cache.runs(plan.place), *cache.runs(kept.parent)])
    both = replace(both, taken=earlier.executed(executions))
    if len(both.taken) < len(both.books):
        own.check_kernel()
    folder = kept.parent / publishing.STAGING
    files.remove(folder)
    files.make_folder(folder / "tables")
    fill = replace(own, fill=_only(lessons, own.fill))
    making = build.Build(both, folder, fill, watch, made_of, earlier, clean)
    seconds, nodes = making.execute()
    earlier.noted |= {execution["key"]: making.made_by(stem) for stem, execution in executions.items()}
    files.write(folder / manifest.TIMES, manifest.as_text({"seconds": seconds}))
    manifest.write(folder, made_of, executions=executions, made=earlier.noted)
    files.remove(kept)
    files.move(folder, kept)
    told = {lang: {lesson.stem: nodes[lang][lesson.stem] for lesson in lessons} for lang in nodes}
    return told, tuple(book.stem for book in books if book.stem not in both.taken)


def _only(lessons, fill):
    """Puts words into lessons only: of the report's notebooks no more than the tables are wanted."""
    cells = {cell.id for lesson in lessons for cell in lesson.node.cells}

    def filled(node, lang):
        if any(cell.id in cells for cell in node.cells):
            fill(node, lang)

    return filled
