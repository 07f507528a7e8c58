"""A first `sources.toml` from what the exports show, with a question at each doubt."""

import difflib
import functools
import json
import re
from collections import defaultdict
from collections.abc import Iterable
from fnmatch import fnmatchcase
from glob import escape
from itertools import count, groupby
from os.path import commonprefix
from pathlib import Path
from typing import NamedTuple

from custlib import reading, schema, words
from custlib import sources as declared
from custlib.reading import evidence, fits
from custlib.reading.evidence import Said
from custlib.reading.fits import Fit
from custlib.reading.looks import Look, look
from custlib.refusals import Refused

HEADS = "sales_heads"
_LISTS = ("customers", "products")
_OPTIONAL, _QUESTION = "# ", "# ? "
_NAMED = 6  # how many headers a question names


class Entry(NamedTuple):
    """One `[[source]]` to be: sheets with the same header, and what they are taken for (None: nobody knows).

    files: its pattern; part: "heads" or "lines" where documents come as two files; priced: there is a product list with
    prices.
    """

    looks: tuple[Look, ...]
    files: str
    fit: Fit | None
    part: str = ""
    priced: bool = False

    @property
    def table(self) -> str | None:
        """The table it is declared as."""
        return HEADS if self.part == "heads" else self.fit and self.fit.table


def draft(folder: Path, lang: str = "en") -> Path:
    """Write `folder/sources.toml` and return its path. lang: the language of its questions.

    Raises Refused: `file_exists` rather than overwrite one, `missing_folder`, `no_exports`, `not_a_file`.
    """
    refuse_existing(folder)
    path = folder / declared.NAME
    path.write_text(text(entries(folder), lang), encoding="utf-8")
    return path


def refuse_existing(folder: Path) -> None:
    """Refuse (`file_exists`) a folder that has a `sources.toml`."""
    path = folder / declared.NAME
    if path.exists():
        raise Refused("file_exists", file=path)


def entries(folder: Path) -> list[Entry]:
    """What the exports of a folder are taken for. A file that cannot be read has an entry that says why."""
    files = [file for file in reading.files_in(folder) if file != declared.NAME] or reading.exports(folder)
    groups: dict = defaultdict(list)
    for file in files:
        seen_in = look(folder, file) if reading.is_read(file) else [Look(file, refused=_unread(file))]
        # Sheets with one header are read as one: a sheet a month.
        alone = len({seen.texts for seen in seen_in}) == 1
        for seen in [seen._replace(sheet="") if alone else seen for seen in seen_in]:
            alike = seen.texts or (file,)
            groups[alike, seen.sheet, seen.encodings].append(seen)
    found = [
        Entry(tuple(s for s in seen if s.file in own), pattern, fits.best(seen[0]) if seen[0].texts else None)
        for seen in groups.values()
        for pattern, own in _patterns(list(dict.fromkeys(s.file for s in seen)), files)
    ]
    return together(found)


def _unread(file):
    return Refused("unread_files", files=file, first=file)


def together(found: Iterable[Entry]) -> list[Entry]:
    """Entries that know of each other: heads and lines, prices of the product list, lists that need not be made."""
    found = [entry._replace(part="", priced=False) for entry in found]
    lists = {entry.fit.table: entry.fit for entry in found if entry.fit and entry.fit.table in _LISTS}
    parts = _documents(found)
    priced = "products" in lists and lists["products"].has("list_price")
    return [_placed(entry, lists, part, priced) for entry, part in zip(found, parts, strict=True)]


def changed(entry: Entry, table: str | None, chosen: dict[str, str]) -> Entry:
    """The entry as a person says it: its table (None: not known) and header → column ("": none of ours)."""
    return entry._replace(fit=fits.of(entry.looks[0], table, chosen) if table else None, part="")


def text(found: list[Entry], lang: str = "en") -> str:
    """The text of `sources.toml`; no line of it is taken from the data."""
    say = functools.partial(_say, lang)
    dated = [(entry.looks, entry.fit) for entry in found if entry.fit and entry.fit.table == "sales"]
    looks = [seen for entry in found for seen in entry.looks]
    currency = evidence.currency([s for e in found if e.fit for s in e.looks] or looks)
    days = [day for seen, fit in dated for day in evidence.days(list(seen), fit)]
    unknown = [entry for entry in found if _is_unknown(entry)]
    top = [currency, *evidence.period(looks, days), *_none(unknown)]
    head = [
        f"# {say('head')}",
        f'{_OPTIONAL}company = "…"   # {say("company")}',
        *(_line(said, say) for said in top),
        "",
    ]
    texts = ((entry, _entry(entry, currency.value, lang, say)) for entry in found)
    return "\n".join([*head, *(_spare(text) if entry in unknown[1:] + unknown[:-1] else text for entry, text in texts)])


