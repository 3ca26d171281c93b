"""Print the digests of the small season, and how the order flow came to be.

`python -m tests.determinism [SEED]`.
"""

import json
import sys
from pathlib import Path

import sim
from sim.warehouse.compiled import COMPILES, cache_folder, is_compiled
from tests.determinism.digest import season_digests

answer = {
    "digests": season_digests(*map(int, sys.argv[1:])),
    "compiles": COMPILES,
    "sim": str(Path(sim.__file__).parent),
}
if COMPILES:
    from sim.warehouse.flow.advance import call

    answer["cache"] = str(cache_folder())
    answer["complete"] = is_compiled()
    answer["compiled"] = sum(call.stats.cache_misses.values())
    answer["loaded"] = sum(call.stats.cache_hits.values())
json.dump(answer, sys.stdout)
