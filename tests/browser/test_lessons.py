"""A lesson's page in a browser: every exercise answered right, by each known way of thinking, by key, by finger and on paper."""

import json
import random
import re
import runpy
import unicodedata
from pathlib import Path

import pytest

from custlib import words
from custlib.lessons import codes, controls, ways

TOYS = runpy.run_path(str(Path(__file__).parents[1] / "lesson_toys.py"))
LANGUAGES = ("en", "zh")
PAUSE = {"en": ", ", "zh": "、"}
JOINED = {"en": " ", "zh": ""}
SORTED = [TOYS[name] for name in ("SORT", "MATCH", "ORDER")]
THINKING = [(one, tag) for one in SORTED for tag in one.ways]
CONTROLS = "section.ex :is(button, input, select, textarea, a)"
SHOWN = ".map(each => [each, (each.closest('label') ?? each).getBoundingClientRect()]).filter(([each]) => each.offsetParent)"


@pytest.fixture(scope="module")
def addresses(tmp_path_factory):
    """The toy lesson in each language: language → address."""
    folder = tmp_path_factory.mktemp("lesson")
    for lang in LANGUAGES:
        (folder / f"{lang}.html").write_text(TOYS["page"](lang), encoding="utf-8")
    return {lang: (folder / f"{lang}.html").as_uri() for lang in LANGUAGES}


@pytest.fixture
def lesson(addresses, open_page):
    """Opens it: (language, width) → `Watched`; at the end nothing was asked of a network or said in the console."""
    seen = []

    def go(lang="en", width=1280):
        seen.append(open_page(addresses[lang], width))
        return seen[-1]

    yield go
    for each in seen:
        assert (each.outside, each.said, each.asked) == ([], [], [])


def say(key, lang, **facts):
    return words.say("lessons", key, lang, **facts)


def told(exercise, lang):
    return TOYS["told"](exercise, lang)


def choose(page, exercise, letters):
    """Chooses a letter on each card and presses the button, at once: (what is told, the way that the page names)."""
    return page.evaluate(
        """([id, letters]) => {
          const box = document.getElementById(id);
          [...box.querySelectorAll('.ex-card')].forEach((card, place) => card.querySelector(`[value="${letters[place]}"]`).click());
          box.querySelector('button.main').click();
          return [box.querySelector('.ex-told').innerText.replaceAll('\\u00a0', ' '), box.dataset.way];
        }""",
        [exercise.id, letters],
    )


def replies(page, id):
    return [text.replace("\n", "") for text in page.locator(f"#{id} .ex-say").all_inner_texts()]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_right_says_what_can_now_be_done(lesson, lang):
    page = lesson(lang).page
    for exercise in SORTED:
        done = told(exercise, lang)["done"] or say("all_right", lang)
        assert choose(page, exercise, exercise.key) == [done, ""]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_thinks_in_a_known_way_is_told_it_once_and_the_cards_stay_neutral(lesson, lang):
    page = lesson(lang).page
    for exercise, tag in THINKING:
        answers, sentence = exercise.ways[tag], told(exercise, lang)["thinks"][tag]
        said, way = choose(page, exercise, answers)
        sentences = controls.told(told(exercise, lang), answers, lang)  # as JupyterLab says it
        assert way == tag and sentence in sentences and said.startswith(JOINED[lang].join(sentences))
        assert page.locator(f"#{exercise.id}").inner_text().count(sentence) == 1
        chosen = [
            next(option for option in item["options"] if option["letter"] == letter)
            for item, letter in zip(told(exercise, lang)["items"], answers, strict=True)
        ]
        marked = [("✓" if option["tag"] == "right" else "✗") + option["says"] for option in chosen]
        assert replies(page, exercise.id) == marked


def test_the_page_names_the_way_that_python_names(lesson):
    page, dice = lesson().page, random.Random(4)
    sort = TOYS["SORT"]
    for _ in range(60):
        base = dice.choice([sort.key, *sort.ways.values()])
        letters = "".join(dice.choice("ABC") if dice.random() < 0.3 else letter for letter in base)
        assert choose(page, sort, letters)[1] == ways.nearest(letters, sort.key, sort.ways), letters


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_letters_the_same_get_the_quota_and_no_diagnosis(lesson, lang):
    said, way = choose(lesson(lang).page, TOYS["SORT"], "AAAAAAAAAA")
    each = [say("quota_each", lang, n=n, letter=letter) for letter, n in (("A", 2), ("B", 4), ("C", 4))]
    assert way == "" and say("quota", lang, quota=PAUSE[lang].join(each)) in said
    assert not any(sentence in said for sentence in told(TOYS["SORT"], lang)["thinks"].values())


