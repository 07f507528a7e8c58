"""Contracts of the clean tables: broken rules are counted; above a rule's limit nothing is published unless signed.

The rules and their limits are `data/reference/contracts.csv`; what a person accepts is `data/reference/signed.csv`.
"""

import difflib
import re
from dataclasses import replace
from pathlib import Path

import ibis
import pandas as pd

from custlib import glossary, reference, schema, warehouse
from custlib.cleaning import Clean, side_by_side
from custlib.contracts import amounts, between, kept, row_rules
from custlib.refusals import Refused

COLUMNS = (
    *("table", "rule", "column", "rows", "of_rows", "share", "limit", "blocks"),
    *("first_place", "signed_by", "signed_on"),
)
RULES = (
    *("unit_jump", "quarantined_share", "unknown_customer", "unknown_product", "unknown_consumer", "no_customer"),
    *("fee_lines", "zero_amount", "zero_quantity", "against_sign", "returns_exceed_sales", "unmatched_return"),
    *("offsetting", "alike_ids", "repeated_rows", "key_repeated", "out_of_range", "wrong_order"),
)
NEVER = "never"  # the limit of a rule that holds up no report
_FILE, _SHARE = "contracts.csv", re.compile(r"0(\.[0-9]+)?|1(\.0+)?")
# Set aside as they are there already, once more or under the customer that stays: no sign of a damaged file.
_HARMLESS = ("duplicate_of", "merged")
_A_TABLE = 20_000  # so many rows are counted while a table's queries are written
_NAMED = 5  # how many breaches a refusal names


def breaches(clean: Clean, data_dir: str | Path | None = None) -> pd.DataFrame:
    """One row per table, rule and column that something breaks: `COLUMNS`, what blocks first.

    share: rows of of_rows; limit: the share above which it blocks, NaN: never; blocks: above the limit and signed by
    nobody; first_place: `file:line` of the first such row in the file that holds most of them. `unit_jump` and
    `quarantined_share` have a row for each file. A signature names the rule and the place, a file or `file:line`.
    """
    counts = kept.once(clean, lambda: pd.concat([_counts(clean), _set_aside(clean)], ignore_index=True))
    broken = _worst(counts).assign(limit=lambda t: t["rule"].map(limits(data_dir)).astype("float64"))
    broken["share"] = broken["rows"] / broken["of_rows"]
    broken = broken[(broken["rule"] != "quarantined_share") | (broken["share"] > broken["limit"])]
    broken = _signed(broken, signatures(data_dir))
    broken["blocks"] = (broken["share"] > broken["limit"]) & broken["signed_by"].isna()
    broken = broken.sort_values(["blocks", "table", "rule", "column", "first_place"], ascending=[False, *[True] * 4])
    return broken[list(COLUMNS)].reset_index(drop=True)


def limits(data_dir: str | Path | None = None) -> pd.Series:
    """Rule → the share of rows above which it blocks, NaN for `NEVER`: `contracts.csv`, every rule of `RULES` once.

    Raises Refused: `rule_unknown`, `rule_missing`, `rule_limit` for what is neither a share from 0 to 1 nor `NEVER`.
    """
    rows = reference.lines(_FILE, data_dir)
    _check_rules(rows, _FILE)
    if missing := [rule for rule in RULES if rule not in set(rows["rule"])]:
        raise Refused("rule_missing", file=_FILE, rules=", ".join(missing))
    for line, row in rows.iterrows():
        if row["limit"] != NEVER and not _SHARE.fullmatch(row["limit"]):
            raise Refused("rule_limit", file=_FILE, line=line, rule=row["rule"], value=row["limit"])
    return rows.set_index("rule")["limit"].replace(NEVER, "nan").astype("float64")


def signatures(data_dir: str | Path | None = None) -> pd.DataFrame:
    """`signed.csv` as `reference.signed` gives it. Raises Refused (`rule_unknown`) for a rule that does not exist."""
    rows = reference.signed("signed.csv", data_dir)
    _check_rules(rows, "signed.csv")
    return rows


def _check_rules(rows, file):
    for line, rule in rows["rule"].items():
        if rule not in RULES:
            nearest = difflib.get_close_matches(rule, RULES, n=1, cutoff=0)[0]
            raise Refused("rule_unknown", file=file, line=line, rule=rule, nearest=nearest)


def check(clean: Clean, data_dir: str | Path | None = None):
    """Refuse (`contract_broken`) data that break a rule above its limit, unless signed; names rules and counts."""
    blocking = breaches(clean, data_dir).query("blocks")
    if blocking.empty:
        return
    examples = [_example(row, clean) for row in blocking.head(_NAMED).itertuples()]
    examples += [dict.fromkeys(glossary.LANGUAGES, f"+ {len(blocking) - _NAMED}")] if len(blocking) > _NAMED else []
    found = {lang: "; ".join(one[lang] for one in examples) for lang in glossary.LANGUAGES}
    example = ",".join(blocking.iloc[0][["rule", "first_place"]]) + ",who,on,why"
    raise Refused("contract_broken", found=found, example=example)


def _example(row, clean):
    """Language → a broken rule with its counts and first place; of lines that were set aside, why they were."""
    told = f"{row.rule} ({row.table}, {row.rows:,}/{row.of_rows:,}, {row.first_place})"
    if row.rule != "quarantined_share":
        return dict.fromkeys(glossary.LANGUAGES, told)
    why = clean.why_aside(row.table, row.first_place.rpartition(":")[0])
    return {lang: f"{told}: {text}" for lang, text in why.items()}


