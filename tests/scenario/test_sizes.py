"""What no machine could run, and what no shop can mean, is refused by the line that asks for it."""

import pytest

from sim.scenario import load_scenario
from sim.scenario.calendar import season_calendar
from sim.scenario.sizes import expected_orders
from tests.scenario.conftest import Complaints

SHOP = """\
season: {length: 84 days}
demand: {orders_per_day: 100}
products: [{sku: A, stock: 10 units}]
suppliers: {maker: {lead_time: 3 days}}
"""
DATED = SHOP.replace("length: 84 days", "start: 2026-10-05, end: 2026-12-27")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("84 days", "90000 days", "s.yaml:1:9: season: the run would last 90,061 days"),
        ("84 days}", "84 days, drain: 100 years}", "s.yaml:1:9: season: the run would last 36,585"),
        ("100}", "1000000}", "s.yaml:2:9: demand: asks for some 84,000,000 orders; at most 20,0"),
        ("100}", "100, scale: 1e9}", "s.yaml:2:9: demand: asks for some 8,400,000,000,000 orders"),
        (
            "100}",
            "100, wave: {amplitude: 50%, period: 1 day}, peaks: []}\nreplenishment: {}",
            None,
        ),
        (
            "suppliers:",
            "people: {pick_pack: {cohorts: [{name: a, people: 9000}]}}\nsuppliers:",
            "s.yaml:4:50: people.pick_pack.cohorts.0.people: brings the roster to 1,305,000",
        ),
        (
            "suppliers:",
            "replenishment: {rule: periodic, review_period: 1 s, order_up_to: 9}\nsuppliers:",
            "s.yaml:4:48: replenishment.review_period: is so short that the run would have 12,",
        ),
        (
            "suppliers:",
            "storefront: {quote: {information_age: 1 ms}}\nsuppliers:",
            "s.yaml:4:39: storefront.quote.information_age: is so short",
        ),
        (
            "suppliers:",
            "costs: {inventory: {charged: end_of_period, period: 10 ms}}\nsuppliers:",
            "s.yaml:4:53: costs.inventory.period: is so short",
        ),
        (
            "10 units",
            "1000000000 units",
            "s.yaml:3:28: products.0.stock: is too large for a run of this length: at most 92,",
        ),
        (
            "84 days}\ndemand: {orders_per_day: 100}\nproducts: [{sku: A, stock: 10 units}]",
            "19000 days}\ndemand: {orders_per_day: 1}\nproducts: [{sku: A, stock: 1000000000}]",
            "s.yaml:3:28: products.0.stock: is too large for a run of this length: at most 700,",
        ),
    ],
    ids=range(11),
)
def test_what_is_too_large_is_refused_at_once(
    complaints: Complaints, old: str, new: str, said: str | None
) -> None:
    assert old in SHOP
    found = complaints(SHOP.replace(old, new))
    if said is None:
        assert found == []
    else:
        assert len(found) == 1
        assert found[0].startswith(said)


def test_the_expected_orders_are_those_of_the_rate() -> None:
    from sim.demand.rates import rate_curve
    from sim.demand.window import run_window

    for name in ("holiday", "gift-retailer"):
        scenario = load_scenario(name)
        season = scenario.season
        orders = expected_orders(scenario.demand, season.warm_up, season_calendar(season))
        assert orders == pytest.approx(rate_curve(scenario.demand, run_window(season)).total)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "end: 2026-12-27",
            "end: 2026-12-27, closed: [1900-01-01]",
            "s.yaml:1:55: season.closed.0: is more than 60 years from the season's start"
            " (got '1900-01-01')",
        ),
        (
            "end: 2026-12-27",
            "end: 2026-12-27, closed: [thanksgiving..2026-10-06]",
            "s.yaml:1:55: season.closed.0: ends before it begins"
            " (got 'thanksgiving..2026-10-06'); put the earlier day first",
        ),
        (
            "suppliers:",
            "opening: {as_of: 3 days before 0001-01-01}\nsuppliers:",
            "s.yaml:4:18: opening.as_of: is more than 60 years",
        ),
        (
            "suppliers: {maker: {",
            "suppliers: {maker: {disruptions: [{during: 9000-01-01}], ",
            "s.yaml:4:44: suppliers.maker.disruptions.0.during: is more than 60 years",
        ),
    ],
    ids=range(4),
)
def test_dates_that_cannot_be_meant_are_refused(
    complaints: Complaints, old: str, new: str, said: str
) -> None:
    found = complaints(DATED.replace(old, new))
    assert len(found) == 1
    assert found[0].startswith(said)


