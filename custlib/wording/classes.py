"""What notebook 20 found: what the indicators stand for, and how to read classes, moves and the list. For Markdown."""

from custlib import glossary
from custlib.wording.forms import count, either, join, listed, percent

FEW_CUSTOMERS = 25  # below it, one customer is more than four percent of the list

_MEASURED_BY = {
    "payments": ("payments received", "回款额"),
    "net_sales": ("net sales", "销售净额"),
    "contribution": ("gross profit", "毛利额"),
    "brand_share": ("the profit that customers earn with our brand", "客户经营本品牌的利润"),
}


def measured_by(indicator, lang, size_is="payments"):
    """What the customers of a class bring together: size and the joint class are measured by `size_is`."""
    return either(lang, *_MEASURED_BY[size_is if indicator in ("size", "joint") else indicator])


def size_meaning(missing, *, lang):
    """What customer size stands for, and which indicators are missing and why. missing: result table `abc_missing`."""
    stand_ins = missing[missing["indicator"] == "size"]
    if stand_ins.empty:
        size = either(lang, "Customer size is payments received.", "客户规模按回款额计算。")
    else:
        stand_in = measured_by("size", lang, stand_ins["stands_for"].iloc[0])
        size = either(
            lang,
            f"The exports hold no payments, so customer size is {stand_in}.",
            f"导出文件中没有回款数据，客户规模以{stand_in}代替。",
        )
    return join([size, _not_judged(missing[missing["indicator"] != "size"], lang)], lang)


def abc_reading(summary, *, lang, indicator="size", size_is="payments"):
    """How few customers are A and how much they bring.

    summary: result table `abc_summary` for one quarter; size_is: "payments" or "net_sales".
    """
    rows = summary[summary["indicator"] == indicator].set_index("class")
    total, what = int(rows["customers"].sum()), measured_by(indicator, lang, size_is)
    if size_is == "net_sales" and indicator in ("size", "joint"):
        # Some sales have no customer: the share is of those that have.
        what = either(lang, f"these customers' {what}", f"这些客户{what}")
    a, rest = int(rows["customers"].get("A", 0)), int(rows["customers"].get("C", 0))
    if not a:
        return either(lang, f"None of {count(total, 'customer', lang)} is A.", f"{total:,} 家客户中没有 A 类。")
    share = percent(rows["share"]["A"], lang)
    en = f"{a:,} of {count(total, 'customer', lang)} {'is A; it brings' if a == 1 else 'are A; they bring'} {share} of {what}."
    zh = f"{total:,} 家客户中有 {a:,} 家为 A 类，占{what}的 {share}。"
    if not rest:
        return either(lang, en, zh)
    last = percent(rows["share"]["C"], lang)
    en_rest = f"The {'one' if rest == 1 else f'{rest:,}'} in C {'brings' if rest == 1 else 'bring'} {last}."
    return join([either(lang, en, zh), either(lang, en_rest, f"{rest:,} 家 C 类客户合计占 {last}。")], lang)


def joint_reading(customers, *, lang):
    """How the joint class relates to the classes on the single indicators. customers: result table `abc_customers`."""
    letters = customers[[name for name in _letter_columns(customers) if customers[name].notna().any()]]
    if letters.shape[1] == 1:
        return either(
            lang,
            "Only one indicator is known, so the joint class is the class on it.",
            "只有一项指标可用，综合类别就是该项指标的类别。",
        )
    ours = letters[customers["joint_class"] == "A"]
    a, fewer = len(ours), int((customers["known"] < letters.shape[1]).sum())
    whole = int((ours.isna() | (ours == "A")).all(axis=1).sum())
    none = int((ours != "A").all(axis=1).sum())
    en = (
        f"Of {count(a, 'customer', lang)} in joint class A, {whole:,} {'has' if whole == 1 else 'have'} an A on each indicator "
        f"that is known, {a - whole - none:,} on some and {none:,} on none: steady good places can make an A."
    )
    zh = (
        f"综合类别为 A 的 {a:,} 家客户中，{whole:,} 家各项已知指标均为 A，{a - whole - none:,} 家部分为 A，"
        f"{none:,} 家没有一项为 A：各项都稳居前列，也可以综合为 A。"
    )
    return join([either(lang, en, zh), _judged_on_fewer(fewer, lang)], lang)