def test_nothing_is_told_before_every_card_has_a_letter(lesson):
    page = lesson().page
    page.locator("#sort input").first.check()
    page.locator("#sort button.main").click()
    assert page.locator("#sort .ex-told").inner_text() == say("need", "en", n=9)
    assert page.locator("#sort .ex-say").count() == 0


def test_what_is_used_once_leaves_the_card_that_had_it(lesson):
    page = lesson().page
    page.locator("#match .ex-card").nth(0).locator("[value='2']").check()
    page.locator("#match .ex-card").nth(1).locator("[value='2']").check()
    assert page.locator("#match :checked").count() == 1
    assert page.locator("#match .ex-count").inner_text() == say("placed", "en", n=1, of=3)


def test_arrow_keys_pass_what_other_cards_have_and_leave_it_to_them(lesson):
    page = lesson().page
    keys, cards = page.keyboard, page.locator("#match .ex-card")
    for place, letter in ((0, "1"), (1, "2")):
        cards.nth(place).locator(f"[value='{letter}']").check()
    cards.nth(2).locator("input").first.focus()
    for key in ("Space", "ArrowRight", "ArrowRight"):
        keys.press(key)
    assert [each.get_attribute("data-is") for each in cards.all()] == ["1", "2", "3"]


def test_a_wrong_card_without_a_known_way_is_marked_too(lesson):
    page = lesson().page
    choose(page, TOYS["SORT"], "C" * 10)
    assert {each[0] for each in replies(page, "sort")} == {"✓", "✗"}


def code(page):
    page.locator("#hand_in button.main").first.click()
    return page.locator("#hand_in .ex-code").inner_text()


def test_the_code_holds_first_answers_and_is_replaced_when_handed_in_again(lesson):
    page, edition = lesson().page, TOYS["LAST"].edition
    choose(page, TOYS["SORT"], TOYS["BY_SIZE"])
    choose(page, TOYS["SORT"], TOYS["KEY"])
    page.locator("#hand_in input").fill("王|晓明")
    parts = ["--", "-", TOYS["BY_SIZE"], "---", "------", "--", "--"]
    body = "|".join(["4", edition, "王 晓明", *parts])
    assert code(page) == f"{body}|{codes.checksum(body)}"
    page.locator("#hook input").first.check()
    page.locator("#hook button").click()
    assert code(page).split("|")[4] == "1"
    assert page.locator("#hand_in .ex-code").count() == 1


def test_python_and_the_page_make_the_same_checksum_of_100_names(lesson):
    page, dice = lesson().page, random.Random(1)
    signs = [*"王晓明李Zoé3 -'", "龘", "\N{GRINNING FACE}", "e\u0301", "\U00020bb7", "|", "\U0001f469\u200d\U0001f527"]
    names = ["".join(dice.choice(signs) for _ in range(dice.randint(1, 8))) for _ in range(100)]
    made = page.evaluate(
        """names => names.map((name) => {
          const box = document.getElementById('hand_in');
          box.querySelector('input').value = name;
          box.querySelector('button.main').click();
          return box.querySelector('.ex-code').textContent;
        })""",
        names,
    )
    for name, text in zip(names, made, strict=True):
        body, _, checksum = text.rpartition("|")
        own = unicodedata.normalize("NFC", " ".join(name.replace("|", " ").split()))[:20] or "?"
        assert codes.checksum(body) == checksum and body.split("|")[2] == own and body.count("|") == 9


def test_saved_answers_are_a_file_with_the_code_and_no_name_of_a_customer(lesson):
    page = lesson().page
    page.locator("#own .ex-names input[type=text]").first.fill("常熟虞山家居")
    page.locator("#note textarea").first.fill("常熟虞山家居")
    shown = code(page)
    with page.expect_download() as saved:
        page.get_by_role("button", name=say("save", "en")).click()
    text = Path(saved.value.path()).read_text(encoding="utf-8")
    assert json.loads(text)["code"] == shown and "常熟" not in text


