import dataclasses

from custlib.lessons.exercises import Exercise, Item, Option, key_of

RIGHT, WRONG = Option("A", "yes", tag="right"), Option("B", "no", tag="thought")


def test_the_key_has_a_letter_for_each_item_and_a_dash_for_ones_own():
    exercise = Exercise("sort", "s", (Item("1", "", (RIGHT, WRONG)), Item("2", "", (WRONG,))))
    assert exercise.key == "A-"


def test_a_key_is_the_same_of_an_exercise_as_data():
    exercise = Exercise("sort", "s", (Item("1", "", (WRONG, RIGHT)), Item("2", "", (WRONG,))))
    assert key_of(dataclasses.asdict(exercise)) == exercise.key
