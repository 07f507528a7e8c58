"""Which pages of a report show every kind of thing that any of its pages shows: most are made by the same template."""

import re

OFF = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)
FIGURE = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
TAG = re.compile(r"<[a-z][^<>]*>")
NUMBER = re.compile(r"(?<![#\w])\d+(?:\.\d+)?")
VALUE = re.compile(r'([\w:-]+)="[^"]*"')
VALUE_BUT_LOOKS = re.compile(r'(?!\b(?:class|role|style|scope|type)=)\b([\w:-]+)="[^"]*"')


def of(text):
    """What a page is made of: its language, its elements with their looks, its figures' elements, how headings follow."""
    text = OFF.sub("", text)
    drawn = {VALUE.sub(r"\1", tag) for figure in FIGURE.findall(text) for tag in TAG.findall(figure)}
    shown = {VALUE_BUT_LOOKS.sub(r"\1", NUMBER.sub("0", tag)) for tag in TAG.findall(FIGURE.sub("", text))}
    heads = re.findall(r"<(h[1-6])\b", text)
    lang = re.search(r'<html lang="([^"]*)', text)
    return {(lang and lang[1], one) for one in {*drawn, *shown, *zip(heads, heads[1:], strict=False)}}


def covering(pages):
    """As few of the pages (name → kinds) as show all of their kinds, those that add most first."""
    left, chosen = set().union(*pages.values()), []
    while left:
        chosen.append(max(pages, key=lambda page: len(pages[page] & left)))
        left -= pages[chosen[-1]]
    return chosen
