import pytest

from custlib.reading import looks


def seen(folder, content, name="a.csv"):
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    (look,) = looks.look(folder, name)
    return look


def test_a_header_is_words_over_values_below_a_title(tmp_path):
    look = seen(tmp_path, "销售明细表,,\n制表人：王,,单位：万元\n单号,日期,额度\nA1,2025-01-02,30.5\n")
    assert (look.line, look.texts) == (3, ("单号", "日期", "额度"))
    assert look.above == ("销售明细表", "制表人：王", "单位：万元")
    assert look.days == {1: {"2025-01-02"}}


@pytest.mark.parametrize("content", ["张三,上海,13800000000\n李四,北京,13900000000\n", "张三,上海\n李四,北京\n"])
def test_a_row_that_may_be_data_is_no_header(tmp_path, content):
    assert seen(tmp_path, content).texts == ()


def test_two_levels_of_headers_are_one(tmp_path):
    look = seen(tmp_path, "回款单号,回款日期,客户编码,回款,\n,,,金额(万元),方式\nS1,2025-01-02,K1,3.5,电汇\n")
    assert look.header_rows == 2 and look.texts[3:] == ("回款/金额(万元)", "回款/方式")
    assert look.column(3) == ["3.5"]


def test_values_are_listed_where_there_are_few(tmp_path):
    rows = "".join(f"A{n},2025-01-02,{'USD' if n % 2 else 'EUR'}\n" for n in range(looks.FEW + 1))
    look = seen(tmp_path, "单号,日期,币种\n" + rows)
    assert look.lists[2] == {"USD", "EUR"} and 0 not in look.lists
    assert look.seen == looks.FEW + 1


def test_accents_and_chinese_are_told_apart_by_their_runs(tmp_path):
    assert seen(tmp_path, "Name,Amount\nCafé,1\n".encode("cp1252")).encodings[0] == "cp1252"
    assert seen(tmp_path, "甲乙,丙丁\n东明贸易,1\n".encode("gb18030")).encodings[0] == "gb18030"
