"""The PDF of the front page: it never holds a run up, and tells nothing of this machine."""

import shutil
import stat
import sys
import time

import pytest

from custlib.report.pages import pdf as paper

PAGE = '<html lang="en"><title>Report</title><a href="#a">a</a><a class="x" href="run/20.html">b</a><p id="a">Hello 客户</p></html>'

TARGET = 'pathlib.Path(next(word for word in sys.argv if word.startswith("--print-to-pdf="))[15:])'
HALF = f"{TARGET}.write_bytes(b'%PDF')"


def a_browser(tmp_path, monkeypatch, script):
    """Puts a program in Chromium's place."""
    program = tmp_path / "chromium"
    program.write_text(f"#!{sys.executable}\nimport sys, time, pathlib\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path))


def pdf(page, **options):
    with paper.pdf(page, **options) as printed:
        return printed()


def test_without_a_chromium_there_is_no_pdf(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert pdf(PAGE) is None


@pytest.mark.skipif(sys.platform == "win32", reason="a script in place of a program")
@pytest.mark.parametrize("script", ["sys.exit(1)", "sys.exit(0)", "raise ValueError", HALF])
def test_a_chromium_that_gives_no_whole_pdf_gives_none(tmp_path, monkeypatch, script):
    a_browser(tmp_path, monkeypatch, script)
    assert pdf(PAGE) is None


@pytest.mark.skipif(sys.platform == "win32", reason="a script in place of a program")
def test_a_chromium_that_hangs_is_ended_in_time(tmp_path, monkeypatch):
    a_browser(tmp_path, monkeypatch, "time.sleep(60)")
    started = time.monotonic()
    assert pdf(PAGE, seconds=0.5) is None and time.monotonic() - started < 10


@pytest.mark.skipif(sys.platform == "win32", reason="a script in place of a program")
def test_what_ends_the_work_ends_a_chromium_that_hangs_at_once(tmp_path, monkeypatch):
    a_browser(tmp_path, monkeypatch, "time.sleep(60)")
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt), paper.pdf(PAGE):
        raise KeyboardInterrupt
    assert time.monotonic() - started < 10


@pytest.mark.skipif(sys.platform == "win32", reason="a script in place of a program")
def test_tagged_parts_are_numbered_from_nought(tmp_path, monkeypatch):
    printed = b"(node00000027) (node00000031) (node00000027) node00000031 %%EOF"
    a_browser(tmp_path, monkeypatch, f"{TARGET}.write_bytes({printed!r})")
    assert pdf(PAGE) == b"(node00000000) (node00000001) (node00000000) node00000031 %%EOF"


@pytest.mark.skipif(sys.platform == "win32", reason="a script in place of a program")
def test_times_and_links_out_of_the_page_are_left_out(tmp_path, monkeypatch):
    echo = f"""target = {TARGET}
page = target.with_name("page.html").read_bytes()
target.write_bytes(page + b"/CreationDate (D:20261125092742+00'00')\\n%%EOF\\n")"""
    a_browser(tmp_path, monkeypatch, echo)
    data = pdf(PAGE).decode()
    assert 'href="#a"' in data and "run/20.html" not in data
    assert "(D:20000101000000" in data


@pytest.mark.skipif(not any(map(shutil.which, paper.BROWSERS)), reason="no Chromium here")
def test_a_real_chromium_prints_the_same_page_to_the_same_bytes():
    first, second = pdf(PAGE), pdf(PAGE)
    assert first.startswith(b"%PDF") and first == second
    assert b"file://" not in first
