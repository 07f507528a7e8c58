"""The sheets of the two forms: what they ask, and what stands beside it."""

import pandas as pd
import pytest

from custlib import accounts
from custlib.report.forms import books
from custlib.wording.sentences import Context

ABOUT = books.About("K00001", "店", "2025Q3")


@pytest.fixture
def lines(published):
    return published.tables["plan_lines"].query("customer_id == 'K00001'")


def test_only_lines_that_the_exports_do_not_measure_are_checked(lines):
    plan, checks, corrections = books.plan(lines, ABOUT, "zh", Context())
    assert (
        plan.rows["metric"].tolist()
        == corrections.rows["metric"].tolist()
        == ["主题活动场次", "货架陈列占比", "年度返利"]
    )
    assert checks.rows["metric"].tolist() == ["主题活动场次", "货架陈列占比"]
    assert not any(column.open for column in plan.columns)
    assert plan.rows["due_on"].tolist()[:2] == ["2025-12-31", "2025-12-31"]


def test_a_line_is_corrected_only_from_quarters_that_are_left_of_its_year(lines):
    sheets = {
        quarter: books.plan(lines, ABOUT._replace(quarter=quarter), "en", Context()) for quarter in ("2025Q2", "2025Q4")
    }
    (choices,) = [column.choices for column in sheets["2025Q2"][2].columns if column.name == "from_quarter"]
    assert choices == ("2025Q3", "2025Q4")
    assert [sheet.name for sheet in sheets["2025Q4"]] == ["Plan", "Checks"]


def test_the_interview_is_for_the_coming_quarter_and_shows_the_last_answers(workbook):
    last = {"quarter": ["2025Q1", "2025Q3"], "need": "service", "importance": [1, 5], "ideal": 9.0, "actual": 4.5}
    asked, questions = accounts.needs_of(), accounts.questions()
    talk, ask = books.interview(pd.DataFrame(last), asked, questions, ABOUT._replace(quarter="2025Q4"), "en")
    rows = talk.rows.set_index("key_need")
    assert rows["quarter"].unique().tolist() == ["2026Q1"] and len(rows) == 7
    assert rows.loc["service", ["last_importance", "last_ideal", "last_actual"]].tolist() == [5, 9, 4.5]
    assert rows["last_ideal"].notna().sum() == 1 and ask.rows["kind"].tolist() == questions["en"].tolist()
