"""A customer's name taken apart, so that two names can be compared: what is told by a part is no slip of the pen.

A name in a clean table is already in its normal form (`parsers`: full-width forms, invisible characters and spaces at
the ends are gone, the raw text is in the change log).
"""

import re
import unicodedata
from typing import NamedTuple

_PLACES = """北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南
陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门 石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 太原 大同 阳泉 长治
晋城 朔州 晋中 运城 忻州 临汾 吕梁 呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口
阜新 辽阳 盘锦 铁岭 朝阳 葫芦岛 长春 四平 辽源 通化 白山 松原 白城 延边 哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河
绥化 南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 合肥 芜湖 蚌埠
淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城 福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德 南昌 景德镇 萍乡 九江 新余
鹰潭 赣州 吉安 宜春 抚州 上饶 济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽 郑州 开封 洛阳 平顶山 安阳 鹤壁
新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 济源 武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施 仙桃 潜江
长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 湘西 广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源
阳江 清远 东莞 中山 潮州 揭阳 云浮 南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左 海口 三亚 儋州 成都 自贡 攀枝花 泸州
德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 贵阳 六盘水 遵义 安顺 毕节 铜仁 昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧
大理 红河 拉萨 日喀则 西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛 兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 西宁
银川 石嘴山 吴忠 固原 中卫 乌鲁木齐 克拉玛依 吐鲁番 哈密 昌吉 喀什 义乌 昆山 江阴 张家港 常熟 太仓 慈溪 余姚 诸暨 东阳 永康 晋江 石狮 海淀 丰台
石景山 通州 顺义 大兴 昌平 浦东 闵行 松江 嘉定 宝山 徐汇 杨浦 虹口 静安 天河 越秀 番禺 南山 福田 罗湖 龙岗 萧山 余杭 江宁 浦口 武昌 汉口""".split()
_PLACE = "|".join(sorted(set(_PLACES), key=len, reverse=True))
_PLACED = rf"(?:{_PLACE})(?:省|市|区|县)?"
_BRANCH = "分公司|分店|分部|支店|(?<![东西南北])门店|连锁店|办事处"
_PLACE_FORMS = re.compile(rf"\({_PLACED}\)|^(?:{_PLACED})+(?=.)|(?:{_PLACED})?(?:{_BRANCH})")
_PLACE_OR_BRANCH = re.compile(rf"{_PLACE}|{_BRANCH}")
_LEGAL = re.compile(
    r"有限责任公司|有限公司|集团|股份|(?<!分)公司|个体工商户|商行|商店|经营部|门市部|批发部"
    r"|\b(?:co|company|corp|corporation|ltd|limited|inc|incorporated|llc|plc|gmbh|group|holdings?)\b\.?"
)
# In brackets, behind a Chinese name and a dash or space, or behind the company: 华盛公司(停用), 华盛-老客户, 华盛有限公司旧.
_NOTE = re.compile(r"[(\[{【<].*?(?:[)\]}】>]|$)|(?<=[一-鿿]{4})[\s\-—_/*·#:,;]+[^()]*$|(?<=公司).+$")
_CHINESE = "(?!五金)[一二三四五六七八九〇零十][一二三四五六七八九〇零十百千]*"
_NUMBER = re.compile(rf"\d+|{_CHINESE}|(?<![a-z'’])[a-z](?![a-z'’])")
# A longer number in a note is a year or a telephone's; 三 is in 张三, too.
_NUMBER_IN_NOTE = re.compile(
    rf"(?<!\d)\d{{1,3}}(?!\d)|(?<=第){_CHINESE}|(?<![一-鿿]){_CHINESE}(?![一-鿿])|{_CHINESE}(?=[号店部区])"
)
_TENS = {"十": 10, "百": 100, "千": 1000}


class Parts(NamedTuple):
    """A name taken apart. `core`: case, spaces and signs folded; the others: words in a tuple, sorted but for numbers.

    place: places and words for a branch anywhere in the name; number: also 二十一 as "21", and single Latin letters.
    """

    core: str
    place: tuple
    legal_form: tuple
    number: tuple
    note: tuple


def parts(name: str) -> Parts:
    """Take a name apart: `上海华盛（集团）有限公司三店（旧）` → 华盛店, 上海, 有限公司 and 集团, 3, 旧."""
    text = _folded(name)
    legal = {word.rstrip(".") for word in _LEGAL.findall(text)}
    rest, notes = _without_notes(_PLACE_FORMS.sub(" ", text).strip())
    numbers = _NUMBER.findall(rest) + [number for note in notes for number in _NUMBER_IN_NOTE.findall(note)]
    core = _letters(_NUMBER.sub("", _LEGAL.sub(" ", rest)))
    return Parts(
        # A name of nothing but a place and a legal form is compared as it stands.
        core or _letters(text),
        tuple(sorted(set(_PLACE_OR_BRANCH.findall(text)))),
        tuple(sorted(legal)),
        tuple(_value(number) for number in numbers),
        tuple(sorted(filter(None, map(_letters, notes)))),
    )


def spelled(name: str) -> str:
    """All letters of a name but notes and numbers: what a slip in the place or the legal form is found by."""
    return _letters(_NUMBER.sub("", _without_notes(_folded(name))[0]))


def _folded(name):
    return unicodedata.normalize("NFKC", name).casefold()


def _without_notes(text):
    """The text and its notes; what holds a legal form or nothing but a place is none, nor is all of a text."""
    notes = [note for note in _NOTE.findall(text) if not _LEGAL.search(note) and _letters(_PLACE_FORMS.sub("", note))]
    rest = text
    for note in notes:
        rest = rest.replace(note, " ", 1)
    return (rest, notes) if _letters(rest) else (text, [])


def _letters(text):
    return "".join(char for char in text if char.isalnum())


def _value(number):
    """A number in one spelling: 二百一十四, 二一四 and 0214 are "214"."""
    total, digit = 0, ""
    for char in number:
        if char in _TENS:
            total, digit = total + int(digit or 1) * _TENS[char], ""
        else:
            digit += str(int(unicodedata.numeric(char))) if not char.isascii() else char
    return str(total + int(digit or 0)) if not digit.isalpha() else digit
