import pytest

from custlib import lessons
from custlib.lessons import Exercise, Item, Option, ways

KEY = "AABBBBCCCC"
WAYS = {"first": "BBAABBCCCC", "second": "CCBBBBAACC"}


def test_letters_alike_and_how_many_are_enough():
    assert ways.alike("ABC", "ACC") == 2
    assert [ways.enough(10), ways.enough(15), ways.enough(12)] == [7, 10, 8]
    assert [ways.enough(10, 2), ways.enough(5, 2)] == [8, 4]  # of two letters every second one is alike by chance


@pytest.mark.parametrize(
    "answers, told",
    [
        (WAYS["first"], "first"),
        ("BBAABBCAAA", "first"),  # seven of ten, three of them more than are like the key
        ("BBAABBAAAA", ""),  # six of ten
        (KEY, ""),
        ("AAAABBCCCC", ""),  # eight like the way, but eight like the key
        ("C" * 10, ""),
    ],
)
def test_a_way_is_named_only_if_enough_letters_are_like_it_and_more_than_like_the_key(answers, told):
    assert ways.nearest(answers, KEY, WAYS) == told


def test_of_two_letters_more_have_to_be_alike():
    key, only = "AAAAABBBBB", {"way": "BBBAAAABBB"}
    seven = "BBBAAAABAA"
    assert ways.alike(seven, only["way"]) == 8 and ways.nearest(seven, key, only, 2) == "way"
    assert ways.nearest("BBBAABABAA", key, only, 3) == "way" and ways.nearest("BBBAABABAA", key, only, 2) == ""


def test_all_letters_the_same_name_no_way_even_if_they_are_a_way():
    assert ways.nearest("CCCC", "AABC", {"way": "CCCC"}) == ""


def test_of_ways_equally_near_the_first_by_name_is_told_as_on_the_page():
    assert ways.nearest("ABCABC", "CCCAAA", {"b": "ABCABC", "a": "ABCABC"}) == "a"


def test_distance_is_the_least_between_key_and_ways():
    assert ways.distance("AAAA", {"one": "ABBB", "two": "ABBA"}) == 1
    assert ways.distance("AAAA", {}) == 4


def exercise():
    def item(name, *tags):
        options = tuple(Option(letter, letter, "", tag) for letter, tag in zip("ABC", tags, strict=True))
        return Item(name, name, options)

    items = (item("a", "right", "way", ""), item("b", "second", "right", "way"), item("c", "other", "", "right"))
    return Exercise("sort", "x", items, bins=(("A", "A"), ("B", "B"), ("C", "C")))


def test_a_way_of_tags_answers_so_where_it_leads_astray_and_rightly_elsewhere():
    assert ways.of_tags(exercise()) == {"second": "AAC", "way": "BCC"}


def test_ways_that_nobody_can_tell_apart_are_not_named():
    alike = ways.named(exercise(), {"near": "ABA", "one": "BCA", "same": "BCA"}, {})
    assert not alike.ways and not alike.thinks
    named = ways.named(exercise(), {"way": "BCA"}, {"way": "hint", "second": "unused"})
    assert (named.ways, named.thinks) == ({"way": "BCA"}, {"way": "hint"})


def test_behind_a_wrong_letter_stands_the_only_way_that_leads_to_it():
    leading = {"one": "BC", "two": "BA"}
    assert [ways.tag(letter, "A", leading, 0) for letter in "ABC"] == ["right", "other", "other"]  # two ways, none
    assert ways.tag("C", "A", leading, 1) == "one"


def card(id, **tags):
    """A card with an option for each letter, letter → tag."""
    return Item(id, id, tuple(Option(letter, letter, "", tag) for letter, tag in tags.items()))


def test_a_way_answers_by_its_tag_and_is_right_elsewhere():
    rows = [
        card("a", X="right", Y="bulk", Z="payer bulk"),
        card("b", X="bulk", Y="right"),
        card("c", X="bulk", Y="right"),
    ]
    rows += [card("d", X="payer", Y="right")]
    exercise = ways.with_ways(Exercise("sort", "e", tuple(rows)), {"bulk": "the hint"})
    assert exercise.ways == {"bulk": "YXXY"}  # of those of whom two letters lead to it, the first
    assert exercise.thinks == {"bulk": "the hint"}  # payer has no hint
    assert exercise.items[0].options[2].tag == "payer"


def test_a_computed_card_tags_each_wrong_answer_by_the_way_that_leads_to_it():
    bins = [("M", "more"), ("S", "same"), ("L", "less")]
    made = ways.card("c", "text", "S", bins, "{} said".format, {"mean": "MM", "large": "SL"}, 1)
    assert [(each.letter, each.says, each.tag) for each in made.options] == [
        ("M", "M said", "mean"),
        ("S", "S said", "right"),
        ("L", "L said", "large"),
    ]


@pytest.mark.parametrize("part, least", [("kinds", 4), ("chain", 3), ("interests", 3)])
def test_ways_of_lesson_1_are_far_enough_apart_and_are_named(part, least):
    kind = "order" if part == "chain" else "sort"
    exercise = lessons.with_ways(lessons.cases(kind, part, lessons.lines("cases", "1")), lessons.thinking("1"))
    assert ways.distance(exercise.key, exercise.ways) >= least
    assert all(ways.nearest(way, exercise.key, exercise.ways) == tag for tag, way in exercise.ways.items())
    if kind == "order":
        assert all(sorted(way) == sorted(exercise.key) for way in exercise.ways.values())
