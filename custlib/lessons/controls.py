"""Exercises as controls in JupyterLab, of the same data and with the same sentences as on a lesson's page.

Answers are buttons: JupyterLab keeps arrow keys for itself. What is a person's own, or is handed in, is the page's: of
that JupyterLab shows the worksheet.
"""

import re

from custlib import words
from custlib.escaping import escape
from custlib.lessons import ways
from custlib.lessons.exercises import OTHER, RIGHT, key_of

CHOICE = "cl-choice"  # a class of blocks/lab.css: a button of more than a word
WIDE = {"width": "auto"}


def control(exercise: dict, lang: str):
    """The control of an exercise, as `texts.in_words` gives it; None for a kind that has none."""
    kinds = {"sort": _cards, "match": _cards, "order": _cards, "quiz": _quiz, "branch": _talk, "weigh": _weigh}
    make = kinds.get(exercise["kind"])
    return make(exercise, lang) if make else None


def told(exercise: dict, letters: str, lang: str) -> list[str]:
    """The sentences above cards that all have a letter: how many are right, then what else there is to say."""
    key, quota = key_of(exercise), exercise["quota"]
    if letters == key:
        return [exercise["done"] or _say("all_right", lang)]
    way = ways.nearest(letters, key, exercise["ways"], len(exercise["bins"]))
    off = any(letters.count(letter) != number for letter, number in quota.items())
    each = [_say("quota_each", lang, n=number, letter=letter) for letter, number in quota.items()]
    sentences = [
        _say("right_of", lang, n=ways.alike(letters, key), of=len(key)),
        _say("quota", lang, quota=_mark("pause", lang).join(each)) if off else "",
        exercise["thinks"].get(way, ""),
        _say("try_again", lang),
    ]
    return [sentence for sentence in sentences if sentence]


def reach(settings: dict, at: tuple[int, ...], slider: int, step: int) -> str:
    """The setting with one slider at a step that changes the others least; "" if there is none."""
    names = [name for name in settings if re.fullmatch(r"[\d,]+", name)]
    steps = {name: tuple(map(int, name.split(","))) for name in names}
    fitting = [name for name in names if steps[name][slider] == step]
    away = {
        name: sum(abs(a - b) for n, (a, b) in enumerate(zip(steps[name], at, strict=True)) if n != slider)
        for name in fitting
    }
    return min(fitting, key=lambda name: away[name], default="")


def _say(key, lang, **facts):
    return words.say("lessons", key, lang, **facts)


def _mark(name, lang):
    return words.table("languages")[lang][name]


def _option(item, letter):
    return next(option for option in item["options"] if option["letter"] == letter)


def _reply(option):
    """What is said to whoever chose an option, as HTML."""
    mark = {RIGHT: "✓ ", "": ""}.get(option["tag"], "✗ ")
    return f"<p>{mark}{escape(option['says'])}</p>"


def _paragraph(lang, *sentences):
    return f"<p>{_mark('space', lang).join(map(escape, sentences))}</p>"


def _head(title):
    return f"<h3>{escape(title)}</h3>" if title else ""


def _button(text, act, **options):
    import ipywidgets

    button = ipywidgets.Button(description=text, layout=WIDE, **options)
    button.add_class(CHOICE)
    button.on_click(lambda _: act())
    return button


def _cards(exercise, lang):
    import ipywidgets

    verdict, cards = ipywidgets.HTML(), [_card(exercise, item) for item in exercise["items"]]
    choices = [card.children[1] for card in cards]

    def check():
        lacking = sum(choice.value is None for choice in choices)
        if lacking:
            verdict.value = _paragraph(lang, _say("need", lang, n=lacking))
            return
        verdict.value = _paragraph(lang, *told(exercise, "".join(choice.value for choice in choices), lang))
        for card, item in zip(cards, exercise["items"], strict=True):
            option = _option(item, card.children[1].value)
            card.children[2].value = _reply(option | {"tag": option["tag"] or OTHER})

    def chosen(change):
        for choice, card in zip(choices, cards, strict=True):
            if choice is change["owner"]:
                card.children[2].value = ""
            elif exercise["kind"] != "sort" and change["new"] and choice.value == change["new"]:
                choice.value = None

    for choice in choices:
        choice.observe(chosen, "value")
    act = _button(_say("check" if exercise["guided"] else "hand_in_part", lang), check, button_style="primary")
    return ipywidgets.VBox([ipywidgets.HTML(_head(exercise["title"])), verdict, *cards, act])