def migration_reading(migration, *, lang):
    """Who stayed A, who fell, who came, came back and left. migration: result table `abc_migration`."""
    went = migration.set_index(["from_class", "to_class"])["customers"]
    come, gone = (went.groupby(level=level).sum() for level in ("from_class", "to_class"))
    new, returned, lost = (int(sums.get(name, 0)) for sums, name in ((come, "new"), (come, "returned"), (gone, "lost")))
    if come.sum() == new + returned:
        return either(lang, "There is no quarter before this one to compare with.", "没有上一季度可供比较。")
    stayed, to_b, to_c, left = (int(went.get(("A", to), 0)) for to in ("A", "B", "C", "lost"))
    rose = int(went.get(("B", "A"), 0) + went.get(("C", "A"), 0))
    came_as_a = int(went.get(("new", "A"), 0) + went.get(("returned", "A"), 0))
    was = stayed + to_b + to_c + left
    return either(
        lang,
        f"Of {count(was, 'customer', lang)} in A a quarter before, {stayed:,} stayed, {to_b + to_c:,} fell and "
        f"{left:,} {'was' if left == 1 else 'were'} lost. {rose:,} rose to A and {came_as_a:,} came as A. "
        f"In all, {count(new, 'customer', lang)} came, {returned:,} returned and {lost:,} {'was' if lost == 1 else 'were'} lost.",
        f"上季 {was:,} 家 A 类客户中，{stayed:,} 家保持，{to_b + to_c:,} 家降级，{left:,} 家流失；"
        f"另有 {rose:,} 家升入 A 类，{came_as_a:,} 家新增或回归客户直接成为 A 类。"
        f"合计新增 {new:,} 家，回归 {returned:,} 家，流失 {lost:,} 家。",
    )


def limits_caption(*, lang):
    """The title of the list of customers to act on; it says what the list is not."""
    return either(
        lang, "Customers to talk to first; a class is no verdict on them", "优先沟通的客户；类别不是对客户的评判"
    )


def list_reading(customers, *, lang):
    """The limits that stand before a list of named customers. customers: result table `abc_customers`."""
    few = 0 < len(customers) < FEW_CUSTOMERS
    limits = either(
        lang,
        "A class says how much a customer brings us this quarter, not how good it is. Season and stock can lift it for a "
        "while. Who is a key account is for people to decide.",
        "类别只说明客户本季给我们带来多少，不说明客户好坏；季节和压货都可能暂时抬高类别。谁是大客户，由人来决定。",
    )
    caution = either(
        lang,
        f"With only {count(len(customers), 'customer', lang)}, one more or less can change a class.",
        f"客户仅 {len(customers):,} 家，增减一家就可能改变类别。",
    )
    return join([limits, caution if few else ""], lang)


def _letter_columns(customers):
    return [name for name in ("size_class", "contribution_class", "brand_share_class") if name in customers]


def _not_judged(missing, lang):
    parts = [
        either(
            lang,
            f"{glossary.term(row.indicator, lang)} (no {glossary.term(row.reason, lang)})",
            f"{glossary.term(row.indicator, lang)}（缺少{glossary.term(row.reason, lang)}）",
        )
        for row in missing.itertuples()
    ]
    return either(lang, f"Not judged: {listed(parts, lang)}.", f"未评判：{listed(parts, lang)}。") if parts else ""


def _judged_on_fewer(fewer, lang):
    if not fewer:
        return ""
    return either(
        lang,
        f"{count(fewer, 'customer', lang)} {'is' if fewer == 1 else 'are'} judged on fewer indicators, those that are known.",
        f"有 {fewer:,} 家客户的部分指标未知，只按已知指标评判。",
    )
