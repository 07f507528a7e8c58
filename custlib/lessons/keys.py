"""An exercise as the trainer sees it: the right answers, what is said to the wrong ones, the known ways of thinking."""

from custlib import blocks, words
from custlib.escaping import escape
from custlib.lessons.exercises import RIGHT

MARK = ' class="right"'


def block(exercise: dict, lang: str) -> blocks.Block:
    """exercise: as `texts.in_words` gives it. Empty for what has no items."""
    title = escape(exercise["title"] or _say(f"kind_{exercise['kind']}", lang))
    rows = "".join(_item(item) for item in exercise["items"])
    quota = "".join(f"{escape(letter)} {count}  " for letter, count in exercise["quota"].items())
    inner = f"<h3>{title}</h3>" + (f"<p>{quota}</p>" if quota else "") + f'<dl class="key">{rows}</dl>'
    return blocks.Block(inner + _ways(exercise, lang) if rows else "", str(exercise["id"]))


def _item(item):
    options = sorted(item["options"], key=lambda option: option["letter"])
    said = "".join(
        f"<dd{MARK if option['tag'] == RIGHT else ''}><b>{escape(option['letter'])}</b> "
        f"{escape(option['text'])}{_reply(option)}</dd>"
        for option in options
    )
    return f"<dt>{escape(item['text'])}</dt>{said}"


def _reply(option):
    return f"<span>{escape(option['says'])}</span>" if option["says"] else ""


def _ways(exercise, lang):
    """The answers of each known way of thinking, one letter for each item."""
    if not exercise["ways"]:
        return ""
    lines = "".join(
        f"<tr><td><code>{escape(answers)}</code></td><td>{escape(exercise['thinks'].get(tag, tag))}</td></tr>"
        for tag, answers in exercise["ways"].items()
    )
    return f"<p>{escape(_say('ways', lang))}</p><table>{lines}</table>"


def _say(key, lang):
    return words.say("teaching", key, lang)
