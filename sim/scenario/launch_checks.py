"""What can be wrong with launches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.scenario.calendar import Calendar
    from sim.scenario.launch import Launch
    from sim.scenario.products import Product
    from sim.scenario.scenario import Scenario


def launch_problems(scenario: Scenario, calendar: Calendar) -> Iterator[Problem]:
    """Return what is wrong with products that are launched."""
    launched = [(n, each) for n, each in enumerate(scenario.products) if each.launch is not None]
    for index, product in launched:
        if product.launch is not None:
            place = f"products.{index}.launch"
            yield from _dates(place, product.launch, scenario, calendar)
            yield from _supply(place, product, product.launch, scenario, calendar)
            yield from _demand(place, product, product.launch, scenario)
    drawn = scenario.demand.history is None and not scenario.demand.basket_types
    shares = [product.share for product in scenario.products]
    steady = sum(product.share for product in scenario.products if product.launch is None)
    if launched and drawn and sum(shares) and not steady:
        yield Problem(
            "products",
            "there is nothing to ask for before the launch",
            "a product that is sold all the time needs a share above 0",
        )


def _dates(place: str, launch: Launch, scenario: Scenario, calendar: Calendar) -> Iterator[Problem]:
    season, released = scenario.season, calendar.ms_of(launch.released)
    if launch.on_sale is not None and calendar.ms_of(launch.on_sale) > released:
        message = "goes on sale after the release"
        hint = "leave it out to sell from the release on"
        yield Problem(f"{place}.on_sale", message, hint, value=str(launch.on_sale))
    hint = f"the season runs {calendar.span_text()}"
    if released < -season.warm_up:
        message = "the product was there before the run begins"
        hint = f"leave the launch out and give its stock; {hint}"
        yield Problem(f"{place}.released", message, hint, value=str(launch.released))
    if released >= calendar.length_ms + season.drain:
        message = "the release comes after the season and its drain"
        yield Problem(f"{place}.released", message, hint, value=str(launch.released))


def _supply(
    place: str, product: Product, launch: Launch, scenario: Scenario, calendar: Calendar
) -> Iterator[Problem]:
    """Nothing is there before the release but what `units` brings."""
    hint = "the first delivery is launch.units"
    before, row = place.removesuffix(".launch"), scenario.opening
    if launch.units < 1:
        yield Problem(f"{place}.units", "the first delivery has at least one unit")
    if product.stock not in (None, 0):
        yield Problem(f"{before}.stock", "there is no stock before the release", hint)
    if product.pre_season_buy:
        yield Problem(f"{before}.pre_season_buy", "nothing comes before the release", hint)
    for index, counted in enumerate(row.stock):
        if counted.sku == product.sku and counted.units:
            path = f"opening.stock.{index}.units"
            yield Problem(path, "there is no stock before the release", hint, value=product.sku)
    for index, bought in enumerate(row.open_purchase_orders):
        early = calendar.ms_of(bought.due) < calendar.ms_of(launch.released)
        if bought.sku == product.sku and early:
            path = f"opening.open_purchase_orders.{index}.due"
            yield Problem(path, "nothing comes before the release", hint, value=str(bought.due))
    names = [product.supplier] if product.supplier is not None else list(scenario.suppliers)
    known = [scenario.suppliers[name] for name in names if name in scenario.suppliers]
    if launch.slips and not any(each.slips is not None for each in known):
        yield Problem(f"{place}.slips", "needs a supplier with slips", "write e.g. slips: no")


def _demand(place: str, product: Product, launch: Launch, scenario: Scenario) -> Iterator[Problem]:
    demand = scenario.demand
    if demand.history is not None and launch.surge is not None:
        message = "a replayed history tells the demand by itself"
        yield Problem(f"{place}.surge", message, "leave the surge out")
    if any(product.sku in kind.contents for kind in demand.basket_types):
        message = "fixed kinds of orders know no launch"
        yield Problem(place, message, "use demand.basket instead of basket_types")