def _is_unknown(entry):
    return entry.fit is None and not entry.looks[0].refused


def _none(unknown):
    """Several of which no table is known are one question: whether they are to be left out."""
    if len(unknown) > 1:
        looks = [seen for entry in unknown for seen in entry.looks]
        yield Said("ignore", [seen.file + f"/{seen.sheet}" * bool(seen.sheet) for seen in looks], "none", {}, True)


def _spare(text):
    """An entry that is needed only where something is to be read after all."""
    lines = (line.removeprefix(_QUESTION) for line in text.splitlines() if not line.startswith(f"{_QUESTION}ignore"))
    return "\n".join([*(_OPTIONAL + line for line in lines), ""])


def overview(found: list[Entry]) -> list[dict]:
    """One dict a sheet: file, sheet, table ("" unknown), known (its columns with a header), open (questions)."""
    asked = {id(entry): questions("\n" + _entry(entry, "CNY", "en", functools.partial(_say, "en"))) for entry in found}
    return [
        {
            "file": seen.file,
            "sheet": seen.sheet,
            "table": entry.table or "",
            "known": len(entry.fit.columns) if entry.fit else 0,
            "open": asked[id(entry)],
        }
        for entry in found
        for seen in entry.looks
    ]


def difference(folder: Path, drafted: str) -> str:
    """What a draft changes in the folder's `sources.toml`, as a unified diff; "" where nothing or none is there."""
    path = folder / declared.NAME
    before = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else drafted
    lines = difflib.unified_diff(before.splitlines(), drafted.splitlines(), declared.NAME, "draft", lineterm="", n=1)
    return "\n".join(lines)


def write(folder: Path, drafted: str) -> tuple[Path, Path | None]:
    """Write `folder/sources.toml`; one that is there is kept beside it. Returns (its path, that of the old one)."""
    path, kept = folder / declared.NAME, None
    if path.exists():
        numbers = (number for number in count(1) if not (folder / f"{declared.NAME}.old-{number}").exists())
        kept = path.rename(folder / f"{declared.NAME}.old-{next(numbers)}")
    path.write_text(drafted, encoding="utf-8")
    return path, kept


def answered(drafted: str) -> str:
    """A draft as if each question were answered as it stands; those without a proposal stay open."""
    lines = drafted.splitlines()
    open_ = re.compile(rf"{re.escape(_QUESTION)}(ignore|.*…)")
    return "\n".join(line if open_.match(line) else line.removeprefix(_QUESTION) for line in lines)


def questions(draft: str) -> int:
    """How many answers a draft waits for: the first and last day are one, and so are a table and `ignore`."""
    asked = re.findall(r"^# \? (\S+)", draft, re.M)
    return len(asked) - asked.count("data_until") - min(asked.count("ignore"), asked.count("table"))


def _patterns(group, files):
    """(glob, the files that it matches, no others), as few as there can be; files beside them may belong elsewhere."""
    start, end = commonprefix(group), commonprefix([name[::-1] for name in group])[::-1]
    pattern = f"{escape(start)}*{escape(end)}"
    if len(group) == 1:
        return [(escape(group[0]), group)]
    if [name for name in files if fnmatchcase(name, pattern)] == group:
        return [(pattern, group)]
    parts = [list(part) for _, part in groupby(group, key=lambda name: name[: len(start) + 1])]
    return [one for part in parts for one in _patterns(part, files)]


def _documents(found):
    """For each entry "heads", "lines" or "": which are the two halves of documents, where there are both."""
    parts = [_half(entry) for entry in found]
    return parts if {"heads", "lines"} <= set(parts) else ["" for _ in parts]


def _half(entry):
    if not entry.looks[0].texts or (entry.fit and entry.fit.table != "sales" and not entry.fit.asked):
        return ""
    fit = fits.of(entry.looks[0], "sales")
    if not fit.has("invoice_id") or fit.has("date", "customer_id", "product_id"):
        return ""
    heads = fit.has("date", "customer_id")
    return "heads" if heads else "lines" if fit.has("product_id", "quantity") else ""


def _placed(entry, lists, part, priced):
    if part:
        entry = entry._replace(fit=fits.of(entry.looks[0], "sales"))
    if entry.table == "sales":
        # Where there is a list, what sales say of it besides is not needed.
        own = {name: at for name, at in entry.fit.columns.items() if name.partition(".")[0] not in lists}
        entry = entry._replace(fit=entry.fit._replace(columns=own))
    return entry._replace(part=part, priced=priced)


