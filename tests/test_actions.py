"""One order for a customer, from what was found of it; and what became of earlier ones."""

import datetime

import numpy as np
import pandas as pd
import pytest

from custlib import actions, changes, reference, results

WHO = pd.DataFrame(
    {"name": [f"Name {k}" for k in "abcdefgh"], "account_manager": ["Li", "Wu"] * 4},
    pd.Index([f"k{k}" for k in "abcdefgh"]),
)


def customers(**columns):
    rows = {"size_class": "B", "decided_class": "B", "brand_share": 0.4, "brand_profit": 10.0}
    return pd.DataFrame(rows, WHO.index).assign(**columns)


def changed(rows=()):
    columns = ["customer_id", "change", "since", "year_ago", "net_sales", "a_year"]
    return pd.DataFrame(rows, columns=columns).set_index("customer_id").astype({"change": "str", "since": "str"})


def sold(rows=()):
    columns = ["customer_id", "stuffed", "size", "cover", "old_share"]
    return pd.DataFrame(rows, columns=columns).set_index("customer_id")


def silent(rows=()):
    columns = ["customer_id", "told", "new_this_quarter", "months_silent", "last_order", "best_year"]
    return (
        pd.DataFrame(rows, columns=columns)
        .set_index("customer_id")
        .astype({"new_this_quarter": "bool", "months_silent": "float64"})
    )


def prices(rows=()):
    return (
        pd.DataFrame(rows, columns=["customer_id", "price_level", "profit"]).set_index("customer_id").astype("float64")
    )


def concerned(customers=None, changes=None, stock=None, quiet=None, terms=None):
    tables = (changed() if changes is None else changes, sold() if stock is None else stock)
    more = (silent() if quiet is None else quiet, prices() if terms is None else terms)
    return actions.concerned(_CUSTOMERS if customers is None else customers, *tables, *more, "2025Q4")


_CUSTOMERS = customers()


def told(rows):
    return [(row.customer_id, row.action, row.why, row.amount) for row in rows.itertuples()]


def test_a_customer_that_is_as_expected_gets_no_order():
    assert concerned().empty


def test_a_customer_with_several_findings_gets_the_first_order_only():
    rows = concerned(
        changes=changed(
            [("ka", "fell", "2025Q3", 400.0, 100.0, -1200.0), ("kb", "fell", "2025Q4", 40.0, 10.0, -120.0)]
        ),
        stock=sold([("ka", "stuffed", 90.0, 2.0, 0.7)]),
        terms=prices([("ka", 0.6, -5.0), ("kb", 0.6, -7.0), ("kc", 0.6, -9.0), ("kd", 1.0, 3.0)]),
    )
    assert told(rows) == [
        ("ka", "check_stock", "overstocked", 90.0),
        ("kb", "win_back", "fell", 120.0),
        ("kc", "stop_loss", "below_cost", 9.0),
    ]


def test_who_stopped_is_to_be_won_back_by_its_best_year_new_or_within_a_year_but_not_later():
    rows = concerned(
        quiet=silent(
            [
                ("ka", "silent_only", True, 3.0, datetime.date(2025, 9, 28), 70.0),
                ("kb", "silent_and_reported", False, 8.0, datetime.date(2025, 4, 30), 90.0),
                ("kc", "silent_only", False, 13.0, datetime.date(2024, 11, 30), 99.0),
                ("kd", "reported_only", True, 1.0, datetime.date(2025, 11, 30), 99.0),
            ]
        ),
        changes=changed([("ka", "fell", "2025Q4", 20.0, 0.0, -60.0)]),
    )
    assert told(rows) == [("kb", "win_back", "gone", 90.0), ("ka", "win_back", "left", 70.0)]
    assert rows["since"].to_list() == ["2025Q2", "2025Q3"]


def test_growth_is_secured_when_it_has_stayed_a_quarter():
    rows = concerned(
        changes=changed([("ka", "rose", "2025Q3", 10.0, 90.0, 200.0), ("kb", "rose", "2025Q4", 10.0, 90.0, 200.0)])
    )
    assert told(rows) == [("ka", "keep_new", "grew", 200.0)]


