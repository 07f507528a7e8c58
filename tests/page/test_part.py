import pandas as pd
import pytest

from custlib.page.part import Part
from custlib.refusals import Refused

WHO = pd.DataFrame(
    {"name": ["华东电器", "华东电器城", "Smith", "Smithson", 'O"Neil']},
    index=pd.Index(["K1", "K2", "101", "1000004", "K5"], name="customer_id"),
)
MINE = pd.Series([True, False, False, True, False], WHO.index)
PART = Part(WHO, MINE)
ROWS = pd.DataFrame({"customer_id": ["K1", "K2", "1000004"], "size": [1, 2, 3]})


def test_only_rows_of_own_customers_stay():
    assert PART.rows(ROWS)["size"].tolist() == [1, 3]
    assert PART.rows(ROWS.set_index("customer_id"))["size"].tolist() == [1, 3]
    assert PART.rows(ROWS.set_index("customer_id")["size"]).tolist() == [1, 3]


def test_other_tables_and_the_whole_company_stay_as_they_are():
    assert PART.rows(ROWS[["size"]]).equals(ROWS[["size"]])
    assert Part().rows(ROWS).equals(ROWS)
    assert Part().first_foreign("华东电器城") is None


@pytest.mark.parametrize(
    "text, customer", [("见华东电器城。", "华东电器城"), ("K2, K1", "K2"), ("Smith & sons", "Smith")]
)
def test_a_customer_of_another_part_is_found(text, customer):
    assert PART.first_foreign(text) == customer


@pytest.mark.parametrize("text", ["华东电器 and more", "Smithson", "BK2", "101 customers", "1,101"])
def test_own_names_that_hold_another_and_plain_numbers_are_no_find(text):
    assert PART.first_foreign(text) is None


def test_a_short_number_counts_as_a_whole_text_only():
    with pytest.raises(Refused, match="101"):
        PART.check({"cells": ["101"]}, "table")
    PART.check({"cells": ["101 customers"]}, "table")


def test_a_name_with_a_quotation_mark_is_found():
    with pytest.raises(Refused, match="Neil"):
        PART.check(['O"Neil left'], "say")


def test_a_name_that_is_a_word_of_the_report_is_no_find():
    who = pd.DataFrame({"name": ["客户", "华晟"]}, index=pd.Index(["K1", "K2"], name="customer_id"))
    part = Part(who, pd.Series([False, True], who.index))
    assert part.first_foreign("家客户") is None and part.first_foreign("K1") == "K1"
