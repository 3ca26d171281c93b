"""The workbook inside a chart, in which nothing can be a formula.

python-pptx writes a name that begins with `=` as one, and it would run when the client edits the
data of the chart.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from sim.report.safe import SAFE

if TYPE_CHECKING:
    from collections.abc import Sequence


def embed(
    chart: Any, categories: Sequence[str], series: Sequence[tuple[str, Sequence[Any]]]
) -> None:
    """Replace the workbook of a chart: categories down column A, series from column B on."""
    import xlsxwriter

    data = io.BytesIO()
    with xlsxwriter.Workbook(data, SAFE) as book:
        sheet = book.add_worksheet("Sheet1")
        for row, category in enumerate(categories, 1):
            sheet.write_string(row, 0, category)
        for column, (name, values) in enumerate(series, 1):
            sheet.write_string(0, column, name)
            for row, value in enumerate(values, 1):
                if value is not None:
                    sheet.write_number(row, column, value)
    chart.part.chart_workbook.update_from_xlsx_blob(data.getvalue())
