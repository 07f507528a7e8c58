"""What the front page says of the report before: what changed since, and what became of what it asked for."""

from custlib.wording.classes import measured_by
from custlib.wording.forms import count, either, join, listed, money, percent

_HEADS = {
    "win_back": ("Win back {customers}", "挽回 {customers}"),
    "check_stock": ("Ask {customers} about stock", "核实 {customers}的库存"),
    "keep_new": ("Secure {customers} newly in A", "稳住新晋 A 类的 {customers}"),
    "stop_loss": ("Change the terms of {customers}", "调整 {customers}的条件"),
    "close_gap": ("Grow with {customers}", "与 {customers}共同做大本品牌"),
}
_BETTER = {  # one, more, Chinese
    "win_back": ("buys more than then", "buy more than then", "进货多于当时"),
    "check_stock": ("sold on", "sold on", "已动销"),
    "keep_new": ("is in A", "are in A", "仍为 A 类"),
    "stop_loss": ("costs us nothing any more", "cost us nothing any more", "已不亏钱"),
    "close_gap": ("gives our brand a larger share", "give our brand a larger share", "本品牌占比上升"),
}
_NOT_BETTER = {
    "win_back": ("buys no more than then", "buy no more than then", "进货未增加"),
    "check_stock": ("still shows signs of stock", "still show signs of stock", "仍有未动销迹象"),
    "keep_new": ("is in A no more", "are in A no more", "已不是 A 类"),
    "stop_loss": ("still costs us money", "still cost us money", "仍在亏钱"),
    "close_gap": ("gives our brand no larger share", "give our brand no larger share", "本品牌占比未上升"),
}
_COMMON = {
    "left_us": ("is no customer any more", "are no customers any more", "已不再是客户"),
    "not_known": ("cannot be told", "cannot be told", "无从判断"),
}


def since_report(before, concerned, totals, quarter, *, lang, size_is="payments", currency="CNY"):
    """What changed since the report before, for Markdown: size as it was reported then and now, and what is new on the list of what to do.

    before: `actions.Earlier` or None; concerned: `actions.concerned` of now; totals: result table `abc_totals` of now.
    """
    if before is None:
        return either(
            lang,
            "No earlier report of these customers to compare with.",
            "没有这些客户此前的报告可对照。",
        )
    then = before.totals.set_index("quarter")[size_is].get(before.quarter)
    now = totals.set_index("quarter")[size_is].get(quarter)
    return join(
        [_size(before.quarter, then, now, lang, size_is, currency), _list(before.concerned, concerned, lang)], lang
    )


def followed_texts(summary, *, lang, currency="CNY"):
    """What became of each action that the report before named, one text each, in its order.

    summary: result table `actions_followed`.
    """
    return [_followed(row, lang, currency) for row in summary.to_dict("records")]


def followed_limits(summary, unused, *, lang):
    """What the outcomes do not say. summary: result table `actions_followed`; unused: `actions.unused`."""
    nothing = (summary["not_recorded"] == summary["customers"]).all()
    told = either(
        lang,
        "The figures show what became of these customers, not why: better after it was done is no proof that it helped.",
        "数字只反映这些客户后来的变化，不说明原因：落实之后好转，并不证明是落实的效果。",
    )
    missing = either(
        lang,
        "Nothing is recorded of what was done: people write that into `done.csv`.",
        "尚无落实情况的记录：由业务人员写入 `done.csv`。",
    )
    lines = ", ".join(map(str, unused))
    strange = either(
        lang,
        f"**`done.csv`, line {lines}: that report named no such customer under that action.**",
        f"**`done.csv` 第 {lines} 行：上次报告的该项行动中没有这家客户。**",
    )
    return join([told, strange if unused else missing if nothing else ""], lang)


def _size(since, then, now, lang, size_is, currency):
    if then is None or now is None or not then > 0:
        return either(lang, f"The report before is that of {since}.", f"上一份报告为 {since}。")
    what, before, after = measured_by("size", lang, size_is), money(then, lang, currency), money(now, lang, currency)
    return either(
        lang,
        f"Since the report of {since}, {what} went from {before} to {after} ({_change(now, then, lang)}).",
        f"与 {since} 的报告相比，{what}由 {before}变为 {after}（{_change(now, then, lang)}）。",
    )


def _change(now, then, lang):
    share = now / then - 1
    return f"{'−' if share < 0 else '+'}{percent(abs(share), lang)}" if share else "±0"


def _list(before, now, lang):
    """How many customers are new on the list, stood on it already, and are off it: each customer and action counts once."""
    then, today = ({(row.action, row.customer_id) for row in rows.itertuples()} for rows in (before, now))
    new, still, off = len(today - then), len(today & then), len(then - today)
    return either(
        lang,
        f"Of {len(today):,} things to do with a customer {new:,} are new and {still:,} stood in that report already; {off:,} of its own are off the list.",
        f"需对客户采取的 {len(today):,} 项行动中，{new:,} 项为新增，{still:,} 项上次已列出；上次所列的 {off:,} 项不再列出。",
    )


def _followed(row, lang, currency):
    action, amount = row["action"], money(row["amount"], lang, currency)
    head = either(lang, *_HEADS[action]).format(customers=count(row["customers"], "customer", lang))
    forms = {"better": _BETTER[action], "not_better": _NOT_BETTER[action]} | _COMMON
    parts = [_part(row[outcome], form, lang) for outcome, form in forms.items() if row[outcome]]
    told = either(lang, f"{head} ({amount}): {listed(parts, 'en')}.", f"{head}（{amount}）：{'，'.join(parts)}。")
    return join([told, _done(row, lang)], lang)


def _done(row, lang):
    """For how many it was done or not, and with how many of these the figure is better; "" where nothing is recorded."""
    if not row["done"] + row["not_done"]:
        return ""
    forms = {
        "done": ("done for {n:,}, of whom {better:,} better", "已落实 {n:,} 家，其中 {better:,} 家好转"),
        "not_done": ("not done for {n:,}, of whom {better:,} better", "未落实 {n:,} 家，其中 {better:,} 家好转"),
        "not_recorded": ("not recorded for {n:,}", "未记录 {n:,} 家"),
    }
    parts = [
        either(lang, *form).format(n=row[told], better=row.get(f"{told}_better"))
        for told, form in forms.items()
        if row[told]
    ]
    return either(lang, f"Recorded: {'; '.join(parts)}.", f"记录：{'；'.join(parts)}。")


def _part(number, forms, lang):
    one, more, chinese = forms
    return either(lang, f"{number:,} {one if number == 1 else more}", f"{number:,} 家{chinese}")
