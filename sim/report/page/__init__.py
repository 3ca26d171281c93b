"""One HTML file that holds everything it shows."""

from sim.report.page.page import write_page

__all__ = ["write_page"]
