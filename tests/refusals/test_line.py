from custlib.refusals import line


def test_a_line_has_its_exit_code_and_both_languages():
    said = line.Line(line.DATA, "Export it again.", "请重新导出。")
    assert (said.exit_code, said.en, said.zh) == (3, "Export it again.", "请重新导出。")
