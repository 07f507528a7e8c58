import pytest

from custlib import currencies


@pytest.mark.parametrize(
    ("text", "unit", "codes"),
    [
        ("万元", "万元", "CNY/HKD/MOP/SGD/TWD"),
        ("人民币(万元)", "万元", "CNY"),
        ("ＵＳＤ", "元", "USD"),
        ("万美元", "万元", "USD"),
        ("千元", "千元", "CNY/HKD/MOP/SGD/TWD"),
        ("￥", "元", "CNY/JPY"),
        ("个", None, ""),
        ("元旦", None, ""),
        ("", None, ""),
    ],
)
def test_a_text_that_is_nothing_but_money_says_unit_and_currency(text, unit, codes):
    found = currencies.money(text)
    assert (found[0], currencies.shown(found[1])) == (unit, codes)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("美元金额", "USD"),
        ("Amount (EUR)", "EUR"),
        ("net_amount_usd", "USD"),
        ("金额（万港元）", "HKD"),
        ("无税金额", ""),
        ("元宵礼盒金额", ""),
        ("Country", ""),
    ],
)
def test_a_currency_is_found_within_other_words_where_it_can_be_nothing_else(text, codes):
    assert currencies.shown(currencies.named(text)) == codes


def test_the_companys_own_currency_has_words_of_its_own():
    assert currencies.is_own("本位币金额") and not currencies.is_own("原币金额")
