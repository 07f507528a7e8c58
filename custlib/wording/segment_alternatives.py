"""Text alternatives of the figures of segments: what a reader would see in them. Each takes the table that the figure draws."""

from custlib.segments.evidence import LEAST_JACCARD, LEAST_STRENGTH
from custlib.segments.names import APART
from custlib.wording.forms import count, either, join, listed

_MOST = 3  # features or flows named


def segment_heat_map_alt(table, *, lang):
    """table: identity, name, feature (as shown), difference, shown."""
    parts = []
    for identity, rows in table.groupby("identity", sort=False):
        far = rows[rows["difference"].abs() >= APART]
        far = far.sort_values("difference", key=abs, ascending=False, kind="stable").head(_MOST)
        told = [f"{row.feature} {_far(row.difference)}" for row in far.itertuples(index=False)]
        told = listed(told or [either(lang, "nothing", "无")], lang)
        name = rows["name"].iloc[0]
        parts.append(either(lang, f"{identity}, {name}: {told}.", f"{identity} {name}：{told}。"))
    start = either(
        lang,
        f"Heat map of segments by {table['feature'].nunique()} features, in standard deviations from the "
        "mean of all consumers. What sets each apart most:",
        f"{table['identity'].nunique()} 个细分在 {table['feature'].nunique()} 项特征上与全体均值之差的热力图（单位：标准差）。各细分最突出的：",
    )
    return join([start, *parts], lang)


def segment_map_alt(table, *, lang, axes=("", "")):
    """table: x, y, identity, kind ("consumer" or "centre"), name; axes: the names of the two axes."""
    centres, drawn = table[table["kind"] == "centre"], int((table["kind"] == "consumer").sum())
    across, up = (axis.removesuffix(" →") for axis in axes)
    parts = [_place(row, lang) for row in centres.itertuples(index=False)]
    return either(
        lang,
        f"Map of {count(drawn, 'consumer', lang)}; to the right: {across}; upwards: {up}. Middles of the segments: {'; '.join(parts)}.",
        f"{count(drawn, 'consumer', lang)}的分布图；向右：{across}；向上：{up}。各细分中心：{'；'.join(parts)}。",
    )


def k_table_alt(table, *, lang, k=1):
    """table: result table `seg_evidence`; k: the number chosen, 1 for none."""
    rows = table[table["k"] > 1].sort_values("k")
    parts = [
        either(
            lang,
            f"{row.k}: {row.prediction_strength:.2f}, {row.jaccard:.2f}, {row.silhouette:.2f} against {row.null_silhouette:.2f}",
            f"{row.k} 个：{row.prediction_strength:.2f}、{row.jaccard:.2f}、{row.silhouette:.2f}（对照 {row.null_silhouette:.2f}）",
        )
        for row in rows.itertuples(index=False)
    ]
    chosen = either(lang, f"Chosen: {k}.", f"选定：{k} 个。")
    if k not in set(rows["k"]):
        chosen = either(lang, "None is chosen.", "未选定任何数目。")
    return either(
        lang,
        f"Evidence by number of segments: prediction strength (at least {LEAST_STRENGTH:g} is needed), lowest Jaccard (at least {LEAST_JACCARD:g}), "
        f"silhouette against data without structure. {'; '.join(parts)}. {chosen}",
        f"各细分数目的证据：预测强度（至少 {LEAST_STRENGTH:g}）、最低 Jaccard（至少 {LEAST_JACCARD:g}）、轮廓系数与无结构数据对照。"
        f"{'；'.join(parts)}。{chosen}",
    )


def segment_flow_alt(table, *, lang, names=None):
    """table: result table `seg_flow`: from, to, consumers (missing if suppressed), moved; names: identity → name as shown."""
    known, names = table.dropna(subset="consumers"), {} if names is None else names
    moved = known[known["moved"].isin(("consumer_changed", "segment_moved"))]
    stayed = int(known[known["from"] == known["to"]]["consumers"].sum())
    came, left = (
        int(known[known[side] == kind]["consumers"].sum()) for side, kind in (("from", "new"), ("to", "lost"))
    )
    counted = moved.groupby("moved")["consumers"].sum()
    changed, shifted = (int(counted.get(kind, 0)) for kind in ("consumer_changed", "segment_moved"))
    start = either(
        lang,
        f"Bands from the segment a quarter before to the segment now: {count(stayed, 'consumer', lang)} stayed; {changed:,} changed themselves; for "
        f"{shifted:,} the segment moved; {came:,} were not described before; {left:,} are no longer.",
        f"从上季细分到本季细分的流向图：{stayed:,} 位未变，{changed:,} 位自身变了，{shifted:,} 位因细分移动，{came:,} 位上季未纳入，"
        f"{left:,} 位本季未纳入。",
    )
    most = moved.groupby(["from", "to"])["consumers"].sum().sort_values(ascending=False, kind="stable").head(_MOST)
    told = [
        either(
            lang,
            f"{_named(one, names)} to {_named(other, names)} {number:,.0f}",
            f"{_named(one, names)}到{_named(other, names)} {number:,.0f} 位",
        )
        for (one, other), number in most.items()
    ]
    return join(
        [start, either(lang, f"Most moves: {'; '.join(told)}.", f"最多的变动：{'；'.join(told)}。") if told else ""],
        lang,
    )


def segment_seasons_alt(table, *, lang):
    """table: identity ("" for all consumers), name, period (1 to 12, or 1 to 4), index (1 = the mean)."""
    monthly, parts = table["period"].max() > 4, []
    for _, curve in table[table["identity"] != ""].dropna(subset="index").groupby("identity", sort=False):
        high, low = (curve.loc[place] for place in (curve["index"].idxmax(), curve["index"].idxmin()))
        told = [f"{_period(one['period'], monthly, lang)} (× {one['index']:.1f})" for one in (high, low)]
        name = f"{curve['identity'].iloc[0]} {curve['name'].iloc[0]}"
        parts.append(
            either(
                lang, f"{name}: highest in {told[0]}, lowest in {told[1]}", f"{name}：最高为{told[0]}，最低为{told[1]}"
            )
        )
    what = either(lang, ("by month", "by quarter of the year")[not monthly], ("按月", "按季")[not monthly])
    return either(
        lang,
        f"Seasonal curves {what}, a panel per segment; 1 is its own mean. {'; '.join(parts)}.",
        f"各细分{what}的季节曲线，1 为自身均值。{'；'.join(parts)}。",
    )


def _far(difference):
    return f"{difference:+.1f}".replace("-", "−")


def _place(row, lang):
    across = either(lang, ("left", "right"), ("左", "右"))[row.x > 0]
    up = either(lang, ("below", "above"), ("下", "上"))[row.y > 0]
    return either(lang, f"{row.identity} {row.name} {up} {across}", f"{row.identity} {row.name}在{across}{up}")


def _named(identity, names):
    return f"{identity} {names[identity]}" if identity in names else identity


def _period(period, monthly, lang):
    if monthly:
        english = "January February March April May June July August September October November December".split()
        return either(lang, english[int(period) - 1], f"{int(period)} 月")
    return f"Q{int(period)}"
