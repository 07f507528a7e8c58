"""The page of one account manager, to be printed: how the customers are classified, whom to manage as strategic, and
with which measures. Made of the same rows as the customers' own pages."""

import re
from collections import Counter
from urllib.parse import quote

from markupsafe import Markup

from custlib import safe_names, wording, words
from custlib.escaping import escape, visible
from custlib.report.pages import pages

FOLDER = "managers"
MOST = 6  # rows of a table: all of it fits on one page
_TABLE = re.compile(r'<table\b[^>]*data-name="managers".*?</table>', re.DOTALL)
_FIRST = re.compile(r"(<tr\b[^>]*><td\b[^>]*>)([^<]+)(</td>)")


def files(found) -> dict[str, str]:
    """Account manager → the name of the page without ending, by name; whoever looks after a customer of the quarter.
    found: `found.Found`."""
    return safe_names.of(found.managers)


def of(found, manager: str) -> dict[str, list[dict]]:
    """What stands on a manager's page: classes (customers and size by class and measure), accounts (key accounts and
    strategic customers, the largest first), orders, missed (promises to the customers, the largest first)."""
    judged = {
        customer: own[0] | {"customer_id": customer}
        for customer, own in found.rows["abc_customers"].items()
        if own[0]["account_manager"] == manager
    }
    largest = sorted(judged.values(), key=lambda row: -(row["size"] or 0))
    lines = [
        row | {"customer_id": each["customer_id"], "name": each["name"]}
        for each in largest
        for row in found.rows.get("plan_lines", {}).get(each["customer_id"], [])
    ]
    orders = [row for each in largest for row in found.rows.get("actions_named", {}).get(each["customer_id"], [])]
    missed = [row for row in lines if row["state"] == "missed"]
    left = Counter(row["customer_id"] for row in missed)
    accounts = [
        row | {"missed": left[row["customer_id"]], "need": _need(found, row["customer_id"])}
        for row in largest
        if row["key_account"] or row["strategic"]
    ]
    return {"classes": _classes(largest), "accounts": accounts, "orders": orders, "missed": missed, "lines": lines}


def _classes(judged):
    groups: dict[tuple, list] = {}
    for row in judged:
        groups.setdefault((row["decided_class"], row["measure"]), []).append(row)
    counted = [
        own[0] | {"customers": len(own), "size": sum(row["size"] or 0 for row in own)} for own in groups.values()
    ]
    return sorted(counted, key=lambda row: (row["decided_class"], -row["customers"]))


def _need(found, customer):
    """The need with the largest gap that is open, None without one."""
    own = [row for row in found.rows.get("account_needs", {}).get(customer, []) if (row["gap"] or 0) > 0]
    return min(own, key=lambda row: row["rank"])["need"] if own else None


def render(manager: str, rows: dict, say, around, twins=()) -> str:
    """The page. rows: as `of` gives them; say, around, twins: as for a customer's page; the same rows give the same
    bytes."""
    lang = say.lang
    parts = {
        "classes": say.table(
            "manager_classes", rows["classes"], f"decided_class measure_name_{lang} visit_rhythm_{lang} customers size"
        ),
        "accounts": say.text(wording.manager_accounts(rows["accounts"]), "profile_page.manager_accounts")
        + say.table(
            "manager_accounts",
            rows["accounts"][:MOST],
            f"name key_account strategic decided_class size missed need next_step_{lang}",
        ),
        "missed": say.table("promises", rows["missed"][:MOST], "name metric target_signed actual unit due_on"),
        "orders": say.table("actions_named", rows["orders"][:MOST], f"name action why what_{lang} by_when"),
    }
    told = [
        {"id": f"manager {key}", "title": say.word(f"manager_{key}"), "html": Markup(html)}
        for key, html in parts.items()
        if html
    ]
    head = say.text(wording.manager_who(rows["classes"], rows["lines"], rows["missed"]), "profile_page.manager_who")
    return pages.render_profile(
        lang=lang,
        name=visible(manager),
        head=Markup(head),
        sections=told,
        missing="",
        title=around.title,
        links=around.links,
        footer=around.footer,
        twins=[(words.table("languages")[other], address) for other, address in twins],
    )


def link(page: str, addresses: dict[str, str]) -> str:
    """The page with a link from each account manager in the table of account managers. addresses: manager → page."""

    def cell(found):
        address = known.get(found[2])
        return f'{found[1]}<a href="{escape(address)}">{found[2]}</a>{found[3]}' if address else found[0]

    known = {escape(visible(manager)): address for manager, address in addresses.items()}
    return _TABLE.sub(lambda table: _FIRST.sub(cell, table[0]), page) if known else page


def addresses(found, edition) -> dict[str, str]:
    """Manager → the address of the page, from the run's folder. edition: name of a file → that in a language."""
    return {manager: f"{FOLDER}/{quote(edition(f'{name}.html'))}" for manager, name in files(found).items()}
