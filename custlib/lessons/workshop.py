"""Lesson 8: own customers, classed by one's own judgement and counted, and one target of each as a line of a plan."""

import dataclasses

import pandas as pd

from custlib import reference
from custlib.abc_classes.rules import by_count
from custlib.accounts.lesson_targets import ORIGIN
from custlib.lessons import tables
from custlib.lessons.exercises import Exercise, Field, Text, said
from custlib.lessons.leaving import toy_ends
from custlib.words import LANGUAGES

NAMES = range(3, 21)  # customers in a list of one's own


def places(customers: pd.DataFrame) -> dict[str, Text]:
    """{place} of the lesson's texts → text. customers: result table `abc_customers`."""
    texts: dict[str, Text] = {}
    for letter in "AC":
        own = customers[customers["decided_class"] == letter]
        texts[f"{letter.lower()}_customers"] = said("lessons_visits.how_many", number=len(own))
        texts[f"{letter.lower()}_paid"] = said("lessons_visits.money", amount=float(own["size"].sum()))
    ends = {name: said("lessons_visits.percent", share=share) for name, share in toy_ends().items()}
    return texts | ends


def five_again(rows: pd.DataFrame, **facts: Text) -> Exercise:
    """The five items from before the course once more. rows: of `tables.lines("questions", "1")`, part "recall"."""
    return dataclasses.replace(tables.quiz("recall", rows, guided=False, **facts), id="quiz")


def own_list(rows: pd.DataFrame) -> Exercise:
    """Own customers with a letter each, counted against 1 : 2 : 2; no letter is computed. rows: of
    `tables.lines("cases", "8")`: the names of the letters."""
    return tables.cases("own", "list", rows, quotas={str(n): quota(n) for n in NAMES})


def quota(names: int) -> dict[str, int]:
    """How many of so many customers are A, B and C by the count rule, where no two are equal."""
    letters = by_count(pd.Series(range(names)))
    return {letter: int(count) for letter, count in letters.value_counts(sort=False).items()}


def own_targets(rows: pd.DataFrame, data_dir=None) -> Exercise:
    """Lines of a plan, each a target for one own customer, to be saved in the columns of `plans` with `origin`.

    rows: of `tables.lines("cases", "8")`, part "fields": column, kind of input and label. A metric is chosen; it brings
    its item and its unit.
    """
    told, fields = metrics(data_dir), []
    for row in rows[rows["part"] == "fields"].to_dict("records"):
        more = told if row["case"] == "metric" else {"kind": row["bin"]}
        fields.append(Field(row["case"], tables.text(row), **more))
    return Exercise("own", "targets", fields=tuple(fields), given={"origin": ORIGIN})


def metrics(data_dir=None) -> dict:
    """What a line may promise, of `plan_metrics.csv`, for a `Field`: choices, of each metric the first of its `words`,
    and sets, its item and the first of its units."""
    choices, sets = [], {}
    for row in reference.table("plan_metrics.csv", data_dir).to_dict("records"):
        word, unit = (row[name].split("|")[0] for name in ("words", "unit"))
        words = {lang: row[lang] for lang in LANGUAGES}
        choices.append((word, said("lessons_visits.metric_in", words=words, unit=unit)))
        sets[word] = {"item": said("lessons_visits.item", key=row["item"]), "unit": unit}
    return {"choices": tuple(choices), "sets": sets}
