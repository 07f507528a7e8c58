"""Orders and measures of a made company never contradict each other."""

import pandas as pd
import pytest

from custlib import customer_classes, customer_orders, facts, project, reference
from custlib.facts.absence import Absence
from custlib.refusals import Refused
from tests import made_companies

QUARTER = "2025Q4"


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    clean, truth = made_companies.make(tmp_path_factory.mktemp("company"), seed=3, customers=60)
    judged = customer_classes.judge(clean, QUARTER, resamples=20)
    return clean, judged, customer_orders.find(clean, QUARTER, judged.customers), truth


def test_a_customer_has_one_order_at_most(company):
    named = company[2].named
    assert len(named) and not named["customer_id"].duplicated().any()


def test_what_is_ordered_stands_in_place_of_the_measure_of_the_class(company):
    _, judged, found, _ = company
    terms = reference.table("orders.csv").set_index("action")
    action = found.named.set_index("customer_id")["action"]
    here = action[action.index.isin(found.customers.index)]
    rows = found.customers.loc[here.index]
    assert (rows["measure"] == here).all()
    for column in ("terms_en", "next_step_zh", "visit_rhythm_en"):
        assert (rows[column] == here.map(terms[column])).all()
    others = found.customers.drop(here.index)
    pd.testing.assert_frame_equal(others, judged.customers.drop(here.index), check_like=True, check_dtype=False)


def test_every_order_has_a_finding_in_the_tables_behind_it(company):
    clean, _, found, _ = company
    behind = {
        "overstocked": set(found.sold.index[found.sold["stuffed"] == "stuffed"]),
        "left": set(found.silent.index[found.silent["new_this_quarter"]]),
        "gone": set(found.silent.index[~found.silent["new_this_quarter"]]),
        "fell": set(found.changes.index[found.changes["change"] == "fell"]),
        "grew": set(found.changes.index[found.changes["change"] == "rose"]),
    }
    for why, rows in found.named.groupby("why"):
        assert why not in behind or set(rows["customer_id"]) <= behind[why]


def test_an_order_without_a_line_in_the_table_is_refused(company, tmp_path):
    clean, judged, _, _ = company
    lines = project.reference("orders.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "orders.csv").write_text("".join(lines[:3]), encoding="utf-8")
    with pytest.raises(Refused, match="stop_loss, close_gap, keep_new"):
        customer_orders.find(clean, QUARTER, judged.customers, tmp_path)


def test_while_the_data_are_in_doubt_nobody_absent_has_an_order(company, monkeypatch):
    clean, judged, found, _ = company
    here = set(judged.customers.index)
    assert not set(found.named["customer_id"]) <= here
    monkeypatch.setattr(facts, "absence", lambda *asked: Absence(10, 9))
    in_doubt = customer_orders.find(clean, QUARTER, judged.customers)
    assert set(in_doubt.named["customer_id"]) <= here
    unasked = found.silent["new_this_quarter"] & (found.silent["told"] == "silent_only")
    assert unasked.any() and set(in_doubt.silent.index) == set(found.silent.index[~unasked])
