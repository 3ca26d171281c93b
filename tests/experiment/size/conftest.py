"""Small seasons to be sized, and questions that need no simulation."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.experiment.size.question import Question, load_question

TOY = Path(__file__).parents[3] / "docs" / "how-to" / "toy-shop.yaml"

Ask = Callable[..., Question]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """A question about a season in which `plan` is as given."""

    def read(plan: str, season: str = "extends: holiday") -> Question:
        file = tmp_path / "s.yaml"
        file.write_text(f"{season}\nplan:\n{plan}", encoding="utf-8")
        return load_question(str(file))

    return read


@pytest.fixture
def toy(tmp_path: Path) -> Ask:
    """A question about the toy shop with another plan."""

    def read(plan: str) -> Question:
        season = TOY.read_text(encoding="utf-8").partition("\nplan:\n")[0]
        file = tmp_path / "toy.yaml"
        file.write_text(f"{season}\nplan:\n{plan}", encoding="utf-8")
        return load_question(str(file))

    return read
