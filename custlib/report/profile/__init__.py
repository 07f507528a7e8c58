"""A page for each customer, made of the result tables alone, after all notebooks."""

from custlib.report.profile import found, linked, rendering, sections

__all__ = ["found", "linked", "rendering", "sections"]
