"""Everything that a scorecard is made of."""

import pandas as pd
import pytest

from custlib import scorecards
from custlib.refusals import Refused

ROWS = pd.DataFrame(
    [["售前考核.csv", 2, "2025Q4", "许静", "客户满意度", "自评", "", None, 85.0, None, None]],
    columns=["file", "line", "quarter", "person", "kpi", "source", "rater", "month", "value", "cases", "hits"],
)


@pytest.fixture
def beside(tmp_path):
    (tmp_path / "reference").mkdir()
    text = "person_id,name,joined_on\nP1,许静,2025-11-17\n"
    (tmp_path / "reference" / "people.csv").write_text(text, encoding="utf-8")
    return tmp_path


def test_figures_and_who_is_who(beside):
    read = scorecards.read(ROWS, "2025Q4", beside)
    assert read.figures["person"].tolist() == ["P1"] and str(read.joined["P1"].date()) == "2025-11-17"


def test_a_quarter_without_figures_is_refused_and_so_is_a_wrong_sum_of_weights(beside):
    for arguments, code in ((("2025Q3", beside), "no_figures"), (("2025Q4", beside, {"growth": 90}), "weights_sum")):
        with pytest.raises(Refused) as caught:
            scorecards.read(ROWS, *arguments)
        assert caught.value.code == code
