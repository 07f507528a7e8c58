"""What a reader opens: pages, workbook and PDF. Only here are their templates and fonts known."""

from custlib.report.pages import bodies, cells, pages, pdf, workbook

__all__ = ["bodies", "cells", "pages", "pdf", "workbook"]
