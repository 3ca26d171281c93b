"""Draws for what may happen any number of times, or only to some: hashed, never drawn ahead."""

from __future__ import annotations

from sim.randomness import occasion_hash
from sim.warehouse.chance_rows import HASH_SHIFT, QUANTILES
from sim.warehouse.compiled import compiled
from sim.warehouse.state import Flow, wide

_hash = compiled(occasion_hash)


@compiled
def happens(s: Flow, o: int, purpose: int, occasion: int, chance: int) -> bool:
    """Whether something of this chance (of 2**31) happens to customer o on this occasion."""
    return bool(_hash(s.counters[0]["hash_key"], o, purpose, occasion) < chance)


@compiled
def amount(s: Flow, o: int, purpose: int, occasion: int, stretch: int) -> int:
    """An amount drawn for customer o: one of the equally likely ones of a stretch of `quantile`."""
    nth = which_amount(s, o, purpose, occasion)
    return wide(s.quantile[stretch * QUANTILES + nth]["amount"])


@compiled
def which_amount(s: Flow, o: int, purpose: int, occasion: int) -> int:
    """Which of the equally likely amounts is drawn, from 0, the least."""
    return _hash(s.counters[0]["hash_key"], o, purpose, occasion) >> HASH_SHIFT
