"""The one door through which a run changes files: each failure becomes one refusal; tests make the n-th fail."""

import contextlib
import os
import shutil

import filelock

from custlib.refusals import Refused

LOCK = ".lock"
UNITS = ("B", "kB", "MB", "GB")


def perform(operation, path, *arguments):
    """One operation on `path`; an OSError (no space, not allowed) becomes Refused (`cannot_write`)."""
    try:
        return operation(path, *arguments)
    except OSError as error:
        raise Refused("cannot_write", folder=path, reason=error.strerror or error) from error


def make_folder(path):
    """Makes a folder and those above it; one that stands is left as it is."""
    perform(os.makedirs, path, 0o777, True)


def write(path, text):
    """Writes a text file as UTF-8, with the same line ends everywhere, through to the disk."""
    write_bytes(path, text.encode())


def write_bytes(path, data):
    """Writes a file, through to the disk."""
    perform(_write, path, data)


def _write(path, data):
    with open(path, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def copy(path, target):
    """Copies a file's content."""
    perform(_copy, target, path)


def _copy(target, path):
    with open(path, "rb") as file:
        _write(target, file.read())


def move(path, target):
    """Renames a file or folder within one file system, in one step; a file that stands at the target is replaced."""
    perform(os.replace, path, target)


def remove_file(path):
    """Removes a file."""
    perform(os.unlink, path)


def remove(path):
    """Removes a folder and all in it, if it stands."""
    if path.exists():
        perform(shutil.rmtree, path)


def size(folder) -> int:
    """Bytes that the files in a folder hold; another run may remove some of them meanwhile."""
    held = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(FileNotFoundError):
                held += os.stat(os.path.join(place, name)).st_size
    return held


def in_bytes(count: int) -> str:
    """A number of bytes as a person reads it: 950 → "950 B", 12_345_678 → "12.3 MB"."""
    power = min((len(str(count)) - 1) // 3, len(UNITS) - 1)
    return f"{count / 1000**power:.{bool(power):d}f} {UNITS[power]}"


def settle(folder):
    """Brings a folder's files and names through to the disk, so that a power cut cannot empty what was published."""
    for place, _, names in os.walk(folder):
        for name in names:
            perform(_sync, os.path.join(place, name))
        perform(_sync, place)


def settle_names(folder):
    """Brings the names in one folder through to the disk."""
    perform(_sync, folder)


def _sync(path):
    if os.name != "posix" and os.path.isdir(path):
        return  # Windows syncs no folders
    descriptor = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def only_one(folder):
    """Holds the folder's lock; Refused (`locked`) at once if another run holds it. The lock dies with its process."""
    make_folder(folder)
    lock = filelock.FileLock(folder / LOCK)
    perform(_acquire, folder, lock)
    try:
        yield
    finally:
        lock.release()


def refuse_held(folder):
    """Refused (`locked`) if another run holds the folder's lock; nothing is made or held."""
    if folder.is_dir() and (folder / LOCK).is_file():
        with only_one(folder):
            pass


def _acquire(folder, lock):
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout as error:  # an OSError too
        raise Refused("locked", folder=folder) from error
