"""Exercises in words: each text of an exercise as a reader of one language sees it."""

import re

from custlib.wording import sentences

PLACE = re.compile(r"\{(\w+)\}")


def in_words(value, lang: str, context: sentences.Context):
    """The value (an exercise as a dict, or any part of it) with every text in words; lists and dicts are kept.

    A text is a dict as `exercises.said` or `exercises.written` gives it. Raises KeyError for a place without a fact.
    """
    if isinstance(value, list | tuple):
        return [in_words(each, lang, context) for each in value]
    if not isinstance(value, dict):
        return value
    if "sentence" in value:
        return sentences.text(value["sentence"], value["facts"], lang=lang, context=context, markdown=False)
    if "words" in value:
        facts = in_words(value["facts"], lang, context)
        return PLACE.sub(lambda found: str(facts[found[1]]), value["words"][lang])
    return {name: in_words(each, lang, context) for name, each in value.items()}
