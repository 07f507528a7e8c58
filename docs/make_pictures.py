"""The pictures of README.md and docs/, from a published report in English and the same in Chinese.

python docs/make_pictures.py REPORTS_EN REPORTS_ZH [--quarter 2025Q4] [--to docs]

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

FISHBONE = "40_fishbone_factors.html"
FIGURE = "figure.cl-figure"  # the first on its page is the fishbone
WIDE, PHONE = (1000, 1340), (390, 1300)
GAP, GREY, COLOURS = 12, (214, 214, 214), 256
LANGUAGES = ("en", "zh")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("en", metavar="REPORTS_EN", type=Path, help="folder of reports, in English")
    parser.add_argument("zh", metavar="REPORTS_ZH", type=Path, help="folder of reports, in Chinese")
    parser.add_argument("--quarter", default="2025Q4")
    parser.add_argument("--to", type=Path, default=Path(__file__).parent, help="where the pictures go")
    asked = parser.parse_args()
    fronts = [folder / asked.quarter / "index.html" for folder in (asked.en, asked.zh)]
    runs = [run_of(front) for front in fronts]
    with browser() as chromium:
        wide = [shot(chromium, front, WIDE) for front in fronts]
        phone = [shot(chromium, front, PHONE) for front in fronts]
        fishbones = [shot(chromium, run / FISHBONE, (1000, 1080), above=FIGURE) for run in runs]
        fishbones_phone = [shot(chromium, run / FISHBONE, PHONE, above=FIGURE) for run in runs]
    papers = [page for run in runs for page in paper(run / "report.pdf", (1, 3))]
    save(asked.to / "report.png", wide, 1400)
    save(asked.to / "phone.png", phone + fishbones_phone, 1100)
    save(asked.to / "fishbone.png", fishbones, 1400)
    save(asked.to / "pdf.png", papers, 1400)


def run_of(front):
    """The folder of the run whose front page is the published one."""
    page = front.read_bytes()
    found = [path.parent for path in front.parent.glob("*/front.html") if path.read_bytes() == page]
    return found[0] if found else sys.exit(f"{front} belongs to no run beside it")


@contextlib.contextmanager
def browser():
    """Chromium, headless, without a network."""
    program = os.environ.get("CUSTLIB_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


def shot(chromium, path, size, above=None):
    """A page of the report at (width, height); above: what the picture shows, with a few lines before it (default: the page's head)."""
    context = chromium.new_context(
        viewport=dict(zip(("width", "height"), size, strict=True)), offline=True, device_scale_factor=1.4
    )
    page = context.new_page()
    page.goto(path.resolve().as_uri())
    page.evaluate("document.fonts.ready")
    if above:
        place = page.locator(above).first.bounding_box()
        page.evaluate("height => window.scrollTo(0, height)", place["y"] - 80)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    context.close()
    return picture


def paper(pdf, numbers):
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