def test_only_the_large_with_less_than_half_of_the_usual_share_are_asked_for_more():
    # the A have shares of 0.4, 0.4, 0.1 and 0.1: median 0.25, half of it 0.125
    rows = concerned(
        customers=customers(
            size_class=["A", "A", "A", "A", "B", "B", "B", "B"],
            brand_share=[0.4, 0.4, 0.1, 0.1, 0.1, 0.1, 0.1, np.nan],
            decided_class=["A", "A", "B", "C", "B", "B", "B", "B"],
        )
    )
    # kc earns 10 with us, a tenth: 90 with others; kd is held in class C by a person
    assert told(rows) == [("kc", "close_gap", "low_share", pytest.approx(90))]


def test_an_order_has_names_a_day_and_what_to_do():
    orders = concerned(terms=prices([("kb", 0.64, -9.0)]))
    row = actions.named(orders, WHO, reference.table("orders.csv"), datetime.date(2025, 12, 31)).iloc[0]
    assert (row["name"], row["account_manager"], row["by_when"]) == ("Name b", "Wu", datetime.date(2026, 1, 30))
    assert row["what_en"] and row["what_zh"] and row["share"] == 0.64


def test_every_action_has_its_line_in_orders_csv():
    assert list(reference.table("orders.csv")["action"]) == list(reference.ACTIONS)


NAMED = pd.DataFrame(
    [
        ("win_back", "ka", "Name a", "Li", 90.0),
        ("win_back", "kb", "Name b", "Wu", 60.0),
        ("win_back", "kc", "Name c", "Wu", 30.0),
        ("stop_loss", "kd", "Name d", "Wu", 8.0),
        ("stop_loss", "ke", "Name e", "Wu", 7.0),
        ("keep_new", "kf", "Name f", "Wu", 50.0),
    ],
    columns=["action", "customer_id", "name", "account_manager", "amount"],
)
BEFORE = actions.Earlier("2025Q3", NAMED, pd.DataFrame())
DONE = pd.DataFrame(columns=["quarter", "action", "customer_id", "done"])


def changes_since(shares, error=0.1):
    return pd.DataFrame({"customer_id": list(shares), "against_then": list(shares.values()), "then_error": error})


def followed(shares, today=NAMED[:0], here="abcdefgh", done=DONE):
    present = pd.DataFrame({"customer_id": [f"k{k}" for k in here]})
    rows = actions.followed(BEFORE, present, today, changes_since(shares), done)
    return rows.set_index("customer_id")


def test_what_customers_bought_is_set_against_what_was_expected_of_them():
    rows = followed({"ka": 0.5, "kb": 0.1, "kc": -0.3, "kf": np.nan}, today=NAMED[NAMED["customer_id"] == "kd"])
    # ± 1.96 × 0.1 in logs is − 18 % to + 22 %
    assert rows["outcome"].to_dict() == {
        "ka": "more",
        "kb": "as_expected",
        "kc": "less",
        "kd": "still",
        "ke": "off",
        "kf": "not_known",
    }


def test_who_is_no_customer_has_left():
    assert followed({"ka": 0.5}, here="bcdef").loc["ka", "outcome"] == "left_us"


def test_what_people_recorded_stands_beside_it():
    done = pd.DataFrame(
        [
            ("2025Q3", "win_back", "any", "no"),
            ("2025Q3", "win_back", "kb", "yes"),
            ("2025Q2", "stop_loss", "any", "yes"),
        ],
        columns=DONE.columns,
        index=[2, 3, 4],
    )
    assert followed({}, done=done)["recorded"].to_list() == ["not_done", "done", "not_done", *["not_recorded"] * 3]
    assert actions.unused(BEFORE, done) == []
    assert actions.unused(BEFORE, done.assign(customer_id="kz")) == [2, 3]
    assert actions.unused(BEFORE, done.assign(customer_id="kz"), part="region=x") == []


def test_the_summary_counts_outcomes_and_records():
    table = actions.followed_summary(followed({"ka": 0.5, "kb": 0.1, "kc": -0.3}).reset_index())
    line = table.set_index("action").loc["win_back"]
    assert line[["customers", "amount", "more", "as_expected", "less", "not_recorded"]].to_list() == [
        3,
        180,
        1,
        1,
        1,
        3,
    ]


