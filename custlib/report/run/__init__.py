"""The quarterly run: planned, executed in the order of its tables, made into pages, published."""

__all__ = [
    "build",
    "cache",
    "planning",
    "ports",
    "progress",
    "quarterly",
    "scheduler",
    "why_executed",
]  # none is loaded before it is named: some take long
