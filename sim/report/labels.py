"""What a figure is called and in which unit it is counted, wherever a person reads it."""

from __future__ import annotations

from typing import Final

from sim.results import LINES, find_kpi

_SPELLED_OUT: Final = frozenset({"seconds", "hours", "days", "positions", "parcels"})


def label(name: str) -> str:
    """Plain words for a figure, with its unit where the number does not show it.

    >>> label("cycle_time_mean")
    'Order to carrier, mean (hours)'
    >>> label("utilization:pick_pack")
    'Utilization: pick_pack'
    >>> label("asa")
    'Wait for an agent, mean (ASA, seconds)'
    """
    if name in LINES:
        return LINES[name]
    kpi, (_, _, part) = find_kpi(name), name.partition(":")
    says_it = kpi.unit not in _SPELLED_OUT or kpi.unit in kpi.label.lower()
    if says_it:
        told = kpi.label
    elif kpi.label.endswith(")"):
        told = f"{kpi.label[:-1]}, {kpi.unit})"
    else:
        told = f"{kpi.label} ({kpi.unit})"
    return told + (f": {part}" if part else "")


def spoken(line: str) -> str:
    """A line of the profit and loss within a sentence.

    >>> spoken("gross_sales"), spoken("postage")
    ('sales at list price', 'postage, surcharges and express')
    """
    name = LINES[line].partition(", of ")[0].partition(", valued")[0]
    return name[0].lower() + name[1:]


def unit_of(name: str) -> str:
    """Unit of a KPI, or of a line of the profit and loss.

    >>> unit_of("fill_rate"), unit_of("postage")
    ('share', 'money')
    """
    return "money" if name in LINES else find_kpi(name).unit
