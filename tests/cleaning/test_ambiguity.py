import pytest

from custlib.refusals import Refused


def row(n, day="2025-01-01", amount="10"):
    return f'A{n},1,{day},C,P,1,"{amount}",5'


def declared(names, entry):
    return "".join(f'[[source]]\nfiles = "{name}.csv"\n{entry}\n' for name in names)


# name of the file → (rows, whether day, month, year is declared, what is refused: code and facts)
DOUBTS = {
    "dates with two readings": (
        [row(1), row(2, "03/04/2025"), row(3, "05/04/2025")],
        False,
        ("ambiguous_dates", {"line": 3, "column": "date", "text": "03/04/2025"}),
    ),
    "decimal commas": (
        [row(1, amount="1.234,50"), row(2, amount="12,30"), row(3, amount="1.234")],
        False,
        ("decimal_commas", {"text": "1.234,50"}),
    ),
    "an order that shows and is not declared": (
        [row(1, "03/04/2025"), row(2, "25/04/2025"), row(3, "05/04/2025")],
        False,
        ("undeclared_date_order", {"line": 3, "column": "date", "text": "25/04/2025", "order": "dmy", "rows": 1}),
    ),
    "the other order": (
        [row(1, "03/04/2025"), row(2, "04/25/2025"), row(3, "05/04/2025")],
        False,
        ("undeclared_date_order", {"order": "mdy"}),
    ),
    "both orders show none": (
        [row(1, "03/04/2025"), row(2, "25/04/2025"), row(3, "04/25/2025")],
        False,
        ("ambiguous_dates", {}),
    ),
    "a declared order that the column disproves": (
        [row(1, "03/04/2025"), row(2, "04/25/2025"), row(3, "05/04/2025")],
        True,
        ("disproved_date_order", {"line": 3, "text": "04/25/2025", "rows": 1}),
    ),
    **{
        f"real days up to 12 beside texts above 12, {'declared' if told else 'not declared'}": (
            [row(1, "2025-04-03"), row(2, "2025/11/5"), row(3, "25/04/2025")],
            told,
            (
                "half_converted_dates",
                {
                    **{"line": 4, "column": "date", "text": "25/04/2025"},
                    **{"other": "2025-04-03", "other_line": 2, "read": "2025-04-03", "swapped": "2025-03-04"},
                },
            ),
        )
        for told in (False, True)
    },
    "a sound file beside them": ([row(1, "2025-04-13")], False, None),
    "a number that hangs on the separator beside a decimal comma": (
        [row(1), row(2), row(3, amount="12,5"), row(4, amount="1,250")],
        False,
        ("decimal_commas", {"line": 4}),
    ),
}


def test_a_column_that_can_be_read_in_two_ways_is_refused_with_its_first_doubt(cleaned, sales):
    dmy = declared([name for name, (_, told, _) in DOUBTS.items() if told], 'date_order = "dmy"')
    files = {
        f"{name}.csv": sales(*(f"{at}-{line}" for line in rows))
        for at, (name, (rows, _, _)) in enumerate(DOUBTS.items())
    }
    with pytest.raises(Refused) as refusal:
        cleaned(files, dmy)
    told = {one.facts["file"].removesuffix(".csv"): one for one in refusal.value.refusals}
    assert told.keys() == {name for name, (_, _, refused) in DOUBTS.items() if refused}
    for name, one in told.items():
        code, facts = DOUBTS[name][2]
        assert (name, one.code, {fact: one.facts[fact] for fact in facts}) == (name, code, facts)
        assert "column" not in facts or one.facts == facts | {"file": f"{name}.csv"}


# name of the file → (days or amounts, what is declared, line → why it is set aside)
CLEAR = {
    "single cells with two readings": (
        [("2025-01-01", "10"), ("03/04/2025", "10"), ("2025-01-01", "1.234,50"), ("2025-01-01", "10")],
        "",
        {3: "ambiguous_date", 4: "decimal_comma"},
    ),
    "one slip among many days": (
        [(f"{day}/04/2025", "10") for day in (3, *range(13, 24))] + [("04/25/2025", "10")],
        "dmy",
        {14: "impossible_date"},
    ),
    "real days above 12 beside texts": ([("2025-04-13", "10"), ("25/04/2025", "10")], "dmy", {}),
    "real days beside texts up to 12 too": (
        [("2025-04-03", "10"), ("25/04/2025", "10"), ("05/04/2025", "10")],
        "dmy",
        {},
    ),
    "a decimal comma beside decimal points": (
        [("2025-01-01", amount) for amount in ("12.5", "13.75", "12,5", "1,250")],
        "",
        {4: "decimal_comma"},
    ),
    "decimal commas that are declared": ([("2025-01-01", "1.234,50"), ("2025-01-01", "1.250")], "comma", {}),
    "an order that is declared": ([("03/04/2025", "10")], "dmy", {}),
}
ENTRIES = {"dmy": 'date_order = "dmy"', "comma": 'decimal = ","'}


def test_what_is_declared_or_shows_is_no_doubt_and_a_single_slip_is_set_aside(cleaned, sales, reasons, rows_of):
    files = {
        f"{name}.csv": sales(*(row(f"{at}-{n}", *cells) for n, cells in enumerate(lines)))
        for at, (name, (lines, _, _)) in enumerate(CLEAR.items())
    }
    files["decimal commas that are declared.csv"] += '合计,,,,,,"2.484,50",\n'
    entries = (declared([name for name, (_, how, _) in CLEAR.items() if how == key], ENTRIES[key]) for key in ENTRIES)
    clean = cleaned(files, "".join(entries))
    expected = [(f"{name}.csv", line, why) for name, (_, _, aside) in CLEAR.items() for line, why in aside.items()]
    assert sorted(reasons(clean)) == sorted(expected)
    found = {name: [one for one in rows_of(clean, "sales") if one["file"] == f"{name}.csv"] for name in CLEAR}
    assert {name: len(rows) for name, rows in found.items()} == {
        name: len(lines) - len(aside) for name, (lines, _, aside) in CLEAR.items()
    }
    assert [str(one["net_amount"]) for one in found["decimal commas that are declared"]] == ["1234.50", "1250.00"]
    assert [str(one["date"]) for one in found["an order that is declared"]] == ["2025-04-03"]
