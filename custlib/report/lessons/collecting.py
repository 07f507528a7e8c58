"""What a class handed in: codes out of chats and files, scored and told on the trainer's page of each lesson."""

import json
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from custlib import escaping, words
from custlib.lessons import codes, items
from custlib.refusals import Refused
from custlib.report import files
from custlib.report.lessons import results
from custlib.report.lessons.pages import EXERCISES

ANSWERS = "answers.csv"


class Line(NamedTuple):
    """A line that was not taken. why: a key of `words/refusals.csv`."""

    file: str
    line: int
    why: str
    text: str

    def refused(self) -> Refused:
        """The same as a refusal."""
        return Refused(self.why, file=self.file, line=self.line, text=self.text)


class Collected(NamedTuple):
    """What came of a class: pages written, how many codes, lines refused, and (file, line, code) of doubles."""

    pages: tuple[Path, ...]
    codes: int
    refused: tuple[Line, ...]
    doubled: tuple


def collect(paths, trainer: Path, out: Path, lang: str) -> Collected:
    """Reads codes out of chats, JSON files of pages and earlier `answers.csv`; writes result pages and `answers.csv`.

    trainer: the folder that `making` wrote, whose `exercises/` codes are scored by; out: where pages go.
    Raises Refused: `cannot_read`; `no_codes` where there is not one to score; `no_exercises`.
    """
    known = _known(trainer)
    found = [(path, line, text) for path in paths for line, text in _lines(Path(path))]
    taken: dict[tuple[str, str], codes.Code] = {}
    doubled, refused = [], []
    for path, line, text in found:
        code = codes.read(text)
        why = _why_not(code, text, known)
        if why:
            refused.append(Line(Path(path).name, line, why, text.strip()[:120]))
        elif code and (code.lesson, code.name) in taken:
            if taken[code.lesson, code.name] != code:
                doubled.append((Path(path).name, line, code))
        elif code:
            taken[code.lesson, code.name] = code
    if not taken:
        raise Refused("no_codes", files=", ".join(Path(path).name for path in paths), lines=_all(refused, lang))
    files.make_folder(out)
    pages = _written(taken.values(), known, refused, doubled, out, lang)
    return Collected(pages, len(taken), tuple(refused), tuple(doubled))


def _known(trainer):
    """(lesson, edition) → what its codes are scored by."""
    both = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((trainer / EXERCISES).glob("*.json"))]
    if not both:
        raise Refused("no_exercises", folder=trainer / EXERCISES)
    return {(one["lesson"], one["edition"]): one for one in both}


def _lines(path):
    """(number, text) of each line; of a file that a page saved, of each code in it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused("cannot_read", file=path.name, reason=getattr(error, "strerror", None) or "UTF-8") from error
    if path.suffix.lower() == ".json":
        try:
            content = json.loads(text)
            return [(1, str(one["code"])) for one in (content if isinstance(content, list) else [content])]
        except (ValueError, KeyError, TypeError) as error:
            raise Refused("cannot_read", file=path.name, reason="JSON") from error
    return list(enumerate(text.splitlines(), 1))


def _why_not(code, text, known):
    """Why a line is not taken; "" for one that is, and for what people wrote around the codes."""
    if code is None:
        return "broken_code" if codes.is_meant(text) else ""
    if (code.lesson, code.edition) not in known:
        return "unknown_edition"
    exercises = _told(known[code.lesson, code.edition])["exercises"]
    fits = len(code.answers) == len(exercises) and all(map(_fits, code.answers, exercises))
    return "" if fits else "broken_code"


def _fits(answers, exercise):
    letters = {option["letter"] for item in exercise["items"] for option in item["options"]} | {"-"}
    return len(answers) in (0, len(exercise["items"])) and set(answers) <= letters


def _told(scored, lang=""):
    """Title and exercises in a language, or in the first that the lesson was made in."""
    return scored["told"].get(lang) or next(iter(scored["told"].values()))


def _written(taken, known, refused, doubled, out, lang):
    """A page for each lesson and edition, and one file of all codes."""
    rows, pages = [], []
    for (lesson, edition), scored in known.items():
        own = [code for code in taken if (code.lesson, code.edition) == (lesson, edition)]
        if not own:
            continue
        told = _told(scored, lang)
        columns = ["name", *(one["id"] for one in told["exercises"])]
        answers = pd.DataFrame([[code.name, *code.answers] for code in own], columns=columns)
        table = items.answered(told["exercises"], answers)
        rows += [_row(code, table) for code in own]
        page = out / f"{lesson}-{edition}.html"
        files.write(page, results.page(lesson, told, answers, table, (refused, doubled), lang))
        pages.append(page)
    frame = pd.DataFrame(rows, columns=["lesson", "edition", "name", "right", "of", "code"])
    files.write(out / ANSWERS, frame.to_csv(index=False, lineterminator="\n"))
    return tuple(pages)


def _row(code, table):
    own = table[table["name"] == code.name]
    return (code.lesson, code.edition, escaping.cell(code.name), int(own["right"].sum()), len(own), str(code))


def _all(refused, lang):
    return " ".join(line.refused().line(lang) for line in refused) or words.say("teaching", "refused", lang)
