import pandas as pd
import pytest

from custlib import facts
from custlib.refusals import Refused

SALES = [("2025-02-01", "K1", 100, 50, 1)]
HEAD = "metric,en,zh,words,item,unit,direction,profile,together,measured,factor\n"
EVENTS = "events,events,办展,活动,consumer_promotion,次,up,linear,sum,plan_checks,price"


def test_rebates_agreed_are_lines_that_the_list_of_metrics_measures_so(company):
    plans = [
        (2025, "K1", "季度返利", 2, "%"),
        (2025, "K1", "Yearly rebate", 3, "％"),
        (2025, "K1", "返利", 500, "元"),
        (2025, "K1", "货架陈列占比", 40, "%"),
        (2025, "K1", "返利培训", 40, "%"),
        (2024, "K1", "季度返利", 9, "%"),
    ]
    rows = facts.agreed_rebates(company(sales=SALES, plans=plans), "2025Q2")
    assert dict(zip(rows["metric"], rows["agreed_share"], strict=True)) == pytest.approx(
        {"季度返利": 0.02, "Yearly rebate": 0.03}
    )


def test_a_line_knows_its_metric_whatever_the_width_and_size_of_letters(company):
    plans = [(2025, "K1", " ＳＨＥＬＦ share", 40, "%"), (2025, "K1", "微信推文", 4, "篇")]
    rows = facts.plans(company(sales=SALES, plans=plans)).set_index("unit")
    assert rows.at["%", "key"] == "shelf_share" and rows.at["%", "together"] == "last"
    assert pd.isna(rows.loc["篇", ["key", "direction", "measured"]]).all()


def test_without_the_tables_there_is_nothing(company):
    clean = company(sales=SALES)
    assert facts.plans(clean).empty and facts.plan_checks(clean).empty and facts.agreed_rebates(clean, "2025Q2").empty


@pytest.fixture
def metrics(workbook):
    def of(*lines):
        path = workbook / "data" / "reference" / "plan_metrics.csv"
        path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
        return facts.plan_metrics()

    return of


@pytest.mark.parametrize(
    ("lines", "code", "said"),
    [
        ([EVENTS.replace(",up,", ",left,")], "not_one_of", "line 2: “left” in column direction"),
        ([EVENTS.replace("plan_checks", "hearsay")], "not_one_of", "“hearsay” in column measured"),
        (
            [EVENTS.replace("plan_checks", "rebates/net_sales")],
            "not_one_of",
            "“sum” in column together is not one of ratio",
        ),
        ([EVENTS.replace(",sum,", ",ratio,")], "not_one_of", "“ratio” in column together is not one of sum, last"),
        ([EVENTS.replace("price", "weather")], "not_one_of", "“weather” in column factor"),
        ([EVENTS, EVENTS.replace("events", "shows")], "word_twice", "活动"),
        ([EVENTS.replace("次", "")], "reference_blank", "unit"),
    ],
)
def test_a_metric_that_nobody_can_measure_is_refused(metrics, lines, code, said):
    with pytest.raises(Refused) as caught:
        metrics(*lines)
    assert caught.value.code == code and said in str(caught.value)


def test_a_metric_is_found_by_its_key_and_each_of_its_words(metrics):
    table = metrics(EVENTS.replace("活动", "活动|Event "))
    assert table.index.tolist() == ["events", "活动", "event"] and set(table["key"]) == {"events"}
