import pandas as pd
import pytest

from custlib import customer_classes

QUARTER = "2025Q4"


@pytest.fixture(scope="module")
def judged(sample_clean):
    return customer_classes.judge(sample_clean, QUARTER, resamples=20)


def test_every_customer_of_the_quarter_stands_once_best_class_first(judged):
    customers = judged.customers
    assert customers.index.is_unique and set(customers.index) == set(judged.indicators.table.index)
    assert customers["joint_class"].astype("str").is_monotonic_increasing
    assert (customers["joint_class"] == judged.classes["joint"].loc[customers.index]).all()


def test_whoever_stayed_is_no_move_and_whoever_left_is_one(judged):
    assert set(judged.moves["step"]) <= {"rose", "fell", "new", "returned", "lost", "unjudged"}
    left = judged.moves.index.difference(judged.customers.index)
    assert (judged.moves.loc[left, "step"] == "lost").all()
    stayed = judged.customers.index[judged.customers["step"] == "stayed"]
    assert not stayed.isin(judged.moves.index).any()


def test_the_largest_change_of_size_comes_first(judged):
    change = (judged.moves["size"] - judged.moves["size_before"]).abs()
    assert change.is_monotonic_decreasing


def test_each_customer_has_a_measure_with_its_texts_in_each_language(judged):
    texts = judged.customers[["measure", "measure_name_en", "measure_name_zh", "next_step_en", "next_step_zh"]]
    assert texts.notna().all(axis=None) and (texts != "").all(axis=None)


def test_an_override_in_force_decides_and_the_figures_stay(sample_clean, judged, tmp_path):
    some = judged.customers.index[judged.customers["joint_class"] == "C"][0]
    folder = tmp_path / "reference"
    folder.mkdir()
    line = f"{some},A,2026-12-31,Li,2025-12-01,promising\n"
    (folder / "overrides.csv").write_text("customer_id,class,until,who,on,why\n" + line, encoding="utf-8")
    again = customer_classes.judge(sample_clean, QUARTER, tmp_path, resamples=20)
    assert again.customers.loc[some, ["joint_class", "decided_class"]].tolist() == ["C", "A"]
    # the reason given is the next step, and no general measure contradicts it
    steps = ["measure", "next_step_en", "next_step_zh", "terms_en"]
    assert again.customers.loc[some, steps].tolist() == ["as_decided", "promising", "promising", ""]
    others = again.customers.index.drop(some)
    assert (again.customers.loc[others, "measure"] == judged.customers.loc[others, "measure"]).all()
    pd.testing.assert_series_equal(
        again.customers["decided_class"].loc[others].astype("str"),
        judged.customers["decided_class"].loc[others].astype("str"),
    )


def test_a_missing_statement_moves_no_class(judged):
    customers = judged.customers
    carried = customers[~customers["brand_share_of"].isin(["", QUARTER])]
    assert len(carried) and carried["brand_share"].notna().all() and carried["brand_profit"].isna().all()
    assert (judged.customers["known"] == judged.indicators.table.notna().sum(axis=1)[customers.index]).all()
    # nobody's share is known in one quarter and not in the other because of a statement
    stated = judged.moves[judged.moves.index.isin(carried.index)]
    assert not (stated["cause"] == "missing").any()


def test_a_move_back_to_the_class_of_a_year_ago_is_marked(judged):
    moved = judged.moves[judged.moves["step"].isin(("rose", "fell"))]
    a_year_ago = judged.past["2024Q4"].reindex(moved.index).astype("object")
    assert (moved["as_a_year_ago"] == (moved["to_class"] == a_year_ago)).all()
    assert not judged.moves.loc[judged.moves.index.difference(moved.index), "as_a_year_ago"].any()


def test_the_surer_a_class_was_the_more_often_it_was_kept(judged):
    assert judged.kept["kept_share"].is_monotonic_decreasing and judged.kept["customers"].sum() > 1000


def test_a_system_judges_each_customer_among_its_own(sample_clean, judged):
    regions = customer_classes.judge(sample_clean, QUARTER, system="region", resamples=20)
    shares = regions.customers.groupby("system")["joint_class"].apply(lambda letters: (letters == "A").mean())
    assert shares.between(0.15, 0.35).all()
    assert regions.settings.set_index("name").at["system", "value"] == "region"
