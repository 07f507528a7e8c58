"""What the three kinds of weight say, in sentences; what each of them can not say stands beside it."""

from custlib.fishbone import EFFECT
from custlib.wording.forms import count, either, join, listed, percent, plain

_FIRST = 5  # factors that a sentence names


def tree_reading(causes, *, lang):
    """How many factors hang on how many bones, and whose they are. causes: `fishbone.causes`."""
    zones, bones = causes["zone"].value_counts(), causes["bone"].nunique()
    ours, theirs = int(zones.get("A", 0)), int(zones.get("B", 0))
    return either(
        lang,
        f"{len(causes)} factors hang on {bones} bones: {ours} that we, the sales team, can influence (zone A), and {theirs} that headquarters "
        "can (zone B). Factors are added and moved in `data/reference/fishbone.csv`.",
        f"{bones} 根主骨上共有 {len(causes)} 个因素：销售团队能影响的 {ours} 个（A 区），总部能影响的 {theirs} 个（B 区）。"
        "增加或移动因素请修改 `data/reference/fishbone.csv`。",
    )


def experts_reading(weights, consistency, consensus, names, *, lang):
    """The heaviest bones and factors by the experts, how far they agree, and which judgement to discuss.

    weights: `weights.of_tree`; consistency, consensus: result tables `expert_consistency`, `expert_consensus`.
    """
    if weights["weight"].isna().all():
        return either(lang, "No expert's judgements were exported.", "导出文件中没有专家的两两比较。")
    bones = weights.drop_duplicates("bone").set_index("bone")["bone_weight"]
    experts = int(consensus["experts"].max())
    told = either(
        lang,
        f"By the judgements of {count(experts, 'expert', lang)} the bones weigh: {_shares(bones, names, lang, len(bones))}. The heaviest factors: "
        f"{_shares(weights.set_index('factor')['weight'], names, lang)}.",
        f"按 {count(experts, 'expert', lang)}的判断，主骨权重为：{_shares(bones, names, lang, len(bones))}。权重最大的因素："
        f"{_shares(weights.set_index('factor')['weight'], names, lang)}。",
    )
    least = consensus.loc[consensus["consensus"].idxmin()]
    agree = either(
        lang,
        f"They agree least under {_named(least['parent'], names, lang)} (consensus {percent(least['consensus'], lang)}).",
        f"分歧最大的是{_named(least['parent'], names, lang)}（共识度 {percent(least['consensus'], lang)}）。",
    )
    return join([told, agree if experts > 1 else "", _to_discuss(consistency, names, lang)], lang)


def group_reading(differ, without, names, *, lang):
    """Where the two ways of combining the experts rank differently, and whose judgements move the weights most; "" for no expert.

    differ: `weights.rules_differ`; without: `weights.without_experts`.
    """
    if without.empty:
        return ""
    return join([_rules_differ(differ, names, lang), _without(without, names, lang)], lang)


def _rules_differ(differ, names, lang):
    if differ.empty:
        return either(
            lang,
            "Both ways of combining the experts, by judgements and by weights, rank the factors alike.",
            "按判断合并与按权重合并，因素的排序相同。",
        )
    told = listed([plain(names.get(factor, factor)) for factor in differ["factor"]], lang)
    return either(
        lang,
        f"The two ways of combining the experts rank these differently: {told}. Do not read much into their order.",
        f"按判断合并与按权重合并时排序不同的有：{told}。它们之间的先后不必深究。",
    )


def _without(without, names, lang):
    row = without.loc[without["change"].abs().idxmax()]
    moved = f"{abs(row['change']) * 100:.1f}"
    return either(
        lang,
        f"Without {plain(row['expert'])} the weight of {_named(row['factor'], names, lang)} within its bone would be {moved} points "
        f"{'higher' if row['change'] > 0 else 'lower'}; no other expert moves a weight more.",
        f"若去掉{plain(row['expert'])}的判断，{_named(row['factor'], names, lang)}在其主骨内的权重将{'上升' if row['change'] > 0 else '下降'}"
        f" {moved} 个百分点，其他专家的影响都更小。",
    )


