import pandas as pd
import pytest

from custlib import accounts, codebook
from custlib.refusals import Refused

LISTED = {
    "customer_id": "customer",
    "now": "customer",
    "rank": "internal",
    "margin": "",
    "target": "person",
    "edition": "",
}
TABLE = pd.DataFrame(
    [["K1", 1, 9, 9, 9, "customer"], ["K2", 2, 9, 9, 9, "customer"], ["K1", 3, 9, 9, 9, "internal"]],
    columns=list(LISTED),
)


@pytest.fixture(autouse=True)
def listed(monkeypatch):
    lines = {name: {"table": "t", "column": name, "edition": edition} for name, edition in LISTED.items()}
    monkeypatch.setattr(codebook, "columns", lambda table: lines)


def test_a_customer_is_given_its_own_rows_and_the_columns_that_somebody_decided_on():
    given = accounts.edition(TABLE, "t", "customer", "K1")
    assert given.to_dict("list") == {"customer_id": ["K1"], "now": [1]}


def test_our_own_people_are_given_all_columns_of_the_customer():
    assert accounts.edition(TABLE, "t", "internal", "K1")["now"].tolist() == [1, 3]
    assert list(accounts.edition(TABLE, "t", "internal", "K1")) == list(LISTED)


def test_rows_without_an_edition_of_their_own_are_all_given():
    given = accounts.edition(TABLE.drop(columns="edition"), "t", "customer", "K1")
    assert given["now"].tolist() == [1, 3]


@pytest.mark.parametrize("reader", ["customer", "internal"])
def test_a_column_that_nobody_listed_is_refused(reader):
    with pytest.raises(Refused) as caught:
        accounts.edition(TABLE.assign(score=1), "t", reader, "K1")
    assert caught.value.code == "unlisted_column" and "score" in str(caught.value)


def test_a_table_that_names_no_customer_has_no_edition():
    with pytest.raises(KeyError):
        accounts.edition(TABLE.drop(columns="customer_id"), "t", "customer", "K1")
