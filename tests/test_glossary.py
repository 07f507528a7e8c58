import csv

import pytest

from custlib import codebook, glossary, project, schema

REASONS = """width broken_bytes open_quote mojibake missing_key not_an_amount not_a_number not_a_date
partial_date two_digit_year ambiguous_date impossible_date out_of_period duplicate_of conflict excel_damage
over_15_digits excel_error unknown_value not_a_quarter not_a_period invisible_character excel_serial
zoned_time undeclared_missing""".split()
RULES = """trimmed full_width missing_token thousands currency_sign sign_form wan rounded date_form time_dropped weekday_differs
number_form quarter_form period_form computed excel_day time_zone""".split()
LINE_CLASSES = ["clean", "quarantined", "header", "preamble", "footer", "blank"]
JUDGEMENTS = ["A", "B", "C", "new", "lost", "size", "contribution", "brand_share", "joint"]


def rows():
    with project.reference("glossary.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_no_line_has_a_cell_too_many():
    assert not [row["key"] for row in rows() if None in row]


def test_a_term_in_both_languages():
    assert glossary.term("contribution", "en") == "customer contribution"
    assert glossary.term("contribution", "zh") == "客户贡献"


def test_an_unknown_key_names_the_nearest_one():
    with pytest.raises(KeyError, match="did you mean “brand_share”"):
        glossary.term("brand_shar", "en")


def test_another_language_is_refused():
    with pytest.raises(ValueError, match="fr"):
        glossary.term("size", "fr")


def test_every_code_of_the_reports_has_a_term():
    codes = {*REASONS, *RULES, *LINE_CLASSES, *JUDGEMENTS, *schema.TABLES}
    assert not [key for key in codes if not glossary.known(key)]
    assert all(glossary.term(key, lang) for key in codes for lang in glossary.LANGUAGES)


def test_every_published_table_and_unit_has_a_term():
    for line in codebook.lines():
        assert glossary.term(line["table"], "zh")
        assert not line["unit"] or glossary.term(f"unit: {line['unit']}", "zh")


def test_each_key_stands_once_and_no_term_is_blank():
    keys = [row["key"] for row in rows()]
    assert len(keys) == len(set(keys))
    assert all(row["en"] and row["zh"] and row["note"] for row in rows())


def test_every_table_and_column_of_the_schema_has_a_term():
    for table in schema.TABLES.values():
        for key in (table.name, *(column.name for column in table.columns)):
            assert glossary.term(key, "en") and glossary.term(key, "zh")


def test_a_name_is_no_key():
    assert glossary.known("factor") and not glossary.known("廊坊新诚百货有限公司")
