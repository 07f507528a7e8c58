"""Which rules the clean tables break, what blocks and who signed for what. For Markdown."""

from custlib import glossary
from custlib.wording.forms import count, either, join, listed, percent, plain

_NAMED = 3  # how many rules a sentence names


def contracts_reading(breaches, *, lang):
    """How many rules found something, what blocks publication and what to do, what was signed.

    breaches: result table `contract_breaches`.
    """
    if breaches.empty:
        return either(lang, "No rule found anything.", "各项规则均未发现问题。")
    rules, tables = breaches["rule"].nunique(), count(breaches["table"].nunique(), "table", lang)
    found = either(
        lang,
        f"{rules:,} {'rule' if rules == 1 else 'rules'} found something in {tables}.",
        f"{rules:,} 条规则在 {tables}中发现了问题。",
    )
    signed = breaches[~breaches["blocks"] & breaches["signed_by"].notna()]
    return join([found, _blocking(breaches[breaches["blocks"]], lang), _signed(signed, lang)], lang)


def breach(row, *, lang):
    """One line of `contract_breaches` as a phrase: what was found, where, how often, and the first place."""
    where = [glossary.term(key, lang) for key in (row.table, row.column) if key]
    rule, place, share = glossary.term(row.rule, lang), plain(row.first_place), percent(row.share, lang)
    return either(
        lang,
        f"{rule} in {', '.join(where)}: {row.rows:,} of {count(row.of_rows, 'line', lang)} ({share}), such as {place}",
        f"{'、'.join(where)}中{rule}：{row.of_rows:,} 行中有 {row.rows:,} 行（{share}），如 {place}",
    )


def _blocking(blocking, lang):
    if blocking.empty:
        return either(lang, "Nothing blocks the report.", "没有阻止发布的问题。")
    named = listed([breach(row, lang=lang) for row in blocking.head(_NAMED).itertuples()], lang)
    more = max(len(blocking) - _NAMED, 0)
    return either(
        lang,
        f"**The report is not published**: {named}{f' and {more:,} more' if more else ''}. Mend the exports, or let a person who "
        "knows that it is right sign for it in signed.csv.",
        f"**报告不会发布**：{named}{f'，另有 {more:,} 项' if more else ''}。请修正导出文件；若确实无误，请由负责人在 signed.csv 中签字。",
    )


def _signed(signed, lang):
    parts = [
        either(
            lang,
            f"{glossary.term(row.rule, lang)} at {plain(row.first_place)} ({plain(row.signed_by)}, {row.signed_on})",
            f"{plain(row.first_place)} 的“{glossary.term(row.rule, lang)}”（{plain(row.signed_by)}，{row.signed_on}）",
        )
        for row in signed.itertuples()
    ]
    return either(lang, f"Signed for: {listed(parts, lang)}.", f"已签字认可：{listed(parts, lang)}。") if parts else ""
