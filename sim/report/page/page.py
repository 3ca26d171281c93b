"""From a story to one HTML file."""

from __future__ import annotations

import base64
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from sim.report.brand import picture
from sim.report.clean import clean, joined
from sim.report.page.charts import as_json

if TYPE_CHECKING:
    from sim.report.brand import Brand
    from sim.report.content import Report

_KINDS = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


def write_page(report: Report, path: Path, brand: Brand, folder: Path) -> None:
    """Write the page; it needs no network, and loads nothing.

    Args:
        report: What it says.
        path: The file to write.
        brand: How it looks.
        folder: Where the files lie that the brand names.
    """
    import jinja2
    from plotly.offline import get_plotlyjs

    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    environment.filters |= {"clean": clean, "joined": joined}
    text = (files("sim.report.page") / "page.html").read_text(encoding="utf-8")
    charts = {
        section.key: as_json(section.chart, brand)
        for section in report.sections
        if section.chart is not None
    }
    html = environment.from_string(text).render(
        report=report,
        brand=brand,
        charts=charts,
        logo=_inline(picture(folder, brand)),
        plotly=get_plotlyjs() if charts else "",
    )
    path.write_text(html, encoding="utf-8")


def _inline(logo: str | None) -> str | None:
    """A picture as a data address."""
    if logo is None:
        return None
    file = Path(logo)
    data = base64.b64encode(file.read_bytes()).decode("ascii")
    return f"data:{_KINDS[file.suffix.lower()]};base64,{data}"
