"""What no order history tells: supply, staff, patience, costs. Written as assumptions, to scale.

The blocks are there so that a fitted season runs at once; each says that it is assumed, and is to
be replaced by what the shop knows.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from sim.history.baskets import mean_of
from sim.history.fitting import peak_factors

if TYPE_CHECKING:
    import datetime as dt

    from sim.history.daily import Floats
    from sim.history.fitting import FittedSeason

PER_ORDER, PER_LINE, PER_UNIT = 180, 40, 2
"""Assumed seconds of picking and packing per order, line and unit."""
HOURS_A_WEEK: Final = 40
BUSY: Final = 0.85
"""Share of paid time that is spent on orders when a team is well loaded."""
_LITERS_A_SHELF: Final = 80


@dataclass(frozen=True, slots=True)
class Staffing:
    """Headcount that the fitted rate asks for."""

    permanent: int
    """People who are there all season: enough for an ordinary week."""
    seasonal: int
    """People hired on top for the busiest stretch."""
    from_day: dt.date
    """First day of the seasonal people: a week before the first week that needs them."""
    minutes_an_order: float
    """Work of an average order."""


def staffing(fitted: FittedSeason) -> Staffing:
    """Headcount for the weeks of the season, from the assumed work content."""
    lines, units = mean_of(dict(fitted.lines_per_order)), mean_of(dict(fitted.units_per_line))
    seconds = PER_ORDER + PER_LINE * lines + PER_UNIT * lines * units
    weekly = weekly_orders(fitted)
    needed = weekly * seconds / 3600 / (HOURS_A_WEEK * BUSY)
    permanent = max(1, math.ceil(float(np.median(needed[: max(1, len(needed) // 3)]))))
    seasonal = max(0, math.ceil(float(needed.max())) - permanent)
    short = np.flatnonzero(needed > permanent)
    first = int(short[0]) if len(short) else len(weekly) - 1
    from_day = fitted.dates.days[max(0, 7 * (first - 1))]
    return Staffing(permanent, seasonal, from_day, seconds / 60)


def weekly_orders(fitted: FittedSeason) -> Floats:
    """Expected orders of each week of the season, counted from its first day."""
    rate = fitted.season_days.expected * peak_factors(fitted.dates.days, fitted.peaks)
    return np.array([rate[day : day + 7].sum() for day in range(0, len(rate), 7)])


def assumed_blocks(fitted: FittedSeason) -> list[str]:
    """Lines of the scenario for everything that the history does not tell."""
    staff = staffing(fitted)
    units = mean_of(dict(fitted.lines_per_order)) * mean_of(dict(fitted.units_per_line))
    daily = float(weekly_orders(fitted).max()) / 7
    shelves = max(20, 10 * math.ceil(daily * units / _LITERS_A_SHELF / 10))
    return [
        "suppliers:",
        '  supplier: {lead_time: "usually 21 days, 1 in 10 over 30", minimum_order: 12 units,',
        "             cost_per_order: 25, assumption: yes}",
        "",
        "replenishment:",
        "  rule: reorder_point",
        "  service: 95%",
        "  cover: 14 days",
        "  notification: {read: weekdays 09:00-17:00, delay: 2 hours}",
        "  assumption: yes",
        "",
        "storefront:",
        "  when_short: backorder",
        "  quote: {padding: 2 days, information_age: 1 day}",
        "  assumption: yes",
        "",
        "alerts: {mail: in order, per_hour: 500, recheck_stock: yes,",
        "         opened_after: {exponential: 9 hours}, convert: 45%, half_life: 21 days,",
        "         assumption: yes}",
        "",
        "customers:                             # of 100 buyers who find a line short",
        "  accept_backorder: {at_no_wait: 60, half_life: 21 days}",
        "  drop_line: 15                        # buy the rest of the order, if there is a rest",
        "  sign_up_for_alert: 15",
        "  patience: {from: order, still_waiting: {1 week: 95%, 2 weeks: 85%, 4 weeks: 55%}}",
        "  assumption: yes",
        "",
        f"backorder_area: {{positions: {shelves} shelves of {_LITERS_A_SHELF} liters,"
        " rent: 6 per shelf per month,",
        "                 steps: 10 shelves, when_full: rent_overflow, assumption: yes}",
        "",
        *_people(fitted, staff),
        "",
        "carrier: {cut_off: {mon-fri: 12:00}, pickup: {mon-fri: 17:00}, transit: 2 to 4 days,",
        "          promise: 5 days, handling: 1 day, assumption: yes}",
        "",
        "costs: {shipping_income: 5.00, postage: 6.00, packaging: 0.80, payment_fee: 2.5%,",
        "        leftover_recovery: 70%, cancellation: {per_order: 3.00},",
        "        inventory: {holding_share: 0.25 per year}, assumption: yes}",
    ]


def _people(fitted: FittedSeason, staff: Staffing) -> list[str]:
    lines = [
        f"people:                                # an order takes {staff.minutes_an_order:.0f}"
        " minutes on average",
        "  pick_pack:",
        "    shift: {mon-fri: 08:00-16:30, breaks: 30 min}",
        "    overtime: {when_backlog_over: 6 hours, until: 19:00, at_most: 48 hours per week}",
        f"    work: {{per_order: {PER_ORDER} s, per_line: {PER_LINE} s, per_unit: {PER_UNIT} s,"
        " cv: 0.5}",
        "    assumption: yes",
        "    cohorts:",
        f"      - {{name: permanent, people: {staff.permanent}, wage: 15.00 per hour,"
        " absence: 4%, assumption: yes}",
    ]
    if staff.seasonal:
        lines += [
            f"      - {{name: seasonal, people: {staff.seasonal}, from: {staff.from_day},"
            f" to: {fitted.dates.end}, training: 2 days,",
            "         agency: 19.00 per hour, learning: {start: 60%, full_after: 15 days},"
            " absence: 6%,",
            "         assumption: yes}",
        ]
    return lines


def assumed_policies() -> list[str]:
    """Lines of the scenario for the policies to compare."""
    return [
        "policies:                              # the same season, the same customers, under each",
        "  Backorder: {}",
        "  Out of stock: {storefront.when_short: out_of_stock}",
        "  Alerts: {storefront.when_short: alerts}",
        "  Capped hybrid: {storefront.when_short: hybrid, storefront.caps.quoted_wait: 21 days}",
    ]
