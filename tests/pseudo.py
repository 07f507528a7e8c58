"""A pseudo-language, `xx`: each text that people edit stands in marks, «so», and what is outside of them on a page stands in code.

By hand, on a report made with `--lang xx`:  python tests/pseudo.py REPORTS EXPORTS
"""

import csv
import json
import re
import sys
import unicodedata
from pathlib import Path

import jinja2
import openpyxl
from bs4 import BeautifulSoup
from bs4.element import PreformattedString

from custlib.figures import style

LANG, LIKE = "xx", "en"
OPEN, CLOSE = "«", "»"
PLACES = re.compile(r"(\{\{|\}\}|\{[^{}]*\}|%[-+.#\d]*[a-zA-Z%]|\]\([^)]*\))")  # {facts}, %s, addresses of links
WORDS = re.compile(r"[^\W\d_][^\[\]()*`#|<>{}¶\n]*")  # from a letter to where Markdown, HTML or a place begins
KEYS = re.compile(r"[a-z_]+[:_]")  # the beginning of a key that a template makes
ASKING = {
    "count",
    "term",
    "terms",
    "selectattr",
    "rejectattr",
    "select",
    "reject",
    "map",
    "endswith",
    "startswith",
    "measured_by",
}
INLINE = {"a", "b", "em", "i", "small", "span", "strong", "sub", "sup"}
VISIBLE = ("aria-label", "alt", "title", "placeholder", "summary")
TOKEN = re.compile(r"[^\W\d_]{2,}")
FILES = re.compile(r"[^\s«»]+\.(?:csv|parquet|xlsx|html|ipynb|toml|pdf)(?::\d+)?")
MARKED = re.compile(
    rf"^[^{OPEN}]*{CLOSE}|{OPEN}[^{CLOSE}]*(?:{CLOSE}|…|$)"
)  # a long text is cut: a mark may be missing
MACHINE = re.compile(r"CNY|CSV|csv|parquet|[ABC]{2,3}")


def mark(text):
    """A text in marks, its {places} outside of them."""
    return "".join(piece if place % 2 else WORDS.sub(_marked, piece) for place, piece in enumerate(PLACES.split(text)))


def _marked(run):
    words = run[0].rstrip()
    return f"{OPEN}{words}{CLOSE}{run[0][len(words) :]}"


def mark_template(source):
    """A template of `words/en` as one of `words/xx`: its text, and the words within {{ }}, in marks; its keys as they are."""
    tokens = [token[1:] for token in jinja2.Environment().lex(source)]
    result, solid = [], [place for place, (kind, _) in enumerate(tokens) if kind != "whitespace"]
    around = {place: (solid[at - 1 :: -1] if at else [], solid[at + 1 :]) for at, place in enumerate(solid)}
    for place, (kind, value) in enumerate(tokens):
        if kind == "data":
            value = mark(value)
        elif kind == "name" and value.endswith(f"_{LIKE}"):
            value = value.removesuffix(LIKE) + LANG
        elif kind == "string" and value[1:-1].startswith(f"{LIKE}/"):
            value = value.replace(f"{LIKE}/", f"{LANG}/")
        elif kind == "string" and not _is_key(value[1:-1], tokens, *around[place]):
            value = f"{value[0]}{mark(value[1:-1])}{value[-1]}"
        result.append(value)
    return "".join(result)


def _is_key(text, tokens, before, after):
    """Whether a string in a template asks for something by its key: compared, looked up, the key of a dict, given to a filter."""
    following, preceding = tokens[after[0]][1], tokens[before[0]][1]
    if KEYS.fullmatch(text) or following == ":" or {following, preceding} & {"==", "!=", "in", "import"}:
        return True
    if following == "|" and tokens[after[1]][1] in ("term", "terms", "count"):
        return True
    depth = 0
    for at, place in enumerate(before):
        value = tokens[place][1]
        if value in ("{{", "{%", "{{-", "{%-"):
            return False
        depth += {")": 1, "]": 1, "(": -1, "[": -1}.get(value, 0)
        if depth < 0:
            kind, outer = tokens[before[at + 1]]
            if (
                outer in ASKING
                or outer == "in"
                or (value == "[" and (kind == "name" and outer != "in" or outer == "]"))
            ):
                return True
            depth = 0
    return False


def add_language(project):
    """Gives a copy of the project the pseudo-language: in its lists of words, templates, reference tables and prose; nothing else."""
    words, reference = project / "custlib/words", project / "data/reference"
    for path in [*words.glob("*.csv"), *reference.rglob("*.csv")]:
        _add_columns(path)
    (words / LANG).mkdir()
    for path in (words / LIKE).glob("*.j2"):
        (words / LANG / path.name).write_text(mark_template(path.read_text(encoding="utf-8")), encoding="utf-8")
    for path in (project / "notebooks").rglob("*.ipynb"):
        _add_prose(path)


