import pytest

from custlib.lessons import texts
from custlib.lessons.exercises import written
from custlib.wording.sentences import Context


def test_texts_are_put_into_words_wherever_they_stand():
    value = {"a": [written({"en": "yes", "zh": "是"})], "n": 3, "plain": "K1 <b>"}
    assert texts.in_words(value, "zh", Context()) == {"a": ["是"], "n": 3, "plain": "K1 <b>"}


def test_places_are_filled_with_further_texts():
    what = written({"en": "no", "zh": "不"})
    text = written({"en": "{who} says {what}", "zh": "{who}：{what}"}, who="{what}", what=what)
    assert texts.in_words(text, "en", Context()) == "{what} says no"


def test_a_place_without_a_fact_is_an_error():
    with pytest.raises(KeyError):
        texts.in_words(written({"en": "{gone}"}), "en", Context())
