import pytest

from custlib.wording.sentences import Context, text


@pytest.fixture
def said():
    """What a sentence ("room.macro") says of facts; currency, size_is: those of the report."""

    def say(sentence, facts, lang="en", *, markdown=True, **context):
        return text(sentence, facts, lang=lang, context=Context(**context), markdown=markdown)

    return say
