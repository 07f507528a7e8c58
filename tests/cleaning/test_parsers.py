from decimal import Decimal

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib import warehouse
from custlib.cleaning import parsers
from custlib.cleaning.parsers import Form

# Form or kind, text, what it becomes (a reason if it is a text in brackets), the rule of the change.
CASES = [
    ("id", "00123", "00123", "trimmed"),
    ("id", " ＡＢＣ１　", "ABC1", "full_width"),
    ("id", "C\u200b1\u202e", "C1", "invisible_character"),
    ("id", "C\x001\x1a", "C1", "invisible_character"),
    ("id", "1E5", "[excel_damage]", None),
    ("id", "2.77414E+11", "[excel_damage]", None),
    ("id", "1.23E+19", "[excel_damage]", None),
    ("id", "1.234567890123457e+19", "[over_15_digits]", None),
    ("id", "#N/A", "[excel_error]", None),
    (Form("id", missing=("#N/A",)), "#N/A", None, "missing_token"),
    *[
        ("name", name, name, "trimmed")
        for name in ("NA", "NULL", "None", "TRUE", "1月", "MARCH1", "𠮷", "䶮", "㛃", "=HYPERLINK(1)")
    ],
    ("name", "（上海）华盛", "(上海)华盛", "full_width"),
    ("name", "(上海)华盛 ", "(上海)华盛", "trimmed"),
    ("name", "锟斤拷锟斤拷", "[mojibake]", None),
    ("name", "CafÃ©", "[mojibake]", None),
    ("name", "??公司", "[mojibake]", None),
    ("name", "谁?", "谁?", "trimmed"),
    ("text", "（上海）", "（上海）", "trimmed"),
    ("id", "C\t1\n", "C 1", "invisible_character"),
    ("id", "\u2003C1\u2800".replace("\u2800", "\ufe0f"), "C1", "invisible_character"),
    ("id", "5.00E-05", "[excel_damage]", None),
    ("id", "12E5", "12E5", "trimmed"),
    ("id", "12345678901234567890", "12345678901234567890", "trimmed"),
    *[
        ("id", text, "[undeclared_missing]", None)
        for text in ("NULL", "(null)", "-", "--", "/", "无", "N/A", "None", "\\N")
    ],
    (Form("id", missing=("NULL",)), "NULL", None, "missing_token"),
    ("id", "无锡01", "无锡01", "trimmed"),
    ("name", "Ã\x89cole", "[mojibake]", None),
    ("name", "ä¸\xadå›½", "[mojibake]", None),
    ("name", "Café René", "Café René", "trimmed"),
    ("name", "华盛\n贸易", "华盛 贸易", "invisible_character"),
    ("name", "########", "[excel_error]", None),
    ("text", "真的吗??", "真的吗??", "trimmed"),
    ("text", "????", "[mojibake]", None),
    ("text", "？？好", "？？好", "trimmed"),
    ("text", "NULL", "NULL", "trimmed"),
]


@pytest.mark.parametrize("n", range(len(CASES)), ids=lambda n: repr(CASES[n][1]))
def test_a_text_becomes_its_value_or_is_refused_with_its_reason(answers, n):
    *_, value, rule = CASES[n]
    assert answers[n][0] == value
    assert rule in (None, answers[n][1])


KINDS = ("id", "name", "text", "amount", "price", "number", "ratio", "whole", "quarter", "period", "date")
ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
# Texts that are nearly a number or a day find the gaps between the forms.
NEARLY = st.text(st.sampled_from("0123456789.,-/:()+ TZ年月日万元¥红字eE\u2212\u3000\uff11\u0663"), max_size=14)


@settings(derandomize=True, deadline=None, max_examples=4)
@given(st.lists(ANYTHING | NEARLY, min_size=200, max_size=200))
def test_any_text_has_a_value_a_reason_or_is_missing(parsed, texts):
    declared = {"date_order": "dmy", "century": 2000, "date_system": "1900", "time_zone": "+08:00", "decimal": ","}
    names = parsed("name", texts)
    for kind in KINDS:
        for form in (Form(kind), Form(kind, **declared)):
            found = parsed(form, texts)
            for (value, *_), (plain, *_) in zip(found, names, strict=True):
                assert value is not None or plain is None


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_cell_is_missing_in_every_kind(parsed, kind):
    assert {found[0] for found in parsed(kind, [None, "", " ", "\u3000", "\u200b"])} == {None}


@pytest.mark.parametrize(("value", "text"), [("1.500000", "1.5"), ("100.000000", "100"), ("0.000000", "0")])
def test_a_number_s_own_form_has_no_zeros_to_spare(value, text):
    literal = ibis.literal(Decimal(value), "decimal(18,6)")
    assert warehouse.connect().to_pyarrow(parsers.text("number", literal)).as_py() == text
