import pandas as pd

from custlib import actions
from custlib.wording import followed_limits, followed_texts, since_report

TOTALS = pd.DataFrame({"quarter": ["2025Q3", "2025Q4"], "payments": [200.0, 250.0]})


def on_list(*pairs):
    return pd.DataFrame(pairs, columns=["action", "customer_id"])


BEFORE = actions.Earlier("2025Q3", on_list(("win_back", "k1"), ("keep_new", "k2")), None, TOTALS[:1])


def since(before, lang="en", **options):
    now = on_list(("win_back", "k1"), ("win_back", "k2"), ("stop_loss", "k1"))
    return since_report(before, now, TOTALS, "2025Q4", lang=lang, **options)


def test_size_then_and_now_and_what_is_new_on_the_list():
    # k2 was to be secured and is now to be won back: a new thing to do, and the old one is off the list
    assert since(BEFORE).endswith(
        "went from ¥200 to ¥250 (+25\N{NO-BREAK SPACE}%). Of 3 things to do with a customer 2 are new and 1 stood in that report "
        "already; 1 of its own are off the list."
    )
    assert "由 200 元变为 250 元（+25%）" in since(BEFORE, "zh") and "2 项为新增" in since(BEFORE, "zh")


def test_the_figure_of_then_is_the_one_that_was_published():
    published = BEFORE._replace(totals=pd.DataFrame({"quarter": ["2025Q3"], "payments": [500.0]}))
    assert "from ¥500 to ¥250 (−50\N{NO-BREAK SPACE}%)" in since(published)


def test_a_measure_that_the_report_before_did_not_have_is_not_compared():
    before = BEFORE._replace(totals=pd.DataFrame({"quarter": ["2025Q3"], "payments": [float("nan")]}))
    assert since(before).startswith("The report before is that of 2025Q3.")


def test_without_a_report_before_it_is_said():
    assert since(None) == "No earlier report of these customers to compare with."


RECORDS = ["done", "not_done", "not_recorded", "done_better", "not_done_better"]
SUMMARY = pd.DataFrame(
    [("win_back", 4, 300.0, 2, 1, 1, 0, 0, 0, 4, 0, 0), ("check_stock", 1, 50.0, 0, 0, 0, 1, 0, 0, 1, 0, 0)],
    columns=["action", "customers", "amount", "better", "not_better", "left_us", "not_known", *RECORDS],
)


def test_each_action_tells_what_became_of_its_customers():
    assert followed_texts(SUMMARY, lang="en") == [
        "Win back 4 customers (¥300): 2 buy more than then, 1 buys no more than then and 1 is no customer any more.",
        "Ask 1 customer about stock (¥50): 1 cannot be told.",
    ]
    assert followed_texts(SUMMARY, lang="zh")[0] == (
        "挽回 4 家客户（300 元）：2 家进货多于当时，1 家进货未增加，1 家已不再是客户。"
    )


def test_what_is_recorded_is_told_with_how_many_of_those_are_better():
    recorded = SUMMARY[:1].assign(done=2, not_done=1, not_recorded=1, done_better=2, not_done_better=0)
    (english,), (chinese,) = (followed_texts(recorded, lang=lang) for lang in ("en", "zh"))
    assert english.endswith(
        " Recorded: done for 2, of whom 2 better; not done for 1, of whom 0 better; not recorded for 1."
    )
    assert chinese.endswith("记录：已落实 2 家，其中 2 家好转；未落实 1 家，其中 0 家好转；未记录 1 家。")


def test_every_action_and_outcome_has_words():
    for action in actions.ACTIONS:
        row = {"action": action, "customers": 8, "amount": 1.0} | dict.fromkeys(actions.OUTCOMES, 2)
        row |= dict.fromkeys(RECORDS, 0)
        for lang in ("en", "zh"):
            (text,) = followed_texts(pd.DataFrame([row]), lang=lang)
            assert text.count("2 ") >= 4


def test_what_the_outcomes_do_not_say_and_where_nothing_is_recorded():
    some = SUMMARY.assign(not_recorded=0, done=1)
    assert "no proof" in followed_limits(some, [], lang="en") and "并不证明" in followed_limits(some, [], lang="zh")
    assert "done.csv" not in followed_limits(some, [], lang="en")
    assert "Nothing is recorded" in followed_limits(SUMMARY, [], lang="en")
    assert "尚无落实情况" in followed_limits(SUMMARY, [], lang="zh")


def test_lines_that_name_nobody_are_told():
    assert "line 3, 5:" in followed_limits(SUMMARY, [3, 5], lang="en")
    assert "第 3, 5 行" in followed_limits(SUMMARY, [3, 5], lang="zh")
    assert "Nothing is recorded" not in followed_limits(SUMMARY, [3], lang="en")
