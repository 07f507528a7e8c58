"""The command line: exit codes, one clear line, no traceback, and kernels that end with their run."""

import importlib.util
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest

from custlib import cli, lab
from custlib.refusals import Refused
from custlib.report import manifest, many, runs, steps
from custlib.report.failures import NotebookFailed

HERE = Path(__file__).parent
SPEC = importlib.util.spec_from_file_location("report_fakes", HERE / "report" / "conftest.py")
fakes = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(fakes)


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A project with three notebooks, run with fake steps."""
    fakes.make_project(tmp_path, n10_a=["1"], n20_b=["2"], n90_c=["3"])
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(steps, "real", fakes.fake_steps)
    monkeypatch.setattr(manifest, "code", lambda: "code")
    return tmp_path


@pytest.fixture
def custlib(monkeypatch, capsys):
    """Calls the command line: arguments → exit code, standard output, standard error."""
    before = signal.getsignal(signal.SIGTERM)

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["custlib", *arguments])
        with pytest.raises(SystemExit) as caught:
            cli.main()
        return (caught.value.code, *capsys.readouterr())

    yield call
    signal.signal(signal.SIGTERM, before)


def spoil(root, new):
    path = root / "notebooks/90_c.ipynb"
    path.write_text(path.read_text().replace('"3"', new))


def test_a_run_says_where_the_page_lies_and_a_second_one_that_nothing_changed(root, custlib):
    code, out, err = custlib("run", "2025Q4")
    assert (code, out) == (0, "Published: reports/2025Q4/index.html\n") and "20_b: done" in err
    assert custlib("run", "2025Q4")[:2] == (0, "Nothing has changed. The report is: reports/2025Q4/index.html\n")
    assert custlib("run", "2025Q4", "--only", "20_b")[:2] == (
        0,
        "Draft, not published: reports/.draft/2025Q4/20_b.html\n",
    )


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["run", "2025Q5"], "“2025Q5” is not a quarter"),
        (["run", "2025Q5", "--lang", "zh"], "“2025Q5”不是季度"),
        (["run", "2025Q4", "-p", "rato=[1]"], "No notebook has a parameter “rato”"),
        (["run", "2025Q4", "-p", "ratio"], "write NAME=VALUE"),
        (["run", "2025Q4", "-p", "a=1", "-p", "a=2"], "given twice"),
        (["run", "2025Q4", "--only", "30"], "No notebook is called “30”"),
        (["run", "2025Q4", "--jobs", "0"], "--jobs"),
        (["run"], "Missing argument"),
        (["verify"], "no published report"),
        (["publish", "abc"], "no run “abc”"),
        (["clean"], "--keep"),
        (["print"], "No such command"),
    ],
)
def test_a_wrong_request_ends_with_2_and_one_clear_line(root, custlib, arguments, line):
    code, out, err = custlib(*arguments)
    assert (code, out) == (2, "") and line in err and "Traceback" not in err
    assert not (root / "reports").exists()


def test_a_failed_notebook_ends_with_1_and_says_where_and_how_to_open_it(root, custlib):
    spoil(root, '"fail"')
    code, out, err = custlib("run", "2025Q4")
    assert (code, out) == (1, "") and "Traceback" not in err
    lines = err.splitlines()[-5:]
    assert lines[0] == "90_c, “Classes”, code cell 2: ValueError was raised: fail"
    assert lines[2] == "Open it with: jupyter lab notebooks/90_c.ipynb"
    assert Path(lines[3].removeprefix("Error page: ")).exists()


def test_a_run_is_explained_and_nothing_is_made(root, custlib):
    code, out, _ = custlib("run", "2025Q4", "--explain")
    assert code == 0 and out.count("yes") == 3 and not (root / "reports").exists()


def test_check_ends_with_1_and_names_the_cell_and_the_mend(root, custlib):
    assert custlib("check") == (0, "Nothing to mend in 3 notebooks.\n", "")
    spoil(root, '"def f(): pass"')
    code, out, _ = custlib("check", "--lang", "zh")
    assert code == 1 and out.startswith("90_c.ipynb，第 5 个单元格：其中定义了“f”")


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


@pytest.mark.parametrize(("code", "facts"), [("missing_folder", {"folder": "x"}), ("locked", {"folder": "x"})])
def test_a_refusal_ends_with_its_exit_code_and_line(root, custlib, monkeypatch, code, facts):
    refusal = Refused(code, **facts)

    def refuse(server):
        raise refusal

    monkeypatch.setattr(steps, "real", refuse)
    assert custlib("run", "2025Q4", "--lang", "zh") == (refusal.exit_code, "", refusal.line("zh") + "\n")


def test_a_part_of_the_company_that_fails_is_named_and_decides_the_exit_code(root, custlib, monkeypatch):
    failed = {"West": Refused("locked", folder="reports/by-region/West"), "East": NotebookFailed("20_b", "dead kernel")}
    outcome = runs.Outcome("published", root / "reports/by-region/2025Q4/index.html")
    asked = []
    monkeypatch.setattr(many, "run", lambda request, watch: asked.append(request.by) or (outcome, failed))
    code, out, err = custlib("run", "2025Q4", "--by", "region")
    assert (code, out, asked) == (75, "", ["region"])
    assert "West:\nAnother run is writing" in err and "East:\n20_b" in err
    failed.clear()
    assert custlib("run", "2025Q4", "--by", "region")[1] == "Published: reports/by-region/2025Q4/index.html\n"


@pytest.mark.parametrize("arguments", [["--by", "town"], ["--by", "region", "--only", "20_b"]])
def test_a_wrong_way_to_part_ends_with_2(root, custlib, arguments):
    assert custlib("run", "2025Q4", *arguments)[0] == 2


def test_a_defect_shows_its_traceback_and_ends_with_4(root, custlib, monkeypatch):
    monkeypatch.setattr(steps, "real", lambda server: 1 / 0)
    code, _, err = custlib("run", "2025Q4")
    assert code == 4 and "ZeroDivisionError" in err and "defect of custlib" in err


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_ends_with_4(root, custlib):
    (root / "reports").mkdir(mode=0o500)
    assert custlib("run", "2025Q4")[0] == 4


def test_sample_passes_on_what_was_asked(custlib, monkeypatch):
    from custlib import sample

    asked = {}
    monkeypatch.setattr(sample, "write", lambda folder, **options: asked.update(options, folder=folder))
    assert custlib("sample", "new", "--customers", "5", "--seed", "7")[:2] == (0, "Written: new\n")
    assert asked == {"folder": "new", "customers": 5, "consumers": 3000, "quarters": 9, "seed": 7}


def test_draft_sources_writes_what_it_sees(custlib, tmp_path):
    header = "单据编号,行号,单据日期,客户编码,存货编码,数量,金额\n"
    (tmp_path / "销售.csv").write_text(header + "S1,1,2025-10-01,K1,P1,2,30.00\n", encoding="gb18030")
    code, out, _ = custlib("draft-sources", str(tmp_path))
    assert (code, out) == (0, f"Written: {tmp_path / 'sources.toml'}\n")
    assert 'table = "sales"' in (tmp_path / "sources.toml").read_text(encoding="utf-8")
    assert custlib("draft-sources", str(tmp_path))[0] == 2


def test_lab_opens_the_notebooks_and_says_that_a_language_pack_is_missing(root, custlib, monkeypatch):
    opened = []
    monkeypatch.setattr(lab, "run", lambda folder, lang: opened.append((folder, lang)) or 3)
    monkeypatch.setattr(lab, "PACK", "no_such_language_pack")
    assert custlib("lab", "--lang", "zh")[::2] == (3, cli.NO_PACK + "\n")
    assert custlib("lab") == (3, "", "")
    assert opened == [(root / "notebooks", "zh"), (root / "notebooks", "en")]


def test_help_shows_examples_and_loads_nothing_heavy():
    call = "import sys; sys.argv = ['custlib', '--help']; from custlib import cli"
    program = f"{call}\ntry: cli.main()\nfinally: print(*sys.modules)"
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=HERE.parent).stdout
    assert "custlib run 2025Q4" in out
    assert not {"numpy", "pandas", "ibis", "papermill", "nbformat", "jupyter_client", "rich"} & set(out.split())


def test_version(custlib):
    assert custlib("--version")[:2] == (0, "custlib 0.1.0\n")


REAL_KERNELS = """
import dataclasses, functools, importlib.util, sys
from custlib import cli
from custlib.report import execution, steps
spec = importlib.util.spec_from_file_location("report_fakes", sys.argv.pop())
fakes = importlib.util.module_from_spec(spec)
spec.loader.exec_module(fakes)
def real(server):
    return dataclasses.replace(fakes.fake_steps(), execute=functools.partial(execution.execute, server=server))