def test_answers_are_kept_until_one_starts_again(lesson):
    page = lesson().page
    choose(page, TOYS["SORT"], TOYS["KEY"])
    page.reload()
    assert page.locator("#sort .ex-told").inner_text() == told(TOYS["SORT"], "en")["done"]
    page.get_by_role("button", name=say("again", "en")).click()
    page.get_by_role("button", name=say("again_sure", "en")).click()
    page.wait_for_function("document.querySelectorAll('#sort :checked').length === 0")


def test_an_independent_quiz_tells_nothing_before_all_is_answered(lesson):
    page = lesson().page
    button, quiz = page.locator("#quiz button.main"), page.locator("#quiz")
    quiz.get_by_label("The number of customers").check()
    button.click()
    assert page.locator("#quiz .ex-say").count() == 0
    quiz.get_by_role("button", name=re.compile(": less$")).click()
    button.click()
    assert replies(page, "quiz") == ["✓Right: heads are counted.", "✓Right: 45 %."]


def test_an_estimate_gets_the_reply_of_its_band(lesson):
    page = lesson().page
    asked = page.locator("#recall .ex-question").nth(1)
    for word, steps, reply in (
        ("more", 1, "✗Higher than it is."),
        ("less", 2, "✓Right: 45 %."),
        ("less", 2, "✗Lower than it is."),
    ):
        for _ in range(steps):
            asked.get_by_role("button", name=f"estimate: {word}").click()
        asked.locator("button.main").click()
        assert replies(page, "recall") == [reply]


def test_what_was_said_at_the_beginning_comes_back(lesson):
    page = lesson("zh").page
    assert page.locator("#echo").inner_text().endswith(say("not_said", "zh"))
    for place in (1, 0):
        page.locator("#hook input").nth(place).check()
        page.locator("#hook button").click()
    assert page.locator("#echo blockquote").inner_text() == "不付款的那家"


def test_a_talk_ends_with_what_came_to_light_and_only_the_first_is_handed_in(lesson):
    page = lesson().page
    for choices, found in (((2, 1), "ab"), ((2, 2), "a"), ((1, 1), "b"), ((3,), "")):
        for choice in choices:
            page.locator("#visit button.say").nth(choice - 1).click()
        assert page.locator("#visit .ex-told").inner_text().endswith(told(TOYS["VISIT"], "en")["summary"][found])
        assert page.locator("#visit .found").count() == len(found) and code(page).split("|")[-2] == "21"
        page.get_by_role("button", name=say("talk_again", "en")).click()


