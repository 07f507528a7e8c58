"""A report for each part of the company, such as each region, and one page that lists them.

reports/by-region/<part>/              what `reports/` is for the company: quarters, runs, what failed
reports/by-region/<quarter>/index.html  the list of the parts with a key figure each
"""

import contextlib
from collections import Counter
from dataclasses import replace
from urllib.parse import quote

from custlib import blocks, facts, glossary, reference, words
from custlib.escaping import visible
from custlib.refusals import Refused
from custlib.report import files
from custlib.report.archive import archive, manifest, publishing
from custlib.report.by_part import cluster, parts
from custlib.report.kernels import client, execution
from custlib.report.notebook import NotebookFailed, nbformat
from custlib.report.run import build, cache, editions, planning, quarterly, scheduler
from custlib.report.run import ports as all_ports
from custlib.wording import forms

LONGEST = 60  # characters of a part's name, as it is shown


def run(request, watch, ports=None, found=facts.parts):
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
            return _each(plan, place, watch, ports or all_ports.real(server), found, workers)
        finally:
            publishing.discard(place)


def _each(plan, place, watch, ports, found, workers):
    plan = replace(plan, waits=scheduler.waits(plan.books, ports.promised))
    clean, before = quarterly.opened(plan, watch, ports)
    ports.check_kernel()
    watch.step("contracts")
    ports.check_contracts(clean, plan.data_dir)
    table = found(clean, plan.quarter, plan.request.by)
    plans = _plans(replace(plan, found=before), place, table["part"])
    taken = _shared(plans, replace(plan, reports=place), before, watch, ports, clean)
    plans = [replace(one, taken=taken) for one in plans]
    last = {_name(one): archive.seconds(one.reports).values() for one in plans}
    watch.expect({name: sum(seconds) for name, seconds in last.items() if seconds})
    if workers:
        outcomes = workers.side_by_side(plans, watch)
    else:
        outcomes = _side_by_side(plans, watch, parts.Stopping(parts.prepared(ports, clean)), plan.jobs)
    failed = {_name(one): outcomes[one.part] for one in plans if isinstance(outcomes[one.part], Exception)}
    states = {outcome.state for outcome in outcomes.values() if not isinstance(outcome, Exception)}
    if not failed:
        for lang in reversed(plan.langs):
            page = _list(plan, plans, table, clean, ports, lang)
            publishing.replace(place / plan.quarter / plan.edition(publishing.INDEX, lang), page.encode())
    state = "published" if "published" in states else "up to date"
    return quarterly.Outcome(state, place / plan.quarter / publishing.INDEX), failed


def _name(plan):
    return plan.names[plan.lang]


def _shared(plans, plan, before, watch, ports, clean):
    """What is the same for every part, executed once if no run of theirs that is kept has it: notebook → `cache.Made`."""
    keys = [quarterly.keys(one, before, clean) for one in plans]
    same = {stem: one for stem, one in keys[0][1].items() if all(own[stem] == one for _, own in keys)}
    earlier = cache.Cache([] if plan.request.force else [run for one in plans for run in cache.runs(one.place)])
    taken = earlier.executed(same)
    if len(taken) == len(same):
        return taken
    watch.expect(archive.seconds(plans[0].reports))
    folder = publishing.stage(plan.reports, "shared")
    books = tuple(book for book in plan.books if book.stem in same)
    waits = {stem: before for stem, before in plan.waits.items() if stem in same}
    work = replace(plans[0], books=books, waits=waits, taken=taken, request=plan.request)
    try:
        with editions.Editions(work, folder, ports.fill, keys[0][0], earlier) as told:
            seconds = build.execute(work, folder, ports, watch, told)
            for lang in work.langs:
                told.nodes(lang)
    except NotebookFailed as failed:
        quarterly.keep_failure(plan, folder, failed, ports)
        raise
    manifest.write(folder, keys[0][0], made=earlier.noted)
    return {stem: cache.Made(folder, tuple(build.made_by(work, stem, ports)), took) for stem, took in seconds.items()}


def _plans(plan, place, values):
    """A plan for each part, with a folder of reports of its own. It is judged against the company's report of the quarter before, and
    what became of things since is told of its own."""
    by = plan.request.by
    folders = parts.folder_names(values)
    names = {lang: _names(plan, values, folders, lang) for lang in plan.langs}
    jobs = max(1, plan.jobs // len(folders))
    shared = {"basis": publishing.basis(plan.reports, plan.quarter), "request": replace(plan.request, jobs=jobs)}
    return [
        replace(
            plan,
            reports=place / folders[value],
            part=f"{by}={value}",
            names={lang: names[lang][value] for lang in plan.langs},
            last_report=publishing.basis(place / folders[value], plan.quarter),
            **shared,
        )
        for value in values
    ]


def _names(plan, values, folders, lang):
    """Part → what readers in a language call it: not too long for a line, and no two alike."""
    known = {"": glossary.term("not_known", lang)}
    if plan.request.by == "store_format":
        known |= reference.table("formats.csv", plan.data_dir).set_index("store_format")[lang].to_dict()
    names = {value: visible(known.get(value, value)) for value in values}
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
            watch.end(_name(plan), "failed")
            return error
        watch.end(_name(plan), "done")
        return outcome

    return scheduler.in_order(dict.fromkeys(by_part, ()), work, jobs, stopping.end)


def _list(plan, plans, table, clean, ports, lang):
    """The page that lists the parts, as HTML."""
    by = glossary.term(plan.request.by, lang)
    title, index = words.say("report", "by", lang, by=by), plan.edition(publishing.INDEX, lang)
    links = [(one.names[lang], f"../{quote(one.reports.name)}/{quote(one.quarter)}/{index}") for one in plans]
    headers = {"part": by} | glossary.terms(["customers", "size", "share"], lang)
    shown = table.assign(part=[one.names[lang] for one in plans])
    formats = {"size": ",.0f", "share": ".1%"}
    caption = forms.with_currency(title, lang=lang, currency=clean.currency)
    listed = blocks.table(shown, lang=lang, caption=caption, columns=headers, formats=formats, limit=len(shown)).html
    cells = [
        nbformat.v4.new_markdown_cell(f"# {title}"),
        nbformat.v4.new_code_cell(outputs=[nbformat.v4.new_output("display_data", {"text/html": listed})]),
    ]
    name = " · ".join(filter(None, [clean.company, plan.quarter]))
    twins = [(other, plan.edition(publishing.INDEX, other)) for other in plan.langs if other != lang]
    node = nbformat.v4.new_notebook(cells=cells)
    return ports.render(node, lang=lang, title=name, links=links, twins=twins, footer="")
