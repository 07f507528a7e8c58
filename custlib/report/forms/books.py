"""The Excel forms of one key account: the yearly plan, to be checked and corrected; the interview about its needs."""

from datetime import date
from typing import NamedTuple

import pandas as pd

from custlib import quarters, words
from custlib.report.forms import reviews
from custlib.sheets import Column, Sheet
from custlib.wording.sentences import Context

PLAN, INTERVIEW, VERSION = "account_plan", "account_interview", 1
_STANDS = ("item", "metric", "unit", "target_signed", "target_now", "due_on", "owner", "reached", "state")
_LINE = ("item", "metric", "unit", "target_now")
_ANY = (-1e12, 1e12)
_WIDTHS = {  # of columns that are not 16 wide
    **{"metric": 20, "unit": 10, "state": 12, "scale": 44, "need": 14, "good_answer": 100},
    **dict.fromkeys(("last_importance", "last_ideal", "last_actual"), 12),
}


class About(NamedTuple):
    """What a form is about: whom, and the quarter of the report that it is made from."""

    customer_id: str
    name: str
    quarter: str


def plan(lines: pd.DataFrame, about: About, lang: str, context: Context) -> list[Sheet]:
    """The sheets of 年度计划表: the plan of the year as it stands; its lines that the exports do not measure, to be
    checked at the end of the quarter; corrections from the quarters that are left.

    lines: `plan_lines` of this customer, as `accounts.edition` gives them to it.
    """
    now = quarters.parse(about.quarter)
    own = lines[lines["year"] == now.year]
    left = tuple(f"{now.year}Q{number}" for number in range(now.number + 1, 5))
    rows = reviews.in_words("plan_lines", own, lang, context).map(_plain).rename(columns={"actual": "reached"})
    keys = own[["item", "metric"]].add_prefix("key_")
    rows = rows.join(keys).assign(customer_id=about.customer_id, quarter=about.quarter, year=now.year)
    by_hand = own["how_measured"] != "data"
    checks = (
        _open("checked", lang, 12, between=_ANY),
        _open("checked_on", lang, 14, day=True),
        _open("checked_by", lang, 14),
        _open("evidence", lang, 36),
    )
    corrections = (
        _open("target", lang, 12, between=_ANY),
        _open("from_quarter", lang, 14, choices=left),
        _open("who", lang, 14),
        _open("on", lang, 14, day=True),
        _open("why", lang, 36),
    )
    line = _shown(_LINE, lang)
    return [
        _sheet("plan", rows, _shown(_STANDS, lang), about, lang),
        _sheet("checks", rows[by_hand], (*line, *checks), about, lang),
        *([_sheet("corrections", rows, (*line, *corrections), about, lang)] if left else []),
    ]


def interview(
    needs: pd.DataFrame, asked: pd.DataFrame, questions: pd.DataFrame, about: About, lang: str
) -> list[Sheet]:
    """The sheets of 访谈表, for the coming quarter: a line for each need beside its last answers; the questions to ask.

    needs: `account_needs` of this customer, as `accounts.edition` gives them to it; asked, questions: `needs.csv` and
    `questions.csv`.
    """
    coming = str(quarters.parse(about.quarter).previous(-1))
    last = needs.sort_values("quarter").drop_duplicates("need", keep="last").set_index("need")
    rows = last.reindex(asked["need"])[["importance", "ideal", "actual"]].add_prefix("last_").reset_index(drop=True)
    rows = rows.astype("float").assign(need=asked[lang], scale=asked[f"scale_{lang}"], key_need=asked["need"])
    rows = rows.assign(customer_id=about.customer_id, quarter=coming)
    answers = (
        _open("importance", lang, 12, between=(1, 5), whole=True),
        _open("ideal", lang, 12, between=(1, 10)),
        _open("actual", lang, 12, between=(1, 10)),
        _open("question_kind", lang, 14, choices=tuple(questions[lang])),
        _open("said", lang, 44),
        _open("respondent", lang, 16),
    )
    columns = _shown(("need", "scale", "last_importance", "last_ideal", "last_actual"), lang)
    ask = pd.DataFrame({"kind": questions[lang], "good_answer": questions[f"good_answer_{lang}"]})
    return [
        _sheet("interview", rows, (*columns, *answers), about._replace(quarter=coming), lang),
        _sheet("questions", ask, _shown(tuple(ask), lang), about._replace(quarter=coming), lang),
    ]


def _sheet(key, rows, columns, about, lang):
    say = words.all_of("account_forms", lang)
    above = (f"{say[f'sheet_{key}']} – {about.name} – {about.quarter}", say[f"how_{key}"], "")
    names = [column.name for column in columns if column.open]
    rows = rows.drop(columns=names, errors="ignore").assign(**dict.fromkeys(names))
    kept = [column.name for column in columns]
    ids = [column for column in rows if column.startswith("key_") or column in ("customer_id", "quarter", "year")]
    return Sheet(say[f"sheet_{key}"], above, columns, rows[[*kept, *(name for name in ids if name not in kept)]])


def _shown(names, lang):
    return tuple(Column(name, words.say("account_forms", name, lang), _WIDTHS.get(name, 16)) for name in names)


def _open(name, lang, width, **what):
    return Column(name, words.say("account_forms", name, lang), width, open=True, **what)


def _plain(value):
    """A cell of a form: text or number, a day as text, None where unknown."""
    if pd.isna(value):
        return None
    return value.isoformat() if isinstance(value, date) else value
