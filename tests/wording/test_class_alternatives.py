import pandas as pd

from custlib import wording
from custlib.wording.sentences import Context, text

P = "\N{NO-BREAK SPACE}%"
PANELS = pd.DataFrame(
    {
        "indicator": ["size"] * 3 + ["contribution"] * 2,
        "rank": [1, 2, 3, 1, 2],
        "value": [70.0, 20.0, 10.0, 3.0, 1.0],
        "cumulative_share": [0.7, 0.9, 1.0, 0.75, 1.0],
        "class": ["A", "B", "B", "A", "C"],
    }
)
CUBE = pd.DataFrame(
    [
        ("A", "A", "A", 6),
        ("B", "B", "B", 29),
        ("A", "A", "B", 2),
        ("A", "A", "C", 19),
        ("C", "C", "B", 24),
        ("B", "B", "C", 30),
        ("C", "B", "", 4),
        ("C", "C", "", 1),
    ],
    columns=["size_class", "contribution_class", "brand_share_class", "customers"],
)
FLOW = pd.DataFrame(
    [
        ("A", "A", 6, 6e6, 7e6),
        ("A", "B", 2, 2e6, 1e6),
        ("B", "A", 1, 1e6, 3e6),
        ("B", "C", 1, 5e5, 1e5),
        ("B", "lost", 3, 2e6, 0),
        ("new", "B", 4, 0, 1e6),
        ("returned", "C", 1, 0, 2e5),
        ("unjudged", "C", 9, 5e6, 2e5),
    ],
    columns=["from_class", "to_class", "customers", "size_before", "size"],
)
CLASSES = pd.DataFrame(
    {"2025Q3": ["A", "B", None, "C"], "2025Q4": ["A", "A", "C", None]}, index=["K1", "K2", "K3", "K4"]
)
STABILITY = pd.DataFrame(
    {
        "variation": [0.5, 0.6, 1.0, 1.4, 0.3, None],
        "size": [3e6, 2.9e6, 5e4, 7e4, 0.0, 4e5],
        "class": ["A", "A", "C", "C", "C", "B"],
        "label": ["", "华锦家居", "", "宏达电器", "", ""],
    }
)
LORENZ = pd.DataFrame(
    {
        "label": ["2025Q4"] * 2 + ["2024Q4"] * 2,
        "customers_share": [0.5, 1.0] * 2,
        "value_share": [0.1, 1.0, 0.2, 1.0],
    }
)
WHALE = pd.DataFrame({"rank": [1, 2, 3, 4], "value": [6e6, 4e6, -1e6, -1e6], "cumulative": [6e6, 10e6, 9e6, 8e6]})
SEASONS = pd.DataFrame({"label": ["all_customers"] * 4, "quarter_number": [4, 1, 2, 3], "index": [1.4, 0.8, 0.9, 0.9]})


def said(name, facts, lang="en", **context):
    return text(f"class_alternatives.{name}", facts, lang=lang, context=Context(**context), markdown=False)


def test_pareto_panels_say_what_each_class_brings_by_each_indicator():
    found = wording.pareto_panels_alt(PANELS)
    assert found["panels"][1]["classes"] == [
        {"letter": "A", "customers": 1, "share": 0.75},
        {"letter": "C", "customers": 1, "share": 0.25},
    ]
    assert said("pareto_panels_alt", found) == (
        f"Pareto charts of customers, largest first. customer size: A 1 customer with 70{P}, B 2 customers with 30{P}. "
        f"customer contribution: A 1 customer with 75{P}, C 1 customer with 25{P}."
    )
    assert said("pareto_panels_alt", found, "zh") == (
        "客户帕累托图，由大到小。客户规模：A 类 1 家客户占 70%、B 类 2 家客户占 30%。"
        "客户贡献：A 类 1 家客户占 75%、C 类 1 家客户占 25%。"
    )


def test_the_cube_says_where_the_three_agree_and_what_is_frequent_besides():
    found = wording.class_cube_alt(CUBE)
    assert [row["letters"] for row in found["most"]] == ["BBC", "CCB", "AAC"] and found["unknown"] == 5
    assert said("class_cube_alt", found) == (
        "Grids of customers by their classes on size, contribution and brand share, in this order. "
        "One class on all three: AAA 6, BBB 29, CCC 0. Most of the others: BBC 30, CCB 24, AAC 19. "
        "Not known on all three: 5."
    )
    assert said("class_cube_alt", wording.class_cube_alt(CUBE[:2]), "zh") == (
        "客户按规模、贡献、品牌占比三项类别（依此顺序）分布的格图。三项一致：AAA 6 家、BBB 29 家、CCC 0 家。"
    )


