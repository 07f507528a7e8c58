"""The plane of consumers: components that a hand can work out, and nothing that tells who stands where."""

import numpy as np
import pandas as pd
import pytest

from custlib import segments

# a and b are one feature in two units, c stands apart: the first component holds two thirds of the differences, the
# second c.
CORNERS = pd.DataFrame({"a": [0.0, 0, 1, 1], "b": [0.0, 0, 30, 30], "c": [2.0, 4, 2, 4]}, ["Y1", "Y2", "Y3", "Y4"])
LABELS = pd.Series({"Y1": "S1", "Y2": "S1", "Y3": "S2", "Y4": "S2"})


def many(rows=300):
    random = np.random.default_rng(1)
    features = pd.DataFrame(random.normal(size=(rows, 4)), columns=list("abcd"))
    features = features.assign(b=features["a"] * 3 + features["b"]).rename(lambda row: f"Y{row:05d}")
    return features, (features["a"] > 0).map({True: "S1", False: "S2"})


def test_two_features_that_go_together_make_the_first_axis():
    found = segments.mapped(CORNERS, LABELS)
    assert found.axes["axis"].tolist() == ["x", "x", "y", "y"]
    assert set(found.axes["feature"][:2]) == {"a", "b"} and found.axes["feature"][2] == "c"
    assert found.axes["loading"][:3].tolist() == pytest.approx([0.5**0.5, 0.5**0.5, 1])
    assert found.axes["explained"].tolist() == pytest.approx([2 / 3, 2 / 3, 1 / 3, 1 / 3])


def test_the_middle_of_a_segment_is_the_mean_of_its_consumers():
    centres = segments.mapped(CORNERS, LABELS).points.query("kind == 'centre'").set_index("identity")
    # standardised, a and b of S2 are 1 and 1, so that it lies √2 to the right
    assert centres["x"].to_dict() == pytest.approx({"S1": -(2**0.5), "S2": 2**0.5})
    assert centres["y"].to_numpy() == pytest.approx([0, 0], abs=1e-12)


def test_no_consumer_can_be_told_from_the_points():
    features, labels = many()
    points = segments.mapped(features, labels).points
    assert list(points.columns) == ["x", "y", "identity", "kind"]
    assert not {str(one) for one in points.to_numpy().ravel()} & set(features.index)
    assert not set(map(str, points.index)) & set(features.index)


def test_of_many_consumers_a_sample_is_drawn_and_the_middles_are_those_of_all():
    features, labels = many()
    few, every = (segments.mapped(features, labels, most=most).points for most in (40, 2000))
    assert few["kind"].value_counts().to_dict() == {"consumer": 40, "centre": 2}
    assert every["kind"].value_counts().to_dict() == {"consumer": 300, "centre": 2}
    pd.testing.assert_frame_equal(few.tail(2).reset_index(drop=True), every.tail(2).reset_index(drop=True))


def test_the_same_map_whatever_the_order_of_rows():
    features, labels = many()
    found, again = segments.mapped(features, labels, 50), segments.mapped(features[::-1], labels[::-1], 50)
    pd.testing.assert_frame_equal(found.points, again.points)
    pd.testing.assert_frame_equal(found.axes, again.axes)


def test_the_largest_loading_of_an_axis_points_up():
    features, labels = many()
    first = segments.mapped(-features, labels).axes.drop_duplicates("axis")
    assert first["loading"].gt(0).all()


def test_consumers_in_no_segment_and_features_without_differences_take_no_part():
    more = pd.concat([CORNERS, pd.DataFrame({"a": 9.0, "b": 1.0, "c": 7.0}, ["Y9"])]).assign(d=1.0)
    found = segments.mapped(more, LABELS.reindex(more.index))
    pd.testing.assert_frame_equal(found.points, segments.mapped(CORNERS, LABELS).points)
    assert "d" not in set(found.axes["feature"])


def test_one_feature_makes_no_plane():
    with pytest.raises(ValueError, match="two features"):
        segments.mapped(CORNERS[["a"]], LABELS)


def test_where_nobody_has_a_segment_the_map_is_empty():
    found = segments.mapped(CORNERS, LABELS.head(0))
    assert found.points.empty and found.axes.empty and found.explained == []
    assert segments.mapped(CORNERS, LABELS).explained == pytest.approx([2 / 3, 1 / 3])
