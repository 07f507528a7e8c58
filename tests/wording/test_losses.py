import pandas as pd
import pytest

from custlib import wording

P = "\N{NO-BREAK SPACE}%"
NAN = float("nan")
REASONS = pd.DataFrame(
    {"reason": ["moved", "attitude"], "en": ["moved away", "our people"], "zh": ["搬迁", "我方态度"]}
)


def silent(*told):
    rows = [(f"K{at}", f"Shop {at}", each) for at, each in enumerate(told)]
    return pd.DataFrame(rows, columns=["customer_id", "name", "told"])


def reasons(*rows):
    columns = ["reason", "customers", "share", "share_low", "share_high", "reference_share", "reference_fits"]
    return pd.DataFrame(rows, columns=columns)


def test_the_silent_and_those_that_nobody_reported():
    told = wording.silent_reading(silent("silent_and_reported", "silent_only", "reported_only"), lang="en")
    assert told.startswith(
        f"2 customers have been silent for so long that their own rhythm of ordering explains it in less than 1{P} of cases; 1 of them "
        "is reported as lost. Not reported, ask first: Shop 1. Reported as lost, yet not silent by their rhythm: Shop 2. "
        "Customers with fewer than 3 days of orders have no rhythm yet."
    )
    chinese = wording.silent_reading(silent("silent_only"), lang="zh")
    assert chinese.startswith(
        "1 家客户的沉默时间，按其自身订货节奏出现的机会不到 1%；其中 0 家已登记为流失。未登记，先去询问：Shop 0。"
    )


def test_nobody_is_silent():
    assert wording.silent_reading(silent(), lang="en").startswith("No customer has been silent for longer")
    assert "已登记流失" in wording.silent_reading(silent("reported_only"), lang="zh")


def test_no_more_than_five_are_named():
    told = wording.silent_reading(silent(*["silent_only"] * 8), lang="en")
    assert "Shop 0, Shop 1, Shop 2, Shop 3, Shop 4 and 3 more." in told


def test_the_first_reason_stands_with_its_interval_beside_the_reference():
    rows = reasons(
        ("moved", 3, 0.15, 0.05, 0.36, 0.03, False),
        ("attitude", 16, 0.8, 0.58, 0.92, 0.68, True),
        ("吵架*", 1, 0.05, 0.01, 0.24, NAN, None),
    )
    assert wording.loss_reading(rows, REASONS, lang="en") == (
        f"Of 20 reported losses, 16 give as reason: our people (80{P}; 58{P} to 92{P} by the 95 % interval). "
        f"The reference lies outside the interval of (ours, reference): moved away (15{P}, 3{P}). "
        "Not in churn\\_reference.csv; where they mean the same, add them to its words: 吵架\\*. "
        "With so few losses the order of the reasons is not certain."
    )
    assert wording.loss_reading(rows, REASONS, lang="zh").startswith(
        "登记的 20 家流失中，16 家的原因是“我方态度”（80%；95% 区间 58% 到 92%）。参考值落在区间之外的有（我方，参考）：搬迁 (15%, 3%)。"
    )


def test_many_losses_that_fit_need_no_caution():
    rows = reasons(("attitude", 40, 1.0, 0.91, 1.0, 0.95, True))
    assert wording.loss_reading(rows, REASONS, lang="en").endswith("None of the shares contradicts the reference.")


def test_no_loss_has_no_reason():
    rows = reasons(("moved", 0, NAN, NAN, NAN, 0.03, None))
    assert wording.loss_reading(rows, REASONS, lang="en").startswith("No loss is reported")


def test_another_language_is_refused():
    with pytest.raises(ValueError, match="fr"):
        wording.silent_reading(silent(), lang="fr")
    with pytest.raises(ValueError, match="fr"):
        wording.loss_reading(reasons(("moved", 0, NAN, NAN, NAN, 0.03, None)), REASONS, lang="fr")
