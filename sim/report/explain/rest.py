"""What no sentence tells: every other setting that is not at its default, as the file writes it."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from sim.scenario.base import Block

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sim.scenario.scenario import Scenario

_TOLD = (
    "name",
    "question",
    "currency",
    "season.*",
    "opening.*",
    "demand.orders_per_day",
    "demand.rate",
    "demand.arrivals",
    "demand.weekdays",
    "demand.hours",
    "demand.peaks.*",
    "demand.wave.amplitude",
    "demand.wave.period",
    "demand.trend",
    "demand.day_noise",
    "demand.forecast_error*",
    "demand.basket.*",
    "demand.basket_types.*",
    "demand.classes.*",
    "demand.history",
    "demand.scale",
    "products.*",
    "suppliers.*.lead_time",
    "suppliers.*.minimum_order",
    "suppliers.*.pack_size",
    "suppliers.*.capacity",
    "suppliers.*.closed",
    "suppliers.*.slips.*",
    "suppliers.*.partial.share",
    "suppliers.*.disruptions.*",
    "suppliers.*.expedite.when_backorders_over",
    "suppliers.*.expedite_on_request.*",
    "suppliers.*.cost_per_order",
    "suppliers.*.freight_per_unit",
    "receiving.cross_dock",
    "receiving.work.per_delivery",
    "receiving.work.per_unit",
    "replenishment.rule",
    "replenishment.service",
    "replenishment.cover",
    "replenishment.review_period",
    "replenishment.notification.*",
    "replenishment.pre_season_buy",
    "replenishment.stop_at",
    "replenishment.on_cancel",
    "storefront.when_short",
    "storefront.caps.*",
    "storefront.quote.padding",
    "storefront.quote.information_age",
    "storefront.stock_information_age",
    "storefront.changes.*",
    "storefront.ship",
    "storefront.extra_postage",
    "customers.wants_split",
    "alerts.per_hour",
    "alerts.batch",
    "alerts.recommend.*",
    "alerts.convert",
    "alerts.half_life",
    "alerts.discount",
    "customers.accept_backorder",
    "customers.accept_backorder.at_no_wait",
    "customers.accept_backorder.half_life",
    "customers.substitute",
    "customers.drop_line",
    "customers.sign_up_for_alert",
    "customers.come_back_later",
    "customers.come_back_later.share",
    "customers.elsewhere.leaves",
    "customers.patience",
    "customers.patience.*",
    "customers.needed_by",
    "customers.refuses_late",
    "customers.consent.*",
    "messages.*",
    "backup_plan.*",
    "support.contacts.*",
    "support.information_up_front.*",
    "support.handling",
    "support.at_once",
    "support.at_once_factor",
    "support.patience",
    "support.calls_again",
    "support.calls_again_unresolved",
    "support.calls_again_after",
    "support.at_most",
    "support.ends_well",
    "support.training.*",
    "people.support.service_target",
    "third_party.*",
    "returns.*",
    "support.information_age",
    "support.wrong_answer.*",
    "support.ends_badly.*",
    "support.solutions.*",
    "backorder_area.positions",
    "backorder_area.fill",
    "backorder_area.area_per_position",
    "backorder_area.rent",
    "backorder_area.when_full",
    "people.*.unlimited",
    "people.*.shift.*",
    "people.*.overtime.when_backlog_over",
    "people.*.overtime.until",
    "people.*.work.per_order",
    "people.*.work.per_line",
    "people.*.work.per_unit",
    "people.*.work.cv",
    "people.*.cohorts.*.name",
    "people.*.cohorts.*.people",
    "people.*.cohorts.*.from",
    "people.*.cohorts.*.to",
    "people.*.cohorts.*.training",
    "people.*.cohorts.*.learning.start",
    "people.*.cohorts.*.learning.full_after",
    "people.*.cohorts.*.shift.*",
    "people.*.cohorts.*.no_show",
    "people.*.cohorts.*.absence",
    "people.*.cohorts.*.quits",
    "people.*.cohorts.*.wage",
    "people.*.cohorts.*.agency",
    "people.*.cohorts.*.on_costs",
    "people.pack_stations",
    "wrapping.*",
    "carrier.cut_off",
    "carrier.pickup",
    "carrier.slow.*",
    "carrier.transit",
    "carrier.capacity",
    "carrier.promise",
    "carrier.christmas_last_ship",
    "costs.shipping_income",
    "costs.postage",
    "costs.packaging",
    "costs.peak_surcharge",
    "costs.payment_fee",
    "costs.payment_fee_per_order",
    "costs.error",
    "costs.cancellation.per_order",
    "costs.inventory.holding",
    "costs.inventory.holding_share",
    "costs.leftover_recovery",
    "costs.fixed",
    "retention.repeat.*",
    "retention.wrong_item",
    "retention.bad_contact",
    "retention.gift",
    "retention.extra_purchases",
    "retention.counted",
    "retention.future_margin",
    "retention.keeping",
    "retention.acquiring_times",
    "forecast_value.uncertainty",
    "policies",
    "validation*",
)
"""Settings that the sentences tell; `*` stands for anything."""

_NOTES = frozenset({"source", "assumption", "note"})


def settings_untold(scenario: Scenario) -> list[str]:
    """Settings that are neither told in a sentence nor at their default, as `path: value`."""
    return [
        f"{place}: {_shown(value)}"
        for place, value in _set(scenario, "")
        if not any(fnmatchcase(place, told) for told in _TOLD)
    ]


def _set(block: Block, place: str) -> Iterator[tuple[str, Any]]:
    """Path and written value of every setting that is not at its default."""
    written = block.model_dump(by_alias=True)
    for name, info in type(block).model_fields.items():
        value = getattr(block, name)
        if name in _NOTES or (not info.is_required() and value == _default(info)):
            continue
        spelled = info.alias or name
        yield from _inside(value, written[spelled], f"{place}.{spelled}".lstrip("."))


def _default(info: Any) -> Any:
    return info.get_default(call_default_factory=True)


def _inside(value: object, written: Any, place: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Block):
        yield from _set(value, place)
    elif isinstance(value, dict) and any(isinstance(entry, Block) for entry in value.values()):
        for key, entry in value.items():
            yield from _inside(entry, written[key], f"{place}.{key}")
    elif isinstance(value, tuple) and any(isinstance(entry, Block) for entry in value):
        for number, entry in enumerate(value):
            name = getattr(entry, "name", None) or number
            yield from _inside(entry, written[number], f"{place}.{name}")
    else:
        yield place, written


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{key} {_shown(entry)}" for key, entry in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_shown, value)) or "none"
    return str(value)
