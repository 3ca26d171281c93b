"""What is wrong between the support desk and its team is refused by the line that says it."""

import pytest

from tests.scenario.conftest import Complaints

SHOP = """\
season: {length: 84 days}
demand: {orders_per_day: 100}
products: [{sku: A, stock: 10 units}]
people: {support: {cohorts: [{name: agents, people: 4}]}}
support: {contacts: {late: 0.2 per day}, handling: 6 min}
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("6 min", "6 min, at_once: 3, patience: {exponential: 4 min}", None),
        ("people: {support", "people: {pick_pack", "s.yaml:5:10: support: needs people.support"),
        ("0.2 per day", "2 per hour", "s.yaml:5:28: support.contacts.late: is at most 24 per day"),
        (
            "6 min",
            "6 min, information_up_front: {faq: {contacts: 200}}",
            "support.contacts.late: is at most 24 per day of one order, also times 200",
        ),
        ("6 min", "11 days", "s.yaml:5:52: support.handling: is at most 10 days"),
        (
            "6 min",
            "6 min, wrong_answer: {patience: 2000}",
            "s.yaml:5:84: support.wrong_answer.patience: is a factor of at most 1000",
        ),
        (
            "6 min",
            "6 min, training: {cohorts: [night]}",
            "no cohort of people.support has this name (got 'night'); known: agents",
        ),
        ("6 min", "6 min, solutions: [{offer: refund, accepted: 20%, cost: 5}]", None),
        (
            "6 min",
            "6 min, solutions: [{offer: refund, accepted: 20%}, {offer: refund, accepted: 90%}]",
            "support.solutions.1.offer: this solution is listed twice (got 'refund')",
        ),
        (
            "6 min",
            "6 min, solutions: [{offer: expedite, accepted: 20%}]",
            "support.solutions.0: no supplier hurries a delivery on request",
        ),
        (
            "6 min",
            "6 min, solutions: [{offer: money, accepted: 20%}]",
            "must be one of expedite, partial_shipment, substitute, refund",
        ),
        (
            "support: {cohorts",
            "support: {at_shift_end: pause, cohorts",
            "people.support.at_shift_end: nobody puts a customer off at the end of a shift",
        ),
    ],
)
def test_what_no_desk_can_mean(
    complaints: Complaints, old: str, new: str, said: str | None
) -> None:
    assert old in SHOP
    found = complaints(SHOP.replace(old, new, 1))
    if said is None:
        assert found == []
    else:
        assert len(found) == 1
        assert said in found[0]