def test_sliders_wait_for_the_check_and_never_leave_the_settings_there_are(lesson):
    page = lesson().page
    weigh = page.locator("#weigh")
    assert not weigh.locator("input").first.is_visible()
    choose(page, TOYS["SORT"], TOYS["KEY"])
    assert weigh.locator(".ex-number").first.inner_text() == say("start_setting", "en")
    more = weigh.get_by_role("button", name="paid: more")
    while more.is_enabled():
        more.click()
        steps = [int(text.removesuffix(" %")) for text in weigh.locator(".ex-number").all_inner_texts()]
        assert sum(steps) == 100
        name = ",".join(str(step // 10) for step in steps)
        *letters, number = TOYS["SETTINGS"][name]
        assert weigh.locator("td b").all_inner_texts() == letters
        assert weigh.locator(".ex-told").inner_text().startswith(told(TOYS["WEIGH"], "en")["verdicts"][number])
    assert steps == [100, 0, 0]
    weigh.get_by_role("button", name=say("back_to_start", "en")).click()
    assert weigh.locator(".moved").count() == 0


def test_own_customers_are_counted_and_their_lines_are_a_file_for_plans(lesson):
    page = lesson().page
    own = page.locator("#own")
    for place, letter in enumerate("ABBCC"):
        own.locator(".ex-names input[type=text]").nth(place).fill(f"客户{place}")
        own.locator(".ex-names li").nth(place).locator(f"[value={letter}]").check()
    assert own.locator(".ex-told").inner_text().endswith(say("own_fits", "en"))
    own.locator(".ex-names [value=A]").nth(1).check()
    assert own.locator(".ex-told").inner_text().endswith("there should be 1 A, 2 B, 2 C.")
    own.get_by_label("customer", exact=True).fill('=1+1, "x"')
    own.get_by_label("measure").select_option("陈列")
    own.get_by_label("metric").select_option("货架陈列占比")
    own.get_by_label("value").fill("30")
    own.get_by_label("by", exact=True).fill("2026-06-30")
    with page.expect_download() as saved:
        own.get_by_role("button", name=say("plan_save", "en")).click()
    heads, line = Path(saved.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert heads.replace('"', "") == "customer_id,due_on,item,metric,origin,owner,target,unit,year"
    assert line == '''"'=1+1, ""x""","2026-06-30","陈列","货架陈列占比","lesson","E12","30","%","2026"'''


def test_all_can_be_done_by_key_alone(lesson):
    page = lesson().page
    keys, key = page.keyboard, TOYS["KEY"]
    page.locator("#sort input").first.focus()
    for letter in key:
        keys.press("Space")
        for _ in range("ABC".index(letter)):
            keys.press("ArrowRight")
        keys.press("Tab")
    keys.press("Enter")
    assert page.locator("#sort .ex-told").inner_text() == told(TOYS["SORT"], "en")["done"]
    page.locator("#visit button.say").nth(1).focus()
    keys.press("Enter")
    keys.press("Enter")  # the first choice of the next turn has the focus
    assert page.locator("#visit .found").count() == 2
    page.locator("#hand_in input").focus()
    keys.type("7")
    keys.press("Tab")
    keys.press("Enter")
    assert page.locator("#hand_in .ex-code").inner_text().split("|")[2:5:2] == ["7", "-"]


def test_a_card_can_be_dragged_to_its_place(lesson):
    page = lesson().page
    page.locator("#sort").scroll_into_view_if_needed()
    page.locator("#sort .ex-card").nth(3).scroll_into_view_if_needed()
    card = page.locator("#sort legend").nth(3).bounding_box()
    place = page.locator("#sort .ex-bin").nth(1).bounding_box()
    page.mouse.move(card["x"] + 30, card["y"] + 15)
    page.mouse.down()
    page.mouse.move(place["x"] + 20, place["y"] + 10, steps=5)
    assert page.locator(".ex-drag").count() == 1
    page.mouse.up()
    assert page.locator("#sort .ex-card").nth(3).get_attribute("data-is") == "B"
    assert page.locator(".ex-drag").count() == 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_on_a_phone_nothing_is_wide_every_target_is_large_and_has_a_name(addresses, browser, lang):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(addresses[lang])
    page.locator("#sort label").nth(1).tap()
    assert page.locator("#sort .ex-card").first.get_attribute("data-is") == "B"
    choose(page, TOYS["SORT"], TOYS["KEY"])
    assert not page.get_by_text(say("worksheet", lang)).is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    small = f"[...document.querySelectorAll('{CONTROLS}')]{SHOWN}.filter(([, box]) => box.width < 40 || box.height < 40).length"
    assert page.evaluate(small) == 0
    bare = f"""[...document.querySelectorAll('{CONTROLS}')].filter(each =>
      !(each.ariaLabel || each.labels?.[0]?.textContent || each.textContent).trim()).length"""
    assert page.evaluate(bare) == 0
    context.close()


def test_on_paper_cards_are_empty_and_all_else_is_a_worksheet(lesson):
    page = lesson().page
    choose(page, TOYS["SORT"], TOYS["KEY"])
    page.emulate_media(media="print")
    ground = (
        "[...document.querySelectorAll('#sort :checked + span')].map(each => getComputedStyle(each).backgroundColor)"
    )
    assert set(page.evaluate(ground)) == {"rgba(0, 0, 0, 0)"}
    assert not page.locator("#sort .ex-say").first.is_visible()
    assert page.locator("#visit").inner_text().count("☐") == 5 and page.locator("#own tr:visible").count() == 15
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) <= 5


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_script_the_page_is_a_worksheet(addresses, browser, lang):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(addresses[lang])
    assert page.locator("#sort").inner_text().count("☐") == 30 and page.locator("#quiz").inner_text().count("☐") == 3
    assert page.locator(CONTROLS).count() == 0 and page.get_by_text(say("worksheet", lang)).is_visible()
    context.close()
