"""The data behind a figure."""

import pandas as pd
from bs4 import BeautifulSoup

from custlib import codebook, glossary
from custlib.report.pages import bodies, data_fold
from custlib.wording.sentences import Context

SUMMARY = pd.DataFrame({"rank": range(1, 31), "action": "win_back", "customers": 2, "amount": 1234.5})


def shown(names, frame, lang="en"):
    sources = bodies.Sources({}, "", "tables/", lambda name: frame, Context())
    return BeautifulSoup(data_fold.details(names, sources, lang), "html.parser")


def test_rows_are_shown_in_words_and_numbers_in_their_form():
    page = shown(["quarter_actions"], SUMMARY.head(1), "zh")
    assert [cell.get_text() for cell in page.select("td")] == ["1", glossary.term("win_back", "zh"), "2", "1,234"]
    assert [cell.get_text() for cell in page.select("th")][1] == codebook.header(
        codebook.columns("quarter_actions")["action"], "zh"
    )


def test_a_long_table_shows_its_first_rows_and_links_to_all():
    page = shown(["quarter_actions"], SUMMARY)
    assert len(page.select("tbody tr")) == data_fold.ROWS
    assert [link["href"] for link in page.select("a")] == ["tables/quarter_actions.csv"]


def test_a_wide_table_is_only_linked():
    columns = [line["column"] for line in codebook.lines() if line["table"] == "abc_customers"]
    page = shown(["abc_customers"], pd.DataFrame([dict.fromkeys(columns)]))
    assert not page.select("table") and page.select_one("a")["href"] == "tables/abc_customers.csv"


def test_a_share_is_a_percentage_and_a_name_is_inert():
    columns = [line["column"] for line in codebook.lines() if line["table"] == "abc_loss_reasons"]
    frame = pd.DataFrame({"reason": ["<script>"], "customers": [3], "share": [0.25]}).reindex(columns=columns)
    page = shown(["abc_loss_reasons"], frame)
    assert [cell.get_text() for cell in page.select("td")] == ["<script>", "3", "25%"] and not page.select("script")


def test_without_tables_there_is_nothing_behind():
    assert data_fold.details([], None, "en") == ""
