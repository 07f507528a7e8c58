"""Every refusal that custlib raises has its line in each language, and no line is left over."""

import ast
import functools
import itertools
import pickle
import string
from pathlib import Path

import pytest

from custlib import glossary, words
from custlib.refusals import IN_WORDS, ManyRefused, Refused, collecting, raise_all

PACKAGE = Path(__file__).parents[1] / "custlib"
LINES = words.table("refusals")
USAGE, DATA, INFRASTRUCTURE, LOCKED = "2", "3", "4", "75"


def facts_of(template):
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@functools.cache
def nodes():
    """(file, node) of every call and constant in the package."""
    trees = ((path, ast.parse(path.read_text(encoding="utf-8"))) for path in sorted(PACKAGE.rglob("*.py")))
    return [
        (path, node) for path, tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call | ast.Constant)
    ]


def raised():
    """(place, code or None, names of facts, whether more facts come in a dict) of each `Refused(…)` in the package."""
    for path, node in nodes():
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refused" and node.args:
            code = node.args[0].value if isinstance(node.args[0], ast.Constant) else None
            names = {word.arg for word in node.keywords}
            yield f"{path.relative_to(PACKAGE)}:{node.lineno}", code, names - {None}, None in names


def test_what_is_raised_has_a_line_and_gives_the_facts_that_the_line_names():
    known = [one for one in raised() if one[1]]
    assert not [(place, code) for place, code, *_ in known if code not in LINES]
    needed = {(code, lang): facts_of(line[lang]) for code, line in LINES.items() for lang in glossary.LANGUAGES}
    lacking = {
        (place, code, lang): needed[code, lang] - facts
        for place, code, facts, more in known
        for lang in glossary.LANGUAGES
        if not more
    }
    assert known and not {at: facts for at, facts in lacking.items() if facts}


def test_no_line_is_left_over():
    texts = {node.value for _, node in nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    lines = {*LINES, *words.table("refusal_facts")}
    assert lines <= texts, lines - texts


def test_a_fact_in_words_is_written_as_a_key():
    for path, node in nodes():
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refused":
            facts = {word.arg: word.value for word in node.keywords if word.arg in IN_WORDS}
            assert not [name for name, value in facts.items() if isinstance(value, ast.JoinedStr)], path
            texts = {value.value for value in facts.values() if isinstance(value, ast.Constant)}
            assert texts <= set(words.table("refusal_facts")), path


def test_a_fact_is_said_in_the_language_of_the_line_and_may_name_other_facts():
    refusal = Refused(
        "declaration", file="sources.toml", problem="no_unit", value="k", place="entry", number=2, files="a*"
    )
    assert refusal.line("en") == "sources.toml: source 2 (a*): a unit is 元 or 万元, not “k”"
    assert refusal.line("zh") == "sources.toml：第 2 个 source（a*）：单位应为元或万元，而不是“k”"
    assert (
        Refused("not_text", file="a.csv", found="binary_data")
        .line("zh")
        .startswith("a.csv 不是文本文件：内容是二进制数据。")
    )


def test_every_language_says_the_facts_of_the_english_line_in_one_line():
    for code, lang in itertools.product(LINES, glossary.LANGUAGES):
        facts, template = dict.fromkeys(facts_of(LINES[code]["en"]), "§"), LINES[code][lang]
        assert facts_of(template) <= set(facts), (code, lang)
        said = Refused(code, **facts).line(lang)
        places = sum(name is not None for _, name, _, _ in string.Formatter().parse(template))
        assert said.count("§") == places, (code, lang)
        assert said.strip() and "\n" not in said, (code, lang)


def test_every_refusal_ends_with_an_exit_code_of_the_run_contract():
    known = (USAGE, DATA, INFRASTRUCTURE, LOCKED)
    assert not {code: line["exit"] for code, line in LINES.items() if line["exit"] not in known}


def test_a_refusal_reads_as_its_english_line():
    refusal = Refused("empty_file", file="a.csv")
    assert str(refusal) == refusal.line("en") == "a.csv is empty (0 bytes). Export it again."
    assert refusal.line("zh").startswith("a.csv 是空文件")
    assert refusal.exit_code == 3


def test_a_refusal_comes_back_from_another_process_as_it_was():
    refusal = pickle.loads(pickle.dumps(Refused("line_beyond", file="a.csv", line=9, lines=3)))
    assert (refusal.code, refusal.facts) == ("line_beyond", {"file": "a.csv", "line": 9, "lines": 3})
    assert "its lines are 1 to 3" in str(refusal)


def test_a_fact_that_the_line_needs_may_not_be_left_out():
    with pytest.raises(KeyError):
        Refused("empty_file")


def test_refusals_are_collected_and_told_together_each_once():
    found = []
    for file in ("a.csv", "b.csv", "a.csv"):
        with collecting(found):
            raise Refused("empty_file", file=file)
    with pytest.raises(ManyRefused) as caught:
        raise_all(found)
    assert caught.value.exit_code == 3
    for refused in (caught.value, pickle.loads(pickle.dumps(caught.value))):
        head, *lines = refused.line("zh").splitlines()
        assert "2" in head and [line[2:7] for line in lines] == ["a.csv", "b.csv"]
    raise_all([])
    with pytest.raises(Refused, match="^a.csv is empty"):
        raise_all(found[:1])


def test_a_fact_may_have_a_text_for_each_language():
    refused = Refused("no_rows", table="sales", why={"en": "width", "zh": "列数"})
    assert "width" in refused.line() and "列数" in refused.line("zh")
