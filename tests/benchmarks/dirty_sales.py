"""Writes dirty sales lines, invented: `python dirty_sales.py LINES TARGET.csv`. One line in sixteen or so is not as it should be:
days written otherwise, spaces, thousands, currency signs, brackets for minus, amounts that are none, lines that come twice."""

import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

HEADER = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元),成本(元)"
AT_ONCE = 1_000_000
DAYS = np.arange(np.datetime64("2023-10-01"), np.datetime64("2026-01-01")).astype(str).astype(object)
WRITTEN = pa.array(
    [
        *DAYS,
        *(day.replace("-", "/") for day in DAYS),
        *("{}年{}月{}日".format(*map(int, day.split("-"))) for day in DAYS),
        *(day.replace("-", "") for day in DAYS),
    ]
)


def write(count, target):
    """Write so many lines below a header; the same count gives the same bytes."""
    rng = np.random.default_rng(count)
    with Path(target).open("wb") as out:
        out.write(f"{HEADER}\n".encode())
        for start in range(0, count, AT_ONCE):
            lines = _lines(rng, start, min(AT_ONCE, count - start))
            twice = np.flatnonzero(rng.random(len(lines)) < 0.002)
            out.write(("\n".join(np.insert(lines, twice, lines[twice])) + "\n").encode())


def _lines(rng, start, count):
    numbers = np.arange(start, start + count)
    day = rng.choice(4, count, p=[0.97, 0.01, 0.01, 0.01]) * len(DAYS) + rng.integers(0, len(DAYS), count)
    fen = rng.integers(1_000, 5_000_000, count)
    cells = [
        _joined("XS", numbers // 4 + 10**8),
        pa.array(numbers % 4 + 1).cast("string"),
        WRITTEN.take(pa.array(day)),
        _spaced(rng, _joined("C", rng.integers(10_000, 20_000, count))),
        _joined("P", rng.integers(1_000, 1_500, count)),
        pa.array(rng.integers(-2, 50, count)).cast("string"),
        _dirty(rng, fen, _money(fen)),
        _money(fen * 7 // 10),
    ]
    return pc.binary_join_element_wise(*cells, ",").to_numpy(zero_copy_only=False)


def _joined(letters, numbers):
    return pc.binary_join_element_wise(letters, pa.array(numbers).cast("string"), "")


def _money(fen):
    yuan, cents = pa.array(fen // 100).cast("string"), pc.utf8_lpad(pa.array(fen % 100).cast("string"), 2, "0")
    return pc.binary_join_element_wise(yuan, cents, ".")


def _spaced(rng, texts):
    chosen = pa.array(rng.random(len(texts)) < 0.015)
    return pc.if_else(chosen, pc.binary_join_element_wise(" ", texts, " ", ""), texts)


def _dirty(rng, fen, plain):
    ways = {"thousands": 0.01, "currency": 0.005, "brackets": 0.002, "none": 0.0001}
    drawn = rng.choice(len(ways) + 1, len(fen), p=[*ways.values(), 1 - sum(ways.values())])
    texts = plain.to_numpy(zero_copy_only=False).copy()
    for way, form in enumerate(('"{:,.2f}"', "￥{:.2f}", "({:.2f})", "约{:.0f}")):
        chosen = drawn == way
        texts[chosen] = [form.format(value / 100) for value in fen[chosen]]
    return pa.array(texts)


if __name__ == "__main__":
    write(int(sys.argv[1]), sys.argv[2])
