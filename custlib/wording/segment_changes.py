"""What became of the segments of the quarter before, and of the consumers in them: sentences for Markdown."""

from custlib.wording.forms import count, either, join, listed, percent, plain

_EVENTS = ("survived", "split", "merged", "appeared", "disappeared")


def events_reading(events, names=None, *, lang):
    """What became of the segments of a quarter. events: rows of `seg_events` of one quarter: identity, event, from, overlap; names:
    identity → name as shown.
    """
    if events.empty:
        return either(lang, "There are no segments before to compare with.", "没有以前的细分可供比较。")
    kinds = {event: rows for event, rows in events.groupby("event", sort=False)}
    names = {} if names is None else dict(names)
    if set(kinds) == {"survived"}:
        n = len(events)
        return either(
            lang,
            f"{'The segment' if n == 1 else f'All {n} segments'} of the quarter before {'is' if n == 1 else 'are'} still there.",
            f"上季的 {n} 个细分全部延续。",
        )
    parts = [_event(event, kinds[event], names, lang) for event in _EVENTS if event in kinds]
    return join(parts, lang)


def flow_reading(flow, *, lang):
    """How many consumers changed segment, and whether they changed or the segments moved.

    flow: result table `seg_flow`: from, to, consumers, moved ("consumer_changed", "segment_moved", "" for those who stayed, came or
    left). Suppressed counts are left out and told.
    """
    known = flow.dropna(subset="consumers")
    counted = known.groupby(known["moved"].fillna(""))["consumers"].sum()
    consumer, segment = (int(counted.get(kind, 0)) for kind in ("consumer_changed", "segment_moved"))
    stayed = int(known[known["from"] == known["to"]]["consumers"].sum())
    changed, all_ = consumer + segment, consumer + segment + stayed
    if not all_:
        return either(lang, "No consumer has a segment in both quarters.", "没有消费者在两季都有细分。")
    what = either(
        lang,
        f"Of {count(all_, 'consumer', lang)} with a segment in both quarters, {changed:,} changed segment ({percent(changed / all_, lang)}).",
        f"两季都有细分的 {count(all_, 'consumer', lang)}中，{changed:,} 位换了细分（{percent(changed / all_, lang)}）。",
    )
    why = either(
        lang,
        f"{count(consumer, 'consumer', lang)} changed {'its' if consumer == 1 else 'their'} own buying; "
        f"for {segment:,} the segments moved while they bought as before.",
        f"其中 {consumer:,} 位是消费者自身购买变了，{segment:,} 位是细分移动而其购买未变。",
    )
    hidden = int(flow["consumers"].isna().sum())
    few = either(
        lang,
        f"{hidden:,} {'flow' if hidden == 1 else 'flows'} of too few consumers {'is' if hidden == 1 else 'are'} not shown.",
        f"{hidden:,} 条人数过少的流向未列出。",
    )
    return join([what, why if changed else "", few if hidden else ""], lang)


def _event(event, rows, names, lang):
    own = listed([plain(names.get(one, one)) for one in dict.fromkeys(rows["identity"])], lang)
    number = rows["identity"].nunique()
    if event == "survived":
        are = "segment is" if number == 1 else "segments are"
        return either(lang, f"{number} {are} still there.", f"{number} 个细分延续。")
    if event in ("split", "merged"):
        return join([_split_or_merged(event, *pair, names, lang) for pair in _pairs(event, rows)], lang)
    en, zh = {"appeared": ("New", "新出现"), "disappeared": ("Gone", "消失")}[event]
    return either(lang, f"{en}: {own}.", f"{zh}：{own}。")


def _pairs(event, rows):
    """What came from what: of a split (the one before, those now), of a merger (those before, the one now)."""
    whole, parts = ("from", "identity") if event == "split" else ("identity", "from")
    for one, group in rows.groupby(whole, sort=False):
        yield one, list(group[parts])


def _split_or_merged(event, whole, parts, names, lang):
    whole = plain(names.get(whole, whole))
    parts = listed([plain(names.get(one, one)) for one in parts], lang)
    if event == "split":
        return either(lang, f"{whole} split into {parts}.", f"{whole}分裂为{parts}。")
    return either(lang, f"{parts} merged into {whole}.", f"{parts}合并为{whole}。")
