from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custlib import accounts

SEPTEMBER = date(2025, 9, 30)
YEAR_END = date(2025, 12, 31)
FEW = settings(max_examples=15)
ORDER = ("missed", "behind", "on", "ahead", "done")


def expected(target, profile, day, due_on, direction="up"):
    return accounts.expected_by(*map(one, (target, profile, direction)), day, pd.to_datetime(one(due_on)))[0]


def one(value):
    return pd.Series([value])


@pytest.mark.parametrize(
    ("profile", "day", "due_on", "by_now"),
    [
        ("linear", SEPTEMBER, "2025-12-31", 8.9753),  # 12 × 273 ÷ 365
        ("by_quarter", SEPTEMBER, "2025-12-31", 9),
        ("by_quarter", date(2025, 9, 29), "2025-12-31", 6),  # the quarter is not full
        ("at_the_end", SEPTEMBER, "2025-12-31", 0),
        ("at_the_end", YEAR_END, "2025-12-31", 12),
        ("linear", SEPTEMBER, "2025-06-30", 12),  # never above the target
        ("by_quarter", date(2025, 6, 30), "2025-09-30", 8),
        ("linear", SEPTEMBER, "2024-12-31", 12),  # due before the year began
        ("linear", SEPTEMBER, "2026-03-31", 7.2),  # 273 of 455 days
    ],
)
def test_expected_of_twelve(profile, day, due_on, by_now):
    assert expected(12.0, profile, day, due_on) == pytest.approx(by_now, abs=5e-5)


def test_of_a_level_that_is_to_come_down_nothing_is_expected_before_its_day():
    assert np.isnan(expected(3.0, "at_the_end", SEPTEMBER, "2025-12-31", "down"))
    assert expected(3.0, "at_the_end", YEAR_END, "2025-12-31", "down") == 3


