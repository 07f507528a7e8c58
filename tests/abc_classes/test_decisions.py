from datetime import date

import pandas as pd

from custlib import abc_classes

CLASSES = pd.Series(["A", "B", "C"], index=["k1", "k2", "k3"], dtype=abc_classes.CLASSES)
SIGNED = pd.DataFrame(
    {
        "customer_id": ["k1", "k2", "k3", "k9"],
        "class": ["A", "A", "B", "A"],
        "until": ["2026-06-30", "2025-12-31", "2025/9/30", "2026-06-30"],
        "who": "Zhang",
        "on": "2025-07-01",
        "why": "",
    }
)


def test_each_override_is_tested_again():
    found = abc_classes.overrides(CLASSES, SIGNED, date(2025, 12, 31))
    assert found["state"].to_dict() == {"k1": "agrees", "k2": "in_force", "k3": "expired", "k9": "absent"}
    assert found["joint_class"].tolist()[:3] == ["A", "B", "C"]


def test_only_an_override_in_force_decides():
    found = abc_classes.overrides(CLASSES, SIGNED, date(2025, 12, 31))
    decided = abc_classes.decided(CLASSES, found)
    assert decided.tolist() == ["A", "A", "C"] and decided.dtype == abc_classes.CLASSES


def test_the_day_after_it_ends_an_override_decides_nothing():
    found = abc_classes.overrides(CLASSES, SIGNED, date(2026, 3, 31))
    assert found.at["k2", "state"] == "expired"
    assert abc_classes.decided(CLASSES, found).tolist() == ["A", "B", "C"]
