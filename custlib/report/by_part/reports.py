"""A report for each part of the company, such as each region, and one page that lists them.

reports/by-region/<part>/              what `reports/` is for the company: quarters, runs, what failed
reports/by-region/<quarter>/index.html  the list of the parts with a key figure each
"""

import contextlib
from collections import Counter
from dataclasses import dataclass, replace
from urllib.parse import quote

from custlib import blocks, facts, glossary, reference, wording
from custlib.escaping import visible
from custlib.refusals import Refused
from custlib.report import files
from custlib.report.archive import archive, publishing
from custlib.report.by_part import cluster, parts
from custlib.report.kernels import client, execution
from custlib.report.notebook import NotebookFailed, nbformat
from custlib.report.run import build, planning, quarterly, reuse, scheduler
from custlib.report.run import ports as all_steps

LONGEST = 60  # characters of a part's name, as it is shown
TITLE = {"en": "Reports by {by}", "zh": "按{by}的报告"}


def run(request, watch, steps=None, found=facts.parts):
    """Makes and publishes a report for each part that `request.by` gives, side by side; returns (outcome, failed).

    outcome: a `quarterly.Outcome` whose page is the list of the parts. failed: name of a part → why it has no new report
    (`NotebookFailed` or `Refused`); then the list stays as it was, and so does what was published of those parts.
    Cleaning, contracts and the notebooks that are the same for every part are done once, before the parts. With
    `request.cluster` the parts are made by the workers of that Dask cluster.
    found: (clean, quarter, by) → the parts, as `facts.parts` gives them.
    Raises what `quarterly.run` raises, and Refused (`wrong_part`, `no_part`, `no_cluster`, `worker_differs`).
    """
    plan = planning.prepare(request)
    if not any(parameter.name == "part" for book in plan.books for parameter in book.parameters):
        raise Refused("no_part", by=request.by)
    place = plan.reports / f"by-{request.by}"
    asked = cluster.connected(request.cluster) if request.cluster else contextlib.nullcontext()
    with files.only_one(place), execution.quiet(), client.server(request.cold) as server, asked as workers:
        try:
            return _each(plan, place, watch, steps or all_steps.real(server), found, workers)
        finally:
            publishing.discard(place)


def _each(plan, place, watch, steps, found, workers):
    clean, before = quarterly.opened(plan, watch, steps)
    steps.check_kernel()
    watch.step("contracts")
    steps.check_contracts(clean, plan.data_dir)
    table = found(clean, plan.quarter, plan.request.by)
    plans = _plans(replace(plan, found=before), place, table["part"])
    taken = _shared(plans, replace(plan, reports=place), before, watch, steps, clean)
    plans = [replace(one, taken=taken) for one in plans]
    last = {one.part_name: archive.seconds(one.reports).values() for one in plans}
    watch.expect({name: sum(seconds) for name, seconds in last.items() if seconds})
    if workers:
        outcomes = workers.side_by_side(plans, watch)
    else:
        outcomes = _side_by_side(plans, watch, parts.Stopping(parts.prepared(steps, clean)), plan.jobs)
    names = {one.part: one.part_name for one in plans}
    failed = {names[part]: error for part, error in outcomes.items() if isinstance(error, Exception)}
    states = {outcome.state for outcome in outcomes.values() if not isinstance(outcome, Exception)}
    page = place / plan.quarter / publishing.INDEX
    if not failed:
        _publish(page, _index(plan, plans, table, clean, steps))
    state = "published" if "published" in states else "up to date"
    return quarterly.Outcome(state, page), failed


