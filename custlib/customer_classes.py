"""The customers of a quarter judged once, for all notebooks: classes, moves, how firm they are, decisions, measures."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd

from custlib import abc_classes, channels, facts, glossary, quarters, reference, restated, weights
from custlib.cleaning import Clean


@dataclass(frozen=True)
class Judgement:
    """The judged customers of a quarter. Tables are over all customers (index customer_id), also those of other parts.

    indicators: of the quarter; history: quarter → `facts.Indicators`.
    settings: result table `abc_settings`; systems: customer → system; weight: indicator → weight, None for equal ones;
    priorities: those of the comparisons in `comparisons.csv`, None without any.
    classes: as `abc_classes.joint` returns them; past: as `abc_classes.history`; paths: as `abc_classes.paths`.
    rules, robustness, decisions, moves, customers: result tables `abc_rules`, `abc_robustness`, `abc_overrides`,
    `abc_moves`, `abc_customers`.
    """

    indicators: facts.Indicators
    history: dict
    settings: pd.DataFrame
    systems: pd.Series
    weight: dict | None
    priorities: weights.Priorities | None
    classes: pd.DataFrame
    rules: pd.DataFrame
    robustness: pd.DataFrame
    decisions: pd.DataFrame
    past: pd.DataFrame
    paths: pd.DataFrame
    moves: pd.DataFrame
    seasons: abc_classes.Seasons
    customers: pd.DataFrame


def judge(
    clean: Clean,
    quarter: str,
    data_dir=None,
    *,
    system: str = "company",
    ratio: Sequence[float] = (1, 2, 2),
    weights_given: dict | None = None,
    basis: str = "",
    resamples: int = 1000,
) -> Judgement:
    """Judges the customers of a quarter.

    data_dir: the folder whose reference tables count; system: the systems within which customers are judged
    ("company", "region" or "account_manager"); ratio: customers in A : B : C; weights_given: indicator → weight
    (empty: those of `comparisons.csv`, or equal ones); basis: folder of an earlier report; resamples: how often the
    documents are resampled. Raises Refused and ValueError as its parts do.
    """
    previous = str(quarters.parse(quarter).previous())
    history, who = facts.indicator_history(clean, quarter), facts.customers(clean)
    indicators, tables = history[quarter], {name: each.table for name, each in history.items()}
    table, then = indicators.table, tables.get(previous, indicators.table.iloc[:0])
    chosen, priorities = _chosen_weights(weights_given, data_dir)
    weight, systems = facts.known_weights(table, chosen), facts.systems(who, system)
    within_systems = partial(abc_classes.within, systems, weights=weight, ratio=ratio)

    settings = abc_classes.settings(system, ratio, weight, table.columns)
    classes = within_systems(abc_classes.joint, table)
    joint = classes["joint"]
    robust = within_systems(abc_classes.robustness, table)
    sure = within_systems(abc_classes.how_sure, table, facts.documents(clean, quarter), resamples=resamples)

    past = abc_classes.history(tables, chosen or None, ratio, systems)
    published = restated.classes(basis, previous, clean, settings)
    before = abc_classes.reported(past.get(previous, joint.iloc[:0]), published)
    paths = _paths(before, joint, then, table, past.drop(columns=quarter, errors="ignore"))
    why = within_systems(abc_classes.why_moved, table, then, published=published)

    decisions = abc_classes.overrides(
        joint, reference.signed("overrides.csv", data_dir), quarters.parse(quarter).last_day
    )
    seasons = abc_classes.seasonal_indices(facts.by_quarter(clean, "net_sales", quarter), quarter)
    year = _year(clean, quarter, systems, chosen, ratio)
    findings = [
        robust["robust"],
        abc_classes.decided(joint, decisions).rename("decided_class"),
        paths["step"],
        sure,
        why["cause"],
        abc_classes.periodic(joint, past, year, seasons, quarter),
        _steadiness(clean, quarter),
        within_systems(abc_classes.to_next, table).rename("to_next"),
        _key_accounts(joint, data_dir),
    ]
    customers = _customers(indicators, classes, who, systems.reindex(table.index)).join(findings)
    customers = customers.assign(class_before=before, move=abc_classes.move_kind(before, joint, sure))
    customers = customers.fillna({"xyz": "short", "key_account": False, "strategic": False})
    return Judgement(
        indicators=indicators,
        history=history,
        settings=settings,
        systems=systems.loc[table.index],
        weight=weight,
        priorities=priorities,
        classes=classes,
        rules=abc_classes.compared(table["size"], ratio),
        robustness=_least_robust_first(robust, who, joint),
        decisions=decisions.join(who["name"]),
        past=past,
        paths=paths,
        moves=_moves(paths, why, customers["move"], who),
        seasons=seasons,
        customers=_with_measures(customers, reference.lines("measures.csv", data_dir)),
    )


def _chosen_weights(weights_given, data_dir):
    """(indicator → weight, the priorities that they come from): as given, else by comparisons, else ({}, None)."""
    if weights_given:
        return weights_given, None
    priorities = weights.of_indicators(reference.signed("comparisons.csv", data_dir), facts.INDICATORS)
    return (priorities.weights.to_dict() if priorities else {}), priorities


def _steadiness(clean, quarter):
    rows = abc_classes.xyz(facts.customer_months(clean, quarter), facts.last_month(clean, quarter))
    return rows[["variation", "xyz", "since_order"]]


def _key_accounts(joint, data_dir):
    rows = channels.key_accounts(joint, reference.signed("key_accounts.csv", data_dir))
    return rows[["key_account", "strategic"]]


def _customers(indicators, classes, who, systems):
    """The first columns of `abc_customers`: indicators, the class on each, master data."""
    letters = classes.add_suffix("_class").rename(columns={"score_class": "score", "known_class": "known"})
    rows = indicators.table.join(letters).join(who)
    rows = rows.assign(brand_profit=indicators.amounts.get("brand_share"), system=systems)
    return rows.assign(costs_us_money=rows.get("contribution", pd.Series(0.0, rows.index)) < 0)


def _paths(before, classes, then, now, earlier):
    # a share of profit cannot be added up over customers
    amounts = now[now.columns.drop("brand_share", errors="ignore")]
    return abc_classes.paths(before, classes, then, amounts, earlier.dropna(how="all").index)


def _moves(paths, why, move, who):
    """The customers that did not stay in their class, the largest change of size first."""
    rows = paths[paths["step"] != "stayed"].join(why.drop(columns=["from_class", "to_class"]))
    rows = rows.assign(move=move.reindex(rows.index, fill_value="")).join(who[["name", "account_manager"]])
    rows = rows.loc[(rows["size"] - rows["size_before"]).abs().sort_values(ascending=False, kind="stable").index]
    return rows[[name for name in rows if not name.startswith("contribution")]]


def _year(clean, quarter, systems, chosen, ratio):
    """The joint class over the last four quarters together; None if the data do not cover them."""
    table = facts.year_together(clean, quarter)
    if table is None:
        return None
    weight = facts.known_weights(table, chosen)
    return abc_classes.within(systems, abc_classes.joint, table, weights=weight, ratio=ratio)["joint"]


def _least_robust_first(robust, who, joint):
    rows = robust.assign(name=who["name"], joint_class=joint).rename_axis("customer_id")
    return rows.sort_values("robust", kind="stable")


def _with_measures(customers, measures):
    """The customers with their measure and its texts in each language, the best class and score first."""
    movement = abc_classes.movement(customers["step"], customers["move"])
    fitting = customers.assign(stability=customers["xyz"], movement=movement, **{"class": customers["decided_class"]})
    texts = measures.set_index("measure").drop(columns=list(abc_classes.CONDITIONS))
    names = {f"name_{lang}": f"measure_name_{lang}" for lang in glossary.LANGUAGES}
    rows = customers.assign(measure=abc_classes.chosen(fitting, measures)).join(
        texts.rename(columns=names), on="measure"
    )
    rows = rows.sort_values(["joint_class", "score"], ascending=[True, False], kind="stable")
    return rows.rename_axis("customer_id")
