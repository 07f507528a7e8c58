"""What stands on a customer's page, and what is said where nothing is known."""

import re
from datetime import date

import pytest

from custlib.report.profile import sections

ORDER = {
    "action": "win_back", "name": "Alpha", "account_manager": "Li", "amount": 2_000_000.0, "by_when": date(2026, 1, 14),
    "what_en": "call them", "what_zh": "致电", "why": "left", "since": "2025Q3", "before": None, "now": None, "share": None,
}  # fmt: skip
BECAME = {"action": "check_stock", "amount": 1.0, "outcome": "off", "recorded": "done"}


def text(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html)).strip()


def told(customer, speaker):
    own, missing = sections.made(customer, speaker)
    return {section["id"]: text(section["html"]) for section in own}, missing


def test_the_sections_stand_in_their_order_and_those_without_data_are_named(customer, speaker):
    own, missing = told(customer(), speaker())
    assert list(own) == ["figures", "sell_in", "orders"]
    assert missing.startswith(
        "Not known of this customer: “Class over nine quarters”, “How old is the stock?”, “What is owed?”"
    )
    assert "need" not in missing and "promised" not in missing  # many have neither


def test_the_quarter_stands_beside_a_year_ago(customer, speaker):
    figures = told(customer(), speaker())[0]["figures"]
    assert figures.startswith("net sales ¥900 ▼ −25 % on a year ago") and "payments received ¥150 ■ 0" in figures
    assert "gross profit ¥489,000" in figures and "sold on, pieces 330" in figures and "in stock, pieces 90" in figures


@pytest.mark.parametrize(
    ("lang", "order", "before"),
    [
        ("en", "Alpha (Li): win back by 2026-01-14.", "The last report asked: check the stock before delivering. "),
        ("zh", "Alpha", "上次报告要求："),
    ],
)
def test_an_order_says_who_what_by_when_and_what_became_of_the_last(customer, speaker, lang, order, before):
    own, _ = told(customer(actions_named=[ORDER], actions_became=[BECAME]), speaker(lang))
    assert own["orders"].startswith(order) and "2026-01-14" in own["orders"] and before[:8] in own["orders"]
    assert {"en": "Call them.", "zh": "致电。"}[lang] in own["orders"]
    assert {"en": "done", "zh": "已落实"}[lang] in own["orders"]


def test_a_customer_without_an_order_is_kept_as_it_is(customer, speaker):
    assert (
        told(customer(), speaker())[0]["orders"] == "No order in this report: what its class asks for, above, applies."
    )


def test_a_lost_customer_has_no_class_but_a_last_order(customer, speaker):
    lost = customer(abc_customers=[], abc_silent=[{"last_order": date(2025, 6, 21), "best_year": 234_000.0}])
    head = text(sections.head(lost, speaker()))
    assert (
        head == "K1 No business in 2025Q4, so no class. Last order on 2025-06-21; ¥234,000 in its best four quarters."
    )


def test_what_a_customer_is_called_is_never_run(customer, speaker):
    hostile = customer(
        customer_id="<script>1</script>",
        profile_models=[{"product_id": "<img src=x>", "pieces": 1.0, "share": 0.5, "first_bought": None}],
        actions_named=[ORDER | {"name": "**<b>**", "account_manager": "[x](javascript:1)"}],
    )
    html = sections.head(hostile, speaker()) + "".join(one["html"] for one in sections.made(hostile, speaker())[0])
    assert not re.search(r"<(script|img|b|a)\b", html) and "&lt;script&gt;" in html and "&lt;img" in html


def test_a_long_table_says_how_many_rows_are_left_out(customer, speaker):
    rows = [{"product_id": f"P{at}", "pieces": 1.0, "share": at / 100, "first_bought": None} for at in range(10)]
    models = told(customer(profile_models=rows), speaker())[0]["models"]
    assert "P9" in models and "P1 " not in models and "and 2 more in tables/profile_models.csv" in models


def test_a_column_that_says_nothing_is_left_out(customer, speaker):
    rows = [{"date": date(2025, 10, 1), "kind": "visit", "outcome": None}]
    html = speaker().table("profile_contacts", rows, "date kind outcome not_listed")
    assert html.count("<th ") == 2


def test_months_have_no_gap_and_only_those_of_the_quarter_stand_out(customer, speaker):
    months = [{"month": month, "net_sales": 300.0, "payments": None} for month in ("2024-11", "2025-06", "2025-10")]
    html = sections.sell_in(customer(profile_months=months), speaker())
    assert re.findall(r"<title>(2025-\d\d: [^<]*)</title>", html) == ["2025-06: ¥300", "2025-10: ¥300"]
    assert html.count('class="now"') == 1
    assert re.findall(r"<span>(.*?)</span>", html) == ["2024-11", "2025-12"]
    of_a_new_one = sections.sell_in(customer(), speaker())
    assert re.findall(r"<span>(.*?)</span>", of_a_new_one) == ["2025-01", "2025-12"]


def test_pieces_that_cannot_be_are_no_figure_of_the_quarter(customer, speaker):
    flow = [{"from": date(2025, 9, 30), "to": date(2025, 12, 31), "opening": 10.0, "sold_in": 30.0,
             "sold_through": -330.0, "closing": 370.0, "cover_days": None, "doubt": True}]  # fmt: skip
    figures = told(customer(profile_flow=flow), speaker())[0]["figures"]
    assert "sold on, pieces" not in figures and "in stock, pieces 370" in figures


def test_less_than_a_percent_on_a_year_ago_has_no_sign(customer, speaker):
    standing = {"net_sales": 1001.0, "net_sales_year_ago": 1000.0}
    figures = told(customer(profile_standing=[standing], profile_flow=[]), speaker("zh"))[0]["figures"]
    assert "较去年同期 <1%" in figures or "较去年同期 &lt;1%" in figures
