"""The quarterly run: refuse, execute, check, publish. What is published is always the old report or the new one."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from custlib import project, quarters
from custlib.refusals import Refused
from custlib.report import files
from custlib.report.archive import archive, manifest, publishing
from custlib.report.kernels import client, execution
from custlib.report.notebook import NotebookFailed
from custlib.report.run import build, planning, rendered, reuse
from custlib.report.run import ports as all_steps


@dataclass(frozen=True)
class Outcome:
    """How a run ended: `state` is "published", "up to date" or "draft"; `page` is the page to open."""

    state: str
    page: Path


def run(request, watch, steps=None):
    """Makes and publishes the report that a `planning.Request` asks for; returns an `Outcome`.

    watch: a `progress.Log` or `progress.Live`; steps: a `steps.Steps`, custlib's own by default.
    Raises Refused before a kernel starts where that can be known, NotebookFailed (with the path of its error page as
    `.page`) where a notebook fails. In either case, and after Ctrl-C, what is published stays as it was.
    """
    plan = planning.prepare(request)
    with execution.quiet(), client.server(request.cold) as server:
        basis = publishing.basis(plan.reports, plan.quarter)
        return make(replace(plan, basis=basis, last_report=basis), watch, steps or all_steps.real(server))


def make(plan, watch, steps):
    """Makes what a plan says; raises and returns as `run`."""
    with files.only_one(plan.reports):
        files.remove(plan.reports / publishing.STAGING)
        try:
            return _draft(plan, watch, steps) if plan.request.only else _report(plan, watch, steps)
        finally:
            publishing.discard(plan.reports)


def _report(plan, watch, steps):
    clean, before = opened(plan, watch, steps)
    made_of, executions = keys(plan, before, clean)
    run_id = manifest.run_id(made_of)
    standing = publishing.standing(plan.reports, plan.quarter, run_id)
    if standing and not plan.request.force:
        return Outcome("up to date", publishing.publish(plan.reports, plan.quarter, run_id))
    if not plan.request.force:
        plan = replace(plan, taken=plan.taken | reuse.found(plan, executions, steps.promised))
    if not plan.taken:  # what is taken over was made of the same inputs by the same code: contracts were checked then
        watch.step("contracts")
        steps.check_contracts(clean, plan.data_dir)
    if len(plan.taken) < len(plan.books):
        steps.check_kernel()
    watch.expect(archive.seconds(plan.reports))
    rendering = rendered.Rendering(steps.render, [] if plan.request.force else reuse.earlier(plan), made_of)
    steps = replace(steps, render=rendering)
    staging = publishing.stage(plan.reports, run_id)
    try:
        _make(plan, staging, watch, steps, clean, made_of)
        _check_unchanged(plan, made_of)
        facts = {"quarter": plan.quarter, "data_until": str(clean.data_until), "rows": clean.counts}
        facts |= {"executions": executions, "pages": rendering.made}
        manifest.write(staging, made_of, **facts)
        if standing:
            _check_same(plan, staging, standing)
        else:
            publishing.keep(staging, plan.reports, plan.quarter)
    except NotebookFailed as failed:
        keep_failure(plan, staging, failed, steps)
        raise
    return Outcome("published", publishing.publish(plan.reports, plan.quarter, run_id))


def opened(plan, watch, steps):
    """Clean tables that hold the quarter, and what they were made from (`manifest.Found`)."""
    watch.step("cleaning")
    before = plan.found or found(plan)
    clean = steps.open_tables(plan.data_dir, watch.detail, plan.request.engine)
    steps.check_quarter(clean, quarters.parse(plan.quarter), plan.request.unfinished)
    return clean, before


def keys(plan, before, clean):
    """A run's key (`manifest.key`) and what decides each notebook's outputs (`reuse.keys`). before: a `manifest.Found`."""
    made_of = manifest.key(plan.books, parameters(plan), before, clean.key)
    return made_of, reuse.keys(plan.books, made_of)


def found(plan):
    """What a run that begins now finds, as `manifest.Found`. Raises Refused (`cannot_read`)."""
    return manifest.Found(manifest.inputs(project.resolve(plan.data_dir), plan.root), manifest.code())


def parameters(plan):
    """What the run and each of its notebooks are asked for, as a reader may see it."""
    own = {"quarter": plan.quarter, "lang": plan.lang, "unfinished": plan.request.unfinished}
    return {"run": own, "notebooks": {book.stem: plan.shown(book) for book in plan.books}}


def _make(plan, staging, watch, steps, clean, made_of):
    """Everything of a run but its manifest."""
    started = datetime.now(UTC)
    results = build.execute(plan, staging, steps, watch)
    watch.step("pages")
    nodes = {stem: node for stem, (node, _) in results.items()}
    build.front(plan, nodes, staging, steps, clean)
    with build.pdf(staging, steps, watch):
        build.pages(plan, nodes, staging, steps, clean)
        build.workbook(plan, staging, steps, clean, made_of)
    times = {"started": started.isoformat(), "ended": datetime.now(UTC).isoformat()}
    seconds = {stem: seconds for stem, (_, seconds) in results.items()}
    files.write(staging / manifest.TIMES, manifest.as_text({**times, "seconds": seconds}))


def _check_unchanged(plan, made_of):
    """Refused if an export, a reference table (`input_changed`) or custlib (`code_changed`) changed during the run."""
    before, now = made_of["inputs"], found(plan)
    changed = [name for name in {**before, **now.inputs} if before.get(name) != now.inputs.get(name)]
    if changed:
        raise Refused("input_changed", file=", ".join(changed))
    if now.code != made_of["code"]:
        raise Refused("code_changed")


def _check_same(plan, staging, standing):
    """Refused (`not_reproducible`) if a second execution gave other bytes than the one that stands."""
    before, after = standing["outputs"], manifest.outputs(staging)
    other = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    if other:
        folder = publishing.set_aside(staging, plan.reports, f"{plan.quarter}-{staging.name}")
        facts = {"files": ", ".join(other), "run": staging.name, "folder": planning.from_here(folder)}
        raise Refused("not_reproducible", **facts)


def _draft(plan, watch, steps):
    """One notebook by itself, with the result tables that lie in the draft folder; never published."""
    clean, _ = opened(plan, watch, steps)
    steps.check_kernel()
    (book,) = plan.books
    folder = plan.reports / publishing.DRAFT / plan.quarter
    files.make_folder(folder / "tables")
    try:
        node, _ = build.execute(plan, folder, steps, watch)[book.stem]
        watch.step("pages")
        return Outcome("draft", build.draft_page(plan, book.stem, node, folder, steps, clean))
    except NotebookFailed as failed:
        keep_failure(plan, plan.reports / publishing.STAGING / book.stem, failed, steps)
        raise


def keep_failure(plan, staging, failed, steps):
    """Keeps what a notebook that failed left in staging, with its error page, whose path the exception then has."""
    page = steps.render_error(failed, lang=plan.lang)
    failed.page = publishing.fail(staging, plan.reports, f"{plan.quarter}-{staging.name}", page)