steps.real = real
cli.main()
"""


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_ends_with_130_and_takes_its_kernels_along(root, custlib, number):
    custlib("run", "2025Q4")
    before = (root / "reports/2025Q4/index.html").read_bytes()
    spoil(root, "\"import os, time; open('pid', 'w').write(str(os.getpid())); time.sleep(60)\"")
    command = [sys.executable, "-c", REAL_KERNELS, "run", "2025Q4", str(HERE / "report" / "conftest.py")]
    environment = os.environ | {"PYTHONPATH": str(HERE.parent)}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
    pid = root / "notebooks/pid"
    deadline = time.monotonic() + 60
    while not (pid.exists() and pid.read_text()) and time.monotonic() < deadline:
        time.sleep(0.1)
    process.send_signal(number)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130 and "Traceback" not in err
    assert err.splitlines()[-1] == "Interrupted. The published report is as it was."
    state = subprocess.run(["ps", "-o", "stat=", "-p", pid.read_text()], capture_output=True, text=True).stdout.strip()
    assert state in ("", "Z")
    assert (root / "reports/2025Q4/index.html").read_bytes() == before
    assert sorted(path.name for path in (root / "reports").iterdir()) == [".lock", "2025Q4"]


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_the_kernel_of_a_run_that_was_killed_ends_too_and_the_next_run_publishes(root, custlib):
    custlib("run", "2025Q4")
    before = (root / "reports/2025Q4/index.html").read_bytes()
    spoil(root, "\"import os, time; open('pid', 'w').write(str(os.getpid())); time.sleep(60)\"")
    command = [sys.executable, "-c", REAL_KERNELS, "run", "2025Q4", str(HERE / "report" / "conftest.py")]
    environment = os.environ | {"PYTHONPATH": str(HERE.parent)}
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment)
    pid = root / "notebooks/pid"
    assert waited_for(lambda: pid.exists() and pid.read_text(), 60)
    process.kill()
    process.wait()
    kernel = ["ps", "-o", "stat=", "-p", pid.read_text()]
    assert waited_for(lambda: subprocess.run(kernel, capture_output=True, text=True).stdout.strip() in ("", "Z"), 30)
    assert (root / "reports/2025Q4/index.html").read_bytes() == before
    assert custlib("run", "2025Q4")[0] == 0 and not (root / "reports/.staging").exists()


def waited_for(condition, seconds):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.1)
    return condition()


HEADER = "单据编号,日期,客户编码,存货编码,数量,无税金额(元)\n"


def test_explain_tells_the_story_of_a_line_in_a_folder_of_one_s_own(workbook, custlib, tmp_path_factory):
    folder = tmp_path_factory.mktemp("own exports")
    (folder / "销售 1:2.csv").write_text(HEADER + "A,2025-01-01,C,P,1,3.5万\nB,2025-01-01,C,P,1,约3万\n")
    code, out, err = custlib("explain", "销售 1:2.csv:2", "--data", str(folder))
    assert code == 0 and out.startswith("销售 1:2.csv, line 2 of 3: clean (sales)") and "→ 35000.00" in out
    code, out, _ = custlib("explain", "销售 1:2.csv:3", "--data", str(folder), "--lang", "zh")
    assert code == 0 and "原因：不是金额" in out and "约3万" in out


@pytest.mark.parametrize(
    "place, said", [("b.csv:2", "Did you mean a.csv"), ("a.csv:9", "its lines are 1 to 2"), ("a.csv", "FILE:LINE")]
)
def test_explain_refuses_what_is_not_there_in_one_line(workbook, custlib, place, said):
    (workbook / "data/raw").mkdir()
    (workbook / "data/raw/a.csv").write_text(HEADER + "A,2025-01-01,C,P,1,3\n")
    code, out, err = custlib("explain", place)
    assert (code, out) == (2, "") and said in err.splitlines()[-1] and "Traceback" not in err


def test_a_questionnaire_goes_out_and_its_answers_come_back(custlib, tmp_path):
    sheet, back = tmp_path / "experts.xlsx", tmp_path / "answers.xlsx"
    assert custlib("questionnaire", str(sheet), "-e", "Li", "-e", "Wang")[0] == 0
    book = openpyxl.load_workbook(sheet)
    assert len(book.worksheets) == 2
    for worksheet in book.worksheets:
        worksheet.cell(5, 3).value = 3
    book.save(sheet)
    code, out, _ = custlib("answers", str(sheet), "--to", str(back))
    assert (code, out) == (0, f"Written: {back} (2)\n")
    rows = list(openpyxl.load_workbook(back).active.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["专家", "Li", "Wang"] and rows[1][-1] == 3
    code, _, err = custlib("answers", str(sheet), "--to", str(back))
    assert code == 2 and "is there already" in err
