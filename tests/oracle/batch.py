"""Several random seasons at once, as one process takes them."""

from __future__ import annotations

import time
from collections import Counter

from tests.oracle.check import checked
from tests.oracle.coverage import Item, covered
from tests.oracle.seasons import random_season


def some(batch: tuple[int, range]) -> tuple[dict[int, str], Counter[Item], float]:
    """Differences of a batch of seasons by number, what it covers, and the CPU time it took."""
    began = time.process_time()
    seed, numbers = batch
    differing, counts = {}, Counter[Item]()
    for number in numbers:
        season = random_season(number, seed)
        try:
            outcome = checked(season)
        except Exception as error:  # noqa: BLE001 - whatever it is, the season shows it
            differing[number] = f"{type(error).__name__}: {error}"
            continue
        counts.update(covered(season, outcome))
        if outcome.difference:
            differing[number] = outcome.difference
    return differing, counts, time.process_time() - began
