"""The invented company at any size, written as a company's systems would export it, with the planted truth known."""

from pathlib import Path

from custlib.quarters import span
from custlib.refusals import Refused
from custlib.sample import declaration, files
from custlib.sample.days import LAST
from custlib.sample.telling import tell
from custlib.sample.truth import Truth

__all__ = ["Truth", "truth", "write"]


def write(folder, customers=240, consumers=3000, quarters=9, seed=20251231):
    """Write all exports and `sources.toml` into a folder that is new or empty; returns the Truth.

    The quarters are the last ones up to 2025Q4. The same sizes and seed give the same bytes. Nine quarters bring
    about 120 sales lines per customer. Raises Refused (`folder_exists`, `sample_size`).
    """
    folder = Path(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused("folder_exists", folder=folder)

    def take(export):
        folder.mkdir(parents=True, exist_ok=True)
        files.save(export, folder)

    told = tell(take, customers, consumers, quarters, seed)
    (folder / "sources.toml").write_text(declaration.text(span(LAST, quarters)), encoding="utf-8", newline="\n")
    return told


def truth(customers=240, consumers=3000, quarters=9, seed=20251231):
    """The same Truth, without writing a file. Raises Refused (`sample_size`)."""
    return tell(lambda export: None, customers, consumers, quarters, seed)
