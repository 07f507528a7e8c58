import pandas as pd
import pytest

import custlib
from custlib.page import opened

SUMMARY = pd.DataFrame(
    [
        ("2025Q4", "size", "A", 54, 10.0, 0.71),
        ("2025Q4", "size", "B", 107, 4.0, 0.23),
        ("2025Q4", "size", "C", 107, 1.0, 0.06),
    ],
    columns=["quarter", "indicator", "class", "customers", "value", "share"],
)


@pytest.fixture
def summary():
    return SUMMARY


@pytest.fixture
def page(tmp_path, monkeypatch):
    """lang → a page on the sample, and the list of what it shows."""

    def make(lang="en", **given):
        shown = []
        monkeypatch.setattr(opened, "_display", shown.append)
        page = custlib.page.open("2025Q4", "data/raw", str(tmp_path), lang=lang, **given)
        shown.clear()
        return page, shown

    return make
