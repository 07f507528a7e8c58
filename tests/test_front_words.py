"""What counts as read on a front page."""

import runpy
from pathlib import Path

front_words = runpy.run_path(str(Path(__file__).parent / "front_words.py"))
PAGE = """<html lang="{lang}"><head><title>Not read</title></head><body><nav><a href="x">A page</a></nav>
<h1>{title}</h1>
<section class="place orders"><h3>{orders} <a class="made">↗</a></h3><table><tr><td>廊坊新诚</td><td>1,473,000</td></tr></table>
<svg><text>1 2 3</text></svg><details><summary>{fold}</summary><p>Folded away</p></details></section>
<section class="place cards"><div class="findings"><div class="cl-card"><div class="cl-label">{title}</div><p>{card}</p></div></div>
</section></body></html>"""


def test_words_are_counted_by_place_without_links_drawings_and_what_is_folded():
    page = PAGE.format(lang="en", title="Which customers?", orders="First", fold="In words", card="45 bring 60\xa0%.")
    assert front_words["language"](page) == "en"
    assert front_words["counts"](page, "en") == {
        "warning": 0,
        "headline": 0,
        "orders": 5,  # First, the name, the amount, In words
        "cards": 5,
        "card": 3,  # without its title
        "page": 12,
    }


def test_in_chinese_each_character_counts_and_a_number_is_one():
    page = PAGE.format(lang="zh-CN", title="哪些客户？", orders="先做什么", fold="文字说明", card="45 家占 60.5%。")
    counted = front_words["counts"](page, front_words["language"](page))
    assert (counted["orders"], counted["cards"], counted["card"], counted["page"]) == (4 + 4 + 1 + 4, 8, 4, 25)
