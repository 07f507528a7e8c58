"""The colours stay apart where there is no colour."""

from itertools import combinations

import pytest

from custlib import palette


def lightness(colour):
    """CIE L* from 0 (black) to 100 (white), as grey print keeps it."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    ]
    luminance = sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 116 * luminance ** (1 / 3) - 16


@pytest.mark.parametrize("one, other", list(combinations(palette.CLASSES.values(), 2)))
def test_classes_differ_in_grey_print(one, other):
    assert abs(lightness(one) - lightness(other)) > 18


@pytest.mark.parametrize("letter", palette.CLASSES)
def test_letters_can_be_read_on_their_class(letter):
    assert abs(lightness(palette.CLASSES[letter]) - lightness(palette.ON_CLASSES[letter])) > 40
