"""What customers send back."""

from __future__ import annotations

from sim.scenario.base import Block, Money, Share, WorkTime, YesNo
from sim.scenario.distributions import DurationDistribution


class Returns(Block):
    """Orders that come back after delivery, whole. Without this block nothing comes back."""

    share: Share = 0.0
    """Share of delivered orders that come back."""
    late: Share | None = None
    """The same of orders that left after the promised ship date or came after the date on which
    they were needed; as `share` when left out."""
    after: DurationDistribution
    """Time from delivery until the goods reach the dock again."""
    work: WorkTime = 0
    """Work of the receiving team per unit that comes back."""
    resale: Share = 1.0
    """Share of returned orders whose goods go back to the shelf; the others are written off."""
    refund: YesNo = True
    """The price is paid back."""
    postage: Money = 0.0
    """Postage that the shop pays per returned order."""
