"""Lines of plans, typed out."""

import pandas as pd
import pytest

_LINE = {
    **{"year": 2025, "customer_id": "K1", "item": "促销", "metric": "场次", "target": 12.0, "unit": "次"},
    **{"owner": "陈", "due_on": "2025-12-31", "key": "themed_events", "direction": "up", "profile": "linear"},
    **{"together": "sum", "measured": "plan_checks", "factor": "price"},
}
_CHANGE = {
    **{"year": 2025, "customer_id": "K1", "item": "促销", "metric": "场次", "from_quarter": "2025Q2", "target": 8.0},
    **{"who": "陈", "on": "2025-05-01", "why": "装修"},
}


@pytest.fixture(scope="session")
def lines():
    """Lines as `facts.plans` gives them: each dict names what differs from a plan of 12 events by the year's end."""

    def make(*rows):
        table = pd.DataFrame([_LINE | row for row in rows])
        return table.assign(due_on=pd.to_datetime(table["due_on"]))

    return make


@pytest.fixture(scope="session")
def changes():
    """Corrections as `plan_changes` gives them, each a dict of what differs from 8 instead of 12 in time."""

    def make(*rows):
        table = pd.DataFrame([_CHANGE | row for row in rows], columns=list(_CHANGE))
        return table.assign(on=pd.to_datetime(table["on"])).astype({"year": "int64", "target": "float64"})

    return make
