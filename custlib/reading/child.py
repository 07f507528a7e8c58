"""A process of its own for what a hostile workbook might do: its memory and time are limited."""

import errno
import marshal
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from custlib.refusals import Refused

_PACKAGE = Path(__file__).parents[2]
_START = "import sys; sys.path.insert(0, {!r}); from custlib.reading import child; child.main(sys.argv[1:])"
# Exit codes of a child that met a limit and could still say so.
_OUT_OF_MEMORY, _OUT_OF_SPACE = 12, 13


class Limits(NamedTuple):
    """What the child may use: bytes of memory, seconds of the processor and of the clock (the machine may be busy),
    bytes of text that it hands over."""

    memory: int = 2 << 30
    seconds: int = 120
    clock: int = 600
    output: int = 512 << 20


LIMITS = Limits()


def ask(path: Path, file: str, sheet: str | None = None) -> tuple[dict, Iterator[list]]:
    """Read a sheet in a child process: (facts, iterator over lists of rows), as `sheet_rows.tell` gives them.

    Raises Refused: whatever the child refuses, `too_large_workbook` beyond a limit, `unreadable_workbook` if it dies
    otherwise.
    """
    answer = tempfile.TemporaryFile()
    with tempfile.TemporaryFile() as errors:
        _run([str(path.absolute()), file, *([sheet] if sheet else [])], answer, errors, file)
    answer.seek(0)
    refused, facts = marshal.load(answer)
    if refused:
        raise Refused(refused, **facts)
    return facts, _batches(answer)


def _run(arguments, answer, errors, file):
    limits = LIMITS
    command = [sys.executable, "-c", _START.format(str(_PACKAGE)), *map(str, limits), *arguments]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=answer,
            stderr=errors,
            timeout=limits.clock,
            cwd=_PACKAGE,  # where no file of an analyst is called like a module
        )
    except subprocess.TimeoutExpired as error:
        raise Refused("too_large_workbook", file=file, limit=f"{limits.clock} s") from error
    if done.returncode:
        errors.seek(0)
        _refuse(done.returncode, errors.read().decode("utf-8", "replace"), limits, file)


def _refuse(code, errors, limits, file):
    """Say why a child died, by the way it went."""
    reached = {
        _OUT_OF_MEMORY: f"{limits.memory >> 20} MB",
        _OUT_OF_SPACE: f"{limits.output >> 20} MB",
        -getattr(signal, "SIGKILL", 9): f"{limits.memory >> 20} MB",
        -getattr(signal, "SIGXCPU", 24): f"{limits.seconds} s",
    }
    if "memory allocation of" in errors:
        code = _OUT_OF_MEMORY
    if code in reached:
        raise Refused("too_large_workbook", file=file, limit=reached[code])
    lines = errors.strip().splitlines() or [f"exit code {code}"]
    raise Refused("unreadable_workbook", file=file, reason=lines[-1][:200])


def _batches(answer):
    with answer:
        while batch := marshal.load(answer):
            yield batch


def main(arguments: list[str]):
    """What the child does: limit itself, read, write the answer to its standard output."""
    from custlib.reading import sheet_rows

    limits, (path, file, *name) = Limits(*map(int, arguments[:4])), arguments[4:]
    _limit(limits)
    out = sys.stdout.buffer
    try:
        parts = sheet_rows.tell(Path(path), file, *name)
        marshal.dump((None, next(parts)), out)
        for batch in parts:
            marshal.dump(batch, out)
        marshal.dump(None, out)
        out.flush()
    except Refused as refusal:
        marshal.dump((refusal.code, refusal.facts), out)
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)
    except OSError as error:
        if error.errno != errno.EFBIG:
            raise
        os._exit(_OUT_OF_SPACE)


def _limit(limits):
    try:
        import resource
    except ImportError:  # Windows: only the clock of the parent counts
        return
    for what, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, limits.seconds),
        (resource.RLIMIT_FSIZE, limits.output),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
