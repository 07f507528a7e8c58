import datetime
import json
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal, assert_series_equal

from custlib.page import frames

FRAME = pd.DataFrame(
    {
        "customer_id": ["K1", "K2"],
        "size": [1.5, np.nan],
        "known": [3, 2],
        "costs": [True, False],
        "class": pd.Categorical(["A", None], ["A", "B", "C"], ordered=True),
        "last_order": [datetime.date(2025, 12, 1), None],
        "amount": [Decimal("1.10"), None],
    }
)


def back(value):
    return frames.decode(json.loads(frames.as_text(frames.encode(value))))


def test_a_table_comes_back_as_it_was():
    assert_frame_equal(back(FRAME), FRAME)


def test_an_index_with_a_name_comes_back():
    table = FRAME.set_index("customer_id")[["size", "known"]]
    assert_frame_equal(back(table), table)
    assert_series_equal(back(table["known"]), table["known"])


def test_a_table_without_rows_keeps_its_columns_and_kinds():
    assert_frame_equal(back(FRAME.head(0)), FRAME.head(0))


def test_days_and_plain_values_come_back_and_what_is_missing_is_none():
    facts = {"day": datetime.date(2025, 12, 31), "share": np.float64(0.5), "number": np.int64(3), "none": np.nan}
    assert back(facts) == {"day": datetime.date(2025, 12, 31), "share": 0.5, "number": 3, "none": None}


@given(st.lists(st.floats(allow_nan=False), min_size=1))
def test_numbers_keep_every_digit(numbers):
    assert back(numbers) == numbers


def test_the_same_table_gives_the_same_text():
    assert frames.as_text(frames.encode(FRAME)) == frames.as_text(frames.encode(FRAME.copy()))


def test_what_is_no_fact_is_refused():
    with pytest.raises(TypeError, match="not object"):
        frames.encode({"a": object()})
    with pytest.raises(TypeError, match="named by texts"):
        frames.encode({1: "a"})


def test_every_text_within_a_value_is_seen():
    assert {"K1", "A", "size"} <= set(frames.texts(frames.encode({"rows": FRAME})))
