"""The reports of parts made by the workers of a local Dask cluster are those that this machine makes."""

import io
import os
import pickle
import signal
import threading
import time

import nbformat
import nbformat.v4 as v4
import pytest
import rich.console

from custlib.refusals import Refused
from custlib.report import files
from custlib.report.by_part import cluster, reports
from custlib.report.notebook import NotebookFailed
from custlib.report.run import planning, progress

CUSTOMERS = "客户编码,客户名称,大区\nC1,华盛,华东\nC2,华强,西北\n"
SALES = """单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元),成本(元)
A1,1,2025-10-09,C1,P1,1,100,60
A2,1,2025-11-05,C2,P1,2,90,50
A3,1,2025-12-30,C1,P2,3,80,30
"""
PARAMETERS = """quarter: str = "2025Q4"  # quarter to report
out_dir: str = ""  # where result tables go
part: str = ""  # whose customers are shown"""


@pytest.fixture
def root(workbook):
    """A small company, a notebook that is the same for every part, and one that is not."""
    exports = workbook / "data/raw"
    exports.mkdir()
    (exports / "sales.csv").write_text(SALES, encoding="utf-8")
    (exports / "customers.csv").write_text(CUSTOMERS, encoding="utf-8")
    written(workbook / "notebooks/10_a.ipynb", PARAMETERS.rpartition("\n")[0], "print(quarter)")
    written(workbook / "notebooks/20_b.ipynb", PARAMETERS, "print(part)")
    return workbook


def written(path, parameters, code):
    cells = [
        v4.new_markdown_cell("# Which customers?", id="title"),
        v4.new_code_cell(parameters, id="parameters", metadata={"tags": ["parameters"]}),
        v4.new_code_cell(code, id="code"),
    ]
    nbformat.write(v4.new_notebook(cells=cells), path)


@pytest.fixture
def address(root):
    """A scheduler and two worker processes, started in the workbook's folder."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as local:
        yield local.scheduler_address


def run(folder, **options):
    said = io.StringIO()
    watch = progress.Log(rich.console.Console(file=said), "en")
    request = planning.Request("2025Q4", by="region", reports=str(folder), unfinished=True, **options)
    return *reports.run(request, watch), said.getvalue()


def test_a_cluster_makes_the_same_bytes_and_tells_of_each_part(root, address, tree):
    here, failed, _ = run(root / "here")
    there, failed_there, said = run(root / "there", cluster=address)
    assert (here.state, there.state, failed, failed_there) == ("published", "published", {}, {})
    assert tree(root / "there") == tree(root / "here") and len(tree(root / "there")) > 20
    assert "华东: done" in said and "西北: done" in said
    again, _, _ = run(root / "there", cluster=address)
    assert again.state == "up to date"


def test_what_fails_on_a_worker_is_told_here_with_its_error_page(root, address):
    written(root / "notebooks/20_b.ipynb", PARAMETERS, "if part == 'region=华东':\n    raise ValueError(out_dir)")
    outcome, failed, said = run(root / "reports", cluster=address)
    assert list(failed) == ["华东"] and "华东: failed" in said
    error = failed["华东"]
    assert (error.cell, error.line, "staging" in error.message) == (2, "raise ValueError(out_dir)", True)
    assert "ValueError" in error.page.read_text() and "staging" not in error.page.read_text()


def test_a_worker_that_would_make_other_bytes_is_refused_before_any_part(root, address, monkeypatch):
    other = cluster.manifest.versions() | {"pandas": "0.1"}
    monkeypatch.setattr(cluster.manifest, "versions", lambda: other)
    with pytest.raises(Refused, match="it has pandas .*, this machine 0.1"):
        run(root / "reports", cluster=address)
    assert not list((root / "reports").glob("by-region/*/2025Q4"))


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "foo://x", "http://127.0.0.1:8786", "tcp://"])
def test_an_address_where_nothing_answers_is_refused_before_anything_is_made(root, monkeypatch, address):
    pytest.importorskip("distributed")
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    with pytest.raises(Refused, match=f"No Dask cluster answers at {address}") as caught:
        run(root / "reports", cluster=address)
    assert caught.value.exit_code == 4 and not (root / "data/clean").exists()


def test_without_dask_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setattr(cluster.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(Refused, match="pip install -r requirements-extras.lock"), cluster.connected("tcp://host:8786"):
        pass


def test_ctrl_c_ends_the_parts_that_workers_are_at_and_publishes_none(root, address):
    begin = "import time; from custlib import project; (project.resolve(out_dir) / 'begun').touch(); time.sleep(60)"
    written(root / "notebooks/20_b.ipynb", PARAMETERS, begin)
    threading.Thread(target=interrupt_when, args=(root / "reports",), daemon=True).start()
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        run(root / "reports", cluster=address)
    assert time.monotonic() - started < 50 and not list(root.glob("reports/by-region/*/*/index.html"))
    with files.only_one(root / "reports/by-region/华东"):
        assert not list(root.glob("reports/by-region/*/.staging/*"))


def interrupt_when(reports):
    while not list(reports.glob("by-region/*/.staging/*/begun")):
        time.sleep(0.1)
    os.kill(os.getpid(), signal.SIGINT)


def test_what_a_worker_answers_with_comes_back_as_it_was():
    failed = NotebookFailed("20_b", "error", cell=3, line="x", error="ValueError", message="secret")
    assert pickle.loads(pickle.dumps(failed)) == failed
    refused = pickle.loads(pickle.dumps(Refused("no_part", by="region")))
    assert (refused.code, refused.facts) == ("no_part", {"by": "region"}) and "region" in str(refused)
