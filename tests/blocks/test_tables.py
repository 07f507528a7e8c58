"""A table shows its frame: numbers that sort as numbers, classes as chips, names as text."""

from datetime import date

import pandas as pd
import pytest

from custlib import blocks

CUSTOMERS = pd.DataFrame(
    {
        "name": ["华锦", "恒达"],
        "class": pd.Categorical(["A", "B"], categories=list("ABC"), ordered=True),
        "visits": [12, 1500],
        "amount": [-1234.56, None],
        "share": [0.714, 0.29],
    }
)


def html(frame=CUSTOMERS, **options):
    return blocks.table(frame, lang="zh", caption="客户", **options)._repr_html_()


def test_numbers_are_right_aligned_and_keep_their_value_for_sorting():
    assert '<td class="cl-number" data-v="1500.0">1,500</td>' in html()
    assert '<td class="cl-number" data-v="-1234.56">−1,234.6</td>' in html()
    assert html().count('<th scope="col" class="cl-number">') == 3


def test_a_missing_number_sorts_as_missing():
    assert '<td class="cl-number" data-v="">–</td>' in html()


def test_formats_are_per_column():
    assert ">71%</td>" in html(formats={"share": ".0%"})


def test_classes_are_chips():
    assert '<span class="cl-chip cl-class-A">A</span>' in html()


def test_a_column_with_other_words_has_no_chips():
    assert "cl-chip" not in html(CUSTOMERS.assign(**{"class": ["A", "lost"]}))


def test_columns_are_chosen_ordered_and_named():
    shown = html(columns={"visits": "拜访", "name": "客户名称"})
    assert shown.index("拜访") < shown.index("客户名称")
    assert "1,234" not in shown


def test_a_missing_name_is_a_dash():
    assert "<td>–</td>" in html(CUSTOMERS.assign(name=["华锦", None]))


def test_a_wide_table_scrolls_by_itself_and_has_a_name():
    assert '<div class="cl-table" role="region" tabindex="0" aria-label="客户">' in html()
    assert "overflow-x: auto" in blocks.css()


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "{{7*7}}", "A$\\frac$B", '=HYPERLINK("x")', "张\u202e三"]
)
def test_hostile_names_are_inert(name):
    shown = blocks.table(CUSTOMERS.assign(name=name).rename(columns={"share": name}), lang="zh", caption=name).html
    assert "<script" not in shown and "\u202e" not in shown
    assert 'aria-label="=HYPERLINK("' not in shown


def test_the_frame_stays_as_it_was():
    before = CUSTOMERS.copy(deep=True)
    html()
    pd.testing.assert_frame_equal(CUSTOMERS, before)


def test_a_column_that_holds_nothing_is_left_out():
    frame = pd.DataFrame({"name": ["Alpha", "Beta"], "region": ["", ""], "share": [None, None], "zero": [0, 0]})
    html = blocks.table(frame, lang="en", caption="c")._repr_html_()
    assert ">region<" not in html and ">share<" not in html
    assert ">name<" in html and ">zero<" in html


def test_a_frame_without_rows_says_so():
    nothing = blocks.table(pd.DataFrame({"name": []}), lang="zh", caption="类别有变化的客户")
    assert nothing._repr_html_() == "<p>类别有变化的客户：无</p>"


def test_a_day_stays_on_one_line():
    frame = pd.DataFrame({"name": ["Alpha", "Beta"], "last_order": [date(2025, 6, 25), None]})
    shown = blocks.table(frame, lang="en", caption="c").html
    assert '<td class="cl-day">2025-06-25</td>' in shown and "<td>–</td>" in shown


def test_a_plain_table_shows_numbers_days_classes_and_what_is_missing():
    rows = [["<b>", 1234.5, "A", None], ["x", None, "B", date(2025, 1, 2)]]
    html = blocks.plain_table(rows, ["a", "b", "c", "d"], [None, ",.0f", None, None], caption="T").html
    assert "&lt;b&gt;" in html and '<td class="cl-number" data-v="1234.5">1,234</td>' in html
    assert '<span class="cl-chip cl-class-A">A</span>' in html and "<td>–</td>" in html and ">2025-01-02</td>" in html
    assert "data-limit" not in html and html.count("<th ") == 4
    assert ">0</td>" in blocks.plain_table([[-0.3]], ["a"], [",.0f"], caption="T").html


def test_rows_know_their_customer_and_columns_whether_they_add_up():
    shown = html(columns=["name", "amount"], name="abc_moves", customers=["K1", '"K2'], sums=["amount"])
    assert '<tr data-key="K1"><td>华锦</td>' in shown and '<tr data-key="&quot;K2">' in shown
    assert '<th scope="col" class="cl-number" data-sum>amount</th>' in shown and 'data-name="abc_moves"' in shown
    assert "data-key" not in html() and "data-sum" not in html() and "data-name" not in html()


def test_nothing_is_neither_more_nor_less():
    frame = pd.DataFrame({"a": [-0.003, 0.003, -0.05]})
    said = blocks.table(frame, lang="en", caption="T", formats={"a": "+.0%"}).html
    assert [cell.split("<")[0] for cell in said.split('">')[-3:]] == ["0%", "0%", "−5%"]
