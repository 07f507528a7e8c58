"""The front page as a PDF, printed by a headless Chromium where there is one. A run never fails for want of it."""

import contextlib
import os
import re
import shutil
import signal
import subprocess

from custlib.report import private

NAME = "report.pdf"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
SECONDS = 60
LEADING_OUT = re.compile(r'(<a [^>]*?)href="(?!#)[^"]*"')  # in a PDF they would be addresses of this machine
DATES = re.compile(rb"(/(?:Creation|Mod)Date \(D:)\d{14}")
NODES = re.compile(rb"(?<=\(node)\d{8}(?=\))")  # numbers of tagged parts, which begin anywhere


@contextlib.contextmanager
def pdf(page: str, seconds: float = SECONDS):
    """Prints a page (its HTML) while other work is done within; gives a function that waits for the bytes of the PDF.

    It gives None where no Chromium prints within so many seconds. Links that lead out of the page are left out, times
    are fixed: the same Chromium gives the same bytes. Whatever ends the work within ends Chromium at once.
    """
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        yield lambda: None
        return
    with private.folder() as own:
        source, target = own / "page.html", own / NAME
        source.write_text(LEADING_OUT.sub(r"\1", page), encoding="utf-8")
        with _running(_command(browser, source, target)) as process:
            yield lambda: _printed(process, target, seconds)


def _printed(process, target, seconds):
    with contextlib.suppress(subprocess.TimeoutExpired):
        if process:
            process.wait(seconds)
    data = target.read_bytes() if target.is_file() else b""
    return _the_same(data) if data.rstrip().endswith(b"%%EOF") else None


def _the_same(data):
    """The PDF without what differs from one printing to the next, not longer and not shorter."""
    numbers = {node: b"%08d" % at for at, node in enumerate(sorted(set(NODES.findall(data))))}
    return NODES.sub(lambda node: numbers[node[0]], DATES.sub(rb"\g<1>20000101000000", data))


def _command(browser, source, target):
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []  # it starts for root only so
    options = ["--headless", "--disable-gpu", "--no-pdf-header-footer", "--no-first-run", "--disable-extensions"]
    own = [f"--user-data-dir={source.parent / 'profile'}", f"--print-to-pdf={target}"]
    return [browser, *options, *as_root, *own, source.as_uri()]


@contextlib.contextmanager
def _running(command):
    """A program that runs silently, ended afterwards with what it started; None if it does not start."""
    nowhere = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
    try:
        process = subprocess.Popen(command, start_new_session=True, **nowhere)
    except OSError:
        yield None
        return
    try:
        yield process
    finally:
        with contextlib.suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        process.wait()
