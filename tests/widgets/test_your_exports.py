"""Notebook 00: nothing of a file is shown before it is chosen, nothing is written but by the button."""

import pytest

from custlib import widgets
from custlib.reading import draft

ROWS = "订单编号,下单日期,客户ID,产品ID,数量,销售额,备用\n" + "".join(
    f"A{n},2025-01-02,金丝雀{n},P1,2,{'约3' if n == 7 else '30.00'},31.00\n" for n in range(20)
)


@pytest.fixture
def control(workbook, tmp_path):
    """The control's parts: file, table, header, column; buttons look, compare, write, hide; told, shown, folder."""
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "a.csv").write_text(ROWS, encoding="utf-8")
    (folder / "x.csv").write_text("foo,bar\nA,1\n", encoding="utf-8")
    box = widgets.your_exports(folder, draft.entries(folder), "en")
    first, second, buttons, told, shown = box.children
    return *first.children, *second.children, *buttons.children, told, shown, folder, box


def everything_sent(box):
    return str([box.get_state(), *(everything_sent(child) for child in getattr(box, "children", ()))])


def test_nothing_of_a_file_is_sent_before_it_is_chosen(control):
    assert "金丝雀" not in everything_sent(control[-1])


def test_a_file_shows_its_rows_the_reason_ten_clean_rows_and_what_is_set_aside(control):
    file, table, *_, told, shown, folder, box = control
    file.value = 0
    assert table.value == "sales"
    for text in ("金丝雀0", "订单编号", "of its header", "30.00", "not an amount of money"):
        assert text in shown.value
    control[7].click()
    assert shown.value == ""


def test_what_is_chosen_stands_in_what_is_written_and_the_old_file_is_kept(control):
    file, table, header, column, look, compare, write, hide, told, shown, folder, box = control
    file.value = 0
    header.value, column.value = "备用", "net_amount"
    compare.click()
    assert "备用" in told.value and not (folder / "sources.toml").exists()
    write.click()
    assert 'columns."备用" = "net_amount"' in (folder / "sources.toml").read_text(encoding="utf-8")
    assert "sources.toml" in told.value and len(list(folder.glob("sources.toml*"))) == 1
    table.value = "payments"
    write.click()
    assert "sources.toml.old-1" in told.value
    assert 'table = "payments"' in (folder / "sources.toml").read_text(encoding="utf-8")


def test_a_file_of_no_table_has_no_columns_to_choose_and_none_is_cleaned(control):
    file, table, header, column, *_, shown, folder, box = control
    file.value = 1
    assert table.value == "" and len(column.options) == 2 and "foo" in shown.value
