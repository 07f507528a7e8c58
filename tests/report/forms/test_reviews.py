"""The page of a key account: what we did not do comes first, numbers in the unit of their row."""

import re

import pandas as pd
import pytest

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


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1234567.4, "amount", "1,234,567"),
        (0.25, "share", "25.0%"),
        (2.5, "days", "2.5"),
        (3.0, "days", "3"),
        (-1500.0, "amount", "−1,500"),
        (None, "days", "–"),
    ],
)
def test_numbers_are_written_in_the_unit_of_their_row_and_stand_to_the_right(value, unit, text):
    state = pd.DataFrame({"measure": ["net_sales", "payments"], "unit": [unit, "days"], "now": [value, 1.0]})
    cells = re.findall(r'<td class="cl-number"[^>]*>([^<]*)', reviews._section("account_state", state, "en", Context()))
    assert cells == [text, "1"]


def test_amounts_have_the_currency_for_a_unit(published):
    assert "<td>yuan</td>" in page(published) and "<td>元</td>" in page(published, "zh")


def test_a_change_is_shown_as_percent(published):
    assert "+20%" in page(published)


def test_our_own_page_says_so_in_the_head_of_every_sheet_of_paper(published):
    ours, theirs = page(published, "zh", "internal"), page(published, "zh")
    assert re.search(r"<thead><tr><td>内部资料，不得提供给客户</td></tr></thead>", ours) and "内部" not in theirs
