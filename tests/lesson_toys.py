"""A small lesson with an exercise of every kind, worked out by hand; the tests load it by `runpy.run_path`."""

import dataclasses

import nbformat.v4 as v4

from custlib.lessons import Exercise, Field, Item, Option, Slider, codes, texts, worksheet, written
from custlib.report.pages import pages
from custlib.wording import sentences

LANGUAGES = ("en", "zh")
NAMES = "哈尔滨信林超市 长沙裕佳厨具 南京信林超市 郑州顺顺商贸 汕头天盛家居 太原中隆商行 宁波众丰贸易 贵阳华祥贸易 泸州益庆商贸 杭州新德商贸".split()
PAID = [44.9, 23.8, 10.7, 7.1, 14.1, 31.0, 1.7, 76.8, 19.8, 13.5]
KEY, BY_SIZE, BY_SHARE = "AABCBBCBCC", "BBCCBACABC", "BABBACBCCC"
HEADS = [("paid", "回款"), ("profit", "毛利"), ("our share", "占比")]


def both(en, zh):
    return written({"en": en, "zh": zh})


def verdict(right):
    return both(f"It ranks 2nd by profit and 3rd together: {right}.", f"毛利第 2，综合第 3：{right} 类。")


def card(place, name):
    options = tuple(
        Option(
            letter,
            letter,
            verdict(KEY[place]),
            "right" if letter == KEY[place] else "" if letter == "C" else "only_size",
        )
        for letter in "ABC"
    )
    values = (f"¥{PAID[place]:g} thousand", f"¥{PAID[place] / 4:.1f} thousand", f"{10 + 4 * place} %")
    parts = (PAID[place] / 76.8, PAID[place] / 90, (10 + 4 * place) / 100)
    return Item(f"k{place}", name, options, values, parts)


SORT = Exercise(
    "sort",
    "sort",
    tuple(card(place, name) for place, name in enumerate(NAMES)),
    title=both("Who is A, B, C?", "谁是 A、B、C？"),
    heads=tuple(both(*head) for head in HEADS),
    bins=tuple((letter, letter) for letter in "ABC"),
    quota={"A": 2, "B": 4, "C": 4},
    ways={"only_size": BY_SIZE, "only_share": BY_SHARE},
    thinks={
        "only_size": both(
            "These are the classes by payments alone; look at the two others.", "您只看了回款，请再看另外两项。"
        ),
        "only_share": both("These are the classes by our share alone.", "您只看了占比。"),
    },
    done=both("You can class customers by three indicators.", "您已会按三项指标分类。"),
)
PARTNERS = [
    ("1", both("hypermarket", "大卖场")),
    ("2", both("warehouse club", "会员店")),
    ("3", both("corner shop", "便利店")),
]
AREAS = [
    both("over 6,000 m²", "6000 平方米以上"),
    both("over 2,500 m², members only", "2500 平方米以上，会员制"),
    both("about 100 m²", "约 100 平方米"),
]


def pair(place, text, partners=PARTNERS):
    said = both("What does it live on: range, membership or nearness?", "它靠什么：品种、会员还是近便？")
    options = tuple(
        Option(letter, name, said, "right" if letter == partners[place][0] else "by_size") for letter, name in partners
    )
    return Item(f"p{place}", text, options)


MATCH = Exercise(
    "match",
    "match",
    tuple(pair(place, text) for place, text in enumerate(AREAS)),
    title=both("Which format?", "哪种业态？"),
    bins=tuple(PARTNERS),
    ways={"by_size": "213"},
    thinks={"by_size": both("You went by area alone.", "您只看了面积。")},
)
STEPS = "analyse 分析 aim 目标 plan 措施 budget 预算 agree 签约 check 检查".split()
PLACES = [(str(place), str(place)) for place in range(1, 7)]
SHUFFLED = [2, 0, 5, 1, 4, 3]
ORDER = Exercise(
    "order",
    "order",
    tuple(pair(place, both(*STEPS[2 * place : 2 * place + 2]), PLACES) for place in SHUFFLED),
    title=both("Six steps in order", "六步排序"),
    guided=False,
    bins=tuple(PLACES),
    ways={"last_first": "416523"},
    thinks={"last_first": both("You began with the end.", "您从结尾开始。")},
)
HOOK = Exercise(
    "quiz",
    "hook",
    (
        Item(
            "q",
            both("You have five visits. Whom do you visit first?", "您有五次拜访，先去谁那里？"),
            (
                Option("1", both("The largest one", "最大的一家"), both("Many say so.", "很多人这样说。")),
                Option("2", both("The one that isn't paying", "不付款的那家"), both("Why?", "为什么？")),
            ),
        ),
    ),
    title=both("One decision", "一个决定"),
)


def question(name, guided_text):
    return Item(
        name,
        guided_text,
        (
            Option(
                "2",
                both("The number of customers", "客户数量"),
                both("Right: heads are counted.", "对，按户数。"),
                "right",
            ),
            Option("1", both("Their money", "金额"), both("That would be 80/15/5.", "那是 80/15/5。"), "money"),
            Option(
                "3",
                both("Their profit", "利润"),
                both("Profit is one indicator of three.", "利润只是三项之一。"),
                "only_profit",
            ),
        ),
    )