def _entry(entry, currency, lang, say):
    first = entry.looks[0]
    lines = ["[[source]]", f"files = {_quoted(entry.files)}"]
    lines += [f"sheet = {_quoted(first.sheet)}   # {say('sheet')}"] if first.sheet else []
    if first.encodings:
        others = ", ".join(first.encodings[1:]) or "gb18030, big5"
        lines.append(f'{_QUESTION}encoding = "{first.encodings[0]}"   # {say("encoding", others=others)}')
    lines += [f"header_rows = {first.header_rows}   # {say('header_rows')}"] if first.header_rows > 1 else []
    if first.refused:
        lines.append(f"# {_visible(first.refused.line(lang))}")
    if entry.fit is None:
        return "\n".join([*lines, *_unknown(first, say), ""])
    lines.append(f'table = "{entry.table}"   # {say(f"row_{entry.table}")}')
    lines += [f"headed = true   # {say('headed')}"] if entry.part == "lines" else []
    found = evidence.of_entry(list(entry.looks), entry.fit, currency, entry.priced)
    said = [*_columns(entry, found), *_as_one(found if entry.part != "heads" else _of_heads(found)), *_key(entry)]
    return "\n".join([*lines, *(_line(one, say) for one in said), ""])


def _unknown(first, say):
    if not first.refused:
        told = say("no_table", columns=", ".join(first.texts)) if first.texts else say("no_header")
        yield f'{_QUESTION}table = "…"   # {_visible(told)}'
    yield f"{_QUESTION}ignore = true   # {say('ignored')}"


def _of_heads(found):
    return [one for one in found if one.key.startswith(("date", "century"))]


def _columns(entry, found):
    """What must be said of the columns: those that are not known by their headers, and those that are lacking."""
    first, fit = entry.looks[0], entry.fit
    yield from (Said(f"columns.{_quoted(text)}", text, "left") for text in fit.left)
    used = " ".join(one.value for one in found if one.key.startswith("computed."))
    for column, at in fit.columns.items():
        spare = column in fits.FACTORS and not re.search(rf"\b{column}\b", used)
        if fit.reasons[column] != "known" and not spare:
            by_name = column == "customer_id" and re.search("名|name", first.texts[at].casefold())
            why = "name_as_id" if by_name else fit.reasons[column]
            yield Said(f"columns.{_quoted(first.texts[at])}", column, why)
    for column, places in fit.asked.items():
        texts = [first.texts[at] for at in places]
        if column == "net_amount" and (fit.has("quantity", "unit_price") or any(map(schema.says_taxed, first.texts))):
            continue  # computed, see evidence
        if column == "net_amount" and entry.priced and fit.has("quantity"):
            yield Said("computed.net_amount", "quantity * products.list_price", "net_amount", {}, True)
        elif column != "invoice_id" and not (entry.part and column in _HEADED[entry.part]):
            first_guess = next((text for text in texts if fits.by_words(fit.table, column, text)), "…")
            facts = {"columns": ", ".join(texts[:_NAMED])}
            why = "which" if texts else "which_none"
            yield Said(f"columns.{_quoted(first_guess)}", column, why, facts, True)


_HEADED = {"lines": ("date", "customer_id"), "heads": ("product_id", "quantity", "net_amount")}


def _key(entry):
    table, fit = schema.TABLES[entry.fit.table], entry.fit
    missing = [name for name in table.key if name not in fit.columns and name not in table.spared]
    if missing and not entry.part:
        yield Said("key", [], "no_invoice" if "invoice_id" in missing else "no_key", {"columns": ", ".join(missing)})


def _as_one(said):
    """The same question of several columns is one line."""
    units = [one for one in said if one.key.startswith("units.")]
    if len(units) < 2 or not all(one.asked for one in units):
        return said
    inline = {one.key.removeprefix("units."): one.value for one in units}
    return [units[0]._replace(key="units", value=inline), *(one for one in said if one not in units)]


def _say(lang, key, **facts):
    return words.say("draft", key, lang, **facts)


def _line(said, say):
    facts = {name: _visible(str(fact)) for name, fact in said.facts.items()}
    return f"{_QUESTION * said.asked}{said.key} = {_toml(said.value)}   # {_visible(say(said.why, **facts))}"


def _toml(value):
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_quoted(k) if '.' in k else k} = {_quoted(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_quoted, value)) + "]"
    return _quoted(value) if isinstance(value, str) else str(value)


def _quoted(text):
    return _visible(json.dumps(text, ensure_ascii=False))


def _visible(text):
    """A text on one line; what cannot be printed is written as TOML escapes it."""
    return "".join(one if one.isprintable() else f"\\U{ord(one):08x}" for one in text)
