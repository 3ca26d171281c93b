"""From a scenario and its order book to the state in which the order flow starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.demand import repeat_threshold
from sim.randomness import seed_key
from sim.scenario.customers import ComeBack, Patience
from sim.scenario.units import HOUR
from sim.warehouse.allocate import State, allocate
from sim.warehouse.care import cares, set_up_care
from sim.warehouse.carrier import has_pickups, slow_stretches, timetable
from sim.warehouse.chance import chance, quantiles
from sim.warehouse.chance_rows import QUANTILES
from sim.warehouse.launches import release_of
from sim.warehouse.queues import serves, waiting_room
from sim.warehouse.roster import Roster, staffed
from sim.warehouse.state import DAY_LENGTH
from sim.warehouse.storefront import mode_of
from sim.warehouse.supplier import supplier_of
from sim.warehouse.support import STRETCHES, open_desk, solutions
from sim.warehouse.words import (
    ACCEPT,
    BY_CHOICE,
    COME_BACK,
    DROP_LINE,
    GENERAL_STORAGE,
    NEVER,
    NONE,
    RENT_OVERFLOW,
    SIGN_UP,
    STOP_OFFERING,
    SUBSTITUTE,
)

if TYPE_CHECKING:
    from sim.demand.order_book import OrderBook
    from sim.scenario.people import Work
    from sim.scenario.products import Product
    from sim.scenario.scenario import Scenario
    from sim.warehouse.run import Times

_STEPS = {
    "accept": ACCEPT,
    "substitute": SUBSTITUTE,
    "drop_line": DROP_LINE,
    "sign_up": SIGN_UP,
    "come_back": COME_BACK,
}
_WHEN_FULL = {
    "stop_offering": STOP_OFFERING,
    "rent_overflow": RENT_OVERFLOW,
    "general_storage": GENERAL_STORAGE,
}


def set_up(scenario: Scenario, book: OrderBook, times: Times, roster: Roster) -> State:
    """Allocate the arrays and write every parameter. There is no stock yet."""
    carrier = scenario.carrier
    handling = 0 if carrier is None else carrier.handling
    cuts = timetable(scenario, times, times.cap).cuts(handling)
    slow = slow_stretches(scenario, times)
    state = allocate(
        book.orders,
        book.lines,
        n_skus=len(scenario.products),
        n_people=len(roster.people),
        n_teams=len(staffed(scenario.people)),
        n_classes=max(1, len(scenario.demand.classes)),
        split=scenario.storefront.ship != "complete",
        by_class=scenario.storefront.allocate == "class",
        n_cuts=len(cuts),
        n_slow=len(slow),
        stretches=_first_free(scenario) + (scenario.returns is not None),
        returns=scenario.returns is not None,
        recommends=scenario.alerts.recommend is not None,
        lasts=times.cap,
        answers=scenario.people.support is not None,
        desk=scenario.support is not None,
        care=cares(scenario),
        n_messages=len(scenario.messages),
        n_solutions=len(solutions(scenario)),
        splits_later=any(each.offer == "partial_shipment" for each in solutions(scenario)),
    )
    state.cuts[:], state.slow[:] = cuts, slow
    state.c["carrier"], state.c["handling"] = has_pickups(scenario), handling
    _storefront(state, scenario)
    _customers(state, scenario)
    state.c["hash_key"] = seed_key(book.seed, "season", book.replication)
    _area(state, scenario)
    _products(state, scenario, times)
    _people(state, scenario, roster)
    if scenario.wrapping is not None:
        state.c["wraps"] = chance(scenario.wrapping.share)
        state.c["wrap_parcel"] = scenario.wrapping.per_parcel
        state.c["wrap_unit"] = scenario.wrapping.per_unit
    _returns(state, scenario)
    open_desk(state, scenario, roster)
    _third_party(state, scenario)
    set_up_care(state, scenario)
    return state


def _storefront(state: State, scenario: Scenario) -> None:
    front, alerts, c = scenario.storefront, scenario.alerts, state.c
    c["padding"] = front.quote.padding
    c["live_information"] = front.quote.information_age == 0
    c["live_stock"] = front.stock_information_age == 0
    c["cap_quote"] = NEVER if front.caps.quoted_wait is None else front.caps.quoted_wait
    c["mail_all"] = alerts.mail == "all at once"
    c["mail_batch"] = alerts.batch
    c["mail_gap"] = int(HOUR * alerts.batch // alerts.per_hour) if alerts.per_hour else 0
    if alerts.recommend is not None:
        skus = [product.sku for product in scenario.products]
        named = alerts.recommend.product
        c["recommend"] = chance(alerts.recommend.share)
        c["recommended"] = NONE if named is None else skus.index(named)
    c["recheck"] = alerts.recheck_stock
    c["sign_up_again"] = alerts.sign_up_again
    c["withdraws"] = scenario.replenishment.on_cancel == "withdraw"


def _customers(state: State, scenario: Scenario) -> None:
    customers, c = scenario.customers, state.c
    c["n_steps"] = len(customers.steps)
    for nth, step in enumerate(customers.steps):
        c[f"step{nth}"] = _STEPS[step]
    back = customers.come_back_later
    c["sign_up_threshold"] = repeat_threshold(scenario, "sign_up")
    c["come_back_threshold"] = repeat_threshold(scenario, "come_back")
    c["comebacks_at_most"] = back.at_most if isinstance(back, ComeBack) else 1
    if scenario.storefront.ship == "choice":
        c["split"], c["wants_split"] = BY_CHOICE, chance(customers.wants_split)
    patience = customers.patience
    c["patience_from_promise"] = isinstance(patience, Patience) and patience.start == "promise"


def _area(state: State, scenario: Scenario) -> None:
    area, c = scenario.backorder_area, state.c
    if area is None:
        return
    volume = area.positions.count * (area.positions.volume_ml or 0) * area.fill
    c["has_area"] = 1
    c["capacity"] = int(volume + 1e-6)
    c["when_full"] = _WHEN_FULL[area.when_full]
    c["slow_retrieval"] = round(area.slow_retrieval * 1000)
    stops = scenario.storefront.caps.stop_when_area_full or area.when_full == "stop_offering"
    c["check_area"] = stops


def _products(state: State, scenario: Scenario, times: Times) -> None:
    front, rows = scenario.storefront, state.sku
    numbers = {product.sku: number for number, product in enumerate(scenario.products)}
    suppliers = list(scenario.suppliers)
    for sku, product in enumerate(scenario.products):
        row, name = rows[sku], supplier_of(scenario, product)
        cap = front.caps.units_per_sku if product.cap_units is None else product.cap_units
        row["mode"] = mode_of(scenario, product)
        row["released"] = release_of(product, times)
        row["elsewhere"] = product.available_elsewhere
        row["substitute"] = NONE if product.substitute is None else numbers[product.substitute]
        row["supplier"] = NONE if name is None else suppliers.index(name)
        row["volume"] = product.volume
        row["weight"] = round(product.weight * 1000)
        row["cap_units"] = NEVER if cap is None else cap
        row["standard_wait"] = _standard_wait(scenario, product)


def _standard_wait(scenario: Scenario, product: Product) -> int:
    """Wait that is quoted when nothing on order covers a line: by default a mean lead time."""
    stated, name = scenario.storefront.quote.standard_wait, supplier_of(scenario, product)
    if stated is not None:
        return stated
    if name is None:
        return 0
    lead = scenario.suppliers[name].lead_time.mean
    return round(lead) if lead < NEVER else NEVER


def _people(state: State, scenario: Scenario, roster: Roster) -> None:
    people, c = scenario.people, state.c
    teams = staffed(people)
    numbers = {name: number for number, (name, _) in enumerate(teams)}
    for number, (_, team) in enumerate(teams):
        state.team[number]["unlimited"] = team.unlimited
        state.team[number]["pauses"] = team.at_shift_end == "pause"
    state.person["team"] = [numbers[name] for name, _ in roster.people]
    served = serves(scenario)
    for number, queues in enumerate(served.rows):
        state.serves[number, : len(queues)] = queues
    c["backorder_pick"], c["backorder_pack"] = served.backorder_pick, served.backorder_pack
    c["stations"] = NEVER if people.pack_stations is None else people.pack_stations
    room = waiting_room(people)
    if room is not None:
        c["room_team"] = numbers[room[0]]
        state.team[numbers[room[0]]]["waiting_room"] = room[1]
    c["two_stage"] = people.pick is not None
    picking = people.pick or people.pick_pack
    if picking is not None:
        _work(state, "pick", picking.work)
    if people.pick is not None and people.pack is not None:
        _work(state, "pack", people.pack.work)


def _returns(state: State, scenario: Scenario) -> None:
    terms, carrier, c = scenario.returns, scenario.carrier, state.c
    c["express"] = carrier is not None and carrier.express is not None
    c["margin"] = scenario.customers.needed_by_margin
    c["dock"] = scenario.people.receiving is not None
    if terms is None:
        return
    c["returned_share"] = chance(terms.share)
    c["returned_late"] = chance(terms.share if terms.late is None else terms.late)
    c["resale"], c["return_unit"] = chance(terms.resale), terms.work
    c["refunds"] = terms.refund
    c["returned_after"] = _first_free(scenario)
    state.quantile["amount"][_first_free(scenario) * QUANTILES :] = quantiles(terms.after)


def _first_free(scenario: Scenario) -> int:
    """The first stretch of amounts that the support desk leaves."""
    return 0 if scenario.support is None else STRETCHES


def _third_party(state: State, scenario: Scenario) -> None:
    terms, c = scenario.third_party, state.c
    if terms is not None:
        c["third_party"], c["third_above"], c["third_delay"] = 1, terms.above, terms.delay
        c["third_gap"] = 0 if terms.per_day is None else DAY_LENGTH // terms.per_day


def _work(state: State, stage: str, work: Work) -> None:
    state.c[f"{stage}_order"] = work.per_order
    state.c[f"{stage}_line"] = work.per_line
    state.c[f"{stage}_unit"] = work.per_unit


def stock_up(state: State, units: list[int]) -> None:
    """Lay the opening stock on the shelf."""
    state.sku["free"] = units
    state.sku["position"] += np.asarray(units, np.int64)
