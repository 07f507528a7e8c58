"""What exports say of themselves: unit, tax, order of dates, currency, period. What they do not say is asked."""

import json
import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from itertools import pairwise, product
from typing import NamedTuple

from custlib import schema
from custlib.reading.fits import Fit
from custlib.reading.looks import LINES, Look

CURRENCIES = {"人民币": "CNY", "rmb": "CNY", "cny": "CNY", "美元": "USD", "美金": "USD", "usd": "USD", "us$": "USD",
              "欧元": "EUR", "eur": "EUR", "€": "EUR", "英镑": "GBP", "gbp": "GBP", "£": "GBP", "日元": "JPY", "jpy": "JPY",
              "港币": "HKD", "港元": "HKD", "hkd": "HKD", "$": "USD"}  # fmt: skip
_CURRENCY_COLUMN = re.compile("^(币种|货币|币别|currency([ _]?code)?)$")
_UNIT_ABOVE = re.compile("单位[:：]?(万元|元)")
_DAY = r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?"
_PERIOD = re.compile(rf"{_DAY}\s*(?:至|到|-|—|~|～|to)+\s*{_DAY}", re.I)
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{2,4})")
_COMMA = re.compile(r"-?(\d{1,3}(\.\d{3})+,\d+|\d+,\d{1,2})")
_TAXED_TABLES = {"payments": "amount", "dealer_profit": "receivables"}
_ROWS = 200  # rows by which an equation of three columns is judged
# Days with sales from which the usual is known, days that may be without one at an end, and how usual that must be.
_DAYS, _EDGE, _USUAL = 60, 3, 0.05


class Said(NamedTuple):
    """One line of `sources.toml`: key, value; why: a key of `words/draft.csv`, with its facts; asked: is a question."""

    key: str
    value: object
    why: str
    facts: dict = {}
    asked: bool = False


def of_entry(looks: list[Look], fit: Fit, currency: str, priced: bool = False) -> list[Said]:
    """What is known or asked of files with one header; currency: of the company, "…" where nobody knows; priced:
    there is a product list with prices."""
    return [
        *_computed(looks[0], fit),
        *_units(looks[0], fit, currency, priced),
        *_tax(looks[0], fit),
        *_dates(looks, fit),
        *_decimal(looks[0]),
    ]


def currency(looks: list[Look]) -> Said:
    """The company's currency: of a column, a header, a line above, or the signs beside numbers; asked where unclear.

    Where they name several, the only one that headers of amounts name: these are in it, whatever a line was traded in.
    """
    seen: dict = {}
    for look in looks:
        for code, text in _currencies(look):
            seen.setdefault(code, text)
    if len(seen) == 1:
        [(code, text)] = seen.items()
        return Said("currency", code, "currency_seen", {"text": text})
    of_headers = dict(found for look in looks for text in look.texts for found in _of_header(text))
    if len(of_headers) == 1:
        [(code, text)] = of_headers.items()
        return Said(
            "currency",
            code,
            "currency_of_header",
            {"text": text, "codes": ", ".join(other for other in seen if other != code)},
        )
    if seen:
        return Said("currency", "…", "currencies_seen", {"codes": ", ".join(seen)}, True)
    chinese = any(re.search("[一-鿿]", text) for look in looks for text in look.texts)
    return Said("currency", "CNY", "currency_chinese") if chinese else Said("currency", "…", "currency", {}, True)


