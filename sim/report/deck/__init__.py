"""Slides: one message each, with charts that PowerPoint can edit."""

from sim.report.deck.deck import write_deck

__all__ = ["write_deck"]
