import datetime
import shutil

import pytest

from custlib import glossary, words
from custlib.refusals import Refused
from custlib.wording import sentences

FACTS = {"files": 1, "tables": 2, "lines": 1204, "clean": 1200, "aside": 1, "share": 0.5, "not_read": "", "absent": []}

LISTS = list(words.FOLDER.glob("*.csv"))


@pytest.fixture
def template(tmp_path, monkeypatch):
    """A folder of words with one macro `said` in English and Chinese, and what it says."""

    def make(text, facts, lang="en", **given):
        for path in LISTS:
            shutil.copy(path, tmp_path)
        for name in glossary.LANGUAGES:
            (tmp_path / name).mkdir(exist_ok=True)
            (tmp_path / name / "room.j2").write_text(
                f"{{% macro said() %}}\n{text}\n{{% endmacro %}}", encoding="utf-8"
            )
        monkeypatch.setattr(words, "FOLDER", tmp_path)
        sentences._environment.cache_clear()
        try:
            return sentences.text("room.said", facts, lang=lang, **given)
        finally:
            sentences._environment.cache_clear()

    return make


def test_a_sentence_of_the_workbook_in_both_languages():
    assert sentences.text("cleanup.what_came", FACTS, lang="en").startswith("1 file brought 1,204 lines for 2 tables")
    assert sentences.text("cleanup.what_came", FACTS, lang="zh").startswith("1 个文件共 1,204 行，涉及 2 张表")


def test_lines_are_joined_as_the_language_joins_sentences(template):
    text = "a.\n{% if no %}\nnever\n{% endif %}\nb."
    assert template(text, {"no": 0}) == "a. b."
    assert template(text, {"no": 0}, "zh") == "a.b."


def test_a_mark_begins_a_paragraph_and_a_dash_a_point(template):
    assert template("a\n¶\nb\n- c\n- d", {}) == "a\n\nb\n- c\n- d"


def test_an_empty_phrase_leaves_no_gap(template):
    assert template("a\n{{ nothing }}\nb", {"nothing": ""}) == "a b"


@pytest.mark.parametrize("put", ["{{ name }}", "{{ [name] | listed }}", '{{ name ~ "" }}', '{{ "%s" | format(name) }}'])
def test_a_text_of_the_data_never_becomes_markdown(template, put):
    assert template(put, {"name": "*a* <b>"}) == r"\*a\* \<b\>"
    assert template(put, {"name": "*a* <b>"}, markdown=False) == "*a* <b>"


def test_what_has_no_form_of_a_text_is_an_error(template):
    for value in (0.5, None, True):
        with pytest.raises(Refused, match="room.j2, sentence “said”"):
            template("{{ value }}", {"value": value})


def test_a_broken_template_is_named_with_its_sentence(template):
    with pytest.raises(Refused, match="words/zh/room.j2, sentence “said”.*lacking"):
        template("{{ lacking }}", {}, "zh")
    with pytest.raises(Refused, match=r"line [0-9]+"):
        template("{% if %}", {})


def test_whole_numbers_days_and_facts_named_like_methods(template):
    facts = {"n": 12345, "day": datetime.date(2025, 12, 31), "row": {"count": 3, "items": "x"}}
    assert template("{{ n }} {{ day }} {{ row.count }} {{ row.items }}", facts) == "12,345 2025-12-31 3 x"


def test_currency_size_and_vocabulary_are_those_of_the_report(template):
    context = sentences.Context("GBP", "net_sales", {"factor:price": {"en": "the price", "zh": "价格"}})
    text = '{{ 12000 | money }} {{ size_is }} {{ key | term("factor") }}'
    assert template(text, {"key": "price"}, context=context) == "GBP 12,000 net_sales the price"
    assert template(text, {"key": "price"}, "zh", context=context) == "1.2 万英镑 net_sales 价格"


def test_every_room_has_its_words_in_every_language():
    rooms = {lang: {path.name for path in (words.FOLDER / lang).iterdir()} for lang in glossary.LANGUAGES}
    assert len(set(map(frozenset, rooms.values()))) == 1, rooms


def test_a_number_that_is_not_known_is_a_dash(template):
    text = "{{ share | percent }} {{ amount | money }}"
    assert template(text, {"share": float("nan"), "amount": None}) == "– –"


def test_another_language_is_refused():
    with pytest.raises(ValueError, match="fr"):
        sentences.text("cleanup.what_came", FACTS, lang="fr")


def test_loaded_templates_are_not_compiled_again_and_a_broken_one_is_refused_only_where_it_is_said(
    tmp_path, monkeypatch
):
    for path in LISTS:
        shutil.copy(path, tmp_path)
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "sound.j2").write_text("{% macro said() %}\nyes\n{% endmacro %}", encoding="utf-8")
    (tmp_path / "en" / "broken.j2").write_text("{% macro said(", encoding="utf-8")
    monkeypatch.setattr(words, "FOLDER", tmp_path)
    sentences._environment.cache_clear()
    try:
        sentences.load("en")
        monkeypatch.setattr(sentences.Environment, "compile", None)
        assert sentences.text("sound.said", {}, lang="en") == "yes"
        monkeypatch.undo()
        monkeypatch.setattr(words, "FOLDER", tmp_path)
        with pytest.raises(Refused, match=r"broken\.j2"):
            sentences.text("broken.said", {}, lang="en")
    finally:
        sentences._environment.cache_clear()
