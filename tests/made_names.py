"""Made-up names of Chinese customers in pairs: one customer written twice, or two that look alike. Seeded."""

import random

PLACES = "上海 北京 保定 苏州 广州 成都 武汉 长沙 佛山 青岛 沈阳 西安 昆明 厦门 郑州 合肥 南昌 济南 洛阳 温州".split()
SYLLABLES = (
    "华盛永兴恒泰润源嘉诚宏达金鼎鑫隆瑞丰德信安康福祥和顺通利民惠佳美优品天成光明星辰海洋江河山水云龙凤麒麟翔宇博远大志新创"
    "科联合众友谊良正直方圆满堂春秋晨曦朝露青松柏杨柳梅兰竹菊荷莲香玉宝珠银铜铁石木林森田园村乡镇城楼阁轩斋庭院居家"
)
WRONG = "圣胜声园原圆沅成城诚程宏弘洪红鸿鑫欣新心馨鼎顶定丁盯瑞锐睿蕊丰锋风枫峰德得信芯佳加嘉家美每玫通同童彤利力立丽莉厨橱帐账"
TRADES = (
    "贸易 商贸 厨具 家居用品 日用百货 五金制品 电子商务 酒店用品 食品 建材 餐饮管理 实业 科技发展 服饰 办公用品".split()
)
FORMS = "有限公司 有限公司 有限公司 有限责任公司 经营部 商行 商店".split()
SUFFIXES = {"有限公司": "有限责任公司", "有限责任公司": "有限公司", "经营部": "商行", "商行": "经营部", "商店": "商行"}
NOTES = (
    "（旧）|（停用）|（老客户）|（张三）|(新)|（月结）|-已停用|（2024年停用）|-李经理|（总部）|【作废】|(重复)".split(
        "|"
    )
)


def customer(chance):
    """(place, brand, trade, form) of a made-up customer."""
    brand = "".join(chance.sample(SYLLABLES, chance.choice((2, 2, 2, 3))))
    return chance.choice(PLACES), brand, chance.choice(TRADES), chance.choice(FORMS)


def wrong(chance, name):
    at = chance.randrange(len(name))
    return name[:at] + chance.choice([char for char in WRONG if char != name[at]]) + name[at + 1 :]


def swapped(chance, name):
    at = chance.choice([at for at in range(len(name) - 1) if name[at] != name[at + 1]])
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def missing(chance, name):
    at = chance.randrange(len(name))
    return name[:at] + name[at + 1 :]


def bracket(chance, name):
    return name + chance.choice(NOTES)


def suffix(chance, name):
    form = next(form for form in sorted(SUFFIXES, key=len, reverse=True) if name.endswith(form))
    return name.removesuffix(form) + chance.choice((SUFFIXES[form], ""))


SLIPS = (wrong, swapped, missing, bracket, suffix)


def twice(chance, slip):
    """One customer's name, and again with a slip."""
    name = "".join(customer(chance))
    return name, slip(chance, name)


def look_alikes(chance):
    """Two customers that differ in a number or a place alone."""
    place, brand, trade, form = customer(chance)
    elsewhere = chance.choice([other for other in PLACES if other != place])
    one, two = chance.sample("一二三四五六七八九", 2)
    some, others = chance.choice(
        [
            (f"{place}{brand}{trade}{form}", f"{elsewhere}{brand}{trade}{form}"),
            (f"{brand}{trade}{form}{place}分公司", f"{brand}{trade}{form}{elsewhere}分公司"),
            (f"{brand}({place}){trade}{form}", f"{brand}({elsewhere}){trade}{form}"),
            (f"{place}{brand}{trade}{one}分店", f"{place}{brand}{trade}{two}分店"),
            (f"{place}{brand}{trade}{form}第{one}门市部", f"{place}{brand}{trade}{form}第{two}门市部"),
            (f"{place}{brand}{trade}（{one}店）", f"{place}{brand}{trade}（{two}店）"),
            (
                f"{place}{brand}{trade}{chance.randrange(10, 50)}店",
                f"{place}{brand}{trade}{chance.randrange(50, 99)}店",
            ),
            (f"{place}{brand}{trade}东门店", f"{place}{brand}{trade}西门店"),
        ]
    )
    return some, others


def pairs(count, seed=16):
    """`count` pairs of one customer, the slips in turn, and as many of two: [(name, name, slip or "")]."""
    chance = random.Random(seed)
    same = [(*twice(chance, slip), slip.__name__) for slip in (SLIPS * count)[:count]]
    return same + [(*look_alikes(chance), "") for _ in range(count)]
