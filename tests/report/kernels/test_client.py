"""Warm kernels: the same outputs as cold ones, processes of their own, none left over."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import nbformat
import pytest

from custlib.page import outputs
from custlib.report.kernels import client, execution
from custlib.report.notebook import NotebookFailed, executed

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="warm kernels are Linux's")


def gone(pid):
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
    return state in ("", "Z")


def wait_for(true, seconds=10):
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.05)
    return true()


@pytest.fixture(scope="module")
def server():
    with client.server(cold=False) as one:
        yield one


def execute(book, folder, server, **options):
    with execution.quiet():
        return execution.execute(book, {}, folder=folder, kernels=execution.Kernels(), server=server, **options)


# What could betray the fork: hashes, width of tables, the working directory, arguments, backend, modules in scope, random numbers
# drawn with a seed, names in __main__, an error's text, a picture.
TELLING = [
    "print(quarter, {'b', 'a', 'c'}, hash('a'))",
    "import pandas as pd; wide = pd.DataFrame({f'column number {n}': [n] for n in range(40)}); print(wide); wide",
    "import os, sys; print(os.getcwd(), sys.executable, sys.argv[1:2], sys.path[0], sys.flags.hash_randomization)",
    "import matplotlib; print(matplotlib.get_backend(), os.environ['MPLBACKEND'])",
    "import numpy as np; print(np.random.default_rng(0).random(2), sorted(name for name in dir() if name[0] != '_'))",
    "import matplotlib.pyplot as plt; figure, axes = plt.subplots(); axes.plot([1, 2]); figure",
    "import signal, threading; print(signal.getsignal(signal.SIGCHLD), threading.current_thread().name)",
    "import warnings; warnings.warn('seen?'); print(get_ipython().__class__.__name__, __name__)",
]


def test_a_warm_kernel_gives_the_same_outputs_as_a_cold_one(notebook, tmp_path, server):
    cold, warmed = (
        nbformat.writes(executed.publishable(execute(notebook(*TELLING), tmp_path, one), {})) for one in (None, server)
    )
    assert warmed == cold and "column number 39" in cold and "image/png" in cold


def test_the_kernel_was_forked_with_its_imports_done_and_knows_nothing_of_the_one_before(notebook, tmp_path, server):
    seen = "import sys, os, random, numpy; print('ibis' in sys.modules, os.getppid(), os.getpid())"
    first = execute(notebook(seen, "import pandas; pandas.left = left = random.random()"), tmp_path, server)
    second = execute(notebook(seen, "import pandas; print(hasattr(pandas, 'left'), 'left' in dir())"), tmp_path, server)
    one, two = (node.cells[-2].outputs[0].text.split() for node in (first, second))
    assert one[:2] == two[:2] == ["True", str(server._process.pid)] and one[2] != two[2]
    assert second.cells[-1].outputs[0].text == "False False\n"


def test_unseeded_random_numbers_of_two_kernels_differ(notebook, tmp_path, server):
    code = "import random, numpy; print(random.random(), numpy.random.random())"
    one, two = (execute(notebook(code), tmp_path, server).cells[-1].outputs[0].text.split() for _ in range(2))
    assert not set(one) & set(two)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("import os; os.kill(os.getpid(), 9)", "dead kernel"),
        ("import time; time.sleep(60)", "timeout"),
        ("1 / 0", "error"),
    ],
)
def test_a_warm_kernel_that_fails_is_told_apart_and_the_next_one_runs(notebook, tmp_path, server, code, kind):
    with pytest.raises(NotebookFailed) as caught:
        execute(notebook(code), tmp_path, server, cell_seconds=2)
    assert caught.value.kind == kind
    assert execute(notebook("print(1)"), tmp_path, server).cells[-1].outputs[0].text == "1\n"


def test_cold_has_no_server():
    with client.server(cold=True) as one:
        assert one is None


def test_without_its_server_a_kernel_starts_plainly(notebook, tmp_path):
    with client.server(cold=False) as one:
        one.start(tmp_path)
        one._process.kill()
        node = execute(notebook("import os; print(os.getppid())"), tmp_path, one)
    assert node.cells[-1].outputs[0].text == f"{os.getpid()}\n"


def test_a_server_starts_at_once_in_its_folder_and_ends_with_its_run_while_it_still_imports(tmp_path):
    with client.server(cold=False, folder=tmp_path) as one:
        assert one._process.poll() is None
    assert gone(one._process.pid)


KILLED = """
    import os, sys, time
    from custlib.report.kernels import client
    with client.server(cold=False) as one:
        connection = {"transport": "ipc", "ip": "k", "key": "", "signature_scheme": "hmac-sha256"}
        import json
        ports = dict.fromkeys(("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"))
        open("c.json", "w").write(json.dumps(connection | {port: n for n, port in enumerate(ports, 1)}))
        kernel = one.fork(os.getcwd(), argv=["-f", os.path.abspath("c.json")], env=dict(os.environ))
        print(one._process.pid, kernel.pid, flush=True)
        time.sleep(60)
"""


def test_a_killed_run_leaves_neither_the_server_nor_a_kernel(tmp_path):
    command = [sys.executable, "-c", textwrap.dedent(KILLED)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=tmp_path) as run:
        server, kernel = run.stdout.readline().split()
        assert not gone(server) and not gone(kernel)
        run.send_signal(signal.SIGKILL)
    assert wait_for(lambda: gone(server) and gone(kernel))


def test_a_forked_process_answers_like_a_child_of_one_s_own():
    process = subprocess.Popen(["sleep", "60"])
    forked = client.Forked(process.pid)
    assert forked.poll() is None
    forked.terminate()
    assert forked.wait() == forked.poll() == 0 and process.wait() == -signal.SIGTERM
    forked.kill()  # it has ended: nothing happens, to nobody else either


FACTS = [{"kind": "text", "text": "**12** customers"}, {"kind": "nothing", "what": "abc_moves"}]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_process_of_its_own_puts_facts_into_the_words_that_this_one_would(server, lang):
    assert server.words(FACTS, lang, ROOT / "notebooks") == [outputs.shown(one, lang) for one in FACTS]


def test_facts_that_no_process_can_put_into_words_give_none(server):
    assert server.words([{"kind": "unheard of"}], "en", ROOT / "notebooks") is None


def test_a_process_of_its_own_calls_what_it_is_given_and_one_that_fails_gives_none(server):
    assert server.call(ROOT / "notebooks", execution.Kernels(), divmod, 17, 5) == [(3, 2)]
    assert server.call(ROOT / "notebooks", execution.Kernels(), divmod, 17, 0) is None


def test_what_a_process_of_its_own_does_can_be_ended(server):
    running = execution.Kernels()
    threading.Timer(0.2, running.end).start()
    assert server.call(ROOT / "notebooks", running, time.sleep, 60) is None
