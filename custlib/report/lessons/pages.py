"""Pages of lessons: a learner's, without the trainer's notes; the trainer's, with them and with the keys; two lists."""

import copy
import json
import re
from pathlib import Path

from custlib import words
from custlib.lessons import keys
from custlib.page import outputs
from custlib.report import files
from custlib.report.notebook import executed, notebooks
from custlib.report.pages import pages

INDEX, EXERCISES = "index.html", "exercises"
FOR_TRAINER = "trainer"  # a tag of cells
NAME = re.compile(r"\d_\w+")


def lessons(root: Path) -> tuple:
    """The notebooks of all lessons of a project, by number."""
    return notebooks.snapshot(root / "notebooks" / "lessons", NAME)


def write(place: Path, trainer: Path, plan, books, nodes) -> int:
    """Writes a page for each lesson, language and reader, the lists, and what codes are scored by; returns how many
    pages.

    nodes: language → {stem: executed lesson in it}. The pages of lessons that are not among them stay.
    """
    for folder in (place, trainer / EXERCISES):
        files.make_folder(folder)
    for lesson in books:
        for lang in plan.langs:
            node = nodes[lang][lesson.stem]
            name = plan.edition(f"{lesson.stem}.html", lang)
            files.write(place / name, _page(node, lang, plan, lesson, trainer=False))
            files.write(trainer / name, _page(_with_keys(node, lang), lang, plan, lesson, trainer=True))
        scored = _scored(lesson.stem, {lang: nodes[lang][lesson.stem] for lang in plan.langs})
        name = f"{scored['lesson']}-{scored['edition']}.json"
        files.write(trainer / EXERCISES / name, json.dumps(scored, ensure_ascii=False, sort_keys=True) + "\n")
    _lists(place, trainer, plan)
    return 2 * len(books) * len(plan.langs)


def _page(node, lang, plan, lesson, trainer):
    """The page of a lesson for one kind of reader."""
    title = words.say("teaching", "lesson", lang, number=lesson.stem[0])
    title = words.say("teaching", "trainer", lang, title=title) if trainer else title
    links = [(words.say("teaching", "trainer_all" if trainer else "all_lessons", lang), plan.edition(INDEX, lang))]
    twins = [(other, plan.edition(f"{lesson.stem}.html", other)) for other in plan.langs if other != lang]
    around = {"lang": lang, "title": title, "links": links, "twins": twins}
    return pages.render_key(node, **around) if trainer else pages.render_lesson(_without_notes(node), **around)


def _without_notes(node):
    learners = copy.copy(node)
    learners.cells = [cell for cell in node.cells if FOR_TRAINER not in notebooks.tags(cell)]
    return learners


def _with_keys(node, lang):
    """The lesson with the key of each exercise in its place."""
    shown = copy.deepcopy(node)
    for output in executed.outputs_with(shown, outputs.KIND):
        facts = output.data[outputs.KIND]
        if facts["kind"] == "exercise":
            block = keys.block(outputs.exercise_in_words(facts, lang), lang)
            output.data = {outputs.KIND: facts, "text/html": block.html, "text/plain": block.words}
    return shown


def _scored(stem, by_lang):
    """What codes of a lesson are scored by, and told with: lesson, edition, and language → title, exercises in
    words."""
    found = {lang: _exercises(node, lang) for lang, node in by_lang.items()}
    (hand_in,) = (one for one in next(iter(found.values())) if one["kind"] == "hand_in")
    told = {
        lang: {
            "title": notebooks.title(by_lang[lang].cells, lang),
            "exercises": [one for one in exercises if one["id"] in hand_in["of"]],
        }
        for lang, exercises in found.items()
    }
    return {"lesson": hand_in["lesson"], "edition": hand_in["edition"], "stem": stem, "told": told}


def _exercises(node, lang):
    """The exercises of a lesson in words; one without a title has that of its section."""
    found = []
    for place, cell in enumerate(node.cells):
        shown = [output.data.get(outputs.KIND, {}) for output in cell.get("outputs", ()) if "data" in output]
        told = [outputs.exercise_in_words(facts, lang) for facts in shown if facts.get("kind") == "exercise"]
        heading = notebooks.heading_above(node.cells, place, lang)
        found += [one | {"title": one["title"] or heading} for one in told]
    return found


def _lists(place, trainer, plan):
    """Both lists of all lessons that there are, in each language."""
    books = lessons(plan.root)
    for folder, key in ((place, "all_lessons"), (trainer, "trainer_all")):
        for lang in plan.langs:
            lines = [_line(book, folder, plan, lang) for book in books]
            files.write(folder / plan.edition(INDEX, lang), _list(lines, key, plan, lang))


def _line(book, folder, plan, lang):
    """What the list says of a lesson: number, title, what one can do afterwards, its page ("" if it is not made)."""
    name = plan.edition(f"{book.stem}.html", lang)
    first = next(cell for cell in book.node.cells if cell.cell_type == "markdown" and notebooks.is_for(cell, lang))
    about = " ".join(line for line in first.source.splitlines() if not line.startswith("#")).strip()
    address = name if (folder / name).is_file() else ""
    return {"number": book.stem[0], "title": notebooks.title(book.node.cells, lang), "about": about, "address": address}


def _list(lines, key, plan, lang):
    say = words.all_of("teaching", lang)
    notes = [say["how_to"], say["how_to_phone"]] if key == "all_lessons" else [say["for_trainer"], say["practice"]]
    twins = [(other, plan.edition(INDEX, other)) for other in plan.langs if other != lang]
    return pages.render_lessons(lines, lang=lang, title=say[key], notes=notes, twins=twins)
