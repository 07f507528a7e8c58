"""Every link of a folder of pages, followed as a browser would."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class _Page(HTMLParser):
    """The addresses and the places of a page."""

    def __init__(self, path):
        super().__init__()
        self.links, self.places = set(), set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        self.links |= {value for name, value in attrs if name in ("href", "xlink:href", "src") and value is not None}
        self.places |= {value for name, value in attrs if name == "id"}


def dead(folder: Path) -> list[str]:
    """ "page → address" of each link of the HTML files below a folder that leads nowhere, out of the folder, or to a
    place that its page has not."""
    folder = folder.resolve()
    pages = {path: _Page(path) for path in sorted(folder.rglob("*.html"))}
    return [
        f"{path.relative_to(folder).as_posix()} → {address}"
        for path, page in pages.items()
        for address in sorted(page.links)
        if not address.startswith("data:") and not _leads(path, address, pages, folder)
    ]


def _leads(path, address, pages, folder):
    parts = urlsplit(address)
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    if parts.scheme or parts.netloc or parts.query or not target.is_relative_to(folder) or not target.is_file():
        return False
    return not parts.fragment or (target in pages and unquote(parts.fragment) in pages[target].places)
