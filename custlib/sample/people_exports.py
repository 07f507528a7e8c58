"""The exports about people and plans: consumers, scores, judgements, visits, needs, plans, losses, figures."""

import numpy as np

from custlib.sample.columns import Coded, Money
from custlib.sample.consumers import ids
from custlib.sample.days import stream
from custlib.sample.dirt import Wish, plant
from custlib.sample.factors import FACTORS
from custlib.sample.files import Export
from custlib.sample.trade_exports import COMPANY, DATES, PREAMBLE, amounts


def _export(seed, file, table, columns, headers, wishes=(), **more):
    spots = plant(stream(seed, "dirt", file), columns, wishes)
    return Export(file, table, columns, dict(zip(columns, headers.split(), strict=True)), spots, **more)


def consumers(seed, people, dealers):
    """The user files."""
    columns = {
        "consumer_id": ids(len(people["segment"])),
        "customer_id": Coded(people["dealer"], dealers.ids),
        "birth_year": people["birth_year"],
        "household_size": people["household_size"],
        "registered_on": people["registered"],
    }
    wishes = [
        Wish("missing_token", "birth_year", 5),
        Wish("date_dot", "registered_on", 3),
        Wish("date_slash", "registered_on", 3),
    ]
    return _export(
        seed, "用户档案.csv", "consumers", columns, "用户编号 购买门店编码 出生年份 家庭人口 注册日期", wishes
    )


def purchases(seed, bought, people, goods):
    """What the consumers bought, with the discount given."""
    columns = {
        "purchase_id": np.arange(1, len(bought["date"]) + 1) + 900_000_000,
        "date": bought["date"],
        "consumer_id": Coded(bought["consumer"], ids(len(people["segment"]))),
        "product_id": Coded(bought["product"], goods.ids),
        "quantity": bought["quantity"],
        "paid_amount": Money(bought["paid_fen"]),
        "discount_amount": Money(bought["off_fen"]),
    }
    wishes = [*DATES, *amounts("paid_amount", columns["paid_amount"]), Wish("duplicate_of", count=3)]
    headers = "小票号 购买日期 用户编号 商品编码 数量 实付金额(元) 优惠金额(元)"
    return _export(seed, "购买记录.csv", "purchases", columns, headers, wishes, before=PREAMBLE)


def factor_scores(seed, scores, dealers):
    """Scores by year, one line for each active dealer, quarter and factor."""
    labels = np.array([str(quarter) for quarter in dealers.quarters[1:]], object)
    years = np.array([quarter.year for quarter in dealers.quarters[1:]])
    factors = np.array([factor.id for factor in FACTORS], object)
    exports = []
    for year in np.unique(years).tolist():
        quarter, dealer = np.nonzero((dealers.active[:, 1:] & (years == year)).T)
        columns = {
            "quarter": Coded(np.repeat(quarter, len(factors)), labels),
            "customer_id": Coded(np.repeat(dealer, len(factors)), dealers.ids),
            "factor_id": Coded(np.tile(np.arange(len(factors)), len(dealer)), factors),
            "score": scores[dealer, quarter].ravel(),
        }
        wishes = [Wish("full_width", "score", 3), Wish("duplicate_of", count=2)]
        exports.append(
            _export(seed, f"因素评分_{year}.csv", "factor_scores", columns, "季度 客户编码 因素编码 评分", wishes)
        )
    return exports


def pairwise(seed, judgements):
    """The experts' judgements."""
    names = ("expert", "parent_id", "factor_a", "factor_b", "ratio")
    expert, parent, a, b, ratio = zip(*judgements, strict=True)
    columns = {name: np.array(values, object) for name, values in zip(names[:4], (expert, parent, a, b), strict=True)}
    columns["ratio"] = np.array(ratio)
    return _export(
        seed,
        "两两比较.xlsx",
        "pairwise",
        columns,
        "专家 上级因素 因素A 因素B 比值",
        before=("专家两两比较（1/9 至 9）",),
    )


def visits(seed, told, dealers):
    """The visit log, in GB18030."""
    columns = {
        "date": told["date"],
        "customer_id": Coded(told["dealer"], dealers.ids),
        "account_manager": dealers.manager[told["dealer"]],
        "kind": told["kind"],
        "subject": told["subject"],
        "outcome": told["outcome"],
    }
    wishes = [
        Wish("mojibake", "account_manager"),
        *DATES,
        Wish("missing_token", "outcome", 6, told["outcome"] == ""),
        Wish("duplicate_of", count=2),
    ]
    headers = "拜访日期 客户编码 客户经理 拜访方式 主题 拜访结果"
    return _export(seed, "拜访记录.csv", "visits", columns, headers, wishes, encoding="gb18030")


def needs(seed, asked, dealers):
    """The needs interviews; one line has a broken byte in it."""
    labels = np.array([str(quarter) for quarter in dealers.quarters[1:]], object)
    columns = asked | {"quarter": Coded(asked["quarter"], labels), "dealer": Coded(asked["dealer"], dealers.ids)}
    columns = {"customer_id" if name == "dealer" else name: column for name, column in columns.items()}
    headers = "季度 客户编码 需求 重要性 理想值 现实值 提问类型"
    return _export(seed, "需求访谈.csv", "needs", columns, headers, [Wish("broken_bytes", "need")], encoding="utf-8")


def plans(seed, lines, dealers):
    """The lines of the yearly plans."""
    columns = {"customer_id" if name == "dealer" else name: column for name, column in lines.items()}
    columns["customer_id"] = Coded(lines["dealer"], dealers.ids)
    year = int(lines["year"][0])
    headers = "年度 客户编码 计划项目 衡量指标 目标值 计量单位 责任人 完成日期"
    return _export(seed, f"年度计划_{year}.xlsx", "plans", columns, headers, before=(f"{COMPANY} {year}年度客户计划",))


def lost_customers(seed, gone, dealers):
    """The dealers that left."""
    columns = {"customer_id": Coded(gone["dealer"], dealers.ids), "lost_on": gone["lost_on"], "reason": gone["reason"]}
    wishes = [Wish("date_chinese", "lost_on", 1)]
    return _export(
        seed, "流失客户.csv", "lost_customers", columns, "客户编码 流失日期 流失原因", wishes, encoding="gb18030"
    )


def presales_kpi(seed, figures, quarters):
    """The figures of the pre-sales colleagues."""
    labels = np.array([str(quarter) for quarter in quarters], object)
    columns = {
        "quarter": Coded(figures["quarter"], labels),
        **{name: figures[name] for name in ("person", "kpi", "source")},
        "value": Money(figures["tenths"], 1),
    }
    return _export(seed, "售前考核.csv", "presales_kpi", columns, "考核季度 姓名 考核指标 评价来源 考核值")


def demand_plan(seed, lines, goods):
    """The demand plans."""
    columns = {"product_id" if name == "product" else name: column for name, column in lines.items()}
    columns["product_id"] = Coded(lines["product"], goods.ids)
    wishes = [Wish("full_width", "quantity", 2)]
    title = (f"{COMPANY} 需求计划",)
    return _export(
        seed, "需求计划.xlsx", "demand_plan", columns, "计划类型 计划期间 存货编码 计划数量 状态", wishes, before=title
    )
