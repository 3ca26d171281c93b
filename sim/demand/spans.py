"""Spans of time in 32 bits, as they are stamped on a million customers.

Up to 23 days a span is kept to the millisecond, beyond that to the minute, up to 304 years; what
is longer never ends. Packed spans compare as the spans do, and a short one is packed as it is. The
same holds backwards, for instants before the run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

Spans: TypeAlias = NDArray[np.int32]

NEVER: Final = 1 << 60
"""A time after every run, and a span longer than any, ms."""
ENDLESS: Final = (1 << 31) - 1
"""`NEVER`, packed."""

_FINE: Final = 23 * 86_400_000
_MINUTE: Final = 60_000


def pack(spans: ArrayLike) -> Spans:
    """Spans in ms, packed: each rounded to the nearest millisecond or minute, halves to even.

    >>> pack([-1, 12.5, 23 * 86_400_000 + 90_001, NEVER]).tolist()
    [-1, 12, 1987200002, 2147483647]
    """
    exact = np.asarray(spans, np.float64)
    packed = np.minimum(exact, float(_FINE))
    np.maximum(packed, -float(_FINE), out=packed)
    beyond = exact - packed
    beyond /= _MINUTE
    packed += beyond
    np.rint(packed, out=packed)
    np.minimum(packed, float(ENDLESS), out=packed)
    np.maximum(packed, -float(ENDLESS), out=packed)
    return packed.astype(np.int32)


def pack_one(span: float) -> int:
    """One span in ms, packed.

    >>> pack_one(NEVER) == ENDLESS
    True
    """
    return int(pack([span])[0])


def unpack(packed: Spans) -> NDArray[np.int64]:
    """Packed spans in ms.

    >>> unpack(np.array([-1, 12, 1987200002, 2147483647])).tolist()
    [-1, 12, 1987320000, 1152921504606846976]
    """
    spans = packed.astype(np.int64)
    far = np.flatnonzero(np.abs(packed) > _FINE)
    if len(far):
        distant = spans[far]
        edge = np.where(distant < 0, -_FINE, _FINE)
        spans[far] = np.where(distant == ENDLESS, NEVER, edge + (distant - edge) * _MINUTE)
    return spans


def unpacked(packed: Any) -> int:
    """One packed span in ms. It calls nothing, and can be compiled by Numba as it stands.

    >>> unpacked(np.int32(1987200002))
    1987320000
    """
    span = int(packed)
    if span == ENDLESS:
        return NEVER
    if span > _FINE:
        return _FINE + (span - _FINE) * _MINUTE
    if span < -_FINE:
        return (span + _FINE) * _MINUTE - _FINE
    return span
