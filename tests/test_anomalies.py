import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custlib import anomalies

HEADER = "单据编号,日期,客户编码,存货编码,数量,无税金额(元)\n"
DAYS = {
    "2023Q4": "2023-11-05",
    "2024Q1": "2024-02-05",
    "2024Q2": "2024-05-05",
    "2024Q3": "2024-08-05",
    "2024Q4": "2024-11-05",
    "2025Q1": "2025-02-05",
    "2025Q2": "2025-05-05",
    "2025Q3": "2025-08-05",
    "2025Q4": "2025-11-05",
}
# One line a quarter will do here: in the other months the company was closed.
CLOSED = [f"{year}-{month:02d}" for year in (2023, 2024, 2025) for month in range(1, 13) if month % 3 != 2]
DECLARED = f"data_from = 2023-10-01\ndata_until = 2025-12-31\nclosed = {CLOSED}\n"


def sales(**amounts):
    """One line for each amount of a quarter."""
    rows = [
        f"{quarter}-{number},{DAYS[quarter]},C,P,1,{amount}\n"
        for quarter, listed in amounts.items()
        for number, amount in enumerate(listed)
    ]
    return {"a.csv": HEADER + "".join(rows)}


def movement(cleaned_once, column, measure, quarter="2025Q4", **amounts):
    found = anomalies.movements(cleaned_once(sales(**amounts), DECLARED), quarter)
    return found.set_index(["table", "column", "measure"]).loc[("sales", column, measure)]


def test_rows_sum_and_mean_stand_beside_the_quarter_before_and_a_year_before(cleaned_once):
    found = movement(
        cleaned_once, "net_amount", "mean", **{"2024Q4": [10], "2025Q3": [20, -40], "2025Q4": [60, 60, -60]}
    )
    assert found[["now", "before", "year_before", "ratio"]].tolist() == [60, 30, 10, 2]
    assert (found["low"], found["high"], found["odd"]) == (0.5, 2.0, "")


def test_more_than_twice_is_odd_where_few_earlier_changes_are_known(cleaned_once):
    assert movement(cleaned_once, "", "rows", **{"2025Q3": [1], "2025Q4": [1, 1, 1]})["odd"] == "jump"
    assert movement(cleaned_once, "", "rows", **{"2025Q3": [1], "2025Q4": [1, 1]})["odd"] == ""


def test_a_season_that_came_before_is_not_odd_when_it_comes_again(cleaned_once):
    years = {f"{year}Q{number}": [amount] for year in (2024, 2025) for number, amount in enumerate((10, 30, 20, 40), 1)}
    found = movement(cleaned_once, "net_amount", "sum", **{"2023Q4": [40]} | years | {"2025Q4": [42]})
    # a year on everything was the same, so 5 % either way is usual; on the quarter before it is twice as much
    assert (found["against"], found["ratio"], found["odd"]) == ("year_before", 1.05, "")
    assert [found["low"], found["high"]] == pytest.approx([0.9512, 1.0513], abs=1e-4)
    assert movement(cleaned_once, "net_amount", "sum", **{"2023Q4": [40]} | years | {"2025Q4": [43]})["odd"] == "jump"


def test_a_mean_ten_thousand_times_larger_is_a_question_of_units(cleaned_once):
    assert movement(cleaned_once, "net_amount", "mean", **{"2025Q3": [30], "2025Q4": [300_000]})["odd"] == "unit_error"


def test_no_row_where_several_are_usual_is_odd(cleaned_once):
    found = movement(cleaned_once, "", "rows", **{"2025Q3": [30] * 5})
    assert (found["now"], found["odd"]) == (0, "nothing")
    assert movement(cleaned_once, "", "rows", **{"2025Q3": [30] * 4})["odd"] == ""


def test_without_a_quarter_before_nothing_is_judged(cleaned_once):
    found = movement(cleaned_once, "", "rows", **{"2025Q4": [30]})
    assert pd.isna(found["before"]) and pd.isna(found["ratio"]) and found["odd"] == ""


def test_a_quarter_that_the_data_do_not_fill_is_no_measure(cleaned_once):
    files = sales(**{"2025Q3": [1, 1, 1], "2025Q4": [1]})
    found = anomalies.movements(cleaned_once(files, DECLARED.replace("2023-10-01", "2025-08-01")), "2025Q4")
    assert found["before"].isna().all()


def test_the_usual_range_of_four_changes():
    # logarithms -0.1, 0, 0.1, 0.2: median 0.05, distances 0.15 + 0.05 + 0.05 + 0.15 = 0.4, spread 1.2533 x 0.4 / 3 =
    # 0.1671; with that of the median measure, 0.1, counting twice: root of (2 x 0.01 + 3 x 0.02792) / 5 = 0.1440;
    # t of 5 degrees of freedom 3.365, x root of 1.25: 0.5420
    low, high = anomalies.limits(list(np.exp([-0.1, 0.0, 0.1, 0.2])), 0.1)
    assert [np.log(low), np.log(high)] == pytest.approx([0.05 - 0.5420, 0.05 + 0.5420], abs=1e-4)
    assert anomalies.limits([1.0, 2.0], 0.1) == (0.5, 2.0)


