"""Every table of the story with its values, and charts that a spreadsheet can edit."""

from sim.report.workbook.workbook import write_workbook

__all__ = ["write_workbook"]
