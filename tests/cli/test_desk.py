"""For those who edit the notebooks."""

from custlib import lab


def test_check_ends_with_1_and_names_the_cell_and_the_mend(root, custlib, spoil):
    assert custlib("check") == (0, "Nothing to mend in 3 notebooks.\n", "")
    spoil('"def f(): pass"')
    code, out, _ = custlib("check", "--lang", "zh")
    assert code == 1 and out.startswith("90_c.ipynb，第 5 个单元格：其中定义了“f”")


def test_lab_opens_the_project_and_says_that_a_language_pack_is_missing(root, custlib, monkeypatch):
    opened = []
    monkeypatch.setattr(lab, "run", lambda *given: opened.append(given) or 3)
    monkeypatch.setattr(lab, "PACK", "no_such_language_pack")
    code, _, said = custlib("lab", "--lang", "zh")
    assert code == 3 and said.startswith("未安装 JupyterLab 中文语言包") and said.endswith("no-such-language-pack\n")
    assert custlib("lab", "--no-browser", "--port", "8890", "--ServerApp.token=x") == (3, "", "")
    assert opened == [(root, "zh", []), (root, "en", ["--no-browser", "--port", "8890", "--ServerApp.token=x"])]
