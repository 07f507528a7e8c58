"""The page of a key account: what we did not do comes first, numbers in the unit of their row."""

import re

import pandas as pd

from custlib import accounts
from custlib.report.forms import making, reviews
from custlib.wording.sentences import Context


def page(published, lang="en", reader="customer"):
    given = {name: accounts.edition(published.tables[name], name, reader, "K00001") for name in making.GIVEN}
    return reviews.page(given, reader, lang, Context(), name="店", quarter="2025Q3", run="run1")


def test_what_we_did_not_do_stands_before_what_we_achieved(published):
    text = page(published)
    assert text.index("What we did not do") < text.index("What we achieved") < text.index("What is still lacking")
    assert re.search(r"What we did not do</h3><ul><li>.*主题活动", text)


def test_numbers_are_written_in_the_unit_of_their_row():
    rows = pd.DataFrame(
        {"now": [1234567.4, 0.25, 2.5, 3, -1500, None], "unit": ["amount", "share", "days", "days", "amount", "days"]}
    )
    assert reviews._mixed(rows, "now") == ["1,234,567", "25.0%", "2.5", "3", "−1,500", None]


def test_a_change_is_shown_as_percent(published):
    assert "+20%" in page(published)


def test_our_own_page_says_so_in_the_head_of_every_sheet_of_paper(published):
    ours, theirs = page(published, "zh", "internal"), page(published, "zh")
    assert re.search(r"<thead><tr><td>内部资料，不得提供给客户</td></tr></thead>", ours) and "内部" not in theirs