ESTIMATE = Item(
    "guess",
    both("What share of our dealers is in the countryside?", "乡镇经销商占百分之几？"),
    (
        Option("1", "", both("Lower than it is.", "低了。"), "too_low", upto=39.0),
        Option("2", "", both("Right: 45 %.", "对：45%。"), "right", upto=50.0),
        Option("3", "", both("Higher than it is.", "高了。"), "too_high"),
    ),
    scale=(0.0, 100.0, 5.0),
    unit="%",
)
QUIZ = Exercise(
    "quiz",
    "quiz",
    (question("a", both("What decides in 1 : 2 : 2?", "1 : 2 : 2 由什么决定？")), ESTIMATE),
    title=both("Two questions", "两个问题"),
    guided=False,
)
GUIDED = dataclasses.replace(QUIZ, id="recall", title=both("Do you remember?", "还记得吗？"), guided=True)
FOUND = {"a": both("Stock for 70 days", "库存可卖 70 天"), "b": both("A rival pays for shelves", "竞品付陈列费")}
VISIT = Exercise(
    "branch",
    "visit",
    (
        Item(
            "open",
            both("Good morning. I have ten minutes.", "早上好，我只有十分钟。"),
            (
                Option(
                    "1",
                    both("Take 50 cartons?", "要 50 箱吗？"),
                    both("He looks at his watch.", "他看了看表。"),
                    "closing",
                    "stock",
                ),
                Option(
                    "2",
                    both("What would be ideal for you?", "您理想中是什么样？"),
                    both("He puts the phone away.", "他放下了手机。"),
                    "right",
                    "stock",
                    "a",
                ),
                Option(
                    "3",
                    both("We give 3 % more.", "我们再让 3 个点。"),
                    both("He writes it down.", "他记了下来。"),
                    "discount",
                    "",
                ),
            ),
        ),
        Item(
            "stock",
            both("The shelves are full.", "货架满了。"),
            (
                Option("1", both("Whose goods?", "是谁的货？"), both("He tells.", "他说了。"), "right", "", "b"),
                Option("2", both("I see.", "好吧。"), both("He waits.", "他在等。"), "no_question", ""),
            ),
        ),
    ),
    title=both("Ten minutes with Mr Wang", "与王经理的十分钟"),
    reveals=FOUND,
    summary={
        "": both("You know no more than before.", "您了解的和之前一样多。"),
        "a": both("You know the stock.", "您了解了库存。"),
        "b": both("You know the rival.", "您了解了竞品。"),
        "ab": both("You know the whole gap.", "您了解了全部差距。"),
    },
)
TENTHS = tuple(f"{10 * step} %" for step in range(11))
SETTINGS = {
    f"{a},{b},{10 - a - b}": ("A" if a > 4 else "B", "B", "A" if b > 5 else "C", int(a > 4 or b > 5))
    for a in range(11)
    for b in range(11 - a)
} | {"equal": ("B", "B", "C", 0)}
WEIGH = Exercise(
    "weigh",
    "weigh",
    title=both("Weigh the indicators yourself", "由您来定权重"),
    sliders=tuple(Slider(both(*head), TENTHS) for head in HEADS),
    shows=tuple(NAMES[:3]),
    settings=SETTINGS,
    verdicts=(both("All keep their class.", "类别都没有变。"), both("Some change their class.", "有客户换了类别。")),
    start="equal",
    of=("sort",),
)
OWN = Exercise(
    "own",
    "own",
    title=both("My customers", "我的客户"),
    bins=tuple((letter, letter) for letter in "ABC"),
    quotas={
        str(n): {"A": -(-n // 5), "B": -(-3 * n // 5) + (n < 0) - -(-n // 5), "C": n - -(-3 * n // 5)}
        for n in range(3, 21)
    },
    fields=(
        Field("customer_id", both("customer", "客户")),
        Field(
            "item",
            both("measure", "措施"),
            choices=(("陈列", both("display", "陈列")), ("培训", both("training", "培训"))),
        ),
        Field(
            "metric",
            both("metric", "指标"),
            choices=(("货架陈列占比", both("shelf share", "货架占比")),),
            sets={"货架陈列占比": {"unit": "%"}},
        ),
        Field("target", both("value", "目标值"), "number"),
        Field("due_on", both("by", "完成日期"), "date"),
    ),
    given={"origin": "lesson", "owner": "E12"},
)
NOTE = Exercise(
    "note",
    "note",
    title=both("Your own customer", "您自己的客户"),
    lines=(
        both("Which of yours would change class?", "您的哪位客户会换类别？"),
        both("What do you do on Monday?", "周一您做什么？"),
    ),
)
ECHO = Exercise("echo", "echo", title=both("And now?", "现在呢？"), of=("hook",))
SCORED = [GUIDED, HOOK, SORT, MATCH, ORDER, QUIZ, VISIT]
LAST = Exercise("hand_in", "hand_in", of=tuple(one.id for one in SCORED), lesson="4", edition=codes.edition(SCORED))
ALL = [GUIDED, HOOK, SORT, WEIGH, MATCH, ORDER, QUIZ, VISIT, OWN, NOTE, ECHO, LAST]
TITLES = {
    "en": ("Which customers decide our result?", "You class ten customers by three indicators."),
    "zh": ("哪些客户决定我们的业绩？", "您将按三项指标给十个客户分类。"),
}


def told(exercise, lang):
    """An exercise in words, as `worksheet.block` takes it."""
    return texts.in_words(dataclasses.asdict(exercise), lang, sentences.Context())


def page(lang, exercises=ALL):
    """A lesson's page with these exercises, as the report writes one."""
    title, about = TITLES[lang]
    cells = [v4.new_markdown_cell(f"# {title}\n\n{about}", id="title")]
    for one in exercises:
        html = worksheet.block(told(one, lang), lang).html
        output = v4.new_output("display_data", {"text/html": html})
        cells += [
            v4.new_markdown_cell(f"## {one.id}", id=f"h-{one.id}"),
            v4.new_code_cell("1", id=f"c-{one.id}", outputs=[output], execution_count=1),
        ]
    return pages.render_lesson(v4.new_notebook(cells=cells), lang=lang, title={"en": "Lesson 4", "zh": "第四课"}[lang])
