"""The only place where random numbers begin: streams by name, and a hash for repeated occasions.

A stream is keyed by what it means ("lead_time", "shenzhen", "MUG-RED", 7), never by the position of
a draw in the program. So adding a stream moves no other, and two policies that ask for the same
thing get the same draws.
"""

from __future__ import annotations

import itertools
import operator
import struct
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.random.bit_generator import ISeedSequence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

_BITS_31 = 0x7FFFFFFF


def stream(seed: int, *key: str | int) -> np.random.Generator:
    """A generator of its own for what `key` names.

    SFC64 (Doty-Humphrey 2013, PractRand), three chaotic words and a counter, begun at the 192-bit
    BLAKE2b digest of seed and key. A stream does not repeat within 2**64 numbers, and two keys
    share one with a probability of about 2**-192.

    Args:
        seed: Seed of the study, at least 0.
        key: Names and numbers, in order; `("a", "b")`, `("ab",)` and `("b", "a")` all differ, and
            so do 1 and "1".

    >>> stream(1, "absence", "pick_pack", 3).integers(1000)
    np.int64(95)
    """
    digest = blake2b(_canonical((_checked(seed), *key)), digest_size=24).digest()
    # NumPy takes whatever has this interface; its annotations name only one class that has it.
    return np.random.Generator(np.random.SFC64(_Begin(digest)))  # type: ignore[arg-type]


class _Begin(ISeedSequence):
    """Where a stream begins; NumPy would stretch a plain seed by a slower hash."""

    def __init__(self, digest: bytes) -> None:
        self._digest = digest

    def generate_state(self, n_words: int, dtype: Any = np.uint32) -> NDArray[Any]:
        """The digest as words, low bytes first on every machine."""
        words = np.frombuffer(self._digest, np.dtype(dtype).newbyteorder("<"), n_words)
        return words.astype(dtype)


def uniforms(seed: int, *key: str | int) -> Iterator[float]:
    """Uniform numbers in [0, 1) for what `key` names, hashed from it one after the other.

    For the one or two draws of a single occasion, where a generator would cost more than they do.
    Numbers n = 8 b .. 8 b + 7 are the top 53 bits of the words of the BLAKE2b digest of seed and
    key, salted with b.

    >>> next(uniforms(1, "absence", "pick_pack", 3))
    0.4950018134610834
    """
    text = _canonical((_checked(seed), *key))
    for block in itertools.count():
        digest = blake2b(text, digest_size=64, salt=block.to_bytes(8, "little")).digest()
        for word in struct.unpack("<8Q", digest):
            yield (word >> 11) * 2.0**-53


def uniform_rows(numbers: Iterable[int], seed: int, *key: str | int) -> NDArray[np.float64]:
    """The first eight `uniforms` of each key that ends with one of `numbers`, many at once.

    Returns:
        Numbers in [0, 1); row i holds those of `uniforms(seed, *key, numbers[i])`, shape (n, 8).

    >>> float(uniform_rows([2, 3], 1, "absence", "pick_pack")[1, 0])
    0.4950018134610834
    """
    begin = _canonical((_checked(seed), *key))[:-1]
    digests = [blake2b(b"%b, %d]" % (begin, number), digest_size=64) for number in numbers]
    words = np.frombuffer(b"".join([each.digest() for each in digests]), "<u8")
    return (words.reshape(-1, 8) >> np.uint64(11)).astype(np.float64) * 2.0**-53


def seed_key(seed: int, *key: str | int) -> int:
    """A number in 0 .. 2**31 - 1 that stands for the seed and the key in `occasion_hash`.

    >>> seed_key(1, "season", 0)
    504541628
    """
    digest = blake2b(_canonical((_checked(seed), *key)), digest_size=8).digest()
    return int.from_bytes(digest, "little") & _BITS_31


def occasion_hash(key: int, customer: int, purpose: int, occasion: int) -> int:
    """The draw for the n-th time that something happens to a customer, in 0 .. 2**31 - 1.

    What may happen any number of times cannot be drawn in advance. It is hashed instead, so that
    the order in which occasions come up changes nothing. An event of probability p happens when
    the hash is below p * 2**31.

    A Feistel network of two 31-bit halves takes in one number per round and stirs twice more; the
    round function multiplies and shifts like a murmur finalizer. Every product stays below 2**62,
    so that Numba's 64-bit integers and Python's give the same value. It calls nothing, and can be
    compiled by Numba as it stands.

    Args:
        key: What `seed_key` gave for this season.
        customer: Number of the customer, 0 .. 2**31 - 1.
        purpose: What is drawn, for example a second sign-up; 0 .. 2**31 - 1.
        occasion: How often it came up before; 0 .. 2**31 - 1.

    >>> [occasion_hash(5, 7, 1, occasion) for occasion in range(3)]
    [1291628771, 990761119, 824906827]
    """
    # The masks also widen narrow integers: Numba would otherwise multiply them as they come.
    who, why, when = (
        int(customer) & 0x7FFFFFFF,
        int(purpose) & 0x7FFFFFFF,
        int(occasion) & 0x7FFFFFFF,
    )
    left, right = int(key) & 0x7FFFFFFF, 0x243F6A88
    for word in (who, why, when, 0, 0):
        stirred = right ^ word
        stirred = ((stirred ^ (stirred >> 16)) * 0x21F0AAAD) & 0x7FFFFFFF
        stirred = ((stirred ^ (stirred >> 15)) * 0x535A2D97) & 0x7FFFFFFF
        stirred = stirred ^ (stirred >> 15)
        left, right = right, left ^ stirred
    return right


def _canonical(key: tuple[str | int, ...]) -> bytes:
    """The key as bytes, such that different keys give different bytes."""
    plain = [str(part) if isinstance(part, str) else operator.index(part) for part in key]
    return repr(plain).encode()


def _checked(seed: int) -> int:
    if operator.index(seed) < 0:
        message = f"a seed is a whole number of at least 0, got {seed}"
        raise ValueError(message)
    return operator.index(seed)
