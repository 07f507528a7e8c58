"""An exercise as HTML: a worksheet to print and fill in, which the page's script enlivens with the data it carries."""

import json
import re
from importlib import resources

from custlib import blocks, words
from custlib.escaping import escape
from custlib.lessons import codes

EMPTY: tuple = ("", [], {}, (), None)
OWN_LINES, PLAN_LINES = 10, 3
GAP = "_" * 12
INDENT = re.compile("^ +", re.MULTILINE)


def block(exercise: dict, lang: str) -> blocks.Block:
    """exercise: as `texts.in_words` gives it, of `dataclasses.asdict(Exercise)`."""
    data = json.dumps(_slim(exercise | _settings(exercise)), ensure_ascii=False, separators=(",", ":"))
    data = data.replace("'", "\\u0027")  # so that the page's writer quotes the attribute with ', and not each "
    inner = _title(exercise) + _INNER[exercise["kind"]](exercise, lang)
    html = f'<section class="ex ex-{exercise["kind"]}" id="{escape(exercise["id"])}" data-ex="{escape(data)}">'
    return blocks.Block(f"{html}{inner}</section>", str(exercise["title"] or exercise["id"]))


def css() -> str:
    """The style of exercises, beside that of the report's pages."""
    return _file("lesson.css")


def script(lang: str) -> str:
    """What enlivens the exercises of a page, with its words in one language; it stands behind `blocks.script()`."""
    marks = words.table("languages")[lang]
    own = words.all_of("lessons", lang) | {name: marks[name] for name in ("space", "pause")}
    code = INDENT.sub("", _file("lesson.js"))  # 5 kB of white space
    return f"{{\nconst SAY = {json.dumps(own, ensure_ascii=False)};\n{code}}}\n"


def _slim(value):
    """The value without what is empty, and cards without the texts of their bins, which stand once."""
    if isinstance(value, list | tuple):
        return [_slim(each) for each in value]
    if not isinstance(value, dict):
        return value
    if value.get("bins"):
        items = [item | {"options": [option | {"text": ""} for option in item["options"]]} for item in value["items"]]
        value = value | {"items": items}
    return {name: _slim(each) for name, each in value.items() if each not in EMPTY}


def _settings(exercise):
    """Settings as a page carries them: names without commas, such as "3A" for "3,10", and each text by its place among
    all: of 729 that is half the bytes."""
    texts = list(dict.fromkeys(text for *shown, _ in exercise["settings"].values() for text in shown))
    places = {text: place for place, text in enumerate(texts)}
    settings = {
        _short(name): [*(places[text] for text in shown), number]
        for name, (*shown, number) in exercise["settings"].items()
    }
    return {"settings": settings, "texts": texts, "start": _short(exercise["start"])}


def _short(name):
    steps = name.split(",")
    return "".join(codes.DIGITS[int(step)] for step in steps) if steps[0].isdigit() else name


def _file(name):
    return (resources.files("custlib") / "lessons" / name).read_text(encoding="utf-8")


def _title(exercise):
    return f"<h3>{escape(exercise['title'])}</h3>" if exercise["title"] else ""


def _table(heads, rows):
    """rows: of cells that are HTML; the first heads its row."""
    head = "".join(f"<th>{escape(each)}</th>" for each in heads)
    body = "".join(
        f'<tr><th scope="row">{first}</th>' + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
        for first, *cells in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _boxes(letters):
    return " ".join(f"☐&nbsp;{escape(letter)}" for letter, _ in letters)


def _named(bins):
    """What the letters of bins mean, where they are more than letters."""
    named = [f"<li><b>{escape(letter)}</b> {escape(text)}</li>" for letter, text in bins if text != letter]
    return f'<ul class="bins">{"".join(named)}</ul>' if named else ""


def _cards(exercise, lang):
    rows = [
        [*map(escape, [item["text"], *item["values"]]), f'<span class="boxes">{_boxes(exercise["bins"])}</span>']
        for item in exercise["items"]
    ]
    return _named(exercise["bins"]) + _table(["", *exercise["heads"], ""], rows)


def _questions(exercise, lang):
    asked = [f"<li><p>{escape(item['text'])}</p>{_answers(item)}</li>" for item in exercise["items"]]
    return f"<ol>{''.join(asked)}</ol>"


def _answers(item):
    if item["scale"]:
        return f"<p>{GAP} {escape(item['unit'])}</p>"
    boxes = "".join(f"<li>☐ {escape(option['text'])}</li>" for option in item["options"])
    return f"<ul>{boxes}</ul>"


def _turns(exercise, lang):
    return f"<p>{escape(words.say('lessons', 'turns', lang))}</p>{_questions(exercise, lang)}"


def _weights(exercise, lang):
    at = exercise["start"].split(",")
    if at[0].isdigit():
        steps = [slider["steps"][int(step)] for slider, step in zip(exercise["sliders"], at, strict=True)]
    else:
        steps = [words.say("lessons", "start_setting", lang)] * len(exercise["sliders"])
    rows = [[escape(slider["label"]), escape(step)] for slider, step in zip(exercise["sliders"], steps, strict=True)]
    *shown, _ = exercise["settings"][exercise["start"]]
    rows += [[escape(show), escape(text)] for show, text in zip(exercise["shows"], shown, strict=True)]
    return _table(["", words.say("lessons", "start_setting", lang)], rows)


def _own(exercise, lang):
    rows = [[str(line), "", _boxes(exercise["bins"])] for line in range(1, OWN_LINES + 1)]
    heads = ["", words.say("lessons", "customer", lang), ""]
    names = _table(heads, rows) if exercise["bins"] else ""
    fields = [field["label"] for field in exercise["fields"]]
    lines = [[str(line), *[""] * len(fields)] for line in range(1, PLAN_LINES + 1)]
    return _named(exercise["bins"]) + names + (_table(["", *fields], lines) if fields else "")


def _notes(exercise, lang):
    return "".join(f"<p>{escape(line)}</p><p>{GAP * 4}</p>" for line in exercise["lines"])


def _nothing(exercise, lang):
    return ""


_INNER = {
    "sort": _cards,
    "match": _cards,
    "order": _cards,
    "quiz": _questions,
    "branch": _turns,
    "weigh": _weights,
    "own": _own,
    "note": _notes,
    "echo": _nothing,
    "hand_in": _nothing,
}
