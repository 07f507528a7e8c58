"""How a class was come to: three rules, systems, weights, what people decided, and why, customer by customer. For Markdown."""

from custlib import glossary
from custlib.wording.forms import count, either, join, listed, percent

SMALL = 15  # below it, 1 : 2 : 2 leaves fewer than three customers in A
FRAGILE = 0.5
_SHORT = {
    "size": ("size", "规模"),
    "contribution": ("contribution", "贡献"),
    "brand_share": ("brand share", "品牌占比"),
}


def rules_reading(compared, *, lang):
    """What the three rules would make of the same figures. compared: result table `abc_rules` for one indicator."""
    rows = compared.set_index(["rule", "class"])
    parts = []
    for rule in compared["rule"].unique():
        a, share = int(rows.loc[(rule, "A"), "customers"]), percent(rows.loc[(rule, "A"), "share"], lang)
        name = glossary.term(rule, lang)
        parts.append(either(lang, f"{name}: {a:,} in A with {share}", f"{name}：A 类 {a:,} 家，占 {share}"))
    return join(
        [
            either(lang, f"By size, {'; '.join(parts)}.", f"按客户规模，{'；'.join(parts)}。"),
            either(
                lang,
                "The classes below go by number; where the rules differ much, the limit is a convention, not a fact of the market.",
                "以下类别按客户数量划分；三种规则差别较大时，界限只是约定，不是市场事实。",
            ),
        ],
        lang,
    )


def systems_reading(systems, system, *, lang):
    """Within which systems customers are judged, and which of those are small. systems: Series customer → system, of this quarter's."""
    sizes = systems.value_counts().sort_index()
    if system == "company":
        few = "" if len(systems) >= SMALL else _few(either(lang, "The company", "全公司"), len(systems), lang)
        return join([either(lang, "All customers are one system.", "全部客户作为一个体系评判。"), few], lang)
    small = [f"{name or either(lang, 'not known', '未知')} ({n})" for name, n in sizes.items() if n < SMALL]
    term = glossary.term(system, lang)
    en = f"Customers are judged within {len(sizes)} systems by {term}, each against its own."
    zh = f"客户按{term}分为 {len(sizes)} 个体系，各自在体系内评判。"
    told = listed(small, lang) if small else ""
    caution = (
        either(
            lang, f"Small, so that one customer moves a limit: {told}.", f"客户较少、一家就能移动界限的体系：{told}。"
        )
        if small
        else ""
    )
    return join([either(lang, en, zh), caution], lang)


def weights_reading(weights, priorities, *, lang):
    """Which weights count and where they are from. weights: mapping indicator → weight or None (equal); priorities:
    `weights.Priorities` where comparisons made them, else None."""
    if not weights:
        return either(lang, "All indicators weigh the same.", "各项指标权重相等。")
    total = sum(weights.values())
    parts = [f"{glossary.term(name, lang)} {percent(weight / total, lang)}" for name, weight in weights.items()]
    told = either(lang, f"Weights: {listed(parts, lang)}", f"权重：{listed(parts, lang)}")
    if priorities is None:
        return told + either(lang, ", as the parameters say.", "，由参数给定。")
    told += either(
        lang, ", from the pairwise comparisons in `comparisons.csv`", "，由 `comparisons.csv` 中的两两比较得出"
    )
    if priorities.consistency_ratio is None:
        return told + either(lang, ".", "。")
    ratio = f"{priorities.consistency_ratio:.2f}"
    return told + either(
        lang, f" (consistency ratio {ratio}; above 0.10 ask again).", f"（一致性比率 {ratio}，高于 0.10 应重新判断）。"
    )


def robust_reading(robust, *, lang):
    """How far the joint classes hang on the weights. robust: result table `abc_robustness`, its `joint_class` and `robust`."""
    known = robust[robust["robust"].notna()]
    a = known[known["joint_class"] == "A"]
    if len(known) and (known["robust"] == 1).all():
        return either(lang, "Every customer keeps its class under all weights.", "任何权重下，每个客户的类别都不变。")
    firm, fragile = int((known["robust"] == 1).sum()), int((a["robust"] < FRAGILE).sum())
    return either(
        lang,
        f"{firm:,} of {count(len(known), 'customer', lang)} keep their class under all weights. "
        f"Of {len(a):,} in A, {fragile:,} {'is' if fragile == 1 else 'are'} A under less than half of them: ask before building on it.",
        f"{len(known):,} 家客户中有 {firm:,} 家在任何权重下类别都不变。{len(a):,} 家 A 类客户中，"
        f"{fragile:,} 家只在不到一半的权重下为 A：据此行动前请先核实。",
    )


