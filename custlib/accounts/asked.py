"""What interviews ask, `needs.csv` and `questions.csv`, and their answers with keys in place of words."""

import difflib
from pathlib import Path

import pandas as pd

from custlib import reference
from custlib.refusals import Refused

_NEEDS, _QUESTIONS = "needs.csv", "questions.csv"


def needs_of(data_dir: str | Path | None = None) -> pd.DataFrame:
    """The needs, in the order of `needs.csv`: need (key), en, zh, words, scale_en, scale_zh (what 1 and 10 mean),
    factor (of the fishbone, by which a gap is closed).

    Raises Refused as `reference.lines` does; `not_one_of` for a factor that hangs on no bone; `word_twice`.
    """
    rows, fishbone = reference.lines(_NEEDS, data_dir), reference.lines("fishbone.csv", data_dir)
    factors = fishbone.loc[fishbone["bone"].notna(), "factor"].tolist()
    for line, factor in rows.loc[~rows["factor"].isin(factors), "factor"].items():
        facts = {"column": "factor", "value": factor, "possible": ", ".join(factors)}
        raise Refused("not_one_of", file=_NEEDS, line=line, **facts)
    reference.words(rows, _NEEDS)
    return rows.reset_index(drop=True)


def questions(data_dir: str | Path | None = None) -> pd.DataFrame:
    """The kinds of question, in their order: kind (key), order, en, zh, good_answer_en, good_answer_zh.

    Raises Refused as `reference.lines` does; `order_twice` for two kinds in one place; `word_twice`.
    """
    rows = reference.lines(_QUESTIONS, data_dir)
    rows = rows.assign(order=rows["order"].astype("float64"))
    for line, kind in rows.loc[rows["order"].duplicated(), "kind"].items():
        raise Refused("order_twice", file=_QUESTIONS, line=line, key=kind)
    reference.words(rows, _QUESTIONS)
    return rows.sort_values("order", ignore_index=True)


def answers(rows: pd.DataFrame, data_dir: str | Path | None = None) -> pd.DataFrame:
    """The rows of `facts.interviews` with keys: need, question_kind, feasible (True, False; missing where nothing is
    written).

    Raises Refused (`word_unknown`), naming the line and the nearest word: a need that nobody lists would be lost.
    """
    kinds = reference.words(questions(data_dir), _QUESTIONS)
    feasible = reference.keys_of("needs.feasible", data_dir)
    keys = {
        "need": _keys(rows, "need", reference.words(needs_of(data_dir), _NEEDS), _NEEDS),
        "question_kind": _keys(rows, "question_kind", kinds, _QUESTIONS),
        "feasible": _keys(rows, "feasible", {"": "", **feasible}, "words.csv"),
    }
    keys["feasible"] = keys["feasible"].map({"yes": True, "no": False}).astype("boolean")
    return rows.assign(**keys)


def _keys(rows, column, words, table):
    keys = rows[column].str.strip().map(words)
    for _, row in rows[keys.isna()].iterrows():
        nearest = difflib.get_close_matches(row[column], list(words), n=1, cutoff=0)[0]
        facts = {"column": column, "value": row[column], "table": table, "nearest": nearest}
        raise Refused("word_unknown", file=row["file"], line=row["line"], **facts)
    return keys
