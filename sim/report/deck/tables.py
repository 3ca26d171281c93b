"""Tables on slides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.report.clean import joined, short, whole
from sim.report.deck.color import rgb
from sim.report.deck.layout import POINT, column_widths, row_height, table_size, wideness
from sim.report.palette import GRID, HEAD, STRONG, TEXT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.report.brand import Brand
    from sim.report.content import Table

_SIZES = (24, 22, 20, 18, 16, 15, 14)
_SMALLER = (13, 12)
"""Only where a single row would not fit otherwise."""
_LONGEST = 220
_WHOLE = 20
"""Characters of a figure, a date or a shift that is kept on one line."""
_FULLEST = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
_LOOSEST = 1.5
"""Rows of a short table stand so much apart."""
_MOST_COLUMNS = 8


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one slide shows of a table."""

    rows: list[list[str]]
    """Texts, the header first."""
    columns: list[int]
    size: float
    """Of its font; the same on all sheets of a table."""


def sheets(table: Table, width: float, height: float) -> list[Sheet]:
    """A table cut to what slides can show.

    Args:
        table: What is shown.
        width: Of the place for it, in points.
        height: Of the place for it, in points.
    """
    shown = table.rows if table.brief is None else table.rows[: table.brief]
    found = []
    for columns in _column_groups(len(table.columns)):
        header = [short(table.columns[column], 60) for column in columns]
        rows = [[short(row[column].text, _LONGEST) for column in columns] for row in shown]
        unbroken = [list(map(_unbroken, row)) for row in rows]
        if all(table_size([header, row], width, height, _SIZES) for row in unbroken):
            rows = unbroken
        found += [(page, columns) for page in _pages(header, rows, width, height)]
    size = min(size_for(page, width, height) for page, _ in found)
    return [Sheet(page, columns, size) for page, columns in found]


def size_for(rows: list[list[str]], width: float, height: float) -> float:
    """The largest font size at which rows fit, else the smallest that there is."""
    return table_size(rows, width, height, (*_SIZES, *_SMALLER)) or _SMALLER[-1]


def rows_of(table: Table) -> list[list[str]]:
    """The header and all rows, as texts."""
    return [list(table.columns), *([cell.text for cell in row] for row in table.rows)]


def _unbroken(text: str) -> str:
    is_short = len(text) <= _WHOLE and any(map(str.isdigit, text))
    return whole(text) if is_short else joined(text)


def _pages(
    header: list[str], rows: list[list[str]], width: float, height: float
) -> list[list[list[str]]]:
    """Rows on as few pages as it takes, about equally full."""
    pages = _cut(header, rows, width, height)
    if len(pages) == 1:
        return pages
    tries = (_cut(header, rows, width, share * height) for share in _FULLEST)
    return next(found for found in tries if len(found) == len(pages))


def _cut(
    header: list[str], rows: list[list[str]], width: float, height: float
) -> list[list[list[str]]]:
    pages = [[header]]
    for row in rows:
        full = table_size([*pages[-1], row], width, height, _SIZES) is None
        if len(pages[-1]) > 1 and full:
            pages.append([header])
        pages[-1].append(row)
    return pages


def _column_groups(count: int) -> list[list[int]]:
    """Columns that stand on a slide together: the first, and as many more as are readable.

    >>> _column_groups(4), _column_groups(9)
    ([[0, 1, 2, 3]], [[0, 1, 2, 3, 4, 5, 6, 7], [0, 8]])
    """
    room = _MOST_COLUMNS - 1
    rest = list(range(1, count))
    groups = [rest[at : at + room] for at in range(0, len(rest), room)] or [[]]
    return [[0, *group] for group in groups]


def add_table(
    slide: Any,
    sheet: Sheet,
    aligns: Sequence[str],
    strong: frozenset[int],
    box: Sequence[int],
    brand: Brand,
) -> None:
    """Write a sheet into a box (left, top, width, height, in EMU)."""
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    left, top, width, height = box
    rows, size = sheet.rows, sheet.size
    point = POINT * wideness(brand.font)
    widths = column_widths(rows, width / point, size)
    tall = [row_height(row, widths, size) for row in rows]
    loose = max(1.0, min(_LOOSEST, height / POINT / sum(tall)))
    tall = [loose * each for each in tall]
    frame = slide.shapes.add_table(
        len(rows), len(rows[0]), left, top, width, round(sum(tall) * POINT)
    )
    grid = frame.table
    _plain_style(frame)
    for column, wide in enumerate(widths):
        grid.columns[column].width = round(wide * point)
    for number, row in enumerate(rows):
        grid.rows[number].height = round(tall[number] * POINT)
        for column, text in enumerate(row):
            cell = grid.cell(number, column)
            cell.margin_left = cell.margin_right = 6 * POINT
            cell.margin_top = cell.margin_bottom = 3 * POINT
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            paragraph = cell.text_frame.paragraphs[0]
            paragraph.alignment = PP_ALIGN.RIGHT if aligns[column] == "right" else PP_ALIGN.LEFT
            run = paragraph.add_run()
            run.text = text
            run.font.size, run.font.name = Pt(size), brand.font
            run.font.bold = number == 0 or number - 1 in strong
            run.font.color.rgb = rgb(TEXT)
            cell.fill.solid()
            cell.fill.fore_color.rgb = _background(number, strong)
            _underline(cell)


def _background(number: int, strong: frozenset[int]) -> Any:
    if number == 0:
        return rgb(HEAD)
    return rgb(STRONG) if number - 1 in strong else rgb("#ffffff")


def _plain_style(frame: Any) -> None:
    """No banding and no colors of the template: only rules."""
    table = frame.table
    table.horz_banding = False
    table.first_row = True
    style = frame._element.graphic.graphicData.tbl.tblPr.find(
        "{http://schemas.openxmlformats.org/drawingml/2006/main}tableStyleId"
    )
    if style is not None:
        style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # “No Style, No Grid”


def _underline(cell: Any) -> None:
    """A thin rule below a cell; python-pptx has no word for it."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    color = GRID.removeprefix("#")
    fill = f'<a:solidFill><a:srgbClr val="{color}"/></a:solidFill>'
    rule = f'<a:lnB {nsdecls("a")} w="9525">{fill}</a:lnB>'
    cell._tc.get_or_add_tcPr().insert(0, parse_xml(rule))
