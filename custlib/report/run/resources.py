"""The memory that a run takes: of its own process, of its kernels and of all else that it starts."""

import contextlib
import threading

import psutil

EVERY = 2  # seconds between two looks; each takes a system that counts what is shared 30 ms


class Peak:
    """Looks at the memory of all processes while a `with` lasts; `bytes` is the most that they held at once."""

    def __init__(self):
        self.bytes, self._ended = 0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *error):
        self._ended.set()
        self._thread.join()

    def _watch(self):
        while True:
            self.bytes = max(self.bytes, held())
            if self._ended.wait(EVERY):
                return


def held() -> int:
    """Bytes that this process and those that it started hold now; what several share counts once, on Linux."""
    own = psutil.Process()
    return sum(map(_of, [own, *own.children(recursive=True)]))


def _of(process):
    with contextlib.suppress(psutil.Error):  # it ended meanwhile
        try:
            memory = process.memory_full_info()
        except psutil.AccessDenied:  # macOS keeps to itself what another process shares
            return process.memory_info().rss
        return getattr(memory, "pss", memory.uss)
    return 0
