"""Why a notebook of a run would be executed or not, told without running anything."""

from dataclasses import replace
from typing import NamedTuple

from custlib.report.archive import manifest, publishing
from custlib.report.run import planning, quarterly, reuse

WORDS = {
    "en": {
        "columns": ("notebook", "executed", "why"),
        "yes": "yes",
        "no": "no",
        "force": "--force",
        "only": "--only: a draft is always executed",
        "first": "no run of this quarter is kept that says what it executed",
        "taken": "nothing it hangs on has changed: results of run {run}",
        "prose": "only its text has changed: results of run {run}, rendered anew",
        "cells": "its code cells have changed",
        "parameters": "parameters: {names}",
        "inputs": "inputs: {names}",
        "code": "custlib has changed",
        "versions": "packages: {names}",
        "waves": "it may read tables of {names}",
        "files": "its files in run {run} are not as they were made",
        "lost": "run {run}, which it is compared with, did not execute it",
        "more": "{names} and {count} more",
    },
    "zh": {
        "columns": ("笔记本", "执行", "原因"),
        "yes": "是",
        "no": "否",
        "force": "--force",
        "only": "--only：草稿总是重新执行",
        "first": "本季度没有记录执行内容的运行",
        "taken": "其所依据的内容没有变化：沿用运行 {run} 的结果",
        "prose": "只有文字改变：沿用运行 {run} 的结果，重新生成页面",
        "cells": "代码单元格有变化",
        "parameters": "参数：{names}",
        "inputs": "输入文件：{names}",
        "code": "custlib 有变化",
        "versions": "软件包：{names}",
        "waves": "可能读取 {names} 的结果表",
        "files": "运行 {run} 中该笔记本的文件已与生成时不同",
        "lost": "所对照的运行 {run} 没有执行它",
        "more": "{names} 等，另有 {count} 项",
    },
}
SHOWN = 3


class Reason(NamedTuple):
    """A notebook, whether it would be executed, and why: keys of `WORDS` with the names that they tell."""

    notebook: str
    executed: bool
    why: tuple


def explain(request, promised):
    """A `Reason` for each notebook of the run that a `planning.Request` asks for, in order; promised: stem → result tables.

    Starts no kernel, cleans nothing, takes no lock. Raises Refused for what `planning.prepare` refuses.
    """
    plan = planning.prepare(request)
    basis = publishing.basis(plan.reports, plan.quarter)
    plan = replace(plan, basis=basis, last_report=basis)
    made_of = manifest.key(plan.books, quarterly.parameters(plan), quarterly.found(plan), None)
    executions = reuse.keys(plan.books, made_of)
    always = [key for key in ("force", "only") if getattr(request, key)]
    taken = {} if always else reuse.found(plan, executions, promised)
    run, before = _compared_with(plan)
    found = []
    for book in plan.books:
        if book.stem in taken:
            found.append(Reason(book.stem, False, (_kept(book.stem, taken[book.stem].folder, made_of),)))
        else:
            waves = [one.notebook for one in found if one.executed and _before(one.notebook, book, plan)]
            why = tuple((key, "") for key in always) or _why(book.stem, executions, made_of, run, before, waves)
            found.append(Reason(book.stem, True, why))
    return found


def _before(stem, book, plan):
    return next(other for other in plan.books if other.stem == stem).wave < book.wave


def _compared_with(plan):
    """The published run of the quarter, else the last by name, of those that say what they executed; ("", {}) without one."""
    place = plan.reports / plan.quarter
    told = [(folder, manifest.told(folder) or {}) for folder in [*sorted(place.glob("*/")), *publishing.fronts(place)]]
    found = [(folder.name, content) for folder, content in told if "executions" in content]
    return found[-1] if found else ("", {})


def _kept(stem, folder, made_of):
    same = manifest.told(folder)["made_of"]["notebooks"].get(stem) == made_of["notebooks"][stem]
    return ("taken" if same else "prose", folder.name)


def _why(stem, executions, made_of, run, before, waves):
    if not before:
        return (("first", ""),)
    if stem not in before["executions"]:
        return (("lost", run),)
    was = before["made_of"]
    asked, asked_then = (of["parameters"]["notebooks"].get(stem, {}) for of in (made_of, was))
    found = [
        ("cells", before["executions"][stem]["cells"] != executions[stem]["cells"] and run),
        ("parameters", _names(asked_then, asked)),
        ("inputs", _names(was["inputs"], made_of["inputs"])),
        ("code", was["code"] != made_of["code"] and run),
        ("versions", _names(was["versions"], made_of["versions"])),
        ("waves", tuple(waves)),
    ]
    return tuple((key, told) for key, told in found if told) or (("files", run),)


def _names(before, now):
    return tuple(name for name in sorted({**before, **now}) if before.get(name) != now.get(name))


def told(reasons, lang):
    """The reasons as a table for the terminal."""
    from custlib.report.archive import messages

    words = WORDS[lang]
    joint = "；" if lang == "zh" else "; "
    rows = [
        (one.notebook, words["yes" if one.executed else "no"], joint.join(_said(*why, words) for why in one.why))
        for one in reasons
    ]
    return messages.table(words["columns"], rows)


def _said(key, told, words):
    if isinstance(told, str):
        return words[key].format(run=told)
    names = ", ".join(told[:SHOWN])
    if len(told) > SHOWN:
        names = words["more"].format(names=names, count=len(told) - SHOWN)
    return words[key].format(names=names)
