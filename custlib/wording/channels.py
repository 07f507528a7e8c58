"""What notebook 20 found behind the classes: stuffed or sold, key accounts, formats and areas, silence, reasons. For Markdown."""

from custlib import glossary
from custlib.channels.formats import SMALL
from custlib.channels.lost import FEWEST_DAYS, UNLIKELY
from custlib.facts.trade import OLD_DAYS
from custlib.wording.forms import count, either, join, listed, money, percent, plain

FEW_LOSSES = 30  # below it, one loss more or less moves a share by several points
_NAMED = 5


def sold_reading(sold, *, lang, currency="CNY"):
    """Who of the A and B may be stuffed. sold: result table `abc_sold`."""
    if sold.empty:
        return either(lang, "No customer is in class A or B by size.", "没有按规模为 A 或 B 类的客户。")
    asked, unknown = (sold[sold["stuffed"] == key] for key in ("stuffed", "not_known"))
    if len(unknown) == len(sold):
        return either(
            lang,
            "The exports hold too little of stock and of user files to tell whether what was paid for has been sold on.",
            "导出文件中库存和用户档案不足，无法判断回款的货是否已动销。",
        )
    n, total = len(asked), count(len(sold), "customer", lang)
    shows, asks = ("shows", "it brings") if n == 1 else ("show", "they bring")
    worth = money(asked["size"].sum(), lang, currency)
    named = _names(asked, lang)
    found = either(
        lang,
        f"Of {total} in class A or B by size, {n:,} {shows} two of three signs of being stuffed: a quarter's sell-in or more in stock,"
        f" most of it older than {OLD_DAYS} days, sell-through below half of what is usual in the class.",
        f"按规模为 A 或 B 类的 {total}中，{n:,} 家出现三个压货迹象中的至少两个：库存达一季进货量以上、多数库龄超过 {OLD_DAYS} 天、"
        "动销率不足同类一半。",
    )
    what = either(
        lang, f"Ask before delivering more: {named} ({asks} {worth}).", f"再发货前先问清：{named}（合计 {worth}）。"
    )
    open_ = either(lang, f"Of {len(unknown):,} it is not known.", f"另有 {len(unknown):,} 家未知。")
    limits = either(
        lang,
        "User files hold only part of the sell-out, so sell-through compares customers and is no level; the signs are a question, "
        "no verdict.",
        "用户档案只覆盖部分动销，动销率只用于客户之间比较，不代表水平；迹象只是疑问，不是结论。",
    )
    return join([found, what if n else "", open_ if len(unknown) else "", limits], lang)


def key_account_reading(accounts, *, lang):
    """How classes and people's decisions differ. accounts: result table `abc_key_accounts`."""
    keys, strategic = int(accounts["key_account"].sum()), int(accounts["strategic"].sum())
    a, differs = int((accounts["class"] == "A").sum()), accounts["decision_difference"]
    if not keys + strategic:
        return either(
            lang,
            f"Nobody has decided yet who is a key account or strategic; {count(a, 'customer', lang)} in A may be asked about first. "
            "Decisions are signed in reference/key\\_accounts.csv.",
            f"尚无人决定谁是大客户或战略客户；可先从 {a:,} 家 A 类客户问起。决定写入 reference/key\\_accounts.csv 并签字。",
        )
    alone, without = int((differs == "a_but_no_key_account").sum()), accounts[differs == "key_account_without_class"]
    other = accounts[differs == "key_account_but_not_a"]
    decided = either(
        lang,
        f"People decided on {keys:,} key account{'s' * (keys != 1)} and {strategic:,} strategic customer{'s' * (strategic != 1)}. "
        f"Of {count(a, 'customer', lang)} in A, {alone:,} {'is' if alone == 1 else 'are'} no key account.",
        f"已由人定为大客户 {keys:,} 家、战略客户 {strategic:,} 家。{a:,} 家 A 类客户中，{alone:,} 家不是大客户。",
    )
    not_a = either(
        lang, f"Key accounts that are not A: {_names(other, lang)}.", f"不是 A 类的大客户：{_names(other, lang)}。"
    )
    absent = either(
        lang,
        f"Neither bought nor paid this quarter: {_names(without, lang)}.",
        f"本季既无购货也无回款：{_names(without, lang)}。",
    )
    limits = either(
        lang,
        "Neither is wrong: a class says what a customer brings now, a decision says where we mean to invest. Where they differ, one of the "
        "two deserves a second look.",
        "两者都没有错：类别说明客户现在带来多少，决定说明我们打算投入何处。两者不同之处，值得再看一遍。",
    )
    return join([decided, not_a if len(other) else "", absent if len(without) else "", limits], lang)


