"""The judgement of a quarter's customers, made once: classes, moves, how firm they are, what people decided, which measure fits."""

from dataclasses import dataclass

import pandas as pd

from custlib import abc_classes, channels, facts, glossary, quarters, reference, restated, weights

_LETTERS = ["size_class", "contribution_class", "brand_share_class"]


@dataclass(frozen=True)
class Judgement:
    """What is known of the customers of a quarter. Tables are over all customers (index customer_id), whoever is shown.

    indicators: `facts.Indicators` of the quarter; history: quarter → `facts.Indicators`; settings: result table `abc_settings`;
    systems: customer → system; weight: indicator → weight or None; priorities: `weights.Priorities` of comparisons, or None;
    classes: as `abc_classes.joint` gives them; rules, robustness, decisions, past, paths, moves: result tables `abc_rules`,
    `abc_robustness`, `abc_overrides`, `abc_history` (wide), what `abc_classes.paths` gives, `abc_moves`; seasons: `abc_classes.Seasons`;
    customers: result table `abc_customers`; restated: whether an earlier report's classes were there to compare with.
    """

    indicators: facts.Indicators
    history: dict
    settings: pd.DataFrame
    systems: pd.Series
    weight: dict | None
    priorities: object
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
    clean, quarter, data_dir=None, *, system="company", ratio=(1, 2, 2), weights_given=None, basis="", resamples=1000
):
    """Judges the customers of a quarter; returns a `Judgement`.

    clean: `cleaning.Clean`; data_dir: whose reference tables count; system: within what customers are judged ("company", "region" or
    "account_manager"); ratio: customers in A : B : C; weights_given: indicator → weight (empty: `comparisons.csv`, or equal); basis:
    folder of an earlier report; resamples: how often the documents are drawn anew. Raises Refused and ValueError as its parts do.
    """
    previous, history = str(quarters.parse(quarter).previous()), facts.indicator_history(clean, quarter)
    indicators, who = history[quarter], facts.customers(clean)
    table, given, priorities = indicators.table, weights_given, None
    if not given:
        priorities = weights.of_indicators(reference.signed("comparisons.csv", data_dir), facts.INDICATORS)
        given = priorities.weights.to_dict() if priorities else {}
    weight, systems = facts.known_weights(table, given), facts.systems(who, system)
    options = {"weights": weight, "ratio": ratio}
    settings = abc_classes.settings(system, ratio, weight, table.columns)
    classes = abc_classes.within(systems, abc_classes.joint, table, **options)
    tables = {name: each.table for name, each in history.items()}
    past = abc_classes.history(tables, given or None, ratio, systems)
    published = restated.classes(basis, previous, clean, settings)
    before = abc_classes.reported(past.get(previous, classes["joint"].iloc[:0]), published)
    then = tables.get(previous, table.iloc[:0])
    paths = _paths(before, classes["joint"], then, table, past.drop(columns=quarter, errors="ignore"))
    sure = abc_classes.within(
        systems, abc_classes.how_sure, table, facts.documents(clean, quarter), resamples=resamples, **options
    )
    why = abc_classes.within(systems, abc_classes.why_moved, table, then, published=published, **options)
    robust = abc_classes.within(systems, abc_classes.robustness, table, **options)
    decisions = abc_classes.overrides(
        classes["joint"], reference.signed("overrides.csv", data_dir), quarters.parse(quarter).last_day
    )
    seasons = abc_classes.seasonal_indices(facts.by_quarter(clean, "net_sales", quarter), quarter)
    customers = _customers(indicators, classes, who, systems.reindex(table.index)).join(
        [
            robust["robust"],
            abc_classes.decided(classes["joint"], decisions).rename("decided_class"),
            paths["step"],
            sure,
            why["cause"],
            abc_classes.periodic(
                classes["joint"], past, _year(clean, quarter, systems, given, ratio), seasons, quarter
            ),
            abc_classes.xyz(facts.customer_months(clean, quarter), facts.last_month(clean, quarter))[
                ["variation", "xyz", "since_order"]
            ],
            abc_classes.within(systems, abc_classes.to_next, table, **options).rename("to_next"),
            channels.key_accounts(classes["joint"], reference.signed("key_accounts.csv", data_dir))[
                ["key_account", "strategic"]
            ],
        ]
    )
    customers = customers.assign(class_before=before, move=abc_classes.move_kind(before, classes["joint"], sure))
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
        robustness=_least_robust(robust, who, classes["joint"]),
        decisions=decisions.join(who["name"]),
        past=past,
        paths=paths,
        moves=_moves(paths, why, customers["move"], who),
        seasons=seasons,
        customers=_with_measures(customers, reference.lines("measures.csv", data_dir)),
    )


def _customers(indicators, classes, who, systems):
    """The first columns of `abc_customers`: indicators, classes on each, who they are."""
    letters = classes.add_suffix("_class").rename(columns={"score_class": "score", "known_class": "known"})
    rows = indicators.table.join(letters).join(who)
    rows = rows.assign(brand_profit=indicators.amounts.get("brand_share"), system=systems)
    return rows.assign(costs_us_money=rows.get("contribution", pd.Series(0.0, rows.index)) < 0)


def _paths(before, classes, then, now, earlier):
    # a share of profit is no amount that could be added up over customers
    amounts = now[now.columns.drop("brand_share", errors="ignore")]
    return abc_classes.paths(before, classes, then, amounts, earlier.dropna(how="all").index)


def _moves(paths, why, move, who):
    """Whoever did not stay in its class, the largest change of size first."""
    rows = paths[paths["step"] != "stayed"].join(why.drop(columns=["from_class", "to_class"]))
    rows = rows.assign(move=move.reindex(rows.index, fill_value="")).join(who[["name", "account_manager"]])
    rows = rows.loc[(rows["size"] - rows["size_before"]).abs().sort_values(ascending=False, kind="stable").index]
    return rows[[name for name in rows if not name.startswith("contribution")]]


def _year(clean, quarter, systems, given, ratio):
    """The joint class over the last four quarters together, None where the data do not fill them."""
    table = facts.year_together(clean, quarter)
    if table is None:
        return None
    weight = facts.known_weights(table, given)
    return abc_classes.within(systems, abc_classes.joint, table, weights=weight, ratio=ratio)["joint"]


def _least_robust(robust, who, joint):
    rows = robust.assign(name=who["name"], joint_class=joint).rename_axis("customer_id")
    return rows.sort_values("robust", kind="stable")


def _with_measures(customers, measures):
    """The customers with the measure that fits and its texts in each language, the best class and score first."""
    movement = abc_classes.movement(customers["step"], customers["move"])
    fitting = customers.assign(stability=customers["xyz"], movement=movement, **{"class": customers["decided_class"]})
    texts = measures.set_index("measure").drop(columns=list(abc_classes.CONDITIONS))
    names = {f"name_{lang}": f"measure_name_{lang}" for lang in glossary.LANGUAGES}
    rows = customers.assign(measure=abc_classes.chosen(fitting, measures)).join(
        texts.rename(columns=names), on="measure"
    )
    rows = rows.sort_values(["joint_class", "score"], ascending=[True, False], kind="stable")
    return rows.rename_axis("customer_id")
