"""What notebook 10 found: what came, what was set aside, what was changed, whether the money adds up. For Markdown."""

from custlib import glossary
from custlib.wording.forms import count, either, join, listed, money, percent, plain

_NAMED = 3  # how many reasons, rules or files a sentence names


def what_came(accounts, present, *, lang, not_read=""):
    """How many files and lines came, and what became of the lines.

    accounts: result table `line_accounts`; present: `tables_present`; not_read: as in `data_facts`.
    """
    lines, clean, aside = (int(accounts[column].sum()) for column in ("lines", "clean", "quarantined"))
    files, tables = count(len(accounts), "file", lang), count(accounts["table"].nunique(), "table", lang)
    share = percent(clean / max(clean + aside, 1), lang)
    other = lines - clean - aside
    en = (
        f"{files} brought {count(lines, 'line', lang)} for {tables}: {clean:,} are clean ({share} of the data lines), "
        f"{aside:,} set aside, and {other:,} are headers, titles, totals or blank."
    )
    zh = (
        f"{files}共 {lines:,} 行，涉及 {tables}：有效 {clean:,} 行（占数据行的 {share}），隔离 {aside:,} 行，"
        f"其余 {other:,} 行为表头、标题、合计或空行。"
    )
    unread = f"Declared as not to be read: {plain(not_read)}.", f"按声明未读取：{plain(not_read)}。"
    return join([either(lang, en, zh), either(lang, *unread) if not_read else "", _absent(present, lang)], lang)


def noted(notes, sheets, *, lang):
    """What an analyst should know of the files beside their lines: notes such as a trailing delimiter, sheets and rows that are hidden.

    notes, sheets: result tables. Text is empty where there is nothing to say.
    """
    by_note = notes.groupby("note").agg(files=("file", "nunique"), count=("count", "sum"))
    parts = [
        either(
            lang,
            f"{glossary.term(note, lang)} ({int(row['count']):,}, in {count(int(row['files']), 'file', lang)})",
            f"{glossary.term(note, lang)}（{int(row['count']):,} 处，{count(int(row['files']), 'file', lang)}）",
        )
        for note, row in by_note.iterrows()
    ]
    about = either(lang, f"Noted: {listed(parts, lang)}.", f"备注：{listed(parts, lang)}。") if parts else ""
    return join([about, _hidden(sheets, lang)], lang)


def set_aside(reasons, *, lang):
    """How many lines were set aside and the most frequent reasons. reasons: result table `quarantine_reasons`."""
    total = int(reasons["lines"].sum())
    if not total:
        return either(lang, "No line was set aside.", "没有隔离任何行。")
    named = _most_frequent(reasons.groupby("reason")["lines"].sum(), either(lang, "Why", "原因"), lang)
    return either(
        lang,
        f"{count(total, 'line', lang)} {'was' if total == 1 else 'were'} set aside, none thrown away. {named}",
        f"共隔离 {total:,} 行，均保留备查。{named}",
    )


def changed(rules, *, lang):
    """How many cells were rewritten and by which rules most often. rules: result table `change_rules`."""
    total = int(rules["cells"].sum())
    if not total:
        return either(lang, "No cell was changed.", "没有更改任何单元格。")
    named = _most_frequent(rules.groupby("rule")["cells"].sum(), either(lang, "By rule", "按规则"), lang)
    return either(
        lang,
        f"{count(total, 'cell', lang)} {'was' if total == 1 else 'were'} rewritten, each by a rule on record. {named}",
        f"共改写 {count(total, 'cell', lang)}，每处都有规则可查。{named}",
    )


def money_adds_up(controls, *, lang, currency="CNY"):
    """Whether the amounts in the files equal what is clean plus what was set aside; if not, in which files they differ.

    controls: result table `control_totals` (exact decimals).
    """
    if controls.empty:
        return either(lang, "No file holds an amount of money.", "没有含金额的文件。")
    off = controls[controls["difference"] != 0]
    if len(off):
        return _does_not_add_up(off, lang)
    files = controls["file"].nunique()
    same = either(
        lang,
        f"The money adds up: in {count(files, 'file', lang)} with amounts, what came in is what is clean plus what was set "
        "aside; the difference is 0.00.",
        f"金额核对一致：{files} 个含金额的文件中，原始金额都等于有效金额加隔离金额，差额为 0.00。",
    )
    return join([same, _money_set_aside(controls, lang, currency)], lang)


def _hidden(sheets, lang):
    if sheets.empty:
        return ""
    unread, unseen = (int((~sheets[column].astype(bool)).sum()) for column in ("read", "visible"))
    rows = int(sheets["hidden_rows"].fillna(0).sum())
    return either(
        lang,
        f"Of {len(sheets):,} sheets in workbooks {unread:,} {'was' if unread == 1 else 'were'} not read and {unseen:,} {'is' if unseen == 1 else 'are'} hidden;"
        f" {count(rows, 'line', lang)} {'is' if rows == 1 else 'are'} hidden.",
        f"工作簿共有 {len(sheets):,} 张工作表，其中 {unread:,} 张未读取、{unseen:,} 张隐藏；隐藏的行共 {rows:,} 行。",
    )


def _absent(present, lang):
    names = [glossary.term(table, lang) for table in present.loc[present["rows"] == 0, "table"]]
    if not names:
        return ""
    return either(lang, f"Not among the exports: {', '.join(names)}.", f"导出文件中没有：{'、'.join(names)}。")


def _most_frequent(counts, all_of_them, lang):
    ordered = counts.sort_index().sort_values(ascending=False, kind="stable")
    parts = [
        either(lang, f"{glossary.term(key, lang)} ({number:,})", f"{glossary.term(key, lang)}（{number:,}）")
        for key, number in ordered.head(_NAMED).items()
    ]
    lead = either(lang, "Most often", "最常见的") if len(ordered) > _NAMED else all_of_them
    return either(lang, f"{lead}: {listed(parts, lang)}.", f"{lead}：{listed(parts, lang)}。")


def _does_not_add_up(off, lang):
    worst = off.loc[off["difference"].abs().astype(float).sort_values(ascending=False, kind="stable").index]
    worst = worst.drop_duplicates("file")
    parts = [
        either(
            lang,
            f"{plain(row.file)} ({glossary.term(row.column, lang)}, {row.difference:,.2f})",
            f"{plain(row.file)}（{glossary.term(row.column, lang)}，{row.difference:,.2f}）",
        )
        for row in worst.head(_NAMED).itertuples()
    ]
    files = count(len(worst), "file", lang)
    return either(
        lang,
        f"**The money does not add up** in {files}; the largest differences: {listed(parts, lang)}. "
        "Find out why before you use these figures.",
        f"**金额核对不一致**：{files}存在差额，最大的是{listed(parts, lang)}。查明原因之前请勿使用这些数字。",
    )


def _money_set_aside(controls, lang, currency):
    sums = controls.groupby("column", sort=False)["amount_quarantined"].sum()
    parts = [f"{glossary.term(name, lang)} {money(amount, lang, currency)}" for name, amount in sums.items() if amount]
    if not parts:
        return either(lang, "No money was set aside.", "没有隔离任何金额。")
    return either(lang, f"Set aside: {listed(parts, lang)}.", f"隔离金额：{listed(parts, lang)}。")
