import pandas as pd

from custlib import actions, results

MOVES = pd.DataFrame(
    [
        ("k1", "One", "Li", "A", "B", 100.0, 60.0, "sure"),
        ("k2", "Two", "Li", "A", "lost", 300.0, 0.0, ""),
        ("k3", "Three", "Wu", "A", "C", 50.0, 70.0, "sure"),
        ("k4", "Four", "Wu", "C", "A", 10.0, 90.0, "sure"),
        ("k5", "Five", "Wu", "new", "A", 0.0, 120.0, ""),
        ("k6", "Six", "Wu", "B", "C", 30.0, 20.0, "sure"),
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


def now(**changes):
    """Customers of the later quarter: as then, but for what is given by customer and column."""
    table = pd.DataFrame(
        [
            ("k1", 60.0, "B", 0.5, False),
            ("k4", 90.0, "A", 0.25, False),
            ("k5", 120.0, "B", 0.9, False),
            ("k7", 5.0, "C", 0.1, True),
            ("k8", 30.0, "A", 0.2, False),
        ],
        columns=["customer_id", "size", "joint_class", "brand_share", "costs_us_money"],
    ).set_index("customer_id")
    for place, value in changes.items():
        table.loc[tuple(place.split("_", 1))] = value
    return table.reset_index()


RECORDED = pd.DataFrame(
    [
        ("2025Q3", "win_back", "any", "yes"),
        ("2025Q3", "win_back", "k1", "no"),
        ("2025Q3", "stop_loss", "k5", "yes"),
        ("2025Q2", "stop_loss", "any", "no"),
    ],
    columns=["quarter", "action", "customer_id", "done"],
)


def outcomes(customers, sold=SOLD):
    then = now().assign(brand_share=[0.5, 0.25, 0.9, 0.1, 0.1])
    before = actions.Earlier("2025Q3", actions.concerned(MOVES, CUSTOMERS, SOLD), then, None)
    found = actions.followed(before, customers, sold, RECORDED[:0])
    return {(row.action, row.customer_id): row.outcome for row in found.itertuples()}


def test_who_buys_more_than_then_is_won_back_and_who_is_gone_is_not():
    assert outcomes(now())[("win_back", "k1")] == "not_better"
    assert outcomes(now(k1_size=61.0))[("win_back", "k1")] == "better"
    assert outcomes(now())[("win_back", "k2")] == "left_us"


def test_a_customer_lost_then_that_buys_again_is_won_back():
    back = pd.concat([now(), pd.DataFrame([{"customer_id": "k2", "size": 1.0, "costs_us_money": False}])])
    assert outcomes(back)[("win_back", "k2")] == "better"


def test_stock_that_was_asked_about_is_sold_on_or_still_there_or_not_known():
    assert outcomes(now())[("check_stock", "k4")] == "not_better"
    assert outcomes(now(), SOLD.assign(stuffed="sold"))[("check_stock", "k4")] == "better"
    assert outcomes(now(), SOLD[:0])[("check_stock", "k4")] == "not_known"


def test_who_was_new_in_a_is_in_a_or_not():
    found = outcomes(now())
    assert (found["keep_new", "k4"], found["keep_new", "k5"]) == ("better", "not_better")


def test_who_cost_us_money_does_so_still_or_not():
    found = outcomes(now())
    assert (found["stop_loss", "k5"], found["stop_loss", "k7"]) == ("better", "not_better")


def test_our_share_is_larger_or_not_or_not_known():
    found = outcomes(now())
    assert (found["close_gap", "k8"], found["close_gap", "k4"]) == ("better", "not_better")
    assert outcomes(now(k8_brand_share=float("nan")))[("close_gap", "k8")] == "not_known"


def test_what_is_recorded_counts_for_its_quarter_and_a_customers_own_line_goes_before_that_for_any():
    before = actions.Earlier("2025Q3", actions.concerned(MOVES, CUSTOMERS, SOLD), now(), None)
    found = actions.followed(before, now(), SOLD, RECORDED).set_index(["action", "customer_id"])["recorded"]
    assert (found["win_back", "k1"], found["win_back", "k2"]) == ("not_done", "done")
    assert (found["stop_loss", "k5"], found["stop_loss", "k7"]) == ("done", "not_recorded")
    assert set(found["close_gap"]) == {"not_recorded"}


def test_lines_that_name_nobody_of_that_report_are_found():
    before = actions.Earlier("2025Q3", actions.concerned(MOVES, CUSTOMERS, SOLD), now(), None)
    more = pd.DataFrame(
        [("2025Q3", "win_back", "K1", "yes"), ("2025Q3", "keep_new", "k1", "yes"), ("2025Q3", "win_back", "Any", "no")],
        columns=RECORDED.columns,
        index=[7, 8, 9],
    )
    assert actions.unused(before, pd.concat([RECORDED, more])) == [7, 8, 9]
    assert actions.unused(None, RECORDED) == []
    assert actions.unused(before, pd.concat([RECORDED, more]), "region=华东") == []


def test_outcomes_and_records_are_counted_by_action_in_the_order_of_then():
    before = actions.Earlier("2025Q3", actions.concerned(MOVES, CUSTOMERS, SOLD), now(), None)
    rows = actions.followed(before, now(k1_size=61.0), SOLD, RECORDED)
    told = actions.followed_summary(rows).set_index("action")
    # k1 is better and was left alone, k2 is gone though something was done; k5 costs us nothing any more
    assert told.loc["win_back"].to_dict() == {
        "rank": 1, "customers": 2, "amount": 340, "better": 1, "not_better": 0, "left_us": 1, "not_known": 0,
        "done": 1, "not_done": 1, "not_recorded": 0, "done_better": 0, "not_done_better": 1,
    }  # fmt: skip
    assert told.loc["stop_loss", ["done", "done_better", "not_recorded"]].tolist() == [1, 1, 1]
    for counts in (actions.OUTCOMES, actions.DONE.values()):
        assert (told[list(counts)].sum(axis=1) == told["customers"]).all()


def test_without_a_report_before_there_is_nothing_to_follow():
    found = actions.followed(None, now(), SOLD, RECORDED)
    assert found.empty and actions.followed_summary(found).empty


def published(root, quarter="2025Q3", without="", company="Huajin"):
    folder = root / "reports" / quarter / "abc"
    tables = {
        "abc_moves": MOVES,
        "abc_customers": CUSTOMERS,
        "abc_sold": SOLD,
        "abc_totals": pd.DataFrame({"quarter": [quarter]}),
    }
    tables["data_facts"] = pd.DataFrame({"company": [company], "currency": ["CNY"]})
    for name, table in tables.items():
        if name != without:
            results.save(table, name, folder)
    return folder


def test_an_earlier_report_is_read_with_what_it_named(workbook):
    before = actions.earlier(published(workbook), "Huajin", "CNY")
    assert before.quarter == "2025Q3"
    assert amounts(before.concerned, "win_back") == [("k2", 300), ("k1", 40)]
    assert before.customers["customer_id"].tolist() == CUSTOMERS["customer_id"].tolist()


def test_no_other_company_currency_or_older_kind_of_report_is_looked_back_at(workbook):
    folder = published(workbook)
    assert actions.earlier("", "Huajin", "CNY") is None
    assert actions.earlier(folder, "Another", "CNY") is None and actions.earlier(folder, "Huajin", "GBP") is None
    assert actions.earlier(published(workbook, "2025Q2", without="abc_sold"), "Huajin", "CNY") is None
