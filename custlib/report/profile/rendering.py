"""The page of one customer as HTML: small, because there are hundreds."""

import json
from dataclasses import dataclass

from markupsafe import Markup

from custlib import words
from custlib.escaping import visible
from custlib.report.pages import pages
from custlib.report.profile import sections


@dataclass(frozen=True)
class Around:
    """What is the same on all profiles of a language.

    title: of the report; links: (text, address) of the report's other pages; footer: a line at the foot.
    """

    title: str
    links: tuple
    footer: str


def render(customer: sections.Customer, say: sections.Speaker, around: Around, twins=()) -> str:
    """The page. twins: (language, address) of it in other languages; the same rows give the same bytes."""
    own, missing = sections.made(customer, say)
    languages = words.table("languages")
    return pages.render_profile(
        lang=say.lang,
        name=visible(customer.name).strip() or say.word("nameless"),
        head=Markup(sections.head(customer, say)),
        sections=[section | {"html": Markup(section["html"])} for section in own],
        missing=missing,
        title=around.title,
        links=around.links,
        footer=around.footer,
        twins=[(languages[other], address) for other, address in twins],
    )


def decided(customer: sections.Customer, say: sections.Speaker, around: Around, twins=()) -> list:
    """All that decides the bytes of a page but code, words and versions, as JSON can write it."""
    rows = json.dumps(customer.rows, sort_keys=True, ensure_ascii=False, default=str)
    about = [around.title, [list(link) for link in around.links], around.footer, [list(twin) for twin in twins]]
    return [customer.id, customer.name, rows, say.lang, say.quarter, say.context.currency, about]
