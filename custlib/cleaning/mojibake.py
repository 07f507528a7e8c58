"""Chinese in UTF-8 that a program has read as GBK, 涓滄槑 for 东明: found by undoing it."""

from itertools import product

import ibis

from custlib.cleaning.cell_text import unless
from custlib.cleaning.ledgers import together

KINDS = ("id", "name", "text")
# Two Chinese characters are six bytes in UTF-8, and those three characters in GBK: a share of them must be common ones,
# as in any name or text.
_COMMON, _FEWEST = 0.8, 2


def _characters(first, second):
    pairs = (bytes(pair).decode("gbk", "ignore") for pair in product(first, second))
    return "".join(pair for pair in pairs if len(pair) == 1)


# The first two of the three: some of the rarest characters before some of the others.
_LEAD, _NEXT = range(0xE4, 0xEA), range(0x80, 0xC0)
SUSPECT = f"[{_characters(_LEAD, _NEXT)}][{_characters(_NEXT, _LEAD)}]"


def reading(text: str) -> str | None:
    """What a text was before it was read as GBK, � for what is lost; None where it was not.

    The undone text is at least two Chinese characters, nearly all common ones, and no more than one is lost.
    """
    # GBK has no character at 0x80, and programs show a euro sign there.
    parts = text.split("€")
    try:
        undone = b"\x80".join(part.encode("gbk") for part in parts).decode("utf-8", "replace")
    except UnicodeEncodeError:
        undone = b"?".join(part.encode("gbk", "replace") for part in parts).decode("utf-8", "replace")
    chinese = [character for character in undone if "\u4e00" <= character <= "\u9fff"]
    common = sum(_is_common(character) for character in chinese)
    plausible = len(chinese) >= _FEWEST and common >= _COMMON * len(chinese) and undone.count("\ufffd") <= 1
    return undone if plausible and undone != text else None


def _is_common(character):
    """Whether it is one of the 3,755 most used characters, the first level of GB 2312."""
    code = character.encode("gb2312", "ignore")
    return len(code) == 2 and 0xB0 <= code[0] <= 0xD7


def found(connection, cells: ibis.Table, columns: list) -> list[str]:
    """The texts among the cells that were read so, sorted. columns: of a `schema.Table`."""
    names = [column.name for column in columns if column.kind in KINDS and column.name in cells.columns]
    if not names:
        return []
    parts = [cells.filter(cells[name].re_search(SUSPECT)).select(text=cells[name]) for name in names]
    texts = connection.to_pyarrow(together(parts).distinct())["text"].to_pylist()
    return sorted(text for text in texts if reading(text))


def mark(rows: ibis.Table, columns: list, texts: list[str]) -> ibis.Table:
    """Typed rows, each cell that is one of the texts refused as `mojibake`."""
    judged = {}
    for name in (column.name for column in columns if texts and column.kind in KINDS):
        garbled = rows[f"{name}__raw"].isin(texts).coalesce(False)
        judged[name] = unless(garbled, rows[name])
        judged[f"{name}__reason"] = garbled.ifelse("mojibake", rows[f"{name}__reason"])
    return rows.mutate(**judged)
