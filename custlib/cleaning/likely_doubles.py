"""Customers' names compared: what may be one customer twice becomes a list for a person to sign. Nothing is merged.

A name in a clean table is already in its normal form (`parsers`: full-width forms, invisible characters and spaces at
the ends are gone, the raw text is in the change log). For comparison it is taken apart into place, legal form and core.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable
from itertools import islice, product
from pathlib import Path
from typing import NamedTuple

from custlib import escaping

FILE = "aliases_to_sign.csv"
COLUMNS = ("alias_id", "customer_id", "who", "on", "why", "alias_name", "customer_name", "likeness", "differs")
# Cores less alike than this are two names; 华盛贸易 and 华盛商贸 are (0.75), one character too many in five is not (0.91).
LIKENESS = 0.8
# What a person can look through; the most alike come first.
MOST = 5_000
_BLOCK = 2_000

_PLACES = """北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南
陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门 石家庄 唐山 秦皇岛 邯郸 保定 张家口 承德 沧州 廊坊 太原 大同 长治 呼和浩特 包头
赤峰 沈阳 大连 鞍山 抚顺 锦州 营口 长春 吉林 四平 哈尔滨 齐齐哈尔 牡丹江 佳木斯 大庆 南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江
泰州 宿迁 杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 合肥 芜湖 蚌埠 淮南 马鞍山 安庆 滁州 阜阳 六安 福州 厦门 莆田 三明 泉州 漳州
龙岩 宁德 南昌 景德镇 九江 赣州 吉安 宜春 上饶 济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 菏泽 郑州 开封 洛阳 平顶山
安阳 新乡 焦作 许昌 南阳 商丘 信阳 周口 驻马店 武汉 黄石 十堰 宜昌 襄阳 荆门 孝感 荆州 黄冈 长沙 株洲 湘潭 衡阳 岳阳 常德 益阳 郴州 永州 怀化
广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 清远 东莞 中山 潮州 揭阳 南宁 柳州 桂林 梧州 北海 海口 三亚 成都 自贡 泸州 德阳 绵阳
广元 内江 乐山 南充 宜宾 达州 贵阳 遵义 昆明 曲靖 玉溪 大理 丽江 拉萨 西安 宝鸡 咸阳 渭南 汉中 榆林 兰州 天水 西宁 银川 乌鲁木齐 昌吉 义乌 昆山""".split()
_PLACE = "|".join(sorted(set(_PLACES), key=len, reverse=True))
_BRANCH = "分公司|分店|分部|支店|办事处"
_PLACE_FORMS = re.compile(
    rf"\((?:{_PLACE})(?:省|市)?\)"  # in brackets
    rf"|^(?:(?:{_PLACE})(?:省|市)?)+(?=.)"  # in front
    rf"|(?:{_PLACE})(?:省|市)?(?:{_BRANCH})|{_BRANCH}"  # of a branch
)
_LEGAL = re.compile(
    r"有限责任公司|有限公司|集团|股份|公司"
    r"|\b(?:co|company|corp|corporation|ltd|limited|inc|incorporated|llc|plc|gmbh|group|holdings?)\b\.?"
)


class Parts(NamedTuple):
    """A name taken apart: `core` (case, spaces and signs folded), `place` and `legal_form` as sorted words."""

    core: str
    place: tuple
    legal_form: tuple


def parts(name: str) -> Parts:
    """Take a name apart: `上海华盛（集团）有限公司` → core 华盛, place 上海, legal form 有限公司 and 集团."""
    text = unicodedata.normalize("NFKC", name).casefold()
    places = {word for form in _PLACE_FORMS.findall(text) for word in re.findall(rf"{_PLACE}|{_BRANCH}", form)}
    rest = _PLACE_FORMS.sub("", text)
    legal = {word.rstrip(".") for word in _LEGAL.findall(rest)}
    # A name of nothing but a place and a legal form is compared as it stands.
    core = _letters(_LEGAL.sub(" ", rest)) or _letters(text)
    return Parts(core, tuple(sorted(places)), tuple(sorted(legal)))


def _letters(text):
    return "".join(char for char in text if char.isalnum())


def likely_doubles(customers: Iterable[tuple[str, str]]) -> list[tuple]:
    """Pairs of ids that may be one customer, the most alike first; at most `MOST`.

    customers: (customer_id, name) for each customer. Gives tuples (alias_id, alias_name, customer_id, customer_name,
    likeness, differs): likeness of the cores, 0 to 1; differs: which of core, place, legal_form, joined by spaces ("":
    one name, two ids). Customers at two different places, as two branches are, are none. Of the same name each id is
    laid beside the first one.
    """
    forms: dict[Parts, list] = {}
    for customer_id, name in sorted(customers):
        forms.setdefault(parts(name), []).append((customer_id, name))
    pairs = [(same[0], other, 1.0, "") for same in forms.values() for other in same[1:]]
    by_core: dict[str, list[Parts]] = {}
    for form in forms:
        by_core.setdefault(form.core, []).append(form)
    for one, other, likeness in _alike(sorted(by_core, key=lambda core: (len(core), core))):
        for a, b in _pairs(by_core[one], by_core[other]):
            first, second = sorted((forms[a][0], forms[b][0]))
            pairs.append((first, second, likeness, _differs(a, b)))
    pairs.sort(key=lambda pair: (-pair[2], bool(pair[3]), pair[0], pair[1]))
    return [(*alias, *customer, likeness, differs) for customer, alias, likeness, differs in pairs[:MOST]]


def _pairs(some, others):
    """Forms that may be one customer; of many under one core, a bounded few."""
    within = some is others
    every = ((a, b) for a, b in product(some, others) if not (within and a >= b) and _one_place(a.place, b.place))
    return islice(every, MOST)


def _one_place(a, b):
    return set(a) <= set(b) or set(b) <= set(a)


def _differs(a, b):
    return " ".join(name for name, one, other in zip(Parts._fields, a, b, strict=True) if one != other)


def _alike(cores):
    """(core, core, likeness) of all pairs alike enough, and of each core with itself; cores: sorted by length.

    All are compared with all, block by block, so that memory stays bounded; lengths too different are passed over.
    """
    import numpy as np
    from rapidfuzz import fuzz, process

    lengths = np.array([len(core) for core in cores])
    for start in range(0, len(cores), _BLOCK):
        rows = cores[start : start + _BLOCK]
        # 2 · shorter / (shorter + longer) is the most that two texts can be alike.
        longest = len(rows[-1]) * (2 / LIKENESS - 1)
        for other in range(start, int(np.searchsorted(lengths, longest, "right")), _BLOCK):
            columns = cores[other : other + _BLOCK]
            # Uint8 keeps a block small; the ratio is rounded for a person to read anyway.
            ratios = process.cdist(rows, columns, scorer=fuzz.ratio, score_cutoff=100 * LIKENESS, dtype=np.uint8)
            for i, j in np.argwhere(ratios):
                if start + i <= other + j:
                    yield rows[i], columns[j], int(ratios[i, j]) / 100


def write(customers: Iterable[tuple[str, str]], target: Path):
    """Write `likely_doubles` as a CSV to be signed: who, on and why are empty; saved as aliases.csv it counts."""
    with open(target, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for alias_id, alias_name, customer_id, customer_name, likeness, differs in likely_doubles(customers):
            texts = (alias_id, customer_id, "", "", "", alias_name, customer_name)
            writer.writerow([*map(escaping.cell, texts), f"{likeness:.2f}", differs])
