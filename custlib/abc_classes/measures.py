"""Which measure is for which customer: rules by class, stability and movement, in a table that analysts edit."""

from itertools import product

import pandas as pd

from custlib.refusals import Refused

FILE = "measures.csv"
CONDITIONS = {
    "class": ("A", "B", "C"),
    "stability": ("X", "Y", "Z", "short"),
    "movement": ("stayed", "rose", "fell", "new", "returned"),
}
ANY = "any"


def by_corner(rules: pd.DataFrame) -> pd.Series:
    """The measure for every combination of conditions: Series (class, stability, movement) → measure.

    rules: `measures.csv` as text, indexed by line of the file; a condition is `any`, or values separated by spaces.
    Raises Refused for a value that does not exist (`measure_unknown`), for two rows that apply to one customer
    (`measure_twice`), and for a combination without a row (`measure_missing`).
    """
    lines: dict = {}
    for line, rule in rules.iterrows():
        for corner in product(*(_values(rule, condition, line) for condition in CONDITIONS)):
            if corner in lines:
                facts = {"line": line, "other": lines[corner][0], "corner": ", ".join(corner)}
                raise Refused("measure_twice", file=FILE, **facts)
            lines[corner] = (line, rule["measure"])
    for corner in product(*CONDITIONS.values()):
        if corner not in lines:
            raise Refused("measure_missing", file=FILE, corner=", ".join(corner))
    return pd.Series({corner: measure for corner, (_, measure) in lines.items()}).rename_axis(list(CONDITIONS))


def chosen(customers: pd.DataFrame, rules: pd.DataFrame) -> pd.Series:
    """The measure of every customer: a Series over `customers`, missing without a class.

    customers: DataFrame with class, stability and movement; rules: as for `by_corner`.
    """
    measure = by_corner(rules)
    corners = pd.MultiIndex.from_frame(customers[list(CONDITIONS)].astype("object"))
    return pd.Series(measure.reindex(corners).to_numpy(), customers.index, name="measure")


def used(customers: pd.DataFrame, rules: pd.DataFrame) -> pd.DataFrame:
    """The lines of `measures.csv` with the number of customers each applies to. customers: result table
    `abc_customers`."""
    counts = customers["measure"].value_counts()
    return rules.assign(customers=rules["measure"].map(counts).fillna(0).astype("int64"))


def movement(moves: pd.DataFrame) -> pd.Series:
    """The movement that selects a measure: the step, except that a rise or fall that asks for nothing counts as stayed.

    moves: DataFrame over customers with step (`STEPS`), move ("sure", "at_threshold" or ""), cause (`CAUSES` or
    missing), as_a_year_ago (boolean) and shrank (boolean: less size or contribution than a quarter before). A rise or
    fall counts if its class is sure, no figure is missing, and it does more than return to the class of a year ago; a
    fall only of a customer that shrank.
    """
    counts = (moves["move"] == "sure") & (moves["cause"] != "missing") & ~moves["as_a_year_ago"]
    counts &= (moves["step"] == "rose") | moves["shrank"]
    return moves["step"].mask(moves["step"].isin(("rose", "fell")) & ~counts | (moves["step"] == "unjudged"), "stayed")


def _values(rule, condition, line):
    possible = CONDITIONS[condition]
    values = (rule[condition] or "").split() if isinstance(rule[condition], str) else []
    if values == [ANY]:
        return possible
    unknown = [value for value in values if value not in possible]
    if unknown or not values:
        facts = {"line": line, "column": condition, "value": " ".join(unknown), "known": ", ".join([*possible, ANY])}
        raise Refused("measure_unknown", file=FILE, **facts)
    return values
