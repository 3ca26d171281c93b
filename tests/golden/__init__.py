"""What a fixed seed gave: every KPI of every policy of the shipped seasons, made smaller.

`python -m tests.golden` writes the files anew, after a rule of the model was changed on purpose.
"""

import json
from pathlib import Path
from typing import Any

from sim import load_policies, replicate
from sim.experiment import json_result

SEASONS = ("gift-retailer", "holiday")
SEED, REPLICATIONS = 1, 2
SMALLER = "demand.scale=0.05"


def file_of(season: str) -> Path:
    """Where the golden figures of a season are kept."""
    return Path(__file__).with_name(f"{season}.json")


def figures(season: str) -> dict[str, dict[str, Any]]:
    """Policy, then KPI: its mean over the replications; None where unknown."""
    study = replicate(load_policies(season, [SMALLER]), REPLICATIONS, SEED, workers=1)
    policies = json_result(study)["policies"]
    return {
        policy: {kpi: figure["mean"] for kpi, figure in own.items()}
        for policy, own in policies.items()
    }


def write(season: str) -> None:
    """Write the golden figures of a season as they are now."""
    text = json.dumps(figures(season), indent=1)
    file_of(season).write_text(text + "\n", encoding="utf-8")
