"""The words of the workbook, as text that people edit: sentence templates and lists of short texts.

Templates are `<language>/<room>.j2`. A list, `<list>.csv`, has one line per text: its key, a column for each language,
and whatever else it needs. `docs/words.md` says what stands where.
"""

import csv
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent


@lru_cache
def table(name: str) -> dict[str, dict[str, str]]:
    """The lines of `custlib/words/<name>.csv`: key → its cells by column, in the order of the file."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return {line["key"]: line for line in csv.DictReader(file)}


def say(name: str, key: str, lang: str, /, **facts) -> str:
    """The text of one key in one language, with its {places} filled in from facts.

    Raises KeyError for a key that the list does not have, ValueError for an unknown language.
    """
    check_language(lang)
    return table(name)[key][lang].format(**facts)


def all_of(name: str, lang: str) -> dict[str, str]:
    """Key → text in one language, of a whole list. Raises ValueError for an unknown language."""
    check_language(lang)
    return {key: line[lang] for key, line in table(name).items()}


LANGUAGES = tuple(table("languages"))


def check_language(lang: str) -> None:
    """Raises ValueError, naming the languages, unless `lang` is one of them."""
    if lang not in LANGUAGES:
        raise ValueError(f"the languages are {' and '.join(LANGUAGES)}, not “{lang}”")
