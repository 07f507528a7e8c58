"""A report for each part of the company, such as each region, and one page that lists them.

reports/by-region/<part>/              what `reports/` is for the company: quarters, runs, what failed
reports/by-region/<quarter>/index.html  the list of the parts with a key figure each
"""

from dataclasses import replace
from urllib.parse import quote

from custlib import blocks, facts, glossary, quarters, reference, wording
from custlib.inert import visible
from custlib.refusals import Refused
from custlib.report import execution, files, parts, planning, publishing, runs, warm, waves
from custlib.report import steps as all_steps
from custlib.report.failures import NotebookFailed
from custlib.report.formats import nbformat

TITLE = {"en": "Reports by {by}", "zh": "按{by}的报告"}


def run(request, watch, steps=None, found=facts.parts):
    """Makes and publishes a report for each part that `request.by` gives, side by side; returns (outcome, failed).

    outcome: a `runs.Outcome` whose page is the list of the parts. failed: part, as in "region=华东", → why it has no new report
    (`NotebookFailed` or `Refused`); then the list stays as it was, and so does what was published of those parts.
    Cleaning, contracts and the notebooks without a parameter `part` are done once for all parts.
    found: (clean, quarter, by) → the parts, as `facts.parts` gives them.
    Raises what `runs.run` raises, and Refused (`wrong_part`, `no_part`).
    """
    plan = planning.prepare(request)
    if not any(parameter.name == "part" for book in plan.books for parameter in book.parameters):
        raise Refused("no_part", by=request.by)
    with files.only_one(plan.reports / f"by-{request.by}"), execution.quiet(), warm.server(request.cold) as server:
        return _each(plan, watch, steps or all_steps.real(server), found)


def _each(plan, watch, steps, found):
    watch.step("cleaning")
    clean = steps.open_tables(plan.data_dir, watch.detail, plan.request.engine)
    steps.check_quarter(clean, quarters.parse(plan.quarter), plan.request.unfinished)
    steps.check_kernel()
    watch.step("contracts")
    steps.check_contracts(clean, plan.data_dir)
    table = found(clean, plan.quarter, plan.request.by)
    plans = _plans(plan, table["part"])
    outcomes = _side_by_side(plans, watch, parts.Once(steps, plan.books, clean), plan.jobs)
    failed = {name: error for name, error in outcomes.items() if isinstance(error, Exception)}
    states = {outcome.state for outcome in outcomes.values() if not isinstance(outcome, Exception)}
    page = plan.reports / f"by-{plan.request.by}" / plan.quarter / publishing.INDEX
    if not failed:
        _publish(page, _index(plan, plans, table, clean, steps))
    state = "published" if "published" in states else "up to date"
    return runs.Outcome(state, page), failed


def _plans(plan, values):
    """A plan for each part: its own folder of reports, compared with the company's report of the quarter before."""
    by = plan.request.by
    folders, names = parts.folder_names(values), _names(plan, values)
    jobs = max(1, plan.jobs // len(folders))
    shared = {"basis": publishing.basis(plan.reports, plan.quarter), "request": replace(plan.request, jobs=jobs)}
    return [
        replace(
            plan,
            reports=plan.reports / f"by-{by}" / folders[value],
            part=f"{by}={value}",
            part_name=names[value],
            **shared,
        )
        for value in values
    ]


def _names(plan, values):
    """Part → what readers in the plan's language call it."""
    known = {"": glossary.term("not_known", plan.lang)}
    if plan.request.by == "store_format":
        known |= reference.table("formats.csv", plan.data_dir).set_index("store_format")[plan.lang].to_dict()
    return {value: visible(known.get(value, value)) for value in values}


def _side_by_side(plans, watch, once, jobs):
    """Part → its `runs.Outcome`, or why it has none."""

    def work(one):
        try:
            return runs.make(one.plan, parts.Progress(watch, one.plan.part_name), once.steps)
        except (NotebookFailed, Refused) as error:
            return error

    units = [parts.Unit(plan.part, plan) for plan in plans]
    return waves.in_waves(units, work, jobs, once.end)


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
