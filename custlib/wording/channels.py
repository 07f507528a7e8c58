"""What notebook 20 found of the channel: stuffed or sold, people's decisions, formats and areas. For Markdown."""

from custlib import glossary
from custlib.channels.formats import SMALL
from custlib.facts.trade import OLD_DAYS
from custlib.wording.forms import count, either, join, listed, money, named, percent, plain


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
    en = f"For {len(unknown):,} it is not known."
    open_ = either(lang, en, f"另有 {len(unknown):,} 家未知。") if len(unknown) else ""
    limits = either(
        lang,
        "User files hold only part of the sell-out, so sell-through compares customers and is no level; the signs are a question, "
        "no verdict.",
        "用户档案只覆盖部分动销，动销率只用于客户之间比较，不代表水平；迹象只是疑问，不是结论。",
    )
    return join([_signs(len(sold), len(asked), lang), _before_delivering(asked, lang, currency), open_, limits], lang)


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
    alone = int((differs == "a_but_no_key_account").sum())
    decided = either(
        lang,
        f"People decided on {keys:,} key account{'s' * (keys != 1)} and {strategic:,} strategic customer{'s' * (strategic != 1)}. "
        f"Of {count(a, 'customer', lang)} in A, {alone:,} {'is' if alone == 1 else 'are'} no key account.",
        f"已由人定为大客户 {keys:,} 家、战略客户 {strategic:,} 家。{a:,} 家 A 类客户中，{alone:,} 家不是大客户。",
    )
    not_a = ("Key accounts that are not A", "不是 A 类的大客户")
    absent = ("Key accounts that neither bought nor paid this quarter", "本季既无购货也无回款的大客户")
    limits = either(
        lang,
        "Neither is wrong: a class says what a customer brings now, a decision where we mean to invest. Where they differ, one of the "
        "two deserves a second look.",
        "两者都没有错：类别说明客户现在带来多少，决定说明我们打算投入何处。两者不同之处，值得再看一遍。",
    )
    told = [
        named(accounts[differs == key], *texts, lang)
        for key, texts in {"key_account_but_not_a": not_a, "key_account_without_class": absent}.items()
    ]
    return join([decided, *told, limits], lang)


def formats_reading(found, formats, *, lang):
    """Which shares of store formats the reference does not explain.

    found: result table `abc_formats`; formats: `reference.table("formats.csv")`, for the names.
    """
    known = found.dropna(subset=["share", "reference_share"])
    if known.empty:
        return either(lang, "No customer has both a store format and an area.", "没有同时注明业态和城乡的客户。")
    names = dict(zip(formats["store_format"], formats[lang], strict=True))
    outside = known[~known["reference_share"].between(known["share_low"], known["share_high"])]
    parts = [_beside_reference(row, names, lang) for row in outside.itertuples()]
    compared = either(
        lang,
        f"{len(known):,} shares of store formats in towns and in the country have a reference; it lies outside the 95 % interval of "
        f"{len(parts):,}",
        f"城市和农村共 {len(known):,} 个业态占比有参考值；参考值落在 95% 区间之外的有 {len(parts):,} 个",
    )
    end = either(lang, ".", "。")
    told = compared + (either(lang, ": ", "：") + listed(parts, lang) if parts else "") + end
    limits = either(
        lang,
        "One in twenty does so by chance, and the reference is a past mix of one trade, no target.",
        "每二十个约有一个纯属偶然；参考值是某一行业过去的构成，不是目标。",
    )
    return join([told, limits, _not_compared(found, names, lang)], lang)


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
        f"{n:,} {'store is' if n == 1 else 'stores are'} below {part} of the standard area of {'its' if n == 1 else 'their'} format, "
        f"the smallest at {smallest}. A standard is no limit: ask whether area and format are entered rightly, and whether the store "
        "can hold what we plan for its format.",
        f"{n:,} 家门店面积不足所属业态标准的 {part}，最小的为 {smallest}。标准不是限制：请核对面积和业态是否填对，"
        "以及门店能否承载该业态的计划。",
    )


def _signs(of, n, lang):
    return either(
        lang,
        f"Of {count(of, 'customer', lang)} in class A or B by size, {n:,} {'shows' if n == 1 else 'show'} two or more of three signs of "
        f"being stuffed: a quarter's sell-in or more in stock, half of it or more older than {OLD_DAYS} days, sell-through below half of "
        "what is usual in the class.",
        f"按规模为 A 或 B 类的 {of:,} 家客户中，{n:,} 家出现三个压货迹象中的至少两个：库存达一季进货量以上、半数以上库龄超过 {OLD_DAYS} 天、"
        "动销率不足同类常见水平的一半。",
    )


def _before_delivering(asked, lang, currency):
    if asked.empty:
        return ""
    worth = money(asked["size"].sum(), lang, currency)
    return named(asked, f"Ask before delivering more ({worth} this quarter)", f"再发货前先问清（本季 {worth}）", lang)


def _beside_reference(row, names, lang):
    share, reference = percent(row.share, lang), percent(row.reference_share, lang)
    area, name = glossary.term(row.area_type, lang), names[row.store_format]
    return either(
        lang, f"{name}, {area} ({share}, reference {reference})", f"{area}{name}（{share}，参考 {reference}）"
    )


def _not_compared(found, names, lang):
    there = found[found["customers"] > 0]
    blank = int(there["reference_share"].isna().sum())
    strange = [plain(text) for text in sorted(set(there["store_format"]) - set(names) - {""})]
    without = either(
        lang,
        f"{blank:,} {'has' if blank == 1 else 'have'} none, blank in the source: not compared.",
        f"另有 {blank:,} 个在来源中空白，不作比较。",
    )
    unknown = either(lang, "Not in formats.csv: ", "formats.csv 中没有：")
    told = unknown + listed(strange, lang) + either(lang, ".", "。") if strange else ""
    return join([without if blank else "", told], lang)
