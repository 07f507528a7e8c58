"""A customer as the tables know it, and the lines of the codebook that its tables need."""

from datetime import date

import pytest

from custlib import codebook
from custlib.report.profile import sections
from custlib.wording.sentences import Context

FLOW = "opening sold_in sold_through closing cover_days".split()
KINDS = {
    "profile_flow": {"from": "date", "to": "date", **dict.fromkeys(FLOW, "share"), "doubt": "yes_no"},
    "profile_rebates": {"year": "whole", "metric": "text", "agreed_share": "share", "due": "money", "booked": "money"},
    "profile_models": {"product_id": "text", "pieces": "share", "share": "share", "first_bought": "date"},
    "profile_contacts": {"date": "date", "kind": "text", "outcome": "text"},
}


@pytest.fixture
def listed(monkeypatch):
    """The codebook with the tables of profiles, whatever notebooks make them."""
    real = codebook.lines()
    known = {line["table"] for line in real}
    made = [
        {**dict.fromkeys(codebook.COLUMNS, ""), "table": table, "column": column, "kind": kind, "made_by": "55_x"}
        for table, columns in KINDS.items()
        if table not in known
        for column, kind in columns.items()
    ]
    monkeypatch.setattr(codebook, "lines", lambda: (*real, *made))


@pytest.fixture
def judged():
    """A row of `abc_customers`."""
    return {
        "region": "华东", "area_type": "城市", "store_format": "个体", "account_manager": "Li", "key_account": True,
        "strategic": False, "step": "stayed", "how_sure": 0.8, "more_often": None, "joint_class": "A", "decided_class": "A",
        "class_before": "A", "contribution": 489_000.0, "measure_name_en": "Retain", "visit_rhythm_en": "Weekly",
        "terms_en": "", "next_step_en": "", "measure_name_zh": "稳固合作", "visit_rhythm_zh": "", "terms_zh": "",
        "next_step_zh": "", "why": {"on": [{"letter": "A", "indicators": ["size"]}], "step": "stayed", "cause": "",
        "class_before": "", "a_by_season": False, "costs_us_money": False, "more_often": "", "decided": ""},
    }  # fmt: skip


@pytest.fixture
def customer(judged, listed):
    """Makes a `Customer` with the given rows beside those that are always there."""

    def make(customer_id="K1", name="Alpha", **rows):
        months = [{"month": f"2025-{month}", "net_sales": 300.0, "payments": 50.0} for month in (10, 11, 12)]
        standing = {"net_sales": 900.0, "net_sales_year_ago": 1200.0, "payments": 150.0, "payments_year_ago": 150.0,
                    "gross_profit": 489_000.0, "target": 1000.0}  # fmt: skip
        flow = [{"from": date(2025, 9, 30), "to": date(2025, 12, 31), "opening": 120.0, "sold_in": 300.0,
                 "sold_through": 330.0, "closing": 90.0, "cover_days": 25.0, "doubt": False}]  # fmt: skip
        own = {
            "abc_customers": [judged],
            "profile_standing": [standing],
            "profile_months": months,
            "profile_flow": flow,
            "actions_named": [],
        }
        return sections.Customer(customer_id, name, own | rows)

    return make


@pytest.fixture
def speaker():
    """Makes a `Speaker` of a language."""
    return lambda lang="en": sections.Speaker(lang, "2025Q4", Context())
