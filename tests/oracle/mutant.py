"""One bug planted in the order flow."""

from __future__ import annotations

from typing import NamedTuple


class Mutant(NamedTuple):
    """One bug."""

    title: str
    file: str
    """In `sim/warehouse`."""
    old: str
    """Text of the flow; it is there once."""
    new: str
