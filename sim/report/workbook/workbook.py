"""A workbook: every table of the story with its values, native charts, and where they come from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from sim.report.brand import picture
from sim.report.clean import clean, short
from sim.report.content import Cell
from sim.report.palette import FAINT, HEAD
from sim.report.safe import SAFE
from sim.report.workbook.charts import add_chart

if TYPE_CHECKING:
    from pathlib import Path

    from sim.report.brand import Brand
    from sim.report.content import Report, Section, Table

_LONGEST: Final = 32_000
"""Characters of a cell; the format allows 32,767."""
_WIDEST: Final = 60
_ONE_PAGE: Final = 45
"""A sheet with a shorter table is printed on one page."""


def write_workbook(report: Report, path: Path, brand: Brand, folder: Path) -> None:
    """Write a workbook: a summary, then a sheet for each section.

    Args:
        report: What it says.
        path: The file to write.
        brand: How it looks.
        folder: Where the files lie that the brand names.
    """
    import xlsxwriter

    options = {key: value for key, value in SAFE.items() if key != "in_memory"}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties(
            {
                "title": short(report.title, 250),
                "author": "Peakwise",
                "comments": "; ".join(f"{k}: {v}" for k, v in report.provenance.items())[:250],
            }
        )
        made = _Book(book, brand)
        made.summary(report, picture(folder, brand))
        for section in report.sections:
            made.section(section)


class _Book:
    """A workbook in the making."""

    def __init__(self, book: Any, brand: Brand) -> None:
        self.book, self.brand = book, brand
        font = {"font_name": brand.font, "font_size": 11, "valign": "top"}
        self.font = font
        self.title = book.add_format(
            {**font, "bold": True, "font_size": 16, "font_color": brand.accent}
        )
        self.text = book.add_format({**font, "text_wrap": True})
        self.faint = book.add_format({**font, "font_color": FAINT})
        head = {**font, "bold": True, "bg_color": HEAD, "bottom": 1, "text_wrap": True}
        self.head = {
            align: book.add_format({**head, "align": align, **_apart(align)})
            for align in ("left", "right")
        }
        self.formats: dict[tuple[str, bool, str], Any] = {}

    def _sheet(self, name: str) -> Any:
        """A sheet that prints on pages of its own width; names are ours, and short."""
        sheet = self.book.add_worksheet(name[:31])
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        return sheet

    def summary(self, report: Report, logo: str | None) -> None:
        """The first sheet: the question, the answer, and what is where."""
        sheet = self._sheet("Summary")
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 100)
        sheet.hide_gridlines(2)
        sheet.write_string(0, 0, clean(report.title), self.title)
        lines = [
            ("For", self.brand.client),
            ("Question", report.question),
            ("Answer", report.verdict),
            *((section.title, section.message) for section in report.sections[2:]),
            *report.provenance.items(),
        ]
        for row, (name, text) in enumerate(((n, t) for n, t in lines if t), 2):
            sheet.write_string(row, 0, name, self.faint)
            sheet.write_string(row, 1, clean(text)[:_LONGEST], self.text)
            sheet.set_row(row, 15 * max(1, -(-len(text) // 100)))
        if logo is not None:
            sheet.insert_image(0, 3, logo, {"object_position": 1})

    def section(self, section: Section) -> None:
        """A sheet with the message, the table, the chart, and one more for every long table."""
        if section.table is None and section.chart is None and not section.more:
            return
        sheet = self._sheet(section.title)
        sheet.write_string(0, 0, clean(section.message), self.title)
        sheet.set_row(0, 26)
        row = 1
        for note in section.notes:
            sheet.write_string(row, 0, clean(note), self.faint)
            row += 1
        row += 1
        if section.table is not None:
            row = self._table(sheet, section.table, row) + 2
        if section.chart is not None:
            add_chart(self.book, sheet, section.chart, row, self.brand)
            sheet.print_area(0, 0, row + 20, 11)
            if row < _ONE_PAGE:
                sheet.fit_to_pages(1, 1)
        for table in section.more:
            more = self._sheet(table.title)
            self._table(more, table, 0)
            more.freeze_panes(1, 1)
            more.repeat_rows(0)

    def _table(self, sheet: Any, table: Table, top: int) -> int:
        """Write a table with its name; return the row below it."""
        table = _with_ranges(table)
        columns, widths = _distinct(table.columns), list[int]()
        aligns = table.aligns()
        for column, name in enumerate(columns):
            texts = [name, *(row[column].text for row in table.rows[:200])]
            widths.append(min(_WIDEST, max(10, round(1.15 * max(map(len, texts))))))
            sheet.set_column(column, column, widths[-1])
        last = top + max(1, len(table.rows))
        sheet.add_table(
            top,
            0,
            last,
            len(columns) - 1,
            {
                "name": table.name,
                "style": "Table Style Light 1",
                "columns": [
                    {"header": name, "header_format": self.head[align]}
                    for name, align in zip(columns, aligns, strict=True)
                ],
            },
        )
        for number, row in enumerate(table.rows):
            lines = max(-(-len(cell.text) // wide) for cell, wide in zip(row, widths, strict=True))
            if lines > 1:
                sheet.set_row(top + 1 + number, 15.5 * lines)
            for column, cell in enumerate(row):
                look = (number in table.strong, aligns[column])
                self._cell(sheet, top + 1 + number, column, cell, look)
        if top:
            sheet.freeze_panes(top + 1, 1)
        return last

    def _cell(self, sheet: Any, row: int, column: int, cell: Cell, look: tuple[bool, str]) -> None:
        key = (cell.format, *look)
        if key not in self.formats:
            wraps = cell.format == "General"
            self.formats[key] = self.book.add_format(
                {
                    **self.font,
                    "num_format": cell.format,
                    "bold": look[0],
                    "align": look[1],
                    **_apart(look[1]),
                    "text_wrap": wraps,
                }
            )
        style = self.formats[key]
        if cell.value is None:
            sheet.write_string(row, column, cell.text, style)
        elif isinstance(cell.value, str):
            sheet.write_string(row, column, clean(cell.value)[:_LONGEST], style)
        else:
            sheet.write_number(row, column, cell.value, style)


def _apart(align: str) -> dict[str, int]:
    """Words keep off the figures before them."""
    return {"indent": 1} if align == "left" else {}


def _with_ranges(table: Table) -> Table:
    """The table with a further column for each that tells how well its figures are known."""
    known = [
        any(row[column].half_width is not None for row in table.rows)
        for column in range(len(table.columns))
    ]
    if not any(known):
        return table

    def widen(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
        return tuple(
            part
            for cell, ranged in zip(row, known, strict=True)
            for part in ((cell, _range(cell)) if ranged else (cell,))
        )

    names = zip(table.columns, known, strict=True)
    return replace(
        table,
        columns=tuple(p for name, ranged in names for p in ((name, f"{name} ±")[: 1 + ranged])),
        rows=tuple(map(widen, table.rows)),
    )


def _range(cell: Cell) -> Cell:
    text = "" if cell.half_width is None else cell.text.partition(" ±")[2]
    return Cell(cell.half_width, text, cell.format)


def _distinct(names: tuple[str, ...]) -> list[str]:
    """Headers as a spreadsheet's table wants them: never empty, never twice.

    >>> _distinct(("", "A", "A"))
    ['What', 'A', 'A (2)']
    """
    found: list[str] = []
    for name in names:
        wanted = short(name, 200) or "What"
        taken = sum(each.split(" (")[0].lower() == wanted.lower() for each in found)
        found.append(f"{wanted} ({taken + 1})" if taken else wanted)
    return found