def _shared(plans, plan, before, watch, steps, clean):
    """What is the same for every part, executed once if no run of theirs that is kept has it: notebook → `reuse.Taken`."""
    keys = [quarterly.keys(one, before, clean)[1] for one in plans]
    same = tuple(book for book in plan.books if len({executions[book.stem]["key"] for executions in keys}) == 1)
    taken = {}
    for one, executions in zip(plans, keys, strict=True) if not plan.request.force else ():
        taken |= reuse.found(replace(one, books=same), executions, steps.promised)
    if len(taken) == len(same):
        return taken
    watch.expect(archive.seconds(plans[0].reports))
    folder = publishing.stage(plan.reports, "shared")
    work = replace(plans[0], books=same, taken=taken, request=plan.request)
    try:
        made = build.execute(work, folder, steps, watch)
    except NotebookFailed as failed:
        quarterly.keep_failure(plan, folder, failed, steps)
        raise
    return {stem: reuse.made(stem, folder, seconds, steps.promised) for stem, (_, seconds) in made.items()}


def _plans(plan, place, values):
    """A plan for each part, with a folder of reports of its own. It is judged against the company's report of the quarter before, and
    what became of things since is told of its own."""
    by = plan.request.by
    folders = parts.folder_names(values)
    names = _names(plan, values, folders)
    jobs = max(1, plan.jobs // len(folders))
    shared = {"basis": publishing.basis(plan.reports, plan.quarter), "request": replace(plan.request, jobs=jobs)}
    return [
        replace(
            plan,
            reports=place / folders[value],
            part=f"{by}={value}",
            part_name=names[value],
            last_report=publishing.basis(place / folders[value], plan.quarter),
            **shared,
        )
        for value in values
    ]


def _names(plan, values, folders):
    """Part → what readers in the plan's language call it: not too long for a line, and no two alike."""
    known = {"": glossary.term("not_known", plan.lang)}
    if plan.request.by == "store_format":
        known |= reference.table("formats.csv", plan.data_dir).set_index("store_format")[plan.lang].to_dict()
    names = {value: visible(known.get(value, value)) for value in values}
    names = {value: name if len(name) <= LONGEST else name[: LONGEST - 1] + "…" for value, name in names.items()}
    alike = Counter(names.values())
    return {value: name if alike[name] == 1 else f"{name} ({folders[value]})" for value, name in names.items()}


@dataclass(frozen=True)
class _Unit:
    """The report of one part, as `scheduler.in_waves` takes it."""

    stem: str
    plan: object
    wave: int = 0


def _side_by_side(plans, watch, stopping, jobs):
    """Part → its `quarterly.Outcome`, or why it has none."""

    def work(one):
        name = one.plan.part_name
        watch.start(name, parts.cells_run(one.plan))
        try:
            outcome = quarterly.make(one.plan, parts.Progress(watch, name), stopping.steps)
        except (NotebookFailed, Refused) as error:
            watch.end(name, "failed")
            return error
        watch.end(name, "done")
        return outcome

    return scheduler.in_waves([_Unit(plan.part, plan) for plan in plans], work, jobs, stopping.end)


def _index(plan, plans, table, clean, steps):
    """The page that lists the parts, as HTML."""
    lang, by = plan.lang, glossary.term(plan.request.by, plan.lang)
    title = TITLE[lang].format(by=by)
    links = [(one.part_name, f"../{quote(one.reports.name)}/{quote(one.quarter)}/{publishing.INDEX}") for one in plans]
    headers = {"part": by} | glossary.terms(["customers", "size", "share"], lang)
    shown = table.assign(part=[one.part_name for one in plans])
    formats = {"size": ",.0f", "share": ".1%"}
    caption = wording.with_currency(title, lang=lang, currency=clean.currency)
    listed = blocks.table(shown, lang=lang, caption=caption, columns=headers, formats=formats, limit=len(shown)).html
    cells = [
        nbformat.v4.new_markdown_cell(f"# {title}"),
        nbformat.v4.new_code_cell(outputs=[nbformat.v4.new_output("display_data", {"text/html": listed})]),
    ]
    name = " · ".join(filter(None, [clean.company, plan.quarter]))
    return steps.render(nbformat.v4.new_notebook(cells=cells), lang=lang, title=name, links=links, footer="")


def _publish(page, text):
    files.make_folder(page.parent)
    fresh = page.with_name(f".{page.name}.new")
    files.write(fresh, text)
    files.move(fresh, page)
    files.settle_names(page.parent)
