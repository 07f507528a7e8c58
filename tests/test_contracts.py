from custlib import contracts


def test_the_stand_in_finds_nothing():
    assert contracts.breaches(None, "data/raw").columns.tolist() == list(contracts.COLUMNS)
