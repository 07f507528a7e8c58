"""Pages of the report: one HTML file each, with style, script, fonts and pictures inside; none needs a network."""

import functools
import html
import math
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from custlib import blocks, words
from custlib.escaping import escape, visible
from custlib.lessons import worksheet
from custlib.report.notebook import NotebookFailed
from custlib.report.pages import bodies, facets
from custlib.report.pages.webfont import font_faces

BOLD_UP_TO = 500  # characters of a lesson's page: of more, a bold face would make it larger than a chat takes
FONTS = "\ue000"  # where the fonts come to stand: a character that no page shows, see `escaping.visible`
TEMPLATES = Path(__file__).parent / "template"
LEFT_OUT = re.compile(r"^.*\.cl-(?:figure|tools|actions|tip|marks|spark)\b.*\{.*\}\n", re.MULTILINE)  # rules of styles
HEADING = re.compile(r"<h2([^>]*)>(.*?)</h2>", re.DOTALL)
FIGURE = re.compile(  # to the end of its last drawing, or of what stands below
    r'<figure class="cl-figure"(?:(?!</figure>).)*?<svg\b[^>]*\baria-label="(?P<words>[^"]*)"(?:(?!</figure>).)*',
    re.DOTALL,
)


def render(
    notebook,
    *,
    lang,
    title,
    links=(),
    twins=(),
    downloads=(),
    code=False,
    footer="",
    sources=None,
    findings=None,
    look=None,
    before="",
) -> str:
    """An executed notebook as a page in one language; the same notebook gives the same bytes.

    title: of the report, at the head of the page. links: (text, address) of its sibling pages, the only addresses that
    a link of a cell may lead to. twins: (language, address) of the page in other languages. downloads: (text, address)
    of what lies beside the page. code: whether the analysts' code is shown. footer: a line at the foot. sources: where
    the figures come from (`bodies.Sources`); findings: of the other notebooks, which make it the front page (see
    `bodies.front`). look: script and style in place of the report's; before: HTML
    above the cells.
    """
    addresses = {address for _, address in links}
    if findings is None:
        body = bodies.whole(notebook, lang, addresses, code, sources)
    else:
        body = bodies.front(notebook, lang, sources, findings, addresses)
    body, heading, contents = _with_contents(body, lang)
    body += facets.script(body, sources.facets) if sources else ""
    body = before + body
    twins = [(words.table("languages")[other], address) for other, address in twins]
    around = {"heading": heading, "contents": contents, "twins": twins, "downloads": downloads, "footer": footer}
    return _page("index.html.j2", lang, **(look or {}), title=title, links=links, body=Markup(body), **around)


def render_lesson(notebook, *, lang, **around) -> str:
    """An executed lesson as a page whose exercises are alive; around: as for `render`."""
    return render(notebook, lang=lang, look=_lively(lang), before=_without_script(lang), **around)


def render_key(notebook, *, lang, **around) -> str:
    """A lesson as the trainer's page, with the keys in place of its exercises; around: as for `render`."""
    return render(notebook, lang=lang, look=_plain(), **around)


def render_error(failure: NotebookFailed, *, lang: str) -> str:
    """The page about a notebook that failed. It holds no message of an exception: that may quote a customer."""
    what = failure.describe(lang)
    return _page("error.html.j2", lang, title=words.say("report", "stopped", lang), what=what, failure=failure)


def render_shelf(shelves, *, lang: str, twins=()) -> str:
    """The list of what is published. shelves: {"title", "lines"}, see `archive.shelf`; twins: as for `render`."""
    languages = words.table("languages")
    for line in (line for shelf in shelves for line in shelf["lines"]):
        line["pages"] = [(languages[other], address) for other, address in line["pages"]]
    twins = [(languages[other], address) for other, address in twins]
    return _page("shelf.html.j2", lang, title=words.say("report", "all_reports", lang), shelves=shelves, twins=twins)