def spread_reading(spread, names, *, lang):
    """By which factors customers differ most. spread: `weights.of_spread`, or None."""
    if spread is None:
        return either(
            lang,
            "Too few customers were scored this quarter to see by what they differ.",
            "本季评分的客户太少，看不出差异所在。",
        )
    return either(
        lang,
        f"Customers differ most in {_shares(spread.set_index('factor')['weight'], names, lang)}. This weighs spread, not importance: a factor in "
        "which all customers are equally bad weighs nothing here.",
        f"客户之间差异最大的是：{_shares(spread.set_index('factor')['weight'], names, lang)}。这里衡量的是离散程度，不是重要性："
        "所有客户都同样差的因素，在此没有权重。",
    )


def outcome_reading(outcome, names, *, lang):
    """What went with the following change of profit, how much of it, and what that can not say. outcome: `weights.of_outcome`, or None."""
    if outcome is None:
        return either(
            lang,
            "Too few scores are followed by a stated profit to see what profit followed.",
            "有后续获利数据的评分太少，看不出获利随什么变化。",
        )
    found, table = outcome.importance, outcome.importance.table
    sure = table[table["first_five"] >= 0.5].set_index("factor")["share"] / found.r2
    by_factor = _by_factor(sure.dropna(), names, lang)
    told = either(
        lang,
        f"Over {found.rows:,} pairs of a customer's scores and its change of profit into the next quarter ({found.customers:,} customers), all "
        f"factors together go with {percent(found.r2, lang)} of the differences ({percent(found.r2_low, lang)} to {percent(found.r2_high, lang)}; "
        f"{percent(outcome.unseen, lang)} on customers that the fit had not seen). {by_factor}",
        f"共有 {found.customers:,} 家客户的 {found.rows:,} 组评分及其下季获利变化。全部因素合计解释了 {percent(found.r2, lang)} 的差异"
        f"（区间 {percent(found.r2_low, lang)} 至 {percent(found.r2_high, lang)}；对未参与拟合的客户为 {percent(outcome.unseen, lang)}）。"
        f"{by_factor}",
    )
    limits = either(
        lang,
        "This is association: a score carries the halo of the customer, and may follow its profit instead of leading it.",
        "这是相关，不是因果：评分带有对客户的整体印象，也可能是随获利而变，而不是先于获利。",
    )
    return join([told, *_warnings(outcome, names, lang), limits], lang)


def together_reading(table, agreement, names, mix, *, lang):
    """The first five by the mix, how sure that is, and where the kinds disagree.

    table: result table `factor_weights`; agreement: `weights.kendall_w`; mix: as the parameter of the notebook.
    """
    known = table.dropna(subset="mixed").set_index("factor")
    if known.empty:
        return either(lang, "Nothing weighs the factors yet.", "目前没有任何因素权重。")
    first = known.sort_values("mixed", ascending=False, kind="stable").head(_FIRST)
    told = [f"{_named(factor, names, lang)} {percent(row['mixed'], lang)}" for factor, row in first.iterrows()]
    told = either(
        lang,
        f"Mixed {' : '.join(f'{part:g}' for part in mix)} (experts : spread : profit), the first five are {listed(told, lang)}.",
        f"按 {' : '.join(f'{part:g}' for part in mix)}（专家 : 离散 : 获利）综合，前五位为：{listed(told, lang)}。",
    )
    under_any = _under_any(known.index[known["first_five"] >= 0.95], names, lang)
    return join([told, under_any, _disagree(known, agreement, names, lang)], lang)


def _by_factor(sure, names, lang):
    """What the factors often among the first five have of the whole, or that none is. sure: factor → share, 0 to 1."""
    if sure.empty:
        return either(
            lang,
            "No factor stands out: none is among the first five in half of the resamples.",
            "没有因素突出：没有哪个因素在半数重抽样中进入前五。",
        )
    told = _shares(sure, names, lang)
    return either(lang, f"Of that, by factor: {told}.", f"其中各因素占：{told}。")


