"""The story of a study, told once for every format."""

from sim.report.story.story import tell

__all__ = ["tell"]
