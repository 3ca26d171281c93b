"""Teams, cohorts, shifts and work."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from sim.scenario.base import (
    Block,
    ClockTime,
    Duration,
    Moment,
    MoneyRate,
    Name,
    NonNegative,
    Share,
    WeekHours,
    WeeklyHours,
    WorkTime,
    YesNo,
)
from sim.scenario.distributions import EventHazard, FactorDistribution
from sim.scenario.units import LARGEST_COUNT


class Shift(Block):
    """Weekly working hours: keys are days (`mon-fri: 08:00-16:30`), plus `breaks`."""

    hours: WeekHours
    """Hours by weekday. In the short form the days stand directly in `shift`."""
    breaks: Duration = 0
    """Unpaid break in the middle of each shift."""

    @model_validator(mode="before")
    @classmethod
    def _days_stand_in_the_shift(cls, given: Any) -> Any:
        """Read the short form `{mon-fri: 08:00-16:30, breaks: 30 min}`, or the hours alone."""
        if isinstance(given, str):
            return {"hours": given}
        if not isinstance(given, dict) or "hours" in given:
            return given
        own = {key: value for key, value in given.items() if key in cls.model_fields}
        return {"hours": {k: v for k, v in given.items() if k not in own}, **own}


class Overtime(Block):
    """Staying longer when the backlog is large."""

    when_backlog_over: Duration
    """Stay when the work waiting for the team, divided by the people on shift, exceeds this at the
    end of the shift."""
    until: ClockTime
    """Overtime ends at this time of day."""
    at_most: WeeklyHours = 48 * 3_600_000
    """Legal limit of hours per person and week (`48 hours per week`); beyond it, people go home."""
    pay: NonNegative = 1.5
    """Overtime wage as a multiple of the wage."""


class Learning(Block):
    """Learning curve of a cohort: speed rises in a straight line over days worked."""

    start: Share = 1.0
    """Speed on the first productive day."""
    full_after: Duration = 0
    """Days worked until full speed: on the n-th day worked (n from 0) the speed is
    start + (1 − start) × min(1, n / full_after)."""
    errors_start: Share = 0.0
    """Share of orders with an error on the first productive day."""
    errors_full: Share = 0.0
    """Share of orders with an error at full experience."""


class Cohort(Block):
    """People of one team that start together."""

    name: Name
    """Name of the cohort."""
    people: int = Field(ge=0, le=100_000)
    """Headcount."""
    start: Moment | None = Field(default=None, alias="from")
    """First paid day; the season's start when left out (then fully experienced unless `learning`
    is given)."""
    end: Moment | None = Field(default=None, alias="to")
    """Last day, inclusive."""
    training: Duration = 0
    """Paid training at the start, in days, without productive work."""
    trainees_per_trainer: NonNegative = 0
    """One experienced person of the team trains this many and does no other work that day; 0: none
    is needed."""
    learning: Learning | None = None
    """Learning curve after training; none: full speed."""
    speed: NonNegative = 1.0
    """Full speed relative to the work content."""
    no_show: Share = 0.0
    """Share of people who never come."""
    quits: EventHazard = 0.0
    """Share of people who quit per week (`1.5% per week`)."""
    absence: Share = 0.0
    """Chance that a person is absent on a day."""
    paid_absence: YesNo = True
    """Absence is paid."""
    wage: MoneyRate | None = None
    """Wage per hour of own staff."""
    on_costs: Share = 0.0
    """On-costs as a share of the wage."""
    agency: MoneyRate | None = None
    """Rate per hour of agency staff, all included; instead of `wage`."""
    training_cost: NonNegative = 0.0
    """Cost of training per person, beside the paid hours."""
    notice: Duration = 0
    """How long before the start the decision has to be made (used by the planner)."""
    minimum_term: Duration = 0
    """Shortest time the cohort is paid for."""
    shift: Shift | None = None
    """Own shift; the team's when left out."""


class Work(Block):
    """Work content of an order."""

    per_order: WorkTime = 0
    """Per parcel."""
    per_line: WorkTime = 0
    """Per line."""
    per_unit: WorkTime = 0
    """Per unit."""
    cv: NonNegative = 0.0
    """Coefficient of variation of the work of an order (lognormal factor, mean 1)."""
    distribution: FactorDistribution | None = None
    """Distribution of the factor on the work instead of `cv`, for example `{exponential: 1}`."""


class Team(Block):
    """A team of people who can do the same work."""

    unlimited: YesNo = False
    """As many people as needed, at no cost: every task starts at once."""
    shift: Shift | Literal["always"] = "always"
    """Weekly shift."""
    at_shift_end: Literal["finish", "pause"] = "finish"
    """Finish the order in hand (paid as overtime), or put it back at the head of its queue with the
    work that is left."""
    overtime: Overtime | None = None
    """Overtime rule."""
    work: Work = Field(default_factory=Work)
    """Work content of the stage this team gives its name to."""
    serves: tuple[Name, ...] | None = None
    """Queues served, in this order: order classes, `orders` (all classes), `backorders`."""
    priority: Literal["backorders", "orders"] | None = None
    """Short form of `serves`: which goes first."""
    cohorts: tuple[Cohort, ...] = ()
    """Who works here."""
    waiting_room: int | None = Field(default=None, ge=0, le=LARGEST_COUNT)
    """Most orders that may wait for this team; a shopper who finds it full is lost."""
    service_target: Duration | None = None
    """The wait within which work should start: 20 seconds in "80/20". The share that keeps it is
    `service_level`, that of contacts `support_service_level`."""


class People(Block):
    """Teams. Without a block, the work is done at once by unlimited staff."""

    pick_pack: Team | None = None
    """Picks and packs in one stage."""
    pick: Team | None = None
    """Picks, when packing is a stage of its own."""
    pack: Team | None = None
    """Packs, when picking is a stage of its own."""
    backorder_team: Team | None = None
    """Dedicated team for backorders; its `work` is that of `pick_pack`, whatever it says."""
    receiving: Team | None = None
    """Puts goods away; its work is `receiving.work`."""
    support: Team | None = None
    """Answers customers; its work is `support.handling`."""
    pack_stations: int | None = Field(default=None, ge=1, le=LARGEST_COUNT)
    """Most orders that can be packed (or picked and packed, in one stage) at the same time."""
