"""Words from a company's own reference tables: names of factors, measures, store formats, categories, reasons."""

from collections.abc import Collection

from custlib import fishbone, glossary, reference
from custlib.channels.formats import AREAS

_TABLES = {  # scope → table whose first column is the key, and how its columns of words are named
    "measure": ("measures.csv", "name_{}"),
    "factor": ("fishbone.csv", "name_{}"),
    "format": ("formats.csv", "{}"),
    "reason": ("churn_reference.csv", "{}"),
    "festival": ("festivals.csv", "{}"),
    "need": ("needs.csv", "{}"),
    "question": ("questions.csv", "{}"),
    "kpi": ("scorecard.csv", "{}"),
    "source": ("rater_sources.csv", "{}"),
}
_CATEGORY = "category_"  # how `segment_names.csv` names a category of the product list


def of(data_dir) -> dict[str, dict[str, str]]:
    """ "scope:key" → {language: words}, from the reference tables of a folder of exports."""
    words = {f"factor:{fishbone.EFFECT}": {lang: glossary.term(fishbone.EFFECT, lang) for lang in glossary.LANGUAGES}}
    for scope, (name, column) in _TABLES.items():
        for line in reference.table(name, data_dir).to_dict("records"):
            key = next(iter(line.values()))
            words[f"{scope}:{key}"] = {lang: line[column.format(lang)] or key for lang in glossary.LANGUAGES}
    exported = reference.words(reference.table("formats.csv", data_dir), "formats.csv")
    words |= {f"format:{text}": words[f"format:{key}"] for text, key in exported.items()}
    for text, key in AREAS.items():
        words[f"area:{text}"] = {lang: glossary.term(key, lang) for lang in glossary.LANGUAGES}
    for line in reference.table("segment_names.csv", data_dir).to_dict("records"):
        if line["feature"].startswith(_CATEGORY) and line["direction"] == "up":
            words[f"category:{line['feature'].removeprefix(_CATEGORY)}"] = {
                lang: line[lang] for lang in glossary.LANGUAGES
            }
    for line in reference.table("words.csv", data_dir).fillna("").to_dict("records"):
        said = {lang: line[lang] for lang in glossary.LANGUAGES}
        # some result tables keep the text of the exports
        texts = filter(None, (text.strip() for text in line["words"].split("|")))
        words |= {f"{line['field']}:{text}": said for text in (line["key"], *said.values(), *texts)}
    for line in reference.table("steps.csv", data_dir).to_dict("records"):
        words[f"step:{line['status']}"] = {lang: line[lang] for lang in glossary.LANGUAGES}
    for line in reference.table("plan_metrics.csv", data_dir).fillna("").to_dict("records"):
        # result tables keep the metric as the plan writes it
        for text in filter(None, line["words"].split("|")):
            words[f"metric:{text.strip()}"] = {lang: line[lang] for lang in glossary.LANGUAGES}
    return words


def needed(words: dict, texts: Collection[str]) -> dict[str, dict[str, str]]:
    """The words whose key is one of these texts."""
    return {name: languages for name, languages in words.items() if name.partition(":")[2] in texts}
