"""Draw the answer of `peakwise compare SEASON --json`, read from stdin, as an SVG on stdout.

One row per policy: how much more or less it earned than the baseline, with the interval in which
the mean difference is known to lie. No library: the picture is a few dozen shapes.
"""

import json
import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from sim.report.forms import Form, form_of

WIDTH, ROW, TOP, LEFT, RIGHT = 760, 44, 112, 140, 240
KPI = "season_profit"
BESIDE = (("lost_orders", "Orders lost"), ("space_used_peak", "Positions used"))
METHOD = (
    "Dot: mean difference. Bar: where it is known to lie, with 95% confidence for all together."
)

STYLE = """
  text { font: 14px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #24292f; }
  .title { font-size: 18px; font-weight: 600; }
  .quiet { font-size: 12px; fill: #57606a; }
  .grid { stroke: #d0d7de; }
  .zero { stroke: #57606a; stroke-width: 1.5; }
  .known { stroke: #0969da; stroke-width: 6; stroke-linecap: round; opacity: 0.45; }
  .mean { fill: #0969da; }
  .base { fill: #57606a; }
  .end { text-anchor: end; }
  .middle { text-anchor: middle; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .quiet { fill: #9198a1; }
    .grid { stroke: #3d444d; }
    .zero { stroke: #9198a1; }
    .known { stroke: #4493f8; }
    .mean { fill: #4493f8; }
    .base { fill: #9198a1; }
  }
"""


@dataclass(frozen=True, slots=True)
class Axis:
    """Where amounts lie on the picture."""

    low: float
    high: float
    step: float

    def x(self, amount: float) -> float:
        """Distance from the left edge, in pixels."""
        share = (amount - self.low) / (self.high - self.low)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def ticks(self) -> list[float]:
        """Round amounts from one end to the other."""
        count = round((self.high - self.low) / self.step)
        return [self.low + number * self.step for number in range(count + 1)]


def axis_for(amounts: list[float]) -> Axis:
    """An axis from one round amount to another around all amounts and zero.

    >>> axis_for([-41_000.0, 95_000.0]).ticks()
    [-50000, 0, 50000, 100000]
    """
    low, high = min(0.0, *amounts), max(0.0, *amounts)
    rough = (high - low or 1.0) / 4
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * each for each in (1, 2, 5, 10) if power * each >= rough)
    return Axis(math.floor(low / step) * step, math.ceil(high / step) * step, step)


def picture(answer: dict[str, Any]) -> str:
    """The whole SVG."""
    rows = {row["policy"]: row for row in answer["comparisons"] if row["kpi"] == KPI}
    baseline, policies = answer["comparisons"][0]["baseline"], answer["policies"]
    currency = policies[baseline][KPI]["unit"]
    ends = [row[end] for row in rows.values() for end in ("low", "high")]
    axis, form = axis_for(ends), form_of(ends, "money", currency)
    height = TOP + ROW * len(policies) + 56
    shapes = [
        text("title", 16, 32, f"Season profit against {baseline}"),
        text(
            "quiet",
            16,
            54,
            f"{answer['scenario']}. {answer['replications']} simulated seasons,"
            " the same customers under every policy.",
        ),
        *frame(axis, form, height),
    ]
    for number, policy in enumerate(policies):
        y = TOP + ROW * number + ROW // 2
        shapes += [text("", 16, y + 5, policy), *figures_beside(answer, policy, y)]
        shapes += difference(axis, form, rows.get(policy), y)
    shapes.append(text("quiet", 16, height - 14, METHOD))
    body = "\n".join(f"  {shape}" for shape in shapes)
    label = escape(answer["verdict"], {'"': "&quot;"})
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{label}">\n<style>{STYLE}</style>\n{body}\n</svg>\n'
    )


def frame(axis: Axis, form: Form, height: int) -> Iterator[str]:
    """Ticks, the line of the baseline, and the heads of the columns beside the axis."""
    for tick in axis.ticks():
        x, kind = axis.x(tick), "grid" if tick else "zero"
        yield f'<line class="{kind}" x1="{x}" y1="{TOP - 10}" x2="{x}" y2="{height - 48}"/>'
        yield text("quiet middle", x, TOP - 18, form.write(tick, sign=True) if tick else "0")
    for column, (_, head) in enumerate(BESIDE):
        yield text("quiet end", right_edge(column), TOP - 18, head)


def figures_beside(answer: dict[str, Any], policy: str, y: int) -> Iterator[str]:
    """The figures of a policy in the columns beside the axis."""
    for column, (kpi, _) in enumerate(BESIDE):
        means = [own[kpi]["mean"] for own in answer["policies"].values()]
        mean = answer["policies"][policy][kpi]["mean"]
        yield text("end", right_edge(column), y + 5, form_of(means, "orders", "").write(mean))


def difference(axis: Axis, form: Form, row: dict[str, Any] | None, y: int) -> Iterator[str]:
    """The mean difference of a policy and where it is known to lie; the baseline has none."""
    if row is None:
        yield f'<circle class="base" cx="{axis.x(0)}" cy="{y}" r="5"/>'
        return
    x, low, high = (axis.x(row[key]) for key in ("difference", "low", "high"))
    yield f'<line class="known" x1="{low}" y1="{y}" x2="{high}" y2="{y}"/>'
    yield f'<circle class="mean" cx="{x}" cy="{y}" r="5"/>'
    yield text("quiet middle", x, y - 10, form.write(row["difference"], sign=True))


def right_edge(column: int) -> int:
    """Right edge of a column beside the axis."""
    return WIDTH - 16 - 100 * (len(BESIDE) - 1 - column)


def text(kind: str, x: float, y: float, content: str) -> str:
    """A line of text; its class says how it looks and where it is anchored."""
    return f'<text class="{kind}" x="{x}" y="{y}">{escape(content)}</text>'


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(picture(json.load(sys.stdin)))
