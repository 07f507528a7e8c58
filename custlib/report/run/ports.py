"""What a run calls in other rooms, as plain functions, so that a run can be tested without data and kernels."""

import functools
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock

_ALONE = Lock()  # matplotlib draws one figure at a time


@dataclass(frozen=True)
class Ports:
    """What a run calls; `real()` has custlib's own."""

    open_tables: Callable  # (data_dir, said, engine) → clean tables; calls said(text) at each file
    check_quarter: Callable  # (clean, quarter, unfinished) → None, or raises Refused
    check_given: Callable  # (clean, quarter, given, data_dir) → None, or raises Refused
    check_references: Callable  # (data_dir) → None, or raises Refused
    check_contracts: Callable  # (clean, data_dir) → None, or raises Refused
    check_kernel: Callable  # () → None, or raises Refused
    execute: Callable  # (notebook, values, *, folder, kernels, lang, cell_seconds, on_cell) → executed node
    promised: Callable  # (stem) → names of result tables
    load: Callable  # (name, out_dir) → table, or raises
    shape: Callable  # (name, out_dir) → its rows and columns, or raises
    fill: Callable  # (node, lang) → None; puts the words of a language into an executed node
    context: Callable  # (clean, data_dir) → the report's `sentences.Context`, with terms of the company's own tables
    render: Callable  # (node, *, lang, title, links, twins, downloads, code, footer, sources, findings) → page
    workbook: Callable  # (shapes, load, *, lang, title, period, context, about) → bytes
    pdf: Callable  # (page) → context of a function that gives bytes, or None where nothing prints it
    render_error: Callable  # (failure, *, lang) → page
    check_part: Callable  # (clean, part, folder) → None, or raises Refused where a file names another part's customer
    apart: Callable = lambda *work: None  # (running, function, *given) → [its result], made beside this, or None


def real(server=None) -> Ports:
    """Custlib's own; importing them takes a second or two. server: a `client.Server` for the kernels, or None."""
    from custlib import cleaning, facts, results
    from custlib.report.kernels import execution
    from custlib.report.pages import pages, pdf, workbook
    from custlib.report.run import foreign

    return Ports(
        open_tables=cleaning.open_tables,
        check_quarter=facts.check_quarter,
        check_given=check_given,
        check_references=check_references,
        check_contracts=functools.partial(_contracts, server),
        check_kernel=execution.check_kernel,
        execute=functools.partial(execution.execute, server=server),
        promised=results.promised,
        load=results.load,
        shape=results.shape,
        fill=functools.partial(fill, server),
        context=context,
        render=pages.render,
        workbook=workbook.render,
        pdf=pdf.pdf,
        render_error=pages.render_error,
        check_part=foreign.check,
        apart=functools.partial(apart, server),
    )


def check_references(data_dir):
    """Every table that people edit, before anything is made of it. Raises Refused, naming the file and the line."""
    from custlib import (
        abc_classes,
        accounts,
        contracts,
        customer_orders,
        demand,
        facts,
        fishbone,
        profile,
        reference,
        scorecards,
        segments,
        weights,
    )

    _check_glossary()
    for name in reference.OF_REPORTS:
        (reference.signed if name in reference.SIGNED else reference.table)(name, data_dir)
    _check_texts(data_dir)
    for check in (
        *(reference.merges, demand.windows, contracts.limits, contracts.signatures, customer_orders.texts),
        *(accounts.needs_of, accounts.questions, accounts.contract_terms, accounts.plan_changes, facts.plan_metrics),
        *(profile.credit_terms, scorecards.kpis, scorecards.sources, segments.words, fishbone.tree),
    ):
        check(data_dir)
    abc_classes.by_corner(reference.lines("measures.csv", data_dir))
    weights.of_indicators(reference.signed("comparisons.csv", data_dir), facts.INDICATORS)
    segments.checked(reference.lines("strategies.csv", data_dir))


def _check_glossary():
    from custlib import codebook, contracts, glossary, needed, schema

    tables = [line["table"] for line in codebook.lines()]
    units = [f"unit: {line['unit']}" for line in codebook.lines() if line["unit"]]
    columns = [column.name for table in schema.TABLES.values() for column in table.columns]
    glossary.check(dict.fromkeys([*schema.TABLES, *columns, *contracts.RULES, *tables, *units]))
    needed.check()


def _check_texts(data_dir):
    """What texts of the exports mean."""
    from custlib import reference, steps

    for name in ("formats.csv", "churn_reference.csv"):
        reference.words(reference.table(name, data_dir), name)
    for process in steps.PROCESSES:
        steps.of(process, data_dir)
    for field in reference.FIELDS:
        reference.keys_of(field, data_dir)


def check_given(clean, quarter, given, data_dir):
    """Parameters given by hand (notebook → name → value) against the data; and of people, what `scorecards` reads.
    Raises Refused (`absent_weights`; `no_figures` and what `scorecards` refuses)."""
    from custlib import facts, scorecards

    if scorecards.NOTEBOOK in given:
        weights = given[scorecards.NOTEBOOK].get("kpi_weights")
        scorecards.read(facts.presales(clean, quarter), quarter, data_dir, weights)
    for values in given.values():
        facts.check_weights(clean, quarter, values.get("weights", {}))


def _contracts(server, clean, data_dir):
    """`check_contracts` in a process of its own where there is one; what is wrong is raised here."""
    from custlib.report.kernels import execution

    # The memory goes back to the system, and a connection is of one process.
    if not apart(server, execution.Kernels(), check_contracts, replace(clean), data_dir):
        check_contracts(clean, data_dir)


def check_contracts(clean, data_dir):
    """The contracts of the clean tables, what the experts said, what interviews asked, whom terms of payment name, and
    the plans, their checks and corrections. Raises Refused, naming the rule or the line."""
    from custlib import accounts, contracts, demand, facts, fishbone, profile, reference, weights

    contracts.check(clean, data_dir)
    if len(reference.signed("new_models.csv", data_dir)):
        demand.like_models(facts.product_months(clean), data_dir)
    weights.from_table(facts.judgements(clean), fishbone.tree(data_dir))
    accounts.answers(facts.interviews(clean), data_dir)
    profile.check_terms(facts.customers(clean).index, data_dir)
    accounts.check_plans(facts.plans(clean, data_dir), facts.plan_checks(clean), data_dir)


def fill(server, node, lang):
    """Puts words into an executed notebook, where that can be in a process of its own, beside the kernels."""
    from custlib import project
    from custlib.page import outputs
    from custlib.report.notebook import executed

    wordless = executed.outputs_with(node, outputs.KIND)
    facts = [output.data[outputs.KIND] for output in wordless]
    shown = server and server.words(facts, lang, project.root() / "notebooks")
    if shown:
        for output, words in zip(wordless, shown, strict=True):
            output.data = {outputs.KIND: output.data[outputs.KIND], **words}
    else:
        with _ALONE:
            outputs.fill(node, lang)


def apart(server, running, function, *given):
    """[What a function gives], called in a process of its own; None where there is none, or where it fails or is ended.

    running: the `execution.Kernels` by which it can be ended.
    """
    from custlib import project

    return server and server.call(project.root() / "notebooks", running, function, *given)


def context(clean, data_dir):
    """What sentences and tables of a report may need; see `sentences.Context`."""
    from custlib.page import vocabulary
    from custlib.wording import sentences

    return sentences.Context(clean.currency, vocabulary=vocabulary.of(data_dir))
