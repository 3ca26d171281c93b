"""Digests of every byte that a season leaves behind."""

from __future__ import annotations

import os
from dataclasses import fields, is_dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.demand import OrderBook, sample_orders
from sim.results import kpis, tables
from sim.scenario import Scenario, load_policies
from sim.warehouse import simulate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sim.experiment.season import Outcome

SEASON = Path(__file__).parent / "season.yaml"
"""A small season in which everything that draws is at work."""


def digests(
    policies: Mapping[str, Scenario], seed: int, replication: int = 0
) -> dict[str, dict[str, str]]:
    """Of each policy: what was digested, by name, and its digest."""
    found, book = {}, None
    for name, scenario in policies.items():
        book = sample_orders(scenario, seed, replication, like=book)
        ledger = simulate(scenario, book, seed, replication)
        parts = {
            **dict(_arrays(book, "book")),
            **dict(_arrays(ledger, "ledger")),
            **{f"table {key}": table.to_parquet() for key, table in tables(ledger).items()},
            "kpis": repr(dict(kpis(ledger))).encode(),
        }
        found[name] = {part: sha256(data).hexdigest() for part, data in parts.items()}
    return found


def book_bytes(book: OrderBook) -> dict[str, bytes]:
    """Every column of an order book."""
    return dict(_arrays(book, "book"))


def _arrays(value: Any, name: str) -> Iterator[tuple[str, bytes]]:
    """Everything in a record, each array column by column: padding between columns is no result."""
    if isinstance(value, Scenario | dict):
        return
    if is_dataclass(value):
        for field in fields(value):
            yield from _arrays(getattr(value, field.name), f"{name}.{field.name}")
    elif isinstance(value, np.ndarray) and value.dtype.names:
        for column in value.dtype.names:
            yield from _arrays(np.ascontiguousarray(value[column]), f"{name}.{column}")
    elif isinstance(value, np.ndarray):
        yield name, f"{value.dtype.str}{value.shape}".encode() + value.tobytes()
    else:
        yield name, repr(value).encode()


def season_digests(seed: int = 7) -> dict[str, dict[str, str]]:
    """The digests of the small season under its policies."""
    return digests(load_policies(SEASON), seed)


def digested_season(policies: Mapping[str, Scenario], seed: int, replication: int) -> Outcome:
    """A season as `replicate` asks for it: digests as numbers, and the process that made them."""
    found = digests(policies, seed, replication)
    return {
        policy: {
            "process": float(os.getpid()),
            # 13 hexadecimal digits are 52 bits, which a float holds exactly.
            **{part: float(int(digest[:13], 16)) for part, digest in parts.items()},
        }
        for policy, parts in found.items()
    }
