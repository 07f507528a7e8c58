import dataclasses

import pandas as pd
import pytest

from custlib import cleaning, facts
from custlib.lessons import lines, margins, texts
from custlib.refusals import Refused
from custlib.wording import sentences
from custlib.words import LANGUAGES

LINES = pd.DataFrame(
    {
        "customer_id": ["K1", "K1", "K2", "K2"],
        "product_id": ["P1", "P2", "P2", "P3"],
        "pieces": [10.0, 10.0, 30.0, 1.0],
        "paid": [500.0, 1_000.0, 3_000.0, 9_000.0],
        "cost": [300.0, 700.0, 2_100.0, float("nan")],
    }
)
EARNED = pd.DataFrame(
    {
        "customer_id": ["K1", "K2", "K3"],
        "net_sales": [1_500.0, 2_500.0, 9_000.0],
        "gross_profit": [500.0, 600.0, 100.0],
        "brand_profit": [100.0, 300.0, float("nan")],
    }
)
NAMES = pd.Series({"P1": "pot", "P2": "cup"})


def test_the_piece_is_of_the_model_that_brought_most_at_a_known_cost():
    piece = margins.piece(LINES, EARNED, NAMES)  # P2: 4,000 yuan for 40 pieces that cost 2,800
    assert (piece.name, piece.price, piece.cost) == ("cup", 100, 70)
    assert piece.ours == 30
    assert piece.dealer_rate == pytest.approx(0.1)  # 400 of 4,000, of those who stated it
    assert piece.dealers == pytest.approx(10)


def test_a_model_below_its_cost_is_no_piece_and_dealers_who_earn_nothing_are_refused():
    cheap = LINES.assign(cost=LINES["cost"].where(LINES["product_id"] != "P2", 9_000.0))
    assert margins.piece(cheap, EARNED, NAMES).name == "pot"
    for sold, earned in ((LINES.assign(cost=9e9), EARNED), (LINES, EARNED.assign(brand_profit=-1.0))):
        with pytest.raises(Refused, match="Lesson 1"):
            margins.piece(sold, earned, NAMES)


def test_a_dealer_that_would_leave_us_nothing_is_not_asked_about():
    earned = EARNED.assign(brand_profit=100.0)  # K3 buys most and leaves 100 yuan; two points are 180
    assert margins.asking(earned, pd.DataFrame({"name": ["x"]}, ["K1"]))["dealer"] == "K2"


def test_what_the_price_gives_to_one_it_takes_from_the_other():
    slider = margins.price_slider("price", margins.piece(LINES, EARNED, NAMES))
    shown = {
        percent: [text["facts"]["value"] for text in slider.settings[str(at)][:-1]]
        for at, percent in enumerate(margins.STEPS)
    }
    assert shown[0] == pytest.approx([100, 30, 10, 40]) and slider.start == "10"
    assert shown[-20] == pytest.approx([80, 10, 30, 40])
    assert all(together == pytest.approx(40) for *_, together in shown.values())


@pytest.mark.parametrize("percent, verdict", [(-20, 3), (-14, 2), (0, 2), (4, 2), (6, 1), (10, 0), (12, 0)])
def test_each_setting_has_the_verdict_of_its_band(percent, verdict):
    slider = margins.price_slider("price", margins.piece(LINES, EARNED, NAMES))
    assert slider.settings[str(list(margins.STEPS).index(percent))][-1] == verdict


def test_below_cost_we_lose():
    thin = margins.Piece("cup", 100, 90, 0.1)
    assert margins.price_slider("price", thin).settings["0"][-1] == 4


def test_without_what_dealers_earn_there_is_no_lesson():
    unknown = EARNED.assign(brand_profit=float("nan"))
    with pytest.raises(Refused, match="dealer"):
        margins.piece(LINES, unknown, NAMES)
    with pytest.raises(Refused, match="dealer"):
        margins.asking(unknown, pd.DataFrame({"name": []}))


def test_two_points_cost_a_fiftieth_of_what_the_largest_known_dealer_bought():
    texts = margins.asking(EARNED, pd.DataFrame({"name": ["one", "two"]}, index=["K1", "K2"]))
    assert texts["dealer"] == "two"
    values = {name: text["facts"]["value"] for name, text in texts.items() if name != "dealer"}
    assert values["cost"] == 50 and values["share"] == pytest.approx(50 / 600)
    assert values["grow"] == pytest.approx(50 / 550)


def test_two_per_cent_less_costs_more_than_two_per_cent_of_the_profit():
    texts = margins.of_piece(margins.Piece("cup", 100, 80, 0.1))
    assert texts["lost"]["facts"]["value"] == pytest.approx(0.1)  # 2 of 20
    assert texts["more"]["facts"]["value"] == pytest.approx(1 / 9)  # 20 ÷ 18 − 1


def test_in_the_sample_both_ends_of_the_slider_hurt_somebody_and_today_nobody():
    clean = cleaning.open_tables("data/raw")
    earned = facts.customer_quarters(clean)
    earned = earned[earned["quarter"] == "2025Q4"]
    piece = margins.piece(facts.price_lines(clean, "2025Q4"), earned, NAMES)
    verdicts = [setting[-1] for setting in margins.price_slider("price", piece).settings.values()]
    assert (verdicts[0], verdicts[10], verdicts[-1]) == (3, 2, 0)
    guess = margins.guesses("guess", lines("questions", "1"), piece)
    assert guess.key == "BB"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_text_can_be_said(lang):
    slider = margins.price_slider("price", margins.piece(LINES, EARNED, NAMES))
    told = texts.in_words(dataclasses.asdict(slider), lang, sentences.Context())
    assert len(set(told["verdicts"])) == 5 and len(set(told["sliders"][0]["steps"])) == 21
    guess = margins.guesses("guess", lines("questions", "1"), margins.piece(LINES, EARNED, NAMES))
    asked = texts.in_words(dataclasses.asdict(guess), lang, sentences.Context())["items"][0]
    assert "100" in asked["text"] and [option["text"] for option in asked["options"]] == ["0–24", "25–35", "36–100"]
