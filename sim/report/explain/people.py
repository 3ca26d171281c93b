"""Teams, backorder area and carrier, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.report.explain.phrases import (
    day,
    listed,
    many,
    money,
    number,
    percent,
    span,
    stretch,
    usual,
)
from sim.scenario.calendar import season_calendar
from sim.scenario.people import Shift

if TYPE_CHECKING:
    from sim.scenario.calendar import Calendar
    from sim.scenario.people import Cohort, Team
    from sim.scenario.scenario import Scenario

_TEAMS = {
    "pick_pack": "pick and pack",
    "pick": "pick",
    "pack": "pack",
    "backorder_team": "work on backorders only",
    "receiving": "receive goods",
    "support": "answer customers",
}
_FULL = {
    "stop_offering": "no more backorders are offered",
    "rent_overflow": "more positions are rented",
    "general_storage": "goods lie in general storage, where picking is slower",
}


def sentences(scenario: Scenario) -> list[str]:
    """Who does the work, where orders wait, and when they leave."""
    calendar, told = season_calendar(scenario.season), []
    for name in type(scenario.people).model_fields:
        team = getattr(scenario.people, name)
        if name in _TEAMS and team is not None:
            told += _team(_TEAMS[name], team, calendar)
    if not told:
        told.append("Work takes no time: staff are never short.")
    if scenario.people.pack_stations is not None:
        told.append(f"There are {many(scenario.people.pack_stations, 'pack station')}.")
    return [*told, *_wrapping(scenario), *_area(scenario), *_carrier(scenario, calendar)]


def _wrapping(scenario: Scenario) -> list[str]:
    terms = scenario.wrapping
    if terms is None:
        return []
    work, currency = ((terms.per_parcel, "parcel"), (terms.per_unit, "unit")), scenario.currency
    does = [f"takes {span(ms)} a {what}" for ms, what in work if ms]
    if terms.cost:
        does.append(f"costs {money(terms.cost, currency)} of material a parcel")
    if terms.price:
        does.append(f"brings {money(terms.price, currency)} an order")
    text = f"{percent(terms.share)} of the customers want their order wrapped as a gift"
    return [f"{text}, which {listed(does)}." if does else f"{text}."]


def _team(does: str, team: Team, calendar: Calendar) -> list[str]:
    if team.unlimited:
        return [f"As many people as needed {does}."]
    told = [_cohort(_does(does, cohort), team, cohort, calendar) for cohort in team.cohorts]
    work = team.work
    if work.per_order or work.per_line or work.per_unit:
        parts = [
            f"{span(value)} {what}"
            for value, what in (
                (work.per_order, "for itself"),
                (work.per_line, "a line"),
                (work.per_unit, "a unit"),
            )
            if value
        ]
        varies = f", more or less by {percent(work.cv)}" if work.cv else ""
        told.append(f"An order takes {listed(parts)}{varies}.")
    if team.overtime is not None:
        told.append(
            f"They may be asked to stay until {_clock(team.overtime.until)} when more than "
            f"{span(team.overtime.when_backlog_over)} of work is left per person."
        )
    return told


def _cohort(does: str, team: Team, cohort: Cohort, calendar: Calendar) -> str:
    parts = [f"{many(cohort.people, 'person')} ({cohort.name}) {does}"]
    shift = cohort.shift or team.shift
    if isinstance(shift, Shift):
        parts.append(f", {hours(shift)}")
    if cohort.start is not None:
        parts.append(f", from {day(calendar, cohort.start)}")
    if cohort.end is not None:
        parts.append(f" to {day(calendar, cohort.end)}")
    if cohort.training:
        parts.append(f", after {span(cohort.training)} of training")
    if cohort.learning is not None:
        parts.append(
            f", starting at {percent(cohort.learning.start)} of full speed and "
            f"reaching it after {span(cohort.learning.full_after)} of work"
        )
    losses = [
        (cohort.no_show, "{} never turn up"),
        (cohort.absence, "{} are absent on a day"),
        (cohort.quits, "{} quit a week"),
    ]
    lost = [text.format(percent(share)) for share, text in losses if share]
    if lost:
        parts.append(f"; {', '.join(lost)}")
    pay = cohort.agency or cohort.wage
    if pay is not None:
        parts.append(
            f"; paid {pay}" + (f" plus {percent(cohort.on_costs)}" if cohort.on_costs else "")
        )
    return f"{''.join(parts)}."


def _does(does: str, cohort: Cohort) -> str:
    """The verbs, as one person needs them."""
    if cohort.people != 1:
        return does
    first, _, rest = does.partition(" ")
    return f"{first}s {rest}".strip().replace("and pack", "and packs")


def hours(shift: Shift) -> str:
    """Weekly hours in words, `mon-sat 08:00-16:30`."""
    return _times(shift.model_dump(by_alias=True)["hours"])


def _times(by_day: dict[str, str]) -> str:
    return ", ".join(f"{days} {time}" for days, time in by_day.items())


def _clock(ms: int) -> str:
    hours, minutes = divmod(ms // 60_000, 60)
    return f"{hours:02d}:{minutes:02d}"


def _area(scenario: Scenario) -> list[str]:
    area = scenario.backorder_area
    if area is None:
        return ["Floor space for waiting orders is neither limited nor charged."]
    meters = area.positions.count * area.area_per_position
    return [
        f"Waiting orders have {area.positions} ({number(round(meters))} m² with aisles), "
        f"of which {percent(area.fill)} can be filled"
        + (f", at {area.rent}" if area.rent is not None else "")
        + f". When they are full, {_FULL[area.when_full]}."
    ]


def _carrier(scenario: Scenario, calendar: Calendar) -> list[str]:
    carrier = scenario.carrier
    if carrier is None:
        return ["Parcels are with the customer as soon as they are packed."]
    written, told = carrier.model_dump(by_alias=True), []
    if carrier.cut_off is not None:
        told.append(f"Orders placed by {_times(written['cut_off'])} ship with that day's pickup.")
    if carrier.pickup is not None:
        told.append(f"The carrier calls {_times(written['pickup'])}.")
    if carrier.transit is not None:
        told.append(f"Parcels travel {usual(carrier.transit)}.")
    for slow in carrier.slow:
        when = stretch(calendar, slow.during)
        told.append(f"Of what leaves {when} the way takes {number(slow.times)} times as long.")
    if carrier.capacity is not None:
        told.append(f"The carrier takes {many(carrier.capacity, 'parcel')} a pickup at most.")
    if carrier.promise is not None:
        told.append(f"Delivery is promised {span(carrier.promise)} after the ship date.")
    if carrier.christmas_last_ship is not None:
        told.append(
            f"The last ship date before Christmas is {day(calendar, carrier.christmas_last_ship)}."
        )
    return told
