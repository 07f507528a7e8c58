from decimal import Decimal
from types import SimpleNamespace

import pandas as pd
import pytest

from custlib import figures, lessons, wording
from custlib.page import frames as page_frames
from custlib.page.outputs import KIND, ONLY_FACTS, WIDGET
from custlib.refusals import Refused

ROWS = pd.DataFrame(
    {
        "customer_id": ["K00053", "K00237"],
        "name": ["深圳*家居", "b"],
        "size": [7244700.0, 12.4],
        "how_sure": [0.997, None],
        "move": ["sure", ""],
        "step": ["rose", "stayed"],
    }
)


def html(output):
    return output._repr_mimebundle_()["text/html"]


def test_a_page_knows_its_quarters_its_company_and_its_currency(page):
    one, _ = page()
    assert (one.quarter, one.previous, one.year_ago) == ("2025Q4", "2025Q3", "2024Q4")
    assert (one.currency, one.size_is, str(one.last_day)) == ("CNY", "payments", "2025-12-31")
    assert one.clean.has("sales") and one.mine is None


def test_a_page_writes_before_anybody_has_said_what_the_exports_are(page, tmp_path, monkeypatch):
    one, shown = page()
    monkeypatch.setattr(one, "data_dir", str(tmp_path))
    one.say("Which file is what?")
    assert len(shown) == 1 and shown[0].facts["context"]["size_is"] == "payments"


def test_another_language_and_no_quarter_are_refused(page):
    with pytest.raises(ValueError, match="fr"):
        page("fr")
    one, _ = page()
    with pytest.raises(Refused):
        type(one)("2025", "data/raw", one.out, "en")


def test_a_sentence_is_said_in_the_language_of_the_page(page, summary):
    for lang, start in (("en", "By size, 54 of 268"), ("zh", "按客户规模，268 家客户中有 54 家为 A 类")):
        one, shown = page(lang)
        one.say(wording.abc_reading, summary)
        assert shown[0]._repr_mimebundle_()["text/markdown"].startswith(start)
        assert shown[0].facts["facts"]["a"] == 54


def test_a_text_of_ones_own_is_said_as_it_is(page):
    one, shown = page()
    one.say("**Mine.**")
    assert shown[0]._repr_mimebundle_()["text/markdown"] == "**Mine.**"


def test_headers_units_formats_and_words_of_a_table_come_from_the_codebook(page):
    one, shown = page()
    one.table("abc_customers", ["name", "size", "how_sure", "move", "step"], rows=ROWS)
    table = html(shown[0])
    assert "(amounts in yuan)" in table and ">7,244,700<" in table and ">100%<" in table.replace("99.7", "")
    assert "深圳*家居" in table and ">sure<" in table
    one, shown = page("zh")
    one.table("abc_customers", ["name", "step"], rows=ROWS)
    assert "升级" in html(shown[0]) and "rose" not in html(shown[0])


def test_rows_of_a_table_of_customers_know_whose_they_are(page):
    one, shown = page()
    rows = pd.DataFrame({"customer_id": ["K1", None], "name": ["a", "b"], "size": [1.0, 2.0]})
    one.table("abc_customers", ["name", "size"], rows=rows)
    assert '<tr data-key="K1"><td>a</td>' in html(shown[0]) and '<tr data-key=""><td>b</td>' in html(shown[0])
    assert 'data-name="abc_customers"' in html(shown[0]) and html(shown[0]).count("data-sum") == 1
    one.table(
        "abc_formats", ["store_format", "customers"], rows=pd.DataFrame({"store_format": ["x"], "customers": [1]})
    )
    assert "data-key" not in html(shown[1])


