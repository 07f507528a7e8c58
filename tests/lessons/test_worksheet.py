"""A worksheet holds every exercise on paper, and beside it what the page's script needs, and no more."""

import json
import runpy
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from custlib.lessons import worksheet

TOYS = runpy.run_path(str(Path(__file__).parents[1] / "lesson_toys.py"))
KINDS = {one.id: one for one in TOYS["ALL"]}


def sheet(name, lang="en"):
    return BeautifulSoup(worksheet.block(TOYS["told"](KINDS[name], lang), lang).html, "html.parser").section


def data(name, lang="en"):
    return json.loads(sheet(name, lang)["data-ex"])


@pytest.mark.parametrize(
    "name, boxes",
    {"sort": 30, "match": 9, "order": 36, "quiz": 3, "hook": 2, "visit": 5, "own": 30, "weigh": 0, "note": 0}.items(),
)
def test_there_is_a_box_for_every_answer_that_can_be_given(name, boxes):
    assert sheet(name).get_text().count("☐") == boxes


def test_a_card_shows_its_values_below_their_heads_and_the_worksheet_no_answer():
    text = sheet("sort", "zh").get_text(" ")
    assert "回款" in text and "¥44.9 thousand" in text and "综合第" not in text


def test_partners_are_named_and_an_estimate_has_a_gap():
    assert [item.get_text() for item in sheet("match").select(".bins li")][1] == "2 warehouse club"
    assert "____ %" in sheet("quiz").get_text()


def test_of_sliders_paper_shows_the_start():
    rows = [[cell.get_text() for cell in row("td")] for row in sheet("weigh").select("tbody tr")]
    assert rows == [["start"]] * 3 + [["B"], ["B"], ["C"]]


def test_own_names_and_own_lines_have_room():
    names, plan = sheet("own").select("table")
    assert len(names.select("tbody tr")) == 10 and len(plan.select("tbody tr")) == 3
    assert [head.get_text() for head in plan.select("th")][1:6] == ["customer", "measure", "metric", "value", "by"]
    assert sheet("note").get_text().count("____________") == 8


@pytest.mark.parametrize("name", ["echo", "hand_in"])
def test_what_needs_the_script_is_not_on_paper(name):
    assert sheet(name).find(["table", "ol", "p"]) is None


def test_the_data_hold_every_sentence_and_nothing_that_is_empty():
    sort = data("sort")
    assert sort["items"][0]["options"][1] == {
        "letter": "B",
        "says": "It ranks 2nd by profit and 3rd together: A.",
        "tag": "only_size",
    }
    assert not {"title", "sliders", "summary", "of"} & set(data("hook")["items"][0])
    assert '""' not in sheet("sort")["data-ex"] and "[]" not in sheet("sort")["data-ex"]


def test_a_setting_is_digits_and_its_texts_stand_once():
    weigh = data("weigh")
    assert (
        weigh["texts"] == ["B", "C", "A"] and weigh["start"] == "equal" and weigh["settings"]["equal"] == [0, 0, 1, 0]
    )
    assert weigh["settings"]["A00"] == [2, 0, 1, 1] and len(weigh["settings"]) == 67  # A is step 10 of the first slider


def test_false_stays_in_the_data_since_it_says_that_nothing_is_told():
    assert data("quiz")["guided"] is False and data("recall")["guided"] is True


def test_an_apostrophe_does_not_make_the_page_write_out_every_quotation_mark():
    html = worksheet.block(TOYS["told"](KINDS["hook"], "en"), "en").html
    assert "isn't paying" in json.dumps(data("hook"))
    assert "&quot;" not in str(BeautifulSoup(html, "html.parser").section)


def test_texts_of_an_exercise_are_shown_and_never_run():
    hostile = TOYS["told"](KINDS["sort"], "en")
    hostile["items"][0]["text"] = "<img src=x onerror=alert(1)>\"'>"
    html = worksheet.block(hostile, "en").html
    found = BeautifulSoup(html, "html.parser")
    assert found.find("img") is None and json.loads(found.section["data-ex"])["items"][0]["text"].startswith("<img")


def test_the_script_is_small_and_speaks_one_language():
    script = worksheet.script("zh")
    assert len((Path(worksheet.__file__).parent / "lesson.js").read_bytes()) < 30_000
    assert "交卷" in script and "Hand in" not in script
    assert ".ex-card" in worksheet.css()
