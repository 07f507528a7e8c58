from custlib import sources
from custlib.cleaning import all_files


def test_all_files_are_read_in_order_and_all_that_cannot_be_are_named(tmp_path, sales):
    folder, target = tmp_path / "exports", tmp_path / "made"
    folder.mkdir()
    target.mkdir()
    good = sales("A,1,2025-01-02,C1,P1,1,10,5")
    names = ["a.csv", "b.csv", "c.csv", "d.csv"]
    for name, text in zip(names, [good, "x\n1\n", good, "y\n2\n"], strict=True):
        (folder / name).write_text(text, encoding="utf-8")
    said, refused = [], []
    found = all_files.read(folder, names, sources.load(folder), target, said.append, refused)
    assert [one.file for one in found] == ["a.csv", "c.csv"] and all(one.cells.is_file() for one in found)
    assert [one.facts["file"] for one in refused] == ["b.csv", "d.csv"]
    assert said == [f"reading {name}" for name in names]
