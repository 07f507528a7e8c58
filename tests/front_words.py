"""How much is to be read on a front page, by its places: python tests/front_words.py reports/2025Q4/index.html …

Visible without unfolding: headings, sentences, tables, cards, captions. Not counted: links to other pages at the head,
what is folded, what is drawn within a figure, arrows.
"""

import re
import sys
from pathlib import Path

from bs4 import BeautifulSoup

PLACES = ("warning", "headline", "orders", "cards")
LIMITS = {  # place → most that it may hold: English in words, Chinese in characters; "card": each of them; "page": all
    "en": {"warning": 25, "headline": 80, "orders": 150, "cards": 140, "card": 25, "page": 450},
    "zh": {"warning": 50, "headline": 160, "orders": 300, "cards": 250, "card": 50, "page": 750},
}
UNREAD = "nav, svg, script, style, head, details > :not(summary), details details, a.made, .cl-more, [aria-hidden=true]"
CHINESE = re.compile(
    r"[\u3400-\u9fff]|[A-Za-z0-9](?:[\w.,/–-]*\w)?"
)  # a name or a number in Latin letters counts as one


def counts(page, lang):
    """place → words of a page (its HTML) in English, characters in Chinese; "card": of the longest, without its title."""
    soup = BeautifulSoup(page, "html.parser")
    for element in soup.select(UNREAD):
        element.decompose()
    found = {place: sum(_count(part, lang) for part in soup.select(f"section.{place}")) for place in PLACES}
    cards = [sum(_count(p, lang) for p in card.select("p")) for card in soup.select(".findings .cl-card")]
    return found | {"card": max(cards, default=0), "page": _count(soup, lang)}


def _count(element, lang):
    text = element.get_text(" ")
    return len(CHINESE.findall(text)) if lang == "zh" else sum(bool(re.search(r"\w", word)) for word in text.split())


def language(page):
    """The language of a page: en or zh."""
    return re.search(r'<html lang="(..)', page)[1]


if __name__ == "__main__":
    for name in sys.argv[1:]:
        page = Path(name).read_text(encoding="utf-8")
        lang = language(page)
        for place, count in counts(page, lang).items():
            print(f"{name} {place}: {count} of {LIMITS[lang][place]}{' TOO MUCH' * (count > LIMITS[lang][place])}")
