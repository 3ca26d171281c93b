"""The table of amounts that the order flow draws by hash."""

from __future__ import annotations

import numpy as np

QUANTILES, HASH_SHIFT = 1 << 14, 31 - 14
"""Equally likely amounts of a distribution; the top bits of a hash choose one."""
QUANTILE = np.dtype([("amount", np.int64)], align=True)
"""Row stretch * QUANTILES + n: the n-th of the equally likely amounts, in ascending order."""
