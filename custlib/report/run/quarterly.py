"""The quarterly run: refuse, execute, check, publish. What is published is always the old report or the new one."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from custlib import project, quarters
from custlib.refusals import Refused
from custlib.report import files, private
from custlib.report.archive import archive, manifest, publishing, shelf
from custlib.report.notebook import NotebookFailed
from custlib.report.run import cache, planning, resources, scheduler
from custlib.report.run import ports as all_ports


@dataclass(frozen=True)
class Outcome:
    """How a run ended: `state` is "published", "up to date" or "draft"; `page` is the page to open; folder: the run's,
    if it made one."""

    state: str
    page: Path
    folder: Path | None = None


def run(request: planning.Request, watch, ports: all_ports.Ports | None = None) -> Outcome:
    """Makes and publishes the report that is asked for.

    watch: a `progress.Log` or `progress.Live`; ports: custlib's own by default.
    Raises Refused before a kernel starts where that can be known, NotebookFailed (with the path of its error page as
    `.page`) where a notebook fails. In either case, and after Ctrl-C, what is published stays as it was.
    """
    plan = planning.prepare(request)
    private.clear()
    basis = publishing.basis(plan.reports, plan.quarter)
    snapshot = manifest.snapshot(project.resolve(plan.data_dir), plan.root)
    plan = replace(plan, basis=basis, last_report=basis, snapshot=snapshot)
    outcome = _standing(plan) or _made(plan, watch, ports)
    if not request.only and not shelf.knows(plan.reports, outcome.page):
        shelf.write(plan.reports)
    return outcome


def _standing(plan):
    """The report that stands if it was made of what lies there now. What could refuse it was asked when it was made: of
    the same inputs, by the same code."""
    if plan.request.only or plan.request.force:
        return None
    with files.only_one(plan.reports):
        for folder in cache.runs(plan.place):
            own = _made_of(plan, plan.snapshot, manifest.load(folder)["made_of"].get("clean"))
            if manifest.run_id(own) == folder.name and manifest.verified(folder):
                page = plan.place / publishing.INDEX
                stands = publishing.stands(plan.place, folder.name)
                return Outcome("up to date", page if stands else publishing.publish(plan.place, folder.name))
    return None


def _made(plan, watch, ports):
    # Here, because they load what takes longer than to see that nothing has changed.
    from custlib.report.kernels import client, execution

    kernels = client.server(plan.request.cold, plan.root / "notebooks")  # its imports go on beside this process's
    with execution.quiet(), resources.Peak() as peak, kernels as server:
        outcome = make(plan, watch, ports or all_ports.real(server))
    if outcome.folder:
        sizes = {"report": files.size(outcome.folder), "tables": files.size(plan.root / "data" / "clean")}
        watch.took(memory=peak.bytes, **sizes)
    return outcome


def make(plan: planning.Plan, watch, ports: all_ports.Ports) -> Outcome:
    """Makes what a plan says; raises as `run`."""
    plan = replace(plan, waits=scheduler.waits(plan.books, ports.promised))
    with files.only_one(plan.reports):
        files.remove(plan.reports / publishing.STAGING)
        try:
            return _draft(plan, watch, ports) if plan.request.only else _report(plan, watch, ports)
        finally:
            publishing.discard(plan.reports)


def _report(plan, watch, ports):
    from custlib.report.run.build import Build  # here, as in `_made`

    clean, snapshot = opened(plan, watch, ports)
    made_of, executions = keys(plan, snapshot, clean.key)
    run_id = manifest.run_id(made_of)
    standing = manifest.verified(plan.place / run_id)
    if standing and not plan.request.force:
        return Outcome("up to date", publishing.publish(plan.place, run_id))
    shared = {taken.folder for taken in plan.taken.values()}
    earlier = cache.Cache([*sorted(shared), *([] if plan.request.force else cache.runs(plan.place))])
    plan = replace(plan, taken=plan.taken | earlier.executed(executions))
    if len(plan.taken) < len(plan.books):
        ports.check_kernel()
    if not plan.taken:  # what is taken over was made of the same inputs by the same code: contracts were checked then
        watch.step("contracts")
        ports.check_contracts(clean, plan.data_dir)
    watch.expect(archive.seconds(plan.reports))
    build = Build(plan, publishing.stage(plan.reports, run_id), ports, watch, made_of, earlier, clean)
    try:
        _make(build, executions)
        _check_unchanged(plan, snapshot)
        if plan.part:
            ports.check_part(clean, plan.part, build.folder)
        facts = {"quarter": plan.quarter, "data_until": str(clean.data_until), "rows": clean.counts}
        manifest.write(build.folder, made_of, executions=executions, made=earlier.noted, **facts)
        if standing:
            _check_same(plan, build.folder, standing)
        else:
            publishing.keep(build.folder, plan.reports, plan.quarter)
    except NotebookFailed as failed:
        keep_failure(plan, build.folder, failed, ports)
        raise
    return Outcome("published", publishing.publish(plan.place, run_id), plan.place / run_id)


def _make(build, executions):
    """Makes the report, notes what was made of which execution, and how long that took."""
    started = datetime.now(UTC)
    seconds = build.report()
    build.cache.noted |= {execution["key"]: build.made_by(stem) for stem, execution in executions.items()}
    times = {"started": started.isoformat(), "ended": datetime.now(UTC).isoformat(), "seconds": seconds}
    files.write(build.folder / manifest.TIMES, manifest.as_text(times))


def opened(plan: planning.Plan, watch, ports: all_ports.Ports) -> tuple:
    """Clean tables that hold the quarter, and the `manifest.Snapshot` that they were made from."""
    watch.step("cleaning")
    ports.check_references(plan.data_dir)
    snapshot = plan.snapshot or manifest.snapshot(project.resolve(plan.data_dir), plan.root)
    clean = ports.open_tables(plan.data_dir, watch.detail, plan.request.engine)
    ports.check_quarter(clean, quarters.parse(plan.quarter), plan.request.unfinished)
    ports.check_given(clean, plan.quarter, plan.given, plan.data_dir)
    return clean, snapshot


def keys(plan: planning.Plan, snapshot: manifest.Snapshot, clean_key: str | None) -> tuple[dict, dict]:
    """A run's key (`manifest.key`) and what decides each notebook's results (`cache.keys`)."""
    made_of = _made_of(plan, snapshot, clean_key)
    return made_of, cache.keys(plan.books, plan.waits, made_of)


def _made_of(plan, snapshot, clean_key):
    own = {"quarter": plan.quarter, "lang": plan.request.lang, "unfinished": plan.request.unfinished}
    parameters = {"run": own, "notebooks": {book.stem: plan.shown(book) for book in plan.books}}
    return manifest.key(plan.books, parameters, snapshot, clean_key)


def _check_unchanged(plan, before):
    """Refused if an export, a reference table (`input_changed`) or custlib (`code_changed`) changed during the run."""
    now = manifest.snapshot(project.resolve(plan.data_dir), plan.root)
    changed = manifest.differing(before.inputs | before.words, now.inputs | now.words)
    if changed:
        raise Refused("input_changed", file=", ".join(changed))
    if now.code != before.code:
        raise Refused("code_changed")


def _check_same(plan, staging, standing):
    """Refused (`not_reproducible`) if a second execution gave other bytes than the one that stands."""
    differing = manifest.differing(standing["outputs"], manifest.outputs(staging))
    if differing:
        folder = publishing.set_aside(staging, plan.reports, f"{plan.quarter}-{staging.name}")
        facts = {"files": ", ".join(differing), "run": staging.name, "folder": planning.from_here(folder)}
        raise Refused("not_reproducible", **facts)


def _draft(plan, watch, ports):
    """One notebook by itself, with the result tables that lie in the draft folder; never published."""
    from custlib.report.run.build import Build  # here, as in `_made`

    clean, snapshot = opened(plan, watch, ports)
    ports.check_kernel()
    folder = plan.reports / publishing.DRAFT / plan.quarter
    files.make_folder(folder / "tables")
    made_of, _ = keys(plan, snapshot, clean.key)
    try:
        return Outcome("draft", Build(plan, folder, ports, watch, made_of, cache.Cache(), clean).draft())
    except NotebookFailed as failed:
        keep_failure(plan, plan.reports / publishing.STAGING / plan.books[0].stem, failed, ports)
        raise


def keep_failure(plan: planning.Plan, staging: Path, failed: NotebookFailed, ports: all_ports.Ports) -> None:
    """Keeps what a notebook that failed left in staging, with its error page, whose path the exception then has."""
    page = ports.render_error(failed, lang=plan.lang)
    failed.page = publishing.fail(staging, plan.reports, f"{plan.quarter}-{staging.name}", page)
