"""A report for each part of the company, on this machine or on a cluster."""

from custlib.report.by_part import reports

__all__ = ["reports"]
