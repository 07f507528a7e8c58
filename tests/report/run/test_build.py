"""Notebooks executed for a report."""

import pytest

from custlib.refusals import Refused
from custlib.report.notebook import NotebookFailed


def test_a_promised_table_that_is_missing_fails_the_notebook_that_makes_it(project, run):
    project(n10_a=["1"], n20_b=["2"])

    def load(name, out_dir):
        raise ValueError("not Parquet")

    using = {"promised": lambda stem: ["classes"] if stem == "20_b" else [], "load": load}
    with pytest.raises(NotebookFailed) as caught:
        run(using=using)
    assert (caught.value.notebook, caught.value.kind, caught.value.error) == ("20_b", "missing table", "classes")


def test_a_full_disk_in_a_kernel_is_no_fault_of_the_notebook(project, run):
    project(n10_a=["1"])

    def execute(book, values, **options):
        raise NotebookFailed(book.stem, "error", error="OSError", message="[Errno 28] No space left on device: 'x'")

    with pytest.raises(Refused, match="No space left") as caught:
        run(using={"execute": execute})
    assert caught.value.exit_code == 4
