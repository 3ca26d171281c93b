"""What every test shares: how hypothesis searches."""

import os

from hypothesis import HealthCheck, settings

# The machine is shared and the first call compiles: time is no sign of a fault here.
_PATIENT = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}

# `ci` draws the same examples in every round, so that a red round can be repeated.
settings.register_profile("ci", derandomize=True, print_blob=True, **_PATIENT)
# `search` looks for new counterexamples: HYPOTHESIS_PROFILE=search python -m tests tests/...
settings.register_profile("search", max_examples=1000, print_blob=True, **_PATIENT)

settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
