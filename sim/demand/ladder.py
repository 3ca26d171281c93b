"""The steps of a shopper who finds lines short, as thresholds stamped on the customer.

Planners count steps of 100 such shoppers. Each step is asked only of those who refused the steps
before it, so its chance among them is its share over what the earlier shares leave.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.demand.order_book import COME_BACK, DROP, SIGN_UP, SUBSTITUTE
from sim.demand.spans import ENDLESS, Spans, pack, pack_one
from sim.scenario.customers import AcceptBackorder, ComeBack

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sim.demand.draw import Draw
    from sim.scenario.customers import Customers, Step
    from sim.scenario.scenario import Scenario

    Floats = NDArray[np.float64]

FLAG_OF: dict[Step, int] = {
    "substitute": SUBSTITUTE,
    "drop_line": DROP,
    "sign_up": SIGN_UP,
    "come_back": COME_BACK,
}
_ROUNDING = 1e-12


def accept_rule(customers: Customers) -> AcceptBackorder:
    """How many accept a wait, whichever way it was written."""
    rule = customers.accept_backorder
    if isinstance(rule, AcceptBackorder):
        return rule
    # Copied in, as it is a share already: a new block would read it as a number out of 100.
    return AcceptBackorder().model_copy(update={"at_no_wait": rule})


def come_back_rule(customers: Customers) -> ComeBack:
    """How many come back by themselves, whichever way it was written."""
    rule = customers.come_back_later
    if isinstance(rule, ComeBack):
        return rule
    return ComeBack().model_copy(update={"share": rule})


def step_chance(customers: Customers, step: Step) -> float:
    """Chance of a step among the shoppers who refused the steps before it.

    A backorder counts with the share that accepts hardly any wait. A step that is not listed is
    never taken.
    """
    if step not in customers.steps:
        return 0.0
    left = 1.0
    for earlier in customers.steps[: customers.steps.index(step)]:
        left -= _share(customers, earlier)
    if left <= _ROUNDING:
        return 0.0
    return min(1.0, _share(customers, step) / left)


def repeat_threshold(scenario: Scenario, step: Step) -> int:
    """Threshold below which the hash of a later occasion means that the step is taken again.

    It lies in 0 .. 2**31; the hash is `sim.randomness.occasion_hash`.
    """
    return round(step_chance(scenario.customers, step) * (1 << 31))


def step_flags(customers: Customers, draw: Draw) -> NDArray[np.int8] | int:
    """Bits of the steps that each customer takes when they are reached; 0 if nobody takes any."""
    flags: NDArray[np.int8] | int = 0
    for step, bit in FLAG_OF.items():
        chance = step_chance(customers, step)
        if chance > 0.0:
            taken = draw.uniforms("step", step) < chance
            flags = flags | (taken.astype(np.int8) * np.int8(bit))
    return flags


def longest_quotes(customers: Customers, draw: Draw) -> Spans | int:
    """Longest quoted wait that each customer accepts, packed: -1 none, ENDLESS any.

    Of those who reach the step, at_no_wait * 0.5 ** (wait / half_life) accept.
    """
    rule = accept_rule(customers)
    chance = step_chance(customers, "accept")
    longest = ENDLESS if rule.longest is None else pack_one(rule.longest)
    if chance >= 1.0 and rule.half_life is None:
        return longest
    if chance <= 0.0:
        return -1
    uniforms = draw.uniforms("step", "accept")
    return np.minimum(fading(uniforms, chance, rule.half_life), np.int32(longest))


def fading(uniforms: Floats, chance: float, half_life: int | None) -> Spans:
    """Longest time, packed, for which u < chance * 0.5 ** (time / half_life); -1: not even 0."""
    if half_life is None:
        return np.where(uniforms < chance, np.int32(ENDLESS), np.int32(-1))
    if chance <= 0.0:
        return np.full(len(uniforms), -1, np.int32)
    with np.errstate(divide="ignore"):
        times = chance / uniforms
    np.log2(times, out=times)
    times *= half_life
    # The longest whole time before it: below 0 where u is not below the chance.
    np.ceil(times, out=times)
    times -= 1.0
    return pack(np.maximum(times, -1.0, out=times))


def _share(customers: Customers, step: Step) -> float:
    match step:
        case "accept":
            return accept_rule(customers).at_no_wait
        case "substitute":
            return customers.substitute
        case "drop_line":
            return customers.drop_line
        case "sign_up":
            return customers.sign_up_for_alert
        case "come_back":
            return come_back_rule(customers).share
