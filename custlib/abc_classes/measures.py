"""Which measure fits which customer: rules by class, stability and movement, in a table that analysts edit."""

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


def by_corner(rules):
    """The rule for every corner: Series (class, stability, movement) → measure.

    rules: `measures.csv` as text, its index the line of the file; a condition is `any`, or one or more values with spaces between.
    Raises Refused for a row that no customer can match (`measure_unknown`, with the nearest value that there is), for two rows that
    one customer could match (`measure_twice`), and for a customer that none matches (`measure_missing`).
    """
    found = {}
    for line, rule in rules.iterrows():
        for corner in product(*(_values(rule, condition, line) for condition in CONDITIONS)):
            if corner in found:
                facts = {"line": line, "other": found[corner][0], "corner": ", ".join(corner)}
                raise Refused("measure_twice", file=FILE, **facts)
            found[corner] = (line, rule["measure"])
    for corner in product(*CONDITIONS.values()):
        if corner not in found:
            raise Refused("measure_missing", file=FILE, corner=", ".join(corner))
    return pd.Series({corner: measure for corner, (_, measure) in found.items()}).rename_axis(list(CONDITIONS))


def chosen(customers, rules):
    """The measure of every customer: a Series over `customers`, missing where it has no class.

    customers: DataFrame with class, stability and movement; rules as `by_corner` takes them.
    """
    measure = by_corner(rules)
    corners = pd.MultiIndex.from_frame(customers[list(CONDITIONS)].astype("object"))
    return pd.Series(measure.reindex(corners).to_numpy(), customers.index, name="measure")


def used(customers, rules):
    """The lines of `measures.csv` with the number of customers that each fits. customers: result table `abc_customers`."""
    counts = customers["measure"].value_counts()
    return rules.assign(customers=rules["measure"].map(counts).fillna(0).astype("int64"))


def movement(step, move):
    """The movement that a measure goes by: the step of `paths`, but a rise or fall only where it is real: what happened at the
    threshold counts as stayed.

    step: Series of `STEPS`; move: Series of "real", "at_threshold" or "" over the same customers.
    """
    at_threshold = step.isin(("rose", "fell")) & (move == "at_threshold")
    return step.mask(at_threshold | (step == "unjudged"), "stayed")


def _values(rule, condition, line):
    known = CONDITIONS[condition]
    told = (rule[condition] or "").split() if isinstance(rule[condition], str) else []
    if told == [ANY]:
        return known
    strange = [value for value in told if value not in known]
    if strange or not told:
        facts = {"line": line, "column": condition, "value": " ".join(strange), "known": ", ".join([*known, ANY])}
        raise Refused("measure_unknown", file=FILE, **facts)
    return told
