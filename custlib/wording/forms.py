"""The small forms that sentences are made of: money, percent, counts, lists, names."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal

from custlib.escaping import visible

_ENGLISH_STEPS = [(10**9, " billion"), (10**6, " million"), (10**3, " thousand")]
_CHINESE_STEPS = [(10**8, "亿"), (10**4, "万")]
_CENT = Decimal("0.01")
_CHINESE_NAMES = {"CNY": "元", "GBP": "英镑", "USD": "美元", "EUR": "欧元"}
_NAMED = 5  # how many customers a sentence names
_MEASURES = {  # how each thing is counted: one, more, Chinese
    "expert": ("expert", "experts", "位专家"),
    "customer": ("customer", "customers", "家客户"),
    "consumer": ("consumer", "consumers", "位消费者"),
    "line": ("line", "lines", "行"),
    "file": ("file", "files", "个文件"),
    "table": ("table", "tables", "张表"),
    "cell": ("cell", "cells", "个单元格"),
    "quarter": ("quarter", "quarters", "个季度"),
}


def either(lang, en, zh):
    """The text in the language asked for. Raises ValueError for any other than "en" and "zh"."""
    if lang not in ("en", "zh"):
        raise ValueError(f"the languages are en and zh, not “{lang}”")
    return en if lang == "en" else zh


def money(yuan, lang, currency="CNY"):
    """An amount to three figures: "¥12.3 million", "¥456 thousand", "1.23 亿元", "45.6 万元"; a small one to the cent.

    Other currencies go by their code ("GBP 1.2 million"), in Chinese by their name where it is common ("120 万英镑").
    """
    number, step = _scaled(yuan, either(lang, _ENGLISH_STEPS, _CHINESE_STEPS))
    sign = "−" if yuan < 0 and number.strip("0.") else ""
    mark = "¥" if currency == "CNY" else f"{currency} "
    name = _CHINESE_NAMES.get(currency, f" {currency}" if step else currency)
    return either(lang, f"{sign}{mark}{number}{step}", f"{sign}{number} {step}{name}")


def price(yuan, lang, currency="CNY"):
    """What one thing or one person costs, to three figures and without steps: "¥1,770", "89.90 元"; large ones as `money`."""
    if abs(yuan) < 1_000 or abs(yuan) >= 100_000:
        return money(float(f"{yuan:.3g}"), lang, currency)
    number = f"{float(f'{yuan:.3g}'):,.0f}".replace("-", "−")
    mark = "¥" if currency == "CNY" else f"{currency} "
    return either(lang, f"{mark}{number}", f"{number} {_CHINESE_NAMES.get(currency, currency)}")


def with_currency(caption, *, lang, currency="CNY"):
    """The caption of a table with the unit of its amounts."""
    unit = either(lang, "yuan" if currency == "CNY" else currency, _CHINESE_NAMES.get(currency, currency))
    return either(lang, f"{caption} (amounts in {unit})", f"{caption}（金额单位：{unit}）")


def percent(share, lang):
    """A share (0 to 1) as a whole percent: "71 %", "71%"; what is nearly nothing or nearly all is said to be so."""
    space = either(lang, "\N{NO-BREAK SPACE}", "")
    if 0 < share < 0.005:
        return either(lang, f"less than 1{space}%", "<1%")
    if 0.995 <= share < 1:
        return either(lang, f"more than 99{space}%", ">99%")
    return f"{_whole(share * 100)}{space}%".replace("-", "−")


def count(number, what, lang):
    """How many of a thing: "1 customer", "1,204 customers", "1,204 家客户". what: a key of the measures above."""
    one, more, chinese = _MEASURES[what]
    return either(lang, f"{number:,} {one if number == 1 else more}", f"{number:,} {chinese}")


def plain(name):
    """A name for Markdown: it reads as it is and is never taken for Markdown, HTML or a formula; one line."""
    one_line = " ".join(visible(name).split())
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", one_line)


def listed(parts, lang):
    """Parts as a list in a sentence: "a, b and c", "a、b 和 c"; a part is left as it is."""
    *first, last = parts
    if not first:
        return last
    return either(lang, f"{', '.join(first)} and {last}", f"{'、'.join(first)}和{last}")


def named(rows, en, zh, lang):
    """A sentence that names the first customers of a table (name, customer_id) after a lead, "" for a table without rows."""
    if rows.empty:
        return ""
    known = rows["name"].where(rows["name"].notna() & (rows["name"] != ""), rows["customer_id"])
    names, more = [plain(name) for name in known.head(_NAMED)], len(rows) - _NAMED
    rest = [either(lang, f"{more:,} more", f"另外 {more:,} 家")] if more > 0 else []
    return either(lang, f"{en}: {listed([*names, *rest], lang)}.", f"{zh}：{listed([*names, *rest], lang)}。")


def join(sentences, lang):
    """Sentences as one text, with a space between English ones; empty ones left out."""
    return either(lang, " ", "").join(filter(None, sentences))


def _figures(number):
    if number >= 100:
        return number.quantize(Decimal(1), ROUND_HALF_UP)
    return Context(prec=3, rounding=ROUND_HALF_UP).plus(number)


def _scaled(yuan, steps):
    size = abs(Decimal(str(yuan)))
    scale, step = next(((scale, step) for scale, step in steps if _figures(size / scale) >= 1), (1, ""))
    number = _figures(size / scale) if step else size.quantize(_CENT, ROUND_HALF_UP)
    if step or number == number.to_integral():
        number = number.normalize()
    return f"{number:,f}", step


def _whole(number):
    return Decimal(str(round(number, 9))).quantize(Decimal(1), ROUND_HALF_UP)
