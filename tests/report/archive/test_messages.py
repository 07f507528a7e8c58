"""What the command line says of runs."""

import io
from pathlib import Path

import pytest
import rich.console

from custlib.report.archive import messages
from custlib.report.archive.archive import Difference, Removed, Run


def test_a_changed_file_is_named_with_the_way_to_mend_it():
    found = {"2025Q3": [], "2025Q4": [Difference("abc/20.html", "missing")]}
    assert messages.verified(found, "en") == [
        "2025Q3: the published report is as it was made.",
        "2025Q4: abc/20.html is missing",
        "Make it anew with: custlib run 2025Q4",
    ]
    part = messages.verified({"by-region/华东/2025Q4": [Difference("abc/20.html", "missing")]}, "en")
    assert part[-1] == "Make it anew with: custlib run 2025Q4 --by region"
    assert messages.verified(found, "zh")[1] == "2025Q4：abc/20.html 缺失"


@pytest.mark.parametrize(
    ("size", "told"),
    [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (2_340_000, "2.3 MB"), (7_100_000_000_000, "7100.0 GB")],
)
def test_what_was_removed_is_told_in_bytes_a_person_reads(size, told):
    assert messages.removed([Removed("2025Q4/a", size)], "en")[0] == f"Removed: 2025Q4/a ({told})"


def test_removals_are_summed():
    assert messages.removed([Removed("a", 1500), Removed("b", 1500)], "en")[-1] == "Folders removed: 2; freed: 3.0 kB."
    assert messages.removed([], "zh") == ["没有可删除的内容。"]


def test_runs_stand_in_a_table():
    out = io.StringIO()
    run = Run("2025Q4", "[abc]", Path("x"), "2026-01-05T08:30:59+00:00", "zh", True)
    rich.console.Console(file=out, width=80).print(messages.runs([run], "zh"))
    words = [word for word in out.getvalue().split() if "─" not in word]
    assert words == "季度 运行 生成时间 语言 发布 2025Q4 [abc] 2026-01-05 08:30 zh 已发布".split()
