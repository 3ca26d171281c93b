"""The file that `peakwise new` writes: a small season in which every setting is explained.

The season itself is written by hand below. The explanations, and the settings that it leaves at
their defaults, come from the schema: so the file cannot fall behind it.
"""

from __future__ import annotations

import json
import re
import textwrap
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sim.scenario.base import Moment
from sim.scenario.distributions import StillWaiting
from sim.scenario.locating import Key, Node, Source
from sim.scenario.reading import parse_tree, read_scalar
from sim.scenario.reference import written_defaults
from sim.scenario.shape import Shape, field_shape, file_fields, scenario_shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo

    from sim.scenario.base import Block

_WIDTH = 100
_EXAMPLES: Final[dict[type, str]] = {
    Moment: "2026-11-16",
    StillWaiting: "{1 week: 92%, 2 weeks: 75%}",
    dict: "{ … }",
    int: "100",
    float: "1.5",
}
_NOTES = frozenset({"source", "assumption", "note"})
_NEEDS_QUOTES = re.compile(r"^[\s\-?:,\[\]{}#&*!|>'\"%@`]|: |:$| #|[,\[\]{}]|^$")

_HEAD = """\
# yaml-language-server: $schema=./peakwise.schema.json
#
# One season of a shop. Change the figures, then:
#
#     peakwise check FILE      lists every problem with its line
#     peakwise compare FILE    says which policy earns more, and how sure that is
#
# A setting behind "#" stands at its default, or shows by an example how it is written; remove the
# "#" to change it. Every group of settings may also hold `source:`, `assumption: yes` and `note:`.
# `peakwise schema --out peakwise.schema.json` lets your editor complete and check this file.
"""

_SEASON = """\
name: My season
question: Sell on backorder, or show out of stock?
currency: USD
season: {start: 2026-10-05, end: 2026-12-27, closed: [thanksgiving, christmas]}
opening: {as_of: 2026-10-05}
demand:
  orders_per_day: 120
  weekdays: {mon: 1.10, tue: 1.05, wed: 1.00, thu: 0.98, fri: 0.95, sat: 0.88, sun: 1.04}
  hours: evening
  peaks:
    - {name: Black Friday, from: thanksgiving, to: black_friday, times: 3}
    - {name: Cyber Monday, on: cyber_monday, times: 5}
    - {name: December run, from: 2026-12-01, to: 2026-12-17, times: 1.9}
  day_noise: 0.15
  forecast_error: {total: 15%, peak: 25%, sku_share: 30%}
  basket: {lines: {1: 0.7, 2: 0.3}, units_per_line: {1: 0.85, 2: 0.15}}
products:
  - {sku: MUG, share: 50%, price: 14.00, cost: 5.10, volume: 1.2 liters, supplier: overseas}
  - {sku: CANDLE, share: 30%, price: 19.00, cost: 7.40, volume: 0.8 liters, supplier: overseas}
  - {sku: GLOBE, share: 20%, price: 49.00, cost: 19.00, volume: 9 liters, supplier: local}
suppliers:
  overseas:
    lead_time: {gamma: {mean: 38 days, cv: 0.3}}
    minimum_order: 200 units
    pack_size: 20 units
  local: {lead_time: "usually 9 days, 1 in 10 over 14 days"}
replenishment:
  rule: reorder_point
  service: 95%
  notification: {read: weekdays 09:00-17:00, delay: 2 hours}
storefront:
  when_short: backorder
  caps: {quoted_wait: 45 days}
  quote: {padding: 2 days, information_age: 1 day}
alerts: {opened_after: {exponential: 9 hours}, convert: 45%}
customers:
  accept_backorder: {at_no_wait: 60, half_life: 12 days}
  sign_up_for_alert: 20
  come_back_later: {share: 5, after: {exponential: 9 days}}
  patience: {from: order, still_waiting: {1 week: 92%, 2 weeks: 75%, 4 weeks: 35%}}
  needed_by: {2026-12-24: 55%}
backorder_area: {positions: 20 shelves of 80 liters, rent: 6 per shelf per month, steps: 10 shelves}
people:
  pick_pack:
    shift: {mon-sat: 08:00-16:30, breaks: 30 min}
    overtime: {when_backlog_over: 6 hours, until: 19:00}
    work: {per_order: 2.5 min, per_line: 1.1 min, per_unit: 0.2 min, cv: 0.5}
    cohorts:
      - {name: permanent, people: 2, wage: 21.50 per hour}
      - name: seasonal
        people: 3
        from: 2026-11-16
        to: 2026-12-23
        training: 3 days
        agency: 27.00 per hour
        learning: {start: 55%, full_after: 20 days}
carrier:
  cut_off: {mon-sat: 12:00}
  pickup: {mon-sat: 17:00}
  transit: 2 to 5 days
  promise: 6 days
costs:
  shipping_income: 4.90
  postage: 5.60
  packaging: 0.70
  payment_fee: 2.5%
  leftover_recovery: 60%
policies:
  Backorder: {}
  Out of stock: {storefront.when_short: out_of_stock}
  Alerts: {storefront.when_short: alerts}
  Capped hybrid: {storefront.when_short: hybrid, storefront.caps.units_per_sku: 40}
  More stock: {storefront.when_short: out_of_stock, replenishment.pre_season_buy: +40%}
"""


