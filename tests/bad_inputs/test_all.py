"""Every case of the list has its test."""

import re
from pathlib import Path


def test_each_of_the_67_inputs_has_a_test_of_its_own():
    text = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert {int(number) for number in re.findall(r"^def test_(\d\d)_\w+", text, re.M)} == set(range(1, 68))