def test_the_effect_is_the_difference_from_those_not_named():
    shares = {
        "ka": np.expm1(0.2),
        "kb": np.expm1(0.3),
        "kc": np.expm1(0.4),
        "kx": 0.0,
        "ky": np.expm1(0.1),
        "kz": np.expm1(-0.1),
    }
    rows = followed(shares).reset_index()
    effect = actions.effect(rows, changes_since(shares))
    line = effect.iloc[0]
    # means 0.3 and 0.0, each with variance 0.01 of three: t(4) = 2.776, ± 2.776 × √(0.01 · 2 / 3) = 0.2267
    assert (line["action"], line["customers"], line["others"]) == ("win_back", 3, 3)
    logs = np.log1p(line[["difference", "low", "high"]].astype(float)).round(3).to_list()
    assert logs == [0.3, 0.073, 0.527]


def effects(lift, chance, companies=40):
    """The effect on customers that fell, in companies where what is ordered changes their purchases by `lift`."""
    quarters = [f"{2023 + (2 + at) // 4}Q{(2 + at) % 4 + 1}" for at in range(10)]
    for seed in range(companies):
        rng = np.random.default_rng(seed)
        amounts = np.exp(rng.normal(12, 1, (120, 1)) + rng.normal(0, chance, (120, 10)))
        for customer in range(8):
            amounts[customer, -2 - rng.integers(0, 2) :] *= rng.uniform(0.15, 0.4)
        amounts[:8, -1] *= 1 + lift
        rows = pd.DataFrame(amounts, [f"k{number}" for number in range(120)], quarters).rename_axis("customer_id")
        then, now = changes.judged(rows.iloc[:, :-1], quarters[-2]), changes.judged(rows, quarters[-1])
        named = then.index[then["change"] == "fell"]
        yield actions.effect(pd.DataFrame({"action": "win_back", "customer_id": named}), now.reset_index())


def test_where_orders_do_nothing_no_effect_is_shown_though_low_quarters_rebound():
    lines = pd.concat(effects(lift=0, chance=0.25))
    assert len(lines) > 30 and abs(lines["difference"].median()) < 0.08
    assert ((lines["low"] <= 0) & (lines["high"] >= 0)).mean() > 0.85


def test_where_orders_bring_half_more_it_is_seen():
    lines = pd.concat(effects(lift=0.5, chance=0.1))
    assert (lines["low"] > 0).mean() > 0.9


def test_without_a_report_before_nothing_is_followed():
    rows = actions.followed(None, pd.DataFrame({"customer_id": []}), NAMED[:0], changes_since({}), DONE)
    assert rows.empty and actions.followed_summary(rows).empty and actions.effect(rows, changes_since({})).empty


def test_summary_sums_each_action_in_order():
    table = actions.summary(NAMED[::-1])
    assert table.to_dict("list") == {
        "rank": [1, 2, 3],
        "action": ["win_back", "stop_loss", "keep_new"],
        "customers": [3, 2, 1],
        "amount": [180.0, 15.0, 50.0],
    }


def published(root, quarter="2025Q3", without=""):
    folder = root / "reports" / quarter / "abc"
    tables = {
        "data_facts": pd.DataFrame({"company": ["Huajin"], "currency": ["CNY"]}),
        "actions_named": NAMED,
        "abc_totals": pd.DataFrame({"quarter": [quarter], "payments": [1.0]}),
    }
    for name, rows in tables.items():
        if name != without:
            results.save(rows, name, folder)
    return folder


def test_an_earlier_report_is_read_back_with_what_it_named(workbook):
    before = actions.earlier(published(workbook), "Huajin", "CNY")
    assert before.quarter == "2025Q3" and before.named["customer_id"].to_list() == NAMED["customer_id"].to_list()


def test_no_other_company_currency_or_older_kind_of_report_is_looked_back_at(workbook):
    folder = published(workbook)
    assert actions.earlier("", "Huajin", "CNY") is None
    assert actions.earlier(folder, "Another", "CNY") is None and actions.earlier(folder, "Huajin", "GBP") is None
    assert actions.earlier(published(workbook, "2025Q2", without="actions_named"), "Huajin", "CNY") is None
