"""The words of the workbook, as text that people edit: sentence templates `<language>/<room>.j2`, lists of short texts `<list>.csv`.

A list has a line for each text: key, en, zh (a column for each language) and whatever else it needs. `docs/words.md` says what stands where.
"""

import csv
from functools import lru_cache
from importlib import resources

FOLDER = resources.files("custlib") / "words"


@lru_cache
def table(name):
    """The lines of `custlib/words/<name>.csv` by key: key → dict of its cells, in the order of the file."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return {line["key"]: line for line in csv.DictReader(file)}


def say(name, key, lang, /, **facts):
    """The text of one key in one language, with its {places} filled in from facts. Raises KeyError for a key that is not listed."""
    return table(name)[key][lang].format(**facts)


def all_of(name, lang):
    """Key → text in one language, of a whole list."""
    return {key: line[lang] for key, line in table(name).items()}


LANGUAGES = tuple(table("languages"))
