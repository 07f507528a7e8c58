import string

import pytest

from custlib.refusals import REFUSALS, Refused


def facts_of(template):
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("code", REFUSALS)
def test_both_languages_name_only_facts_that_the_english_line_needs(code):
    line = REFUSALS[code]
    facts = dict.fromkeys(facts_of(line.en), "§")
    assert facts_of(line.zh) <= set(facts)
    for lang in ("en", "zh"):
        said = Refused(code, **facts).line(lang)
        assert said.count("§") == sum(
            name is not None for _, name, _, _ in string.Formatter().parse(getattr(line, lang))
        )
        assert "\n" not in said


@pytest.mark.parametrize("code", REFUSALS)
def test_every_refusal_ends_with_an_exit_code_of_the_run_contract(code):
    usage, data, infrastructure, rendering, locked = 2, 3, 4, 5, 75
    assert REFUSALS[code].exit_code in (usage, data, infrastructure, rendering, locked)


def test_a_refusal_reads_as_its_english_line():
    refusal = Refused("empty_file", file="a.csv")
    assert str(refusal) == refusal.line("en") == "a.csv is empty (0 bytes). Export it again."
    assert refusal.line("zh").startswith("a.csv 是空文件")
    assert refusal.exit_code == 3


def test_a_fact_that_the_line_needs_may_not_be_left_out():
    with pytest.raises(KeyError):
        Refused("empty_file")
