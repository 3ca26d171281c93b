"""From a scenario to its order book: the customers of one simulated season."""

from sim.demand.forecast import Forecast, daily_forecast, forecast_of
from sim.demand.ladder import repeat_threshold
from sim.demand.order_book import OrderBook
from sim.demand.sample import sample_orders
from sim.demand.spans import NEVER

__all__ = [
    "NEVER",
    "Forecast",
    "OrderBook",
    "daily_forecast",
    "forecast_of",
    "repeat_threshold",
    "sample_orders",
]
