import dataclasses

import pandas as pd
import pytest

from custlib.lessons import items, texts
from custlib.report.lessons import results
from custlib.wording.sentences import Context


@pytest.fixture
def page(handed):
    def made(*answers, lang="en"):
        told = [texts.in_words(dataclasses.asdict(one), lang, Context()) for one in handed[:2]]
        frame = pd.DataFrame([(f"n{at}", *one) for at, one in enumerate(answers)], columns=["name", "sort6", "quiz"])
        return results.page("1", {"title": "T", "exercises": told}, frame, items.answered(told, frame), ([], []), lang)

    return made


def test_what_most_got_wrong_comes_first_with_its_answer(page):
    html = page(("AABBBB", "1"), ("AABBBB", "1"), ("BABBBB", "0"))
    first = html[html.index("Discuss first") : html.index("Item by item")]
    assert first.index("Who?") < first.index("Card 0") and "he!" in first and "At least half the class" in first


def test_the_ways_of_a_class_are_counted(page):
    html = page(("BBAABB", "0"), ("BBAABB", "0"), ("AABBBB", "0"))
    assert "<td>By size.</td><td>2</td>" in html and "<td>all right</td><td>1</td>" in html


def test_who_has_all_right_gets_a_harder_set_and_who_answered_nothing_does_not(page):
    assert "harder set" in page(("AABBBB", "0")) and "harder set" not in page(("", ""))


def test_names_of_learners_stand_nowhere(page):
    assert "n0" not in page(("AABBBB", "0")).split("<main>")[1]


def test_how_well_items_separate_is_told_from_a_hundred_learners_on(page):
    assert "100 learners on" in page(*[("AABBBB", "0")] * 99)
    html = page(*[("AABBBB", "0")] * 50, *[("BBAABB", "1")] * 50)
    assert "KR-20" in html and "<td>Card 4</td><td>–</td><td>Nearly nobody chose A" in html


def test_a_chinese_page_is_chinese(page):
    assert "先讨论" in page(("BBAABB", "1"), lang="zh")
