"""The reports of parts made by the workers of a Dask cluster, through joblib. The only module that knows Dask.

Workers see the workbook at the same path as this machine, and put each part's report in its place themselves.
"""

import contextlib
import importlib.util
import pickle
import subprocess
import sys
from dataclasses import replace

import rich.console

from custlib import project
from custlib.refusals import Refused
from custlib.report import execution, manifest, parts, progress, runs, warm
from custlib.report import steps as all_steps
from custlib.report.failures import NotebookFailed

PATIENCE = 20  # seconds in which the scheduler answers and a worker is there


def side_by_side(address, plans, watch):
    """Part → its `runs.Outcome`, or why it has none (`NotebookFailed`, `Refused`), each made by a worker of the cluster.

    After Ctrl-C no further part begins; those that workers are at are finished there.
    Raises Refused (`no_cluster`, `worker_differs`).
    """
    if importlib.util.find_spec("distributed") is None:
        raise Refused("no_cluster", address=address, reason="No module named 'distributed'")
    import distributed

    try:
        with distributed.Client(address, timeout=PATIENCE, set_as_default=False) as client:
            client.wait_for_workers(1, PATIENCE)
            _check_workers(client, plans[0])
            return dict(_outcomes(client, plans, watch))
    except (OSError, ValueError, subprocess.CalledProcessError, distributed.KilledWorker) as error:
        raise Refused("no_cluster", address=address, reason=error) from error


def _check_workers(client, plan):
    """Refused (`worker_differs`) unless every worker would make the same bytes, and finds what all parts share."""
    folders = sorted({str(taken.folder) for taken in plan.taken.values()})
    here = _told(folders)
    for worker, there in client.run(_told, folders).items():
        for what in sorted({*here, *there}):
            if here.get(what) != there.get(what):
                facts = {"there": f"{what} {there.get(what, '-')}", "here": here.get(what, "-")}
                raise Refused("worker_differs", worker=worker, **facts)


def _told(folders):
    """What decides the bytes of a report on this machine: name → version or place."""
    root = "-"
    with contextlib.suppress(Refused):
        root = str(project.root())
    seen = {folder: "+" if project.resolve(folder).is_dir() else "-" for folder in folders}
    return {"custlib": manifest.code()[:12], "folder": root} | manifest.versions() | seen


def _outcomes(client, plans, watch):
    import joblib

    for plan in plans:
        watch.start(plan.part_name, parts.cells_run(plan))
    jobs = [joblib.delayed(_work)(place, pickle.dumps(plan)) for place, plan in enumerate(plans)]
    with joblib.parallel_config(backend="dask", client=client):
        for place, answer in joblib.Parallel(return_as="generator_unordered", batch_size=1)(jobs):
            plan, outcome = plans[place], pickle.loads(answer)
            watch.end(plan.part_name, "failed" if isinstance(outcome, Exception) else "done")
            yield plan.part, outcome


def _work(place, plan):
    """On a worker: makes a part's report in a process of its own, for the worker may have been started with older code."""
    command = [sys.executable, "-c", "from custlib.report import cluster; cluster.answer()"]
    return place, subprocess.run(command, input=plan, capture_output=True, check=True).stdout


def answer():
    """Reads a plan from standard input, makes its report, and writes how that ended to standard output, both pickled."""
    plan = pickle.load(sys.stdin.buffer)
    plan = replace(plan, request=replace(plan.request, jobs=1))  # the other processors have parts of their own
    with contextlib.redirect_stdout(sys.stderr):
        outcome = _made(plan)
    pickle.dump(outcome, sys.stdout.buffer)


def _made(plan):
    watch = progress.Log(rich.console.Console(quiet=True), plan.lang)
    with execution.quiet(), warm.server(plan.request.cold) as server:
        steps = all_steps.real(server)
        try:
            clean = steps.open_tables(plan.data_dir, watch.detail, plan.request.engine)
            return runs.make(plan, watch, parts.prepared(steps, clean))
        except (NotebookFailed, Refused) as error:
            return error
