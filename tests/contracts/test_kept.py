import dataclasses

import pandas as pd
import pytest

from custlib import contracts
from custlib.contracts import kept

ROWS = ("customer_id product_id net_amount quantity", ("K1", "P1", 0, 3), ("K2", "运费", 5, 1))


@pytest.fixture
def clean(tables):
    made = tables(["配件"], sales=ROWS)
    kept.once(made, lambda: pd.DataFrame([("sales", "zero_amount", "net_amount", "a.csv", 1, 1, 2)], columns=COUNTS))
    return made


COUNTS = kept.COUNTS.names


def refuse():
    raise AssertionError("counted again")


def test_what_breaks_the_rules_is_counted_once_for_the_same_tables(clean):
    counts = kept.once(clean, refuse)
    assert counts.loc[0].to_dict() == dict(
        zip(COUNTS, ("sales", "zero_amount", "net_amount", "a.csv", 1, 1, 2), strict=True)
    )


def test_other_fees_are_counted_anew(clean):
    with pytest.raises(AssertionError, match="counted again"):
        kept.once(dataclasses.replace(clean, fees=("运费",)), refuse)


def test_other_rules_are_counted_anew(clean, tmp_path, monkeypatch):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "row_rules.py").write_text("# another rule")
    monkeypatch.setattr(kept, "__file__", str(tmp_path / "rules" / "kept.py"))
    with pytest.raises(AssertionError, match="counted again"):
        kept.once(clean, refuse)


def test_nothing_broken_is_kept_too(tables):
    made = tables(["配件"], sales=ROWS)
    assert kept.once(made, lambda: pd.DataFrame(columns=COUNTS)).empty
    assert kept.once(made, refuse).empty


def test_signatures_and_limits_count_however_often_it_was_counted(tables, monkeypatch):
    made = tables(["配件"], sales=ROWS)
    monkeypatch.setattr(contracts, "_set_aside", lambda clean: pd.DataFrame(columns=COUNTS))
    for limit, blocks in ((float("nan"), [False]), (0.0, [True])):
        monkeypatch.setattr(contracts, "limits", lambda data_dir, limit=limit: pd.Series(limit, contracts.RULES))
        assert contracts.breaches(made)["blocks"].tolist() == blocks
