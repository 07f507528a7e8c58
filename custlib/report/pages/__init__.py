"""What a reader opens: pages, workbook and PDF. Only here are their templates and fonts known."""

from custlib.report.pages import bodies, cells, facets, pages, pdf, webfont, workbook

__all__ = ["bodies", "cells", "facets", "pages", "pdf", "webfont", "workbook"]
