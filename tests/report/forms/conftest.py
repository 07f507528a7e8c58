"""A published report with three key accounts, typed out; what no customer may see is a canary."""

import datetime
from types import SimpleNamespace

import pandas as pd
import pytest

from custlib import codebook, results
from custlib.report.archive.archive import Run
from custlib.report.forms import making

QUARTER = "2025Q3"
# They would act in a formula, on a page, in a template; the second two are called alike.
ME = "K00001"
NAMES = {ME: '=HYPERLINK("x")<b>{{7*7}}</b>店', "K90002": "OTHERNAME", "K90003": "OTHERNAME"}
GIVEN = {
    "account_state": [
        {
            "measure": "net_sales",
            "unit": "amount",
            "now": 1234567.4,
            "before": 1000,
            "year_ago": 0,
            "change_share": 0.2,
        },
        {"measure": "total_profit", "unit": "amount", "now": None, "before": 2.5},
    ],
    "review_agenda": [
        {"kind": "mistake", "subject": "missed", "about": "<i>主题活动</i>场次", "unit": "场", "now": 1, "expected": 4},
        {"kind": "achievement", "subject": "kept", "about": "陈列架", "unit": "组", "now": 3, "expected": 3},
    ],
    "plan_lines": [
        {
            **{"year": 2025, "item": "消费者促销", "metric": "主题活动场次", "unit": "场", "target_signed": 4},
            **{"target_now": 3, "actual": 1, "how_measured": "checks", "state": "behind", "owner": "许静"},
            "due_on": datetime.date(2025, 12, 31),
        },
        {
            **{"year": 2025, "item": "陈列", "metric": "货架陈列占比", "unit": "%", "target_signed": 70},
            **{"target_now": 70, "actual": None, "how_measured": "not_measured", "state": "not_measured"},
            "due_on": datetime.date(2025, 12, 31),
        },
        {
            **{"year": 2025, "item": "贸易促销", "metric": "年度返利", "unit": "%", "target_signed": 2},
            **{"target_now": 2, "actual": 1.5, "how_measured": "data", "state": "behind"},
        },
    ],
    "account_needs": [
        {
            **{"quarter": "2025Q3", "need": "service", "importance": 5, "ideal": 9, "actual": 4.5, "gap": 4.5},
            **{"weighted_gap": 22.5, "question_kind": "closing", "said": "=2+2 没人接电话"},
        }
    ],
    "profile_credit": [{"terms_days": 47, "limit": 765432.0}],
    "whitespace": [{"category": "厨具", "bought": 100, "expected": 5000, "customer_profit_low": 30}],
}


def _canary(kind, number):
    """A value that stands nowhere else, and the text by which it is found."""
    if kind == "date":
        return datetime.date(2091, 1, 1) + datetime.timedelta(
            number
        ), f"{datetime.date(2091, 1, 1) + datetime.timedelta(number)}"
    if kind in codebook.NUMBERS:
        return 8_731_000 + number, str(8_731_000 + number)
    return (None, None) if kind == "yes_no" else (f"CANARY{number}Z", f"CANARY{number}Z")


@pytest.fixture
def published(workbook, monkeypatch):
    """run, reports, tables; canaries: the texts of what is internal, of other customers, and their ids and names."""
    tables, canaries, numbers = {}, {*NAMES, "OTHERNAME"} - {ME}, iter(range(1000))
    for table in filter(codebook.stored, (*making.GIVEN, *making.OURS, making.TERMS, making.CHOSEN_BY)):
        rows = []
        for customer, given in ((id, row) for id in NAMES for row in (GIVEN.get(table, [{}]) if id == ME else [{}])):
            row = {}
            for column, line in codebook.stored(table).items():
                own = customer == ME and codebook.edition(line) == "customer"
                row[column], canary = (given.get(column), None) if own else _canary(line["kind"], next(numbers))
                canaries.add(canary)
            rows.append(row | {"customer_id": customer} | ({"name": NAMES[customer]} if "name" in row else {}))
        tables[table] = pd.DataFrame(rows)
        if "edition" in tables[table]:
            secret = tables[table].tail(1).assign(customer_id=ME, edition="internal")
            tables[table] = pd.concat([tables[table].assign(edition="customer"), secret])
    canaries -= {None}
    folder = workbook / "reports" / QUARTER / "run1"
    tables[making.CHOSEN_BY]["strategic"] = True
    for name, rows in tables.items():
        results.save(rows, name, folder)
    results.save(pd.DataFrame({"currency": ["CNY"]}), "data_facts", folder)
    run = Run(QUARTER, "run1", folder, "", "en", True)
    return SimpleNamespace(run=run, reports=workbook / "reports", tables=tables, canaries=canaries, data_dir="data/raw")


@pytest.fixture
def unprinted(monkeypatch):
    """No Chromium here: making forms takes no second."""
    monkeypatch.setattr(making.pdf, "BROWSERS", ())


@pytest.fixture
def made(published, unprinted):
    """Makes the forms of one customer, or None for all, in one language; gives the folder."""
    return lambda lang="zh", customer=ME, readers=making.READERS, what=None: (
        making.make(published.run, published.reports, customer, readers, what, lang).folder
    )
