import hashlib

import pytest

from custlib import project, sample, schema, sources
from custlib.refusals import Refused

TINY = {"customers": 30, "consumers": 50, "quarters": 2}


def hashes(folder):
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}


def test_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path):
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        sample.write(tmp_path / name, **TINY, seed=seed)
    one, again, other = (hashes(tmp_path / name) for name in ("one", "again", "other"))
    assert one == again
    # What no dealer stands in is the same for all.
    alike = {"sources.toml", "reference/people.csv"}
    assert {file for file in one if one[file] == other[file]} - {"促销活动.csv", "reference/credit_terms.csv"} == alike


def test_truth_is_the_same_without_writing(folder):
    told = sample.truth(customers=40, consumers=200, seed=7)
    assert told.faults == folder.told.faults
    assert told.classes.equals(folder.told.classes)


def test_a_folder_with_something_in_it_is_refused_and_left_alone(tmp_path):
    (tmp_path / "mine.csv").write_text("mine")
    with pytest.raises(Refused) as refused:
        sample.write(tmp_path, **TINY)
    assert refused.value.code == "folder_exists"
    assert [path.name for path in tmp_path.iterdir()] == ["mine.csv"]


def test_the_exports_in_the_project_are_the_default_sample_and_small(tmp_path):
    sample.write(tmp_path)
    raw = project.root() / "data" / "raw"
    assert hashes(raw) == hashes(tmp_path)
    assert sum(path.stat().st_size for path in raw.rglob("*") if path.is_file()) < 6_000_000


def test_it_reads_as_a_declaration_and_names_every_file_and_table(folder):
    told = sources.load(folder.path)
    files = [path.name for path in folder.path.iterdir() if path.is_file() and path.name != sources.NAME]
    assert {told.of(file).table for file in files} == set(schema.TABLES) - {"sales_heads"}
    assert (str(told.data_from), str(told.data_until)) == ("2023-10-01", "2025-12-31")


def test_the_dates_follow_the_quarters():
    assert "data_from = 2025-07-01\n" in sample.declaration(2)
