"""How steady customers buy, how sure their classes are, who is near the next one, which moves are real. For Markdown."""

from custlib.abc_classes.stability import FEWEST_MONTHS, SURE, X_LIMIT, Y_LIMIT
from custlib.wording.classes import measured_by
from custlib.wording.forms import count, either, join, listed, money, percent, plain

_NAMED = 3
_SILENT = 2  # whole months without an order


def stability_reading(customers, *, lang):
    """How many customers buy steadily, how many of them in A, and who in A has stopped ordering.

    customers: result table `abc_customers`.
    """
    of = customers["xyz"].value_counts()
    x, y, z, short = (int(of.get(letter, 0)) for letter in ("X", "Y", "Z", "short"))
    ours = customers[customers["joint_class"] == "A"]
    steady, silent = int((ours["xyz"] == "X").sum()), int((ours["since_order"] >= _SILENT).sum())
    what = count(x + y + z + short, "customer", lang)
    spread = either(
        lang,
        f"Of {what}, by their net sales from month to month, {x:,} {_are(x)} steady (X: the deviation is up to "
        f"{percent(X_LIMIT, lang)} of the mean), {y:,} {'varies' if y == 1 else 'vary'} (Y: up to {percent(Y_LIMIT, lang)}), {z:,} "
        f"{_are(z)} irregular (Z), and {short:,} {'has' if short == 1 else 'have'} bought for fewer than {FEWEST_MONTHS} months.",
        f"按月销售净额看，{what}中 {x:,} 家平稳（X：标准差不超过均值的 {percent(X_LIMIT, lang)}），{y:,} 家有波动（Y：不超过 "
        f"{percent(Y_LIMIT, lang)}），{z:,} 家不规则（Z），{short:,} 家首单至今不足 {FEWEST_MONTHS} 个月。",
    )
    limits = either(
        lang, "The limits are conventional, and season counts as variation.", "界限是惯用值；季节性也计入波动。"
    )
    few = either(
        lang,
        f"Of {len(ours):,} in A {steady:,} {_are(steady)} steady.",
        f"{len(ours):,} 家 A 类客户中 {steady:,} 家平稳。",
    )
    stopped = either(
        lang,
        f"{silent:,} in A {'has' if silent == 1 else 'have'} not ordered for {_SILENT} months or more.",
        f"有 {silent:,} 家 A 类客户已有 {_SILENT} 个月及以上没有下单。",
    )
    return join([spread, few if len(ours) else "", stopped if silent else "", limits], lang)


def sure_reading(customers, *, lang):
    """How many of the A customers are sure to be A, and who is least. customers: result table `abc_customers`."""
    ours = customers[(customers["joint_class"] == "A") & customers["how_sure"].notna()]
    if ours.empty:
        return either(lang, "No customer is A.", "没有 A 类客户。")
    sure, least = int((ours["how_sure"] >= SURE).sum()), ours.loc[ours["how_sure"].idxmin()]
    near, share = len(ours) - sure, percent(least["how_sure"], lang)
    found = either(
        lang,
        f"Of {count(len(ours), 'customer', lang)} in A, {sure:,} {_are(sure)} sure: {'it stays' if sure == 1 else 'they stay'} A in at least "
        f"{percent(SURE, lang)} of the resamples.",
        f"{len(ours):,} 家 A 类客户中，{sure:,} 家把握较大：在至少 {percent(SURE, lang)} 的重抽样中仍为 A 类。",
    )
    rest = either(
        lang,
        f"{near:,} {_are(near)} near a limit, least sure {plain(least['name'])} (A in {share}).",
        f"{near:,} 家临近界限，其中把握最小的是{plain(least['name'])}（{share} 为 A 类）。",
    )
    meaning = either(
        lang,
        "A resample draws the quarter's invoices and payments anew; the share tells how much of a class hangs on single documents. "
        "It is no probability, and says nothing about the next quarter.",
        "重抽样是把本季的发票和回款重新抽取一遍；这个比例说明类别在多大程度上取决于个别单据，不是概率，也不预测下一季度。",
    )
    return join([found, rest if near else "", meaning], lang)


def next_reading(customers, *, lang, size_is="payments", currency="CNY"):
    """Who is nearest to the next better class, and how much more it takes.

    customers: result table `abc_customers`; size_is: "payments" or "net_sales".
    """
    below = customers[customers["joint_class"].isin(["B", "C"])]
    nearest = below.dropna(subset="to_next").sort_values(["to_next", "name"])
    what = measured_by("size", lang, size_is)
    if nearest.empty:
        return either(
            lang,
            f"No customer would reach a better class by more {what} alone.",
            f"没有客户仅靠增加{what}就能升类。",
        )
    named = [_step(row, lang, currency) for row in nearest.head(_NAMED).itertuples()]
    n = len(nearest)
    return either(
        lang,
        f"{n:,} of {count(len(below), 'customer', lang)} in B and C would reach the next better class by more {what} alone, all others "
        f"as they are. Nearest: {listed(named, lang)}.",
        f"{len(below):,} 家 B、C 类客户中，{n:,} 家在其他客户不变的情况下仅靠增加{what}即可升入上一类。差距最小的是{listed(named, lang)}。",
    )


def moves_reading(moves, *, lang):
    """How many of the moves between classes are real. moves: result table `abc_moves`."""
    judged = moves[moves["move"].isin(["real", "at_threshold"])]
    if judged.empty:
        return either(lang, "No customer moved between A, B and C.", "没有客户在 A、B、C 之间变动。")
    real = judged[judged["move"] == "real"]
    rose = int((real["to_class"].astype("str") < real["from_class"].astype("str")).sum())
    fell, near = len(real) - rose, len(judged) - len(real)
    sure = percent(SURE, lang)
    return either(
        lang,
        f"Of {len(judged):,} {'move' if len(judged) == 1 else 'moves'} between A, B and C, {len(real):,} {_are(len(real))} real "
        f"({rose:,} up, {fell:,} down): the customer stands in its new class or beyond it in at least {sure} of the resamples. "
        f"{near:,} {'lies' if near == 1 else 'lie'} at the threshold and may turn with a few documents.",
        f"A、B、C 之间的 {len(judged):,} 次变动中，{len(real):,} 次为实质变动（升 {rose:,}，降 {fell:,}）：在至少 {sure} 的重抽样中，"
        f"客户处于新类别或同方向更远的类别。{near:,} 次处于临界，几张单据就可能改变结果。",
    )


def _are(number):
    return "is" if number == 1 else "are"


def _step(row, lang, currency):
    to, more = {"B": "A", "C": "B"}[row.joint_class], money(row.to_next, lang, currency)
    return either(
        lang,
        f"{plain(row.name)} ({row.joint_class} to {to}, {more} more)",
        f"{plain(row.name)}（{row.joint_class} 升 {to}，还差 {more}）",
    )
