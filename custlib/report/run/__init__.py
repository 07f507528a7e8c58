"""The quarterly run: planned, executed in the order of its tables, made into pages, published."""

from custlib.report.run import build, cache, planning, ports, progress, quarterly, scheduler, why_executed

__all__ = ["build", "cache", "planning", "ports", "progress", "quarterly", "scheduler", "why_executed"]