def formats_reading(found, formats, *, lang):
    """Which shares of store formats the reference does not explain.

    found: result table `abc_formats`; formats: `reference.table("formats.csv")`, for the names.
    """
    known = found.dropna(subset=["share", "reference_share"])
    if known.empty:
        return either(lang, "No customer has both a store format and an area.", "没有同时注明业态和城乡的客户。")
    names = dict(zip(formats["store_format"], formats[lang], strict=True))
    outside = known[~known["reference_share"].between(known["share_low"], known["share_high"])]
    parts = [_format_part(row, names, lang) for row in outside.itertuples()]
    compared = either(
        lang,
        f"{len(known):,} shares of store formats in towns and in the country stand beside a reference; "
        f"{len(outside):,} of them differ by more than chance among so many stores explains",
        f"城市和农村共 {len(known):,} 个业态占比有参考值；其中 {len(outside):,} 个的差异超出了这些门店数下偶然的范围",
    )
    told = compared + (either(lang, ": ", "：") + listed(parts, lang) if parts else "") + either(lang, ".", "。")
    blank = int((found["reference_share"].isna() & (found["customers"] > 0)).sum())
    unknown = sorted(set(found.loc[found["customers"] > 0, "store_format"]) - set(names) - {""})
    words = listed([plain(text) for text in unknown[:_NAMED]], lang) if unknown else ""
    without = either(
        lang,
        f"For {blank:,} the reference is blank, and stays so: they are not compared.",
        f"{blank:,} 个业态没有参考值，保持空白，不作比较。",
    )
    other = either(lang, f"Not in formats.csv: {words}.", f"formats.csv 中没有：{words}。")
    limits = either(
        lang,
        "The reference is one trade's past mix, no target.",
        "参考值是某一行业过去的构成，不是目标。",
    )
    return join([told, without if blank else "", other if unknown else "", limits], lang)


def area_reading(questions, *, lang):
    """How many stores are far below the standard area. questions: result table `abc_area_questions`."""
    n, part = len(questions), percent(SMALL, lang)
    if not n:
        return either(
            lang,
            f"No store with a known area is below {part} of the standard of its format.",
            f"已知面积的门店中，没有低于业态标准 {part} 的。",
        )
    smallest = percent(questions["area_ratio"].min(), lang)
    return either(
        lang,
        f"{n:,} store{'s are' if n > 1 else ' is'} below {part} of the standard area of {'their' if n > 1 else 'its'} format, the smallest"
        f" at {smallest}. A standard is no limit: ask whether area and format are entered rightly, and whether the store can hold what "
        "we plan for its format.",
        f"{n:,} 家门店面积不足所属业态标准的 {part}，最小的为 {smallest}。标准不是限制：请核对面积和业态是否填对，以及门店能否承载该业态的计划。",
    )


