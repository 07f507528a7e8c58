from datetime import date

import pandas as pd

from custlib import abc_classes, profile, reference

DAY = date(2025, 12, 31)
WORDS = {
    "kind": {"上门拜访": "visit", "电话": "call", "投诉": "complaint"},
    "subject": {"业务回顾": "review"},
    "outcome": {"已解决": "solved"},
}


def contacts(*rows):
    visits = pd.DataFrame(rows, columns=["date", "customer_id", "kind", "subject", "outcome"])
    return profile.contacts(visits.assign(date=pd.to_datetime(visits["date"])), WORDS, DAY)


def asked(**by_customer):
    rows = pd.DataFrame(by_customer, index=["measure", "asked", "reviews_asked"]).T.rename_axis("customer_id")
    return rows.astype({"asked": "float64", "reviews_asked": "float64"})


def test_a_complaint_is_open_until_the_next_contact_that_solved_something():
    rows = contacts(
        ("2025-10-01", "k1", "投诉", "发货延误", "待跟进"),
        ("2025-10-08", "k1", "电话", "订单确认", "达成一致"),
        ("2025-10-31", "k1", "上门拜访", "业务回顾", "已解决"),
        ("2025-12-01", "k1", "投诉", "产品破损", ""),
        ("2025-11-01", "k2", "投诉", "产品破损", "已解决"),
        ("2025-12-02", "k2", "电话", "产品破损", "已解决"),
    )
    own = rows[rows["kind"] == "complaint"]
    assert own[["outcome", "open_days"]].to_numpy().tolist() == [["solved", 30], ["open", 30], ["solved", 0]]
    assert rows.loc[rows["kind"] != "complaint", "open_days"].isna().all()


def test_words_become_keys_and_what_has_none_stays_or_is_other():
    row = contacts(("2025-10-01", "k1", "微信", "闲聊", "不详")).iloc[0]
    assert row[["kind", "subject", "outcome"]].tolist() == ["other", "闲聊", "不详"]


def test_what_was_made_of_what_was_asked():
    rows = contacts(
        ("2025-09-30", "k1", "上门拜访", "业务回顾", ""),
        ("2025-10-01", "k1", "上门拜访", "业务回顾", ""),
        ("2025-12-31", "k1", "电话", "业务回顾", ""),
        ("2025-11-01", "k1", "投诉", "业务回顾", ""),
        ("2025-11-02", "k1", "微信", "业务回顾", ""),
        ("2025-08-01", "k2", "投诉", "", ""),
    )
    found = profile.service(
        rows, asked(k1=("keep_close", 4, 3), k2=("own", None, None), k3=("serve", 0, 0)), date(2025, 10, 1)
    )
    columns = ["made", "reviews_made", "complaints", "open_complaints"]
    assert found[columns].to_numpy().tolist() == [[2, 2, 1, 1], [0, 0, 0, 1], [0, 0, 0, 0]]
    assert found["met_share"].fillna(-1).tolist() == [0.5, -1, -1]
    assert found.at["k1", "last_contact"] == pd.Timestamp("2025-12-31") and pd.isna(found.at["k2", "last_contact"])


def test_where_nobody_wrote_contacts_down_what_was_made_is_not_known():
    found = profile.service(contacts(), asked(k1=("keep_close", 13, 3)), date(2025, 10, 1))
    assert found["asked"].tolist() == [13] and found["made"].isna().all() and found["open_complaints"].isna().all()
    who = pd.DataFrame({"decided_class": ["A"], "account_manager": ["Li"]}, index=["k1"])
    assert profile.service_sums(found, who, contacts()).empty


def test_sums_by_class_and_account_manager():
    rows = contacts(
        ("2025-10-01", "k1", "电话", "", ""),
        ("2025-12-01", "k2", "投诉", "", ""),
        ("2025-12-11", "k2", "投诉", "", ""),
    )
    service = profile.service(rows, asked(k1=("m", 13, 3), k2=("m", 6.5, 1), k3=("own", None, None)), date(2025, 10, 1))
    who = pd.DataFrame({"decided_class": list("AAC"), "account_manager": ["Li", "Wu", "Wu"]}, index=["k1", "k2", "k3"])
    sums = profile.service_sums(service, who, rows).set_index("value")
    assert sums.loc["A", ["customers", "asked", "made", "none_made", "open_complaints", "open_days"]].tolist() == [
        *(2, 19.5, 1, 1, 2, 25)
    ]
    assert sums.loc["Wu", ["customers", "asked", "made", "none_made"]].tolist() == [2, 6.5, 0, 2]
    assert sums.at["A", "met_share"] == 1 / 19.5


def customers(*rows):
    return pd.DataFrame(rows, columns=["customer_id", "decided_class", "xyz", "measure"])


def test_a_measure_asks_and_where_an_order_stands_that_of_its_class():
    rules = reference.lines("measures.csv")
    listed = customers(
        ("k1", "A", "X", "keep_close"),
        ("k2", "B", "Z", "win_back"),
        ("k3", "C", "X", "as_decided"),
        ("k4", "C", "Y", "watch"),
    )
    found = profile.asked(listed, rules, abc_classes.by_corner(rules))
    assert found["measure"].tolist() == ["keep_close", "develop", "serve", "watch"]
    assert found["asked"].tolist() == [13, 6.5, 4, 3] and found["reviews_asked"].tolist() == [3, 1, 0, 0]


def test_measures_that_do_not_say_how_often_ask_nothing():
    rules = reference.lines("measures.csv").assign(contacts_a_quarter=None)
    found = profile.asked(customers(("k1", "A", "X", "keep_close")), rules, abc_classes.by_corner(rules))
    assert found["asked"].isna().all() and found["reviews_asked"].tolist() == [3]


def test_what_was_asked_during_the_quarter_stands_in_the_last_report():
    now = customers(("k1", "A", "X", "keep_close"), ("k2", "C", "X", "serve"))
    last = customers(("k1", "B", "Y", "develop"), ("k9", "C", "X", "serve"))
    assert profile.as_last_asked(now, last)["measure"].tolist() == ["develop", "serve"]
    assert profile.as_last_asked(now, None) is now
    assert profile.as_last_asked(now, last.drop(columns="xyz")) is now


def test_contacts_of_a_year_and_older_complaints_that_are_open():
    rows = contacts(
        ("2024-12-31", "k1", "电话", "", "open"),
        ("2025-01-01", "k1", "电话", "", ""),
        ("2023-05-01", "k2", "投诉", "", ""),
        ("2023-05-01", "k3", "投诉", "", "已解决"),
    )
    assert profile.recent(rows, DAY)["customer_id"].tolist() == ["k1", "k2"]


def test_the_words_of_the_project_name_what_the_sample_writes():
    words = profile.words_of_visits()
    assert words["kind"]["上门拜访"] == "visit" and words["outcome"]["已解决"] == "solved"
    assert words["subject"]["业务回顾"] == "review"
