"""What a run calls in other rooms, as plain functions, so that a run can be tested without data and kernels."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Steps:
    """The steps of a run; `real()` has those of custlib."""

    open_tables: Callable  # (data_dir, said, engine) → clean tables; calls said(text) at each file
    check_quarter: Callable  # (clean, quarter, unfinished) → None, or raises Refused
    check_contracts: Callable  # (clean, data_dir) → None, or raises Refused
    check_kernel: Callable  # () → None, or raises Refused
    execute: Callable  # (notebook, values, *, folder, kernels, lang, cell_seconds, on_cell) → executed node
    promised: Callable  # (stem) → names of result tables
    load: Callable  # (name, out_dir) → table, or raises
    render: Callable  # (node, *, lang, title, links, downloads, code, footer, sources, sections) → page
    workbook: Callable  # (tables, *, lang, title, period, currency, about) → bytes
    pdf: Callable  # (page) → context of a function that gives bytes, or None where nothing prints it
    render_error: Callable  # (failure, *, lang) → page


def real(server=None):
    """The steps of custlib; importing them takes a second or two. server: a `warm.Server` for the kernels, or None."""
    import functools

    from custlib import cleaning, facts, results
    from custlib.report.kernels import execution
    from custlib.report.pages import pages, pdf, workbook

    return Steps(
        open_tables=cleaning.open_tables,
        check_quarter=facts.check_quarter,
        check_contracts=check_contracts,
        check_kernel=functools.partial(check_kernel, server),
        execute=functools.partial(execution.execute, server=server),
        promised=results.promised,
        load=results.load,
        render=pages.render,
        workbook=workbook.render,
        pdf=pdf.pdf,
        render_error=pages.render_error,
    )


def check_kernel(server):
    """Refuses a wrong kernel; else lets a server of warm kernels begin its imports."""
    from custlib import project
    from custlib.report.kernels import execution

    execution.check_kernel()
    if server:
        server.start(project.root() / "notebooks")


def check_contracts(clean, data_dir):
    """What must be in order before a kernel starts: the contracts of the tables, and the tables in which people decide.

    Raises Refused, naming the rule or the line.
    """
    from custlib import abc_classes, contracts, facts, fishbone, reference, segments, weights

    contracts.check(clean, data_dir)
    abc_classes.by_corner(reference.lines("measures.csv", data_dir))
    weights.of_indicators(reference.signed("comparisons.csv", data_dir), facts.INDICATORS)
    reference.signed("overrides.csv", data_dir)
    reference.signed("key_accounts.csv", data_dir)
    reference.signed("done.csv", data_dir)
    segments.words(data_dir)
    segments.checked(reference.lines("strategies.csv", data_dir))
    weights.from_table(facts.judgements(clean), fishbone.tree(data_dir))
