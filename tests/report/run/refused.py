"""Breaks every table that people edit, and every parameter, and counts what is not refused before a kernel starts.

`python tests/report/run/refused.py [SEED]` prints the counts; `test_refused.py` holds them at zero. What is broken is
chosen by the seed: which line, which cell. A mutation that leaves a table as good as it was (a blank note, a line of a
list that may be short) is not among them.
"""

import contextlib
import csv
import dataclasses
import functools
import io
import os
import random
import shutil
import sys
import tempfile
from pathlib import Path
from unittest import mock

from custlib import reference
from custlib.refusals import Refused
from custlib.report.archive import manifest
from custlib.report.notebook import lineage, notebooks
from custlib.report.run import planning, ports, progress, quarterly

ROOT = Path(__file__).parents[3]
EXPORTS = {
    "sales.csv": "单据编号,行号,日期,客户编码,存货编码,数量,无税金额(元)\n"
    + "".join(f"X{n},1,{2025 - (n % 14 > 11)}-{n % 12 + 1:02d}-08,K{n % 4},P1,2,{100 + n}.00\n" for n in range(48)),
    "customers.csv": "客户编码,客户名称\n" + "".join(f"K{n},试验商行{n}\n" for n in range(4)),
    "plans.csv": "年度,客户编码,计划项目,衡量指标,目标值,计量单位,责任人,完成日期\n"
    "2025,K1,消费者促销,主题活动场次,6,次,李,2025-12-31\n",
}
# A line of each list that is empty in the project.
SIGNED = {
    "aliases.csv": "K3,K1,李,2025-12-31,",
    "comparisons.csv": "size,contribution,2,李,2025-12-31,\nsize,brand_share,2,李,2025-12-31,\ncontribution,brand_share,1,李,2025-12-31,",
    "credit_terms.csv": "customer,K1,60,5000000,2025-04-01,李,2025-12-31,",
    "done.csv": "2025Q3,win_back,any,yes,李,2025-12-31,",
    "key_accounts.csv": "K1,strategic,李,2025-12-31,",
    "overrides.csv": "K1,B,2026-06-30,李,2025-12-31,",
    "plan_changes.csv": "2025,K1,消费者促销,主题活动场次,2025Q2,4,李,2025-05-16,",
    "development.csv": "P01,2025Q4,coaching,2026-03-31,李,2025-12-31,",
    "events.csv": "2025-06,P1,,recall,李,2025-12-31,",
    "scheme_feedback.csv": "2025Q4,权重,太多",
    "new_models.csv": "P2,P1,2025-10-01,李,2025-12-31,",
    "rates.csv": "USD,2025-10,7.1,李,2025-12-31,",
    "signed.csv": "unit_jump,sales.csv,李,2025-12-31,",
}
NUMBERS = {
    "contracts.csv": ("limit",),
    "orders.csv": ("days",),
    "formats.csv": ("floor_area_m2", "urban_share", "rural_share"),
    "churn_reference.csv": ("percent",),
    "comparisons.csv": ("ratio",),
    "credit_terms.csv": ("days", "limit_yuan"),
    "plan_changes.csv": ("target",),
    "rates.csv": ("rate",),
    "measures.csv": ("contacts_a_quarter", "reviews_a_quarter"),
}
NO_NUMBER = ("nan", "inf", "-inf", "-1", "1e9", "５", "five", "1,5", "0x5")
# Columns whose values are those of a list.
LISTED = {
    "measures.csv": ("class", "stability", "movement"),
    "orders.csv": ("action",),
    "contracts.csv": ("rule",),
    "signed.csv": ("rule", "on"),
    "key_accounts.csv": ("kind", "on"),
    "overrides.csv": ("class", "until", "on"),
    "credit_terms.csv": ("scope", "value", "from", "on"),
    "plan_changes.csv": ("year", "from_quarter", "on"),
    "plan_metrics.csv": ("item", "direction", "profile", "together", "measured", "factor"),
    "done.csv": ("quarter", "action", "done", "on"),
    "aliases.csv": ("on",),
    "rates.csv": ("currency", "month", "on"),
    "comparisons.csv": ("factor_a", "factor_b", "on"),
    "strategies.csv": ("strategy", "measure", "direction"),
    "segment_names.csv": ("feature", "direction"),
    "fishbone.csv": ("bone", "zone"),
    "words.csv": ("field",),
    "codebook.csv": ("kind",),
}
# Columns that may be blank.
OPTIONAL = {
    "why",
    "words",
    "note",
    "theme",
    "unit",
    "format",
    "made_by",
    "question_en",
    "question_zh",
    "bone",
    "zone",
    "edition",
}
OPTIONAL |= {f"{text}_{lang}" for text in ("header", "meaning") for lang in ("en", "zh")}
MAY_BE_BLANK = {"formats.csv": {"floor_area_m2", "urban_share", "rural_share"}, "churn_reference.csv": {"percent"}}
MAY_BE_BLANK |= {name: {"en", "zh"} for name in ("fees.csv", "contracts.csv")}
MAY_BE_BLANK |= {"credit_terms.csv": {"limit_yuan"}, "events.csv": {"product_id", "category"}}
MAY_LACK = {("glossary.csv", "note"), ("codebook.csv", "edition")}
# Tables of which no line may be missing, and those that may not be empty.
WHOLE = ("contracts.csv", "measures.csv", "orders.csv", "strategies.csv")
FILLED = (
    *WHOLE,
    "formats.csv",
    "churn_reference.csv",
    "segment_names.csv",
    "fishbone.csv",
    "plan_metrics.csv",
    "glossary.csv",
    "words.csv",
)
KEYS = reference._KEYS | {"codebook.csv": ("table", "column")}
PARAMETERS = {
    "system": ["", "planet", "Region", "华东", "None"],
    "ratio": [
        "",
        "1",
        "[]",
        "[1, 2]",
        "[1, 2, 0]",
        "[1, 2, -2]",
        "[0, 0, 0]",
        "[1, 2, '2']",
        "[1e400, 1, 1]",
        "{}",
        "[[1], 2, 2]",
    ],
    "weights": [
        "",
        "[]",
        '{"sise": 1}',
        '{"size": -1}',
        '{"size": 0}',
        '{"size": "1"}',
        "{1: 1}",
        "{[1]: 1}",
        '{"size": 1e999}',
    ],
    "mix": ["", "[]", "[0, 0, 0]", "[1, 1]", "[1, 1, -1]", "[1, 1, 1e999]", "[1, 1, None]", "3"],
    "profit": ["", "totals", "品牌"],
    "profiles": ["", "some", "全部"],
    "spread_rule": ["", "variance", "CRITIC"],
    "goal": ["", "9", "0", "-4", "5.01", "nan", "inf", "four", "9" * 400, "[4]"],
    "resamples": ["", "0", "-1", "1", "1.5", "1000000000", "many", "True", "９"],
    "seed": ["", "-1", "0.5", str(2**32), "9" * 30, "x", "[" * 5000, "-" * 5000 + "1"],
    "goel": ["4"],
    "quarter": ["2025Q3"],
    "part": ["region=x"],
}


