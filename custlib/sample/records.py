"""What people write down: visits, needs, plans, losses, pre-sales figures, demand plans. Each as a dict of arrays."""

import numpy as np

from custlib.sample import days
from custlib.sample import vocabulary as words

_VISITS_A_QUARTER = {"A": 4.5, "B": 1.8, "C": 0.8, "": 0.3}
_KINDS, _KIND_SHARES = ("上门拜访", "电话", "投诉"), (0.55, 0.38, 0.07)
_SUBJECTS = {
    "上门拜访": ("业务回顾", "陈列检查", "库存盘点", "促销洽谈", "新品推介", "终端培训"),
    "电话": ("订单确认", "回款提醒", "促销洽谈", "需求了解"),
    "投诉": ("发货延误", "产品破损", "价格异议", "售后响应慢"),
}
_OUTCOMES = ("达成一致", "待跟进", "已解决", "客户考虑中", "")
NEEDS = ("利润", "稳定", "价值", "理念", "便捷", "服务", "情感")
_QUESTIONS = ("概况", "中心", "现实", "结束", "程度")
_PLAN_LINES = (
    ("贸易促销", "季度返利", "%", (1, 3)),
    ("贸易促销", "年度返利", "%", (1, 4)),
    ("消费者促销", "主题活动场次", "次", (2, 8)),
    ("生动化", "货架陈列占比", "%", (40, 70)),
    ("设备", "新增陈列架", "个", (2, 20)),
    ("执行与监控", "月度检查次数", "次", (6, 12)),
)
_KPIS = (("客户满意度", 4), ("方案质量与时效", 4), ("商机转化率", 4), ("团队协作与分享", 3), ("成长与学习", 3))
_SOURCES = ("自评", "同事", "上级", "CRM")


def visits(rng, dealers, letters):
    """Visits, calls and complaints; the better the class, the more. `letters`: dealers × exported quarters."""
    parts = []
    for column, quarter in enumerate(dealers.quarters[1:]):
        rate = np.array([_VISITS_A_QUARTER[letter] for letter in letters[:, column]]) * dealers.active[:, column + 1]
        dealer = np.repeat(np.arange(len(rate)), rng.poisson(rate))
        calendar = days.of_quarter(quarter)
        working = (calendar.astype(int) + 3) % 7 < 5
        parts.append((days.drawn(rng, calendar, working, len(dealer)), dealer))
    date, dealer = (np.concatenate(part) for part in zip(*parts, strict=True))
    order = np.lexsort((dealer, date))
    date, dealer = date[order], dealer[order]
    first = np.concatenate([[True], (date[1:] != date[:-1]) | (dealer[1:] != dealer[:-1])])
    kind = rng.choice(_KINDS, len(date), p=_KIND_SHARES).astype(object)
    subject = np.array(
        [_SUBJECTS[each][pick] for each, pick in zip(kind, rng.integers(0, 4, len(kind)), strict=True)], object
    )
    outcome = rng.choice(_OUTCOMES, len(date), p=(0.3, 0.25, 0.2, 0.15, 0.1)).astype(object)
    told = {"date": date, "dealer": dealer, "kind": kind, "subject": subject, "outcome": outcome}
    return {name: values[first] for name, values in told.items()}


def needs(rng, letters, quarters):
    """Needs interviews with the A dealers of the last four quarters, seven needs each, on a scale of 1 to 10."""
    columns = range(max(0, len(quarters) - 4), len(quarters))
    asked = [(column, dealer) for column in columns for dealer in np.flatnonzero(letters[:, column] == "A")]
    column, dealer = np.repeat(np.array(asked).reshape(-1, 2), len(NEEDS), axis=0).T
    ideal = rng.integers(6, 11, len(column))
    return {
        "quarter": column,
        "dealer": dealer,
        "need": np.tile(np.array(NEEDS, object), len(asked)),
        "importance": rng.integers(1, 6, len(column)),
        "ideal": ideal,
        "actual": np.maximum(1, ideal - rng.integers(-1, 6, len(column))),
        "question_kind": rng.choice(_QUESTIONS, len(column)).astype(object),
    }


def plans(rng, dealers, letters, year):
    """The lines of the yearly plans: all six with a dealer that ends as A, the first three with a B."""
    lines = [
        (dealer, *line)
        for dealer, letter in enumerate(letters[:, -1])
        for line in {"A": _PLAN_LINES, "B": _PLAN_LINES[:3]}.get(letter, ())
    ]
    dealer, item, metric, unit, limits = (np.array(values, object) for values in zip(*lines, strict=True))
    dealer = dealer.astype(int)
    low, high = np.array(limits.tolist()).T
    return {
        "year": np.full(len(dealer), year),
        "dealer": dealer,
        "item": item,
        "metric": metric,
        "target": rng.integers(low, high + 1),
        "unit": unit,
        "owner": dealers.manager[dealer],
        "due_on": np.datetime64(f"{year}-03-31") + rng.choice([0, 91, 183, 275], len(dealer)),
    }


def lost(rng, dealers):
    """Dealers lost within these quarters: some weeks after their last quarter, with the reason given."""
    gone = np.flatnonzero(dealers.last < len(dealers.quarters) - 1)
    starts = np.array([quarter.last_day for quarter in dealers.quarters], "datetime64[D]")
    reason = rng.choice(words.LEAVING_REASONS, len(gone), p=words.LEAVING_SHARES).astype(object)
    told = {"dealer": gone, "lost_on": starts[dealers.last[gone]] + rng.integers(1, 60, len(gone)), "reason": reason}
    order = np.argsort(told["lost_on"], kind="stable")
    return {name: values[order] for name, values in told.items()}


def presales(rng, quarters):
    """Quarterly figures of the pre-sales colleagues, 60 to 100; the first three also from the CRM."""
    lines = [
        (column, person, kpi, source)
        for column in range(len(quarters))
        for person in words.PRESALES
        for kpi, sources in _KPIS
        for source in _SOURCES[:sources]
    ]
    column, person, kpi, source = (np.array(values, object) for values in zip(*lines, strict=True))
    able = dict(zip(words.PRESALES, rng.uniform(70, 92, len(words.PRESALES)), strict=True))
    value = np.array([able[name] for name in person]) + rng.normal(0, 4, len(person)) + 4 * (source == "自评")
    told = {"quarter": column.astype(int), "person": person, "kpi": kpi, "source": source}
    return told | {"tenths": np.round(np.clip(value, 40, 100) * 10).astype(np.int64)}


def demand(rng, products, year):
    """The year's demand plan, its monthly plans for the best sellers, and a few ad hoc lines."""
    best = np.argsort(-products.popularity, kind="stable")[:15]
    lines = [("年度", str(year), product, "已发布") for product in range(len(products.ids))]
    lines += [("月度", f"{year}-{month:02d}", product, "已发布") for month in range(1, 13) for product in best]
    lines += [
        ("临时", f"{year}-{month:02d}", best[month], status)
        for month, status in ((6, "已批准"), (9, "评审中"), (11, "草稿"))
    ]
    kind, period, product, status = (np.array(values, object) for values in zip(*lines, strict=True))
    product = product.astype(int)
    usual = (
        products.popularity[product] * np.where(kind == "年度", 2_000_000, 150_000) * rng.uniform(0.8, 1.2, len(kind))
    )
    return {
        "plan_kind": kind,
        "period": period,
        "product": product,
        "quantity": np.round(usual, -1).astype(np.int64),
        "status": status,
    }