def overrides_reading(found, *, lang):
    """What people decided against the figures, tested again. found: result table `abc_overrides`."""
    if found.empty:
        return either(
            lang,
            "No class was decided by a person (`overrides.csv` holds none).",
            "没有人工决定的类别（`overrides.csv` 中没有记录）。",
        )
    states = found["state"].value_counts()
    en = {
        "in_force": "{} in force",
        "agrees": "{} no longer needed, because the figures say the same",
        "expired": "{} expired",
        "absent": "{} of a customer without a class this quarter",
    }
    zh = {
        "in_force": "{} 项生效",
        "agrees": "{} 项与计算结果一致、已不需要",
        "expired": "{} 项已到期",
        "absent": "{} 项的客户本季没有类别",
    }
    parts = [either(lang, en, zh)[state].format(states[state]) for state in en if state in states]
    told = either(lang, "; ", "；").join(parts)
    return either(lang, f"Decisions of people: {told}.", f"人工决定：{told}。")


def fits(rules, *, lang):
    """Whom each measure is for: Series of texts over the measures. rules: `measures.csv`, its index the measure."""
    return rules.apply(lambda rule: _fits(rule, lang), axis=1)


def why(customers, *, lang):
    """Why each customer has its class, in a few words: a list of texts, not escaped.

    customers: rows of result table `abc_customers` (size_class, contribution_class, brand_share_class, step, move, cause, class_before,
    a_by_season, costs_us_money, joint_class, decided_class).
    """
    return [_why(row, lang) for row in customers.itertuples()]


def _why(row, lang):
    letters = {name: getattr(row, f"{name}_class", None) for name in ("size", "contribution", "brand_share")}
    by_letter = {}
    for name, letter in letters.items():
        if isinstance(letter, str):
            by_letter.setdefault(letter, []).append(either(lang, *_SHORT[name]))
    parts = [
        either(lang, f"{letter} on {listed(by_letter[letter], lang)}", f"{listed(by_letter[letter], lang)}为 {letter}")
        for letter in sorted(by_letter)
    ]
    if row.step in ("rose", "fell"):
        cause = glossary.term(f"by_{row.cause}", lang) if isinstance(row.cause, str) and row.cause else ""
        moved = glossary.term(row.step, lang)
        parts.append(
            either(lang, f"{moved} from {row.class_before} {cause}".rstrip(), f"{cause}由 {row.class_before} {moved}")
        )
    elif row.step in ("new", "returned"):
        parts.append(glossary.term(row.step, lang))
    if row.a_by_season:
        parts.append(glossary.term("a_by_season", lang))
    if row.costs_us_money:
        parts.append(glossary.term("costs_us_money", lang))
    if isinstance(row.decided_class, str) and row.decided_class != row.joint_class:
        parts.append(either(lang, f"decided by a person: {row.decided_class}", f"人工决定为 {row.decided_class}"))
    return either(lang, "; ", "；").join(parts)


def _fits(rule, lang):
    parts = [rule["class"] if rule["class"] != "any" else either(lang, "any class", "任何类别")]
    if rule["stability"] != "any":
        parts.append(
            "/".join(
                glossary.term("short_history", lang) if value == "short" else value
                for value in rule["stability"].split()
            )
        )
    if rule["movement"] != "any":
        parts.append(listed([glossary.term(value, lang) for value in rule["movement"].split()], lang))
    return either(lang, ", ", "，").join(parts)


def _few(name, customers, lang):
    return either(
        lang,
        f"{name} has only {count(customers, 'customer', lang)}: one more or less moves a limit.",
        f"{name}只有 {customers:,} 家客户，增减一家就会移动界限。",
    )
