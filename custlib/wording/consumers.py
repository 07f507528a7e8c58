"""Sentences on which consumers are known well enough to stand in a segment."""

from custlib.segments import FEWEST_PURCHASES
from custlib.wording.forms import either, join, percent
from custlib.wording.segments import feature_name, feature_value


def known_reading(known, *, lang):
    """How many consumers bought often enough to be described, and what the others paid. known: result table `seg_known`."""
    rows = known.set_index("kept")
    total, described, few = (int(number) for number in (rows["consumers"].sum(), *rows["consumers"]))
    if not total:
        return either(
            lang, "The exports hold no purchases of consumers in the year.", "导出文件中没有该年度的消费者购买记录。"
        )
    share = rows["money_share"].iloc[0]
    bought = either(
        lang,
        f"Of {total:,} consumers who bought in the four quarters, {described:,} ({percent(described / total, lang)}) bought at least "
        f"{FEWEST_PURCHASES} times and can be described",
        f"四个季度内有购买的 {total:,} 位消费者中，{described:,} 位（{percent(described / total, lang)}）至少购买 {FEWEST_PURCHASES} 次，"
        "可以描述",
    )
    paid = (
        either(lang, f"; they paid {percent(share, lang)} of the whole", f"；其消费占全部的 {percent(share, lang)}")
        if share == share
        else ""
    )
    first = bought + paid + either(lang, ".", "。")
    apart = either(
        lang,
        f"The other {few:,} bought too little to say what they are like: they stand in no segment, and are counted apart.",
        f"其余 {few:,} 位购买过少，无法判断特点：不归入任何细分，单独计数。",
    )
    return join([first, apart if few else ""], lang)


def profile_shown(profile, names, *, lang, words=None, currency="CNY"):
    """A profile as it is drawn: `name`, `feature` and `shown`, its value, in words. profile: result table `seg_profile`."""
    features = [feature_name(feature, words, lang=lang) for feature in profile["feature"]]
    values = zip(profile["feature"], profile["value"], strict=True)
    shown = [feature_value(feature, value, lang=lang, currency=currency) for feature, value in values]
    short = [text.replace(percent(0.001, lang), "<" + percent(0.01, lang)) for text in shown]
    return profile.assign(name=profile["identity"].map(names), feature=features, shown=short)
