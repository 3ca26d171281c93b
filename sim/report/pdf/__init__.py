"""The page on paper, made without a browser."""

from sim.report.pdf.pdf import write_pdf

__all__ = ["write_pdf"]
