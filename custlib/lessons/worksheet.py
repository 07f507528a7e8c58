"""An exercise as HTML: a worksheet to print and fill in, which the page's script enlivens with the data it carries."""

import json

from custlib import blocks, words
from custlib.escaping import escape

QUESTIONS = ("quiz", "branch")


def block(exercise: dict, lang: str) -> blocks.Block:
    """exercise: as `texts.in_words` gives it, of `dataclasses.asdict(Exercise)`."""
    data = json.dumps(_slim(exercise) | {"say": words.all_of("lessons", lang)}, ensure_ascii=False, sort_keys=True)
    inner = _title(exercise) + (_questions(exercise) if exercise["kind"] in QUESTIONS else _cards(exercise, lang))
    html = f'<section class="ex ex-{exercise["kind"]}" id="{escape(exercise["id"])}" data-ex="{escape(data)}">'
    return blocks.Block(f"{html}{inner}</section>", str(exercise["title"] or exercise["id"]))


def _slim(exercise):
    return {name: value for name, value in exercise.items() if value not in ("", [], {}, None)}


def _title(exercise):
    return f"<h3>{escape(exercise['title'])}</h3>" if exercise["title"] else ""


def _boxes(options):
    return "".join(f"<li>☐ {escape(option['text'])}</li>" for option in options)


def _questions(exercise):
    asked = [f"<li><p>{escape(item['text'])}</p><ul>{_boxes(item['options'])}</ul></li>" for item in exercise["items"]]
    return f"<ol>{''.join(asked)}</ol>"


def _cards(exercise, lang):
    bins = " ".join(f"☐ {escape(letter)}" for letter, _ in exercise["bins"])
    heads = "".join(f"<th>{escape(head)}</th>" for head in ["", *exercise["heads"], ""])
    rows = "".join(
        f'<tr><th scope="row">{escape(item["text"])}</th>'
        + "".join(f"<td>{escape(value)}</td>" for value in item["values"])
        + f"<td>{bins}</td></tr>"
        for item in exercise["items"]
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>" if rows else ""
