from custlib.sample import texts


def test_shares_of_each_list_add_up_to_one():
    for name in ("regions.csv", "leaving_reasons.csv", "segments.csv"):
        assert abs(sum(float(line["share"]) for line in texts.lines(name)) - 1) < 1e-9


def test_a_tree_is_what_its_text_says():
    assert texts.company() == texts.tree("company.toml")
    assert texts.company()["name"] in texts.text("company.toml")
