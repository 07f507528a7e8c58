"""What was planted in the invented company, as small tables that a test can ask."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from custlib.quarters import Quarter
from custlib.sample import consumers, experts, factors
from custlib.sample.dealers import Dealers
from custlib.sample.parts import Parts


@dataclass(frozen=True)
class Truth:
    """What is true of the invented company; customers and consumers by their ids, quarters as text, amounts in yuan.

    classes: a row per paying dealer and quarter: customer_id, quarter, payments_yuan, letter (largest fifth A, next two
    fifths B).
    fates: a row per dealer: customer_id, fate (one of `data/fates.csv`, or steady: chance only), since (the quarter in
    which it first shows; empty where it does not apply or was so before):
    - collapsed in the last quarter, collapsed_earlier and still down: to 0.15 to 0.35 of its level; slid to about 0.4
      within three quarters; grew to 2.5 to 6 times and stays; moved_earlier: a step to another class, long ago;
    - left: no sales in the last quarter; left_earlier; won: no sales before;
    - below_cost: buys below the cost of every model; overstocked: buys more than it sells, and the stock grows old
      (压货);
    - seasonal: has a season of its own; statement_missing: the profit statement of that quarter.
    movers: customer_id, before, after, last_before (letter `before` up to this quarter), first_after (`after` from this
    one on): those with the fate moved_earlier.
    seasonal: customer_id and the dealer's own index in q1 to q4 (mean 1), on top of the calendar that all share.
    lost: customer_id, last_quarter with sales, lost_on, reason, of those reported: half of those that left in the last
    quarter are not. won: customer_id, first_quarter with sales.
    stuffed: customer_id of the overstocked.
    shares: customer_id, brand_share: true share of our brand in the dealer's profit; NaN for who makes none.
    segments: consumer_id, segment, and segment_before, where it stood before the quarter `segments_change`: loyal_cooks
    split off from loyal_families, young_gadget_buyers are new, quiet_leavers buy no more.
    effects: factor_id, bone, effect of one score point on the change of log brand profit to the next quarter, around
    the mean of all.
    weights: parent_id, factor_id, weight behind the experts' judgements.
    odd_judgement: the one that does not fit: expert, parent_id, factor_a, factor_b, ratio, fitting_ratio.
    needs (`needs`): over_served, a need; answers_for_customers, an account manager; short_of_service: customer_id,
    quarter, the interviews before a dealer leaves in which service falls short by four or more.
    plans (`plans`): plan_owners: honest, over_promises, holds_back → account manager; copied_plan: customer_id, 2025 as
    2024 (empty: no plan of 2024); late_correction: customer_id whose line was corrected after it was missed;
    rebates: short (half of what was agreed), over (half more) → customer_id, in 2025.
    promotions: promotion_id, uplift, pulled_forward (share of the uplift), customers. out_of_reach: account manager
    whose targets nobody reaches. payers: late (two months), ahead → customer_id. complaint: customer_id, date, lost_on
    (empty: nobody left). presales: person → true score; severity: rater → points given more than others; halo: a rater;
    few_cases, joined_late: persons.
    demand_lines: released_without_approval, issued_late → (product_id, month); ad_hoc: (product_id, month) of the ad
    hoc plans that were right. The joint review adds `demand.OPTIMISM`.
    faults: a `Fault` for every dirty thing planted, by file and line.
    """

    classes: pd.DataFrame
    fates: pd.DataFrame
    movers: pd.DataFrame
    seasonal: pd.DataFrame
    lost: pd.DataFrame
    won: pd.DataFrame
    stuffed: list
    shares: pd.DataFrame
    segments: pd.DataFrame
    segments_change: str
    effects: pd.DataFrame
    weights: pd.DataFrame
    odd_judgement: dict
    over_served: str
    answers_for_customers: str
    short_of_service: pd.DataFrame
    plan_owners: dict
    copied_plan: str
    late_correction: str
    rebates: dict
    promotions: pd.DataFrame
    out_of_reach: str
    payers: dict
    complaint: dict
    presales: dict
    severity: dict
    halo: str
    few_cases: str
    joined_late: str
    demand_lines: dict
    ad_hoc: list
    faults: tuple


def of_dealers(
    dealers: Dealers, paid_fen: np.ndarray, letters: np.ndarray, gone: dict, brand_share: np.ndarray
) -> dict:
    """The parts of Truth about dealers. paid_fen, letters: dealers × exported quarters; gone: those reported lost."""
    quarters = np.array([str(quarter) for quarter in dealers.quarters], object)
    return {
        "classes": _classes(dealers, quarters[1:], paid_fen, letters),
        "fates": pd.DataFrame(
            {
                "customer_id": dealers.ids,
                "fate": dealers.fate,
                "since": np.where(dealers.since > 0, quarters[dealers.since], ""),
            }
        ),
        "movers": _movers(dealers, quarters),
        "seasonal": pd.DataFrame(dealers.season[dealers.seasonal], columns=["q1", "q2", "q3", "q4"]).assign(
            customer_id=dealers.ids[dealers.seasonal]
        ),
        "lost": pd.DataFrame(
            {
                "customer_id": dealers.ids[gone["dealer"]],
                "last_quarter": quarters[dealers.last[gone["dealer"]]],
                "lost_on": gone["lost_on"],
                "reason": gone["reason"],
            }
        ),
        "won": pd.DataFrame(
            {"customer_id": dealers.ids[dealers.first > 0], "first_quarter": quarters[dealers.first[dealers.first > 0]]}
        ),
        "stuffed": dealers.ids[dealers.of("overstocked")].tolist(),
        "shares": pd.DataFrame({"customer_id": dealers.ids, "brand_share": brand_share}),
    }


def _classes(dealers, quarters, paid_fen, letters):
    dealer, quarter = np.nonzero(paid_fen)
    return pd.DataFrame(
        {
            "customer_id": dealers.ids[dealer],
            "quarter": quarters[quarter],
            "payments_yuan": paid_fen[dealer, quarter] / 100,
            "letter": letters[dealer, quarter],
        }
    )


def _movers(dealers, quarters):
    """Payments follow sales by a month: the quarter of the move itself is neither the one class nor the other."""
    movers = dealers.of("moved_earlier")
    return pd.DataFrame(
        {
            "customer_id": dealers.ids[movers],
            "before": [move[0] for move in dealers.moves[movers]],
            "after": [move[1] for move in dealers.moves[movers]],
            "last_before": quarters[dealers.since[movers] - 1],
            "first_after": quarters[dealers.since[movers] + 1],
        }
    )


def of_consumers(people: dict, quarters: Sequence[Quarter]) -> dict:
    """The parts of Truth about consumers."""
    names = np.array([segment.name for segment in consumers.SEGMENTS], object)
    segments = pd.DataFrame(
        {
            "consumer_id": consumers.ids(len(people["segment"])),
            "segment": names[people["segment"]],
            "segment_before": names[people["before"]],
        }
    )
    return {"segments": segments, "segments_change": str(consumers.changed_in(quarters))}


def of_factors() -> dict:
    """The parts of Truth about the fishbone."""
    effects = pd.DataFrame(
        [(each.id, each.bone, each.effect) for each in factors.FACTORS], columns=["factor_id", "bone", "effect"]
    )
    weights = [
        (parent, child, weight) for parent, children in experts.weights().items() for child, weight in children.items()
    ]
    odd = ("expert", "parent_id", "factor_a", "factor_b", "ratio", "fitting_ratio")
    return {
        "effects": effects,
        "weights": pd.DataFrame(weights, columns=["parent_id", "factor_id", "weight"]),
        "odd_judgement": dict(zip(odd, experts.odd_judgement(), strict=True)),
    }


def of_records(dealers: Dealers, parts: Parts, promoted: list[dict], planted: dict) -> dict:
    """The parts of Truth about what people write down. planted: what `needs`, `plans`, `presales`, `demand` and
    `records.complaint` tell, dealers as places."""
    quarters = np.array([str(quarter) for quarter in dealers.quarters[1:]], object)
    short, complaint = planted["short_of_service"], planted["complaint"]
    promotions = [
        (each["promotion_id"], float(each["uplift"]), float(each["pulled_forward"]), len(each["who"]))
        for each in promoted
    ]
    return planted | {
        "short_of_service": pd.DataFrame(
            {"customer_id": dealers.ids[short["dealer"]], "quarter": quarters[short["quarter"]]}
        ),
        "promotions": pd.DataFrame(promotions, columns=["promotion_id", "uplift", "pulled_forward", "customers"]),
        "out_of_reach": parts.out_of_reach,
        "payers": {"late": str(dealers.ids[parts.late]), "ahead": str(dealers.ids[parts.ahead])},
        "complaint": complaint
        and {"customer_id": str(dealers.ids[complaint["dealer"]])}
        | {name: str(complaint[name]) for name in ("date", "lost_on")},
    }
