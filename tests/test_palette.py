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


def test_contrast_is_that_of_wcag():
    assert palette.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert palette.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)  # the known grey that just fails


@pytest.mark.parametrize("colour", [palette.INK, palette.MUTED, palette.ALERT, palette.CLASSES["A"]])
@pytest.mark.parametrize("ground", [palette.PAPER, palette.TINT])
def test_texts_of_pages_and_figures_can_be_read(colour, ground):
    assert palette.contrast(colour, ground) >= palette.LEAST_CONTRAST


def test_text_can_be_read_on_every_grey_and_every_class():
    grounds = [f"#{grey:02x}{grey:02x}{grey:02x}" for grey in range(256)]
    assert all(palette.contrast(palette.text_on(one), one) >= palette.LEAST_CONTRAST for one in grounds)
    pairs = ((palette.ON_CLASSES[letter], palette.CLASSES[letter]) for letter in palette.CLASSES)
    assert all(palette.contrast(*pair) >= palette.LEAST_CONTRAST for pair in pairs)
