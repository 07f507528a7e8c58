"""A first `sources.toml` from the headers of the exports, with a question at each doubt."""

import functools
import json
from collections import defaultdict
from fnmatch import fnmatchcase
from glob import escape
from os.path import commonprefix
from pathlib import Path

from custlib import reading, schema, words
from custlib import sources as declared
from custlib.reading import headers
from custlib.refusals import Refused

_HEAD = """# {head}
# ? company = "…"            # {company}
# ? currency = "CNY"
# ? data_from = 2024-01-01   # {data_from}
# ? data_until = 2025-12-31  # {data_until}
"""
_WITH_TAX = [("payments", "amount"), ("dealer_profit", "receivables")]
_PRICES = ("单价", "无税单价", "不含税单价", "unitprice", "price")


def draft(folder: Path, lang: str = "en") -> Path:
    """Write `folder/sources.toml` and return its path. Files with the same header share an entry.

    lang: the language of its questions. Raises Refused (`file_exists`) rather than overwrite one, and what `reading`
    raises for files that cannot be opened.
    """
    path = folder / declared.NAME
    if path.exists():
        raise Refused("file_exists", file=path)
    groups = defaultdict(list)
    files = reading.exports(folder)
    for file in files:
        groups[_seen(folder, file)].append(file)
    entries = [_entry(seen, pattern, lang) for seen, group in groups.items() for pattern in _patterns(group, files)]
    head = _HEAD.format_map(words.all_of("draft", lang))
    path.write_text("\n".join([head, *entries]), encoding="utf-8")
    return path


def _seen(folder, file):
    """(encoding to declare or "", the header's texts): the row with most cells, where no header is known."""
    path, encoding = folder / file, ""
    if not path.stat().st_size:
        raise Refused("empty_file", file=file)
    try:
        head = reading.open_head(path, file, declared.Source())
    except Refused as refusal:
        if refusal.code != "unknown_encoding":
            raise
        encoding = "gb18030"
        head = reading.open_head(path, file, declared.Source(encoding=encoding))
    known = next((cells for line, cells in head if headers.is_known([(line, cells)], declared.Source())), None)
    widest = max((cells for _, cells in head), key=lambda cells: sum(bool(cell.strip()) for cell in cells))
    return encoding, tuple(cell.strip() for cell in known or widest)


def _patterns(group, files):
    """One glob that matches these files and no others, else each name for itself."""
    start, end = commonprefix(group), commonprefix([name[::-1] for name in group])[::-1]
    together = f"{escape(start)}*{escape(end)}"
    shared = len(group) > 1 and [name for name in files if fnmatchcase(name, together)] == group
    return [together] if shared else [escape(name) for name in group]


def _entry(seen, pattern, lang):
    encoding, texts = seen
    table, names = _best_table(texts)
    say = functools.partial(_say, lang)
    lines = ["[[source]]", f"files = {_quoted(pattern)}"]
    if encoding:
        lines.append(f'encoding = "{encoding}"   # ? {say("encoding")}')
    if table is None:
        told = say("no_table", columns=", ".join(texts))
        return "\n".join([*lines, f"# ? table = …   # {told}", "ignore = true", ""])
    lines += [
        f'table = "{table.name}"   # {say(f"row_{table.name}")}',
        *_column_questions(table, texts, names, say),
        *_money_questions(table, texts, names, say),
        *_key_question(table, names, say),
    ]
    return "\n".join([*lines, ""])


def _best_table(texts):
    """The table that knows most of these headers, and what each names there; (None, ()) where none knows three."""
    rated = [
        (sum(name in {c.name for c in table.columns} for name in names), table, names)
        for table in schema.TABLES.values()
        for names in [headers.names_of(texts, table, declared.Source())]
    ]
    count, table, names = max(rated, key=lambda one: one[0])
    return (table, names) if count >= 3 else (None, ())


def _column_questions(table, texts, names, say):
    unknown = [text for text, name in zip(texts, names, strict=True) if name == text.lower()]
    for column in table.columns:
        if not column.required or column.name in names:
            continue
        price = next((text for text in texts if schema.without_unit(text) in _PRICES), None)
        if column.name == "net_amount" and price and "quantity" in names:
            yield f'columns.{_quoted(price)} = "unit_price"'
            yield f'computed.net_amount = "quantity * unit_price"   # ? {say("net_amount")}'
            yield f'# ? units.net_amount = "元"   # {say("unit")}'
        else:
            yield f'# ? columns."…" = "{column.name}"   # {say("which", columns=", ".join(unknown))}'


def _money_questions(table, texts, names, say):
    shown = dict(zip(names, texts, strict=True))
    for column in table.columns:
        header = shown.get(column.name, "")
        if column.kind == "amount" and column.name in shown and not schema.header_unit(header):
            yield f'# ? units.{column.name} = "元"   # {say("unit")}'
        if (table.name, column.name) == ("sales", "net_amount") and not schema.says_tax_free(header):
            yield f'# ? tax = "excluded"   # {say("tax")}'
        if (table.name, column.name) in _WITH_TAX and header:
            yield f'# ? tax = "included"   # {say("paid_tax")}'


def _key_question(table, names, say):
    missing = [name for name in table.key if name not in {*names, *table.spared}]
    if missing:
        yield f"key = []   # ? {say('no_key', columns=', '.join(missing))}"


def _say(lang, key, **facts):
    return words.say("draft", key, lang, **facts)


def _quoted(text):
    return json.dumps(text, ensure_ascii=False)
