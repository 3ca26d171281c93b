"""Make a season that fails small: leave out settings for as long as it still fails."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Scenario = dict[str, Any]
Path = tuple[Any, ...]
MOST_TRIES = 600


def reduced(scenario: Scenario, fails: Callable[[Scenario], bool]) -> Scenario:
    """A scenario that fails, of which no single setting can be left out (or tries ran out)."""
    tries, smaller = 0, True
    while smaller:
        smaller = False
        for path in list(_paths(scenario)):
            shorter = _without(scenario, path)
            if shorter is None:
                continue
            tries += 1
            if tries > MOST_TRIES:
                return scenario
            if fails(shorter):
                scenario, smaller = shorter, True
    return scenario


def _paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """Every setting and list entry, the outer ones first."""
    keys = list(value) if isinstance(value, dict) else []
    if isinstance(value, list):
        keys = list(reversed(range(len(value))))
    for key in keys:
        yield (*path, key)
    for key in keys:
        yield from _paths(value[key], (*path, key))


def _without(scenario: Scenario, path: Path) -> Scenario | None:
    """A copy without the setting at `path`; None if it is gone already."""
    shorter = deepcopy(scenario)
    place: Any = shorter
    try:
        for key in path[:-1]:
            place = place[key]
        del place[path[-1]]
    except (KeyError, IndexError, TypeError):
        return None
    return shorter
