import pytest

from custlib.reading import again, headers
from custlib.refusals import Refused
from custlib.sources import Source

HEADER = ["客户编码", "客户名称", "业态", "大区"]


@pytest.fixture
def is_again():
    header = headers.find([(1, HEADER)], Source(), "c.csv")
    return again.finder(header, "c.csv")


def test_words_of_the_header_alone_make_no_header(is_again):
    assert not is_again(2, ["K1", "客户名称", "业态", ""])
    assert not is_again(2, ["客户编码", "", "", ""])
    assert is_again(2, ["客户编码", "", "业 态", ""])


def test_columns_in_another_order_are_refused(is_again):
    with pytest.raises(Refused, match="line 7"):
        is_again(7, ["客户名称", "客户编码", "业态", "大区"])
