"""What changed between two reports."""

from custlib.report.diff import difference

__all__ = ["difference"]
