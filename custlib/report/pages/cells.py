"""Cells of an executed notebook as HTML that only shows: no script, no request, no way out of the report."""

import functools
import re
from xml.etree import ElementTree

import mistune
from bs4 import BeautifulSoup
from bs4.element import PreformattedString

from custlib.escaping import escape, visible
from custlib.report.notebook import notebooks

HIDDEN = {"parameters", "injected-parameters", "hide", "nbval-check-output"}
KIND = "application/vnd.custlib+json"  # as `page.outputs`, which loads matplotlib
WIDGET = "application/vnd.jupyter.widget-view+json"
ACTIVE = set("script iframe frame object embed form base meta link template".split())
OWN_STYLE = "cl-style"  # of a block; a page has its own
ADDRESSES = {"href", "xlink:href", "src", "srcset", "action", "formaction", "data", "poster", "background", "ping"}
MARKDOWN = mistune.create_markdown(escape=True, plugins=["table", "strikethrough"])
DRAWING, PLACE = re.compile(r"<svg\b.*?</svg>", re.DOTALL), "<svg></svg>"
MORE_THAN_ELEMENTS, PLAIN_NAME = re.compile(r"<[!?]"), re.compile(r"[A-Za-z][A-Za-z0-9-]*")
HEADING = re.compile("<h[23]")
TERMINAL_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def shown(notebook, lang, pages=(), code=False):
    """Each cell that a reader in this language sees, with its HTML, in order: a list of (cell, HTML).

    pages: the addresses that a link may lead to, beside places in the page itself. code: whether code is shown, that of
    hidden cells too.
    """
    wanted = [cell for cell in notebook.cells if _is_for(cell, lang, code)]
    both = [(cell, (_source(cell) if code else "") + quiet(_said(cell), frozenset(pages))) for cell in wanted]
    title, *sections = _sections(both)
    told = [title, *(_method(section) if _of_nothing(section) else section for section in sections)]
    return [(cell, html) for section in told for cell, html in section if html]


def _sections(both):
    """The cells up to the first heading below the title, and those from one heading to the next, of any level."""
    sections = [[]]
    for cell, html in both:
        if cell.cell_type == "markdown" and HEADING.search(html):
            sections.append([])
        sections[-1].append((cell, html))
    return sections


def _of_nothing(section):
    """Whether a section would show its prose alone, because there is nothing of what its code looked for."""
    method = [cell.id for cell, _ in _method(section)]
    code = [(cell, html) for cell, html in section if cell.cell_type == "code" and cell.id not in method]
    sought = any(_is_nothing(output) for cell, _ in code for output in cell.outputs)
    return sought and not any(html for _, html in code)


def _method(section):
    """Its cells about the method: they stand in a box of their own, wherever they were written."""
    return [(cell, html) for cell, html in section if "method" in notebooks.tags(cell)]


def _is_nothing(output):
    return output.get("data", {}).get(KIND, {}).get("kind") == "nothing"


def tagged(notebook, lang, tag):
    """The cells with a tag that a reader in this language sees."""
    return [cell for cell in notebook.cells if tag in notebooks.tags(cell) and _is_for(cell, lang)]


def readings(cell):
    """HTML of the sentences that a code cell puts out, "" if it says nothing."""
    outputs = cell.outputs if cell.cell_type == "code" else ()
    said = [output for output in outputs if "text/markdown" in output.get("data", {})]
    return quiet("".join(_output(output) for output in said if "text/html" not in output.data))


@functools.lru_cache(maxsize=512)  # a page and its edition with code show the same
def quiet(html, pages=frozenset()):
    """The HTML without scripts, handlers and addresses outside the page, `pages` excepted; its words all stay."""
    html = visible(html)
    return _beside_drawings(html, pages) or _quiet(html, pages)


def _beside_drawings(html, pages):
    """The same where all drawings are harmless as they are: parsing them takes longer than all else; None elsewhere."""
    drawings = DRAWING.findall(html)
    if not drawings or not all(map(_is_harmless, drawings)):
        return None
    rest = _quiet(DRAWING.sub(PLACE, html), pages).split(PLACE)
    if len(rest) != len(drawings) + 1:  # what looked like one stood elsewhere, such as in an attribute
        return None
    return rest[0] + "".join(map("".join, zip(drawings, rest[1:], strict=True)))


def _is_harmless(drawing):
    """Whether this is well-formed XML of elements and texts alone, none of which acts or leads out of the page: then a
    browser meets no other tags and attributes in it."""
    try:
        root = ElementTree.fromstring(drawing)
    except ElementTree.ParseError:
        return False
    return not MORE_THAN_ELEMENTS.search(drawing) and all(
        PLAIN_NAME.fullmatch(element.tag)
        and element.tag.lower() not in ACTIVE | {"style"}
        and all(map(_is_harmless_attribute, element.attrib.items()))
        for element in root.iter()
    )


def _is_harmless_attribute(attribute):
    name, value = attribute[0].lower(), attribute[1]
    return bool(
        PLAIN_NAME.fullmatch(name) and not name.startswith("on") and (name not in ADDRESSES or _stays(value, ()))
    )


def _quiet(html, pages):
    soup = BeautifulSoup(html, "html.parser")
    for element in soup.find_all(_acts):
        element.decompose()
    for comment in soup.find_all(string=lambda text: isinstance(text, PreformattedString)):
        comment.extract()  # where one ends, browsers do not all agree
    for element in soup.find_all(True):
        for name, value in list(element.attrs.items()):
            if name.startswith("on") or (name in ADDRESSES and not _stays(str(value), pages)):
                del element[name]
    return str(soup)


def _acts(element):
    return element.name in ACTIVE or (element.name == "style" and OWN_STYLE in element.get("class", ()))


def _is_for(cell, lang, code=False):
    return (code or not HIDDEN.intersection(notebooks.tags(cell))) and notebooks.is_for(cell, lang)


def _stays(address, pages):
    return address.startswith(("#", "data:image/")) or address in pages


def _source(cell):
    if cell.cell_type != "code" or not cell.source.strip():
        return ""
    return f'<pre class="code" tabindex="0"><code>{escape(cell.source)}</code></pre>'


def _said(cell):
    if cell.cell_type == "markdown":
        return _markdown(cell.source, cell.get("attachments", {}))
    return "".join(map(_output, cell.outputs)) if cell.cell_type == "code" else ""


def _markdown(source, attachments=None):
    """Markdown as HTML; HTML within it is shown as text, pasted pictures are embedded."""
    for name, kinds in (attachments or {}).items():
        for kind, data in kinds.items():
            source = source.replace(f"attachment:{name}", f"data:{kind};base64,{data}")
    return MARKDOWN(source)


def _output(output):
    if output.output_type == "stream":
        return _plain(output.text) if output.name == "stdout" else ""
    data = output.get("data", {})
    if _is_nothing(output):
        return ""
    if "text/html" in data:
        return f'<div class="output">{data["text/html"]}</div>'
    if WIDGET in data:
        return ""
    if "text/markdown" in data:
        return _markdown(data["text/markdown"])
    if "image/png" in data:
        alt = output.metadata.get("image/png", {}).get("alt") or data.get("text/plain", "")
        return f'<img src="data:image/png;base64,{data["image/png"].strip()}" alt="{escape(alt)}">'
    return _plain(data["text/plain"]) if "text/plain" in data else ""


def _plain(text):
    return f'<pre tabindex="0">{escape(TERMINAL_COLOUR.sub("", text))}</pre>'