def test_of_many_rows_a_page_shows_the_first_and_says_where_all_are(page):
    rows = pd.DataFrame({"customer_id": [f"K{at}" for at in range(1, 1202)], "name": "x", "size": 1.0})
    for lang, said in (
        ("en", "the first 300 rows of 1,201; all of them are in the CSV file"),
        ("zh", "前 300 行，共 1,201 行"),
    ):
        one, shown = page(lang)
        one.table("abc_customers", ["name", "size"], rows=rows)
        table = html(shown[0])
        assert said in table and table.count("<tr data-key") == 300 and 'data-key="K301"' not in table
    one.table("abc_customers", ["name", "size"], rows=rows.head(300))
    assert html(shown[1]).count("<tr data-key") == 300 and "共" not in html(shown[1])


def test_a_table_of_a_hundred_thousand_rows_and_a_figure_of_them_stay_small(page):
    one, shown = page()
    count = 100_000
    columns = ["name", "decided_class", "size", "account_manager", "region", "to_next", "xyz", "variation"]
    rows = pd.DataFrame({"customer_id": [f"K{at}" for at in range(count)], "name": "保定润源厨具经营部 A–Z"})
    rows = rows.assign(size=1234567.891, decided_class="A", account_manager="周雅琴", region="华东")
    rows = rows.assign(to_next=1234567.891, xyz="X", variation=0.123456789)
    one.table("abc_customers", columns, rows=rows)
    ranked = pd.DataFrame(
        {"rank": range(1, count + 1), "value": range(count, 0, -1), "class": "C", "name": rows["name"]}
    )
    one.figure(figures.pareto, ranked.assign(cumulative_share=ranked["value"].cumsum() / ranked["value"].sum()))
    sizes = [[len(page_frames.as_text(each.facts)), len(html(each))] for each in shown]
    assert max(max(each) for each in sizes) < 250_000


def test_a_table_and_a_figure_of_nothing_say_so(page):
    one, shown = page()
    one.table("abc_moves", ["name"], rows=ROWS.head(0))
    one.figure(figures.line_accounts, pd.DataFrame({"table": [], "class": [], "lines": []}))
    assert all("none" in html(each) for each in shown)
    one.say(wording.kept_reading, pd.DataFrame({"customers": []}))
    assert shown[-1].facts["kind"] == "nothing" and shown[-1]._repr_mimebundle_()["text/plain"] == ""


def test_a_table_may_have_a_title_of_its_own(page):
    one, shown = page()
    amounts = pd.DataFrame({"column": ["net_amount"], "amount_in": [Decimal(5)]})
    one.table("control_totals", rows=amounts, caption=(wording.pareto_caption, "joint"))
    assert "<caption>Customers by payments received; colour: joint class. (amounts in yuan)</caption>" in html(shown[0])


def test_what_only_the_text_alternative_takes_is_not_given_to_the_drawing(page):
    one, shown = page()
    ranked = pd.DataFrame({"rank": [1], "value": [5.0], "cumulative_share": [1.0], "class": ["A"]})
    one.figure(figures.pareto, ranked, indicator="contribution")
    assert "by gross profit" in html(shown[0]) and shown[0].facts["options"] == {}
    one.figure(figures.pareto, ranked, mistyped="contribution")
    with pytest.raises(TypeError, match="mistyped"):
        html(shown[1])


def test_a_list_of_nothing_to_do_is_not_shown(page):
    one, shown = page()
    one.actions("actions_followed", wording.followed_texts, pd.DataFrame())
    assert shown == []


def control(number, lang):
    """A control that shows what it is in JupyterLab."""
    return SimpleNamespace(_repr_mimebundle_=lambda: {WIDGET: f"{number} {lang}", "text/plain": "state"})


def test_a_control_is_live_in_jupyterlab_and_a_sentence_in_a_report(page, monkeypatch):
    still = wording.doubles, {"pairs": 0, "cut": 0, "in_rows": 0}
    one, shown = page("zh")
    one.widget(control, 7, still=still)
    bundle = shown[0]._repr_mimebundle_()
    assert bundle[WIDGET] == "7 zh" and bundle["text/markdown"] == bundle["text/plain"] == "没有疑似重复的客户。"
    monkeypatch.setenv(ONLY_FACTS, "1")
    one.widget(None, 7, still=still)
    assert set(shown[1]._repr_mimebundle_()) == {KIND, "text/plain"}


