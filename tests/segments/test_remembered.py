import numpy as np
import pandas as pd
import pytest

from custlib import segments
from custlib.segments import evidence, remembered

FEATURES = pd.DataFrame({"money": [1.0, 2.0], "frequency": [3.0, 4.0]}, ["Y1", "Y2"])
FOUND = evidence.framed([dict.fromkeys(evidence.COLUMNS, 1) | {"asked_strength": np.nan, "stable": True}])


def refuse():
    raise AssertionError("found anew")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "clean").mkdir()
    remembered.once(tmp_path / "clean", FEATURES, [None, 0, True], lambda: FOUND)
    return tmp_path / "clean"


def blobs(seed):
    random = np.random.default_rng(seed)
    return pd.DataFrame(np.concatenate([random.normal(at, 0.5, (20, 2)) for at in (0, 9)]), columns=["money", "other"])


def test_evidence_of_the_same_features_is_found_once(folder):
    pd.testing.assert_frame_equal(
        remembered.once(folder, FEATURES.copy(), [None, 0, True], refuse), FOUND, check_exact=True
    )


@pytest.mark.parametrize(
    "features, made_of",
    [
        (FEATURES, [3, 0, True]),
        (FEATURES, [None, 1, True]),
        (FEATURES, [None, 0, False]),
        (FEATURES + np.array([[0, 0], [0, 1e-12]]), [None, 0, True]),
        (FEATURES.set_axis(["Y1", "Y3"]), [None, 0, True]),
        (FEATURES.set_axis(["money", "quantity"], axis=1), [None, 0, True]),
    ],
)
def test_of_anything_else_it_is_found_anew(folder, features, made_of):
    with pytest.raises(AssertionError, match="found anew"):
        remembered.once(folder, features, made_of, refuse)


def test_other_rules_find_it_anew(folder, monkeypatch):
    monkeypatch.setattr(remembered, "__file__", str(folder / "remembered.py"))
    with pytest.raises(AssertionError, match="found anew"):
        remembered.once(folder, FEATURES, [None, 0, True], refuse)


def test_clean_tables_of_other_exports_take_it_over_and_stand_by_themselves(folder):
    other = folder.parent / "of other exports"
    other.mkdir()
    remembered.once(other, FEATURES, [None, 0, True], refuse)
    for file in folder.iterdir():
        file.unlink()
    pd.testing.assert_frame_equal(remembered.once(other, FEATURES, [None, 0, True], refuse), FOUND)


def test_an_earlier_quarter_s_evidence_is_kept_and_gives_the_same_segments(tmp_path, monkeypatch):
    history = {"2025Q2": blobs(0), "2025Q3": blobs(1), "2025Q4": blobs(2)}
    fresh = segments.over_quarters(history)
    segments.over_quarters(history, folder=tmp_path)
    monkeypatch.setattr(evidence, "decisive", lambda *given: refuse())
    history["2025Q4"] = blobs(3)  # as corrected
    again = segments.over_quarters(history, folder=tmp_path)
    for quarter in ("2025Q2", "2025Q3"):
        pd.testing.assert_frame_equal(again[quarter].evidence, fresh[quarter].evidence, check_exact=True)
        pd.testing.assert_series_equal(again[quarter].labels, fresh[quarter].labels)
