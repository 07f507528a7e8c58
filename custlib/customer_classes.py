"""The customers of a quarter judged once, for all notebooks: classes, moves, how firm they are, decisions, measures."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

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
    chosen, priorities = _chosen_weights(weights_given, data_dir)
    asked = _asked(clean, quarter, data_dir, system, ratio, chosen)
    settings = abc_classes.settings(system, ratio, asked.weight, asked.table.columns)
    classes = asked.within(abc_classes.joint, asked.table)
    joint = classes["joint"]
    firm = _firmness(asked, joint, resamples)
    time = _over_time(asked, joint, restated.classes(basis, asked.previous, clean, settings))
    customers = _customers(asked, classes, time.before, _findings(asked, joint, firm, time))
    measures = reference.lines("measures.csv", data_dir)
    return Judgement(
        indicators=asked.history[quarter],
        history=asked.history,
        settings=settings,
        systems=asked.systems.loc[asked.table.index],
        weight=asked.weight,
        priorities=priorities,
        classes=classes,
        rules=abc_classes.compared(asked.table["size"], ratio),
        robustness=_least_robust_first(firm.robust, asked.who, joint),
        decisions=firm.decisions.join(asked.who["name"]),
        past=time.past,
        paths=time.paths,
        moves=_moves(time.paths, time.why, customers, asked.who),
        kept=abc_classes.kept(_sure_then(asked, time.past, min(resamples, HISTORY_RESAMPLES)), time.past),
        seasons=time.seasons,
        customers=_with_measures(customers, time.paths, firm.decisions, measures),
    )


class _Asked(NamedTuple):
    """What is judged and by what. history: quarter → `facts.Indicators`; chosen, weight: indicator → weight, as asked
    for and for the indicators that are known."""

    clean: Clean
    quarter: str
    data_dir: str | None
    history: dict
    who: pd.DataFrame
    systems: pd.Series
    chosen: dict
    weight: dict | None
    ratio: Sequence[float]

    @property
    def table(self):
        return self.history[self.quarter].table

    @property
    def previous(self):
        return str(quarters.parse(self.quarter).previous())

    @property
    def tables(self):
        return {name: each.table for name, each in self.history.items()}

    def within(self, judge, *tables, **options):
        """`judge` within each system, with the weights and the ratio asked for."""
        return abc_classes.within(self.systems, judge, *tables, weights=self.weight, ratio=self.ratio, **options)


class _Firmness(NamedTuple):
    """How firm the classes are, and what people decided of them."""

    robust: pd.DataFrame
    sure: pd.DataFrame
    decisions: pd.DataFrame


class _Time(NamedTuple):
    """The classes before and since. year: over four quarters together, None if the data do not cover them."""

    past: pd.DataFrame
    before: pd.Series
    paths: pd.DataFrame
    why: pd.DataFrame
    seasons: abc_classes.Seasons
    year: pd.Series | None


def _asked(clean, quarter, data_dir, system, ratio, chosen):
    history, who = facts.indicator_history(clean, quarter), facts.customers(clean)
    weight = facts.known_weights(history[quarter].table, chosen)
    return _Asked(clean, quarter, data_dir, history, who, facts.systems(who, system), chosen, weight, ratio)


def _firmness(asked, joint, resamples):
    documents = facts.documents(asked.clean, asked.quarter)
    signed, last_day = reference.signed("overrides.csv", asked.data_dir), quarters.parse(asked.quarter).last_day
    return _Firmness(
        asked.within(abc_classes.robustness, asked.table),
        asked.within(abc_classes.how_sure, asked.table, documents, resamples=resamples),
        abc_classes.overrides(joint, signed, last_day),
    )


def _over_time(asked, joint, published):
    """published: the classes of the report before, as `restated.classes` gives them."""
    past = abc_classes.history(asked.tables, asked.chosen or None, asked.ratio, asked.systems)
    before = abc_classes.reported(past.get(asked.previous, joint.iloc[:0]), published)
    then = asked.tables.get(asked.previous, asked.table.iloc[:0])
    earlier = past.drop(columns=asked.quarter, errors="ignore")
    known = then if asked.previous in asked.history or earlier.empty else None
    by_quarter = facts.by_quarter(asked.clean, "net_sales", asked.quarter)
    return _Time(
        past,
        before,
        _paths(before, joint, known, asked.table, earlier),
        asked.within(abc_classes.why_moved, asked.table, then, published=published),
        abc_classes.seasonal_indices(by_quarter, asked.quarter),
        _year(asked),
    )


def _findings(asked, joint, firm, time):
    """What else is known of each customer: tables and columns of `abc_customers`, over customers."""
    return [
        firm.robust["robust"],
        abc_classes.decided(joint, firm.decisions).rename("decided_class"),
        time.paths["step"],
        firm.sure,
        abc_classes.more_often(joint, firm.sure).rename("more_often"),
        time.why["cause"],
        abc_classes.periodic(joint, time.past, time.year, time.seasons, asked.quarter),
        _steadiness(asked.clean, asked.quarter),
        asked.within(abc_classes.to_next, asked.table).rename("to_next"),
        _key_accounts(joint, asked.data_dir),
    ]


def _sure_then(asked, past, resamples):
    """Quarter → how sure each class was, of the quarters that another follows."""
    how_sure = partial(abc_classes.within, asked.systems, abc_classes.how_sure, ratio=asked.ratio, resamples=resamples)
    followed = [name for name in past if str(quarters.parse(name).previous(-1)) in past]
    tables = {name: asked.tables[name] for name in followed}
    weights_then = {name: facts.known_weights(table, asked.chosen) for name, table in tables.items()}
    return {
        name: how_sure(table, facts.documents(asked.clean, name), weights=weights_then[name])["how_sure"]
        for name, table in tables.items()
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


def _customers(asked, classes, before, findings):
    """`abc_customers` without measures: indicators, the class on each, master data, findings."""
    indicators = asked.history[asked.quarter]
    letters = classes.add_suffix("_class").rename(columns={"score_class": "score", "known_class": "known"})
    rows = indicators.table.join(letters).join(asked.who).assign(brand_share_of=indicators.share_of)
    rows = rows.assign(brand_profit=indicators.amounts.get("brand_share"), system=asked.systems.reindex(rows.index))
    rows = rows.assign(costs_us_money=rows.get("contribution", pd.Series(0.0, rows.index)) < 0).join(findings)
    rows = rows.assign(class_before=before, move=abc_classes.move_kind(rows["step"], rows["how_sure"]))
    return rows.fillna({"xyz": "short", "key_account": False, "strategic": False})


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


def _year(asked):
    """The joint class over the last four quarters together; None if the data do not cover them."""
    table = facts.year_together(asked.clean, asked.quarter)
    if table is None:
        return None
    weight = facts.known_weights(table, asked.chosen)
    return abc_classes.within(asked.systems, abc_classes.joint, table, weights=weight, ratio=asked.ratio)["joint"]


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
