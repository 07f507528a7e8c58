import re

import pytest

from custlib import words

LISTS = sorted(path.name.removesuffix(".csv") for path in words.FOLDER.iterdir() if path.name.endswith(".csv"))
TEXTS = [name for name in LISTS if name not in ("languages", "currencies", "forms")]
LANGUAGES = list(words.table("languages"))


def places(text):
    return sorted(set(re.findall(r"\{(\w+)", text)))


@pytest.mark.parametrize("name", TEXTS)
def test_every_text_is_there_in_every_language_with_the_same_places(name):
    for key, line in words.table(name).items():
        assert key and all(line[lang] for lang in LANGUAGES) and None not in line, (name, key)
        assert len({tuple(places(line[lang])) for lang in LANGUAGES}) == 1, (name, key)


def test_a_text_is_filled_in():
    assert words.say("forms", "customer_more", "zh", count="12") == "12 家客户"
    with pytest.raises(KeyError):
        words.say("forms", "elephants", "en")


def test_an_unknown_language_is_refused_with_the_languages_there_are():
    for call in (lambda: words.say("forms", "percent", "fr", number=1), lambda: words.all_of("blocks", "fr")):
        with pytest.raises(ValueError, match="en and zh, not “fr”"):
            call()


def test_a_key_stands_once_in_a_list():
    for name in LISTS:
        lines = (words.FOLDER / f"{name}.csv").read_text(encoding="utf-8-sig").splitlines()
        assert len(words.table(name)) <= len(lines) - 1
        keys = [line.split(",")[0] for line in lines[1:] if re.match(r"[\w.]+,", line)]
        assert len(keys) == len(set(keys)), name
