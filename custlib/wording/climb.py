"""The climb in sentences: what begins next, what is asked of headquarters, where the scores stand beside the path. For Markdown."""

from custlib import glossary
from custlib.wording.forms import either, join

_REQUESTS = 3


def climb_reading(plan, factors, *, lang):
    """What to raise first, from where to where, and what to ask headquarters for.

    plan: result table `climb_plan`; factors: factor → name.
    """
    first = plan.drop_duplicates("factor")
    if (first["kind"] == "unknown").all():
        return either(lang, "No factor has both a weight and a score yet.", "目前没有既有权重又有评分的因素。")
    parts = [_begins(plan, first, factors, lang), _under_way(first, factors, lang), _requests(first, factors, lang)]
    unknown = _names(first[first["kind"] == "unknown"], factors)
    if unknown:
        told = _told(unknown, lang)
        parts.append(either(lang, f"No weight or no score yet: {told}.", f"尚无权重或评分：{told}。"))
    if not any(parts):
        return either(lang, "No factor has a gap to its goal.", "没有因素与目标有差距。")
    limits = either(
        lang,
        "The order is weight × gap × zone: an order of work, not a promise of profit.",
        "顺序为权重 × 差距 × 区域系数：这是工作的先后，不是对获利的承诺。",
    )
    return join([*parts, limits], lang)


def progress_reading(progress, factors, *, lang):
    """Where each factor stands beside the path that the report of the quarter before set. progress: result table `climb_progress`."""
    if progress.empty:
        return either(lang, "No earlier report set a target for this quarter.", "此前的报告没有为本季设定目标。")
    states = progress["state"].value_counts()
    told = [
        f"{glossary.term(state, lang)} {states[state]}"
        for state in ("on_path", "ahead", "behind", "not_scored")
        if state in states
    ]
    of = len(progress)
    start = either(
        lang,
        f"Of {of} {'factor' if of == 1 else 'factors'} with a target for this quarter: {', '.join(told)}.",
        f"本季有目标的 {of} 个因素：{'、'.join(told)}。",
    )
    return join([start, *(_beside(row, factors, lang) for row in progress.itertuples(index=False))], lang)


def _beside(row, factors, lang):
    name, state, why = (
        factors.get(row.factor, row.factor),
        glossary.term(row.state, lang),
        glossary.term(row.because, lang),
    )
    if row.state == "not_scored":
        return either(lang, f"{name}: {why}.", f"{name}：{why}。")
    figures = either(
        lang,
        f"{row.actual_score:.2f} against a target of {row.target_score:.2f}, from {row.present_score:.2f}",
        f"实际 {row.actual_score:.2f}，目标 {row.target_score:.2f}，起点 {row.present_score:.2f}",
    )
    return either(lang, f"{name}: {state} – {why} ({figures}).", f"{name}：{state}——{why}（{figures}）。")


def _begins(plan, first, factors, lang):
    own = first[(first["kind"] == "climb") & (first["stage"] == 1)]
    if own.empty:
        return ""
    last = plan.dropna(subset="due").groupby("factor")["due"].max()
    told = [
        either(
            lang,
            f"{factors[row.factor]} from {row.present_score:.2f} to {row.goal:.2f} by {last[row.factor]}",
            f"{factors[row.factor]}从 {row.present_score:.2f} 到 {row.goal:.2f}（至 {last[row.factor]}）",
        )
        for row in own.itertuples(index=False)
    ]
    quarter = own["begins"].iloc[0]
    return either(lang, f"Begin in {quarter}: {_told(told, lang)}.", f"{quarter} 开始：{_told(told, lang)}。")


def _under_way(first, factors, lang):
    names = _names(first[first["kind"] == "under_way"], factors)
    return either(lang, f"Under way: {_told(names, lang)}.", f"进行中：{_told(names, lang)}。") if names else ""


def _requests(first, factors, lang):
    names = _names(first[first["kind"] == "request"], factors)
    if not names:
        return ""
    told, more = _told(names[:_REQUESTS], lang), len(names) - _REQUESTS
    rest = either(lang, f"; and {more} more", f"等 {len(names)} 项") if more > 0 else ""
    return either(lang, f"To ask of headquarters: {told}{rest}.", f"向总部请求：{told}{rest}。")


def _names(rows, factors):
    return [factors.get(factor, factor) for factor in rows["factor"]]


def _told(names, lang):
    """Names as a list; some hold a comma of their own."""
    return either(lang, "; ", "、").join(names)