def _card(exercise, item):
    """What a card shows, its letters, and what is said to the one chosen."""
    import ipywidgets

    values = [f"{head} {value}" for head, value in zip(exercise["heads"], item["values"], strict=False)]
    shown = f"<b>{escape(item['text'])}</b> {escape(' · '.join(values))}"
    options = [(letter if letter == text else f"{letter} {text}", letter) for letter, text in exercise["bins"]]
    choice = ipywidgets.ToggleButtons(options=options, value=None, style={"button_width": "auto"})
    return ipywidgets.VBox([ipywidgets.HTML(shown), choice, ipywidgets.HTML()])


def _quiz(exercise, lang):
    import ipywidgets

    asked = [_Question(item, exercise["guided"], lang) for item in exercise["items"]]
    line = ipywidgets.HTML()

    def hand_in():
        lacking = sum(question.letter is None for question in asked)
        if lacking:
            line.value = _paragraph(lang, _say("need_answers", lang, n=lacking))
            return
        right = sum(question.tell() == RIGHT for question in asked)
        line.value = _paragraph(lang, _say("right_of", lang, n=right, of=len(asked)))

    foot = [] if exercise["guided"] else [_button(_say("hand_in_part", lang), hand_in, button_style="primary"), line]
    return ipywidgets.VBox([ipywidgets.HTML(_head(exercise["title"])), *(question.box() for question in asked), *foot])


class _Question:
    """A question and the answer chosen. Guided, an answer is told at once."""

    def __init__(self, item, guided, lang):
        import ipywidgets

        self.item, self.guided, self.letter = item, guided, None
        self.said = ipywidgets.HTML()
        self.answers = self._estimate(lang) if item["scale"] else self._options()

    def _options(self):
        def chooser(letter):
            return lambda: self.choose(letter)

        return [_button(option["text"], chooser(option["letter"])) for option in self.item["options"]]

    def _estimate(self, lang):
        import ipywidgets

        low, high, step = self.item["scale"]
        slider = ipywidgets.FloatSlider((low + high) / 2, min=low, max=high, step=step, readout_format=",")

        def answer():
            bands = self.item["options"]
            self.choose(next(one["letter"] for one in bands if one["upto"] is None or slider.value <= one["upto"]))

        unit = ipywidgets.HTML(escape(self.item["unit"]))
        return [ipywidgets.HBox([slider, unit, _button(_say("answer", lang), answer)])]

    def choose(self, letter):
        """Takes an answer; its button shows that it is the one."""
        self.letter = letter
        if not self.item["scale"]:
            for option, button in zip(self.item["options"], self.answers, strict=True):
                button.button_style = "info" if option["letter"] == letter else ""
        if self.guided:
            self.tell()

    def tell(self):
        """Says what is said to the answer, and returns its tag."""
        option = _option(self.item, self.letter)
        self.said.value = _reply(option)
        return option["tag"]

    def box(self):
        """The question as JupyterLab shows it."""
        import ipywidgets

        return ipywidgets.VBox([ipywidgets.HTML(f"<b>{escape(self.item['text'])}</b>"), *self.answers, self.said])


