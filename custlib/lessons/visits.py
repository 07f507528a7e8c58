"""Lesson 6: a visit to one key account, whose need shows by what was asked, and the plan that follows from it."""

import pandas as pd

from custlib import facts, steps
from custlib.accounts.promises import KEY
from custlib.lessons import tables
from custlib.lessons.exercises import Exercise, Text, said
from custlib.lessons.ways import with_ways
from custlib.refusals import Refused
from custlib.words import LANGUAGES

POINTS = 0.02  # of rebate, which the customer demands
STEP = 1  # of ten, which a plan may promise of a need in half a year
DEMAND = "profit"  # the need behind a rebate
WAYS = ("contract_first", "talk_first")


def account(listed: pd.DataFrame, needs: pd.DataFrame, state: pd.DataFrame) -> dict:
    """The key account of the lesson, the largest that was asked: customer_id, name; need, importance, ideal, actual of
    its largest gap beside profit, which it speaks of itself; bought: net sales of the quarter.

    listed, needs, state: result tables `account_list`, `account_needs`, `account_state`.
    Raises Refused (`lesson_lacks`) where no key account that bought told of a gap.
    """
    gaps = needs[(needs["gap"] > 0) & (needs["need"] != DEMAND)]
    bought = state[state["measure"] == "net_sales"].set_index("customer_id")["now"].astype("float64")
    told = listed[listed["customer_id"].isin(gaps["customer_id"]) & (listed["customer_id"].map(bought) > 0)]
    if told.empty:
        raise Refused("lesson_lacks", lesson=6, problem="account_that_told")
    shown = told.loc[told["size"].fillna(0).idxmax()]
    own = gaps[gaps["customer_id"] == shown["customer_id"]]
    gap = own.sort_values(["gap", "importance"], ascending=False, kind="stable").iloc[0]
    numbers = {name: float(gap[name]) for name in ("importance", "ideal", "actual")}
    return {
        "customer_id": shown["customer_id"],
        "name": shown["name"],
        "need": gap["need"],
        "bought": float(bought[shown["customer_id"]]),
    } | numbers


def own_line(lines: pd.DataFrame, checks: pd.DataFrame, customer: str) -> dict | None:
    """A line of the customer's plan whose first check found already what was promised; None without one.

    lines: result table `plan_lines`; checks: `facts.plan_checks`.
    """
    own = lines[(lines["customer_id"] == customer) & (lines["state"] == "done")]
    first = checks.assign(year=checks["quarter"].str[:4].astype("int64")).drop_duplicates(KEY)
    rows = own.merge(first[[*KEY, "actual"]].rename(columns={"actual": "first"}), on=KEY)
    rows = rows[(rows["unit"].map(facts.as_word) == "%") & (rows["first"] >= rows["target_signed"])]
    if rows.empty:
        return None
    row = rows.iloc[0]
    numbers = {"target": row["target_signed"] / 100, "first": row["first"] / 100}
    return {"metric": row["metric"], "due_on": str(row["due_on"])[:10], "owner": row["owner"]} | numbers


def places(account: dict, line: dict | None = None) -> dict[str, Text]:
    """{place} of the lesson's texts → text. account, line: as `account` and `own_line` give them."""
    points = {name: f"{account[name]:g}" for name in ("importance", "ideal", "actual")}
    points |= {"gap": f"{_gap(account):g}", "aim": f"{min(account['actual'] + STEP, account['ideal']):g}"}
    money = {"bought": account["bought"], "cost": POINTS * account["bought"]}
    texts = {"name": account["name"], "need": said("lessons_visits.need_name", need=account["need"])} | points
    texts |= {name: said("lessons_visits.money", amount=amount) for name, amount in money.items()}
    if line:
        texts |= {"line": said("lessons_visits.line", **line), "came": said("lessons_visits.came", **line)}
    return texts


def visit(rows: pd.DataFrame, account: dict) -> Exercise:
    """The visit, whose end tells what is known by what was asked. rows: of `tables.lines("turns", "6")`."""
    points = {"need": account["need"], "ideal": account["ideal"], "actual": account["actual"], "gap": _gap(account)}
    return tables.ending(tables.branch("visit", rows, **places(account)), "lessons_visits.visit_end", **points)


def repairs(rows: pd.DataFrame, account: dict, line: dict | None) -> Exercise:
    """Lines of plans to repair, one of the account's own if it has a line to learn from."""
    if line is None:
        rows = rows[rows["question"] != "own_line"]
    return tables.quiz("repair", rows, guided=False, **places(account, line))


def plan_steps(rows: pd.DataFrame, data_dir=None) -> Exercise:
    """The steps of the yearly plan to put in order. rows: of `tables.lines("cases", "6")`: what is said to each step
    and place; the steps themselves are those of `steps.csv`."""
    known = steps.of("yearly_plan", data_dir)
    part = rows[rows["part"] == "steps"]
    words = known.set_index("status")[list(LANGUAGES)]
    line = dict.fromkeys(rows.columns, "") | {"part": "steps"}
    names = [line | {"case": case, **words.loc[case]} for case in part["case"].unique()]
    numbers = [line | {"bin": str(at), **dict.fromkeys(LANGUAGES, str(at))} for at in range(1, len(known) + 1)]
    cards = pd.concat([pd.DataFrame([*numbers, *names]), part])
    hints = tables.thinking("6", data_dir)
    return with_ways(tables.cases("order", "steps", cards, guided=False), {tag: hints[tag] for tag in WAYS})


def _gap(account):
    return account["ideal"] - account["actual"]
