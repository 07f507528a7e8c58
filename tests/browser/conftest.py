"""A real browser on this machine only. By hand and in .ci/run: `python -m pytest tests/browser`.

A run of its own, because Playwright keeps an event loop going in which papermill's cannot run.
Needs `pip install -r requirements-extras.lock` and Debian's Chromium (`apt-get install chromium`).
"""

import os
import shutil

import pytest

LOCAL = ("http://127.0.0.1", "ws://127.0.0.1", "file:", "data:", "blob:")
CHROMIUM = os.environ.get("CUSTLIB_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser():
    """Chromium, headless, with a new profile."""
    driver = pytest.importorskip("playwright.sync_api", reason="no Playwright: pip install -r requirements-extras.lock")
    if not CHROMIUM:
        pytest.skip("no Chromium: apt-get install chromium, or name one in CUSTLIB_CHROMIUM")
    with driver.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


class Watched:
    """A browser's page and what it did that it should not: `.outside` requests, `.said` in the console, `.asked` in dialogs."""

    def __init__(self, page):
        self.page, self.outside, self.said, self.asked = page, [], [], []
        page.set_default_timeout(60_000)
        page.route("**/*", self._gate)
        page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("dialog", self._dismiss)

    def _gate(self, route):
        if route.request.url.startswith(LOCAL):
            route.continue_()
        else:
            self.outside.append(route.request.url)
            route.abort()

    def _dismiss(self, dialog):
        self.asked.append(dialog.message)
        dialog.dismiss()


@pytest.fixture
def open_page(browser):
    """Opens a page: (address, width, language) → `Watched`."""
    contexts = []

    def go(address, width=1280, locale="en-US"):
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, locale=locale))
        watched = Watched(contexts[-1].new_page())
        watched.page.goto(address)
        return watched

    yield go
    for context in contexts:
        context.close()
