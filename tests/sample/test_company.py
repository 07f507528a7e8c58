import pytest

from custlib import schema
from custlib.refusals import Refused
from custlib.sample import company

# What people decided and who they are, beside the exports.
REFERENCE = ("key_accounts", "overrides", "credit_terms", "plan_changes", "people")


@pytest.mark.parametrize("size", [{"customers": 29}, {"consumers": 10}, {"quarters": 1}, {"quarters": 41}])
def test_a_size_that_the_company_cannot_have_is_refused(size):
    with pytest.raises(Refused) as refused:
        company.make(lambda export: None, **({"customers": 40, "consumers": 60, "quarters": 3} | size), seed=1)
    assert refused.value.code == "sample_size"


@pytest.mark.parametrize("quarters", [2, 3, 14])
def test_every_table_of_the_schema_is_exported(quarters):
    tables = []
    company.make(lambda export: tables.append(export.table), 30, 60, quarters, seed=3)
    assert set(tables) == {*schema.TABLES, *REFERENCE} - {"sales_heads"}
    assert tables.count("sales") == quarters


def test_a_change_in_one_table_leaves_the_others_as_they_are():
    def sold(consumers):
        found = {}
        company.make(lambda export: found.setdefault(export.table, export), 30, consumers, 2, seed=1)
        return found["sales"].columns["net_amount"].units

    assert (sold(60) == sold(90)).all()
