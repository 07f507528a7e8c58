"""The page of an account manager: one side of paper, made of the rows of the customers."""

import re

import pytest

from custlib.report.profile import managers, rendering
from custlib.report.profile.found import Found

AROUND = rendering.Around("Huajin · 2025Q4", (("Summary", "../front.html"),), "foot")


@pytest.fixture
def company(judged):
    """Li looks after a key account and a customer of class C; Wu/Xu after one; one customer has nobody."""

    def row(name, letter, manager, size, key=False):
        own = {"name": name, "decided_class": letter, "account_manager": manager, "size": size, "key_account": key}
        return [judged | own | {"measure": f"m{letter}", "measure_name_en": f"Measure {letter}"}]

    rows = {
        "abc_customers": {
            "k1": row("Alpha", "A", "Li", 5e6, key=True),
            "k2": row("Beta", "C", "Li", 1e4),
            "k3": row("Gamma", "B", "Wu/Xu", 2e5),
            "k4": row("Delta", "C", None, 1.0),
        },
        "account_needs": {
            "k1": [{"need": "profit", "gap": 1.0, "rank": 2}, {"need": "service", "gap": 4.0, "rank": 1}]
        },
        "plan_lines": {
            "k1": [
                {
                    "metric": "shelf",
                    "state": "missed",
                    "unit": "%",
                    "target_signed": 70.0,
                    "actual": 63.0,
                    "due_on": None,
                }
            ],
            "k2": [
                {"metric": "racks", "state": "done", "unit": "", "target_signed": 2.0, "actual": 3.0, "due_on": None}
            ],
        },
    }
    return Found({"k1": {"file": "customers/k1.html"}}, managers=("Li", "Wu/Xu"), rows=rows)


def test_classes_decisions_and_missed_promises_stand_on_the_page_of_their_manager_alone(company, speaker):
    rows = managers.of(company, "Li")
    assert [(row["decided_class"], row["customers"], row["size"]) for row in rows["classes"]] == [
        ("A", 1, 5e6),
        ("C", 1, 1e4),
    ]
    assert [(row["name"], row["missed"], row["need"]) for row in rows["accounts"]] == [("Alpha", 1, "service")]
    page = managers.render("Li", rows, speaker(), AROUND)
    assert re.search(r"Looks after 2 customers .*\(1 of class A and 1 of class C\)", page)
    assert "Of 2 promises to them this year, 1 was missed." in page and "shelf" in page and "racks" not in page
    assert "Gamma" not in page and "Delta" not in page


def test_what_is_to_be_done_stands_with_what_was_found(company, speaker):
    order = {
        "name": "Beta",
        "action": "stop_loss",
        "why": "below_cost",
        "what_en": "Raise the price",
        "by_when": None,
    }
    company.rows["actions_named"] = {"k2": [order]}
    page = managers.render("Li", managers.of(company, "Li"), speaker(), AROUND)
    cells = re.search(r"<td>Beta</td>(.*?)</tr>", page)[1]
    assert "change the terms" in cells and "buys below our cost" in cells and "Raise the price" in cells


def test_a_manager_without_a_decision_is_told_whose_decision_it_is(company, speaker):
    page = managers.render("Wu/Xu", managers.of(company, "Wu/Xu"), speaker("zh"), AROUND)
    assert "尚无经人工认定的大客户或战略客户" in page and "哪些承诺没有兑现" not in page


def test_names_of_files_are_safe_and_only_the_table_of_managers_leads_there(company):
    stems = managers.files(company)
    assert list(stems) == ["Li", "Wu/Xu"] and stems["Li"] == "Li" and "/" not in stems["Wu/Xu"]
    row = "<tr><td>Li</td><td>Li</td></tr>"
    page = f'<table data-name="managers">{row}</table><table data-name="other">{row}</table>'
    linked = managers.link(page, managers.addresses(company, lambda name: name))
    assert linked == page.replace("<td>Li</td>", '<td><a href="managers/Li.html">Li</a></td>', 1)
