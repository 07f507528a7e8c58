"""What a person and a log see of a run."""

import io

import pytest
import rich.console

from custlib.report import progress


def events(watch):
    with watch:
        watch.step("cleaning")
        watch.detail("sales.csv")
        watch.start("10_a", 3)
        watch.cell("10_a", 1, "Heading [one]")
        watch.start("20_b", 3)
        watch.end("10_a", "failed")
        watch.end("20_b", "done")
        watch.step("pages")


@pytest.mark.parametrize(("lang", "words"), [("en", "20_b: done in 0.0 s"), ("zh", "20_b：完成，用时 0.0 秒")])
def test_a_log_has_one_dated_line_per_event(lang, words):
    out = io.StringIO()
    events(progress.watch(rich.console.Console(file=out), lang))
    lines = out.getvalue().splitlines()
    assert len(lines) == 6 and all(line[4] == line[7] == "-" for line in lines)
    assert lines[4].endswith(words)


def test_a_terminal_shows_cells_heading_and_failure():
    out = io.StringIO()
    events(progress.watch(rich.console.Console(file=out, force_terminal=True, width=120), "en"))
    assert "10_a: failed" in out.getvalue() and "3/3" in out.getvalue()


def test_both_languages_have_the_same_words():
    assert progress.WORDS["en"].keys() == progress.WORDS["zh"].keys()
