"""Which column of an export means what: guessed from the headers, shown, and open to correction."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from sim.history.presets import (
    GENERIC,
    PRESETS,
    REQUIRED,
    ROLES,
    Preset,
    Rules,
    is_personal,
    plain_header,
)
from sim.history.problems import refuse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Which column plays which role, and which rows are no demand."""

    preset: str
    """Kind of export that the headers point to."""
    columns: Mapping[str, str]
    """Header of each role that was found; roles as in `ROLES`."""
    rules: Rules = field(default_factory=Rules)
    """Which rows are no demand."""
    fills_down: bool = False
    """Facts of the order stand on its first row only, and hold for the rows below it."""
    personal: tuple[str, ...] = ()
    """Headers of personal columns: never read."""
    unused: tuple[str, ...] = ()
    """Headers of other columns that are not read."""

    def describe(self) -> list[str]:
        """The mapping in words, one line each, to be shown before anything is cleaned."""
        lines = [f"format: {self.preset}"]
        lines += [f"{role:<13} <- {header}" for role, header in self.columns.items()]
        lines += self.rules.describe()
        if self.personal:
            lines.append(f"personal, not read: {', '.join(self.personal)}")
        if self.unused:
            lines.append(f"not used: {', '.join(self.unused)}")
        return lines


def map_columns(
    headers: Sequence[str],
    overrides: Mapping[str, str] | None = None,
    *,
    sku_pattern: str | None = None,
    file: str | None = None,
) -> ColumnMap:
    r"""Guess the role of each column, then apply what the user says.

    Args:
        headers: Headers as they stand in the file.
        overrides: Header by role; wins over the guess. An empty header frees the role.
        sku_pattern: Regular expression with which product codes begin; wins over the preset's.
            An empty one makes every code a product.
        file: Name of the file, for messages.

    Raises:
        HistoryError: an unknown role or header, a role without a column, or one header twice.

    >>> found = map_columns(["InvoiceNo", "StockCode", "Quantity", "InvoiceDate"])
    >>> found.preset, found.columns["order_id"], found.rules.sku_pattern
    ('UCI Online Retail', 'InvoiceNo', '\\d{5}')
    """
    preset = _preset(headers)
    columns = _guess(headers, preset)
    for role, header in (overrides or {}).items():
        _check_override(role, header, headers, file)
        columns.pop(role, None)
        if header:
            columns[role] = header
    if "items" in (overrides or {}):
        columns = {role: each for role, each in columns.items() if role not in {"sku", "quantity"}}
    if "price" in columns:
        columns.pop("line_total", None)
    _check_complete(columns, headers, file)
    rules = preset.rules
    if sku_pattern is not None:
        rules = replace(rules, sku_pattern=sku_pattern or None)
    left = [each for each in headers if each and each not in columns.values()]
    return ColumnMap(
        preset.name,
        {role: columns[role] for role in ROLES if role in columns},
        rules,
        preset.fills_down,
        tuple(each for each in left if is_personal(each)),
        tuple(each for each in left if not is_personal(each)),
    )


def guess_columns(headers: Sequence[str]) -> dict[str, str]:
    """Header of each role that the headers give away, complete or not."""
    return _guess(headers, _preset(headers))


def _preset(headers: Sequence[str]) -> Preset:
    plain = {plain_header(header) for header in headers}
    return next((each for each in PRESETS if each.signature <= plain), GENERIC)


def _guess(headers: Sequence[str], preset: Preset) -> dict[str, str]:
    by_plain = {plain_header(header): header for header in reversed(headers)}
    found: dict[str, str] = {}
    for role, aliases in preset.aliases.items():
        for alias in aliases:
            header = by_plain.get(alias)
            if header is not None and header not in found.values():
                found[role] = header
                break
    return found


def _check_override(role: str, header: str, headers: Sequence[str], file: str | None) -> None:
    if role not in ROLES:
        close = get_close_matches(role, ROLES, n=1)
        hint = f"did you mean {close[0]}?" if close else f"roles are {', '.join(ROLES)}"
        refuse(f"unknown role {role!r} in --map", hint, file=file)
    if header and header not in headers:
        close = get_close_matches(header, headers, n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"columns are {', '.join(headers)}"
        refuse(f"there is no column {header!r} for {role}", hint, file=file, line=1)


def _check_complete(columns: Mapping[str, str], headers: Sequence[str], file: str | None) -> None:
    needed = ("order_id", "placed_at", "items") if "items" in columns else REQUIRED
    missing = [role for role in needed if role not in columns]
    if missing:
        message = f"no column found for {', '.join(missing)}; columns are {', '.join(headers)}"
        hint = f"say which it is: --map {missing[0]}={next(filter(None, headers), 'COLUMN')!s}"
        refuse(message, hint, file=file, line=1)
    for role, header in columns.items():
        if list(headers).count(header) > 1:
            hint = "rename one of them in the file"
            refuse(f"two columns are called {header!r} ({role})", hint, file=file, line=1)
    taken = list(columns.values())
    for header in taken:
        if taken.count(header) > 1:
            roles = " and ".join(role for role in columns if columns[role] == header)
            refuse(f"column {header!r} cannot be {roles} at once", file=file, line=1)
