"""From a story to a PDF: Typst sets the text, Matplotlib draws the pictures."""

from __future__ import annotations

import json
import shutil
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.report.brand import picture
from sim.report.clean import clean, joined
from sim.report.pdf.charts import draw

if TYPE_CHECKING:
    from sim.report.brand import Brand
    from sim.report.content import Report, Section, Table

_MOST_ROWS = 75
"""Longer tables belong into the workbook; the PDF says so."""


def write_pdf(report: Report, path: Path, brand: Brand, folder: Path) -> None:
    """Write an A4 document.

    Args:
        report: What it says.
        path: The file to write.
        brand: How it looks.
        folder: Where the files lie that the brand names.
    """
    import typst

    with tempfile.TemporaryDirectory() as place:
        desk = Path(place)
        text = (files("sim.report.pdf") / "report.typ").read_text(encoding="utf-8")
        (desk / "report.typ").write_text(text, encoding="utf-8")
        for section in report.sections:
            if section.chart is not None:
                (desk / f"{section.key}.svg").write_bytes(draw(section.chart, brand))
        logo = picture(folder, brand)
        if logo is not None:
            shutil.copy(logo, desk / f"logo{Path(logo).suffix.lower()}")
        (desk / "report.json").write_text(json.dumps(_content(report, brand, logo)), "utf-8")
        path.write_bytes(typst.compile(str(desk / "report.typ"), root=str(desk)))


def _content(report: Report, brand: Brand, logo: str | None) -> dict[str, Any]:
    """What the document shows; Typst prints strings as they are and reads no markup in them."""
    return {
        "title": clean(report.title),
        "question": clean(report.question),
        "verdict": joined(clean(report.verdict)),
        "client": clean(brand.client),
        "accent": brand.accent,
        "font": clean(brand.font),
        "logo": None if logo is None else f"logo{Path(logo).suffix.lower()}",
        "sections": [_section(section) for section in report.sections],
        "provenance": [[clean(name), clean(value)] for name, value in report.provenance.items()],
    }


def _section(section: Section) -> dict[str, Any]:
    tables = [table for table in (section.table, *section.more) if table is not None]
    return {
        "title": section.title,
        "message": joined(clean(section.message)),
        "points": [joined(clean(each)) for each in section.points],
        "notes": [clean(each) for each in section.notes],
        "chart": None if section.chart is None else f"{section.key}.svg",
        "alt": "" if section.chart is None else clean(section.chart.alt),
        "tables": [_table(table) for table in tables if len(table.rows) <= _MOST_ROWS],
        "left_out": [
            f"{table.title}: {len(table.rows):,} rows, in the workbook."
            for table in tables
            if len(table.rows) > _MOST_ROWS
        ],
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "columns": [clean(name) for name in table.columns],
        "aligns": table.aligns(),
        "rows": [[clean(cell.text) for cell in row] for row in table.rows],
        "strong": sorted(table.strong),
    }
