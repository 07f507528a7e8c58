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


def movement(step: pd.Series, move: pd.Series) -> pd.Series:
    """The movement that selects a measure: the step of `paths`, except that a change at the threshold counts as stayed.

    step: Series of `STEPS`; move: Series of "real", "at_threshold" or "" over the same customers.
    """
    at_threshold = step.isin(("rose", "fell")) & (move == "at_threshold")
    return step.mask(at_threshold | (step == "unjudged"), "stayed")


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
