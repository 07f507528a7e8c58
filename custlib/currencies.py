"""Which currency a text names: a set of ISO codes, because a sign such as $ or 元 is that of several."""

import re
import unicodedata
from functools import lru_cache

_NAMES = {
    "CNY": "人民币 cny rmb cnh renminbi",
    "USD": "美元 美金 usd us$",
    "EUR": "欧元 eur euro €",
    "GBP": "英镑 gbp £",
    "JPY": "日元 日圆 日币 jpy 円",
    "HKD": "港元 港币 港纸 hkd hk$",
    "TWD": "新台币 台币 twd ntd nt$",
    "MOP": "澳门元 澳门币 mop mop$",
    "SGD": "新加坡元 新元 新币 sgd s$",
    "AUD": "澳元 澳币 aud au$ a$",
    "CAD": "加元 加币 cad ca$ c$",
    "NZD": "新西兰元 纽元 nzd nz$",
    "KRW": "韩元 韩币 韩圆 krw ₩",
    "CHF": "瑞士法郎 瑞郎 chf",
    "RUB": "卢布 俄罗斯卢布 rub ₽",
    "INR": "卢比 印度卢比 inr ₹",
    "THB": "泰铢 thb ฿",
    "VND": "越南盾 vnd ₫",
    "MYR": "林吉特 马币 马来西亚林吉特 myr rm",
    "IDR": "印尼盾 印尼卢比 idr",
    "PHP": "菲律宾比索 php ₱",
    "SEK": "瑞典克朗 sek",
    "NOK": "挪威克朗 nok",
    "DKK": "丹麦克朗 dkk",
    "PLN": "兹罗提 pln",
    "CZK": "捷克克朗 czk",
    "TRY": "土耳其里拉 ₺",
    "BRL": "巴西雷亚尔 雷亚尔 brl r$",
    "MXN": "墨西哥比索 mxn mx$",
    "ZAR": "兰特 南非兰特 zar",
    "AED": "迪拉姆 阿联酋迪拉姆 aed",
    "SAR": "沙特里亚尔 sar",
}
_DOLLARS = ("USD", "HKD", "TWD", "MOP", "SGD", "AUD", "CAD", "NZD", "MXN")
_SHARED = {
    "元": ("CNY", "HKD", "TWD", "MOP", "SGD"),
    "¥": ("CNY", "JPY"),
    "$": _DOLLARS,
    "dollar": _DOLLARS,
    "dollars": _DOLLARS,
    "kr": ("SEK", "NOK", "DKK"),
}
_CODES = {name: (code,) for code, names in _NAMES.items() for name in names.split()} | _SHARED
_SCALE = "[十百千万亿]+"
_NAME = "|".join(map(re.escape, sorted(_CODES, key=len, reverse=True)))
_MONEY = re.compile(rf"(?P<before>{_NAME})?[ (/]*(?P<scale>{_SCALE})?(?P<behind>{_NAME})?\)?")
# Within other words only what can be nothing else: names of several characters, and codes that stand alone.
_LONG = sorted((name for name in _CODES if len(name) > 1 and name not in ("rm", "kr")), key=len, reverse=True)
_WITHIN = re.compile("|".join(rf"(?<![a-z]){re.escape(n)}(?![a-z])" if n[0].isascii() else n for n in _LONG))
# What a header calls money in the company's own currency, whatever currency its line was traded in.
_OWN = re.compile("本位币|本币|折人民币|local currency|base currency|company currency")


def money(text: str) -> tuple[str | None, frozenset]:
    """(unit, currencies) of a text that is nothing but these: 万元, 人民币万元, USD, 万美元; (None, empty) of any other.

    unit: "元" for any currency as it is, "万元" for ten thousand of it, and so on.
    """
    found = _MONEY.fullmatch(_plain(text))
    if not found or not (found["before"] or found["scale"]):
        found = found if found and found["behind"] else None
    if not found:
        return None, frozenset()
    names = [name for name in (found["before"], found["behind"]) if name]
    sets = [frozenset(_CODES[name]) for name in names]
    return f"{found['scale'] or ''}元", frozenset.intersection(*sets) or sets[0] if sets else frozenset()


def named(text: str) -> frozenset:
    """The currency that a text names somewhere in it: 美元金额, Amount (USD), 金额/$; empty where it names none."""
    plain = _plain(text)
    parts = re.split(r"[()\[\]/_:,; ]+", plain)
    found = [codes for part in parts[::-1] for codes in [money(part)[1]] if codes]
    if found:
        return found[0]
    within = _WITHIN.search(plain)
    return frozenset(_CODES[within[0]]) if within else frozenset()


def is_own(header: str) -> bool:
    """Whether a header says that its amounts are in the company's own currency, such as 本位币金额."""
    return bool(_OWN.search(_plain(header)))


def shown(codes: frozenset) -> str:
    """A set of codes for a message."""
    return "/".join(sorted(codes))


@lru_cache(maxsize=4096)
def _plain(text):
    return unicodedata.normalize("NFKC", text or "").casefold().strip()
