"""What the answer may hang on: numbers of a scenario that are assumed, or known only roughly."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sim.errors import Problem, ScenarioError
from sim.experiment.axes import Amount, read_amount, read_axis
from sim.experiment.variants import loads, read_tree, scenarios_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sim.scenario.locating import Node, Place

SWING: Final = 0.25
"""By what share of itself an assumption is moved, down and up, where nothing better is known."""
_KNOWN_TO: Final = re.compile(r"(?:\b(\w+) )?known to ±\s*([\d.]*\d)")
_KNOWN_FROM: Final = re.compile(r"shares of products known from ([\d,]*\d) lines")
_ALL: Final = ""
"""Of `source`: the whole block is known so well."""
_NO: Final = {"no", "false", False}


@dataclass(frozen=True, slots=True)
class Input:
    """A number of the scenario, and between which values it may lie."""

    path: str
    written: str
    """As it stands in the scenario; empty where the user gave a range."""
    low: str
    high: str
    fitted: bool = False
    """Whether the range is the 95% interval of a fit to data."""


def assumed_inputs(
    season: str, settings: Sequence[str] = (), swing: float = SWING
) -> tuple[list[Input], list[str]]:
    """Numbers of the scenario that stand under `assumption`, or that a fit knows to within ±.

    An assumption is moved by `swing` of itself; a share of up to 100% no further than that. Where
    the scenario refuses the value, by half or a quarter of that, or else not at all.

    Returns:
        The inputs, and paths that could not be moved alone, such as weights that add up to 1.

    Raises:
        ScenarioError: everything that is wrong with the season.
    """
    tree = read_tree(season, settings)
    scenarios_at(tree, {})
    inputs: list[Input] = []
    fixed: list[str] = []
    for place, amount, known_to in _numbers(tree):
        path = ".".join(_part(part) for part in place)
        reach = swing * abs(amount.number) if known_to is None else known_to
        written = amount.at(amount.number)
        low, high = (_end(tree, path, amount, step) or written for step in (-reach, reach))
        if low == high:
            fixed.append(path)
        else:
            inputs.append(Input(path, written, low, high, known_to is not None))
    return inputs, fixed


def movable_together(
    season: str, inputs: Sequence[Input], settings: Sequence[str] = ()
) -> tuple[list[Input], list[str]]:
    """Inputs of which any may be low while any other is high, and paths of those left out for it.

    Numbers of one block may depend on each other, as fewer people still wait after a longer time.
    """
    tree = read_tree(season, settings)
    kept: list[Input] = []
    fixed: list[str] = []
    for each in inputs:
        near = [other for other in kept if _parent(other) == _parent(each)]
        clash = any(
            not loads(tree, {each.path: mine, other.path: theirs})
            for other in near
            for mine, theirs in ((each.low, other.high), (each.high, other.low))
        )
        if clash:
            fixed.append(each.path)
        else:
            kept.append(each)
    return kept, fixed


def _parent(each: Input) -> str:
    return each.path.rpartition(".")[0]


def given_inputs(texts: Sequence[str]) -> list[Input]:
    """Inputs that the user names with a range.

    Raises:
        ScenarioError: a text is no range.
    """
    axes = [read_axis(text) for text in texts]
    problems = [
        Problem("", "is no range", "write PATH=FROM..TO", f"--over {axis.path}")
        for axis in axes
        if axis.ends is None
    ]
    if problems:
        raise ScenarioError(problems)
    return [Input(axis.path, "", axis.values[0], axis.values[-1]) for axis in axes]


def _numbers(tree: Node) -> Iterator[tuple[Place, Amount, float | None]]:
    """Numbers that are assumed (None) or known to within ±; not those of single policies."""
    for key, child in tree.items():
        if key not in {"policies", "validation", "season", "opening", "products"}:
            yield from _below(child, (key,), assumed=False, known={})
    yield from _shares(tree)


def _below(
    node: Node, place: Place, *, assumed: bool, known: Mapping[str, float]
) -> Iterator[tuple[Place, Amount, float | None]]:
    """Numbers of a block and of those in it: what stands above them holds until they say else.

    Args:
        node: The block, or a number in one.
        place: Where it stands.
        assumed: Whether the number is assumed.
        known: To within what: all numbers of the block, or by name.
    """
    if node.is_mapping:
        assumed, known = _standing(node, assumed, known)
    elif not node.is_list:
        amount = _amount(node)
        if (assumed or _ALL in known) and amount is not None and amount.number:
            yield place, amount, None if assumed else known[_ALL]
        return
    for key, child in node.items():
        if key not in {"source", "note", "assumption", "name"}:
            name = child.child("name") if node.is_list else None
            part = str(name.value) if name is not None and not name.is_empty else key
            own = {_ALL: known[str(key)]} if str(key) in known else known
            yield from _below(child, (*place, part), assumed=assumed, known=own)


def _standing(
    node: Node, assumed: bool, known: Mapping[str, float]
) -> tuple[bool, Mapping[str, float]]:
    """Whether a block says that it is assumed, or how well it is known."""
    assumption, source = node.child("assumption"), node.child("source")
    if assumption is not None and not assumption.is_empty:
        return assumption.value not in _NO, {}
    if source is not None and not source.is_empty:
        found = _KNOWN_TO.findall(str(source.value))
        names = {str(key) for key, _ in node.items()}
        return False, {name if name in names else _ALL: float(reach) for name, reach in found}
    return assumed, known


def _shares(tree: Node) -> Iterator[tuple[Place, Amount, float]]:
    """Shares of products that were counted in the lines of a history: known as by chance."""
    demand, products = tree.child("demand"), tree.child("products")
    source = demand.child("source") if demand is not None and demand.is_mapping else None
    found = None if source is None else _KNOWN_FROM.search(str(source.value))
    if found is None or products is None or not products.is_list:
        return
    lines = int(found[1].replace(",", ""))
    written = {
        str(sku.value): amount
        for _, each in products.items()
        if (sku := each.child("sku")) is not None
        and (share := each.child("share")) is not None
        and (amount := _amount(share)) is not None
    }
    total = sum(amount.number for amount in written.values())
    for name, amount in written.items():
        part = amount.number / total if total else 0.0
        if 0 < part < 1:
            reach = 1.96 * total * math.sqrt(part * (1 - part) / lines)
            yield ("products", name, "share"), amount, reach


def _amount(node: Node) -> Amount | None:
    return read_amount(str(node.value if node.raw is None else node.raw))


def _end(tree: Node, path: str, amount: Amount, reach: float) -> str | None:
    """The value furthest towards `reach` that the scenario takes; whole, where it must be."""
    for share in (1.0, 0.5, 0.25):
        number = amount.number + share * reach
        if amount.unit.startswith("%") and amount.number <= 100:
            number = min(number, 100.0)
        for value in dict.fromkeys((amount.at(number), amount.at(round(number)))):
            if loads(tree, {path: value}):
                return value
    return None


def _part(part: object) -> str:
    return f'"{part}"' if "." in str(part) else str(part)
