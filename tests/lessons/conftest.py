"""An exercise as a reader of either language sees it, and what every exercise promises."""

import dataclasses
import re

import pytest

from custlib.lessons import texts
from custlib.page import frames, vocabulary
from custlib.wording import sentences
from custlib.words import LANGUAGES


@pytest.fixture
def read():
    """read(exercise, lang): the exercise in words, after its way through a notebook's output."""
    context = sentences.Context(vocabulary=vocabulary.of("data/raw"))

    def make(exercise, lang="en"):
        return texts.in_words(frames.decode(frames.encode(dataclasses.asdict(exercise))), lang, context)

    return make


@pytest.fixture
def promised(read):
    """promised(exercise): each item has exactly one right answer, and says something of its own to every answer, in
    every language; a card's options are the bins; ways have a hint."""

    def check(exercise):
        assert exercise.items and set(exercise.ways) == set(exercise.thinks)
        for item in exercise.items:
            tags = [option.tag for option in item.options]
            assert tags.count("right") == 1 and all(tags)  # an answer without a tag is neither right nor wrong
            assert not exercise.bins or [option.letter for option in item.options] == [bin[0] for bin in exercise.bins]
        for lang in LANGUAGES:
            for item in read(exercise, lang)["items"]:
                says = [option["says"] for option in item["options"]]
                assert all(says) and len(set(says)) == len(says), says
                assert all(re.search("[一-鿿]", text) for text in says) == (lang == "zh") or lang == "en"

    return check
