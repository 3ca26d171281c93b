"""Tables on slides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.report.clean import short
from sim.report.deck.color import rgb
from sim.report.deck.layout import POINT, column_widths, row_height, table_size, wideness
from sim.report.palette import GRID, HEAD, STRONG, TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sim.report.brand import Brand
    from sim.report.content import Table

_SIZES = (20, 18, 16, 15, 14)
_SMALLER = (13, 12)
"""Only where a single row would not fit otherwise."""
_LONGEST = 220
_MOST_COLUMNS = 8


def sheets(
    table: Table, width: float, height: float
) -> Iterator[tuple[list[list[str]], list[int]]]:
    """A table cut to what slides can show: texts of the rows with a header, and columns taken.

    Args:
        table: What is shown.
        width: Of the place for it, in points.
        height: Of the place for it, in points.
    """
    shown = table.rows if table.brief is None else table.rows[: table.brief]
    for columns in _column_groups(len(table.columns)):
        header = [short(table.columns[column], 60) for column in columns]
        rows = [[short(row[column].text, _LONGEST) for column in columns] for row in shown]
        page = [header]
        for row in rows:
            if len(page) > 1 and table_size([*page, row], width, height, _SIZES) is None:
                yield page, columns
                page = [header]
            page.append(row)
        yield page, columns


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
    rows: Sequence[Sequence[str]],
    aligns: Sequence[str],
    strong: frozenset[int],
    box: Sequence[int],
    brand: Brand,
) -> None:
    """Write rows, the first a header, into a box (left, top, width, height, in EMU)."""
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.util import Pt

    left, top, width, height = box
    sizes = (*_SIZES, *_SMALLER)
    point = POINT * wideness(brand.font)
    size = table_size(rows, width / point, height / POINT, sizes) or sizes[-1]
    widths = column_widths(rows, width / point, size)
    tall = [row_height(row, widths, size) for row in rows]
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
