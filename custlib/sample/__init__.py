"""The invented company at any size, written as a company's systems would export it, with the planted truth known."""

from pathlib import Path

from custlib.quarters import span
from custlib.refusals import Refused
from custlib.sample import company, export_file, texts
from custlib.sample.days import LAST
from custlib.sample.truth import Truth


def write(
    folder: str | Path, customers: int = 240, consumers: int = 3000, quarters: int = 9, seed: int = 20251231
) -> Truth:
    """Write all exports and `sources.toml` into a folder that is new or empty; returns the Truth.

    The quarters are the last ones up to 2025Q4. The same sizes and seed give the same bytes. Nine quarters bring
    about 120 sales lines per customer. Raises Refused (`folder_exists`, `sample_size`).
    """
    folder = Path(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused("folder_exists", folder=folder)

    def take(export):
        folder.mkdir(parents=True, exist_ok=True)
        export_file.save(export, folder)

    planted = company.make(take, customers, consumers, quarters, seed)
    (folder / "sources.toml").write_text(declaration(quarters), encoding="utf-8", newline="\n")
    return planted


def truth(customers: int = 240, consumers: int = 3000, quarters: int = 9, seed: int = 20251231) -> Truth:
    """The same Truth, without writing a file. Raises Refused (`sample_size`)."""
    return company.make(lambda export: None, customers, consumers, quarters, seed)


def declaration(quarters: int) -> str:
    """The `sources.toml` of so many quarters."""
    exported = span(LAST, quarters)
    days = {"{data_from}": exported[0].first_day, "{data_until}": exported[-1].last_day}
    text = texts.text("sources.toml")
    for place, day in days.items():
        text = text.replace(place, str(day))
    return text