def test_a_date_in_a_season_without_dates_is_refused_wherever_it_stands(
    complaints: Complaints,
) -> None:
    text = SHOP + (
        "customers: {needed_by: {2026-12-24: 50%}}\n"
        "carrier: {slow: [{during: christmas, times: 2}]}\n"
    )
    assert [line.split(" needs a season")[0] for line in complaints(text)] == [
        "s.yaml:5:24: customers.needed_by: '2026-12-24'",
        "s.yaml:6:27: carrier.slow.0.during: 'christmas'",
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("100}", "100, basket: {units_per_line: 0}}", "a line has at least one unit"),
        ("100}", "100, basket: {units_per_line: {poisson: 2}}}", "a line has at least one unit"),
        ("100}", "100, basket: {units_per_line: 2000000}}", "a line has at most 1,000,000 units"),
        ("100}", "100, basket: {lines: {1: 0}}}", "the weights must add up to a number above 0"),
        (
            "orders_per_day: 100",
            "basket_types: [{name: a, rate: 3 per day, items: {A: 0}}]",
            "a line has from 1 to 1,000,000 units (got 0)",
        ),
        (
            "suppliers:",
            "opening: {open_orders: [{order: A-1, sku: A, units: 0, placed: 0 days}]}\nsuppliers:",
            "an open order owes at least one unit (got 0)",
        ),
        (
            "suppliers:",
            "opening: {open_orders: [{order: A-1, sku: A, placed: 0 days, order_class: x}]}\n"
            "suppliers:",
            "no order class has this name (got 'x'); known: orders",
        ),
        (
            "suppliers:",
            "people: {pick_pack: {cohorts: [{name: a, people: 1, wage: 27 per our}]}}\nsuppliers:",
            "must be an amount per time such as \"27.00 per hour\" (got '27 per our')",
        ),
        (
            "suppliers:",
            "backorder_area: {positions: 5 shelves of 1 liter, fill: 0%}\nsuppliers:",
            "backorder_area.fill: nothing fits into a position of which nothing can be used",
        ),
        (
            "suppliers:",
            "backorder_area: {positions: 5 shelves}\nsuppliers:",
            "backorder_area.positions: needs the size of a position (got '5 shelves'); write e.g.",
        ),
        (
            "100}",
            "100, day_noise: 11}",
            "demand.day_noise: is a coefficient of variation of at most 10",
        ),
        ("stock:", "volume: 2000 m3, stock:", "products.0.volume: is larger than 1,000 m3"),
        (
            "suppliers:",
            "people: {pick_pack: {unlimited: yes, work: {per_unit: 101 days}}}\nsuppliers:",
            "people.pick_pack.work: makes the largest order longer than 100 days",
        ),
        (
            "suppliers:",
            "receiving: {work: {per_unit: 25 hours}}\nsuppliers:",
            "receiving.work.per_unit: is longer than 1 day",
        ),
        (
            "suppliers:",
            "receiving: {work: {per_delivery: 101 days}}\nsuppliers:",
            "receiving.work.per_delivery: is longer than 100 days",
        ),
        (
            "suppliers:",
            "backorder_area: {positions: 1000000000 shelves of 2 m3}\nsuppliers:",
            "backorder_area.positions: are together larger than 1,000,000,000 m3",
        ),
        (
            "suppliers:",
            "backorder_area: {positions: 1 shelf of 2 m3, slow_retrieval: 1001}\nsuppliers:",
            "backorder_area.slow_retrieval: is at most 1,000 times",
        ),
        (
            "lead_time: 3 days",
            "lead_time: 3 days, capacity: 0.9 units per year",
            "suppliers.maker.capacity: is less than a unit per year",
        ),
        ("suppliers:", "carrier: {capacity: -1}\nsuppliers:", "must be at least 0"),
        (
            "suppliers:",
            "carrier: {capacity: 9223372036854775808}\nsuppliers:",
            "must be at most 1000000000",
        ),
        (
            "suppliers:",
            "carrier: {capacity_by_weekday: {today: 3}}\nsuppliers:",
            "carrier.capacity_by_weekday.today: must be one of mon, tue",
        ),
        (
            "suppliers:",
            "people: {pack_stations: 99999999999999999999}\nsuppliers:",
            "people.pack_stations: ",
        ),
        (
            "suppliers:",
            "people: {pick_pack: {shift: {mon: 08:00-16:00, breaks: 8 hours}, unlimited: yes}}\n"
            "suppliers:",
            "people.pick_pack.shift.breaks: the break is as long as a shift, or longer",
        ),
        ("stock: 10 units", "stock: {a: 1}", "must be"),
        (
            "demand: {",
            "demand: {hours: {a: 1}, ",
            "must be",
        ),
        (
            "suppliers:",
            "validation: {source: a, expected: {orders: [1, [2]]}}\nsuppliers:",
            "must be a number",
        ),
    ],
    ids=range(26),
)
def test_what_no_run_could_take_is_refused_by_its_own_line(
    complaints: Complaints, old: str, new: str, said: str
) -> None:
    assert old in SHOP
    found = complaints(SHOP.replace(old, new))
    assert len(found) >= 1
    assert said in found[0]


def test_an_item_of_a_list_may_be_named_wrongly_by_a_list(complaints: Complaints) -> None:
    text = (
        SHOP.replace("sku: A,", "sku: [A],") + "policies: {a: {products: {A: {stock: 3 units}}}}\n"
    )
    assert complaints(text)[0].startswith("s.yaml:3:18: products.0.sku: a name must be text")
