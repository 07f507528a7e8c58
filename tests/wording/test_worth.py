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