def render_lessons(lines, *, lang: str, title: str, notes, twins=()) -> str:
    """The list of lessons. lines: of each number, title, about, address; notes: paragraphs above; twins: as for
    `render`."""
    languages = words.table("languages")
    twins = [(languages[other], address) for other, address in twins]
    style = _style() + _file("lessons.css")
    return _page("lessons.html.j2", lang, style=style, title=title, lines=lines, notes=notes, twins=twins)


def render_result(body: str, *, lang: str, title: str) -> str:
    """The trainer's page about a class; body: HTML whose texts are escaped."""
    style = _style() + _file("lessons.css")
    body = f"<h1>{escape(title)}</h1>{body}"
    around = {"heading": "", "contents": (), "links": (), "twins": (), "downloads": (), "footer": ""}
    return _page("index.html.j2", lang, style=style, title=title, body=Markup(body), **around)


def render_profile(*, lang: str, **content) -> str:
    """The page of a customer: small, without a script, a bold face and styles of what is not on it; see
    `profile.rendering`."""
    return _page("profile.html.j2", lang, script="", style=_profile_style(), bold_up_to=0, **content)


def _with_contents(body, lang):
    """(the body, the text of its h1, (id, text) of each h2); the body gets these ids, and text alternatives of figures.

    By expressions, because parsing a page of drawings takes longer than all else; what `cells.quiet` wrote is well
    formed.
    """
    contents = []

    def numbered(heading):
        contents.append((f"section-{len(contents) + 1}", _text(heading[2])))
        return f'<h2 id="{contents[-1][0]}"{heading[1]}>{heading[2]}</h2>'

    body = HEADING.sub(numbered, body)
    summary = escape(words.say("report", "in_words", lang))
    body = FIGURE.sub(rf'\g<0><details class="words"><summary>{summary}</summary><p>\g<words></p></details>', body)
    first = re.search(r"<h1[^>]*>(.*?)</h1>", body, re.DOTALL)
    return body, _text(first[1]) if first else "", contents


def _text(element):
    return html.unescape(re.sub(r"<[^>]*>", "", element))


def _without_script(lang):
    """What is said where a preview shows the page and runs no script."""
    return f'<p class="ex-none">{escape(words.say("lessons", "worksheet", lang))}</p>'


def _lively(lang):
    """Script and style of exercises, behind those of the report's pages."""
    script, style = _script() + worksheet.script(lang), _style() + worksheet.css()
    return {"script": script, "style": style, "bold_up_to": BOLD_UP_TO}


def _plain():
    """Script and style of the trainer's page."""
    return {"style": _style() + _file("lessons.css"), "bold_up_to": BOLD_UP_TO}


def _page(template, lang, script=None, style=None, bold_up_to=math.inf, **content):
    """A page; script, style: default those of the report's pages; bold_up_to: with more characters than these it has no
    bold face."""
    page = _templates().get_template(template)
    script = _script() if script is None else script
    content |= {
        "lang": words.table("languages")[lang]["html"],
        "words": words.all_of("report", lang),
        "style": Markup(_style() if style is None else style),
        "script": Markup(script),
        "script_hash": b64encode(sha256(script.encode()).digest()).decode("ascii"),
    }
    before, _, after = page.render(fonts=Markup(FONTS), **content).partition(FONTS)
    used = "".join(sorted({*before, *after}))
    return before + font_faces(used, len(used) <= bold_up_to) + after


@functools.cache
def _templates():
    options = {"autoescape": True, "undefined": StrictUndefined, "finalize": _finalize}
    return Environment(loader=FileSystemLoader(TEMPLATES), **options)


@functools.cache
def _script():
    return blocks.script() + _file("page.js")


@functools.cache
def _style():
    return blocks.css() + _file("page.css")


@functools.cache
def _profile_style():
    """What a customer's page needs: no figure, no tools of tables; lines of colour and space as the report's."""
    return LEFT_OUT.sub("", blocks.css()) + _file("profile.css")


@functools.cache
def _file(name):
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _finalize(value):
    return value if isinstance(value, Markup) else visible(value)
