"""The rule for long delays: a customer who does not consent to wait on gets a refund."""

from __future__ import annotations

from sim.warehouse.compiled import compiled
from sim.warehouse.flow.cancel import cancel
from sim.warehouse.flow.chance import happens
from sim.warehouse.flow.clock import placed_at
from sim.warehouse.flow.timers import next_of_series
from sim.warehouse.state import Flow, wide
from sim.warehouse.words import NEVER, NO_CONSENT, PURPOSE_CONSENT, WAITING


@compiled
def next_consent(s: Flow, o: int, since: int) -> int:
    """When consent is needed for order o, at `since` or later; NEVER if it is not."""
    plan = s.care_plan[0]
    if plan["consent_after"] >= NEVER or not _may_wait_on(s, o):
        return wide(NEVER)
    first = placed_at(s, o) + plan["consent_after"]
    return next_of_series(first, wide(plan["consent_again"]), wide(NEVER), since)


@compiled
def ask_for_consent(s: Flow, o: int) -> bool:
    """Ask about order o if it is time to. False: it was cancelled."""
    plan = s.care_plan[0]
    now = wide(s.counters[0]["now"])
    if next_consent(s, o, now) != now:
        return True
    nth = (now - placed_at(s, o) - plan["consent_after"]) // plan["consent_again"]
    if happens(s, o, wide(PURPOSE_CONSENT), wide(nth), wide(plan["consents"])):
        s.care[o]["consents"] += 1
        return True
    cancel(s, o, wide(NO_CONSENT))
    return False


@compiled
def _may_wait_on(s: Flow, o: int) -> bool:
    """Whether the order waits for a unit, and nobody works on it yet."""
    return bool(s.order[o]["status"] == WAITING and s.order[o]["missing_lines"] > 0)
