"""`custlib forms` and `custlib forms-back`: what they pass on and say."""

from pathlib import Path

import pytest

from custlib.report.archive import archive
from custlib.report.forms import coaching, coming_back, demand, making


@pytest.fixture
def asked(root, monkeypatch):
    """What `making.make` was called with; a report of any name is published."""
    arguments = []

    def make(*given):
        arguments[:] = given
        return making.Made(root / "reports/forms/2025Q4", 1, 4, False)

    monkeypatch.setattr(archive, "named", lambda reports, quarter: f"run of {quarter}")
    monkeypatch.setattr(making, "make", make)
    return arguments


def test_forms_pass_on_what_was_asked_and_say_where_they_lie(custlib, asked, root):
    code, out, err = custlib("forms", "2025Q4", "--for", "K1", "--edition", "customer", "--lang", "zh")
    assert (code, out) == (0, "已写入：reports/forms/2025Q4（1 家客户，4 个文件）\n") and "Chromium" in err
    assert asked[:-1] == ["run of 2025Q4", root / "reports", "K1", ("customer",), None, "zh", "data/raw"]
    assert custlib("forms", "2025Q4")[0] == 0 and asked[2:5] == [None, ("customer", "internal"), None]
    assert custlib("forms", "2025Q4", "--what", "contract")[0] == 0 and asked[4] == "contract"


def test_every_kind_that_is_made_can_be_asked_for():
    from custlib.cli import accounts

    of_customers = [what for what in accounts.What if what not in accounts.APART]
    assert sorted(of_customers) == sorted(kind for kinds in making.WHAT.values() for kind in kinds)
    assert tuple(accounts.Reader) == making.READERS


def test_progress_is_said_after_two_seconds_and_not_before(custlib, asked, monkeypatch, capsys):
    custlib("forms", "2025Q4")
    from custlib.cli import accounts

    moments = iter([0.0, 1.0, 2.5, 2.5, 3.0])
    monkeypatch.setattr(accounts.time, "monotonic", lambda: next(moments))
    said = accounts._progress("en")
    said(1, 40), said(2, 40), said(3, 40)
    assert capsys.readouterr().err == "2 of 40 made\n"


def test_forms_of_a_quarter_without_a_report_are_refused(custlib, root):
    assert custlib("forms", "2025Q4")[0] == 2


def test_forms_that_come_back_are_named_with_their_lines(custlib, monkeypatch):
    monkeypatch.setattr(coming_back, "bring", lambda files, to: {Path(to) / "a.xlsx": len(files)})
    assert custlib("forms-back", "b.xlsx", "c.xlsx", "--to", "raw")[:2] == (0, "Written: raw/a.xlsx (2)\n")


def test_forms_of_no_customer_are_asked_for_by_name(custlib, asked, root, monkeypatch):
    given = []
    monkeypatch.setattr(demand, "make", lambda *of: given.append(of) or (root / "reports/forms/2025Q4/plan.xlsx", 3))
    monkeypatch.setattr(coaching, "make", lambda *of: given.append(of) or (root / "reports/people/forms", 6))
    code, out, _ = custlib("forms", "2025Q4", "--what", "demand", "--lang", "zh")
    assert (code, out) == (0, "已写入：reports/forms/2025Q4/plan.xlsx（3 张表）\n")
    assert custlib("forms", "2025Q4", "--what", "coaching", "--for", "P01")[:2] == (
        0,
        "Written: reports/people/forms (6)\n",
    )
    plan, talk = given
    assert plan == ("run of 2025Q4", root / "reports", "zh") and asked == []
    assert talk[:3] == ("run of 2025Q4", root / "reports" / "people", "en") and talk[-1] == "P01"
