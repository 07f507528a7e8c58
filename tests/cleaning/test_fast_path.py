"""What is taken as it is must be what the parsers would make of it."""

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib import warehouse
from custlib.cleaning import fast_path, parsers

KINDS = sorted(fast_path.FORMS)
NASTY = [
    "1E5", "2.77414E+11", "007", "-0", "-0.00", "0.10", "1.", ".5", "12345678901234567", "合计", "Total", "锟斤拷", "??公司", "NA",
    "#N/A", "2025-02-30", "2024-02-29", "1900-01-01", "2025-1-1", "C1\n", "C1 ", "Ａ1", "A B", "A  B", "", "1,000", "3.5万", "17850.0",
    "85123A", "1234567890123.00", "123456789012.34", "1.234567", "1.2345678", "2025Q4", "2025Q5", "2025-06", "x" * 30, "a-b_c1", "A$1", "42", "-5", "甲乙",
]  # fmt: skip
TEXTS = st.sampled_from(NASTY) | st.text(alphabet="0123456789.-EeQA客锟 ,(", max_size=12)


@pytest.fixture(scope="module")
def both():
    """The columns that the parsers make of texts, with and without sparing plain cells."""
    connection = warehouse.connect()

    def go(texts, form):
        rows = ibis.memtable({"at": range(len(texts)), "x__raw": texts}, schema={"at": "int64", "x__raw": "string"})
        made = [parse(rows, {"x": form}).order_by("at") for parse in (parsers.parse, fast_path.parse)]
        return [connection.to_pyarrow(one.select(made[0].columns)) for one in made]

    return go


@pytest.mark.parametrize("kind", KINDS)
def test_plain_cells_are_what_the_parsers_would_make_of_them(both, kind):
    @settings(derandomize=True, deadline=None, max_examples=3)  # many texts at once: writing a query takes longer
    @given(st.lists(TEXTS, min_size=210, max_size=210))
    def holds(texts):
        for form in (parsers.Form(kind), parsers.Form(kind, unit=10_000, missing=("007", "ＮＡ"))):
            careful, spared = both([*NASTY, *texts, None], form)
            assert careful.schema == spared.schema
            for part in ("x", "x__reason", "x__raw"):
                assert careful[part] == spared[part]
            if kind == "amount":
                assert careful["x__exact"] == spared["x__exact"]

    holds()


@pytest.mark.parametrize("kind", KINDS)
def test_a_plain_cell_in_its_own_form_is_no_change(both, kind):
    """Where a plain form is not the value's own, `OWN` tells; a wrong answer would lose or invent a line of the change log."""
    form = parsers.Form(kind)
    connection = warehouse.connect()
    rows = ibis.memtable({"at": range(len(NASTY)), "x__raw": NASTY})
    rows = fast_path.parse(rows.mutate(is_plain=fast_path.is_plain(rows.x__raw, form)), {"x": form}).filter(
        lambda t: t.is_plain
    )
    own = rows.x__raw.re_search(fast_path.OWN[kind]) if kind in fast_path.OWN else ibis.literal(True)
    told = connection.to_pyarrow(rows.select(own=own, same=parsers.text(kind, rows.x) == rows.x__raw)).to_pydict()
    assert told["own"] == told["same"]
    assert told["own"], "the list holds a plain cell of each kind"


def test_a_rule_is_named_where_a_plain_cell_is_written_in_another_form(both):
    careful, spared = both(["5", "5.0", "5.00"], parsers.Form("amount"))
    assert careful["x__rule"].to_pylist() == spared["x__rule"].to_pylist() == ["number_form"] * 3


@pytest.mark.parametrize("kind", KINDS)
def test_a_column_that_is_plain_throughout_is_what_the_parsers_would_make_of_it(kind):
    """A rule counts only where a cell was changed."""
    connection, form = warehouse.connect(), parsers.Form(kind)
    nasty = ibis.memtable({"x__raw": NASTY})
    plain = connection.to_pyarrow(nasty.filter(fast_path.is_plain(nasty.x__raw, form)))["x__raw"].to_pylist()
    texts = ["", None, *sorted(plain, key=NASTY.index)]
    rows = ibis.memtable({"at": range(len(texts)), "x__raw": texts}, schema={"at": "int64", "x__raw": "string"})
    careful, cast = (fast_path.parse(rows, {"x": form}, plain).order_by("at") for plain in ((), ("x",)))
    changed = careful.x__raw.notnull() & (careful.x__raw != parsers.text(kind, careful.x).coalesce(""))
    names = [name for name in careful.columns if name != "x__rule"]
    assert connection.to_pyarrow(careful.select(names)) == connection.to_pyarrow(cast.select(names))
    rules = connection.to_pyarrow(careful.filter(changed).select("at", "x__rule"))
    own = connection.to_pyarrow(cast.select("at", "x__rule")).to_pylist()
    assert rules.to_pylist() == [row for row in own if row["at"] in rules["at"].to_pylist()]
