"""The trainer's page about a class: what to discuss first, item by item, how the class thinks; names stand nowhere."""

from custlib import words
from custlib.escaping import escape
from custlib.lessons import items
from custlib.lessons.exercises import RIGHT
from custlib.report.pages import pages
from custlib.wording import forms

FIRST = 2  # items to discuss
HALF = 0.5


def page(lesson: str, told: dict, answers, table, not_taken: tuple, lang: str) -> str:
    """HTML of the page. told: title, exercises (in words); answers, table: as `items.answered` takes and gives them;
    not_taken: (refused lines, doubles)."""
    exercises, by_item = told["exercises"], items.by_item(table)
    sections = [
        f"<p>{escape(told['title'])} · {_say('learners', lang, n=len(answers))}</p>",
        _first(by_item, exercises, lang),
        _ways(exercises, answers, lang),
        _items(by_item, exercises, lang),
        _quality(exercises, table, len(answers), lang),
        _not_taken(not_taken, lang),
    ]
    title = _say("result", lang, number=lesson)
    return pages.render_result("".join(sections), lang=lang, title=title)


def _first(by_item, exercises, lang):
    """The items that most learners got wrong in the same way, and what they seem to have thought."""
    wrong = by_item[by_item["wrong"] != ""].sort_values("wrong_share", ascending=False, kind="stable").head(FIRST)
    cards = [_card(row, exercises, lang) for row in wrong.to_dict("records")]
    inner = "".join(cards) or f"<p>{escape(_say('all_right' if len(by_item) else 'nothing_wrong', lang))}</p>"
    return f"<h2>{escape(_say('discuss', lang))}</h2>{inner}"


def _card(row, exercises, lang):
    item, option = _item(row, exercises), _option(row, exercises)
    again = f"<p><strong>{escape(_say('reteach', lang))}</strong></p>" if row["wrong_share"] >= HALF else ""
    return (
        f'<div class="first"><p><strong>{escape(item["text"])}</strong></p>'
        f"<p>{_percent(row['wrong_share'], lang)} · {_answer(option)}</p>"
        f"<p>{escape(option['says'])}</p>{again}</div>"
    )


def _ways(exercises, answers, lang):
    """For each exercise with known ways of thinking how many learners' answers are like which."""
    tables = []
    for exercise in exercises:
        counts = items.profile(exercise, answers[exercise["id"]]) if exercise["ways"] else ()
        rows = [[_way(tag, exercise, lang), str(count)] for tag, count in dict(counts).items()]
        if rows:
            tables.append(f"<h3>{_name(exercise, lang)}</h3>" + _table(rows, ["way", "count"], lang))
    return f"<h2>{escape(_say('by_way', lang))}</h2>{''.join(tables)}" if tables else ""


def _way(tag, exercise, lang):
    if tag in ("", RIGHT):
        return escape(_say(f"way_{tag}", lang))
    return escape(exercise["thinks"].get(tag, tag))


def _items(by_item, exercises, lang):
    rows = []
    for row in by_item.to_dict("records"):
        option = _option(row, exercises)
        said, chose = (_answer(option), _percent(row["wrong_share"], lang)) if option else ("", "")
        rows.append([escape(_item(row, exercises)["text"]), _bar(row["right"], lang), said, chose])
    head = ["item", "right", "wrong", "chose"]
    return f"<h2>{escape(_say('by_item', lang))}</h2>{_table(rows, head, lang)}"


def _quality(exercises, table, learners, lang):
    """How well items separate, from enough learners on; always with its interval."""
    if learners < items.POOLED:
        return f"<p>{escape(_say('not_pooled', lang, least=items.POOLED))}</p>"
    scored = items.scores(table)
    value, low, high = (f"{one:.2f}" for one in items.kr20(scored))
    about = f"<p>{escape(_say('pooled_about', lang, value=value, low=low, high=high))}</p>"
    pause = words.table("languages")[lang]["pause"]
    dead = items.dead(exercises, table).groupby(["exercise", "item"])["letter"].agg(pause.join).to_dict()
    rows = [
        [
            escape(_item({"exercise": key[0], "item": key[1]}, exercises)["text"]),
            _r(row),
            _flags(row, dead.get(key), lang),
        ]
        for key, row in items.discrimination(scored).iterrows()
    ]
    heading = escape(_say("pooled", lang, n=learners))
    return f"<h2>{heading}</h2>{about}{_table(rows, ['item', 'item_rest', None], lang)}"


def _r(row):
    return "–" if row.isna().any() else f"{row['r']:.2f} [{row['low']:.2f}, {row['high']:.2f}]"


def _flags(row, letters, lang):
    weak = [_say("weak", lang)] if row["high"] < items.WEAK else []
    return escape(" ".join([*weak, *([_say("dead", lang, letter=letters)] if letters else [])]))


def _not_taken(not_taken, lang):
    refused, doubled = not_taken
    lines = [line.refused().line(lang) for line in refused]
    lines += [
        _say("doubled", lang, file=file, line=line, name=code.name, lesson=code.lesson) for file, line, code in doubled
    ]
    points = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<h2>{escape(_say('refused', lang))}</h2><ul>{points}</ul>" if lines else ""


def _item(row, exercises):
    exercise = next(one for one in exercises if one["id"] == row["exercise"])
    return next(item for item in exercise["items"] if item["id"] == row["item"])


def _option(row, exercises):
    return next((one for one in _item(row, exercises)["options"] if one["letter"] == row["wrong"]), None)


def _name(exercise, lang):
    return escape(exercise["title"] or _say(f"kind_{exercise['kind']}", lang))


def _table(rows, heads, lang):
    """HTML of a small table; rows: of HTML."""
    head = "".join(f"<th>{escape(_say(name, lang)) if name else ''}</th>" for name in heads)
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"


def _answer(option):
    """What learners saw of an answer: its text, and its letter where that was chosen."""
    letter, text = option["letter"], option["text"]
    return escape(text if letter.isdigit() or letter == text else f"{letter} {text}")


def _bar(share, lang):
    return f'<span class="bar"><i style="width:{share:.0%}"></i></span> {_percent(share, lang)}'


def _percent(share, lang):
    return escape(forms.percent(share, lang))


def _say(key, lang, **facts):
    return words.say("teaching", key, lang, **facts)
