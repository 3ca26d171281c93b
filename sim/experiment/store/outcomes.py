"""Finished seasons as a table: one row per study, replication, policy and KPI."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sim.experiment.store.disk import (
    DAMAGED,
    PARTS,
    StoreError,
    as_parquet,
    checksum,
    parse_parquet,
    write,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pyarrow as pa

    from sim.experiment.season import Outcome

Outcomes = dict[str, dict[int, "Outcome"]]
"""What every replication of every study brought; a study is named by its key."""

_COLUMNS: Final = ("study", "replication", "policy", "kpi", "value")


def as_table(outcomes: Mapping[str, Mapping[int, Outcome]]) -> pa.Table:
    """Outcomes as a table, replications in their order; the same outcomes give the same table."""
    import pyarrow as pa

    columns: list[list[Any]] = [[] for _ in _COLUMNS]
    for key, by_replication in outcomes.items():
        for replication in sorted(by_replication):
            for policy, kpis in by_replication[replication].items():
                count = len(kpis)
                columns[0] += [key] * count
                columns[1] += [replication] * count
                columns[2] += [policy] * count
                columns[3] += kpis.keys()
                columns[4] += kpis.values()
    types = (pa.string(), pa.int64(), pa.string(), pa.string(), pa.float64())
    arrays = [pa.array(column, each) for column, each in zip(columns, types, strict=True)]
    return pa.table(dict(zip(_COLUMNS, arrays, strict=True)))


def add_table(table: pa.Table, outcomes: Outcomes) -> None:
    """Add what a table holds.

    Raises:
        KeyError: It has other columns.
    """
    rows = zip(*(table.column(name).to_pylist() for name in _COLUMNS), strict=True)
    for key, replication, policy, kpi, value in rows:
        season = outcomes.setdefault(key, {}).setdefault(replication, {})
        season.setdefault(policy, {})[kpi] = value


def write_part(folder: Path, outcomes: Mapping[str, Mapping[int, Outcome]]) -> None:
    """Keep finished seasons until the run is whole; the name of the file is its checksum.

    Raises:
        StoreError: The disk is full, or the place cannot be written.
    """
    data = as_parquet(as_table(outcomes))
    write(folder / PARTS / f"{checksum(data)}.parquet", data)


def read_parts(folder: Path, outcomes: Outcomes) -> None:
    """Add the seasons that were finished before the run is whole.

    Raises:
        StoreError: A part is not what was written.
    """
    for path in sorted((folder / PARTS).glob("*.parquet")):
        data = path.read_bytes()
        if checksum(data) != path.stem:
            raise StoreError(path, DAMAGED)
        add_table(parse_parquet(data), outcomes)
