import pytest

from custlib.reading.record import is_blank, is_footer, is_subtotal

IDS = [0, 2]


@pytest.mark.parametrize(
    "word", ["合计", "小计", "总计", "本页小计", "累计", "Total", "GRAND TOTAL", "合 计", "合计：", "Ｔｏｔａｌ"]
)
def test_a_row_with_a_totals_word_and_no_id_is_a_footer(word):
    assert is_footer([word, "", "", "100"], IDS)
    assert is_footer(["", word, " ", "100"], IDS)


@pytest.mark.parametrize(
    "cells",
    [
        ["C1", "合计", "P1", "100"],
        ["C1", "合计广告有限公司", "P1", ""],
        ["", "合计广告有限公司", "", ""],
        ["", "", "", ""],
    ],
)
def test_a_customer_called_like_a_total_is_none(cells):
    assert not is_footer(cells, IDS)


def test_a_short_footer_is_one_too():
    assert is_footer(["合计"], IDS)


def test_a_subtotal_speaks_for_the_lines_since_the_last_one():
    assert is_subtotal(["小计", "1"])
    assert is_subtotal(["", "本页合计"])
    assert not is_subtotal(["合计", "1"])


def test_spaces_alone_are_blank():
    assert is_blank(["", " ", "\u3000\t"])
    assert is_blank([])
    assert not is_blank(["", "0"])
