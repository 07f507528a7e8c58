from custlib.lessons import keys


def option(letter, text, tag="", says=""):
    return {"letter": letter, "text": text, "tag": tag, "says": says}


ITEM = {"id": "i", "text": "Which <b>?", "options": [option("1", "no", says="Because"), option("0", "yes", "right")]}
SORT = {"id": "s", "kind": "sort", "title": "", "quota": {"A": 2}, "items": [ITEM], "ways": {}, "thinks": {}}


def test_the_trainer_sees_every_answer_the_right_one_marked_and_what_is_said():
    html = keys.block(SORT, "en").html
    assert '<dd class="right"><b>0</b> yes</dd>' in html and html.index("yes") < html.index("no")
    assert "<span>Because</span>" in html and "Which &lt;b&gt;?" in html and "A 2" in html


def test_ways_of_thinking_stand_with_their_answers():
    html = keys.block(SORT | {"ways": {"vote": "1"}, "thinks": {"vote": "Letters are no votes."}}, "en").html
    assert "<code>1</code></td><td>Letters are no votes." in html


def test_what_asks_nothing_has_no_key():
    assert keys.block(SORT | {"items": [], "kind": "echo"}, "zh").html == ""
