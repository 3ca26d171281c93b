"""The collector of reference cycles rests while a season runs."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def left_for_later() -> Iterator[None]:
    """Let the collector look for cycles afterwards.

    The business makes some ten thousand objects in a season, nearly all of which stay until its
    end. By their number the collector is led to look through all that the process ever made, again
    and again: a twentieth of the time of a season. Nothing grows meanwhile but what a season needs.
    """
    rests = not gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if not rests:
            gc.enable()
