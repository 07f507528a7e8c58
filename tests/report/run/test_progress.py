"""What a person and a log see of a run."""

import io

import pytest
import rich.console

from custlib.report.run import progress


def events(watch):
    with watch:
        watch.expect({"20_b": 12.3})
        watch.step("cleaning")
        watch.detail("sales.csv")
        watch.start("10_a", 3)
        watch.cell("10_a", 1, "Heading [one]")
        watch.start("20_b", 3)
        watch.taken("30_c", "abc")
        watch.end("10_a", "failed")
        watch.end("20_b", "done")
        watch.step("pages")


@pytest.mark.parametrize(("lang", "words"), [("en", "20_b: done in 0.0 s"), ("zh", "20_b：完成，用时 0.0 秒")])
def test_a_log_has_one_dated_line_per_event(lang, words):
    out = io.StringIO()
    events(progress.watch(rich.console.Console(file=out), lang))
    lines = out.getvalue().splitlines()
    assert len(lines) == 7 and all(line[4] == line[7] == "-" for line in lines)
    assert lines[5].endswith(words)


def test_a_log_says_how_long_a_notebook_took_last_time_and_what_is_taken_over():
    out = io.StringIO()
    events(progress.watch(rich.console.Console(file=out), "en"))
    told = [line[21:] for line in out.getvalue().splitlines()]
    assert told[1:4] == [
        "10_a: started, 3 cells",
        "20_b: started, 3 cells, took 12 s last time",
        "30_c: unchanged, taken over from run abc",
    ]


@pytest.mark.parametrize(("lang", "words"), [("en", "about 12 s left"), ("zh", "约剩 12 秒")])
def test_a_terminal_shows_what_is_left_of_a_notebook_that_took_longer_last_time(lang, words):
    out = io.StringIO()
    watch = progress.Live(rich.console.Console(file=out, force_terminal=True, width=150), lang)
    with watch:
        watch.expect({"10_a": 12.4, "20_b": 1e-9})
        watch.start("10_a", 3)
        watch.start("20_b", 3)
    assert words in out.getvalue() and out.getvalue().count(words) == out.getvalue().count("10_a")


def test_a_terminal_shows_cells_heading_and_failure():
    out = io.StringIO()
    events(progress.watch(rich.console.Console(file=out, force_terminal=True, width=120), "en"))
    assert "10_a: failed" in out.getvalue() and "3/3" in out.getvalue()


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "memory: at most 1.3 GB at once"), ("zh", "内存：同时最多占用 1.3 GB")]
)
@pytest.mark.parametrize("terminal", [True, False])
def test_what_a_run_took_is_said_at_its_end(lang, words, terminal):
    out = io.StringIO()
    with progress.watch(rich.console.Console(file=out, force_terminal=terminal, width=200), lang) as watch:
        watch.took(memory=1_300_000_000, report=12_345_678, tables=999)
    assert words in out.getvalue() and "12.3 MB" in out.getvalue() and "999 B" in out.getvalue()
