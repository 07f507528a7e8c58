"""The field's terms in each language: tables, columns, classes, reasons of quarantine, rules of change."""

import difflib
from functools import lru_cache

from custlib import edited, project, words
from custlib.refusals import Refused

LANGUAGES = words.LANGUAGES
_NAMED = 5  # how many missing terms a refusal names


def terms(keys, lang):
    """Key → term, in the order given: headers of a table, or what to replace keys by."""
    return {key: term(key, lang) for key in keys}


def term(key, lang):
    """The term for a key of `data/reference/glossary.csv`, in one of `LANGUAGES`.

    Raises KeyError naming the nearest key, and ValueError for another language.
    """
    terms = _all()
    if key not in terms:
        nearest = difflib.get_close_matches(str(key), terms, n=1, cutoff=0)[0]
        raise KeyError(f"no term “{key}” in data/reference/glossary.csv; did you mean “{nearest}”?")
    words.check_language(lang)
    return terms[key][lang]


def check(keys):
    """Raises Refused (`term_missing`) unless there is a term for each of these keys."""
    terms = _all()
    if missing := [key for key in keys if key not in terms]:
        raise Refused("term_missing", file="glossary.csv", keys=", ".join(missing[:_NAMED]))


def known(key):
    """Whether there is a term for a key: a name or an id has none."""
    return key in _all()


def keys():
    """Every key that has a term."""
    return list(_all())


def spoken():
    """Every term in every language: a word of these is no name."""
    return frozenset(line[lang] for line in _all().values() for lang in LANGUAGES)


def _all():
    path = project.reference("glossary.csv")
    return _read(path, path.is_file() and path.stat().st_mtime_ns)


@lru_cache
def _read(path, written):
    columns = ("key", *LANGUAGES)
    header, rows = edited.read(path, columns, columns[:1], columns)
    lines = (dict(zip(header, cells, strict=True)) for _, cells in rows)
    return {line["key"]: line for line in lines}
