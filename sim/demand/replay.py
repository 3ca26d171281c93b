"""Orders that are known: placed before the season, or replayed from a history."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.errors import Problem, ScenarioError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from sim.demand.window import Window
    from sim.scenario.scenario import Scenario
    from sim.scenario.season import OpenOrder

_PATH = "demand.history"


@dataclass(frozen=True, eq=False)
class KnownOrders:
    """Orders by time of placement, and their lines."""

    placed_at: NDArray[np.int64]
    n_lines: NDArray[np.int64]
    class_: NDArray[np.int64]
    sku: NDArray[np.integer[Any]]
    units: NDArray[np.integer[Any]]
    numbers: tuple[str, ...]
    """Order numbers as their source writes them."""


def class_names(scenario: Scenario) -> tuple[str, ...]:
    """Order classes, highest priority first; one called `orders` when none are listed."""
    return tuple(each.name for each in scenario.demand.classes) or ("orders",)


def opened_orders(scenario: Scenario, window: Window) -> KnownOrders:
    """Orders of `opening.open_orders`, by date.

    All are placed before t=0: one that is dated at the opening itself came 1 ms before it.
    """
    rows: Sequence[OpenOrder] = scenario.opening.open_orders
    skus = {product.sku: code for code, product in enumerate(scenario.products)}
    classes = class_names(scenario)
    return _gathered(
        [row.order for row in rows],
        np.array([min(window.instant(row.placed), -1) for row in rows], np.int64),
        np.array([skus[row.sku] for row in rows], np.int64),
        np.array([row.units for row in rows], np.int64),
        np.array([classes.index(row.order_class or classes[0]) for row in rows], np.int64),
    )


def replayed_orders(scenario: Scenario, window: Window) -> KnownOrders:
    """Orders of `demand.history` that fall into the run.

    They are shifted so that `history_start` (or the same date) meets the season's start. Lines of
    an order with the same SKU are added up. Every season of a study replays the same orders, so a
    process parses a file once, until the file changes.

    Raises:
        ScenarioError: the file cannot be used; lists every unknown SKU and class.
    """
    path = str(scenario.demand.history)
    return _parsed(
        _Asked(
            path,
            _version(path),
            tuple(product.sku for product in scenario.products),
            class_names(scenario),
            window.calendar.start,
            _shift(scenario, window),
            window.end,
        )
    )


class _Asked(NamedTuple):
    """All that the orders of a history depend on."""

    path: str
    version: tuple[int, int]
    """When the file was last changed, ns, and its bytes."""
    skus: tuple[str, ...]
    classes: tuple[str, ...]
    starts: dt.datetime | None
    """First day of the season, at its midnight."""
    shift: int
    """From midnight of that day to the time on the run's clock that replays it, ms."""
    end: int
    """End of the run, ms."""


def _version(path: str) -> tuple[int, int]:
    try:
        found = Path(path).stat()
    except OSError:  # reading it will say why
        return 0, 0
    return found.st_mtime_ns, found.st_size


def _shift(scenario: Scenario, window: Window) -> int:
    """The calendar places the history's first day on the season's clock; the rest follows."""
    first = scenario.demand.history_start
    if first is None or window.calendar.start is None:
        return window.start
    return window.start - window.calendar.ms_of(first)


@lru_cache(maxsize=4)
def _parsed(asked: _Asked) -> KnownOrders:
    table = _read(asked.path)
    placed = _placed(table, asked)
    inside = (placed >= 0) & (placed < asked.end)
    table, placed = table[inside], placed[inside]
    named = table["class"] if "class" in table else np.full(len(table), asked.classes[0])
    problems: list[Problem] = []
    sku = _codes(table["sku"], asked.skus, "product", problems)
    class_ = _codes(named, asked.classes, "order class", problems)
    units = _quantities(table["quantity"], problems)
    if problems:
        raise ScenarioError(problems)
    return _gathered(list(table["order"]), placed, sku, units, class_)


