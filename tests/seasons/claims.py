"""What each shipped season claims, and what its answer rests on."""

from __future__ import annotations

from dataclasses import dataclass

from sim import load_policies, replicate
from sim.experiment.statistics import Interval, paired_difference


@dataclass(frozen=True)
class Claim:
    """Under one policy a figure is higher than under another."""

    season: str
    higher: str
    """Policy with the higher figure."""
    lower: str
    without: tuple[str, ...]
    """Settings that take the season's bottleneck away; the claim must then fail."""
    kpi: str = "season_profit"
    smaller: tuple[str, ...] = ()
    """Settings under which CI looks at it, where the season itself is too large."""
    seasons: int = 10
    """How many CI simulates; 10 are the fewest from which a difference is claimed."""

    def difference(self, *settings: str) -> Interval:
        """The paired difference between the two, known with 95% confidence."""
        policies = load_policies(self.season, [*self.smaller, *settings])
        pair = {name: policies[name] for name in (self.higher, self.lower)}
        study = replicate(pair, self.seasons, seed=1, workers=1)
        own, other = (study.series(name, self.kpi) for name in pair)
        return paired_difference(own, other).interval


_IN_TIME = ("suppliers.overseas.slips=null",)
_KEPT = (
    *_IN_TIME,
    "suppliers.overseas.partial=null",
    "suppliers.overseas.disruptions=[]",
    "replenishment.notification=null",
)
_NOBODY_WAITS = ("customers.accept_backorder.at_no_wait=0",)
_ROOM = ("backorder_area.positions=200 pallets of 1500 liters",)
_HANDS = ("people.pick_pack.cohorts.new.people=10",)
_HANDS_GALORE = ("people.pick_pack.cohorts.permanent.people=60",)

CLAIMS = (
    Claim("average-company", "Backorder", "Alerts", _NOBODY_WAITS, smaller=("demand.scale=0.02",)),
    Claim("call-storm", "Dates of the hour", "As it is", _IN_TIME, seasons=20),
    Claim("call-storm", "Twice the agents", "As it is", _IN_TIME, "wrong_answers"),
    Claim("full-house", "Rent overflow", "Stop offering", _ROOM),
    Claim("gift-retailer", "Backorder", "Out of stock", _NOBODY_WAITS),
    Claim("holiday", "Backorder", "Out of stock", _NOBODY_WAITS),
    Claim("launch", "Pre-orders", "E-mail addresses", _NOBODY_WAITS),
    Claim("new-hands", "Early start, trained", "Late start", _HANDS),
    Claim("new-hands", "Late start", "Backorders first", _HANDS_GALORE, "receipt_to_ship_mean"),
    Claim("small-shop", "Take up to 20 of each", "Say it is gone", ("demand.scale=0.3",)),
    Claim("third-party", "Overflow", "In-house", ("demand.peaks=[]",)),
    Claim("unreliable-supplier", "Buy more and backorder", "Backorder", _KEPT),
)