def test_an_exercise_is_a_control_in_jupyterlab_and_a_worksheet_beside_it(page, monkeypatch):
    options = (lessons.Option("1", "8"), lessons.Option("2", "9", "Yes.", "right"))
    asked = lessons.Exercise("quiz", "q", (lessons.Item("a", "3 · 3?", options),))
    one, shown = page()
    assert one.exercise(asked) is asked and one.exercise(lessons.Exercise("note", "n", lines=("Why?",))).id == "n"
    quiz, note = (each._repr_mimebundle_() for each in shown)
    assert WIDGET in quiz and "☐ 9" in quiz["text/html"] and WIDGET not in note
    monkeypatch.setenv(ONLY_FACTS, "1")
    one.exercise(asked)
    assert set(shown[2]._repr_mimebundle_()) == {KIND, "text/plain"}


def test_what_the_codebook_lacks_is_refused_with_the_line_to_add(page):
    one, _ = page()
    for call in (
        lambda: one.save("abc_moves", ROWS.assign(mine=1)),
        lambda: one.table("abc_moves", ["name", "mine"], rows=ROWS.assign(mine=1)),
    ):
        with pytest.raises(Refused, match="abc_moves,mine,whole,,,,,,,20_abc_analysis"):
            call()
    with pytest.raises(Refused, match="my_table,customer_id,text"):
        one.save("my_table", ROWS)


def test_a_part_saves_and_shows_its_own_customers_only(page):
    whole, _ = page()
    own = whole.customers.index[whole.customers["region"] == "华东"][0]
    other = whole.customers.index[whole.customers["region"] != "华东"][0]
    rows = pd.DataFrame({"customer_id": [own, other], "size": [1.0, 2.0]})
    one, shown = page(part="region=华东")
    assert one.save("abc_customers", rows)["customer_id"].tolist() == [own]
    one.table("abc_customers", ["customer_id", "size"], rows=rows)
    assert other not in html(shown[0]) and own in html(shown[0])
    with pytest.raises(Refused, match="another part"):
        one.say(f"Call {whole.customers['name'][other]}.")
    with pytest.raises(Refused, match="another part"):
        one.save("abc_customers", pd.DataFrame({"name": [whole.customers["name"][other]]}))


def test_a_run_keeps_facts_only(page, summary, monkeypatch):
    monkeypatch.setenv(ONLY_FACTS, "1")
    one, shown = page()
    one.say(wording.abc_reading, summary)
    assert set(shown[0]._repr_mimebundle_()) == {KIND, "text/plain"}


def test_words_of_ones_own_go_with_everything_that_is_shown_after_them(page):
    one, shown = page("zh")
    one.say(wording.set_aside, pd.DataFrame({"reason": ["conflict"], "lines": [1]}))
    one.name("segment", {"S1": {"en": "Gift givers", "zh": "送礼者"}})
    one.table("seg_value", ["identity", "consumers"], rows=pd.DataFrame({"identity": ["S1"], "consumers": [3]}))
    own = {"segment:S1": {"en": "Gift givers", "zh": "送礼者"}}
    assert [each.facts["context"]["vocabulary"] for each in shown] == [{}, own]


def test_a_figure_may_stand_for_a_control_and_without_anything_to_draw_there_is_no_control(page):
    table = pd.DataFrame(
        {"factor": ["price"], "bone": ["value_for_money"], "zone": ["A"], "weight": [1.0], "low": [0.9], "high": [1.0]}
        | {"agreement": [1.0], "effect": ["total_profit"]}
    )
    one, shown = page()
    one.widget(control, 7, still=(figures.fishbone, table), caption=(wording.spread_reading, None))
    bundle = shown[0]._repr_mimebundle_()
    assert bundle[WIDGET] == "7 en" and "Too few customers were scored" in bundle["text/html"]
    assert bundle["text/plain"].startswith("Fishbone with 1 factors on 1 bones")
    one.widget(control, 7, still=(figures.fishbone, table.head(0)))
    assert WIDGET not in shown[1]._repr_mimebundle_()
