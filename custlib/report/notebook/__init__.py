"""Notebooks of a report: what they declare, how one that was executed is proven and published, what would trip it."""

from custlib.report.notebook import checking, executed, failures, lineage, notebooks, parameters
from custlib.report.notebook.failures import NotebookFailed
from custlib.report.notebook.formats import nbformat

__all__ = ["NotebookFailed", "checking", "executed", "failures", "lineage", "nbformat", "notebooks", "parameters"]
