"""A page for each customer and account manager, made of the result tables alone, after all notebooks."""

from custlib.report.profile import found, linked, managers, rendering, sections

__all__ = ["found", "linked", "managers", "rendering", "sections"]
