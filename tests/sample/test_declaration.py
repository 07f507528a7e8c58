from custlib import schema, sources
from custlib.quarters import span
from custlib.sample import LAST, declaration


def test_it_reads_as_a_declaration_and_names_every_file_and_table(folder):
    told = sources.load(folder.path)
    files = [path.name for path in folder.path.iterdir() if path.is_file() and path.name != sources.NAME]
    assert {told.of(file).table for file in files} == set(schema.TABLES)
    assert (str(told.data_from), str(told.data_until)) == ("2023-10-01", "2025-12-31")


def test_the_dates_follow_the_quarters():
    assert "data_from = 2025-07-01\n" in declaration.text(span(LAST, 2))
