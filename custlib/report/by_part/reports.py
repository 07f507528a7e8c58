"""A report for each part of the company, such as each region, and one page that lists them.

reports/by-region/<part>/               what `reports/` is for the company: quarters, runs, what failed
reports/by-region/<quarter>/index.html  the list of the parts with a key figure each
"""

import contextlib
from collections import Counter
from dataclasses import replace
from urllib.parse import quote

from custlib import blocks, facts, glossary, reference, safe_names, words
from custlib.escaping import visible
from custlib.refusals import Refused
from custlib.report import files, private
from custlib.report.archive import archive, manifest, publishing, shelf
from custlib.report.by_part import cluster, parts
from custlib.report.kernels import client, execution
from custlib.report.notebook import NotebookFailed, nbformat
from custlib.report.run import build, cache, planning, quarterly, scheduler
from custlib.report.run import ports as all_ports
from custlib.wording import forms

LONGEST = 60  # characters of a part's name, as it is shown


def run(request: planning.Request, watch, ports: all_ports.Ports | None = None, parts_of=facts.parts) -> tuple:
    """Makes and publishes a report for each part that `request.by` gives, side by side; returns (outcome, failed).

    outcome: a `quarterly.Outcome` whose page is the list of the parts. failed: name of a part → why it has no new
    report (`NotebookFailed` or `Refused`); then the list stays as it was, and so does what was published of those
    parts. Cleaning, contracts and the notebooks that are the same for every part are done once, before the parts. With
    `request.cluster` the parts are made by the workers of that Dask cluster.
    parts_of: (clean, quarter, by) → the parts, as `facts.parts` gives them.
    Raises what `quarterly.run` raises, and Refused (`wrong_part`, `no_part`, `no_cluster`, `worker_differs`).
    """
    plan = planning.prepare(request)
    if not any(parameter.name == "part" for book in plan.books for parameter in book.parameters):
        raise Refused("no_part", by=request.by)
    private.clear()
    place = plan.reports / f"by-{request.by}"
    asked = cluster.connected(request.cluster) if request.cluster else contextlib.nullcontext()
    kernels = client.server(request.cold, plan.root / "notebooks")
    with files.only_one(place), execution.quiet(), kernels as server, asked as workers:
        try:
            outcome = _each(plan, place, watch, ports or all_ports.real(server), parts_of, workers)
        finally:
            publishing.discard(place)
    shelf.write(plan.reports)
    return outcome


def _each(plan, place, watch, ports, parts_of, workers):
    plan = replace(plan, waits=scheduler.waits(plan.books, ports.promised))
    clean, snapshot = quarterly.opened(plan, watch, ports)
    plan = replace(plan, snapshot=snapshot)
    ports.check_kernel()
    watch.step("contracts")
    ports.check_contracts(clean, plan.data_dir)
    table = parts_of(clean, plan.quarter, plan.request.by)
    plans = _plans(plan, place, table["part"])
    taken = _shared(plans, replace(plan, reports=place), watch, ports, clean)
    plans = [replace(part, taken=taken) for part in plans]
    last = {_name(part): archive.seconds(part.reports).values() for part in plans}
    watch.expect({name: sum(seconds) for name, seconds in last.items() if seconds})
    if workers:
        outcomes = workers.side_by_side(plans, watch)
    else:
        outcomes = _side_by_side(plans, watch, parts.Stopping(parts.prepared(ports, clean)), plan.jobs)
    failed = {_name(part): outcomes[part.part] for part in plans if isinstance(outcomes[part.part], Exception)}
    if not failed:
        for lang in reversed(plan.langs):
            page = _list(plan, plans, table, clean, ports, lang)
            publishing.replace(place / plan.quarter / plan.edition(publishing.INDEX, lang), page.encode())
    published = any(getattr(outcome, "state", "") == "published" for outcome in outcomes.values())
    page = place / plan.quarter / publishing.INDEX
    return quarterly.Outcome("published" if published else "up to date", page), failed


def _name(plan):
    return plan.names[plan.lang]


