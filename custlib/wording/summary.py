"""What notebook 90 says on the front page: one conclusion, what to do first, and where the data end."""

from custlib import quarters
from custlib.wording.classes import measured_by
from custlib.wording.forms import count, either, join, listed, money, percent

_NAMED = 3  # how many customers an action names


def conclusion(totals, summary, quarter, *, lang, size_is="payments", currency="CNY"):
    """The quarter in one sentence, for Markdown.

    totals: result table `abc_totals`, with the quarter before if there is one; summary: `abc_summary`, with the rows of the
    joint class; size_is: "payments" or "net_sales".
    """
    by_quarter = totals.set_index("quarter")
    now = by_quarter.loc[quarter]
    before = by_quarter[size_is].get(str(quarters.parse(quarter).previous()))
    what = measured_by("size", lang, size_is)
    amount = money(now[size_is], lang, currency)
    came = either(
        lang,
        f"In {quarter}, {what} came to {amount} from {count(int(now['customers']), 'customer', lang)}",
        f"{_season(quarter, lang)}{what} {amount}，来自 {count(int(now['customers']), 'customer', lang)}",
    )
    parts = [came + _change(now[size_is], before, lang) + _of_which_a(summary, quarter, now[size_is], lang)]
    apart = [_nameless(now["without_customer_share"], lang), _fees(now.get("fees", 0), lang, currency)]
    return join([*parts, *apart], lang)


def action_texts(concerned, *, lang, currency="CNY"):
    """What to do, one text per action, most urgent first, with whom to start. Names are not escaped: blocks do that.

    concerned: the customers of `actions.concerned`.
    """
    texts = [_action(action, rows, lang, currency) for action, rows in concerned.groupby("action", sort=False)]
    return texts or [
        either(
            lang,
            "Keep on: the figures name no customer to win back, to secure or to grow with.",
            "保持现状：从现有数据看，没有需要挽回、稳住或共同做大的客户。",
        )
    ]


def unfinished_note(quarter, data_from, data_until, *, lang, gaps=""):
    """That a quarter is not whole, and why: the data begin late or end early, or months are missing; else an empty text.

    data_from, data_until: `datetime.date`; gaps: as in result table `data_facts`.
    """
    whys = []
    if data_from > quarters.parse(quarter).first_day:
        whys.append(either(lang, f"data begin {data_from}", f"数据始于 {data_from}"))
    if data_until < quarters.parse(quarter).last_day:
        whys.append(either(lang, f"data end {data_until}", f"数据截至 {data_until}"))
    if gaps:
        whys.append(either(lang, f"no row of {gaps}", f"没有 {gaps} 的记录"))
    if not whys:
        return ""
    why = either(lang, " and ", "，").join(whys)
    return either(
        lang,
        f"**{quarter} is not complete: {why}.** Its figures will change, and a comparison with a whole quarter misleads.",
        f"**{_season(quarter, lang)}尚不完整：{why}**。数字还会变化，与完整季度比较会产生误导。",
    )


def _season(quarter, lang):
    season = quarters.parse(quarter)
    return either(lang, str(season), f"{season.year} 年第{'一二三四'[season.number - 1]}季度")


def _change(now, before, lang):
    if before is None or not before > 0:
        return ""
    change = now / before - 1
    if abs(change) < 0.005:
        return either(lang, ", level with the quarter before", "，与上季持平")
    size = percent(abs(change), lang)
    en = f", {size} {'more' if change > 0 else 'less'} than the quarter before"
    return either(lang, en, f"，比上季{'增长' if change > 0 else '下降'} {size}")


def _of_which_a(summary, quarter, whole, lang):
    joint = summary[(summary["quarter"] == quarter) & (summary["indicator"] == "joint") & (summary["class"] == "A")]
    if joint.empty or not whole > 0:
        return either(lang, ".", "。")
    customers, share = int(joint["customers"].iloc[0]), percent(joint["value"].iloc[0] / whole, lang)
    return either(
        lang,
        f"; {customers:,} A {'customer' if customers == 1 else 'customers'} brought {share} of it.",
        f"；{customers:,} 家 A 类客户贡献了其中的 {share}。",
    )


def _fees(amount, lang, currency):
    if not amount:
        return ""
    fees = money(amount, lang, currency)
    return either(
        lang,
        f"Net sales hold {fees} of fees, such as postage, which are no customer's.",
        f"销售净额中含邮费等费用 {fees}，不计入任何客户。",
    )


def _nameless(share, lang):
    if not share > 0:
        return ""
    size = percent(share, lang)
    return either(
        lang,
        f"Sales without a customer id, {size} of net sales, are in no class.",
        f"没有客户编码的销售（占销售净额的 {size}）未参与分类。",
    )


def _action(action, rows, lang, currency):
    one, customers = len(rows) == 1, count(len(rows), "customer", lang)
    total = money(rows["amount"].sum(), lang, currency)
    en = {
        "win_back": f"Win back {customers} that {'was' if one else 'were'} A a quarter ago and shrank or left: {total} lost.",
        "check_stock": f"Ask {customers} about stock before delivering more: {total} paid, and signs that it was not sold on.",
        "keep_new": f"Secure {customers} newly in A, worth {total} this quarter.",
        "stop_loss": f"Change the terms of {customers} that {'costs' if one else 'cost'} us {total} of gross profit.",
        "close_gap": f"Grow with {customers} of size A that {'earns' if one else 'earn'} {total} with other brands.",
    }
    zh = {
        "win_back": f"挽回上季为 A 类、本季萎缩或流失的 {customers}：共减少 {total}。",
        "check_stock": f"再发货前先核实 {customers}的库存：已回款 {total}，但有未动销迹象。",
        "keep_new": f"稳住新晋 A 类的 {customers}：本季共 {total}。",
        "stop_loss": f"调整 {customers}的条件：本季毛利亏损 {total}。",
        "close_gap": f"与规模为 A 类、但靠其他品牌获利 {total}的 {customers}共同做大本品牌。",
    }
    first = listed([_who(row, lang, currency) for row in rows.head(_NAMED).itertuples()], lang)
    return join([either(lang, en, zh)[action], either(lang, f"Start with {first}.", f"先从{first}着手。")], lang)


def _who(row, lang, currency):
    notes = [money(row.amount, lang, currency)] + ([row.account_manager] if row.account_manager else [])
    return either(lang, f"{row.name} ({', '.join(notes)})", f"{row.name}（{'，'.join(notes)}）")
