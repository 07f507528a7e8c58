"""The pictures of README.md and docs/, from a published report in English and Chinese.

custlib run 2025Q3 --lang en,zh && custlib run 2025Q4 --lang en,zh && custlib lessons make && python docs/make_pictures.py [REPORTS] [--quarter 2025Q4] [--to docs]

Needs `pip install -r requirements-extras.lock`, a Chromium (in the search path, or named in CUSTLIB_CHROMIUM) and, for the PDF,
pdftoppm (Debian: poppler-utils).
"""

import argparse
import contextlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
FISHBONE = "40_fishbone_factors{}.html"
FIGURE = "figure.cl-figure"  # the first on its page is the fishbone
LESSON, CARDS = "lessons/4_classes{}.html", ".ex-sort"
# A learner who goes by payments alone chooses, and presses the button below the cards.
BY_PAYMENTS = """box => {
  const letters = JSON.parse(box.dataset.ex).ways.only_size;
  box.querySelectorAll("fieldset").forEach((card, place) => card.querySelector(`[value="${letters[place]}"]`).click());
  box.querySelector("button.main").click();
}"""
WIDE, LOW, PHONE = (1000, 1340), (1000, 1080), (390, 1300)
GAP, GREY, COLOURS = 12, (214, 214, 214), 256


def main():
    """Makes the pictures of the README from the published reports, in both languages side by side."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reports", type=Path, nargs="?", default=HERE.parent / "reports", help="default: reports")
    parser.add_argument("--quarter", default="2025Q4")
    parser.add_argument("--to", type=Path, default=HERE, help="where the pictures go; default: docs")
    asked = parser.parse_args()
    place = asked.reports / asked.quarter
    run = run_of(place)
    fronts, fishbones, papers = (
        [folder / name.format(ending) for ending in ("", ".zh")]
        for folder, name in ((place, "index{}.html"), (run, FISHBONE), (run, "report{}.pdf"))
    )
    with browser() as chromium:
        save(asked.to / "report.png", [shot(chromium, page, WIDE) for page in fronts], 1400)
        save(asked.to / "fishbone.png", [shot(chromium, page, LOW, FIGURE) for page in fishbones], 1400)
        lessons = [asked.reports / LESSON.format(ending) for ending in ("", ".zh")]
        save(asked.to / "lesson.png", [shot(chromium, page, WIDE, CARDS, BY_PAYMENTS) for page in lessons], 1400)
        phone = [shot(chromium, page, PHONE) for page in fronts]
        phone += [shot(chromium, page, PHONE, FIGURE) for page in fishbones]
        save(asked.to / "phone.png", phone, 1100)
    save(asked.to / "pdf.png", [page for file in papers for page in pages(file, (1,))], 1400)


def run_of(place):
    """The folder of the run that is the published one of a quarter."""
    page = (place / "index.html").read_text(encoding="utf-8")  # its links lead into the run's folder
    fitting = [path.parent for path in place.glob("*/front.html") if f'href="{path.parent.name}/' in page]
    return fitting[0] if fitting else sys.exit(f"{place / 'index.html'} belongs to no run beside it")


@contextlib.contextmanager
def browser():
    """Chromium, headless, without a network."""
    program = os.environ.get("CUSTLIB_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


def shot(chromium, path, size, above=None, act=None):
    """A page at (width, height); above: what the picture shows, with a few lines before it (default: the page's head); act: what
    is done with it before, a function in JavaScript."""
    context = chromium.new_context(
        viewport=dict(zip(("width", "height"), size, strict=True)), offline=True, device_scale_factor=1.4
    )
    page = context.new_page()
    page.goto(path.resolve().as_uri())
    page.evaluate("document.fonts.ready")
    if act:
        page.eval_on_selector(above, act)
    if above:
        place = page.locator(above).first.bounding_box()
        page.evaluate("height => window.scrollTo(0, height)", place["y"] - 80)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    context.close()
    return picture


def pages(pdf, numbers):
    """Pages of a PDF as pictures."""
    with tempfile.TemporaryDirectory() as folder:
        for number in numbers:
            target = Path(folder) / f"{number:02d}"
            command = ["pdftoppm", "-png", "-singlefile", "-r", "100", "-f", str(number), str(pdf), str(target)]
            subprocess.run(command, check=True)
        return [Image.open(path).convert("RGB") for path in sorted(Path(folder).glob("*.png"))]


def save(path, pictures, width):
    """Pictures side by side, grey between them, in few colours."""
    each = (width - GAP * (len(pictures) - 1)) // len(pictures)
    small = [one.resize((each, round(one.height * each / one.width)), Image.Resampling.LANCZOS) for one in pictures]
    whole = Image.new("RGB", (width, max(one.height for one in small)), GREY)
    for place, one in enumerate(small):
        whole.paste(one, (place * (each + GAP), 0))
    whole.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
