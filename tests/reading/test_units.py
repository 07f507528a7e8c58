import pytest

from custlib.reading import headers, units
from custlib.refusals import Refused
from custlib.sources import Source

SALES = "单据编号 行号 日期 客户编码 存货编码 数量".split()
YUAN = {"net_amount": "元"}


def find(above="", header="无税金额", currency="CNY", formats=None, **said):
    rows = list(enumerate([[above], [*SALES, header]], 1))
    source = Source(tax="excluded", **said)
    named = {"units": {}, "currencies": formats or {}}
    return headers.find(rows, source, "a.csv", currency, lambda line: named).units


def foreign(above="", header="无税金额", formats=None, **said):
    rows = list(enumerate([[above], [*SALES, header]], 1))
    named = {"units": {}, "currencies": formats or {}}
    return headers.find(
        rows, Source(tax="excluded", units=YUAN, **said), "a.csv", formats=lambda line: named
    ).currencies


def refused(*args, **said):
    with pytest.raises(Refused) as refusal:
        find(*args, **said)
    return refusal.value.code, refusal.value.facts["line"]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["单位：万元"], [("万元", "CNY/HKD/MOP/SGD/TWD")]),
        (["制表人：王", "单位：", "人民币万元"], [("万元", "CNY")]),
        (["（金额单位：万元）"], [("万元", "CNY/HKD/MOP/SGD/TWD")]),
        (["单位：元 币种：美元"], [("元", "CNY/HKD/MOP/SGD/TWD"), (None, "USD")]),
        (["Currency: EUR"], [(None, "EUR")]),
        (["单位：华盛贸易有限公司", "计量单位：元", "币种", "单位：个"], []),
    ],
)
def test_the_text_above_the_header_says_unit_and_currency(cells, said):
    found = units.above([(1, cells)])
    assert [(one.unit, "/".join(sorted(one.currency))) for one in found] == said


def test_the_unit_above_the_header_is_that_of_amounts_without_one_of_their_own():
    assert find("单位：万元") == {"net_amount": 10_000}
    assert find("单位：万元", "无税金额(元)") == {"net_amount": 1}


def test_a_unit_above_that_is_not_the_declared_one_is_refused_with_its_line():
    assert refused("单位：万元", units=YUAN) == ("unit_above", 1)
    assert refused("单位：千元") == ("unknown_scale", 1)
    assert refused("", "无税金额(千元)", columns={"无税金额(千元)": "net_amount"}) == ("unknown_scale", 2)


PRICED = {"columns": {"单价（美元）": "unit_price"}, "computed": {"net_amount": "quantity * unit_price"}}


def test_one_other_currency_than_the_companys_is_told_wherever_it_stands():
    for said in (
        foreign("币种：美元"),
        foreign("", "无税金额(USD)"),
        foreign(formats={6: {"USD": 5}}),
        foreign(header="无税金额($)", currency="USD"),
        foreign("", "单价（美元）", **PRICED),
    ):
        assert said == {"net_amount": "USD"}
    assert foreign(header="本位币无税金额", columns={"本位币无税金额": "net_amount"}, currency="USD") == {}


def test_a_currency_that_may_be_several_or_is_not_that_of_all_numbers_is_refused():
    assert refused("", "无税金额($)") == ("currency_conflict", 2)
    assert refused("", "无税金额(元)", currency="EUR") == ("currency_conflict", 2)
    assert refused("", units=YUAN, formats={6: {"USD": 5, None: 9}}) == ("currency_conflict", 5)
    assert refused("", units=YUAN, formats={6: {"USD": 5, "EUR": 9}}) == ("currency_conflict", 5)
    assert refused("", "无税金额(USD)", formats={6: {"EUR": 9}}) == ("currency_conflict", 2)


def test_what_is_computed_of_prices_is_in_yuan_unless_another_unit_is_declared():
    priced = {"table": "sales", "columns": {"单价": "unit_price"}}
    made = {"net_amount": "quantity * unit_price"}
    assert find("", "单价", **priced, computed=made) == {"net_amount": 1}
    assert find("", "单价", **priced, computed=made, units={"net_amount": "万元"}) == {"net_amount": 10_000}
    # Whoever declares the unit may add what has none of its own.
    made = {"net_amount": "quantity * unit_price + quantity"}
    assert find("", "单价", **priced, computed=made, units=YUAN) == {"net_amount": 1}


def test_a_currency_that_can_be_the_declared_one_is():
    assert find("币种：美元", "无税金额($)", currency="USD", formats={6: {"CAD/USD": 5}}) == {"net_amount": 1}
    assert find("", units=YUAN, formats={6: {"CNY/JPY": 5}}) == {"net_amount": 1}
    # What the header says of its own amounts goes before the text above.
    assert find("币种：美元", "人民币无税金额", columns={"人民币无税金额": "net_amount"}, units=YUAN) == {
        "net_amount": 1
    }
