"""Why a notebook of a run would be executed or not, told without running anything."""

from dataclasses import replace
from typing import NamedTuple

from custlib import project, words
from custlib.report.archive import manifest, messages, publishing
from custlib.report.run import cache, planning, quarterly, scheduler

SHOWN = 3


class Reason(NamedTuple):
    """A notebook, whether it would be executed, and why: (`why_…` of words/progress.csv, the run or the names that it tells) each."""

    notebook: str
    executed: bool
    why: tuple


def explain(request, promised):
    """A `Reason` for each notebook of the run that a `planning.Request` asks for, in order; promised: stem → result tables.

    Starts no kernel, cleans nothing, takes no lock. Raises Refused for what `planning.prepare` and `scheduler.waits` refuse.
    """
    plan = planning.prepare(request)
    basis = publishing.basis(plan.reports, plan.quarter)
    plan = replace(plan, basis=basis, last_report=basis, waits=scheduler.waits(plan.books, promised))
    found = manifest.found(project.resolve(plan.data_dir), plan.root)
    made_of = manifest.key(plan.books, quarterly.parameters(plan), found, None)
    executions = cache.keys(plan.books, plan.waits, made_of)
    always = [(key, "") for key in ("force", "only") if getattr(request, key)]
    taken = {} if always else cache.Cache(cache.runs(plan.place)).executed(executions)
    run, before = _compared_with(plan)
    reasons = {}
    for stem, waits in plan.waits.items():
        if stem in taken:
            reasons[stem] = Reason(stem, False, (_kept(stem, taken[stem].folder, made_of),))
        else:
            again = tuple(sorted(one for one in waits if reasons[one].executed))
            why = tuple(always) or _why(plan, stem, executions, made_of, run, before, again)
            reasons[stem] = Reason(stem, True, why)
    return [reasons[book.stem] for book in plan.books]


def _compared_with(plan):
    """The published run of the quarter, else the last by name, of those that say what they executed; ("", {}) without one."""
    folders = [*cache.runs(plan.place), *publishing.fronts(plan.place)]
    told = [(folder.name, manifest.told(folder)) for folder in folders]
    return next((one for one in reversed(told) if one[1] and "executions" in one[1]), ("", {}))


def _kept(stem, folder, made_of):
    was = manifest.told(folder)["made_of"]
    same = was["notebooks"].get(stem) == made_of["notebooks"][stem] and was.get("words") == made_of["words"]
    return ("taken" if same else "prose", folder.name)


def _why(plan, stem, executions, made_of, run, before, again):
    if not before:
        return (("first", ""),)
    if stem not in before["executions"]:
        return (("lost", run),)
    book = next(book for book in plan.books if book.stem == stem)
    was, cells = before["made_of"], before["executions"][stem]["cells"]
    reasons = [
        ("cells", cells != executions[stem]["cells"] and run),
        ("parameters", _names(cache.asked(book, was), cache.asked(book, made_of))),
        ("inputs", _names(*(cache.read(book, of) for of in (was, made_of)))),
        ("code", was["code"] != made_of["code"] and run),
        ("versions", _names(was["versions"], made_of["versions"])),
        ("waits", again),
    ]
    return tuple((key, facts) for key, facts in reasons if facts) or (("files", run),)


def _names(before, now):
    return tuple(name for name in sorted({**before, **now}) if before.get(name) != now.get(name))


def told(reasons, lang):
    """The reasons as a table for the terminal."""
    columns = [_say(f"column_{name}", lang) for name in ("notebook", "executed", "reason")]
    joint = words.table("languages")[lang]["semicolon"]
    rows = [
        (one.notebook, _say("yes" if one.executed else "no", lang), joint.join(_said(*why, lang) for why in one.why))
        for one in reasons
    ]
    return messages.table(columns, rows)


def _said(key, facts, lang):
    if isinstance(facts, str):
        return _say(key, lang, run=facts)
    names = ", ".join(facts[:SHOWN])
    if len(facts) > SHOWN:
        names = _say("more", lang, names=names, count=len(facts) - SHOWN)
    return _say(key, lang, names=names)


def _say(key, lang, **facts):
    return words.say("progress", f"why_{key}", lang, **facts)
