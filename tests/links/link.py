"""One causal link, the test that proves it, and how it is cut."""

from __future__ import annotations

from dataclasses import dataclass

from tests.laws.planting import Bug


@dataclass(frozen=True)
class Link:
    """Something that causes something else in the model."""

    says: str
    """The link in words."""
    test: str
    """The test that proves it, below `tests/`."""
    module: str
    """Module below `sim` in which it is cut."""
    right: str
    """Text that stands in its source, once."""
    cut: str
    """What stands there once the link is cut."""

    @property
    def bug(self) -> Bug:
        """The cut, to be planted in the source."""
        return Bug(self.says, self.module, self.right, self.cut)


SYSTEMS = {
    1: "Support desk",
    2: "Clear information up front",
    3: "Proactive communication",
    4: "Staff up to date on inventory",
    5: "Finding a solution",
    6: "De-escalation training and politeness",
    7: "Backup plan",
    8: "Retention",
    9: "Dedicated, trained team and fast release",
    10: "Third party",
    11: "Launches and pre-orders",
    12: "Alerts in full",
    13: "Forecast value",
    14: "Ship complete, split, drop the line",
    15: "Returns, wrapping, carrier, consent",
}
"""The systems of a holiday season, by number."""