@cache
def template() -> str:
    """Text of a new scenario, which can be run as it stands."""
    source = Source("season.yaml", Path("season.yaml"), Path())
    tree = parse_tree(_SEASON, source, [])
    lines = list(_group(tree, scenario_shape(), 0, explained=True))
    return _HEAD + "\n".join(lines) + "\n"


def _group(node: Node, shape: Shape, indent: int, *, explained: bool) -> Iterator[str]:
    """Lines of one group: its settings with their meaning, in the order of the schema."""
    block = shape.blocks[0]
    for name, info in file_fields(block).items():
        child = node.child(name)
        if explained and name not in _NOTES:
            if indent == 0:
                yield ""
            yield from _comment(info.description or "", indent)
        if child is not None:
            below = field_shape(info)
            yield from _setting(name, child, below, indent, explained=explained)
        elif explained and name not in _NOTES:
            yield f"{' ' * indent}# {name}: {_shown_default(block, name, info)}"
    for key, child in node.items():
        if str(key) not in file_fields(block):
            yield f"{' ' * indent}{_text(str(key))}: {_flow(child)}"


def _setting(name: str, node: Node, shape: Shape, indent: int, *, explained: bool) -> Iterator[str]:
    """Lines of one setting that the season gives."""
    head = f"{' ' * indent}{_text(name)}:"
    if node.is_mapping and shape.blocks and node.value:
        yield head
        yield from _group(node, shape, indent + 2, explained=explained)
    elif node.is_mapping and shape.entries is not None and node.value:
        yield head
        for number, (key, child) in enumerate(node.items()):
            below = shape.step(key) or Shape()
            first = explained and number == 0
            yield from _setting(str(key), child, below, indent + 2, explained=first)
    elif node.is_list and shape.items is not None and (shape.step(0) or Shape()).blocks:
        yield head
        for index, child in node.items():
            below = shape.step(index) or Shape()
            lines = _group(child, below, indent + 4, explained=explained and index == 0)
            yield from _item(list(lines), indent + 2)
    else:
        yield f"{head} {_flow(node)}"


def _item(lines: list[str], indent: int) -> Iterator[str]:
    """Lines of a list item: the dash stands before its first setting."""
    first = next(number for number, line in enumerate(lines) if line.strip()[:1] != "#")
    for number, line in enumerate(lines):
        if number == first:
            yield f"{' ' * indent}- {line.strip()}"
        else:
            yield line


def _comment(text: str, indent: int) -> list[str]:
    lead = f"{' ' * indent}# "
    words = " ".join(text.split())
    return textwrap.wrap(words, _WIDTH, initial_indent=lead, subsequent_indent=lead)


def _shown_default(block: type[Block], name: str, info: FieldInfo) -> str:
    """The default as it is written, or an example where there is none."""
    default = written_defaults(block).get(name)
    if default is not None and not (isinstance(default, dict) and field_shape(info).blocks):
        return _plain_flow(default)
    shape = field_shape(info)
    if shape.blocks or shape.entries is not None:
        return "{ … }"
    for read in shape.reads:
        if "examples" in read.schema:
            return f"{_plain_flow(read.schema['examples'][0])}  # for example"
    example = next((_EXAMPLES[kind] for kind in shape.plain if kind in _EXAMPLES), "NAME")
    return f"{shape.literals[0] if shape.literals else example}  # for example"


def _flow(node: Node) -> str:
    """A value on one line, as it was typed."""
    if node.is_mapping:
        pairs = (f"{_key(key)}: {_flow(child)}" for key, child in node.items())
        return "{" + ", ".join(pairs) + "}"
    if node.is_list:
        return "[" + ", ".join(_flow(child) for _, child in node.items()) + "]"
    raw = node.raw or ""
    return raw if not isinstance(node.value, str) else _text(raw)


def _plain_flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)}: {_plain_flow(v)}" for key, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_plain_flow(entry) for entry in value) + "]"
    return _text(value) if isinstance(value, str) else json.dumps(value)


def _key(key: Key) -> str:
    return str(key) if str(key).isdigit() else _text(str(key))


def _text(text: str) -> str:
    """Text in quotes where YAML would read it as something else."""
    if _NEEDS_QUOTES.search(text) or not isinstance(read_scalar(text), str):
        return json.dumps(text, ensure_ascii=False)
    return text
