"""The sections of a customer's page, in their order: HTML of each, made of the customer's rows of the result tables."""

from dataclasses import dataclass, field
from datetime import date

import mistune

from custlib import blocks, codebook, quarters, wording, words
from custlib.escaping import escape, visible
from custlib.wording import forms, sentences

MOST = 8  # rows of a table
MONEY = ("net_sales", "payments", "gross_profit")
MARKDOWN = mistune.create_markdown(escape=True)


@dataclass(frozen=True)
class Customer:
    """A customer as the result tables know it: id, name, and table → its rows as dicts (`found.Found.of`)."""

    id: str
    name: str
    rows: dict

    def all(self, table: str) -> list[dict]:
        """Its rows of a table, none where the table is not there."""
        return self.rows.get(table, [])

    def one(self, table: str) -> dict | None:
        """Its only row of a table, None without one."""
        return next(iter(self.all(table)), None)


@dataclass(frozen=True)
class Speaker:
    """Puts facts into the words of one language; quarter: of the report; context: a `sentences.Context`."""

    lang: str
    quarter: str
    context: sentences.Context
    _known: dict = field(default_factory=dict)  # terms and codebook lines, looked up once for hundreds of pages

    def word(self, key: str, **facts) -> str:
        """A short text of `words/profile_page.csv`."""
        return words.say("profile_page", key, self.lang, **facts)

    def text(self, facts: dict | None, sentence: str) -> str:
        """A sentence, as HTML; "" for no facts."""
        if facts is None:
            return ""
        return str(MARKDOWN(sentences.text(sentence, facts, lang=self.lang, context=self.context)))

    def money(self, amount) -> str:
        """An amount in words."""
        return "–" if amount is None else forms.money(amount, self.lang, self.context.currency)

    def table(self, name: str, rows: list[dict], columns: str) -> str:
        """The first rows of a result table with these columns, as HTML; "" without any."""
        lines = self._lines(name) if rows else {}
        kept = [lines[column] for column in columns.split() if column in lines and _known(rows, column)]
        if not kept:
            return ""
        caption = codebook.caption(name, self.lang)
        if any(line["unit"] in codebook.AMOUNTS for line in kept):
            caption = forms.with_currency(caption, lang=self.lang, currency=self.context.currency)
        cells = [[self._cell(row[line["column"]], line) for line in kept] for row in rows[:MOST]]
        headers = [codebook.header(line, self.lang) for line in kept]
        formats = [None if line["column"] == "year" else codebook.number_format(line) for line in kept]
        left, more = len(rows) - MOST, ""
        if left > 0:
            more = f'<p class="tables">{escape(self.word("more_rows", count=left, table=name))}</p>'
        return blocks.plain_table(cells, headers, formats, caption=caption).html + more

    def _cell(self, value, line):
        if value is None or isinstance(value, date):
            return value
        if line["column"] == "year":
            return str(value)
        if line["kind"] in codebook.NUMBERS:
            return float(value)
        return self._term(value, line) if line["kind"] in ("key", "yes_no") else visible(value)

    def _lines(self, name):
        if name not in self._known:
            self._known[name] = codebook.shown(name, self.lang)
        return self._known[name]

    def _term(self, value, line):
        """A key, or yes and no, in words."""
        key = ("yes" if value else "no") if line["kind"] == "yes_no" else (line.get("format") or "{}").format(value)
        if (key,) not in self._known:
            self._known[(key,)] = self.context.term(key, self.lang) if self.context.known(key) else visible(value)
        return self._known[(key,)]


def made(customer: Customer, say: Speaker) -> tuple[list[dict], str]:
    """(the sections with something to say: id, title, html; the line that names those without)."""
    told = {key: section(customer, say) for key, section in SECTIONS.items()}
    missing = [
        say.word("quoted", name=say.word(key))
        for key, html in told.items()
        if not html and key not in ("needs", "plan")
    ]
    line = say.word("missing", names=forms.listed(missing, say.lang)) if missing else ""
    return [{"id": key, "title": say.word(key), "html": html} for key, html in told.items() if html], line


