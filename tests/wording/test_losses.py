import pandas as pd

from custlib import wording
from custlib.wording.sentences import Context, text

P = "\N{NO-BREAK SPACE}%"
NAN = float("nan")
REASONS = pd.DataFrame({"reason": ["moved", "our_people"]})
WORDS = Context(
    vocabulary={
        "reason:moved": {"en": "moved away", "zh": "搬迁"},
        "reason:our_people": {"en": "our people", "zh": "我方态度"},
    }
)
NAMES = {"names": [], "more": -5}


def silent(*told):
    rows = [(f"K{at}", f"Shop {at}", each) for at, each in enumerate(told)]
    return pd.DataFrame(rows, columns=["customer_id", "name", "told"])


def reasons(*rows):
    columns = ["reason", "customers", "share", "share_low", "share_high", "reference_share", "reference_fits"]
    return pd.DataFrame(rows, columns=columns)


def test_the_silent_and_those_that_nobody_reported():
    found = wording.silent_reading(silent("silent_and_reported", "silent_only", "reported_only"))
    assert (found["silent"], found["reported"]) == (2, 1)
    assert (found["ask"]["names"], found["not_silent"]["names"]) == (["Shop 1"], ["Shop 2"])
    assert text("losses.silent_reading", found, lang="en") == (
        f"2 customers have been silent for so long that their own rhythm of ordering explains it in less than 1{P} of cases; 1 of them "
        "is reported as lost. Not reported, ask first: Shop 1. Reported as lost, yet not silent by their rhythm: Shop 2. "
        "Customers with fewer than 3 days of orders have no rhythm yet. Of a hundred that go on as before about one is called silent by "
        "chance, more of those who order by season."
    )


def test_one_that_is_silent():
    said = text("losses.silent_reading", wording.silent_reading(silent("silent_only")), lang="zh")
    assert said == (
        "1 家客户的沉默时间，按其自身订货节奏出现的机会不到 1%；其中 0 家已登记为流失。未登记，先去询问：Shop 0。"
        "订货不足 3 天的客户还谈不上节奏。照常订货的客户中，每百家约有一家会偶然被判为沉默；按季节订货的客户更多。"
    )


def test_nobody_is_silent():
    found = wording.silent_reading(silent())
    assert (found["silent"], found["ask"]) == (0, NAMES)
    assert text("losses.silent_reading", found, lang="en").startswith("No customer has been silent for longer")


def test_no_more_than_five_are_named():
    said = text("losses.silent_reading", wording.silent_reading(silent(*["silent_only"] * 8)), lang="en")
    assert "Shop 0, Shop 1, Shop 2, Shop 3, Shop 4 and 3 more." in said


def test_the_first_reason_stands_with_its_interval_beside_the_reference():
    rows = reasons(
        ("moved", 3, 0.15, 0.05, 0.36, 0.03, False),
        ("our_people", 16, 0.8, 0.58, 0.92, 0.68, True),
        ("吵架*", 1, 0.05, 0.01, 0.24, NAN, None),
    )
    found = wording.loss_reading(rows, REASONS)
    assert (found["total"], found["first"]["reason"], found["unlisted"], found["few"]) == (
        20,
        "our_people",
        ["吵架*"],
        True,
    )
    assert text("losses.loss_reading", found, lang="en", context=WORDS) == (
        f"Of 20 reported losses, 16 give as reason: our people (80{P}; 58{P} to 92{P} by the 95 % interval). "
        f"The reference lies outside the interval of (ours, reference): moved away (15{P}, 3{P}). "
        "Not in churn\\_reference.csv; where they mean the same, add them to its words: 吵架\\*. "
        "With so few losses the order of the reasons is not certain."
    )
    assert text("losses.loss_reading", found, lang="zh", context=WORDS) == (
        "登记的 20 家流失中，16 家的原因是“我方态度”（80%；95% 区间 58% 到 92%）。参考值落在区间之外的有（我方，参考）：搬迁 (15%, 3%)。"
        "churn\\_reference.csv 中没有；如意思相同，请加入其 words 列：吵架\\*。流失数量少，原因的排序并不可靠。"
    )


def test_a_reason_that_is_not_listed_is_named_as_it_is_written():
    found = wording.loss_reading(reasons(("<b>", 40, 1.0, 0.91, 1.0, NAN, None)), REASONS)
    assert not found["first"]["listed"]
    assert "give as reason: \\<b\\> (100" in text("losses.loss_reading", found, lang="en", context=WORDS)


def test_many_losses_that_fit_need_no_caution():
    found = wording.loss_reading(reasons(("our_people", 40, 1.0, 0.91, 1.0, 0.95, True)), REASONS)
    assert (found["apart"], found["few"]) == ([], False)
    assert text("losses.loss_reading", found, lang="en", context=WORDS).endswith(
        "None of the shares contradicts the reference."
    )


def test_no_loss_has_no_reason():
    found = wording.loss_reading(reasons(("moved", 0, NAN, NAN, NAN, 0.03, None)), REASONS)
    assert text("losses.loss_reading", found, lang="zh") == "没有登记的流失，无从比较原因。"