def _under_any(sure, names, lang):
    """Which factors are nearly always among the first five whatever the mix, or that none is. sure: their keys."""
    if not len(sure):
        return either(
            lang,
            "No factor stands out in all three: whatever the mix, none is nearly always among the first five.",
            "没有因素在三种权重中都突出：无论怎样综合，没有哪个因素几乎总在前五位之中。",
        )
    told = listed([_named(name, names, lang) for name in sure], lang)
    return either(
        lang,
        f"Whatever the mix, {told} {'is' if len(sure) == 1 else 'are'} nearly always among them.",
        f"无论怎样综合，{told}几乎总在其中。",
    )


def _disagree(known, agreement, names, lang):
    if not agreement == agreement:
        return ""
    most = known.dropna(subset="disagreement").sort_values("disagreement", ascending=False, kind="stable").head(3).index
    apart = listed([_named(name, names, lang) for name in most], lang)
    return either(
        lang,
        f"The three kinds agree on the order to {agreement:.2f} (Kendall's W; 1 the same, 0.33 is what chance gives three); they differ most about "
        f"{apart}. A difference is a question: do the experts overrate it, or do our scores not measure it?",
        f"三种权重在排序上的一致程度为 {agreement:.2f}（肯德尔 W，1 为完全相同，三者随机约为 0.33）；分歧最大的是{apart}。"
        "分歧就是问题：是专家高估了，还是评分没有量到？",
    )


def _warnings(outcome, names, lang):
    table, left = outcome.importance.table, int(outcome.following.left_out["rows"].sum())
    if table["collinear"].any():
        repeated = listed([_named(factor, names, lang) for factor in table.loc[table["collinear"], "factor"]], lang)
        yield either(
            lang,
            f"Nearly repeated by the other factors, so that their shares are blurred: {repeated}.",
            f"几乎与其他因素重复、份额难以区分的有：{repeated}。",
        )
    if table["suppressor"].any():
        odd = listed([_named(factor, names, lang) for factor in table.loc[table["suppressor"], "factor"]], lang)
        yield either(
            lang,
            f"Beside the others these say more than alone or the opposite; do not act on their sign: {odd}.",
            f"与其他因素一起时作用更大或方向相反的有：{odd}，不要据其方向行动。",
        )
    if left:
        yield either(
            lang, f"{left:,} scored customer quarters could not be paired.", f"{left:,} 组评分没有可比的获利，未计入。"
        )


def _to_discuss(consistency, names, lang):
    odd = consistency[consistency["to_discuss"].astype("bool")]
    if odd.empty:
        return either(lang, "No expert's judgements contradict each other much.", "没有专家的判断明显自相矛盾。")
    told = []
    for row in odd.itertuples():
        pair = (_named(row.factor_a, names, lang), _named(row.factor_b, names, lang))
        told.append(
            either(
                lang,
                f"{plain(row.expert)} under {_named(row.parent, names, lang)} (consistency ratio {row.ratio:.2f}, usual limit 0.10): "
                f"{pair[0]} was said to count {_times(row.said)} times {pair[1]}; {_times(row.would_agree)} would agree with the rest",
                f"{plain(row.expert)}在{_named(row.parent, names, lang)}下（一致性比率 {row.ratio:.2f}，通常上限 0.10）："
                f"判断{pair[0]}是{pair[1]}的 {_times(row.said)} 倍，与其余判断相符的是 {_times(row.would_agree)} 倍",
            )
        )
    return either(lang, f"To discuss: {'; '.join(told)}.", f"需要讨论：{'；'.join(told)}。")


def _times(ratio):
    return f"{ratio:.2g}" if ratio >= 1 else f"1/{1 / ratio:.2g}"


def _shares(weights, names, lang, most=_FIRST):
    heaviest = weights.dropna().sort_values(ascending=False, kind="stable").head(most)
    return listed([f"{_named(name, names, lang)} {percent(weight, lang)}" for name, weight in heaviest.items()], lang)


def _named(factor, names, lang):
    if factor == EFFECT:
        return either(lang, "the bones themselves", "主骨之间")
    return plain(names.get(factor, factor))