def head(customer: Customer, say: Speaker) -> str:
    """Who it is, which class it has, how sure that is and why, and what we do with such a customer."""
    judged, changed = customer.one("abc_customers"), customer.one("customer_changes")
    silent = customer.one("abc_silent")
    parts = [
        say.text(wording.page_who(customer.id, judged, changed), "profile_page.page_who"),
        _chip(judged) + say.text(wording.page_class(judged, silent, say.quarter), "profile_page.page_class"),
        say.text(judged["why"], "judgement.why") if judged else "",
        say.text(wording.page_measure(judged, say.lang), "profile_page.page_measure"),
    ]
    return "\n".join(filter(None, parts))


def _chip(judged):
    letter = (judged or {}).get("decided_class")
    return f'<span class="cl-chip cl-class-{letter}">{letter}</span>' if letter in ("A", "B", "C") else ""


def figures(customer, say):
    """Cards: net sales beside their target, payments, gross profit, sold on, in stock, each with a year ago where that
    is known."""
    own = customer.one("profile_standing") or {}
    pairs = [(name, own.get(name), own.get(f"{name}_year_ago"), True) for name in MONEY]
    flow = customer.all("profile_flow")
    before = _year_before(flow)
    for name, column in (("sold_through", "sold_through"), ("stock_pieces", "closing")):
        if flow and not (name == "sold_through" and flow[-1]["doubt"]):
            pairs.append((name, flow[-1][column], before and before[column], False))
    cards = [_card(say, *pair) for pair in pairs if pair[1] is not None]
    return blocks.cards(cards).html + say.text(wording.page_target(own), "profile_page.page_target") if cards else ""


def _card(say, name, now, before, is_money):
    value, unit = forms.number_and_unit(say.money(now)) if is_money else (f"{now:,.0f}".replace("-", "−"), "")
    if not before or before <= 0 or now < 0:  # below zero a count is in doubt
        return blocks.Card(say.word(name), value, unit)
    share = now / before - 1
    percent = forms.percent(share, say.lang)  # what is under one percent is in words and has no sign
    change = say.word("year_ago", share="+" * (share > 0 and percent[0].isdigit()) + percent)
    return blocks.Card(say.word(name), value, unit, change, "up" if share > 0 else "down" if share < 0 else "same")


def _year_before(flow):
    """The interval that ended a year before the last one did, within ten days."""
    if not flow:
        return None
    last = flow[-1]["to"]
    return next((row for row in flow if abs((last - row["to"]).days - 365) <= 10), None)


def classes(customer, say):
    """Its class in each quarter."""
    cells = "".join(
        f'<li><span class="cl-chip cl-class-{escape(row["joint_class"] or "none")}">{escape(row["joint_class"] or "–")}'
        f"</span> {escape(row['quarter'])}</li>"
        for row in customer.all("abc_history")
    )
    return f'<ul class="cl-classes">{cells}</ul>' if cells else ""


def sell_in(customer, say):
    """Net sales by month as bars; what went in and out between counts."""
    months, flow = customer.all("profile_months"), customer.all("profile_flow")
    html = ""
    if months:
        labels, values = _by_month(months, say.quarter)
        html = blocks.bars(values, labels, list(map(say.money, values)), title=say.word("by_month"), last=3).html
        html = f'<p class="cl-label">{escape(say.word("by_month"))}</p>{html}'
    doubt = say.text(wording.page_flow_doubt(flow), "profile_page.page_flow_doubt")
    columns = "from to opening sold_in sold_through closing cover_days doubt"
    return html + say.table("profile_flow", flow[-5:], columns) + doubt


def _by_month(rows, quarter):
    """(months, net sales) without a gap up to the end of the quarter, a year at least; None where nothing is known."""
    own, asked = {row["month"]: row["net_sales"] for row in rows}, quarters.parse(quarter)
    last, (year, month) = 12 * asked.year + 3 * asked.number - 1, map(int, min(own).split("-"))
    numbers = range(min(12 * year + month - 1, last - 11), last + 1)
    names = [f"{number // 12}-{number % 12 + 1:02d}" for number in numbers]
    return names, [own.get(name) for name in names]


