"""What a class handed in: codes out of chats and files, scored and told on the trainer's page of each lesson."""

import codecs
import json
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from custlib import escaping
from custlib.lessons import codes, items
from custlib.refusals import Refused
from custlib.report import files
from custlib.report.lessons import results
from custlib.report.lessons.pages import EXERCISES

ANSWERS = "answers.csv"
QUOTES = "> \t"  # before a line that a chat or a mail quotes
SHOWN = 5  # lines in a refusal


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
    taken: dict[tuple, codes.Code] = {}
    doubled, refused = [], []
    given = [(path, *line) for path in map(Path, paths) for line in _lines(path)]
    for path, line, text in given:
        found, around = codes.read(text)
        whys = [(_why_not(code, known), str(code)) for code in found]
        whys += [("broken_code", text.strip()[:120])] * codes.is_meant(around)
        refused += [Line(path.name, line, why, shown) for why, shown in whys if why]
        for code in (code for code in found if not _why_not(code, known)):
            first = taken.setdefault(_learner(code, path, line), code)
            if first != code:
                doubled.append((path.name, line, code))
    if not taken:
        raise Refused("no_codes", files=", ".join(Path(path).name for path in paths), lines=_all(refused, lang))
    files.make_folder(out)
    counted = list(dict.fromkeys(taken.values()))  # the same code in two files is the same learner
    pages = _written(counted, known, refused, doubled, out, lang)
    return Collected(pages, len(counted), tuple(refused), tuple(doubled))


def _learner(code, path, line):
    """Who handed a code in: in one class, which is a chat or the saved files, a name is one person's; an earlier
    `answers.csv` holds several classes, and no doubles."""
    kind = path.suffix.lower()
    return code.lesson, code.name, {".csv": f"{path}:{line}", ".json": kind}.get(kind, str(path))


def _known(trainer):
    """(lesson, edition) → what its codes are scored by."""
    both = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((trainer / EXERCISES).glob("*.json"))]
    if not both:
        raise Refused("no_exercises", folder=trainer / EXERCISES)
    return {(one["lesson"], one["edition"]): one for one in both}


def _lines(path):
    """(number, text) of each line that may hold a code; of a file that a page saved, each code in it."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Refused("no_chat", file=path, reason=error.strerror or error) from error
    lines = [line for line in enumerate(_text(data, path).splitlines(), 1) if line[1].strip()]
    return _saved(path, data) or list(_joined(lines))


def _saved(path, data):
    """The codes in a file that a page saved; nothing if it is none, and its lines are read as those of a chat."""
    if path.suffix.lower() != ".json":
        return []
    try:
        content = json.loads(data)
        return [(1, one["code"]) for one in (content if isinstance(content, list) else [content]) if one["code"] + ""]
    except (ValueError, KeyError, TypeError, RecursionError):
        return []


def _text(data, path):
    """A chat's text as Notepad saves it: UTF-8, UTF-16 or GB18030. Checksums keep what was decoded wrongly out."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    if b"\0" in data:
        raise Refused("chat_not_text", file=path.name)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _joined(lines):
    """The lines, two as one where a code goes on in the next."""
    lines = iter([*lines, (0, "")])
    number, text = next(lines)
    for below, following in lines:
        both = text.rstrip() + following.lstrip(QUOTES)
        if codes.is_begun(codes.read(text)[1]) and len(codes.read(both)[0]) > len(codes.read(following)[0]):
            text = both
            continue
        yield number, text
        number, text = below, following


def _why_not(code, known):
    """Why a code is not taken; "" for one that is."""
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
        answers = pd.DataFrame([[str(code), *code.answers] for code in own], columns=columns)
        table = items.answered(told["exercises"], answers)
        rows += [_row(code, table) for code in own]
        page = out / f"{lesson}-{edition}.html"
        files.write(page, results.page(lesson, told, answers, table, (refused, doubled), lang))
        pages.append(page)
    frame = pd.DataFrame(rows, columns=["lesson", "edition", "name", "right", "of", "code"])
    files.write(out / ANSWERS, frame.to_csv(index=False, lineterminator="\n"))
    return tuple(pages)


def _row(code, table):
    own = table[table["name"] == str(code)]
    return (code.lesson, code.edition, escaping.cell(code.name), int(own["right"].sum()), len(own), str(code))


def _all(refused, lang):
    return " ".join([line.refused().line(lang) for line in refused[:SHOWN]] + ["…"] * (len(refused) > SHOWN))