def period(looks: list[Look], days: list[date]) -> list[Said]:
    """data_from and data_until: as a line above a header says; else the months of the first and last sale, asked."""
    for text in (text for look in looks for text in look.above):
        if match := _PERIOD.search(text):
            first, last = _day(match.groups()[:3]), _day(match.groups()[3:], end=True)
            if first and last:
                return [Said("data_from", first, "period_seen"), Said("data_until", last, "period_seen")]
    if not days:
        return []
    first, last = min(days), max(days)
    told = {"first": first.isoformat(), "last": last.isoformat()}
    until = (last.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    full = all(look.seen < LINES for look in looks) and _is_filled(
        sorted(set(days)), first.day - 1, (until - last).days
    )
    return [
        Said(key, day, "period_full" if full else "period", told, not full)
        for key, day in (("data_from", first.replace(day=1)), ("data_until", until))
    ]


def _is_filled(days, *edges):
    """Whether so many days without a sale, before the first and after the last, are as usual as between sales."""
    gaps = [(after - before).days - 1 for before, after in pairwise(days)]
    return len(days) >= _DAYS and all(
        edge <= _EDGE and (not edge or sum(gap >= edge for gap in gaps) >= _USUAL * len(gaps)) for edge in edges
    )


def days(looks: list[Look], fit: Fit) -> list[date]:
    """The days of the column that places a table in time, as far as they can be read."""
    at = fit.columns.get(schema.TABLES[fit.table].time)
    texts = {text for look in looks for text in look.days.get(at, ())}
    order, _ = date_order(texts)
    return [day for day in (_read_day(text, order) for text in texts) if day]


def date_order(texts: set[str]) -> tuple[str | None, str]:
    """("ymd", "dmy", "mdy", or None where the days have two readings; a day that shows it)."""
    parts = [(match[1], match[2], text) for text in sorted(texts) if (match := _YEAR_LAST.fullmatch(text))]
    if not parts:
        return "ymd", ""
    dmy = next((text for one, _, text in parts if int(one) > 12), "")
    mdy = next((text for _, two, text in parts if int(two) > 12), "")
    return ("dmy" if dmy else "mdy", dmy or mdy) if bool(dmy) != bool(mdy) else (None, dmy or parts[0][2])


def _computed(look, fit):
    """Amounts that other columns give: net amount, cost."""
    if fit.table != "sales":
        return
    taxed = next((text for text in look.texts if schema.says_taxed(text) and "率" not in text), None)
    if "net_amount" in fit.asked and fit.has("quantity", "unit_price"):
        discounts = look.column(fit.columns["discount"]) if fit.has("discount") else ["1"]
        taken_off = " * (1 - discount)" if _is_share(discounts) else ""
        # 0.9 may be what is paid; a zero cannot.
        sure = not taken_off or any(not _decimal_of(text) for text in discounts)
        why = "net_amount" if sure else "discount"
        yield Said("computed.net_amount", f"quantity * unit_price{taken_off}", why, {}, not sure)
    elif "net_amount" in fit.asked and taxed:
        yield Said(f"columns.{_quoted(taxed)}", "gross", "gross")
        yield Said("computed.net_amount", "gross / 1.13", "rate", {}, True)
    if fit.has("profit") and not fit.has("cost") and (fit.has("net_amount") or fit.has("quantity", "unit_price")):
        yield Said("computed.cost", "net_amount - profit", "cost")


def _is_share(texts):
    values = [_decimal_of(text) for text in texts]
    return all(value is not None and 0 <= value < 1 for value in values)


def _units(look, fit, currency, priced):
    above = next((match[1] for text in look.above if (match := _UNIT_ABOVE.search(text))), None)
    amounts = [c.name for c in schema.TABLES[fit.table].columns if c.kind == "amount"]
    amounts += ["profit"] * ("profit" in fit.columns and "cost" not in fit.columns)
    # What is computed of prices is in their unit.
    made = {"net_amount"} if fit.has("quantity", "unit_price") or (priced and fit.has("quantity")) else set()
    present = [name for name in amounts if name in fit.columns or (fit.asked.get(name) and name not in made)]
    at = fit.columns
    open_ = [n for n in present if n not in at or not (schema.header_unit(look.texts[at[n]]) or look.units.get(at[n]))]
    if above:
        yield from (Said(f"units.{name}", above, "unit_above", {"unit": above}) for name in open_)
    elif open_ and currency == "CNY":
        priced_so = "net_amount" in open_ and _prices_multiply(look, at)
        yield from (
            Said(f"units.{name}", "元", "unit_price", priced_so)
            if name == "net_amount" and priced_so
            else Said(f"units.{name}", "元", "unit", {}, True)
            for name in open_
        )


def _prices_multiply(look, at):
    """The headers of quantity, price and amount, where the first two give the third in every row looked at."""
    if not {"quantity", "unit_price", "net_amount"} <= at.keys():
        return None
    places = {"quantity": at["quantity"], "price": at["unit_price"], "amount": at["net_amount"]}
    rows = [
        [_decimal_of(row[i]) for i in places.values()] for row in look.rows[:_ROWS] if len(row) > max(places.values())
    ]
    fits = rows and all(None not in row and abs(row[0] * row[1] - row[2]) <= Decimal("0.02") for row in rows)
    plain = schema.header_unit(look.texts[places["price"]]) in (None, "元")
    return {name: look.texts[i] for name, i in places.items()} if fits and plain else None


def _tax(look, fit):
    if fit.table in _TAXED_TABLES and _TAXED_TABLES[fit.table] in fit.columns:
        taxed = any(schema.says_taxed(text) for text in (*look.texts, *look.above))
        yield Said("tax", "included", "tax_seen" if taxed else "paid_tax", {}, not taxed)
    at = fit.columns.get("net_amount")
    if fit.table != "sales" or (at is not None and schema.says_tax_free(look.texts[at])):
        return
    if any(schema.says_tax_free(text) for text in look.above) or _without_tax(look.texts[at] if at is not None else ""):
        yield Said("tax", "excluded", "tax_seen")
    elif at is not None and (columns := _taxes_add_up(look, at)):
        yield Said("tax", "excluded", "tax_adds_up", columns)
    else:
        yield Said("tax", "excluded", "tax", {}, True)


def _without_tax(header):
    return re.search(r"excl|ex[. ]?(tax|vat)|without tax|^net\b", header.casefold())


def _taxes_add_up(look, at):
    """The headers of tax and total, where amount + tax = total in every row looked at."""
    taxes = [i for i, text in enumerate(look.texts) if re.search("税额|^tax|vat", text.casefold())]
    totals = [i for i, text in enumerate(look.texts) if i != at and re.search("价税|含税|total|gross", text.casefold())]
    for tax, total in product(taxes, totals):
        rows = [
            [_decimal_of(row[i]) for i in (at, tax, total)]
            for row in look.rows[:_ROWS]
            if len(row) > max(at, tax, total)
        ]
        if rows and all(None not in row and abs(row[0] + row[1] - row[2]) <= Decimal("0.02") for row in rows):
            return {"amount": look.texts[at], "tax": look.texts[tax], "total": look.texts[total]}
    return None


def _decimal_of(text):
    try:
        return Decimal(re.sub(r"[¥￥$€£,\s]", "", text))
    except InvalidOperation:
        return None


def _dates(looks, fit):
    dated = {c.name for c in schema.TABLES[fit.table].columns if c.kind == "date"}
    texts = {
        text for name in dated & fit.columns.keys() for look in looks for text in look.days.get(fit.columns[name], ())
    }
    order, text = date_order(texts)
    if order != "ymd":
        yield Said(
            "date_order", order or "dmy", "date_order_seen" if order else "date_order", {"text": text}, not order
        )
    years = [match[3] for one in texts if (match := _YEAR_LAST.fullmatch(one)) and len(match[3]) == 2]
    if years:
        yield Said("century", 2000, "century", {}, True)


def _decimal(look):
    numbers = [value for at in range(len(look.texts)) for value in look.column(at) if re.fullmatch(r"-?[\d.,]+", value)]
    if any(_COMMA.fullmatch(n) and not re.search(r",\d{3}", n) for n in numbers) and not any(
        re.search(r"\.\d{1,2}$", n) for n in numbers
    ):
        yield Said("decimal", ",", "decimal")


def _currencies(look):
    """(code, the text that says so) for each currency that a sheet names."""
    for at, text in enumerate(look.texts):
        if _CURRENCY_COLUMN.search(schema.plain_header(text)):
            yield from ((_code(value), text) for value in sorted(look.lists.get(at, ())) if value)
        else:
            yield from _of_header(text)
        signs = {match[0] for value in look.column(at) if (match := re.match(r"[$€£]", value))}
        yield from ((CURRENCIES[sign], sign) for sign in sorted(signs))
    for text in look.above:
        if match := re.search(r"(?:币种|币别|currency)[:： ]*([^\s,，;；]+)", text.casefold()):
            yield _code(match[1]), match[0]


def _of_header(text):
    match = re.search(r"[(（_ ]([A-Za-z]{3}|[$€£]|[一-鿿]{2,3})[)）]?$", text)
    return [(CURRENCIES[word], text) for word in [match[1].casefold()] if word in CURRENCIES] if match else []


def _code(text):
    word = text.strip().casefold()
    return CURRENCIES.get(word) or word.upper()[:3]


def _day(parts, end=False):
    year, month, day = (int(part) if part else None for part in parts)
    try:
        if day or not end:
            return date(year, month, day or 1)
        return (date(year, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    except ValueError:
        return None


def _read_day(text, order):
    digits = re.findall(r"\d+", text)
    if len(digits) == 1 and len(digits[0]) == 8:
        digits = [text[:4], text[4:6], text[6:8]]
    if len(digits) < 3 or order is None:
        return None
    places = {"ymd": (0, 1, 2), "dmy": (2, 1, 0), "mdy": (2, 0, 1)}["ymd" if len(digits[0]) == 4 else order]
    year, month, day = (int(digits[place]) for place in places)
    try:
        return date(year + 2000 * (year < 100), month, day)
    except ValueError:
        return None


def _quoted(text):
    return json.dumps(text, ensure_ascii=False)