class Reached(Exception):
    """Nothing was refused: a kernel would start."""


@contextlib.contextmanager
def a_project():
    """A small project of its own with all tables that people edit; goes there, and comes back.

    Its notebooks and custlib stay as they are: each is read once.
    """
    before, loaded = Path.cwd(), {}
    snapshot, reads = functools.cache(notebooks.snapshot), lineage.loaded

    def loaded_once(cells):
        return loaded[id(cells)] if id(cells) in loaded else loaded.setdefault(id(cells), reads(cells))

    with contextlib.ExitStack() as patched:
        for where, name, once in (
            (notebooks, "snapshot", snapshot),
            (lineage, "loaded", loaded_once),
            (manifest, "_package", functools.cache(manifest._package)),
            (manifest, "versions", functools.cache(manifest.versions)),
        ):
            patched.enter_context(mock.patch.object(where, name, once))
        place = patched.enter_context(tempfile.TemporaryDirectory())
        root = Path(place)
        shutil.copytree(ROOT / "notebooks", root / "notebooks")
        shutil.copytree(ROOT / "data" / "reference", root / "data" / "reference")
        shutil.copy(ROOT / "pyproject.toml", root)
        (root / "data" / "raw").mkdir()
        for name, text in EXPORTS.items():
            (root / "data" / "raw" / name).write_text(text, encoding="utf-8")
        for name, lines in SIGNED.items():
            with (root / "data" / "reference" / name).open("a", encoding="utf-8") as file:
                file.write(lines + "\n")
        os.chdir(root)
        try:
            yield root
        finally:
            os.chdir(before)


