import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custlib.lessons import codes
from custlib.lessons.exercises import Exercise, Item, Option

ANSWERS = ["BBBCCACABC", "012"]
KEYS = string.ascii_uppercase + string.digits + string.punctuation


def test_checksums_of_the_page_of_the_first_lesson_that_was_tried():
    assert codes.checksum("ABC|Wang 07|BBBCCACABC|012") == "J9"
    assert codes.checksum("ABC|王晓明|BBBCCACABC|012") == "15"


@given(st.text(max_size=40))
def test_a_code_is_read_as_it_was_made_whatever_the_name(name):
    made = codes.make("4", "K3F9", name, ANSWERS)
    (read,), _ = codes.read(made)
    assert str(read) == made and (read.lesson, read.edition, read.answers) == ("4", "K3F9", tuple(ANSWERS))
    assert len(read.name) <= 20 and "|" not in read.name and "\n" not in made


@given(st.integers(0, 200), st.sampled_from(KEYS))
def test_a_changed_character_is_not_read(place, other):
    made = codes.make("4", "K3F9", "Wang 07", ANSWERS)
    place %= len(made)
    if made[place] != other:
        assert not codes.read(made[:place] + other + made[place + 1 :])[0]


@given(st.integers(0, 200))
def test_two_neighbours_that_changed_places_are_not_read(place):
    made = codes.make("4", "K3F9", "Wang 07", ANSWERS)
    place %= len(made) - 1
    a, b = made[place : place + 2]
    if a != b:
        assert not codes.read(made[:place] + b + a + made[place + 2 :])[0]


def test_a_code_is_found_in_a_line_of_a_chat():
    made = codes.make("4", "K3F9", "王晓明", ANSWERS)
    for line in (f"小李：{made}", f"[10:02] Li: {made} thanks", made.translate({ord("|"): "｜"}), f"\ufeff{made} 。"):
        assert [str(code) for code in codes.read(line)[0]] == [made]


@pytest.mark.parametrize("between", ["", " ", "」回复：", "，"])
def test_several_codes_in_a_line_are_all_read_and_what_stands_around_them_is_left(between):
    made = [codes.make("4", "K3F9", name, ANSWERS) for name in ("Li", "王晓明", "Li")]
    found, around = codes.read("「" + between.join(made) + "」")
    assert [str(code) for code in found] == made and around == "「" + 2 * between + "」"


def test_a_broken_code_beside_a_whole_one_is_left_over():
    made, broken = codes.make("4", "K3F9", "Li", ANSWERS), codes.make("4", "K3F9", "Wu", ANSWERS)[:-3]
    for line in (f"{made} {broken}", f"{broken} {made}"):
        found, around = codes.read(line)
        assert [str(code) for code in found] == [made] and codes.is_meant(around)


def test_a_name_with_a_quotation_mark_is_read_as_a_csv_writes_it():
    made = codes.make("4", "K3F9", 'Li "Lili"', ANSWERS)
    assert codes.read('4,"' + made.replace('"', '""') + '"')[0][0].name == 'Li "Lili"'


def test_what_people_say_around_codes_is_none():
    for line in ("Please hand in", "A|B", "", "10:02 | 4 people"):
        assert codes.read(line) == ([], line) and not codes.is_meant(line)
    assert codes.is_meant("4|K3F9|Wang|BBB|0")


def test_the_edition_changes_with_the_key_and_not_with_a_word():
    def edition(text="two", right="1"):
        options = tuple(Option(letter, text, tag="right" if letter == right else "") for letter in "01")
        return codes.edition([Exercise("quiz", "q", (Item("i", text, options),))])

    assert edition() == edition(text="二") != edition(right="0")
    assert len(edition()) == 4
