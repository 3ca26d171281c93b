"""Orders that are wrapped as gifts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.randomness import occasion_hash
from sim.warehouse.compiled import compiled
from sim.warehouse.state import wide
from sim.warehouse.words import PURPOSE_WRAP

if TYPE_CHECKING:
    from sim.warehouse.counts.rows import Rows

_hash = compiled(occasion_hash)


@compiled
def is_wrapped(s: Rows, o: int) -> bool:
    """Whether the customer of order o wants it wrapped."""
    t = s.terms[0]
    if t["wraps"] == 0:
        return False
    return bool(_hash(t["hash_key"], o, wide(PURPOSE_WRAP), wide(0)) < t["wraps"])
