"""The levers of a season: their values from the leanest to the safest, as changes of its file."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from sim.scenario.levers import Days, Range
from sim.scenario.locating import node_of
from sim.scenario.overrides import Change, split_path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sim.scenario.levers import Lever as Written
    from sim.scenario.locating import Mark
    from sim.scenario.scenario import Scenario

POLICY: Final = "policy"
"""The lever that chooses among the policies of the season."""
_LABELS: Final = {
    ("backorder_area", "positions"): "backorder space",
    ("replenishment", "pre_season_buy"): "pre-season buy",
    ("replenishment", "service"): "service of reorder points",
    (POLICY,): "policy",
}
_PARTS: Final = {"people": "people", "from": "first day", "to": "last day", "shift": "shift"}

Plan = tuple[int, ...]
"""Which value every lever has: its index, from 0, the leanest."""


@dataclass(frozen=True, slots=True)
class Lever:
    """One thing that is ours to choose."""

    path: str
    label: str
    values: tuple[Any, ...]
    """As they would stand in the file; of an ordered lever from the leanest to the safest."""
    ordered: bool
    """Whether a later value serves customers at least as well; False: just different."""
    cost: float
    """Of each step above the leanest."""
    mark: Mark
    """Where it is written."""
    listed: bool = False
    """Whether its values are those of a list, not of a range."""

    def text(self, index: int) -> str:
        """A value as people read it."""
        value = self.values[index]
        if isinstance(value, dict):
            return ", ".join(f"{key} {each}" for key, each in value.items())
        return str(value)

    def setting(self, index: int) -> str:
        """The setting that gives it a value, as `--set` takes it."""
        value = self.values[index]
        if isinstance(value, dict):
            value = f"{{{', '.join(f'{key}: {each}' for key, each in value.items())}}}"
        return f"{self.path}={value}"

    def change(self, index: int) -> Change:
        """The change of the season that gives it a value."""
        return Change(split_path(self.path), node_of(self.values[index], self.mark), self.mark)


def lever_of(path: str, written: Written, season: Scenario, mark: Mark) -> Lever:
    """A lever with its values in order."""
    values = written.values
    label = written.name or label_of(path)
    if not isinstance(values, Range | Days):
        listed = tuple(season.policies) if values == "all" else tuple(map(_plain, values))
        listed = listed[::-1] if written.safer == "first" else listed
        ordered = written.safer is not None
        return Lever(path, label, listed, ordered, written.cost, mark, listed=True)
    texts = values.values(_step(path, season)) if isinstance(values, Range) else values.values()
    found: tuple[Any, ...] = tuple(map(_typed, texts))
    parts = split_path(path)
    if (written.safer or ("low" if parts[-1] == "from" else "high")) == "low":
        found = found[::-1]
    return Lever(path, label, found, True, written.cost, mark)


def label_of(path: str) -> str:
    """What reports call a lever.

    >>> label_of("people.pick_pack.cohorts.seasonal.people")
    'seasonal people'
    >>> label_of("backorder_area.positions"), label_of("products.MUG-RED.stock")
    ('backorder space', 'MUG-RED stock')
    """
    parts = tuple(str(part) for part in split_path(path))
    if parts in _LABELS:
        return _LABELS[parts]
    if len(parts) == 5 and parts[0] == "people":
        return f"{parts[3]} {_PARTS.get(parts[4], parts[4].replace('_', ' '))}"
    return " ".join(part.replace("_", " ") for part in parts[-2:])


def is_leaner(levers: Sequence[Lever], plan: Plan, other: Plan) -> bool:
    """Whether a plan has no more of any ordered lever than another, and the same of all others."""
    return all(
        mine <= theirs if lever.ordered else mine == theirs
        for lever, mine, theirs in zip(levers, plan, other, strict=True)
    )


def with_value(plan: Plan, at: int, index: int) -> Plan:
    """The plan with another value of one lever."""
    return (*plan[:at], index, *plan[at + 1 :])


def described(levers: tuple[Lever, ...], plan: Plan) -> Mapping[str, str]:
    """The value of every lever by its label."""
    return {lever.label: lever.text(at) for lever, at in zip(levers, plan, strict=True)}


def _step(path: str, season: Scenario) -> Decimal | None:
    """Backorder space is rented in steps."""
    area = season.backorder_area
    if path != "backorder_area.positions" or area is None or area.steps is None:
        return None
    return Decimal(area.steps.count)


def _typed(text: str) -> Any:
    """A number as a number, so that the file's types take it."""
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return text


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, tuple | list) else value
