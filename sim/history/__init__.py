"""From a shop's own order export to a season: read, clean, fit, write, check, replay.

The names below are imported on first use, in the order the data flows::

    raw = read_history("orders.csv")
    history = clean_history(raw)
    fitted = fit_season(history)
    write_season(fitted, "season.yaml", Heading("My shop", "own orders"))
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.history.censoring import Censoring, read_censoring
    from sim.history.check import FitCheck, fit_check
    from sim.history.cleaning import CleanHistory, clean_history
    from sim.history.fitting import FitOptions, FittedSeason, fit_season
    from sim.history.opening import OpeningPosition, opening_position
    from sim.history.position import Position, read_purchase_orders, read_stock_list
    from sim.history.problems import HistoryError
    from sim.history.reading import RawHistory, ReadingOptions, read_history
    from sim.history.replay import Replay, write_replay
    from sim.history.season import Heading, write_season
    from sim.history.summary import describe_fit

__all__ = [
    "Censoring",
    "CleanHistory",
    "FitCheck",
    "FitOptions",
    "FittedSeason",
    "Heading",
    "HistoryError",
    "OpeningPosition",
    "Position",
    "RawHistory",
    "ReadingOptions",
    "Replay",
    "clean_history",
    "describe_fit",
    "fit_check",
    "fit_season",
    "opening_position",
    "read_censoring",
    "read_history",
    "read_purchase_orders",
    "read_stock_list",
    "write_replay",
    "write_season",
]

_MODULE_OF = {
    "Censoring": "censoring",
    "CleanHistory": "cleaning",
    "FitCheck": "check",
    "FitOptions": "fitting",
    "FittedSeason": "fitting",
    "Heading": "season",
    "HistoryError": "problems",
    "OpeningPosition": "opening",
    "Position": "position",
    "RawHistory": "reading",
    "ReadingOptions": "reading",
    "Replay": "replay",
    "clean_history": "cleaning",
    "describe_fit": "summary",
    "fit_check": "check",
    "fit_season": "fitting",
    "opening_position": "opening",
    "read_censoring": "censoring",
    "read_history": "reading",
    "read_purchase_orders": "position",
    "read_stock_list": "position",
    "write_replay": "replay",
    "write_season": "season",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"sim.history.{_MODULE_OF[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