def _talk(exercise, lang):
    import ipywidgets

    turns = {item["id"]: item for item in exercise["items"]}
    log, foot = ipywidgets.HTML(), ipywidgets.VBox()
    begin = exercise["items"][0]

    def go(item, said, found):
        lines = [*said, (_say("customer", lang), item["text"])] if item else said
        light = [text for letter, text in exercise["reveals"].items() if letter in found]
        end = [] if item else [(_say("talk_over", lang), summed(exercise["summary"], found))]
        shown = "".join(f"<p><b>{escape(who)}</b> {escape(text)}</p>" for who, text in lines + end)
        log.value = shown + (
            _paragraph(lang, f"{_say('found', lang)}{_mark('colon', lang)}{_mark('pause', lang).join(light)}")
            if light
            else ""
        )
        foot.children = [answer(item, option, lines, found) for option in item["options"]] if item else [again]

    def answer(item, option, lines, found):
        said = [*lines, (_say("you", lang), option["text"]), ("", option["says"])]
        return _button(option["text"], lambda: go(turns.get(option["next"]), said, found | set(option["reveals"])))

    again = _button(_say("talk_again", lang), lambda: go(begin, [], set()))
    go(begin, [], set())
    return ipywidgets.VBox([ipywidgets.HTML(_head(exercise["title"])), log, foot])


def summed(summary: dict[str, str], found: set[str]) -> str:
    """The summary of what came to light, or of the most of it that has one."""
    return summary.get(max((letters for letters in summary if set(letters) <= found), key=len, default=""), "")


def _weigh(exercise, lang):
    import ipywidgets

    weights = _Weights(exercise, lang)
    back = _button(_say("back_to_start", lang), lambda: weights.go(exercise["start"]))
    return ipywidgets.VBox([ipywidgets.HTML(_head(exercise["title"])), *weights.sliders, back, weights.shown])


class _Weights:
    """Sliders that stand at a setting, and its result."""

    def __init__(self, exercise, lang):
        import ipywidgets

        self.exercise, self.lang, self.going = exercise, lang, False
        steps = [[(text, step) for step, text in enumerate(one["steps"])] for one in exercise["sliders"]]
        self.middle = round((len(steps[0]) - 1) / max(3, len(steps)))  # where sliders stand at a start of no steps
        self.sliders = [ipywidgets.SelectionSlider(options=each) for each in steps]
        self.shown = ipywidgets.HTML()
        for slider, one in zip(self.sliders, exercise["sliders"], strict=True):
            slider.description = one["label"]
            slider.observe(self.moved, "value")
        self.go(exercise["start"])

    def go(self, name):
        """Stands at a setting; at the one before if there is none."""
        self.at = name or self.at
        self.going = True
        for slider, step in zip(self.sliders, self.steps(), strict=True):
            slider.value = step
        self.going = False
        self.shown.value = _results(self.exercise, self.at, self.lang)

    def steps(self):
        """The step of each slider."""
        numbers = re.fullmatch(r"[\d,]+", self.at)
        return tuple(map(int, self.at.split(","))) if numbers else (self.middle,) * len(self.sliders)

    def moved(self, change):
        """Takes a move of a slider by hand."""
        if not self.going:
            slider = self.sliders.index(change["owner"])
            self.go(reach(self.exercise["settings"], self.steps(), slider, change["new"]))


def _results(exercise, name, lang):
    """What a setting gives, beside what the start gave, as HTML."""
    *now, number = exercise["settings"][name]
    *start, _ = exercise["settings"][exercise["start"]]
    shows, verdicts = exercise["shows"], exercise["verdicts"]
    rows = [
        f"<tr><th>{escape(show)}</th><td>{escape(text if text == was else f'{was} → {text}')}</td></tr>"
        for show, text, was in zip(shows, now, start, strict=True)
    ]
    changed = sum(text != was for text, was in zip(now, start, strict=True))
    sentences = [verdicts[number]] if verdicts else []
    sentences += [_say("changed", lang, n=changed, of=len(shows))] if shows else []
    return f"{_paragraph(lang, *sentences)}<table>{''.join(rows)}</table>"
