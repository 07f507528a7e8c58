"""Effects of five consumers on each side, worked by hand; the proposals of the project itself."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from custlib import reference, segments
from custlib.refusals import Refused
from custlib.segments.strategies import measured

LOW, HIGH = [1.0, 2, 3, 4, 5], [11.0, 12, 13, 14, 15]


def found(low=LOW, high=HIGH, **more):
    index = [f"Y{n:02d}" for n in range(len(low) + len(high))]
    features = pd.DataFrame({"frequency": [*low, *high], **more}, index)
    identities = pd.Series(["S1"] * len(low) + ["S2"] * len(high), index)
    return segments.findings(features, identities)


def test_an_effect_its_interval_and_what_could_have_been_shown():
    row = found().set_index("identity").loc["S2"]
    assert (row["segment_mean"], row["others_mean"], row["effect"], row["consumers"]) == (13, 3, 10, 5)
    # Variance 2.5 on both sides: the standard error is 1, with 8 degrees of freedom. Two comparisons are made, so that
    # both intervals hold at once with 95 %: t(0.9875, 8) = 2.752.
    assert [row["effect_low"], row["effect_high"]] == pytest.approx([10 - 2.752, 10 + 2.752], abs=1e-3)
    assert row["detectable"] == pytest.approx(2.8)
    assert row["p"] == pytest.approx(stats.ttest_ind(HIGH, LOW, equal_var=False).pvalue)
    assert row["enough"] and row["direction"] == "up" and row["strategy"] == "sales_management"
    assert found().set_index("identity").loc["S1", "direction"] == "down"


def test_what_is_no_larger_than_its_noise_is_not_enough():
    row = found(high=[1.5, 2.5, 3.5, 4.5, 5.5]).iloc[1]
    assert row["effect"] == 0.5 and not row["enough"] and row["direction"] == "none"
    assert row["effect_low"] < 0 < row["effect_high"] and row["detectable"] > row["effect"]


def test_with_many_measures_more_is_asked_of_each():
    noise = {f"category_{n}": [0.0, 1, 0, 1, 0, 1, 0, 1, 0, 1] for n in range(40)}
    weak = [4.2, 5.2, 6.2, 7.2, 8.2]  # p = 0.0126 for each of the two rows
    alone, among = found(high=weak), found(high=weak, **noise)
    assert alone["enough"].all() and not among["enough"].any()


def test_fewer_than_five_consumers_have_no_figures():
    row = found(low=LOW[:4]).iloc[0]
    assert (
        row[["consumers", "segment_mean", "others_mean", "effect", "effect_low", "effect_high", "detectable", "p"]]
        .isna()
        .all()
    )
    assert not row["enough"]


def test_who_stands_in_no_segment_is_not_among_the_others():
    index = [f"Y{n:02d}" for n in range(11)]
    features = pd.DataFrame({"frequency": [*LOW, *HIGH, 1000.0]}, index)
    identities = pd.Series(["S1"] * 5 + ["S2"] * 5, index[:10])
    assert segments.findings(features, identities)["others_mean"].tolist() == [13, 3]


def test_measures_stand_under_their_strategy_in_its_order():
    features = pd.DataFrame(
        {
            "recency_days": [180.0, 181],
            "silent": [0.0, 1],
            "money": [1.0, 2],
            "novelty": [0.0, 1],
            "category_锅具": [0.0, 1],
            "tenure_days": [1.0, 2],
            "bargain_share": [0.0, 1],
            "store_format": ["超市", ""],
        },
        ["Y1", "Y2"],
    )
    values = measured(features)
    # how long ago the last purchase is depends on the season, so that no strategy follows from it
    assert set(values) == {"silent", "novelty", "category_锅具", "bargain_share", "store_format_超市"}
    assert values["store_format_超市"].fillna(-1).tolist() == [1, -1]
    rows = segments.findings(features, pd.Series(["S1", "S2"], ["Y1", "Y2"]))
    order = rows["strategy"].drop_duplicates().tolist()
    assert order == ["product_strategy", "season_strategy", "sales_management"] and set(order) <= set(
        segments.STRATEGIES
    )


def test_no_difference_at_all_is_not_enough():
    rows = found(low=[1.0] * 5, high=[1.0] * 5)
    assert not rows["enough"].any() and rows["p"].tolist() == [1, 1]


def test_a_finding_comes_again_or_does_not():
    now = found(
        quantity=[*LOW, *HIGH], novelty=[*LOW, *HIGH], discount_share=[*LOW, *HIGH], festival_share=[*LOW, *HIGH]
    )
    later = found(low=LOW, high=HIGH, quantity=[*HIGH, *LOW], novelty=[*LOW, *HIGH], festival_share=[0.0] * 10)
    told = dict(zip(now["measure"], segments.came_again(now, later), strict=True))
    assert told == {
        "quantity": "no",
        "novelty": "yes",
        "discount_share": "not_known",  # no longer exported
        "festival_share": "not_known",  # no festival month in the quarter
        "frequency": "not_known",  # a quarter holds fewer purchases than a year
    }
    assert segments.came_again(found(high=LOW), later).tolist() == ["", ""]


@given(st.lists(st.integers(0, 9), min_size=10, max_size=10), st.integers(1, 50))
def test_units_and_order_of_rows_do_not_decide(values, factor):
    one, other = (
        found(values[:5], values[5:]),
        found([v * factor for v in values[:5]], [v * factor for v in values[5:]]),
    )
    assert one["direction"].tolist() == other["direction"].tolist()
    assert other["effect"].tolist() == pytest.approx((one["effect"] * factor).tolist())
    turned = found(values[4::-1], values[:4:-1])
    assert turned["effect"].tolist() == pytest.approx(one["effect"].tolist())


def rules():
    return reference.lines("strategies.csv")


def test_the_clearest_finding_of_a_segment_and_strategy_has_a_proposal_in_both_languages():
    wide = [n + 0.1 * m for n, m in zip([*LOW, *HIGH], [3.0, -5, 9, -4, 2] * 2, strict=True)]
    rows = segments.proposals(found(category_锅具=[*LOW, *HIGH], category_刀具=wide, quantity=[3.0, 1] * 5), rules())
    assert rows["enough"].sum() == 6  # two categories and frequency, each of two segments
    proposed = rows.dropna(subset=["proposal_en", "proposal_zh"])
    assert proposed.groupby(["strategy", "identity"]).size().tolist() == [1] * 4
    assert proposed["enough"].all() and rows["proposal_en"].notna().sum() == rows["proposal_zh"].notna().sum() == 4
    pots = proposed[proposed["measure"] == "category_锅具"]
    assert (
        pots["proposal_zh"].str.contains("锅具").all() and not pots["proposal_en"].str.contains("{", regex=False).any()
    )


@pytest.mark.parametrize(
    "column, value",
    [("measure", "colour"), ("direction", "sideways"), ("strategy", "price_strategy"), ("strategy", None)],
)
def test_a_line_that_fits_no_finding_is_refused_with_its_line(column, value):
    strange = rules()
    line = strange.index[strange["strategy"] == "product_strategy"][0]
    strange.loc[line, column] = value
    with pytest.raises(Refused) as caught:
        segments.proposals(found(), strange)
    assert caught.value.code == "strategy_unknown"
    assert (caught.value.facts["line"], caught.value.facts["column"]) == (line, column)


@pytest.mark.parametrize("spoil", [lambda table: table.iloc[1:], lambda table: table.assign(proposal_zh=None)])
def test_a_measure_without_a_proposal_is_refused(spoil):
    with pytest.raises(Refused) as caught:
        segments.proposals(found(), spoil(rules()))
    assert caught.value.code == "strategy_missing" and caught.value.facts["measure"] == "novelty"


def test_the_clearest_finding_is_the_largest_beside_what_could_just_have_been_shown():
    rows = pd.DataFrame(
        [
            ("days", "S1", -40.0, 20.0, True),
            ("share", "S1", 0.3, 0.1, True),
            ("share", "S2", 0.9, 0.1, False),
            ("count", "S2", 0.1, 0.0, True),
        ],
        columns=["measure", "identity", "effect", "detectable", "enough"],
    )
    # without noise, three times, twice what could have been shown; what is not enough is left out
    assert segments.clearest(rows)["measure"].tolist() == ["count", "share", "days"]
    assert list(segments.clearest(rows)) == list(rows)


def test_what_is_published_says_what_came_again_and_what_to_try():
    later = found(LOW, [21.0, 22, 23, 24, 25])
    suggested = segments.suggested(found(novelty=[0.1, 0.2] * 5), later, segments.words())
    row = suggested.set_index(["measure", "identity"]).loc[("frequency", "S2")]
    assert (
        row["came_again"] == "not_known" and isinstance(row["proposal_en"], str) and isinstance(row["proposal_zh"], str)
    )
    assert suggested.set_index(["measure", "identity"]).loc[("novelty", "S1"), "proposal_en"] is None
