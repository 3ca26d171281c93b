"""What a reader finds in a written report."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pypdf
from pptx import Presentation


def squeezed(text: str) -> str:
    """Text without white space and joiners, which formats set as they like."""
    return re.sub("[\\s\u00a0\u00ad\u2060]", "", text)


def deck_text(path: Path) -> str:
    """Every text of every slide, those of charts and notes too."""
    found = []
    for slide in Presentation(str(path)).slides:
        found.append(slide.notes_slide.notes_text_frame.text)
        for shape in slide.shapes:
            if shape.has_text_frame:
                found.append(shape.text_frame.text)
            if shape.has_table:
                found += [cell.text for row in shape.table.rows for cell in row.cells]
            if shape.has_chart:
                space = shape.chart._chartSpace
                found += [node.text or "" for node in space.iter() if node.text]
    return squeezed("\n".join(found))


def chart_books(path: Path) -> list[openpyxl.Workbook]:
    """The workbooks inside the charts of a deck."""
    return [
        openpyxl.load_workbook(io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob))
        for slide in Presentation(str(path)).slides
        for shape in slide.shapes
        if shape.has_chart
    ]


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: list[str] = []
        self.skip = 0

    def handle_starttag(self, tag: str, _: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.skip += tag in {"script", "style"}

    def handle_endtag(self, tag: str) -> None:
        self.skip -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self.skip:
            self.found.append(data)


def page_words(path: Path) -> tuple[str, list[str]]:
    """The visible text of a page, and the tags in it."""
    parser = _Words()
    parser.feed(path.read_text(encoding="utf-8"))
    return squeezed(" ".join(parser.found)), parser.tags


def pdf_text(path: Path) -> str:
    """Every text of a PDF."""
    return squeezed("\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages))


def book_values(path: Path) -> dict[str, list[list[object]]]:
    """The rows of every named table of a workbook, with its header."""
    found = {}
    for sheet in openpyxl.load_workbook(path).worksheets:
        for name, area in sheet.tables.items():
            found[name] = [[cell.value for cell in row] for row in sheet[area]]
    return found
