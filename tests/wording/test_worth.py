import pandas as pd

from custlib import wording

COLUMNS = ["customer_id", "category", "bought", "expected", "customer_profit_low", "customer_profit_high", "reason"]


def lacks(*rows):
    return pd.DataFrame(rows, columns=COLUMNS).assign(look_alikes=10)


def test_what_look_alikes_buy_and_what_the_customer_would_earn(said):
    rows = lacks(
        ("k1", "pans", 1e6, 3e6, 1e4, 5e4, ""), ("k1", "cups", 0, 5e5, 2e4, 3e4, ""), ("k2", "x", 1, 2, 3, 4, "")
    )
    told = wording.whitespace_reading(rows, "k1")
    assert said("worth.whitespace_reading", told) == (
        "Compared with 10 customers like it, this customer bought little in four quarters of pans (¥1 million; at their share "
        "¥3 million) and cups (¥0; at their share ¥500,000). At the middle share of customers like it that would be "
        "¥2.5 million more a year. At its present profit on our brand it would itself earn ¥30,000 to ¥80,000 more a year. "
        "At any customer about one category in four lies this low: it is a question to ask, no verdict."
    )
    assert wording.whitespace_reading(rows, "k3") is None


def test_why_no_profit_is_said_and_a_loss_is_no_earning(said):
    unknown = wording.whitespace_reading(lacks(("k1", "锅", 1e6, 3e6, None, None, "few_alike")), "k1")
    assert said("worth.whitespace_reading", unknown, "zh") == (
        "与 10 家相似客户相比，该客户近四季采购偏少的品类有：锅（100 万元，按相似客户占比应为 300 万元）。若达到相似客户的中间占比，"
        "一年可多采购 200 万元。客户自己能多赚多少不作估计：相似客户不足十家。任一客户都会有约四分之一的品类低于此线：这是要问的问题，不是结论。"
    )
    assert wording.whitespace_reading(lacks(("k1", "锅", 1e6, 3e6, -2e4, -1e4, "")), "k1")["profit"] is None


NAMES = "promotion customer_id category verdict reason measured incremental pulled_forward cost margin roi_low roi_high"


def effect(*rows):
    return pd.DataFrame(rows, columns=NAMES.split())


EFFECT = effect(
    ("P1", "", "pans", "paid", "", "sell_in", 5000.4, 700.0, 2e4, 9e4, 1.0, 9.0),
    ("P1", "k1", "pans", "cannot_tell", "by_chance", "sell_in", 5.0, 1.0, 2.0, 9.0, -9.0, 9.0),
    ("P2", "", "cups", "did_not_pay", "", "sell_in", -50.0, 0.0, 3e5, -1e4, -2.0, -0.5),
    ("P3", "", "pots", "cannot_tell", "few_alike", None, None, None, 6e4, None, None, None),
)


def test_which_promotions_paid_which_did_not_and_which_cannot_be_told(said):
    told = wording.promotions_reading(EFFECT)
    assert said("worth.promotions_reading", told) == (
        "Paid: P1 (pans; 5,000 pieces more, after taking off 700 that were missing in the two months after; ¥90,000 of margin "
        "for ¥20,000). Did not pay: P2 (cups; −¥10,000 of margin for ¥300,000). Cannot be told: P3 (pots; fewer than ten "
        "similar customers). These figures are sell-in: they hold what customers only put into stock, which was not counted every month."
    )
    assert said("worth.promotions_reading", told, "zh") == (
        "值得的活动：P1（pans，净增 5,000 件，已扣除活动后两个月少售的 700 件；花费 2 万元，多得毛利 9 万元）。"
        "不值得的活动：P2（cups；花费 30 万元，多得毛利 −1 万元）。无法判断的活动：P3（pots；相似客户不足十家）。"
        "客户库存并非每月盘点，以上按进货计算，其中含囤货。"
    )
