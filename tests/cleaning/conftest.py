"""Sales exports with as few words as possible, and texts parsed as forms."""

import ibis
import pytest

from custlib import warehouse
from custlib.cleaning import parsers

HEADER = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元),成本(元)"


@pytest.fixture
def sales():
    """Joins rows of sales under their header."""
    return lambda *rows: "\n".join([HEADER, *rows]) + "\n"


@pytest.fixture(scope="session")
def parsed():
    """Parses texts as one Form (or kind): for each its value, or its reason in brackets, the rule, and the exact amount."""
    connection = warehouse.connect()

    def parse(form, texts):
        form = form if isinstance(form, parsers.Form) else parsers.Form(form)
        table = ibis.memtable(
            [{"n": n, "x__raw": text} for n, text in enumerate(texts)], schema={"n": "int64", "x__raw": "string"}
        )
        rows = connection.to_pyarrow(parsers.parse(table, {"x": form}).order_by("n")).to_pylist()
        assert not [row for row in rows if row["x__reason"] and row["x"] is not None]
        return [
            (f"[{row['x__reason']}]" if row["x__reason"] else row["x"], row["x__rule"], row.get("x__exact"))
            for row in rows
        ]

    return parse


@pytest.fixture(scope="module")
def answers(request, parsed):
    """What the CASES of a test module become, all parsed at once: index → (value or [reason], rule)."""
    told = {}
    for n, (form, text, *_) in enumerate(request.module.CASES):
        told.setdefault(form, []).append((n, text))
    return {
        n: found[:2]
        for form, cases in told.items()
        for (n, _), found in zip(cases, parsed(form, [text for _, text in cases]), strict=True)
    }
