import pandas as pd

from custlib import actions

MOVES = pd.DataFrame(
    [
        ("k1", "One", "Li", "A", "B", 100.0, 60.0, "real"),
        ("k2", "Two", "Li", "A", "lost", 300.0, 0.0, ""),
        ("k3", "Three", "Wu", "A", "C", 50.0, 70.0, "real"),
        ("k4", "Four", "Wu", "C", "A", 10.0, 90.0, "real"),
        ("k5", "Five", "Wu", "new", "A", 0.0, 120.0, ""),
        ("k6", "Six", "Wu", "B", "C", 30.0, 20.0, "real"),
        ("k9", "Nine", "Wu", "A", "B", 80.0, 20.0, "at_threshold"),
        ("k10", "Ten", "Wu", "B", "A", 20.0, 21.0, "at_threshold"),
    ],
    columns=["customer_id", "name", "account_manager", "from_class", "to_class", "size_before", "size", "move"],
)
CUSTOMERS = pd.DataFrame(
    [
        ("k4", "Four", "Wu", "A", "C", 0.25, 10.0, 5.0, False),
        ("k5", "Five", "Wu", "A", "A", 0.90, 90.0, -7.0, True),
        ("k7", "Seven", "Li", "B", "C", 0.10, 10.0, -9.5, True),
        ("k8", "Eight", "Li", "A", "C", 0.10, 20.0, 1.0, False),
    ],
    columns=[
        "customer_id",
        "name",
        "account_manager",
        "size_class",
        "brand_share_class",
        "brand_share",
        "brand_profit",
        "contribution",
        "costs_us_money",
    ],
)
SOLD = pd.DataFrame(
    [
        ("k4", "Four", "Wu", 90.0, "stuffed"),
        ("k5", "Five", "Wu", 120.0, "sold"),
        ("k7", "Seven", "Li", 5.0, "not_known"),
    ],
    columns=["customer_id", "name", "account_manager", "size", "stuffed"],
)


def amounts(rows, action):
    return [(row.customer_id, round(row.amount, 6)) for row in rows.itertuples() if row.action == action]


def test_who_was_a_and_shrank_is_won_back_by_what_was_lost():
    assert amounts(actions.concerned(MOVES, CUSTOMERS, SOLD), "win_back") == [("k2", 300), ("k1", 40)]


def test_who_is_newly_a_is_kept_by_its_size():
    assert amounts(actions.concerned(MOVES, CUSTOMERS, SOLD), "keep_new") == [("k5", 120), ("k4", 90)]


def test_large_customers_that_hardly_live_from_us_count_by_what_they_earn_elsewhere():
    # k8 earns 20 with us, a tenth: 180 elsewhere; k4 earns 10, a quarter: 30 elsewhere
    assert amounts(actions.concerned(MOVES, CUSTOMERS, SOLD), "close_gap") == [("k8", 180), ("k4", 30)]


def test_a_loss_with_our_brand_is_a_gap_and_a_share_of_zero_tells_no_amount():
    # a loss of 10 that is -20 percent of the total: 50 in all, 60 elsewhere
    losing = CUSTOMERS[-2:].assign(size_class="A", brand_share=[-0.2, 0.0], brand_profit=[-10.0, 1.0])
    assert amounts(actions.concerned(MOVES, losing, SOLD), "close_gap") == [("k7", 60), ("k8", 0)]


def test_a_company_without_profit_statements_has_no_gap_to_close():
    without = CUSTOMERS.assign(brand_share_class=None, brand_share=float("nan"), brand_profit=float("nan"))
    assert amounts(actions.concerned(MOVES, without, SOLD), "close_gap") == []


def test_summary_ranks_the_actions_that_concern_someone():
    table = actions.summary(actions.concerned(MOVES[:1], CUSTOMERS[3:], SOLD[:0]))
    assert table.to_dict("records") == [
        {"rank": 1, "action": "win_back", "customers": 1, "amount": 40.0},
        {"rank": 2, "action": "close_gap", "customers": 1, "amount": 180.0},
    ]
    assert actions.summary(actions.concerned(MOVES[:0], CUSTOMERS[:0], SOLD[:0])).empty


def test_who_paid_without_selling_on_is_asked_by_what_it_paid():
    assert amounts(actions.concerned(MOVES, CUSTOMERS, SOLD), "check_stock") == [("k4", 90)]


def test_who_costs_us_money_is_named_by_what_it_cost():
    assert amounts(actions.concerned(MOVES, CUSTOMERS, SOLD), "stop_loss") == [("k7", 9.5), ("k5", 7)]
