"""Words that a company's own reference tables give: names of factors, measures, store formats, reasons for leaving."""

from custlib import fishbone, glossary, reference

_TABLES = {  # scope → table whose first column is the key, and how its columns of words are named
    "measure": ("measures.csv", "name_{}"),
    "factor": ("fishbone.csv", "name_{}"),
    "format": ("formats.csv", "{}"),
    "reason": ("churn_reference.csv", "{}"),
}


def of(data_dir):
    """ "scope:key" → {language: words}, of the reference tables of a folder of exports."""
    found = {f"factor:{fishbone.EFFECT}": {lang: glossary.term(fishbone.EFFECT, lang) for lang in glossary.LANGUAGES}}
    for scope, (name, column) in _TABLES.items():
        for line in reference.table(name, data_dir).to_dict("records"):
            key = next(iter(line.values()))
            found[f"{scope}:{key}"] = {lang: line[column.format(lang)] or key for lang in glossary.LANGUAGES}
    return found


def needed(words, texts):
    """Those of the words whose key is one of these texts."""
    return {name: one for name, one in words.items() if name.partition(":")[2] in texts}
