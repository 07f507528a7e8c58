"""Why a notebook of a run would be executed or not, told without running anything."""

from dataclasses import replace
from typing import NamedTuple

from custlib import project, words
from custlib.report.archive import manifest, messages, publishing
from custlib.report.run import cache, planning, quarterly, scheduler

MOST_NAMES = 3


class Reason(NamedTuple):
    """A notebook, whether it would be executed, and why: (`why_…` of words/progress.csv, a run or names) each."""

    notebook: str
    executed: bool
    why: tuple


def explain(request: planning.Request, promised) -> list[Reason]:
    """A `Reason` for each notebook of the run that is asked for, in order; promised: stem → result tables.

    Starts no kernel, cleans nothing, takes no lock. Raises what `planning.prepare` and `scheduler.waits` raise.
    """
    plan = planning.prepare(request)
    basis = publishing.basis(plan.reports, plan.quarter)
    plan = replace(plan, basis=basis, last_report=basis, waits=scheduler.waits(plan.books, promised))
    snapshot = manifest.snapshot(project.resolve(plan.data_dir), plan.root)
    made_of, executions = quarterly.keys(plan, snapshot, None)
    always = tuple((key, "") for key in ("force", "only") if getattr(request, key))
    taken = {} if always else cache.Cache(cache.runs(plan.place)).executed(executions)
    run, before = _compared_with(plan)
    books, reasons = {book.stem: book for book in plan.books}, {}
    for stem, waits in plan.waits.items():
        if stem in taken:
            reasons[stem] = Reason(stem, False, (_kept(stem, taken[stem].folder, made_of),))
        else:
            again = tuple(sorted(one for one in waits if reasons[one].executed))
            why = always or _why(books[stem], executions[stem]["cells"], made_of, run, before, again)
            reasons[stem] = Reason(stem, True, why)
    return [reasons[stem] for stem in books]


def _compared_with(plan):
    """(name, manifest) of the published run, else of the last by name, that says what it executed; ("", {}) if none."""
    folders = [*reversed(cache.runs(plan.place)), *publishing.fronts(plan.place)]
    runs = [(folder.name, manifest.load(folder)) for folder in folders]
    return next((run for run in reversed(runs) if run[1] and "executions" in run[1]), ("", {}))


def _kept(stem, folder, made_of):
    was = manifest.load(folder)["made_of"]
    same = was["notebooks"].get(stem) == made_of["notebooks"][stem] and was.get("words") == made_of["words"]
    return ("taken" if same else "prose", folder.name)


def _why(book, cells, made_of, run, before, again):
    if not before:
        return (("first", ""),)
    if book.stem not in before["executions"]:
        return (("lost", run),)
    was = before["made_of"]
    reasons = [
        ("cells", before["executions"][book.stem]["cells"] != cells and run),
        ("parameters", _differing(*(cache.parameters_of(book, of) for of in (was, made_of)))),
        ("inputs", _differing(*(cache.inputs_of(book, of) for of in (was, made_of)))),
        ("code", was["code"] != made_of["code"] and run),
        ("versions", _differing(was["versions"], made_of["versions"])),
        ("waits", again),
    ]
    return tuple((key, facts) for key, facts in reasons if facts) or (("files", run),)


def _differing(before, now):
    return tuple(sorted(manifest.differing(before, now)))


def as_table(reasons: list[Reason], lang: str):
    """The reasons as a table for the terminal."""
    columns = [_say(f"column_{name}", lang) for name in ("notebook", "executed", "reason")]
    joint = words.table("languages")[lang]["semicolon"]
    rows = [
        (notebook, _say("yes" if executed else "no", lang), joint.join(_said(key, facts, lang) for key, facts in why))
        for notebook, executed, why in reasons
    ]
    return messages.table(columns, rows)


def _said(key, facts, lang):
    if isinstance(facts, str):
        return _say(key, lang, run=facts)
    names = ", ".join(facts[:MOST_NAMES])
    if len(facts) > MOST_NAMES:
        names = _say("more", lang, names=names, count=len(facts) - MOST_NAMES)
    return _say(key, lang, names=names)


def _say(key, lang, **facts):
    return words.say("progress", f"why_{key}", lang, **facts)
