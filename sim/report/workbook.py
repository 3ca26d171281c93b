"""A workbook: every table of the story with its values, native charts, and where they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sim.report.brand import picture
from sim.report.clean import clean, short
from sim.report.safe import SAFE
from sim.report.waterfall import steps

if TYPE_CHECKING:
    from pathlib import Path

    from sim.report.brand import Brand
    from sim.report.content import Cell, Chart, Report, Section, Table

_LONGEST: Final = 32_000
"""Characters of a cell; the format allows 32,767."""
_WIDEST: Final = 60
_CHART_COLUMN: Final = 20
"""Charts read their numbers from columns this far right, beside the tables."""
_STEPS: Final = {"total": "#8a949e", "rise": "#2e7d5b", "fall": "#b3402e"}


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
        self.faint = book.add_format({**font, "font_color": "#5a6670"})
        self.head = book.add_format(
            {**font, "bold": True, "bg_color": "#E4E9EE", "bottom": 1, "text_wrap": True}
        )
        self.formats: dict[tuple[str, bool], Any] = {}

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
        row = 1
        for note in section.notes:
            sheet.write_string(row, 0, clean(note), self.faint)
            row += 1
        row += 1
        if section.table is not None:
            row = self._table(sheet, section.table, row) + 2
        if section.chart is not None:
            self._chart(sheet, section.chart, row)
            sheet.print_area(0, 0, row + 20, 11)
        for table in section.more:
            more = self._sheet(table.title)
            self._table(more, table, 0)
            more.freeze_panes(1, 1)

    def _table(self, sheet: Any, table: Table, top: int) -> int:
        """Write a table with its name; return the row below it."""
        columns, widths = _distinct(table.columns), list[int]()
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
                "columns": [{"header": name, "header_format": self.head} for name in columns],
            },
        )
        for number, row in enumerate(table.rows):
            lines = max(-(-len(cell.text) // wide) for cell, wide in zip(row, widths, strict=True))
            if lines > 1:
                sheet.set_row(top + 1 + number, 15.5 * lines)
            for column, cell in enumerate(row):
                self._cell(sheet, top + 1 + number, column, cell, number in table.strong)
        if top:
            sheet.freeze_panes(top + 1, 1)
        return last

    def _cell(self, sheet: Any, row: int, column: int, cell: Cell, strong: bool) -> None:
        key = (cell.format, strong)
        if key not in self.formats:
            wraps = cell.format == "General"
            self.formats[key] = self.book.add_format(
                {**self.font, "num_format": cell.format, "bold": strong, "text_wrap": wraps}
            )
        style = self.formats[key]
        if cell.value is None:
            sheet.write_string(row, column, cell.text, style)
        elif isinstance(cell.value, str):
            sheet.write_string(row, column, clean(cell.value)[:_LONGEST], style)
        else:
            sheet.write_number(row, column, cell.value, style)

    def _chart(self, sheet: Any, chart: Chart, row: int) -> None:
        """A native chart whose numbers stand on the same sheet, further right."""
        bars = _bars(chart, self.brand)
        left = _CHART_COLUMN
        for place, name in enumerate(chart.categories):
            sheet.write_string(place + 1, left, clean(name)[:200], self.text)
        number = self.book.add_format({**self.font, "num_format": chart.form.excel})
        for column, (name, values, _) in enumerate(bars, left + 1):
            sheet.write_string(0, column, clean(name)[:200], self.head)
            for place, value in enumerate(values):
                if value is not None:
                    sheet.write_number(place + 1, column, value, number)
        drawn = self.book.add_chart(_kind(chart))
        count = len(chart.categories)
        names = [sheet.get_name(), 1, left, count, left]
        for column, (_, _, color) in enumerate(bars, left + 1):
            drawn.add_series(
                {
                    "name": [sheet.get_name(), 0, column],
                    "categories": names,
                    "values": [sheet.get_name(), 1, column, count, column],
                    "gap": 45,
                    **_look(chart, color, self.brand),
                }
            )
        self._axes(drawn, chart, bars)
        sheet.insert_chart(row, 0, drawn, {"description": chart.alt, "object_position": 2})

    def _axes(self, drawn: Any, chart: Chart, bars: list[Any]) -> None:
        font = {"name": self.brand.font, "size": 10}
        floor = steps(chart).floor if chart.kind == "waterfall" else None
        cut = "; the axis does not begin at 0" if floor else ""
        if floor is None and chart.kind != "line" and _all_positive(chart):
            floor = 0.0
        values = {
            "name": f"{chart.axis}{cut}",
            "num_format": chart.form.excel,
            "num_font": font,
            "name_font": {**font, "bold": False},
            "major_gridlines": {"visible": True, "line": {"color": "#DDE1E5"}},
            **({"min": floor} if floor is not None else {}),
        }
        names: dict[str, Any] = {"num_font": font, "label_position": "low"}
        if chart.kind == "bar":
            drawn.set_y_axis({**names, "reverse": True})
            drawn.set_x_axis(values)
        else:
            drawn.set_x_axis(names)
            drawn.set_y_axis(values)
        hidden = [place for place, (_, _, color) in enumerate(bars) if color is None]
        drawn.set_legend(
            {"position": "bottom", "delete_series": hidden} if len(bars) > 1 else {"none": True}
        )
        drawn.set_title({"none": True})
        drawn.set_size({"width": 900, "height": 380})


def _all_positive(chart: Chart) -> bool:
    return all((value or 0.0) >= 0 for each in chart.series for value in each.values)


def _kind(chart: Chart) -> dict[str, str]:
    if chart.kind in {"bar", "column", "line"}:
        return {"type": chart.kind}
    return {"type": "column", "subtype": "stacked"}


def _bars(chart: Chart, brand: Brand) -> list[tuple[str, tuple[float | None, ...], str | None]]:
    if chart.kind != "waterfall":
        single = brand.accent if len(chart.series) == 1 else None
        return [
            (
                each.name,
                each.values,
                single or brand.color(place if each.color is None else each.color),
            )
            for place, each in enumerate(chart.series)
        ]
    found = steps(chart)
    base = tuple(low if low > 0 else 0.0 for low in found.low)
    bars: list[tuple[str, tuple[float | None, ...], str | None]] = [("base", base, None)]
    ends = list(zip(found.low, found.high, found.kind, strict=True))
    for kind, color in _STEPS.items():
        heights = [
            (high - max(0.0, low) if high > 0 else low - high) if each == kind else 0.0
            for low, high, each in ends
        ]
        bars.append((kind, tuple(heights), color))
    return bars


def _look(chart: Chart, color: str | None, brand: Brand) -> dict[str, Any]:
    if color is None:
        return {"fill": {"none": True}, "border": {"none": True}}
    if chart.kind == "line":
        return {"line": {"color": color, "width": 2.25}}
    look: dict[str, Any] = {"fill": {"color": color}, "border": {"none": True}}
    if chart.texts and chart.kind == "bar":
        labels = [{"value": clean(text)[:200]} for text in chart.texts]
        look["data_labels"] = {"value": True, "custom": labels}
    if chart.colors:
        look["points"] = [{"fill": {"color": brand.color(number)}} for number in chart.colors]
    return look


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
