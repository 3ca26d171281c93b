"""One causal link, the test that proves it, and how it is cut."""

from __future__ import annotations

from dataclasses import dataclass

from tests.laws.planting import Bug


@dataclass(frozen=True)
class Link:
    """Something that causes something else in the model."""

    says: str
    """The link in words."""
    test: str
    """The test that proves it, below `tests/`."""
    module: str
    """Module below `sim` in which it is cut."""
    right: str
    """Text that stands in its source, once."""
    cut: str
    """What stands there once the link is cut."""

    @property
    def bug(self) -> Bug:
        """The cut, to be planted in the source."""
        return Bug(self.says, self.module, self.right, self.cut)