@given(st.lists(st.floats(0.01, 100), min_size=3, max_size=9), st.floats(0.1, 10))
def test_growth_by_a_steady_factor_moves_the_range_and_does_not_widen_it(changes, factor):
    low, high = anomalies.limits(changes, 0.1)
    moved = anomalies.limits([change * factor for change in changes], 0.1)
    assert moved == pytest.approx((low * factor, high * factor))
    assert low <= np.exp(np.median(np.log(changes))) <= high


@pytest.mark.parametrize("quarters", [9, 13])
def test_where_nothing_happens_few_are_odd_and_jumps_are_found(quarters):
    """1500 measures of 50 companies: seasons, a steady growth, chance of 2 to 10 % a quarter."""
    random = np.random.default_rng(7)
    chance = random.uniform(0.02, 0.1, (1500, 1))
    logs = np.tile(random.normal(0, 0.4, (1500, 4)), 4)[:, :quarters] + 0.02 * np.arange(quarters)
    logs = logs + chance * random.normal(size=logs.shape)
    ratios = np.exp(logs[:, 4:] - logs[:, :-4])
    spreads = np.array([anomalies._spread(past) for past in ratios[:, :-1]])
    medians = np.median(spreads.reshape(50, 30), axis=1).repeat(30)
    low, high = np.array([anomalies.limits(list(past), of) for past, of in zip(ratios[:, :-1], medians, strict=True)]).T

    def odd(jump):
        return ((ratios[:, -1] * jump < low) | (ratios[:, -1] * jump > high)).mean()

    assert 0.004 < odd(1) < 0.02
    assert odd(1.5) > 0.65 and odd(2) > 0.95


VISITS = "拜访日期,客户编码,客户经理,拜访方式,主题\n2025-08-01,C,M,电话,回顾\n2025-11-01,C,M,电话,回顾\n2025-11-02,C,M,电活,回顾\n"
CUSTOMERS = "客户编码,客户名称,大区,业态\nC,某某,华东,超市\n"


def test_a_value_is_new_where_older_rows_of_its_column_never_had_it(cleaned_once):
    values = anomalies.text_values(
        cleaned_once({**sales(**{"2025Q4": [1]}), "v.csv": VISITS, "c.csv": CUSTOMERS}, DECLARED)
    )
    assert values.values.tolist() == [
        ["customers", "region", "华东", 1, ""],
        ["customers", "store_format", "超市", 1, ""],
        ["visits", "kind", "电活", 1, "2025Q4"],
        ["visits", "kind", "电话", 2, "2025Q3"],
        ["visits", "subject", "回顾", 3, "2025Q3"],
    ]
    assert anomalies.new_values(values, None, "2025Q4").values.tolist() == [["visits", "kind", "电活", 1, ""]]
    before = values.replace({"value": {"超市": "大超市"}})[values["table"] == "customers"]
    assert anomalies.new_values(values, before, "2025Q4").values.tolist()[0] == [
        "customers",
        "store_format",
        "超市",
        1,
        "大超市",
    ]


def test_nothing_is_new_in_the_first_quarter_or_without_an_earlier_report():
    values = pd.DataFrame(
        [("visits", "kind", "电话", 2, "2025Q4"), ("customers", "region", "华东", 1, "")], columns=anomalies.VALUES
    )
    assert anomalies.new_values(values, None, "2025Q4").empty
    assert anomalies.new_values(values[:0], None, "2025Q4").columns.tolist() == anomalies.NEW_VALUES


def test_a_column_of_many_values_is_no_list_of_categories(cleaned_once):
    rows = "".join(f"C{n},某{n},大区{n},超市\n" for n in range(anomalies.MOST_VALUES + 1))
    values = anomalies.text_values(cleaned_once({"c.csv": CUSTOMERS.splitlines()[0] + "\n" + rows}))
    assert values["column"].unique().tolist() == ["store_format"]


@pytest.mark.parametrize("factor, expected", [(10_000, ["c.csv"]), (1 / 10_000, ["c.csv"]), (20, [])])
def test_a_file_in_another_unit_stands_out_among_its_fellows(factor, expected):
    sums = {"a.csv": 3000.0, "b.csv": -1000.0, "c.csv": 500.0 * factor}
    controls = pd.DataFrame([("sales", "net_amount", file, amount) for file, amount in sums.items()])
    controls.columns = ["table", "column", "file", "amount_clean"]
    accounts = pd.DataFrame({"file": list(sums), "clean": [30, 10, 5]})
    found = anomalies.unit_doubts(controls, accounts)
    assert found["file"].tolist() == expected and found.columns.tolist() == anomalies.UNIT_DOUBTS
    assert found["usual"].tolist() == [100.0] * len(expected)


def test_what_is_odd_comes_foremost_and_means_last():
    rows = [("mean", 1.0, ""), ("rows", None, ""), ("rows", 1.0, ""), ("mean", 9.0, "jump"), ("sum", 1.0, "")]
    moves = pd.DataFrame(rows, columns=["measure", "ratio", "odd"])
    assert anomalies.foremost(moves).index.tolist() == [3, 2, 4, 0]
    assert anomalies.foremost(moves, 2).index.tolist() == [3, 2]
