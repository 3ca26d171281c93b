"""What the season teaches the shop about next season's demand."""

from __future__ import annotations

from sim.scenario.base import Block, Share


class ForecastValue(Block):
    """Forecast next season from what each policy lets the shop see, and price the error."""

    uncertainty: Share = 0.15
    """Coefficient of variation of next season's demand for a product about its true mean, which
    this season's demand is taken to be. Sets the safety of the next order plan."""
