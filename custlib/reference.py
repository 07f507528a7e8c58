"""Reference tables that analysts edit, in `data/reference/` or beside the exports: read as text, checked on the way."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd

from custlib import edited, escaping, project
from custlib.refusals import Refused
from custlib.words import LANGUAGES

ACTIONS = (
    "check_stock",
    "win_back",
    "stop_loss",
    "close_gap",
    "keep_new",
)  # in the order in which one goes before, see `actions`
MEASURE_FIELDS = ("name", "visit_rhythm", "terms", "resources", "contract", "next_step")
SIGNED = (
    *("comparisons.csv", "aliases.csv", "signed.csv", "key_accounts.csv", "overrides.csv", "done.csv"),
    *("credit_terms.csv", "rates.csv", "plan_changes.csv", "development.csv", "new_models.csv", "events.csv"),
)
# the first column is the table's key, but for those in `_KEYS`
COLUMNS = {
    "measures.csv": (
        "measure",
        "class",
        "stability",
        "movement",
        *(f"{field}_{lang}" for field in MEASURE_FIELDS for lang in LANGUAGES),
    ),
    "orders.csv": ("action", "days", *(f"{field}_{lang}" for field in MEASURE_FIELDS for lang in LANGUAGES)),
    "comparisons.csv": ("factor_a", "factor_b", "ratio", "who", "on", "why"),
    "formats.csv": ("store_format", *LANGUAGES, "floor_area_m2", "urban_share", "rural_share"),
    "churn_reference.csv": ("reason", *LANGUAGES, "percent", "words"),
    "fees.csv": ("product_id", *LANGUAGES),
    "steps.csv": ("process", "status", "order", *LANGUAGES, "words", "days_allowed", "who"),
    "contracts.csv": ("rule", "limit", *LANGUAGES),
    "aliases.csv": ("alias_id", "customer_id", "who", "on", "why"),
    "signed.csv": ("rule", "place", "who", "on", "why"),
    "key_accounts.csv": ("customer_id", "kind", "who", "on", "why"),
    "overrides.csv": ("customer_id", "class", "until", "who", "on", "why"),
    "done.csv": ("quarter", "action", "customer_id", "done", "who", "on", "why"),
    "credit_terms.csv": ("scope", "value", "days", "limit_yuan", "from", "who", "on", "why"),
    "rates.csv": ("currency", "month", "rate", "who", "on", "why"),
    "plan_changes.csv": ("year", "customer_id", "item", "metric", "from_quarter", "target", "who", "on", "why"),
    "plan_metrics.csv": (
        *("metric", *LANGUAGES, "words", "item", "unit", "direction", "profile", "together", "measured", "factor"),
    ),
    "scorecard.csv": ("kpi", "weight", "words", "kind", "good", "poor", *LANGUAGES),
    "rater_sources.csv": ("source", "words", "counts", "least_raters", *LANGUAGES),
    "development.csv": ("person_id", "quarter", "step", "by_when", "who", "on", "why"),
    "scheme_feedback.csv": ("quarter", "topic", "said"),
    "festivals.csv": (
        *("festival", "year", "on", "before_from", "before_to", "after_from", "after_to"),
        *LANGUAGES,
    ),
    "new_models.csv": ("product_id", "like_product_id", "from", "who", "on", "why"),
    "events.csv": ("month", "product_id", "category", "reason", "who", "on", "why"),
    "strategies.csv": ("strategy", "measure", "direction", *(f"proposal_{lang}" for lang in LANGUAGES)),
    "segment_names.csv": ("feature", "direction", "theme", *LANGUAGES),
    "words.csv": ("field", "key", *LANGUAGES, "words"),
    "lessons/chosen.csv": ("size", "quarter", "ids"),
    "lessons/cases.csv": ("lesson", "part", "case", "bin", "tag", *LANGUAGES),
    "lessons/questions.csv": (
        *("lesson", "part", "question", "option", "tag"),
        *LANGUAGES,
        *(f"reply_{lang}" for lang in LANGUAGES),
        "upto",
    ),
    "lessons/turns.csv": (
        *("lesson", "part", "turn", "choice", "tag", "next", "reveals"),
        *LANGUAGES,
        *(f"reply_{lang}" for lang in LANGUAGES),
    ),
    "lessons/misconceptions.csv": (
        *("lesson", "tag"),
        *(f"{field}_{lang}" for field in ("answer", "thinking", "hint") for lang in LANGUAGES),
    ),
    "needs.csv": ("need", *LANGUAGES, "words", *(f"scale_{lang}" for lang in LANGUAGES), "factor"),
    "questions.csv": ("kind", "order", *LANGUAGES, *(f"good_answer_{lang}" for lang in LANGUAGES)),
    "contract_terms.csv": ("clause", "order", "class", "kind", *LANGUAGES, *(f"text_{lang}" for lang in LANGUAGES)),
    "fishbone.csv": (
        "factor",
        "bone",
        "zone",
        *(f"{field}_{lang}" for field in ("name", "question") for lang in LANGUAGES),
    ),
}
# Those that a report reads; the lessons' are checked where lessons are made (`lessons.checking`).
OF_REPORTS = tuple(name for name in COLUMNS if not name.startswith("lessons/"))
# Tables of which forms that came back are further parts: files beside the exports' own, NAME_….csv.
IN_PARTS = ("plan_changes.csv", "development.csv")
# Columns that a table may lack; they are blank then.
MAY = {"measures.csv": ("contacts_a_quarter", "reviews_a_quarter")}
_KEYS = {
    "steps.csv": ("process", "status"),
    "words.csv": ("field", "key"),
    "strategies.csv": ("measure", "direction"),
    "signed.csv": ("rule", "place"),
    "comparisons.csv": ("factor_a", "factor_b"),
    "key_accounts.csv": ("customer_id", "kind"),
    "done.csv": ("quarter", "action", "customer_id"),
    "credit_terms.csv": (),  # a value may be blank: `profile.credit_terms` sees what stands twice
    "rates.csv": ("currency", "month"),
    "plan_changes.csv": ("year", "customer_id", "item", "metric", "from_quarter"),
    "development.csv": ("person_id", "quarter", "step"),
    "scheme_feedback.csv": (),
    "festivals.csv": ("festival", "year"),
    "events.csv": (),  # a product or a category may be blank
    "segment_names.csv": ("feature", "direction"),
    # a blank cell of these says what a line is: `lessons.tables`
    "lessons/chosen.csv": ("size", "quarter"),
    "lessons/cases.csv": (),
    "lessons/questions.csv": (),
    "lessons/turns.csv": (),
    "lessons/misconceptions.csv": ("lesson", "tag"),
}
ALL = ("all",)
# Tables without which something is missing on a page: they have lines, and no blank cell in these columns.
_FILLED = {
    "measures.csv": ALL,
    "orders.csv": ALL,
    "strategies.csv": ALL,
    "contracts.csv": ("limit",),
    "formats.csv": LANGUAGES,
    "churn_reference.csv": LANGUAGES,
    "steps.csv": ("order", *LANGUAGES, "who"),
    "segment_names.csv": LANGUAGES,
    "plan_metrics.csv": (*LANGUAGES, "item", "unit", "direction", "profile", "together", "measured", "factor"),
    "fishbone.csv": tuple(f"name_{lang}" for lang in LANGUAGES),
    "words.csv": LANGUAGES,
    "festivals.csv": ("on", *LANGUAGES),
    "needs.csv": (*LANGUAGES, *(f"scale_{lang}" for lang in LANGUAGES), "factor"),
    "questions.csv": ALL,
    "contract_terms.csv": ALL,
    "scorecard.csv": ("weight", "kind", "good", "poor", *LANGUAGES),
    "rater_sources.csv": ("counts", "least_raters", *LANGUAGES),
}
_RANGES: dict[str, dict[str, tuple[float, float]]] = {
    "measures.csv": {"contacts_a_quarter": (0, 100), "reviews_a_quarter": (0, 100)},
    "orders.csv": {"days": (0, 3650)},
    "steps.csv": {"order": (1, 99), "days_allowed": (0, 3650)},
    "questions.csv": {"order": (1, 99)},
    "contract_terms.csv": {"order": (1, 99)},
    "formats.csv": {"floor_area_m2": (1, 1_000_000), "urban_share": (0, 100), "rural_share": (0, 100)},
    "churn_reference.csv": {"percent": (0, 100)},
    "rates.csv": {"rate": (1e-6, 1_000_000)},
    "scorecard.csv": {"weight": (0, 100), "good": (0, 10_000), "poor": (0, 10_000)},
    "rater_sources.csv": {"least_raters": (1, 99)},
    "festivals.csv": {
        "year": (1900, 2199),
        **{f"before_{end}": (0, 60) for end in ("from", "to")},
        "after_to": (0, 60),
    },
}
_ONE_OF: dict[str, dict[str, tuple[str, ...]]] = {
    "key_accounts.csv": {"kind": ("key_account", "strategic")},
    "overrides.csv": {"class": ("A", "B", "C")},
    "done.csv": {"action": ACTIONS, "done": ("yes", "no")},
    "credit_terms.csv": {"scope": ("any", "class", "customer")},
}
# Columns of the exports whose texts `words.csv` names.
FIELDS = (
    *("visits.kind", "visits.subject", "visits.outcome"),
    *("targets.measure", "promotions.kind", "needs.feasible", "plans.unit", "demand_plan.plan_kind"),
)
_MAY_BE_BLANK = {  # beside why
    "credit_terms.csv": ("value", "limit_yuan"),
    "events.csv": ("product_id", "category"),
}
_NUMBER = r"[0-9]+(\.[0-9]+)?"
# Column → its form, and a few such values for whoever wrote another.
_FORMS = {
    "quarter": (re.compile(r"[1-9][0-9]{3}Q[1-4]"), ("2025Q1", "2025Q2", "…")),
    "from_quarter": (re.compile(r"[1-9][0-9]{3}Q[1-4]"), ("2025Q1", "2025Q2", "…")),
    "month": (re.compile(r"[1-9][0-9]{3}(-(0[1-9]|1[0-2])|Q[1-4])"), ("2025-01", "2025-02", "…", "2025Q1", "…")),
    "currency": (re.compile("[A-Z]{3}"), ("USD", "EUR", "…")),
}
# Excel writes a date that it saves in a CSV with slashes.
_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")


def table(name: str, data_dir: str | Path | None = None) -> pd.DataFrame:
    """A reference table, its own columns only, as text; a blank cell is missing.

    name: a key of `COLUMNS`. The copy in `data_dir`/reference goes before the project's.
    Raises Refused if the file is missing or not UTF-8, lacks a column, has a line of another width, or a key twice.
    """
    return lines(name, data_dir).reset_index(drop=True)


def lines(name: str, data_dir: str | Path | None = None) -> pd.DataFrame:
    """The same as `table`, its index the line of the file, for refusals that name it; of one of the further files of
    `IN_PARTS` "2 (plan_changes_2025Q4.csv)"."""
    first, *others = [_lines(name, path) for path in _files(name, data_dir)]
    if not others:
        return first
    rows, key = pd.concat([first, *others]), list(_KEYS[name])
    for line, row in rows[rows.duplicated(key)].iterrows():
        raise Refused("reference_key", file=name, line=line, column=", ".join(key), key=", ".join(row[key]))
    return rows


def _files(name, data_dir):
    own = [] if data_dir is None or name not in IN_PARTS else [project.resolve(data_dir) / "reference"]
    further = [path for folder in own for path in sorted(folder.glob(f"{Path(name).stem}_*.csv"))]
    return [project.reference(name, data_dir), *further]


def _lines(name, path):
    columns, filled, may = COLUMNS[name], _FILLED.get(name, ()), MAY.get(name, ())
    header, rows = edited.read(path, columns, _KEYS.get(name, columns[:1]), columns if filled == ALL else filled, may)
    if filled and not rows:
        raise Refused("reference_empty", file=name)
    lines = pd.Index([line for line, _ in rows], name="line", dtype="int64")
    frame = pd.DataFrame([cells for _, cells in rows], lines, header, dtype="str")
    frame = frame.reindex(columns=[*columns, *may]).replace("", None)
    for column in _RANGES.get(name, {}):
        numbers(frame, column, name)
    return frame if path.name == Path(name).name else frame.set_axis([f"{line} ({path.name})" for line in frame.index])


def signed(name: str, data_dir: str | Path | None = None) -> pd.DataFrame:
    """A table of decisions that people sign (`SIGNED`), as `table` gives it; its index is the line of the file.
    `day` reads its days.

    Raises Refused: `unsigned` for a line that lacks what it decides, who signed it or a day, only `why` and those of
    `_MAY_BE_BLANK` may be blank; `not_one_of` for a decision that is none of those possible.
    """
    rows = lines(name, data_dir)
    filled = [column for column in COLUMNS[name][:-1] if column not in _MAY_BE_BLANK.get(name, ())]
    days = [column for column in ("until", "from", "on", "by_when") if column in COLUMNS[name]]
    for line, row in rows.iterrows():
        blank = [column for column in filled if row.isna()[column]]
        if blank := blank or [column for column in days if day(row[column]) is None]:
            raise Refused("unsigned", file=name, line=line, columns=", ".join(blank))
        strange = {
            column: possible for column, possible in _ONE_OF.get(name, {}).items() if row[column] not in possible
        }
        formed = {
            column: some for column, (form, some) in _FORMS.items() if column in row and not form.fullmatch(row[column])
        }
        strange = formed | strange
        for column, possible in strange.items():
            facts = {"column": column, "value": row[column], "possible": ", ".join(possible)}
            raise Refused("not_one_of", file=name, line=line, **facts)
    return rows.map(escaping.without_apostrophe, na_action="ignore")


def day(text: str) -> date | None:
    """The day that a signed line names, such as 2025-12-31 or 2025/12/31, as `datetime.date`; None if it is no day."""
    match = _DAY.fullmatch(text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:  # the 30th of February
        return None


def words(table: pd.DataFrame, file: str) -> dict[str, str]:
    """Text of the exports → key, for a reference table whose languages, and `words` ("|" between), name its keys.

    Raises Refused (`word_twice`) where one text names two keys.
    """
    keys: dict[str, str] = {}
    key = table.columns[0]
    for row in table.fillna("").to_dict("records"):
        texts = (
            text.strip() for text in (row[key], *(row[lang] for lang in LANGUAGES), *row.get("words", "").split("|"))
        )
        for text in filter(None, texts):
            if keys.setdefault(text, row[key]) != row[key]:
                raise Refused("word_twice", file=file, word=text, one=keys[text], other=row[key])
    return keys


def keys_of(field: str, data_dir: str | Path | None = None) -> dict[str, str]:
    """Text of the exports → key, for a column of `FIELDS`, from `words.csv`. Raises Refused as `lines`; `not_one_of`
    for
    a field that there is not, `word_twice` where one text names two keys of the field."""
    table = lines("words.csv", data_dir)
    for line, other in table["field"].items():
        if other not in FIELDS:
            facts = {"column": "field", "value": other, "possible": ", ".join(FIELDS)}
            raise Refused("not_one_of", file="words.csv", line=line, **facts)
    return words(table[table["field"] == field].drop(columns="field"), "words.csv")


def numbers(table: pd.DataFrame, column: str, file: str) -> pd.Series:
    """A column of a reference table as numbers, by the table's key; blank is missing. Raises Refused (`no_number`) for
    what is no number, or outside the column's range."""
    texts = table.set_index(table.columns[0])[column]
    low, high = _RANGES[file][column]
    values = pd.to_numeric(texts.where(texts.str.fullmatch(_NUMBER, na=False))).astype("float64")
    if (strange := texts[texts.notna() & ~values.between(low, high)]).size:
        facts = {"key": strange.index[0], "column": column, "value": strange.iloc[0], "low": low, "high": high}
        raise Refused("no_number", file=file, **facts)
    return values


def merges(data_dir: str | Path | None = None) -> pd.DataFrame:
    """alias_id → the customer that a person declared it to be: `aliases.csv` as `signed` gives it, its index the alias.

    Raises Refused (`alias_chain`) where a customer that others are merged into is itself merged away: a circle is such
    a chain.
    """
    merges = signed("aliases.csv", data_dir).reset_index().set_index("alias_id")
    for alias, row in merges.iterrows():
        if row["customer_id"] in merges.index:
            facts = {"alias": alias, "customer": row["customer_id"], "other": merges.at[row["customer_id"], "line"]}
            raise Refused("alias_chain", file="aliases.csv", line=row["line"], **facts)
    return merges


def rates(data_dir: str | Path | None = None) -> dict[tuple[str, str], Decimal]:
    """(currency, month "2025-10" or quarter "2025Q4") → how much of the company's currency one unit of it was worth, as
    a person signed it in `rates.csv`."""
    rows = signed("rates.csv", data_dir)
    keys = zip(rows["currency"], rows["month"], strict=True)
    return dict(zip(keys, map(Decimal, rows["rate"]), strict=True))
