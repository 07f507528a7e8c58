"""Customers' names compared: what may be one customer twice becomes a list for a person to sign. Nothing is merged.

Names are compared only with those that share a key: the letters left when one is struck out, as in a name with one
character wrong, too many, missing or swapped; or, if long, three letters in a row that few have. So time grows with the
number of names, not with its square. Source of the first: symmetric deletes, Garbe 2012; of the second: q-gram
blocking, Christen 2012, Data Matching, ch. 4.
"""

import csv
import json
from array import array
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from custlib import escaping
from custlib.cleaning.name_parts import Parts, parts, spelled

FILE, NOT_LISTED = "aliases_to_sign.csv", "aliases_not_listed.json"
COLUMNS = ("alias_id", "customer_id", "who", "on", "why", "alias_name", "customer_name", "likeness", "differs")
# What a person can look through; the most alike come first.
MOST = 5_000
# 华盛 and 华圣 are two names, 华盛贸易 and 华圣贸易 may be one.
SHORTEST = 4
# Names that differ in one place from more than this are named in a row, as 华盛贸易, 永盛贸易, 恒盛贸易, … are.
ROW = 6
# Long names may differ by more than one character, if three letters in a row are theirs and those of few others.
LONG, LONG_ALIKE, FEW = 10, 0.85, 20
# One of these in the place of another tells two places: 东门店 and 西门店.
_SIDES = set("东西南北中上下左右前后内外大小甲乙丙丁戊")
_BLOCK = 200_000


class Found(NamedTuple):
    """`pairs`, at most `MOST`; how many more there are (`cut`); how many names are in a row and not compared there."""

    pairs: list[tuple]
    cut: int
    in_rows: int


class _Form(NamedTuple):
    parts: Parts
    texts: tuple  # the core, with its place, and all letters


def likely_doubles(customers: Iterable[tuple[str, str]]) -> Found:
    """Pairs of ids that may be one customer, the most alike first.

    customers: (customer_id, name) for each customer. A pair is a tuple (alias_id, alias_name, customer_id,
    customer_name, likeness, differs): likeness of the names or their cores, 0 to 1; differs: which of `Parts`, joined
    by spaces ("": one name, two ids). Customers that differ in a number or a place, as branches do, are none. Of the
    same name each id is laid beside the first one.
    """
    named: dict[Parts, list] = {}
    for customer_id, name in sorted(customers):
        named.setdefault(parts(name), []).append((customer_id, name))
    forms = [_form(own, same[0][1]) for own, same in named.items()]
    rows = list(named.values())
    pairs = [(same[0], other, 1.0, "") for same in rows for other in same[1:]]
    candidates, in_rows = _candidates(forms)
    for a, b, likeness in _alike(forms, candidates):
        first, second = sorted((rows[a][0], rows[b][0]))
        pairs.append((first, second, likeness, _differs(forms[a].parts, forms[b].parts)))
    pairs.sort(key=lambda pair: (-pair[2], bool(pair[3]), pair[0], pair[1]))
    listed = [(*alias, *customer, likeness, differs) for customer, alias, likeness, differs in pairs[:MOST]]
    return Found(listed, len(pairs) - len(listed), in_rows)


def _form(own, name):
    return _Form(own, (own.core, "".join(own.place) + own.core, spelled(name)))


def _differs(a, b):
    return " ".join(name for name, one, other in zip(Parts._fields, a, b, strict=True) if one != other)


def _candidates(forms):
    """Pairs of positions in `forms` that share a key, as an array of two columns, and how many are in a row."""
    import numpy as np

    whole, in_rows = _sharing(forms, lambda form: _near(form, form.texts[1:]), ROW)
    cores, _ = _sharing(forms, lambda form: _near(form, form.texts[:1]), ROW)
    far, _ = _sharing(forms, _grams, FEW)
    return np.unique(np.concatenate([whole, cores, far]), axis=0), in_rows


def _near(form, texts):
    """What a name shares with each of at most one slip: its texts, also without any one of their letters."""
    slips = len(form.parts.core) >= SHORTEST - 1
    for text in texts:
        yield text, form.parts.number
        for place in range(len(text) if slips else 0):
            yield text[:place] + text[place + 1 :], form.parts.number


