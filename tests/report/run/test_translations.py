"""Executed notebooks in the languages of a report."""

from types import SimpleNamespace

import pytest
from nbformat import v4

from custlib.report.archive import manifest
from custlib.report.notebook import NotebookFailed, nbformat
from custlib.report.run import cache, translations

MADE_OF = {"code": "1", "words": {"glossary.csv": "2"}, "versions": {}}


class Plan:
    langs, jobs, books = ("en", "zh"), 2, (SimpleNamespace(stem="20_b"),)

    @staticmethod
    def edition(name, lang):
        return name if lang == "en" else name.replace(".", f".{lang}.", 1)


def node(**data):
    output = v4.new_output("display_data", data=data)
    return v4.new_notebook(cells=[v4.new_code_cell("x", id="a", outputs=[output])])


@pytest.fixture
def made(tmp_path):
    """Makes the translations of a notebook: (language → its output's data, the languages in which words were put in)."""

    def go(one, folder="run", earlier=(), fill=None, made_of=MADE_OF):
        (tmp_path / folder).mkdir()
        filled, own = [], cache.Cache(earlier)

        def say(node, lang):
            filled.append(lang)
            node.cells[0].outputs[0].data["text/plain"] = f"words in {lang}"

        with translations.Translations(Plan, tmp_path / folder, fill or say, made_of, own) as told:
            told.begin("20_b", one)
            data = {lang: told.nodes(lang)["20_b"].cells[0].outputs[0].data for lang in Plan.langs}
        manifest.write(tmp_path / folder, {}, made=own.noted)
        return data, sorted(filled)

    return go


def test_facts_are_put_into_the_words_of_each_language_and_kept_beside_them(made, tmp_path):
    data, filled = made(node(**{translations.FACTS: {"kind": "say"}}))
    assert data["zh"] == {translations.FACTS: {"kind": "say"}, "text/plain": "words in zh"} and filled == ["en", "zh"]
    assert nbformat.read(tmp_path / "run/20_b.ipynb", 4).cells[0].outputs[0].data["text/plain"] == "words in en"
    assert (tmp_path / "run/20_b.zh.ipynb").is_file()


def test_outputs_without_facts_are_shown_as_they_are(made):
    data, filled = made(node(**{"text/plain": "mine"}))
    assert data == dict.fromkeys(("en", "zh"), {"text/plain": "mine"}) and filled == []


def test_what_was_said_of_the_same_facts_is_taken_over_and_of_others_or_with_other_words_said_anew(made, tmp_path):
    first = node(**{translations.FACTS: {"kind": "say"}})
    before, _ = made(first)
    assert made(first, "same", [tmp_path / "run"]) == (before, [])
    assert made(node(**{translations.FACTS: {"kind": "text"}}), "other", [tmp_path / "run"])[1] == ["en", "zh"]
    assert made(first, "words", [tmp_path / "run"], made_of=MADE_OF | {"words": {}})[1] == ["en", "zh"]


def test_only_what_comes_of_facts_is_taken_over(made, tmp_path):
    def printing(*texts):
        one = node(**{translations.FACTS: {"kind": "say"}})
        one.cells += [v4.new_code_cell("y", outputs=[v4.new_output("stream", text=text)]) for text in texts]
        return one

    made(printing("before"))
    _, filled = made(printing("now", "more"), "same", [tmp_path / "run"])
    written = nbformat.read(tmp_path / "same/20_b.ipynb", 4)
    assert filled == [] and [cell.outputs[0].text for cell in written.cells[1:]] == ["now", "more"]


def test_facts_that_cannot_be_put_into_words_fail_their_notebook(made):
    def fill(node, lang):
        raise KeyError("no term")

    with pytest.raises(NotebookFailed) as caught:
        made(node(**{translations.FACTS: {}}), fill=fill)
    assert (caught.value.notebook, caught.value.kind, caught.value.exit_code) == ("20_b", "rendering", 5)