def silent_reading(silent, *, lang):
    """Who fell silent, and what people reported of it. silent: result table `abc_silent`."""
    both, only, listed_only = (
        silent[silent["told"] == key] for key in ("silent_and_reported", "silent_only", "reported_only")
    )
    n = len(both) + len(only)
    chance = percent(UNLIKELY, lang)
    found = either(
        lang,
        f"{count(n, 'customer', lang)} {'has' if n == 1 else 'have'} been silent for so long that {'its' if n == 1 else 'their'} own "
        f"rhythm of ordering would explain it in less than {chance} of cases; {len(both):,} of them "
        f"{'is' if len(both) == 1 else 'are'} reported as lost.",
        f"{count(n, 'customer', lang)}沉默之久，按其自身订货节奏出现的机会不到 {chance}；其中 {len(both):,} 家已登记为流失。",
    )
    ask = either(lang, f"Not reported, ask first: {_names(only, lang)}.", f"未登记，先去询问：{_names(only, lang)}。")
    back = either(
        lang,
        f"Reported lost, yet not silent by {'its' if len(listed_only) == 1 else 'their'} rhythm: {_names(listed_only, lang)}.",
        f"已登记流失，但按节奏并未沉默：{_names(listed_only, lang)}。",
    )
    limits = either(
        lang,
        f"Customers with fewer than {FEWEST_DAYS} days of orders have no rhythm yet. Of a hundred that go on as before about one may be "
        "called silent by chance, more of those who order by season.",
        f"订货不足 {FEWEST_DAYS} 天的客户还谈不上节奏。照常订货的客户中，每百家约有一家会偶然被判为沉默；按季节订货的客户更多。",
    )
    return join([found, ask if len(only) else "", back if len(listed_only) else "", limits], lang)


def loss_reading(found, reasons, *, lang):
    """Why customers left, beside the reference.

    found: result table `abc_loss_reasons`; reasons: `reference.table("churn_reference.csv")`, for the names.
    """
    total = int(found["customers"].sum())
    if not total:
        return either(lang, "No loss is reported, so there is no reason to compare.", "没有登记的流失，无从比较原因。")
    names = dict(zip(reasons["reason"], reasons[lang], strict=True))
    first = found.loc[found["customers"].idxmax()]
    low, high = percent(first["share_low"], lang), percent(first["share_high"], lang)
    most = either(
        lang,
        f"Of {total:,} reported loss{'es' * (total != 1)}, {first['customers']:,} {'gives' if first['customers'] == 1 else 'give'} as "
        f"reason: {_reason(first['reason'], names)} ({percent(first['share'], lang)}; so few allow anything from {low} to {high}).",
        f"登记的 {total:,} 家流失中，{first['customers']:,} 家的原因是“{_reason(first['reason'], names)}”（{percent(first['share'], lang)}；"
        f"数量少，{low} 到 {high} 都有可能）。",
    )
    apart = found[found["reference_fits"].eq(False) & found["reference_fits"].notna()]
    parts = [
        f"{_reason(row.reason, names)} ({percent(row.share, lang)}, {percent(row.reference_share, lang)})"
        for row in apart.itertuples()
    ]
    beside = (
        either(
            lang,
            f"The reference does not fit (ours, reference): {listed(parts, lang)}.",
            f"与参考不符（我方，参考）：{listed(parts, lang)}。",
        )
        if parts
        else either(lang, "Nothing here contradicts the reference.", "没有与参考相矛盾之处。")
    )
    others = found[found["reference_share"].isna()]
    listed_others = listed([plain(text) for text in others["reason"].head(_NAMED)], lang) if len(others) else ""
    unknown = either(
        lang,
        f"Not in churn\\_reference.csv, add them to its words if they mean the same: {listed_others}.",
        f"churn\\_reference.csv 中没有；如意思相同，请加入其 words 列：{listed_others}。",
    )
    few = either(
        lang,
        "With so few losses no ranking below the first reason is certain.",
        "流失数量少，除首要原因外，排序并不可靠。",
    )
    return join([most, beside, unknown if len(others) else "", few if total < FEW_LOSSES else ""], lang)


def _names(rows, lang):
    if rows.empty:
        return ""
    known = rows["name"].where(rows["name"].notna() & (rows["name"] != ""), rows["customer_id"])
    named = [plain(name) for name in known.head(_NAMED)]
    more = len(rows) - len(named)
    return listed([*named, *([either(lang, f"{more:,} more", f"另外 {more:,} 家")] if more else [])], lang)


def _format_part(row, names, lang):
    area = glossary.term(row.area_type, lang)
    share, of = percent(row.share, lang), percent(row.reference_share, lang)
    name = names[row.store_format]
    return either(lang, f"{name}, {area} ({share}, reference {of})", f"{area}{name}（{share}，参考 {of}）")


def _reason(reason, names):
    return plain(names.get(reason, reason))