def _grams(form):
    core, number = form.parts.core, form.parts.number
    if len(core) >= LONG:
        for place in range(len(core) - 2):
            yield core[place : place + 3], number


def _sharing(forms, keys_of, most):
    """Pairs of forms with a key in common; a key of more than `most` gives none: how many forms have such a key."""
    import numpy as np

    keys, owners = array("q"), array("l")
    for position, form in enumerate(forms):
        own = {hash(key) for key in keys_of(form)}
        keys.extend(own)
        owners.extend([position] * len(own))
    keys, owners = np.array(keys, dtype=np.int64), np.array(owners, dtype=np.int64)
    order = np.lexsort((owners, keys))
    keys, owners = keys[order], owners[order]
    starts = np.flatnonzero(np.diff(keys, prepend=keys[:1] - 1)) if len(keys) else np.array([], dtype=int)
    sizes = np.diff(starts, append=len(keys))
    pairs = [np.empty((0, 2), dtype=np.int64)]
    for size in range(2, most + 1):
        groups = owners[starts[sizes == size][:, None] + np.arange(size)]
        one, other = np.triu_indices(size, 1)
        pairs.append(np.column_stack([groups[:, one].ravel(), groups[:, other].ravel()]))
    crowded = owners[np.repeat(sizes > most, sizes)]
    return np.unique(np.concatenate(pairs), axis=0), len(np.unique(crowded))


def _alike(forms, candidates):
    """(position, position, likeness) of the candidates that may be one customer."""
    for start in range(0, len(candidates), _BLOCK):
        some = [(a, b) for a, b in candidates[start : start + _BLOCK].tolist() if _may_be_one(forms[a], forms[b])]
        for (a, b), likeness in zip(some, _likeness([(forms[a], forms[b]) for a, b in some]), strict=True):
            if likeness:
                yield a, b, likeness


def _may_be_one(a, b):
    """Whether nothing tells two customers apart: a number, a place, a note that both have, east for west."""
    one, other = a.parts, b.parts
    if one.number != other.number or not _nested(one.place, other.place) or not _nested(one.note, other.note):
        return False
    more, less = Counter(one.core) - Counter(other.core), Counter(other.core) - Counter(one.core)
    return not (more and less and set(more) | set(less) <= _SIDES)


def _nested(a, b):
    return set(a) <= set(b) or set(b) <= set(a)


def _likeness(pairs):
    """The likeness of each pair of forms, 0 if too small; 1 minus edits per letter of the longer.

    A slip in the core and another legal form besides would be two slips.
    """
    import numpy as np
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    if not pairs:
        return []
    longest = np.array([max(len(a.parts.core), len(b.parts.core)) for a, b in pairs])
    one_form = np.array([_nested(a.parts.legal_form, b.parts.legal_form) for a, b in pairs])
    best = np.zeros(len(pairs))
    for place in range(3):
        some, others = [a.texts[place] for a, _ in pairs], [b.texts[place] for _, b in pairs]
        edits = process.cpdist(some, others, scorer=OSA.distance, dtype=np.int32)
        lengths = np.array([max(map(len, texts)) for texts in zip(some, others, strict=True)])
        likeness = 1 - edits / lengths
        near = (edits <= 1) & (longest >= SHORTEST) & (one_form | (place == 2))
        far = (edits <= 2) & (likeness >= LONG_ALIKE) & (longest >= LONG) & one_form
        best = np.where(near | far | ((edits == 0) & (place == 0)), np.maximum(best, likeness), best)
    return [round(float(value), 2) for value in best]


def write(customers: Iterable[tuple[str, str]], folder: Path):
    """Write `likely_doubles` as a CSV to be signed: who, on and why are empty; saved as aliases.csv it counts.

    Beside it stands how much is not on the list.
    """
    found = likely_doubles(customers)
    with open(folder / FILE, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for alias_id, alias_name, customer_id, customer_name, likeness, differs in found.pairs:
            texts = (alias_id, customer_id, "", "", "", alias_name, customer_name)
            writer.writerow([*map(escaping.cell, texts), f"{likeness:.2f}", differs])
    left = {"cut": found.cut, "in_rows": found.in_rows}
    (folder / NOT_LISTED).write_text(json.dumps(left), encoding="utf-8")