def stock(customer, say):
    """How old the stock is: a bar and a sentence."""
    facts = wording.page_stock(customer.all("stock_age"))
    if facts is None:
        return ""
    parts = [
        (say.word(f"age_{age}"), amount / facts["total"], say.money(amount)) for age, amount in facts["parts"].items()
    ]
    bar = blocks.shares(parts, title=say.word("stock")).html
    return say.text(facts, "profile_page.page_stock") + bar


def owed(customer, say):
    """Receivables in days, what is overdue, and whether the sums add up."""
    credit = customer.one("profile_credit")
    return say.text(wording.page_owed(credit), "profile_page.page_owed") if credit else ""


def money(customer, say):
    """Rebates agreed, due and booked; support, and what became of it."""
    rebates = say.table(
        "profile_rebates", customer.all("profile_rebates"), "year metric agreed_share base due booked open"
    )
    support = customer.all("profile_support")
    columns = "quarter rebates price_compensation support_share contribution_after sold_through_change"
    return rebates + say.table("profile_support", support[-5:], columns)


def models(customer, say):
    """New models, and those that bring most."""
    new, own = customer.one("profile_new_models"), customer.all("profile_models")
    told = say.text(wording.page_new(new), "profile_page.page_new") if new else ""
    most = sorted(own, key=lambda row: -(row["share"] or 0))
    return told + say.table("profile_models", most, "product_id pieces share first_bought is_new")


def price(customer, say):
    """Its price beside the usual one."""
    row = customer.one("profile_prices")
    return say.text(wording.page_price(row), "profile_page.page_price") if row else ""


def contacts(customer, say):
    """What was asked of us and what we did; the newest contacts."""
    service, own = customer.one("profile_service"), customer.all("profile_contacts")
    told = say.text(wording.page_visits(service), "profile_page.page_visits") if service else ""
    newest = sorted(own, key=lambda row: row["date"], reverse=True)
    return told + say.table("profile_contacts", newest, "date kind subject outcome open_days")


def needs(customer, say):
    """What it said it needs, the largest gap first; of those that were interviewed."""
    columns = "quarter need importance ideal actual gap since said"
    return say.table("account_needs", sorted(customer.all("account_needs"), key=lambda row: row["rank"] or 0), columns)


def plan(customer, say):
    """What we promised, what was missed first."""
    rows = sorted(customer.all("plan_lines"), key=lambda row: row["state"] != "missed")
    return say.table("plan_lines", rows, "metric unit target_signed target_now actual attained_share state due_on")


def factors(customer, say):
    """What the account manager scored beside what the exports say; what disagrees first."""
    rows = sorted(customer.all("factor_evidence"), key=lambda row: not row["disagrees"])
    return say.table("factor_evidence", rows, "factor factor_score evidence disagrees measure")


def orders(customer, say):
    """What is to be done, by whom, by when; and what became of the last report's order."""
    now = [row | {"customer_id": customer.id} for row in customer.all("actions_named")]
    told = "".join(
        say.text(row, "orders.first_orders") + say.text(_step(row, say.lang), "profile_page.page_step") for row in now
    )
    became = wording.page_last_report(customer.all("actions_became"))
    before = "".join(say.text(row, "profile_page.page_last_report") for row in became)
    return (told or f"<p>{escape(say.word('no_order'))}</p>") + before


def _step(row, lang):
    return {"what": row.get(f"what_{lang}") or ""} if row.get(f"what_{lang}") else None


def _known(rows, column):
    return any(row.get(column) is not None and row.get(column) != "" for row in rows)


SECTIONS = {
    "figures": figures,
    "classes": classes,
    "sell_in": sell_in,
    "stock": stock,
    "owed": owed,
    "money": money,
    "models": models,
    "price": price,
    "contacts": contacts,
    "needs": needs,
    "plan": plan,
    "factors": factors,
    "orders": orders,
}
