from datetime import date

import pandas as pd
import pytest

from custlib import profile
from custlib.refusals import Refused

HEAD = "scope,value,days,limit_yuan,from,who,on,why\n"
SIGNED = "李,2025-01-01,"


@pytest.fixture
def terms(tmp_path):
    def write(*lines):
        (tmp_path / "reference").mkdir(exist_ok=True)
        text = HEAD + "".join(f"{line},{SIGNED}\n" for line in lines)
        (tmp_path / "reference" / "credit_terms.csv").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def found(folder, day=date(2025, 12, 31), **classes):
    rows = profile.in_force(pd.Series(day, list(classes)), pd.Series(classes), folder)
    return rows["terms_days"].to_dict()


def test_the_narrowest_scope_counts_and_of_it_the_latest_line_in_force(terms):
    folder = terms(
        "any,,90,3000000,2024-01-01",
        "any,,80,,2025-01-01",
        "any,,10,,2026-01-01",
        "class,A,45,,2024-01-01",
        "customer,K2,60,5000000,2024-04-01",
    )
    assert found(folder, K1="A", K2="A", K3="C") == {"K1": 45, "K2": 60, "K3": 80}
    rows = profile.in_force(pd.Series(date(2025, 12, 31), ["K2", "K3"]), pd.Series(dtype="str"), folder)
    assert rows["limit"].fillna(-1).tolist() == [5_000_000, -1]
    assert found(folder, date(2024, 3, 31), K2="B") == {"K2": 90}
    assert found(folder, date(2024, 4, 1), K2="B") == {"K2": 60}  # in force from its first day


def test_without_terms_nothing_is_known(terms):
    assert pd.isna(found(terms(), K1="A")["K1"])


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("region,north,90,,2024-01-01", "not_one_of", "“region” in column scope"),
        ("class,D,90,,2024-01-01", "not_one_of", "“D” in column value is not one of A, B, C"),
        ("any,K1,90,,2024-01-01", "terms_value", "line 2: “K1”"),
        ("customer,,90,,2024-01-01", "terms_value", "scope customer"),
        ("any,,ninety,,2024-01-01", "terms_number", "“ninety” in column days is no number from 0 to 3650"),
        ("any,,4000,,2024-01-01", "terms_number", "“4000”"),
        ("any,,90,3 million,2024-01-01", "terms_number", "column limit_yuan"),
        ("any,,90,,soon", "unsigned", "from is blank or no day"),
        ("any,,,,2024-01-01", "unsigned", "days is blank"),
    ],
)
def test_a_line_that_nobody_can_rely_on_is_refused(terms, line, code, said):
    with pytest.raises(Refused) as caught:
        profile.credit_terms(terms(line))
    assert caught.value.code == code and said in str(caught.value) and "line 2" in str(caught.value)


def test_two_lines_of_one_scope_value_and_day_are_refused(terms):
    folder = terms("any,,90,,2024-01-01", "class,A,60,,2024-01-01", "any,,80,,2024/1/1")
    with pytest.raises(Refused, match="line 4: “any, 2024-01-01”"):
        profile.credit_terms(folder)


def test_a_line_for_a_customer_that_there_is_none_of_is_refused_with_the_nearest(terms):
    folder = terms("any,,90,,2024-01-01", "customer,K00195,60,,2024-01-01")
    with pytest.raises(Refused, match="line 3: no customer is called “K00195”. Did you mean K00194") as caught:
        profile.check_terms(pd.Index(["K00001", "K00194"]), folder)
    assert "K00194" in caught.value.line("zh")
    profile.check_terms(pd.Index(["K00195"]), folder)


def test_the_project_has_no_terms_and_the_sample_two_lines():
    assert profile.credit_terms().empty
    assert len(profile.credit_terms("data/raw")) == 2
