"""The customers of a quarter judged once, for all notebooks: classes, moves, how firm they are, decisions, measures."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd

from custlib import abc_classes, absent, channels, facts, glossary, quarters, reference, restated, weights
from custlib.cleaning import Clean

HISTORY_RESAMPLES = 200  # of each earlier quarter: enough for the bands of `abc_classes.kept`


@dataclass(frozen=True)
class Judgement:
    """The judged customers of a quarter. Tables are over all customers (index customer_id), also those of other parts.

    indicators: of the quarter; history: quarter → `facts.Indicators`.
    settings: result table `abc_settings`; systems: customer → system; weight: indicator → weight, None for equal ones;
    priorities: those of the comparisons in `comparisons.csv`, None without any.
    classes: as `abc_classes.joint` returns them; past: as `abc_classes.history`; paths: as `abc_classes.paths`.
    rules, robustness, decisions, moves, kept, customers: result tables `abc_rules`, `abc_robustness`, `abc_overrides`,
    `abc_moves`, `abc_kept`, `abc_customers`.
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
    kept: pd.DataFrame
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
    sure_then = _sure_then(clean, tables, past, systems, chosen, ratio, min(resamples, HISTORY_RESAMPLES))
    published = restated.classes(basis, previous, clean, settings)
    before = abc_classes.reported(past.get(previous, joint.iloc[:0]), published)
    earlier = past.drop(columns=quarter, errors="ignore")
    known = then if previous in tables or earlier.empty else None
    paths = _paths(before, joint, known, table, earlier)
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
        abc_classes.more_often(joint, sure).rename("more_often"),
        why["cause"],
        abc_classes.periodic(joint, past, year, seasons, quarter),
        _steadiness(clean, quarter),
        within_systems(abc_classes.to_next, table).rename("to_next"),
        _key_accounts(joint, data_dir),
    ]
    customers = _customers(indicators, classes, who, systems.reindex(table.index)).join(findings)
    customers = customers.assign(
        class_before=before, move=abc_classes.move_kind(customers["step"], customers["how_sure"])
    )
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
        moves=_moves(paths, why, customers, who),
        kept=abc_classes.kept(sure_then, past),
        seasons=seasons,
        customers=_with_measures(customers, paths, decisions, reference.lines("measures.csv", data_dir)),
    )


def _sure_then(clean, tables, past, systems, chosen, ratio, resamples):
    """Quarter → how sure each class was, of the quarters that another follows."""
    how_sure = partial(abc_classes.within, systems, abc_classes.how_sure, ratio=ratio, resamples=resamples)
    followed = [name for name in past if str(quarters.parse(name).previous(-1)) in past]
    weights_then = {name: facts.known_weights(tables[name], chosen) for name in followed}
    return {
        name: how_sure(tables[name], facts.documents(clean, name), weights=weights_then[name])["how_sure"]
        for name in followed
    }


def _chosen_weights(weights_given, data_dir):
    """(indicator → weight, the priorities that they come from): as given, else by comparisons, else ({}, None)."""
    if weights_given:
        return weights_given, None
    priorities = weights.of_indicators(reference.signed("comparisons.csv", data_dir), facts.INDICATORS)
    return (priorities.weights.to_dict() if priorities else {}), priorities


def _steadiness(clean, quarter):
    months, last = facts.customer_months(clean, quarter), facts.last_month(clean, quarter)
    rows = abc_classes.xyz(months, last, absent.months(clean, ["sales"]))
    return rows[["variation", "xyz", "since_order"]]


def _key_accounts(joint, data_dir):
    rows = channels.key_accounts(joint, reference.signed("key_accounts.csv", data_dir))
    return rows[["key_account", "strategic"]]


def _customers(indicators, classes, who, systems):
    """The first columns of `abc_customers`: indicators, the class on each, master data."""
    letters = classes.add_suffix("_class").rename(columns={"score_class": "score", "known_class": "known"})
    rows = indicators.table.join(letters).join(who).assign(brand_share_of=indicators.share_of)
    rows = rows.assign(brand_profit=indicators.amounts.get("brand_share"), system=systems)
    return rows.assign(costs_us_money=rows.get("contribution", pd.Series(0.0, rows.index)) < 0)


def _paths(before, classes, then, now, earlier):
    # a share of profit cannot be added up over customers
    amounts = now[now.columns.drop("brand_share", errors="ignore")]
    return abc_classes.paths(before, classes, then, amounts, earlier.dropna(how="all").index)


def _moves(paths, why, customers, who):
    """The customers that did not stay in their class, the largest change of size first."""
    rows = paths[(paths["step"] != "stayed") & paths["size_before"].notna()].join(
        why.drop(columns=["from_class", "to_class"])
    )
    rows = rows.assign(
        move=customers["move"].reindex(rows.index, fill_value=""),
        as_a_year_ago=_as_a_year_ago(customers).reindex(rows.index, fill_value=False),
    ).join(who[["name", "account_manager"]])
    rows = rows.loc[(rows["size"] - rows["size_before"]).abs().sort_values(ascending=False, kind="stable").index]
    return rows[[name for name in rows if not name.startswith("contribution")]]


def _as_a_year_ago(customers):
    """Who rose or fell to the class that it had in the same quarter a year ago."""
    now, then = (customers[name].astype("object") for name in ("joint_class", "class_year_ago"))
    return customers["step"].isin(("rose", "fell")) & (now == then)


def _shrank(paths):
    """Who has less size or contribution than a quarter before."""
    amounts = [name.removesuffix("_before") for name in paths if name.endswith("_before")]
    return pd.concat([paths[name] < paths[f"{name}_before"] for name in amounts], axis=1).any(axis=1)


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


def _with_measures(customers, paths, decisions, measures):
    """The customers with their measure and its texts in each language, the best class and score first."""
    signs = customers.assign(as_a_year_ago=_as_a_year_ago(customers), shrank=_shrank(paths).loc[customers.index])
    fitting = {
        "class": customers["decided_class"],
        "stability": customers["xyz"],
        "movement": abc_classes.movement(signs),
    }
    texts = measures.set_index("measure").drop(
        columns=[*abc_classes.CONDITIONS, *reference.MAY["measures.csv"]], errors="ignore"
    )
    names = {f"name_{lang}": f"measure_name_{lang}" for lang in glossary.LANGUAGES}
    rows = customers.assign(measure=abc_classes.chosen(customers.assign(**fitting), measures)).join(
        texts.rename(columns=names), on="measure"
    )
    rows = _as_decided(rows, decisions, list(texts.rename(columns=names)))
    rows = rows.sort_values(["joint_class", "score"], ascending=[True, False], kind="stable")
    return rows.rename_axis("customer_id")


def _as_decided(rows, decisions, texts):
    """Where a person's decision is in force, its reason is the next step, and no general measure stands beside it."""
    why = decisions.loc[(decisions["state"] == "in_force") & decisions["why"].notna(), "why"]
    decided = (
        rows.loc[rows.index.isin(why.index), texts].assign(measure="as_decided").assign(**dict.fromkeys(texts, ""))
    )
    for lang in glossary.LANGUAGES:
        decided[f"measure_name_{lang}"] = glossary.term("as_decided", lang)
        decided[f"next_step_{lang}"] = why
    rows.loc[decided.index, decided.columns] = decided
    return rows