def _read(path: str) -> pd.DataFrame:
    import pandas as pd

    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, skipinitialspace=True)
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise ScenarioError(Problem(_PATH, f"cannot be read: {error}", value=path)) from error
    table.columns = table.columns.str.strip().str.lower()
    missing = [name for name in ("order", "placed_at", "sku", "quantity") if name not in table]
    if missing:
        hint = "the columns are order, placed_at, sku, quantity and, if you like, class"
        raise ScenarioError(
            Problem(_PATH, f"lacks the column {', '.join(missing)}", hint, value=Path(path).name)
        )
    return table


def _placed(table: pd.DataFrame, asked: _Asked) -> NDArray[np.int64]:
    """Engine time of every row."""
    import pandas as pd

    try:
        stamps = pd.to_datetime(table["placed_at"], format="ISO8601", errors="coerce")
    except ValueError as error:
        raise ScenarioError(Problem(_PATH, f"placed_at cannot be read: {error}")) from error
    if stamps.dt.tz is not None:
        hint = "write the shop's local time, without a zone"
        raise ScenarioError(Problem(_PATH, "placed_at has a time zone", hint))
    if stamps.isna().any():
        bad = table["placed_at"][stamps.isna()].iloc[0]
        problem = Problem(_PATH, "placed_at must be a date and time", "2026-11-27 09:30", value=bad)
        raise ScenarioError(problem)
    if asked.starts is None:
        hint = "give season.start a date"
        raise ScenarioError(Problem(_PATH, "a history needs a season with dates", hint))
    since = (stamps - pd.Timestamp(asked.starts)) // pd.Timedelta(milliseconds=1)
    return np.array(since + asked.shift, dtype=np.int64)


def _codes(
    named: Any, known: Sequence[str], what: str, problems: list[Problem]
) -> NDArray[np.int64]:
    import pandas as pd

    codes = np.array(pd.Index(known).get_indexer(named), dtype=np.int64)
    unknown = sorted({str(name) for name in np.asarray(named)[codes < 0]})
    problems += [Problem(_PATH, f"no {what} has this name", value=name) for name in unknown]
    return codes


def _quantities(written: pd.Series, problems: list[Problem]) -> NDArray[np.int64]:
    import pandas as pd

    units = pd.to_numeric(written, errors="coerce").to_numpy(float)
    good = (units >= 1) & (units < 2**31) & (units == np.floor(units))
    if not good.all():
        bad = written[~good].iloc[0]
        problems.append(Problem(_PATH, "a quantity is a whole number of at least 1", value=bad))
    return np.where(good, units, 1).astype(np.int64)


def _gathered(
    numbers: list[str],
    placed: NDArray[np.int64],
    sku: NDArray[np.int64],
    units: NDArray[np.int64],
    class_: NDArray[np.int64],
) -> KnownOrders:
    """Gather rows into orders, and an order's rows of the same product into one line.

    An order is placed at its earliest row and has the class of the row mentioned first; orders are
    sorted by time, then by first mention.
    """
    mentioned: dict[str, int] = {}
    order = np.array([mentioned.setdefault(name, len(mentioned)) for name in numbers], np.int64)
    first = np.full(len(mentioned), np.iinfo(np.int64).max)
    np.minimum.at(first, order, placed)
    first_class = np.zeros(len(mentioned), np.int64)
    first_class[order[::-1]] = class_[::-1]
    rank = np.empty(len(mentioned), np.int64)
    by_time = np.argsort(first, kind="stable")
    rank[by_time] = np.arange(len(mentioned))
    key = rank[order] * (int(sku.max(initial=0)) + 1) + sku
    lines, begins, inverse = np.unique(key, return_index=True, return_inverse=True)
    # Lines keep the order in which the source mentions them.
    sequence = np.lexsort((begins, rank[order[begins]]))
    total = np.bincount(inverse, weights=units, minlength=len(lines)).astype(np.int64)
    names = tuple(mentioned)
    return KnownOrders(
        placed_at=first[by_time],
        n_lines=np.bincount(rank[order[begins]], minlength=len(names)).astype(np.int64),
        class_=first_class[by_time],
        sku=sku[begins][sequence],
        units=total[sequence],
        numbers=tuple(names[index] for index in by_time),
    )