def _shared(plans, plan, watch, ports, clean):
    """What is the same for every part: notebook → `cache.Made`; executed once if no run of theirs has it."""
    keys = [quarterly.keys(part, plan.snapshot, clean.key) for part in plans]
    made_of, executions = keys[0]
    same = {stem: one for stem, one in executions.items() if all(own[stem] == one for _, own in keys)}
    earlier = cache.Cache([] if plan.request.force else [run for part in plans for run in cache.runs(part.place)])
    taken = earlier.executed(same)
    if len(taken) == len(same):
        return taken
    watch.expect(archive.seconds(plans[0].reports))
    books = tuple(book for book in plan.books if book.stem in same)
    waits = {stem: before for stem, before in plan.waits.items() if stem in same}
    work = replace(plans[0], books=books, waits=waits, taken=taken, request=plan.request)
    shared = build.Build(work, publishing.stage(plan.reports, "shared"), ports, watch, made_of, earlier, clean)
    try:
        seconds, _ = shared.execute()
    except NotebookFailed as failed:
        quarterly.keep_failure(plan, shared.folder, failed, ports)
        raise
    manifest.write(shared.folder, made_of, made=earlier.noted)
    return {stem: cache.Made(shared.folder, tuple(shared.made_by(stem)), took) for stem, took in seconds.items()}


def _plans(plan, place, values):
    """A plan for each part, with a folder of reports of its own.

    It is judged against the company's report of the quarter before; its own says what became of things since.
    """
    folders = safe_names.of(values)
    names = {lang: _names(plan, values, folders, lang) for lang in plan.langs}
    request = replace(plan.request, jobs=max(1, plan.jobs // len(folders)))
    basis = publishing.basis(plan.reports, plan.quarter)
    return [
        replace(
            plan,
            request=request,
            reports=place / folders[value],
            basis=basis,
            last_report=publishing.basis(place / folders[value], plan.quarter),
            part=f"{request.by}={value}",
            names={lang: names[lang][value] for lang in plan.langs},
        )
        for value in values
    ]


def _names(plan, values, folders, lang):
    """Part → what readers in a language call it: not too long for a line, and no two alike."""
    terms = {"": glossary.term("not_known", lang)}
    if plan.request.by == "store_format":
        terms |= reference.table("formats.csv", plan.data_dir).set_index("store_format")[lang].to_dict()
    names = {value: visible(terms.get(value, value)) for value in values}
    names = {value: name if len(name) <= LONGEST else name[: LONGEST - 1] + "…" for value, name in names.items()}
    alike = Counter(names.values())
    return {value: name if alike[name] == 1 else f"{name} ({folders[value]})" for value, name in names.items()}


def _side_by_side(plans, watch, stopping, jobs):
    """Part → its `quarterly.Outcome`, or why it has none."""
    by_part = {plan.part: plan for plan in plans}

    def work(part):
        plan = by_part[part]
        watch.start(_name(plan), parts.cells_run(plan))
        try:
            outcome = quarterly.make(plan, parts.Progress(watch, _name(plan)), stopping.ports)
        except (NotebookFailed, Refused) as error:
            outcome = error
        watch.end(_name(plan), "failed" if isinstance(outcome, Exception) else "done")
        return outcome

    return scheduler.in_order(dict.fromkeys(by_part, ()), work, jobs, stopping.end)


def _list(plan, plans, table, clean, ports, lang):
    """The page that lists the parts, as HTML."""
    by, index = glossary.term(plan.request.by, lang), plan.edition(publishing.INDEX, lang)
    title = words.say("report", "by", lang, by=by)
    rows = table.assign(part=[part.names[lang] for part in plans])
    listed = blocks.table(
        rows,
        lang=lang,
        caption=forms.with_currency(title, lang=lang, currency=clean.currency),
        columns={"part": by} | glossary.terms(["customers", "size", "share"], lang),
        formats={"size": ",.0f", "share": ".1%"},
        limit=len(rows),
    )
    output = nbformat.v4.new_output("display_data", {"text/html": listed.html})
    cells = [nbformat.v4.new_markdown_cell(f"# {title}"), nbformat.v4.new_code_cell(outputs=[output])]
    return ports.render(
        nbformat.v4.new_notebook(cells=cells),
        lang=lang,
        title=" · ".join(filter(None, [clean.company, plan.quarter])),
        links=[(part.names[lang], f"../{quote(part.reports.name)}/{quote(part.quarter)}/{index}") for part in plans],
        twins=[(other, plan.edition(publishing.INDEX, other)) for other in plan.langs if other != lang],
        downloads=[(words.say("report", "all_reports", lang), f"../../{publishing.INDEX}")],
        footer="",
    )
