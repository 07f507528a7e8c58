"""A quarter without a file: absent, not zero. Six invented customers that buy every month of two years."""

import pytest

from custlib import abc_classes, accounting, customer_classes, facts, wording
from custlib.refusals import Refused

HEADER = "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元),成本(元)"
MONTHS = [f"{year}-{month:02d}" for year in (2024, 2025) for month in range(1, 13)]
ABSENT = ["2025-07", "2025-08", "2025-09"]
PERIOD = 'data_from = 2024-01-01\ndata_until = 2025-12-31\n{}\n[[source]]\nfiles = "*"\ntable = "sales"\n'


def company(cleaned, months, closed=""):
    rows = [
        f"{month}-{who},1,{month}-15,K{who},P1,1,{100 * who + at % 3},{80 * who}"
        for at, month in enumerate(months)
        for who in range(1, 7)
    ]
    return cleaned({"sales.csv": "\n".join([HEADER, *rows]) + "\n"}, PERIOD.format(closed))


@pytest.fixture
def lacking(cleaned):
    return company(cleaned, [month for month in MONTHS if month not in ABSENT])


def test_a_missing_quarter_is_refused_with_the_line_to_write(cleaned, lacking):
    with pytest.raises(Refused) as refusal:
        facts.check_quarter(lacking, "2025Q4")
    assert refusal.value.exit_code == 3
    line = 'closed = ["2025-07", "2025-08", "2025-09"]'
    assert line in refusal.value.line("en") and line in refusal.value.line("zh")
    facts.check_quarter(lacking, "2025Q4", unfinished=True)
    facts.check_quarter(lacking, "2025Q2")  # nothing before it is missing
    facts.check_quarter(company(cleaned, [month for month in MONTHS if month not in ABSENT], line), "2025Q4")


def test_the_page_says_first_what_is_missing(lacking):
    data = accounting.data_facts(lacking, "2025Q4").iloc[0]
    assert wording.missing_note(data) == {"missing": "sales 2025-07 – 2025-09", "closed": ""}
    assert wording.unfinished_note(data, "2025Q4") is None
    assert wording.missing_note(accounting.data_facts(lacking, "2025Q2").iloc[0]) is None
    own = wording.unfinished_note(accounting.data_facts(lacking, "2025Q3").iloc[0], "2025Q3")
    assert own["gaps"] == "sales 2025-07 – 2025-09"


def test_nobody_returned_from_a_missing_quarter_and_nothing_rose(lacking):
    judged = customer_classes.judge(lacking, "2025Q4", resamples=10)
    assert set(judged.customers["step"]) == {"unjudged"} and judged.moves.empty
    assert set(judged.customers["measure"]) <= {"keep_close", "develop", "serve"}
    assert wording.migration_reading(abc_classes.flows(judged.paths)) == {"moves": {}}
    change = facts.change(lacking, "2025Q3", "2025Q4")
    steps = abc_classes.steps(judged.customers.reset_index(), judged.moves.reset_index())
    bridge = abc_classes.bridge(steps.join(change.customers), change.apart, change.totals)
    assert wording.bridge_reading(bridge) is None


def test_with_the_quarter_there_everybody_has_a_class_before(cleaned):
    judged = customer_classes.judge(company(cleaned, MONTHS), "2025Q4", resamples=10)
    assert not set(judged.customers["step"]) & {"unjudged", "returned", "new"}
