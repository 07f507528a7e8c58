import pytest

from custlib.refusals import Refused

SALES = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额,货币"
DECLARED = '[[source]]\nfiles = "*"\ntax = "excluded"\nunits = {net_amount = "元"}\n'


def lines(*codes):
    return [f"A{n},1,2025-10-02,K1,P1,1,10,{code}" for n, code in enumerate(codes)]


@pytest.fixture
def answer(cleaned):
    """The number of clean rows of an export in these currencies, or its refusal."""

    def make(codes, currency, header=SALES, more=""):
        try:
            told = f'currency = "{currency}"\n{DECLARED}{more}'
            return cleaned({"s.csv": "\n".join([header, *lines(*codes)])}, told).counts["sales"]
        except Refused as refusal:
            return refusal

    return make


def test_two_currencies_in_one_column_of_amounts_are_refused_with_the_first_line(answer):
    refusal = answer(["EUR", "USD", "", "EUR"], "EUR")
    assert (refusal.code, refusal.facts["line"], refusal.facts["found"]) == ("mixed_currencies", 3, "EUR: 2, USD: 1")


def test_one_currency_throughout_is_the_declared_one_or_a_conflict(answer):
    assert answer(["美元", "USD", "$"], "USD") == 3
    refusal = answer(["美元", "USD"], "CNY")
    assert (refusal.code, refusal.facts["seen"]) == ("currency_conflict", "USD")


def test_amounts_in_the_companys_own_currency_are_so_whatever_was_traded(answer):
    own = SALES.replace("无税金额", "本位币无税金额")
    assert answer(["EUR", "USD"], "EUR", own, 'columns = {"本位币无税金额" = "net_amount"}\n') == 2
