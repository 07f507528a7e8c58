"""What notebook 20 found of customers that leave: who fell silent, and why those who left did. For Markdown."""

from custlib.channels.churn import FEWEST_DAYS, UNLIKELY
from custlib.wording.forms import count, either, join, listed, named, percent, plain

FEW_LOSSES = 30  # below it, one loss more or less moves a share by several points


def silent_reading(silent, *, lang):
    """Who fell silent, and what people reported of it. silent: result table `abc_silent`."""
    n, reported = (int(silent["told"].isin(keys).sum()) for keys in (_SILENT, ["silent_and_reported"]))
    found = _fell_silent(n, reported, lang)
    ask = named(silent[silent["told"] == "silent_only"], "Not reported, ask first", "未登记，先去询问", lang)
    back = ("Reported as lost, yet not silent by their rhythm", "已登记流失，但按节奏并未沉默")
    limits = either(
        lang,
        f"Customers with fewer than {FEWEST_DAYS} days of orders have no rhythm yet. Of a hundred that go on as before about one is "
        "called silent by chance, more of those who order by season.",
        f"订货不足 {FEWEST_DAYS} 天的客户还谈不上节奏。照常订货的客户中，每百家约有一家会偶然被判为沉默；按季节订货的客户更多。",
    )
    return join([found, ask, named(silent[silent["told"] == "reported_only"], *back, lang), limits], lang)


def loss_reading(found, reasons, *, lang):
    """Why customers left, beside the reference.

    found: result table `abc_loss_reasons`; reasons: `reference.table("churn_reference.csv")`, for the names.
    """
    total = int(found["customers"].sum())
    if not total:
        return either(lang, "No loss is reported, so there is no reason to compare.", "没有登记的流失，无从比较原因。")
    names = dict(zip(reasons["reason"], reasons[lang], strict=True))
    few = either(
        lang, "With so few losses the order of the reasons is not certain.", "流失数量少，原因的排序并不可靠。"
    )
    told = [_first_reason(found, total, names, lang), _beside_reference(found, names, lang), _others(found, lang)]
    return join([*told, few if total < FEW_LOSSES else ""], lang)


_SILENT = ["silent_and_reported", "silent_only"]


def _fell_silent(n, reported, lang):
    if not n:
        return either(
            lang,
            "No customer has been silent for longer than its own rhythm of ordering explains.",
            "没有客户的沉默超出其自身订货节奏。",
        )
    chance, whose = percent(UNLIKELY, lang), "its" if n == 1 else "their"
    return either(
        lang,
        f"{count(n, 'customer', lang)} {'has' if n == 1 else 'have'} been silent for so long that {whose} own rhythm of ordering explains "
        f"it in less than {chance} of cases; {reported:,} of them {'is' if reported == 1 else 'are'} reported as lost.",
        f"{count(n, 'customer', lang)}的沉默时间，按其自身订货节奏出现的机会不到 {chance}；其中 {reported:,} 家已登记为流失。",
    )


def _first_reason(found, total, names, lang):
    first = found.loc[found["customers"].idxmax()]
    n, reason = int(first["customers"]), plain(names.get(first["reason"], first["reason"]))
    share, low, high = (percent(first[name], lang) for name in ("share", "share_low", "share_high"))
    return either(
        lang,
        f"Of {total:,} reported {'loss' if total == 1 else 'losses'}, {n:,} {'gives' if n == 1 else 'give'} as reason: {reason} "
        f"({share}; {low} to {high} by the 95 % interval).",
        f"登记的 {total:,} 家流失中，{n:,} 家的原因是“{reason}”（{share}；95% 区间 {low} 到 {high}）。",
    )


def _beside_reference(found, names, lang):
    apart = found[found["reference_fits"].eq(False)]
    parts = [
        f"{plain(names[row.reason])} ({percent(row.share, lang)}, {percent(row.reference_share, lang)})"
        for row in apart.itertuples()
    ]
    if not parts:
        return either(lang, "None of the shares contradicts the reference.", "各原因占比与参考值没有矛盾。")
    return either(
        lang,
        f"The reference lies outside the interval of (ours, reference): {listed(parts, lang)}.",
        f"参考值落在区间之外的有（我方，参考）：{listed(parts, lang)}。",
    )


def _others(found, lang):
    others = [plain(text) for text in found.loc[found["reference_share"].isna(), "reason"]]
    if not others:
        return ""
    return either(
        lang,
        f"Not in churn\\_reference.csv; where they mean the same, add them to its words: {listed(others, lang)}.",
        f"churn\\_reference.csv 中没有；如意思相同，请加入其 words 列：{listed(others, lang)}。",
    )
