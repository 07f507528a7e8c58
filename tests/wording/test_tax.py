import pandas as pd
import pytest

from custlib import wording

NAN = float("nan")
WITH, WITHOUT = (("payments", tax, tax, ratio, 238) for tax, ratio in (("included", 1.13), ("excluded", 1.0)))
OWED = ("dealer_profit", "included", "included", 1.0, 238)


def basis(*rows):
    return pd.DataFrame(rows, columns=["table", "declared", "fits", "ratio", "customers"])


def test_what_is_declared_and_fits_is_said_without_a_doubt(said):
    found = basis(WITH, OWED)
    assert wording.tax_doubt(found) is None and wording.tax_doubt(basis(WITHOUT)) is None
    assert said("tax.tax_reading", wording.tax_reading(found)) == (
        "Payments are declared as with VAT, and the figures agree. Payments and the change in receivables come to 1.13 "
        "times net sales (238 customers, median). Receivables and rebates are declared as with VAT, and the figures "
        "agree. Wherever payments stand beside net sales in one chart they are shown without VAT; customer size stays "
        "as exported, which changes no rank."
    )


@pytest.mark.parametrize(
    "row, doubt, zh",
    [
        (
            ("payments", "excluded", "included", 1.13, 238),
            "**Payments: declared as without VAT, but the figures fit amounts with VAT.**",
            "**回款额声明为不含税，但从数据看应为含税。**",
        ),
        (
            ("payments", "", "excluded", 1.0, 238),
            "**Payments: not declared whether with VAT; the figures fit amounts without VAT.**",
            "**回款额未声明含税与否，从数据看应为不含税。**",
        ),
        (
            ("payments", "", "cannot_tell", NAN, 0),
            "**Payments: not declared whether with VAT; whether they are, the figures cannot tell.**",
            "**回款额未声明含税与否，数据不足以判断。**",
        ),
    ],
)
def test_a_contradiction_and_silence_are_doubts(said, row, doubt, zh):
    found = wording.tax_doubt(basis(row, OWED))
    assert said("tax.tax_doubt", found) == doubt and said("tax.tax_doubt", found, "zh") == zh
    reading = said("tax.tax_reading", wording.tax_reading(basis(row, OWED)))
    assert reading.startswith(doubt) and ("Declare it in sources.toml" in reading) == (row[1] == "")


def test_of_receivables_only_a_contradiction_is_a_doubt(said):
    silent = ("dealer_profit", "", "cannot_tell", NAN, 3)
    assert wording.tax_doubt(basis(WITH, silent)) is None
    assert "Receivables and rebates: not declared" in said("tax.tax_reading", wording.tax_reading(basis(WITH, silent)))
    assert wording.tax_doubt(basis(WITH, ("dealer_profit", "included", "excluded", 1.13, 9))) is not None


def test_where_the_figures_cannot_tell_the_declaration_stands(said):
    found = basis(("payments", "included", "cannot_tell", NAN, 0))
    assert wording.tax_doubt(found) is None
    assert said("tax.tax_reading", wording.tax_reading(found), "zh").startswith(
        "回款额声明为含税，数据不足以验证。凡回款额"
    )
    assert wording.tax_reading(basis()) is None and wording.tax_doubt(basis()) is None
