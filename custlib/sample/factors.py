"""The fishbone of the invented company: 26 factors on six bones, their scores, and what they truly do to profit."""

from typing import NamedTuple

import numpy as np


class Factor(NamedTuple):
    """A factor of the fishbone: its stable id and its bone.

    effect: what one score point more adds to the change of log brand profit into the following quarter.
    weight: the share of its bone that the experts truly give it.
    """

    id: str
    bone: str
    effect: float
    weight: float


BONES = {
    "value_for_money": 0.28,
    "marketing": 0.16,
    "distribution_strength": 0.24,
    "customer_management": 0.14,
    "policy_resources": 0.10,
    "customer_itself": 0.08,
}

FACTORS = (
    Factor("product_strength", "value_for_money", 0.0, 0.36),
    Factor("model_lineup", "value_for_money", 0.0, 0.16),
    Factor("price", "value_for_money", 0.0, 0.26),
    Factor("local_repricing", "value_for_money", 0.026, 0.12),
    Factor("product_store_fit", "value_for_money", 0.0, 0.10),
    Factor("store_activation", "marketing", 0.0, 0.22),
    Factor("product_activation", "marketing", 0.010, 0.18),
    Factor("sales_incentives", "marketing", 0.048, 0.40),
    Factor("consumer_communication", "marketing", 0.0, 0.20),
    Factor("outlet_activation", "distribution_strength", 0.0, 0.20),
    Factor("outlet_training", "distribution_strength", 0.080, 0.40),
    Factor("small_steps", "distribution_strength", 0.062, 0.26),
    Factor("downstream_resources", "distribution_strength", 0.0, 0.14),
    Factor("stock_age_analysis", "customer_management", 0.036, 0.26),
    Factor("customer_files", "customer_management", 0.0, 0.10),
    Factor("user_files", "customer_management", 0.0, 0.14),
    Factor("user_file_promotion", "customer_management", 0.0, 0.12),
    Factor("user_file_delight", "customer_management", 0.0, 0.08),
    Factor("training_to_earn", "customer_management", 0.010, 0.20),
    Factor("continuous_training", "customer_management", 0.0, 0.10),
    Factor("policy_design", "policy_resources", 0.0, 0.30),
    Factor("incentive_policy", "policy_resources", 0.0, 0.34),
    Factor("resources_invested", "policy_resources", 0.0, 0.20),
    Factor("price_compensation", "policy_resources", 0.008, 0.16),
    Factor("own_competence", "customer_itself", 0.0, 0.70),
    Factor("other_dealers", "customer_itself", 0.0, 0.30),
)


def scores(rng, dealers, quarters):
    """Scores 1 to 5, dealers × quarters × factors: a little halo of dealer and bone, mostly the factor itself."""
    bone = [list(BONES).index(factor.bone) for factor in FACTORS]
    halo = rng.normal(0, 0.2, (dealers, 1, 1))
    of_bone = rng.normal(0, 0.25, (dealers, 1, len(BONES)))[:, :, bone]
    own = rng.normal(0, 0.9, (dealers, quarters, len(FACTORS)))
    return np.clip(np.round(3.2 + halo + of_bone + own), 1, 5).astype(np.int8)


def growth(rng, given):
    """Dealers × quarters: log of brand profit against its start, as last quarter's scores and chance move it on."""
    effects = np.array([factor.effect for factor in FACTORS])
    pushed = (given - given.mean(axis=0, dtype=float)) @ effects + rng.normal(0, 0.12, given.shape[:2])
    return np.concatenate([np.zeros((len(given), 1)), np.cumsum(pushed[:, :-1], axis=1)], axis=1)
