"""What an exercise is: plain data, without a word of any language that custlib has not written, and without a rule.

Every exercise is a list of items, each with its possible answers. Each answer is one character, has a tag, "right" or
the thinking behind it, and a text that is said to whoever chose it. So the answers of a person are one string, a
character for each item, "-" where there is none; and the page only looks up.

A text is a str (such as a customer's name), or one of `said` and `written`; `texts.in_words` gives it in a language.
"""

from dataclasses import dataclass, field
from typing import Any

Text = Any  # str, or a dict as `said` and `written` give it
RIGHT = "right"
OTHER = "other"  # wrong, and no known thinking behind it
UNANSWERED = "-"
ASKING = ("sort", "match", "order", "quiz", "branch")  # of the kinds: those with items
KINDS = ("sort", "match", "order", "quiz", "branch", "weigh", "own", "note", "echo", "hand_in")


def said(sentence: str, **facts) -> dict:
    """A text that a macro of `words/<language>/<room>.j2` says; sentence: "lessons.right_of_ten"."""
    return {"sentence": sentence, "facts": facts}


def written(by_language: dict[str, str], **facts: Text) -> dict:
    """A text that stands in a table, language → text; its {places} are filled with further texts."""
    return {"words": by_language, "facts": facts}


@dataclass(frozen=True)
class Option:
    """One possible answer. letter: its character; tag: `RIGHT`, or the thinking behind it (a tag of
    `misconceptions.csv`, such as `OTHER`), or "" where nothing is right or wrong; says: what is then said to whoever
    chose it.

    next, reveals: of a branch, the turn that follows ("" ends the talk) and the letter of what it brings to light.
    upto: of an estimate, the upper end of the band that this answer is.
    """

    letter: str
    text: Text
    says: Text = ""
    tag: str = ""
    next: str = ""
    reveals: str = ""
    upto: float | None = None


@dataclass(frozen=True)
class Item:
    """What is asked. values: what its card shows, one for each head; parts: the length of a bar beside each, 0 to 1.

    scale: of an estimate, (from, to, step); its options are bands, from the lowest. unit: behind its number.
    """

    id: str
    text: Text
    options: tuple[Option, ...]
    values: tuple[Text, ...] = ()
    parts: tuple[float, ...] = ()
    scale: tuple[float, ...] = ()
    unit: Text = ""

    @property
    def key(self) -> str:
        """The letter of the right answer; "-" where all are a person's own."""
        return next((option.letter for option in self.options if option.tag == RIGHT), UNANSWERED)


def key_of(exercise: dict) -> str:
    """`Exercise.key` of an exercise as a dict, as `dataclasses.asdict` or `texts.in_words` gives it."""
    tags = [{option["tag"]: option["letter"] for option in item["options"]} for item in exercise["items"]]
    return "".join(letters.get(RIGHT, UNANSWERED) for letters in tags)


@dataclass(frozen=True)
class Slider:
    """A control with steps, each shown as its text."""

    label: Text
    steps: tuple[Text, ...]


@dataclass(frozen=True)
class Field:
    """What a line of a plan asks for. column: of `plans`; kind: "text", "number" or "date".

    choices: (what is written, what is shown), if there is only a choice; sets: what is written → further columns that
    then have a value, such as the unit of a metric.
    """

    column: str
    label: Text
    kind: str = "text"
    choices: tuple[tuple[str, Text], ...] = ()
    sets: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Exercise:
    """An exercise; what its kind does not need is empty.

    kind: of `KINDS`. id: unique in its lesson, letters and digits. guided: whether answers are told at the first check
    (else after handing in).
    sort, match, order: items are cards; bins: (letter, text) of what they are sorted into, partners or places, of which
    each is used once in match and order; quota: letter → how many; ways: tag → the answers of who thinks so; thinks:
    tag → what is then said, once, above the cards; done: what is said if all are right.
    quiz: items are questions, or estimates. branch: items are turns, the first begins; summary: what was revealed, its
    letters in order ("" nothing) → text; reveals: letter → text.
    weigh: sliders; settings: "3,4" (the step of each slider) → (text of each of shows …, number of a verdict); start:
    the setting at first, which may have another name, such as "equal". A setting that is missing cannot be chosen; of:
    exercises to be answered before.
    own: a list of 3 to 20 names of one's own, sorted into bins; quotas: number of names → quota; fields: of a line of
    its plan, written as CSV with `given`, column → value, and the year of its date. note: lines of one's own.
    echo: of: the exercise whose first answer is shown again. hand_in: of: the exercises of the lesson.
    """

    kind: str
    id: str
    items: tuple[Item, ...] = ()
    title: Text = ""
    guided: bool = True
    heads: tuple[Text, ...] = ()
    bins: tuple[tuple[str, Text], ...] = ()
    quota: dict[str, int] = field(default_factory=dict)
    ways: dict[str, str] = field(default_factory=dict)
    thinks: dict[str, Text] = field(default_factory=dict)
    done: Text = ""
    summary: dict[str, Text] = field(default_factory=dict)
    reveals: dict[str, Text] = field(default_factory=dict)
    sliders: tuple[Slider, ...] = ()
    shows: tuple[Text, ...] = ()
    settings: dict[str, tuple] = field(default_factory=dict)
    verdicts: tuple[Text, ...] = ()
    start: str = ""
    quotas: dict[str, dict[str, int]] = field(default_factory=dict)
    fields: tuple[Field, ...] = ()
    given: dict[str, str] = field(default_factory=dict)
    lines: tuple[Text, ...] = ()
    of: tuple[str, ...] = ()
    lesson: str = ""
    edition: str = ""

    @property
    def key(self) -> str:
        """The right answers, a character for each item."""
        return "".join(item.key for item in self.items)

    def _ipython_display_(self):
        """Nothing: whoever shows it on a page has shown it."""