def refusal(**options):
    """The code of what is refused before a kernel starts, None where one would, the error's name where it is none."""

    def reach():
        raise Reached

    real = dataclasses.replace(ports.real(), check_kernel=reach)
    try:
        quarterly.run(planning.Request("2025Q4", unfinished=True, cold=True, **options), progress.Silent(), real)
    except Refused as refused:
        return refused.code
    except Reached:
        return None
    except Exception as error:
        return type(error).__name__


def mutations(name, text, chance):
    """(what, bytes) of each way in which this table is broken."""
    header, *rows = csv.reader(io.StringIO(text))
    keys, some = KEYS.get(name, header[:1]), chance.choice

    def with_cell(column, value):
        """The table with one cell changed: of a line where it is filled."""
        at, changed = header.index(column), [list(row) for row in rows]
        some([row for row in changed if row[at]])[at] = value
        return as_text([header, *changed])

    yield "saved as GBK", text.encode("gb18030")
    yield "saved as UTF-16", text.encode("utf-16")
    yield "empty file", b""
    yield "no header", as_text(rows)
    yield "semicolons", text.replace(",", ";").encode()
    yield "extra cell", as_text([header, [*rows[0], "x"], *rows[1:]])
    yield "short line", as_text([header, *rows, rows[0][:-1]])
    yield "open quote", text.encode() + b'"x'
    yield "line twice", as_text([header, *rows, some(rows)])
    if name in FILLED:
        yield "header only", as_text([header])
    if name in WHOLE:
        missing = chance.randrange(len(rows))
        yield "line missing", as_text([header, *rows[:missing], *rows[missing + 1 :]])
    may = reference.MAY.get(name, ())
    for column in may:
        at = header.index(column)
        yield f"column {column} twice", as_text([[*row, row[at]] for row in [header, *rows]])
    needed = [c for c in header if name in ("glossary.csv", "codebook.csv") or c in reference.COLUMNS[name]]
    for column in [c for c in needed if (name, c) not in MAY_LACK]:
        at = header.index(column)
        yield f"no column {column}", as_text([[*row[:at], *row[at + 1 :]] for row in [header, *rows]])
        yield f"column {column} misspelt", as_text([[*header[:at], f"{column}x", *header[at + 1 :]], *rows])
        yield f"column {column} twice", as_text([[*row, row[at]] for row in [header, *rows]])
        if column in keys or column not in OPTIONAL | MAY_BE_BLANK.get(name, set()):
            yield f"blank {column}", with_cell(column, "")
    for column in LISTED.get(name, ()):
        yield f"{column} misspelt", with_cell(column, "misspelt")
    for column in NUMBERS.get(name, ()):
        for value in NO_NUMBER:
            yield f"{column} {value}", with_cell(column, value)


def as_text(rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def tables(seed, most=1000):
    """(table, what, refusal or None) of each mutation, or of so many of each table, drawn by chance."""
    with a_project() as root:
        assert refusal() is None, refusal()
        for name in (*reference.OF_REPORTS, "glossary.csv", "codebook.csv"):
            path, chance = root / "data" / "reference" / name, random.Random(f"{seed} {name}")
            whole = path.read_text(encoding="utf-8-sig")
            found = list(mutations(name, whole, chance))
            for what, data in chance.sample(found, min(most, len(found))):
                path.write_bytes(data)
                yield name, what, refusal()
            path.write_text(whole, encoding="utf-8")


def parameters():
    """(parameter, value, refusal or None) of each senseless value."""
    with a_project():
        for name, values in PARAMETERS.items():
            for value in values:
                yield name, value, refusal(parameters={name: value})


def passed(found):
    """Those that were not refused, or ended in a traceback."""
    from custlib import words

    return [one for one in found if one[2] not in words.table("refusals")]


if __name__ == "__main__":
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    for title, found in (("tables", list(tables(seed))), ("parameters", list(parameters()))):
        print(f"{title}: {len(passed(found))} of {len(found)} are not refused")
        for one in passed(found):
            print("  ", *one)