def test_the_flow_says_who_moved_and_what_they_paid():
    found = wording.migration_flow_alt(FLOW)
    assert [band["way"] for band in found["bands"]] == ["stayed", "rose", "fell", "new", "returned", "lost"]
    assert said("migration_flow_alt", found) == (
        "Bands from the class a quarter before to the class now; customers and their payments received: "
        "6 stayed in their class (from ¥6 million to ¥7 million); 1 rose (from ¥1 million to ¥3 million); "
        "3 fell (from ¥2.5 million to ¥1.1 million); 4 came (from ¥0 to ¥1 million); "
        "1 returned (from ¥0 to ¥200,000); 3 left (from ¥2 million to ¥0). "
        "In all from ¥11.5 million to ¥12.3 million."
    )
    pair = wording.migration_flow_alt(FLOW[:2])
    assert said("migration_flow_alt", pair, "zh", currency="GBP", size_is="net_sales") == (
        "从上季类别到本季类别的流向图，客户数及其销售净额："
        "6 家类别不变（从 600 万英镑到 700 万英镑）；2 家降级（从 200 万英镑到 100 万英镑）。合计从 800 万英镑到 800 万英镑。"
    )


def test_the_heat_map_says_who_kept_a_class_and_how_it_stands_now():
    found = wording.class_heat_map_alt(CLASSES)
    assert found == wording.class_heat_map_alt(CLASSES.astype("category"))
    assert (found["customers"], found["always"], found["absent"]) == (4, 1, 1)
    assert said("class_heat_map_alt", found) == (
        "Class of 4 customers in each quarter from 2025Q3 to 2025Q4, a row for each. 1 had one class throughout. "
        "In 2025Q4: A 2, B 0, C 1, absent 1."
    )
    assert said("class_heat_map_alt", found, "zh") == (
        "4 家客户自 2025Q3 至 2025Q4 各季的类别，每行一家。1 家类别始终不变。2025Q4：A 2、B 0、C 1、无交易 1。"
    )


def test_the_scatter_says_how_many_are_regular_and_whom_it_names():
    found = wording.stability_scatter_alt(STABILITY)
    assert [(row["customers"], row["a"]) for row in found["letters"]] == [(1, 1), (2, 1), (1, 0)]
    assert said("stability_scatter_alt", found) == (
        "Size beside the variation of monthly sales, a mark per customer: regular (X) 1, of them 1 in A; "
        "varying (Y) 2, of them 1 in A; irregular (Z) 1, of them 0 in A. Named: 华锦家居 and 宏达电器."
    )
    nobody = wording.stability_scatter_alt(STABILITY.assign(label=""), limits=[0.7, 2.0])
    assert said("stability_scatter_alt", nobody, "zh") == (
        "规模与月销售额变异系数散点图，每点一家客户："
        "稳定（X）2 家，其中 A 类 2 家；波动（Y）2 家，其中 A 类 0 家；不规则（Z）0 家，其中 A 类 0 家。"
    )


def test_lorenz_says_what_the_small_and_the_large_bring():
    # Between half of the customers with 10 % and all with 100 %, four fifths have 10 + 0.6 × 90 = 64 %.
    found = wording.lorenz_alt(LORENZ)
    assert said("lorenz_alt", found) == (
        f"Lorenz curves. 2025Q4: the smaller half of the customers bring 10{P}, the largest 20{P} 36{P}; "
        f"2024Q4: the smaller half of the customers bring 20{P}, the largest 20{P} 32{P}."
    )
    assert said("lorenz_alt", wording.lorenz_alt(LORENZ[:2]), "zh") == (
        "洛伦兹曲线。2025Q4：较小的一半客户占 10%，最大的 20% 客户占 36%。"
    )


def test_the_whale_says_its_peak_and_its_end():
    found = wording.whale_alt(WHALE)
    assert found == {"customers": 4, "first": 2, "last": 2, "peak": 10e6, "total": 8e6, "share": 1.25}
    assert said("whale_alt", found) == (
        "Gross profit added up from the most to the least profitable of 4 customers. "
        f"The first 2 bring ¥10 million, 125.0{P} of the total; the last 2 take it down to ¥8 million."
    )
    assert said("whale_alt", wording.whale_alt(WHALE[:2]), "zh") == (
        "2 家客户毛利由高到低的累计曲线。累计升至 1,000 万元，没有下降。"
    )


def test_the_whale_tells_no_share_of_a_loss():
    found = wording.whale_alt(WHALE.assign(cumulative=[6e6, 10e6, 4e6, -2e6]))
    assert said("whale_alt", found, "zh", currency="GBP") == (
        "4 家客户毛利由高到低的累计曲线。前 2 家升至 1,000 万英镑；最后 2 家使其降至 −200 万英镑。"
    )


def test_seasons_say_each_index_in_the_order_of_the_year():
    own = SEASONS.assign(label="<华*锦>", index=[1.0, 1.1, 0.9, 1.0])
    found = wording.season_curves_alt(pd.concat([SEASONS, own]))
    assert found["curves"][0] == {"label": "all_customers", "index": [0.8, 0.9, 0.9, 1.4]}
    assert said("season_curves_alt", found) == (
        "Seasonal index from Q1 to Q4, 1 being the mean quarter: all customers 0.80, 0.90, 0.90, 1.40; <华*锦> 1.10, 0.90, 1.00, 1.00."
    )
    assert said("season_curves_alt", found, "zh").startswith(
        "第一至第四季度的季节指数（季平均为 1）：全体客户 0.80、0.90、0.90、1.40；"
    )
