"""Exercises as controls: the same answers get the same sentences as on a lesson's page, by buttons alone."""

import runpy
from pathlib import Path

import pytest

from custlib import words
from custlib.lessons import controls

TOYS = runpy.run_path(str(Path(__file__).parents[1] / "lesson_toys.py"))


def told(name, lang="en"):
    return TOYS["told"](TOYS[name], lang)


def made(name, lang="en"):
    return controls.control(told(name, lang), lang)


def say(key, lang="en", **facts):
    return words.say("lessons", key, lang, **facts)


def cards(box):
    """(what is told, its cards, the button) of a control with cards."""
    _, verdict, *shown, act = box.children
    return verdict, shown, act


def choose(shown, letters):
    for card, letter in zip(shown, letters, strict=True):
        card.children[1].value = letter


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_all_right_says_what_can_now_be_done(lang):
    verdict, shown, act = cards(made("SORT", lang))
    choose(shown, TOYS["KEY"])
    act.click()
    assert verdict.value == f"<p>{told('SORT', lang)['done']}</p>"
    assert all(card.children[2].value.startswith("<p>✓ ") for card in shown)


def test_a_known_way_is_named_once_and_each_card_says_its_own():
    verdict, shown, act = cards(made("SORT"))
    choose(shown, TOYS["BY_SIZE"])
    act.click()
    # BY_SIZE BBCCBACABC beside the key AABCBBCBCC: C at the 4th, B at the 5th, C at the 7th and the 10th
    assert verdict.value.startswith(f"<p>{say('right_of', n=4, of=10)} ")
    assert verdict.value.count(told("SORT")["thinks"]["only_size"]) == 1
    assert shown[0].children[2].value == "<p>✗ It ranks 2nd by profit and 3rd together: A.</p>"


def test_a_wrong_number_of_letters_is_said_before_the_way():
    letters = "ABCCBACABC"
    sentences = controls.told(told("SORT"), letters, "en")
    assert sentences[1:3] == ["There should be 2 A, 4 B, 4 C.", told("SORT")["thinks"]["only_size"]]


def test_nothing_is_told_before_every_card_has_a_letter_and_a_change_takes_back_what_was_said():
    verdict, shown, act = cards(made("SORT"))
    shown[0].children[1].value = "A"
    act.click()
    assert verdict.value == f"<p>{say('need', n=9)}</p>" and shown[0].children[2].value == ""
    choose(shown, TOYS["KEY"])
    act.click()
    shown[0].children[1].value = "C"
    assert shown[0].children[2].value == "" and shown[1].children[2].value != ""


def test_a_partner_leaves_the_card_that_had_it():
    _, shown, _ = cards(made("MATCH"))
    shown[0].children[1].value = "2"
    shown[1].children[1].value = "2"
    assert [card.children[1].value for card in shown] == [None, "2", None]


def test_a_guided_question_is_told_at_once_and_an_independent_one_after_all():
    _, first, _ = made("GUIDED").children
    _, money, _, _, said = first.children
    money_button = next(button for button in first.children[1:4] if button.description == "Their money")
    money_button.click()
    assert said.value == "<p>✗ That would be 80/15/5.</p>" and money_button.button_style == "info"
    _, first, guess, act, line = made("QUIZ").children
    first.children[1].click()
    act.click()
    assert first.children[-1].value == "" and line.value == f"<p>{say('need_answers', n=1)}</p>"
    slider, _, answer = guess.children[1].children
    slider.value = 45
    answer.click()
    act.click()
    assert guess.children[-1].value == "<p>✓ Right: 45 %.</p>" and line.value == f"<p>{say('right_of', n=2, of=2)}</p>"


def test_a_talk_turns_on_what_is_said_and_ends_with_what_came_to_light():
    _, log, foot = made("VISIT").children
    foot.children[1].click()
    assert "Stock for 70 days" in log.value and len(foot.children) == 2
    foot.children[0].click()
    assert "You know the whole gap." in log.value and "He tells." in log.value
    foot.children[0].click()
    assert "Stock" not in log.value and len(foot.children) == 3


def test_a_summary_is_that_of_the_most_that_has_one():
    summary = {"": "none", "a": "one", "ab": "two"}
    assert controls.summed(summary, {"a", "c"}) == "one" and controls.summed(summary, {"b"}) == "none"


def test_sliders_go_only_to_settings_that_were_computed():
    _, *sliders, back, shown = made("WEIGH").children
    sliders[0].value = 8
    assert sum(slider.value for slider in sliders) == 10
    assert "Some change their class." in shown.value and "B → A" in shown.value
    back.click()
    assert [slider.value for slider in sliders] == [3, 3, 3] and "→" not in shown.value


def test_the_nearest_setting_moves_the_other_sliders_least():
    settings = dict.fromkeys(["equal", "0,2", "1,1", "2,0"])
    assert controls.reach(settings, (2, 0), 0, 1) == "1,1" and controls.reach(settings, (2, 0), 0, 3) == ""


@pytest.mark.parametrize("name", ["OWN", "NOTE", "ECHO", "LAST"])
def test_what_is_handed_in_or_stays_private_is_the_pages(name):
    assert made(name) is None


def test_a_text_is_shown_and_never_run():
    hostile = told("HOOK")
    hostile["items"][0]["text"] = "<img src=x onerror=alert(1)>"
    box = controls.control(hostile, "en")
    assert box.children[1].children[0].value == "<b>&lt;img src=x onerror=alert(1)&gt;</b>"
