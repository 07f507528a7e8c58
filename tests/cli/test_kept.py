"""The reports that were made: verified, listed, gone back to, cleared out."""


def test_runs_are_verified_listed_gone_back_to_and_cleared_out(root, custlib):
    custlib("run", "2025Q4")
    first = next((root / "reports/2025Q4").glob("*/front.html"))
    custlib("run", "2025Q4", "--lang", "zh")
    assert custlib("verify") == (0, "2025Q4: the published report is as it was made.\n", "")
    assert custlib("publish", first.parent.name)[:2] == (0, "Published: reports/2025Q4/index.html\n")
    assert (root / "reports/2025Q4/index.html").read_bytes() == first.read_bytes()
    assert first.parent.name in custlib("runs")[1]
    code, out, _ = custlib("clean", "--keep", "0")
    assert code == 0 and "Folders removed: 1" in out and first.is_file()
    first.with_name("20_b.html").unlink()
    code, out, _ = custlib("verify", "2025Q4", "--lang", "zh")
    assert code == 1 and out.splitlines()[0].endswith("20_b.html 缺失")
    assert custlib("publish", "abc")[0] == 2