def flags(clean: Clean) -> ibis.Table:
    """What can be said of single sales lines, as an Ibis table: file, sheet, line, flag (a key of the glossary).

    Flags: `no_customer`, `fee_lines`, `return`, `unmatched_return`, `offsetting`.
    """
    sales = clean.table("sales")
    conditions = row_rules.conditions(schema.TABLES["sales"], sales, clean)
    marked = {
        "no_customer": sales.filter(conditions["no_customer", "customer_id"]),
        "fee_lines": sales.filter(conditions["fee_lines", "product_id"]),
        "return": between.returns(clean),
        "unmatched_return": between.unmatched(clean),
        "offsetting": between.offsetting(clean),
    }
    return ibis.union(
        *(lines.select("file", "sheet", "line", flag=ibis.literal(flag)) for flag, lines in marked.items())
    )


def _counts(clean):
    """For each table, rule, column and file: n rows that break it, of_rows, and the line of the first."""
    names, alike = [name for name in clean.names if clean.has(name)], between.alike_ids(clean)
    lines = [clean.counts[name] for name in names]

    def count(some):
        own = replace(clean)  # a connection is of one process
        return [_counts_of(own, schema.TABLES[name], alike) for name in some]

    # What is large keeps all processors busy by itself, and Spark answers one process only.
    most = None if sum(lines) <= warehouse.FEW and not clean.engine else 1
    parts = side_by_side.done(count, names, [_A_TABLE + of_rows for of_rows in lines], most)
    parts = [part for part in parts if len(part)]
    return pd.concat(parts or [pd.DataFrame(columns=kept.COUNTS.names)], ignore_index=True)


def _counts_of(clean, table, alike):
    counts = pd.concat([_by_row(clean, table), *_by_relation(clean, table, alike)])
    jumps = amounts.jumps(clean, table).assign(rule="unit_jump")
    both = [part for part in (counts, jumps) if len(part)]
    return pd.concat(both or [counts]).assign(table=table.name, of_rows=clean.counts[table.name])


def _by_row(clean, table):
    """All conditions on single rows, in one pass over the table."""
    held = clean.table(table.name)
    broken = row_rules.conditions(table, held, clean)
    sums = {f"n{at}": condition.sum() for at, condition in enumerate(broken.values())}
    lines = {f"line{at}": held.line.min(where=condition) for at, condition in enumerate(broken.values())}
    by_file = held.group_by("file").agg(**sums, **lines).to_pandas()
    parts = [
        by_file[["file"]].assign(rule=rule, column=column, n=by_file[f"n{at}"], line=by_file[f"line{at}"])
        for at, (rule, column) in enumerate(broken)
    ]
    counts = pd.concat(parts)
    return counts[counts["n"] > 0]


def _by_relation(clean, table, alike):
    for (rule, column), broken in between.checks(clean, table, alike).items():
        sums = broken.group_by("file").agg(n=broken.count(), line=broken.line.min())
        yield sums.to_pandas().assign(rule=rule, column=column)


def _set_aside(clean):
    """For each file the lines that were set aside as unreadable, of its data lines."""
    lines = clean.table("lines").filter(lambda t: t["class"].isin(["clean", "quarantined"]))
    aside = (lines["class"] == "quarantined") & ~lines.reason.isin(_HARMLESS)
    sums = {"n": lines.lines.sum(where=aside), "line": lines.line.min(where=aside), "of_rows": lines.lines.sum()}
    by_file = (
        lines.join(clean.table("files").select("file", "sheet", "table"), ["file", "sheet"])
        .group_by("table", "file")
        .agg(**sums)
    )
    counts = by_file.to_pandas().assign(rule="quarantined_share", column="")
    return counts[counts["n"] > 0]


def _worst(counts):
    """Counts by file → one row per table, rule and column with the place of the file that holds most; files judged by
    themselves stay apart."""
    apart = counts["file"].where(counts["rule"].isin(["unit_jump", "quarantined_share"]), "")
    key = ["table", "rule", "column", "apart"]
    ordered = counts.assign(apart=apart).sort_values([*key, "n", "file"], ascending=[True] * 4 + [False, True])
    ordered["first_place"] = ordered["file"] + ":" + ordered["line"].astype("int64").astype("str")
    sums = {"rows": ("n", "sum"), "of_rows": ("of_rows", "first"), "first_place": ("first_place", "first")}
    together = ordered.groupby(key, as_index=False).agg(**sums)
    return together.astype({"rows": "int64", "of_rows": "int64"})


def _signed(broken, signatures):
    """The signature of each breach, by its `file:line` or its file."""
    by_place = signatures.set_index(["rule", "place"])[["who", "on"]]
    exact = by_place.reindex(pd.MultiIndex.from_frame(broken[["rule", "first_place"]]))
    files = broken["first_place"].str.rsplit(":", n=1).str[0]
    of_file = by_place.reindex(pd.MultiIndex.from_arrays([broken["rule"], files]))
    broken["signed_by"] = exact["who"].fillna(of_file["who"].set_axis(exact.index)).to_numpy()
    broken["signed_on"] = exact["on"].fillna(of_file["on"].set_axis(exact.index)).to_numpy()
    return broken