@FEW
@given(
    st.floats(0.1, 1e6),
    st.sampled_from(["linear", "by_quarter", "at_the_end"]),
    st.integers(0, 364),
    st.integers(0, 600),
)
def test_never_above_the_target_and_never_less_on_a_later_day(target, profile, day, due):
    start = pd.Timestamp("2025-01-01")
    days = [(start + pd.Timedelta(days=each)).date() for each in (day // 2, day)]
    earlier, later = (expected(target, profile, each, start + pd.Timedelta(days=due)) for each in days)
    assert 0 <= earlier <= later <= target * (1 + 1e-12)


def state(lines, changes, actual, day=SEPTEMBER, corrected=(), **line):
    rows = lines(line)
    return accounts.plan_state(rows, pd.Series([actual], rows.index, dtype="float64"), changes(*corrected), day).iloc[0]


@pytest.mark.parametrize(
    ("actual", "word"), [(8, "behind"), (9, "on"), (10, "ahead"), (12, "done"), (np.nan, "not_measured")]
)
def test_twelve_by_the_years_end_seen_in_september(lines, changes, actual, word):
    assert state(lines, changes, actual)["state"] == word


@pytest.mark.parametrize(("actual", "word"), [(11, "missed"), (12, "done"), (np.nan, "not_measured")])
def test_once_it_is_due_it_is_kept_or_missed(lines, changes, actual, word):
    assert state(lines, changes, actual, YEAR_END)["state"] == word


def test_where_less_is_better_few_so_far_is_no_promise_kept_yet(lines, changes):
    found = [state(lines, changes, actual, day, direction="down") for actual, day in ((3, SEPTEMBER), (12, YEAR_END))]
    assert [row["state"] for row in found] == ["ahead", "done"]
    assert state(lines, changes, 13, YEAR_END, direction="down")["state"] == "missed"
    assert found[0]["attained_share"] == 4  # 12 ÷ 3


def test_before_anything_is_expected_a_line_is_on_course(lines, changes):
    assert state(lines, changes, 1, profile="at_the_end")["state"] == "on"


@FEW
@given(st.lists(st.floats(0, 40), min_size=2, max_size=9), st.sampled_from([SEPTEMBER, YEAR_END]))
@pytest.mark.parametrize("direction", ["up", "down"])
def test_more_never_makes_a_state_worse(lines, changes, direction, actuals, day):
    actuals = sorted(actuals, reverse=direction == "down")
    for profile in ("linear", "by_quarter", "at_the_end"):
        rows = lines(
            *[{"direction": direction, "profile": profile, "customer_id": f"K{n}"} for n in range(len(actuals))]
        )
        words = accounts.plan_state(rows, pd.Series(actuals), changes(), day)["state"]
        assert words.map(ORDER.index).is_monotonic_increasing


def test_a_correction_in_time_counts_and_leaves_the_signed_target(lines, changes):
    row = state(lines, changes, 8, YEAR_END, [{}])
    assert (row["target_signed"], row["target_now"], row["corrected_in"], row["state"]) == (12, 8, "2025Q2", "done")
    assert row["attained_share"] == pytest.approx(8 / 12)


def test_a_correction_signed_after_the_day_leaves_the_promise_missed(lines, changes):
    row = state(lines, changes, 8, YEAR_END, [{"on": "2025-07-18"}], due_on="2025-06-30")
    assert (row["target_now"], row["state"], row["expected_by_now"]) == (8, "missed", 12)


def test_a_correction_holds_from_its_quarter_and_not_before_it_is_signed(lines, changes):
    later, unsigned = {"from_quarter": "2025Q4"}, {"on": "2025-10-05"}
    assert state(lines, changes, 8, SEPTEMBER, [later])["target_now"] == 12
    assert state(lines, changes, 8, SEPTEMBER, [unsigned])["target_now"] == 12
    assert state(lines, changes, 8, YEAR_END, [{}, later | {"target": 6.0}])["target_now"] == 6


@FEW
@given(
    st.lists(st.tuples(st.integers(1, 4), st.floats(0, 99), st.integers(0, 700)), max_size=3, unique_by=lambda x: x[0])
)
def test_no_correction_rewrites_the_signed_target(lines, changes, corrected):
    first = pd.Timestamp("2025-01-01")
    rows = [
        {"from_quarter": f"2025Q{quarter}", "target": target, "on": first + pd.Timedelta(days=day)}
        for quarter, target, day in corrected
    ]
    assert state(lines, changes, 8, YEAR_END, rows)["target_signed"] == 12


def checks(*rows):
    table = pd.DataFrame(rows, columns=["quarter", "customer_id", "metric", "actual"])
    return table.assign(item="促销").astype({"actual": "float64"})


NO_REBATES = pd.DataFrame(columns=["customer_id", "metric", "booked", "base"])
NO_CONTACTS = pd.DataFrame(columns=["customer_id", "date", "subject"])


def test_checks_are_added_up_or_the_last_counts_and_none_after_the_day(lines):
    rows = lines({}, {"metric": "占比", "together": "last"}, {"metric": "早", "due_on": "2025-06-30"}, {"metric": "无"})
    found = checks(
        *[
            (f"2025Q{n}", "K1", metric, value)
            for metric in ("场次", "占比", "早")
            for n, value in ((1, 2), (2, 3), (3, 1))
        ],
        ("2025Q4", "K1", "场次", 50),  # after the quarter asked for
        ("2024Q4", "K1", "场次", 70),
        ("2025Q1", "K2", "场次", 90),
    )
    told = accounts.checked(rows, found, NO_REBATES, NO_CONTACTS, "2025Q3")
    assert told["actual"].fillna(-1).tolist() == [6, 1, 5, -1]
    assert told["how_measured"].tolist() == ["checks", "checks", "checks", "not_measured"]


def test_what_only_people_see_is_by_hand_and_an_unknown_metric_is_not_measured(lines):
    unknown = dict.fromkeys(("key", "direction", "profile", "together", "measured", "factor"))
    rows = lines({"measured": "by_hand"}, {"metric": "?"} | unknown)
    told = accounts.checked(
        rows, checks(("2025Q1", "K1", "场次", 2), ("2025Q1", "K1", "?", 3)), NO_REBATES, NO_CONTACTS, "2025Q3"
    )
    assert told["how_measured"].tolist() == ["by_hand", "not_measured"]


def test_rebates_booked_are_measured_in_percent_of_net_sales(lines):
    rows = lines({"metric": "返利", "measured": "rebates/net_sales", "unit": "%", "target": 2.0})
    rebates = pd.DataFrame({"customer_id": ["K1"], "metric": ["返利"], "booked": [17_999.6], "base": [1_200_000.0]})
    told = accounts.checked(rows, checks(), rebates, NO_CONTACTS, "2025Q4")
    assert told.iloc[0].tolist() == [1.5, "data"]


def test_visits_for_a_display_check_are_counted_within_the_year_and_up_to_the_day(lines):
    rows = lines(
        *({"customer_id": one, "measured": "visits:display_check", "due_on": "2025-06-30"} for one in ("K1", "K2"))
    )
    days = ["2024-12-30", "2025-01-05", "2025-06-30", "2025-07-01"]
    contacts = pd.DataFrame({"customer_id": "K1", "date": pd.to_datetime(days), "subject": "display_check"})
    contacts.loc[4] = ["K1", pd.Timestamp("2025-02-02"), "review"]
    told = accounts.checked(rows, checks(), NO_REBATES, contacts, "2025Q4")
    assert told["actual"].tolist() == [2, 0] and set(told["how_measured"]) == {"data"}
    nothing = accounts.checked(rows, checks(), NO_REBATES, NO_CONTACTS, "2025Q4")
    assert set(nothing["how_measured"]) == {"not_measured"}


def test_the_best_of_last_year_is_the_customers_own_or_that_of_one_like_it():
    last = pd.DataFrame(
        {"customer_id": ["K1", "K2", "K3", "K3"], "metric": ["a", "a", "a", "b"], "actual": [4.0, 6.0, 9.0, np.nan]}
    )
    alike = pd.DataFrame({"customer_id": ["K1", "K4"], "like": ["K2", "K2"]})
    best = accounts.best_reached(last, alike)
    assert best.to_dict() == {("K1", "a"): 6, ("K2", "a"): 6, ("K3", "a"): 9, ("K4", "a"): 6}


def test_the_lines_of_a_year_with_steps_and_questions(lines, tmp_path):
    (tmp_path / "reference").mkdir()
    change = "2025,K1,促销,场次,2025Q2,4,陈,2025-07-18,事后\n"
    head = "year,customer_id,item,metric,from_quarter,target,who,on,why\n"
    (tmp_path / "reference" / "plan_changes.csv").write_text(head + change, encoding="utf-8")
    signed = {"status": "签订", "status_on": pd.Timestamp("2025-02-01")}
    stuck = signed | {"status": "提交合同草案"}
    plans = lines(
        signed | {"due_on": "2025-06-30"},
        stuck | {"metric": "微信", "key": None},
        stuck | {"metric": "占比"},
        signed | {"metric": "晚", "due_on": "2026-03-31"},
        signed | {"metric": "往年", "year": 2024},
    ).assign(file="", line=0)
    found = checks(("2025Q1", "K1", "场次", 4))
    rows = accounts.plan_lines(plans, found, NO_REBATES, NO_CONTACTS, "2025Q4", tmp_path).set_index("metric")
    assert rows["question"].to_dict() == {
        "场次": "changed_after_due",
        "微信": "metric_unknown",  # and not only stuck before it was signed
        "占比": "step_late",
        "晚": "due_outside_year",
    }
    assert rows["status"].tolist() == ["signed", "drafted", "drafted", "signed"]
    assert rows["state"].tolist() == ["missed", *["not_measured"] * 3]
    assert rows.loc["场次", ["target_signed", "target_now", "actual"]].tolist() == [12, 4, 4]


def test_without_plans_there_are_no_lines(lines):
    nothing = lines({}).assign(status="", status_on=pd.NaT, file="", line=0).iloc[:0]
    accounts.check_plans(nothing.assign(units=None), checks())
    assert accounts.plan_lines(nothing, checks(), NO_REBATES, NO_CONTACTS, "2025Q4").empty