def _add_columns(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    if path.name == "languages.csv":
        like = next(row for row in rows if row[0] == LIKE)
        rows.append([LANG, *map(mark, [LANG]), *like[2:]])
        rows[-1][header.index("and")] = f" {OPEN}and{CLOSE} "
    texts = [place for place, name in enumerate(header) if name == LIKE or name.endswith(f"_{LIKE}")]
    marked = [header[place].removesuffix(LIKE) + LANG for place in texts]
    rows = [[*row, *(_in_marks(row[0], row[place]) for place in texts)] for row in rows]
    if path.name == "codebook.csv":
        own = [row for row in rows if row[1] == LIKE or row[1].endswith(f"_{LIKE}")]
        rows += [[row[0], row[1].removesuffix(LIKE) + LANG, *row[2:]] for row in own]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([[*header, *marked], *rows])


def _in_marks(key, text):
    if key.startswith("steps"):
        return re.sub(r"= ?(\w+)", rf"= {OPEN}\1{CLOSE}", text)
    return mark(text)


def _add_prose(path):
    node, cells = json.loads(path.read_text(encoding="utf-8")), []
    for cell in node["cells"]:
        cells.append(cell)
        if f"lang-{LIKE}" in cell["metadata"].get("tags", ()):
            twin = {"id": f"{cell['id']}-{LANG}", "metadata": {"tags": [f"lang-{LANG}"]}}
            cells.append(cell | twin | {"source": mark("".join(cell["source"]))})
    path.write_text(json.dumps(node | {"cells": cells}, ensure_ascii=False), encoding="utf-8")


def known(data, reference):
    """The words that exports, their declaration and what persons wrote in reference tables bring: they stand in no marks."""
    texts = [path.name for path in data.rglob("*")]
    for path in [*data.rglob("*.csv"), *data.rglob("*.toml"), *reference.rglob("*.csv")]:
        both = [path.read_bytes().decode(encoding, "replace") for encoding in ("utf-8", "gb18030")]
        texts += both if path.parent != reference else [_of_persons(both[0])]
    for path in data.rglob("*.xlsx"):
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        texts += [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    texts += [style.drawable(text) for text in texts]  # as figures write characters that no font knows
    return {token for text in texts for token in TOKEN.findall(unicodedata.normalize("NFKC", text))}


def _of_persons(text):
    """The columns of a reference table that are in no language."""
    header, *rows = csv.reader(text.lstrip("\ufeff").splitlines())
    return "\n".join(row[place] for row in rows for place, name in enumerate(header) if name in ("who", "why"))


def keys(reference):
    """What stands on pages as it is: names of result tables, and keys of measures, orders and needs, which persons choose."""
    named = {"codebook.csv": "table", "measures.csv": "measure", "orders.csv": "action", "needs.csv": "need"}
    return {line[column] for name, column in named.items() for line in _lines(reference / name)}


def _lines(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def unmarked(folder, words, keys=()):
    """(file, text) of each visible text of the pages and workbooks of a folder that holds a word outside of marks that no data bring.

    words: as `known` gives them; keys: as `keys` gives them.
    """
    seen = set()
    for path in sorted(path for path in folder.rglob("*") if not path.stem.endswith("_code")):
        read = {".html": _of_page, ".xlsx": _of_workbook}.get(path.suffix, lambda path: ())
        for text in read(path):
            if (path.name, text) not in seen and left_over(text, words, keys):
                yield path.name, text
            seen.add((path.name, text))


def left_over(text, words, keys=()):
    """The words of a text that stand outside of marks and that nobody brought."""
    bare = FILES.sub(" ", MARKED.sub(" ", text))
    names = [name for name in re.findall(r"\w+", bare) if name not in keys]
    tokens = [token for name in names for token in TOKEN.findall(name)]
    return [
        token
        for token in tokens
        if token not in words and not MACHINE.fullmatch(token) and not _cut(token, text, words)
    ]


def _cut(token, text, words):
    """Whether a name was cut short to fit a figure."""
    return f"{token}…" in text and any(word.startswith(token) for word in words)


def _of_page(path):
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    for element in soup(["script", "style", "code"]):
        element.decompose()
    for element in soup.find_all(True):
        yield from (element[name] for name in VISIBLE if element.get(name))
    texts = {}
    for text in soup.find_all(string=lambda string: not isinstance(string, PreformattedString)):
        block = text.find_parent("svg") or next(parent for parent in text.parents if parent.name not in INLINE)
        texts.setdefault(id(block), []).append(text)
    for pieces in texts.values():
        if text := " ".join(" ".join(pieces).split()):
            yield text


def _of_workbook(path):
    book = openpyxl.load_workbook(path)
    yield from book.sheetnames
    for sheet in book:
        texts = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
        yield from (
            () if any("SHA-256" in text for text in texts) else texts
        )  # how it was made: versions, digests, parameters


def main(folder, data):
    """Prints what of a report stands in code."""
    reference = Path(__file__).parents[1] / "data/reference"
    for file, text in unmarked(Path(folder), known(Path(data), reference), keys(reference)):
        print(f"{file}: {text[:300]}")


if __name__ == "__main__":
    main(*sys.argv[1:])
