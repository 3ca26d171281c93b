"""How a process that does nothing but simulate treats its memory."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress
from typing import Final

_M_TRIM_THRESHOLD: Final = -1
_M_MMAP_MAX: Final = -4
_NEVER: Final = 2**31 - 1


def keep_freed_memory() -> None:
    """Let the tables of one season reuse the memory of the last.

    By default the GNU C library hands large blocks back to the system at once, which then has to
    clear and map every page anew: up to half the time of a season. Only for processes of our own;
    on other systems it does nothing.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library
            mallopt = ctypes.CDLL(None).mallopt
            mallopt(_M_MMAP_MAX, 0)
            mallopt(_M_TRIM_THRESHOLD, _NEVER)
