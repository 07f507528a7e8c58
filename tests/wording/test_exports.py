import pandas as pd
import pytest

from custlib import wording

COLUMNS = ["file", "sheet", "table", "known", "open"]
SALES, ODD = ("a.csv", "", "sales", 7, 0), ("x.csv", "", "", 0, 1)


def found(*rows):
    return pd.DataFrame(rows, columns=COLUMNS)


def test_files_that_nobody_knows_are_named(said):
    text = said("exports.exports_reading", wording.exports_reading(found(SALES, ODD)), "en")
    assert "2 files" in text.replace("\N{NO-BREAK SPACE}", " ") and "Not known: x\\.csv" in text
    assert "未识别：x\\.csv" in said("exports.exports_reading", wording.exports_reading(found(SALES, ODD)), "zh")


@pytest.mark.parametrize("rows, step", [((ODD,), "sales"), ((SALES, ODD), "answer"), ((SALES,), "run")])
def test_the_next_step_is_the_one_that_is_lacking(rows, step, said):
    facts = wording.exports_next(found(*rows))
    assert facts["step"] == step
    assert said("exports.exports_next", facts, "en") and said("exports.exports_next", facts, "zh")
