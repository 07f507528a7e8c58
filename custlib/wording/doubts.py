"""What looks odd in the quarter, and the rule by which it does. For Markdown."""

from custlib import anomalies, glossary
from custlib.wording.forms import count, either, join, listed, plain

_NAMED = 3


def odd_rule(*, lang):
    """By which rule something counts as odd, with its numbers."""
    wider, unit = f"{anomalies.WIDER:g}", f"{anomalies.UNIT:,}"
    return either(
        lang,
        f"A change from the quarter before is odd when it goes beyond {wider} times the largest, or below the smallest divided by {wider}, of"
        f" the earlier changes from quarter to quarter; with fewer than {anomalies.FEWEST} of them, beyond {anomalies.PLAIN:g} times or"
        f" below 1/{anomalies.PLAIN:g}. A mean {unit} times larger or smaller points to another unit. Odd is a question, not an error.",
        f"与上季相比的变化，若大于以往季度间最大变化的 {wider} 倍，或小于最小变化除以 {wider}，即为异常；以往变化不足 {anomalies.FEWEST} 次时，"
        f"以 {anomalies.PLAIN:g} 倍和 1/{anomalies.PLAIN:g} 为界。平均值相差 {unit} 倍以上时，疑似单位不同。异常只是疑问，不等于错误。",
    )


def odd(moves, doubts, fresh, *, lang):
    """What is odd: measures that moved too far, files in another unit, values never seen.

    moves, doubts, fresh: result tables `movements`, `unit_doubts`, `new_values`.
    """
    return join([_moved(moves, lang), _units(doubts, lang), _fresh(fresh, lang)], lang)


def movement_labels(moves, *, lang):
    """A name for each row of result table `movements`: "sales: net amount, sum", in their order."""
    return [_label(row, lang) for row in moves.itertuples()]


def movements_alt(table, *, lang):
    """table: label, ratio, low, high, odd, one row per measure."""
    parts = [
        either(
            lang,
            f"{row.label} {_times(row.ratio)} (usual {_times(row.low)} to {_times(row.high)}){', odd' if row.odd else ''}",
            f"{row.label} {_times(row.ratio)} 倍（通常 {_times(row.low)} 至 {_times(row.high)}）{'，异常' if row.odd else ''}",
        )
        for row in table.itertuples()
    ]
    return either(
        lang,
        f"This quarter as a multiple of the quarter before, each with its usual range: {'; '.join(parts)}.",
        f"本季与上季之比及其通常范围：{'；'.join(parts)}。",
    )


def _moved(moves, lang):
    judged, strange = moves["ratio"].notna().sum(), moves[moves["odd"] != ""]
    if not judged:
        return either(lang, "There is no quarter before to compare with.", "没有可以对照的上一季度。")
    if strange.empty:
        return either(
            lang,
            f"Of {judged:,} measures none moved out of its usual range.",
            f"{judged:,} 项度量的变化都在通常范围内。",
        )
    named = [_strange(row, lang) for row in strange.head(_NAMED).itertuples()]
    if (more := len(strange) - _NAMED) > 0:
        named.append(either(lang, f"{more:,} more", f"另外 {more:,} 项"))
    return either(
        lang,
        f"**Of {judged:,} measures {len(strange):,} moved out of {'its' if len(strange) == 1 else 'their'} usual range:** {listed(named, lang)}.",
        f"**{judged:,} 项度量中有 {len(strange):,} 项超出通常范围**：{listed(named, lang)}。",
    )


def _strange(row, lang):
    label, why = _label(row, lang), glossary.term(row.odd, lang)
    if not row.ratio:
        return either(lang, f"{label} ({why})", f"{label}（{why}）")
    return either(
        lang,
        f"{label} ({_times(row.ratio)} times the quarter before: {why})",
        f"{label}（为上季的 {_times(row.ratio)} 倍：{why}）",
    )


def _units(doubts, lang):
    if doubts.empty:
        return ""
    files = [plain(file) for file in doubts["file"].drop_duplicates()]
    more = either(lang, " and others", "等") if len(files) > _NAMED else ""
    named = listed(files[:_NAMED], lang) + more
    return either(
        lang,
        f"**Amounts that look like another unit** stand in {count(len(files), 'file', lang)}: {named}.",
        f"**{count(len(files), 'file', lang)}的金额疑似单位不同**：{named}。",
    )


def _fresh(fresh, lang):
    if fresh.empty:
        return either(lang, "No category is new.", "没有新出现的类别取值。")
    named = [_value(row, lang) for row in fresh.head(_NAMED).itertuples()]
    more = "" if len(fresh) <= _NAMED else either(lang, ", and more", "等")
    return either(
        lang,
        f"Never seen before: {listed(named, lang)}{more}.",
        f"从未出现过的取值：{listed(named, lang)}{more}。",
    )


def _value(row, lang):
    where, value = glossary.term(row.column, lang), plain(row.value)
    near = plain(row.nearest) if row.nearest else ""
    known = either(lang, f" (near to “{near}”)", f"（接近“{near}”）") if near else ""
    return either(lang, f"{where} “{value}”{known}", f"{where}“{value}”{known}")


def _label(row, lang):
    table = glossary.term(row.table, lang)
    if not row.column:
        return either(lang, f"{table}: rows", f"{table}：行数")
    column, measure = glossary.term(row.column, lang), {"sum": ("sum", "合计"), "mean": ("mean", "均值")}[row.measure]
    return either(lang, f"{table}: {column}, {measure[0]}", f"{table}：{column}{measure[1]}")


def _times(ratio):
    return f"{ratio:,.0f}" if ratio >= 100 else f"{ratio:.2f}"
