"""The search against an enumeration of all plans, where looking at a plan costs nothing."""

import itertools
from types import SimpleNamespace
from typing import Any

import pytest

from sim.experiment.size.confirm import most_misses
from sim.experiment.size.search import Search
from sim.randomness import stream

Plan = tuple[int, ...]


class Luck:
    """Random numbers of a test."""

    def __init__(self, seed: int) -> None:
        self._numbers = stream(seed, "size")

    def randint(self, low: int, high: int) -> int:
        """A whole number from low to high."""
        return int(self._numbers.integers(low, high + 1))

    def uniform(self, low: float, high: float) -> float:
        """A number from low to high."""
        return float(self._numbers.uniform(low, high))


class _Known:
    """A screen that knows: weighted sums of the levers have to reach a need."""

    def __init__(self, rules: list[tuple[list[int], int]], price: list[float]) -> None:
        self.rules, self.price = rules, price
        self.asked: list[Plan] = []

    def meets(self, plan: Plan) -> bool:
        self.asked.append(plan)
        return self.is_good(plan)

    def is_good(self, plan: Plan) -> bool:
        return self.failing(plan) is None

    def is_offered(self, _: Plan) -> bool:
        return True

    def failing(self, plan: Plan) -> int | None:
        for number, (weights, need) in enumerate(self.rules):
            if sum(w * x for w, x in zip(weights, plan, strict=True)) < need:
                return number
        return None

    @property
    def everything(self) -> set[int]:
        return set(range(len(self.rules)))

    def bearing(self, plan: Plan, leaner: Plan) -> tuple[set[int], float]:
        moved = {
            number
            for number, (weights, _) in enumerate(self.rules)
            if any(w and a != b for w, a, b in zip(weights, plan, leaner, strict=True))
        }
        return moved, self.worth(leaner) - self.worth(plan)

    @property
    def zone(self) -> float:
        return 0.0

    def gain(self, plan: Plan, other: Plan) -> float:
        return self.worth(plan) - self.worth(other)

    def beats(self, plan: Plan, other: Plan) -> bool:
        return self.worth(plan) > self.worth(other)

    def worth(self, plan: Plan) -> float:
        return -sum(p * x for p, x in zip(self.price, plan, strict=True))


def _levers(sizes: list[int]) -> tuple[Any, ...]:
    return tuple(SimpleNamespace(ordered=True, values=range(size)) for size in sizes)


def _cheapest(screen: _Known, sizes: list[int]) -> Plan | None:
    plans = itertools.product(*map(range, sizes))
    return max((plan for plan in plans if screen.is_good(plan)), key=screen.worth, default=None)


@pytest.mark.parametrize("need", range(0, 31, 3))
@pytest.mark.parametrize("start", [0, 11, 29])
def test_one_lever_is_found_by_halving(need: int, start: int) -> None:
    screen = _Known([([1], need)], [1.0])
    found = Search(screen, _levers([30])).best((start,))  # type: ignore[arg-type]
    assert found == ((need,) if need < 30 else None)
    assert len(screen.asked) <= 14


@pytest.mark.parametrize("seed", range(40))
def test_levers_that_do_not_stand_in_for_each_other_are_all_at_their_least(seed: int) -> None:
    luck = Luck(seed)
    sizes = [luck.randint(2, 25) for _ in range(4)]
    rules = [
        ([int(at == each) for at in range(4)], luck.randint(0, sizes[each] - 1))
        for each in range(4)
    ]
    screen = _Known(rules, [luck.uniform(1, 9) for _ in range(4)])
    start = tuple(luck.randint(0, size - 1) for size in sizes)
    found = Search(screen, _levers(sizes)).best(start)  # type: ignore[arg-type]
    assert found == _cheapest(screen, sizes)


def test_levers_that_stand_in_for_each_other_come_close_to_the_cheapest_of_all() -> None:
    exact, cost, best = 0, 0.0, 0.0
    for seed in range(60):
        luck = Luck(seed)
        sizes = [luck.randint(4, 20) for _ in range(3)]
        rules = [([luck.randint(0, 4) for _ in range(3)], luck.randint(5, 40)) for _ in range(2)]
        screen = _Known(rules, [luck.uniform(1, 9) for _ in range(3)])
        cheapest = _cheapest(screen, sizes)
        found = Search(screen, _levers(sizes)).best(tuple(size // 2 for size in sizes))  # type: ignore[arg-type]
        assert (found is None) == (cheapest is None)
        if found is None or cheapest is None:
            continue
        assert screen.is_good(found)
        exact += found == cheapest
        cost, best = cost - screen.worth(found), best - screen.worth(cheapest)
    assert exact >= 30
    assert cost <= 1.05 * best


def test_what_fails_at_its_safest_is_given_up_at_once() -> None:
    screen = _Known([([1, 1], 99)], [1.0, 1.0])
    assert Search(screen, _levers([5, 5])).best((0, 0)) is None  # type: ignore[arg-type]
    assert screen.asked[-1] == (4, 4)
    assert len(screen.asked) <= 6


def test_misses_are_allowed_just_as_long_as_the_exact_bound_holds() -> None:
    from sim.experiment.statistics import clopper_pearson

    for share, n, alpha in itertools.product((0.8, 0.9, 0.95), (30, 100, 200), (0.01, 0.05)):
        misses = most_misses(share, n, alpha)
        for count in range(misses + 3):
            low, _ = clopper_pearson(n - count, n, 1 - 2 * alpha)
            assert (low >= share) == (count <= misses)
