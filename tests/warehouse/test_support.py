"""The support desk: each link from a late delivery to a lost customer, cut one at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.results import kpis
from sim.warehouse.desk_rows import ABANDONED, ANSWERED
from sim.warehouse.words import CANCELLED, WRONG_ANSWER
from tests.warehouse.small import DAY, HOUR, Buyer, run, scenario

BUYERS = [Buyer(at=hour * HOUR) for hour in range(40)]


def chain(**links: Any) -> Any:
    """Forty customers wait for one delivery that comes two days late, and ask four times a day.

    Args:
        links: What cuts the chain: `slips`, `age`, `cancels`, `asks`, `patience`, `factor`,
            `messages`.
    """
    maker: dict[str, Any] = {"lead_time": "2 days"}
    if links.get("slips", True):
        maker["slips"] = {"share": "100%", "by": "2 days"}
    effect = {"cancels": links.get("cancels", "100%"), "patience": links.get("factor", 1)}
    season = scenario(
        suppliers={"maker": maker},
        replenishment={"rule": "reorder_point", "reorder_point": 0, "order_quantity": 100},
        support={
            "contacts": {"backordered": "4 per day", "late": links.get("asks", "4 per day")},
            "handling": "5 min",
            "information_age": links.get("age", "10 days"),
            "wrong_answer": effect,
        },
        people={"support": {"cohorts": [{"name": "agents", "people": 3}]}},
        messages=links.get("messages", []),
    )
    patience = links.get("patience")
    buyers = [Buyer(each.at, patience=patience) for each in BUYERS]
    return run(season, *buyers)


def lost(ledger: Any) -> int:
    return int(np.count_nonzero(ledger.orders["status"] == CANCELLED))


def test_a_purchase_order_that_slips_and_agents_who_do_not_know_cost_customers():
    ledger = chain()
    reasons = ledger.orders["reason"][ledger.orders["status"] == CANCELLED]
    assert len(reasons) > 25
    assert set(reasons.tolist()) == {WRONG_ANSWER}
    # Nobody is told anything wrong before the date has passed, or after the goods have come.
    ended = ledger.orders["ended_at"][ledger.orders["status"] == CANCELLED]
    assert ended.min() > 2 * DAY
    assert ended.max() < 4 * DAY


@pytest.mark.parametrize(
    "cut",
    [{"slips": False}, {"age": "0 days"}, {"age": "1 day"}, {"cancels": "0%"}],
    ids=["the delivery is in time", "agents are up to date", "they hear of it that day", "no harm"],
)
def test_without_any_one_link_nobody_is_lost(cut):
    assert lost(chain(**cut)) == 0


def test_the_older_the_information_the_more_customers_are_lost():
    curve = [lost(chain(age=f"{age} hours", asks="0.5 per day")) for age in (24, 52, 60, 70, 96)]
    assert curve[0] == 0
    assert curve == sorted(set(curve))


def test_a_wrong_answer_shortens_patience():
    patient = chain(cancels="0%", patience=100 * HOUR)
    assert lost(patient) == 0
    assert lost(chain(cancels="0%", patience=100 * HOUR, factor=0.2)) > 0


def test_who_is_not_asked_is_not_told_anything_wrong():
    asked = kpis(chain())
    silent = kpis(chain(asks="0 per day"))
    assert asked["wrong_answers"] > silent["wrong_answers"]
    assert silent["contacts:late"] == 0


@pytest.mark.parametrize(("to", "factor", "fewer"), [("late", 0, True), ("late", 1, False)])
def test_a_message_in_time_spares_a_question(to, factor, fewer):
    message = {"name": "news", "to": to, "cost": 0.1, "contacts": factor}
    asked = kpis(chain(messages=[message]))["contacts"]
    assert (asked < kpis(chain())["contacts"]) is fewer


def test_the_latest_message_says_how_often_customers_ask():
    quiet = {"name": "quiet", "first_after": "0 days", "contacts": 0}
    alarm = {"name": "alarm", "first_after": "1 day", "contacts": 1}
    silent, both = (kpis(chain(messages=rules)) for rules in ([quiet], [quiet, alarm]))
    assert silent["contacts"] == 0
    assert 0 < both["contacts"] < kpis(chain())["contacts"]


def desk(agents: int = 1, **support: Any) -> Any:
    """Every buyer of an item on the shelf asks once, at once; six buyers, a minute apart."""
    season = scenario(
        products=[{"sku": "A", "stock": "100 units"}],
        support={"contacts": {"placed": "100%"}, "handling": "10 min"} | support,
        people={
            "support": {
                "service_target": "15 min",
                "cohorts": [{"name": "agents", "people": agents, "wage": "30 per hour"}],
            }
        },
    )
    return run(season, *(Buyer(at=HOUR + minute * 60_000) for minute in range(6)))


def test_one_agent_answers_first_come_first_served():
    contacts = desk().contacts
    assert contacts["answered_at"].tolist() == [HOUR + n * 600_000 for n in range(6)]
    assert (contacts["state"] == ANSWERED).all()


def test_callers_hang_up_and_may_call_again():
    gone = desk(patience="20 min").contacts
    assert (gone["state"] == ABANDONED).sum() == 3
    again = desk(patience="20 min", calls_again="100%", calls_again_after="1 hour").contacts
    assert len(again) > len(gone)
    first = again[again["attempt"] == 0]
    assert len(first) == 6
    assert ((again["attempt"] == 0) == (again["first"] == np.arange(len(again)))).all()


def test_an_agent_who_chats_takes_several_at_once_and_is_paid_once():
    one, three = desk(), desk(at_once=3, at_once_factor=1.5)
    answered = three.contacts["answered_at"]
    assert answered[:3].tolist() == [HOUR, HOUR + 60_000, HOUR + 120_000]
    assert (three.contacts["ended_at"] - answered == 900_000).all()
    assert kpis(three)["wages"] == kpis(one)["wages"] < 0


def test_the_time_after_a_shift_is_paid_once_for_several_chats():
    season = scenario(
        products=[{"sku": "A", "stock": "100 units"}],
        support={"contacts": {"placed": "100%"}, "handling": "30 min", "at_once": 2},
        people={
            "support": {
                "shift": {"mon-sun": "08:00-16:00"},
                "cohorts": [{"name": "agents", "people": 1, "wage": "30 per hour"}],
            }
        },
    )
    ledger = run(season, Buyer(at=15 * HOUR + 2_400_000), Buyer(at=15 * HOUR + 3_000_000))
    # The chats end at 16:10 and 16:20: one agent stays for 20 minutes.
    assert ledger.marks.people["late_ms"][-1].sum() == 20 * 60_000


def test_bad_endings_come_from_errors_and_training_helps():
    def badly(**support: Any) -> float:
        return kpis(desk(agents=6, **support))["contacts_ended_badly"]

    assert badly() == 0
    assert badly(ends_well="0%") == 6
    assert badly(ends_well="0%", training={"ends_well": "100%"}) == 0
    assert badly(ends_well="0%", training={"cohorts": ["agents"], "ends_well": "50%"}) < 6
    assert badly(ends_well="0%", training={"hours": "4 hours"}) == 6, "without a figure, no effect"


def test_a_question_is_resolved_when_the_first_answer_is_right_and_ends_well():
    assert kpis(desk())["first_contact_resolution"] == 1
    assert kpis(desk(ends_well="0%"))["first_contact_resolution"] == 0
    again = kpis(desk(ends_well="0%", calls_again_unresolved="100%", at_most=2))
    assert again["contacts"] == 18


def test_clear_information_keeps_customers_from_asking_at_a_price():
    told = {"faq": {"contacts": 0, "cost": 500}, "quote_quality": {"cost": 70}}
    figures = kpis(desk(information_up_front=told))
    assert (figures["contacts"], figures["information"]) == (0, -570)
    halved = kpis(desk(information_up_front={"faq": {"contacts": 0.5}}))
    assert 0 < halved["contacts"] < 6


def test_training_costs_its_hours_and_a_fee_per_agent():
    training = {"hours": "4 hours", "cost_per_agent": 200}
    assert kpis(desk(agents=3, training=training))["de_escalation"] == -3 * (4 * 30 + 200)


def test_figures_of_the_desk_counted_by_hand():
    figures = kpis(desk())
    # Asked at minutes 0 to 5 and answered at 0, 10, … 50: the waits are 0, 9, … 45 minutes.
    assert figures["asa"] == pytest.approx(np.mean([0, 9, 18, 27, 36, 45]) * 60)
    assert figures["support_service_level"] == pytest.approx(2 / 6)
    assert figures["support_wait_probability"] == pytest.approx(5 / 6)
    assert figures["contact_aht"] == 10
    assert figures["support_backlog_max"] == 5
    assert figures["contacts_per_order"] == 1
    assert figures["contacts:placed"] == 6


def test_without_a_desk_nothing_is_known_of_contacts():
    figures = kpis(run(scenario(products=[{"sku": "A", "stock": "9 units"}]), Buyer(at=HOUR)))
    assert np.isnan(figures["contacts"])
    assert figures["information"] == figures["de_escalation"] == 0
