"""What a report says, before it is a deck, a workbook or a page.

Every format renders the same sections, so no figure can differ between them: a cell holds the value
as it was stored and the text into which it was rounded, once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.report.forms import Form

Align = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A value and how it reads."""

    value: float | str | None
    """As stored; None: unknown."""
    text: str
    """As it is shown, rounded once."""
    format: str = "General"
    """Number format in which a spreadsheet shows `value` as `text` does."""
    half_width: float | None = None
    """How well a mean is known: the text has it behind ±, a spreadsheet in a column of its own."""


def words(text: str) -> Cell:
    """A cell of words."""
    return Cell(text, text)


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows of cells."""

    name: str
    """Unique in a report: letters, digits and `_`."""
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    strong: frozenset[int] = frozenset()
    """Rows that are totals or winners."""
    brief: int | None = None
    """How many of the rows a slide shows; None: all. Pages and workbooks show all."""
    message: str = ""
    """What it says, a whole sentence: the title of its slide."""

    @property
    def title(self) -> str:
        """The name as a heading."""
        return self.name.replace("_", " ").capitalize().replace("kpi", "KPI")

    def aligns(self) -> tuple[Align, ...]:
        """How each column stands: numbers right, words left."""
        return tuple(
            "right"
            if any(isinstance(row[column].value, int | float) for row in self.rows)
            else "left"
            for column in range(len(self.columns))
        )


@dataclass(frozen=True, slots=True)
class Series:
    """One line or set of bars."""

    name: str
    values: tuple[float | None, ...]
    color: int | None = None
    """Number of the policy it stands for, whose color it has everywhere; None: no policy."""
    texts: tuple[str, ...] = ()
    """Labels of its values, rounded as the tables round; none: it is not labeled."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of some numbers that every format can draw by itself."""

    kind: Literal["bar", "column", "stacked", "line", "waterfall"]
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    form: Form
    """How its values are written."""
    axis: str
    """What the value axis shows."""
    alt: str
    """What the picture shows, in a sentence for whom cannot see it."""
    totals: frozenset[int] = frozenset()
    """Of a waterfall: categories that stand on the ground."""
    colors: tuple[int | None, ...] = ()
    """Of a picture with one series: the number of the policy that each category stands for; None:
    of none."""

    @property
    def positive(self) -> bool:
        """Whether no value is below zero; then the axis begins there, or says that it does not."""
        return all((value or 0.0) >= 0 for each in self.series for value in each.values)


@dataclass(frozen=True, slots=True)
class Section:
    """One message, with what shows it."""

    key: str
    """Short name: the anchor of a page, the sheet of a workbook."""
    title: str
    """Short heading for navigation."""
    message: str
    """The one thing to remember, a whole sentence."""
    points: tuple[str, ...] = ()
    """Sentences beside the picture."""
    chart: Chart | None = None
    table: Table | None = None
    notes: tuple[str, ...] = ()
    """How the figures came about, for the speaker and the footnote."""
    more: tuple[Table, ...] = ()
    """Tables that only a workbook and a page have room for."""


@dataclass(frozen=True, slots=True)
class Report:
    """A finished study as a story."""

    title: str
    question: str
    verdict: str
    policies: tuple[str, ...]
    """In the order of the scenario: the number of a policy is its color."""
    sections: tuple[Section, ...]
    provenance: Mapping[str, str] = field(default_factory=dict)
    """Scenario hash, seed, version, and the command that makes the same numbers again."""

    def tables(self) -> tuple[Table, ...]:
        """Every table, in the order of the sections."""
        return tuple(
            table
            for section in self.sections
            for table in (section.table, *section.more)
            if table is not None
        )
