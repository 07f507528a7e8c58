"""What waits for a person: doubles to sign, past figures that changed. For Markdown."""

from custlib import glossary
from custlib.wording.forms import count, either, join, listed, money, plain

_NAMED = 3


def doubles(number, *, lang):
    """How many likely doubles of customers wait for a signature, and where."""
    if not number:
        return either(lang, "No two customers look like one.", "没有疑似重复的客户。")
    return either(
        lang,
        f"{number:,} {'pair' if number == 1 else 'pairs'} of customers may be one and the same. None is merged until a person signs: look at "
        "aliases\\_to\\_sign.csv beside the clean tables, and copy what is true into reference/aliases.csv with your name and the day.",
        f"有 {number:,} 对客户可能是同一家。未经签认不会合并：请查看有效数据表旁的 aliases\\_to\\_sign.csv，"
        "确认属实的连同姓名和日期写入 reference/aliases.csv。",
    )


def restated(figures, causes, compared_with, *, lang, currency="CNY"):
    """Which figures of past quarters changed since an earlier report, by how much, because of which files.

    figures, causes: result tables `restated` and `restated_files`; compared_with: quarter of that report, "" if there is none.
    """
    if not compared_with:
        return either(
            lang,
            "No earlier report to compare with, so nothing can be said of changes in past quarters.",
            "没有可对照的此前报告，因此无法判断历史数字是否有变化。",
        )
    if figures.empty:
        return either(
            lang,
            f"Past figures stand as the report of {compared_with} published them.",
            f"历史数字与 {compared_with} 已发布的报告一致。",
        )
    worst = figures.loc[figures["difference"].abs().astype(float).sort_values(ascending=False, kind="stable").index]
    named = [_figure(row, lang, currency) for row in worst.head(_NAMED).itertuples()]
    some = either(lang, "most of all ", "变化最大的是") if len(figures) > _NAMED else ""
    changed = either(
        lang,
        f"**Since the report of {compared_with}, {len(figures):,} past {'figure' if len(figures) == 1 else 'figures'} changed:** "
        f"{some}{listed(named, lang)}.",
        f"**自 {compared_with} 的报告以来，有 {len(figures):,} 个历史数字发生变化**：{some}{listed(named, lang)}。",
    )
    return join([changed, _because(causes, lang)], lang)


def _figure(row, lang, currency):
    what, table = glossary.term(row.column, lang), glossary.term(row.table, lang)
    if not row.difference:
        return either(
            lang,
            f"{what} of {row.quarter} ({table}; moved between months)",
            f"{row.quarter} {what}（{table}，仅在月份间移动）",
        )
    sign = "+" if row.difference > 0 else "−"
    by = f"{sign}{money(abs(row.difference), lang, currency)}"
    return either(lang, f"{what} of {row.quarter} ({table}) by {by}", f"{row.quarter} {what}（{table}）{by}")


def _because(causes, lang):
    files = causes.drop_duplicates("file")
    named = [
        either(
            lang,
            f"{plain(row.file)} ({glossary.term(row.change, lang)})",
            f"{plain(row.file)}（{glossary.term(row.change, lang)}）",
        )
        for row in files.head(_NAMED).itertuples()
    ]
    more = len(files) - _NAMED
    rest = (
        either(lang, f" and {count(more, 'file', lang)} more", f"等另外 {count(more, 'file', lang)}")
        if more > 0
        else ""
    )
    parts = either(lang, ", ", "、").join(named) if rest else listed(named, lang)
    return either(lang, f"Because of {parts}{rest}.", f"原因：{parts}{rest}。")
