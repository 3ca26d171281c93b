"""Every `$ peakwise …` of a how-to page prints what the page shows below it."""

from pathlib import Path

import pytest

from tests.house.worked import Example, copy_seasons, examples, printed


def test_there_are_examples() -> None:
    assert examples()


@pytest.mark.parametrize("example", examples(), ids=lambda each: f"{each.page}: {each.command}")
def test_an_example_prints_what_its_page_shows(
    example: Example, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_seasons(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    for command in example.earlier:
        printed(command)
    assert printed(example.command) == example.output, "python -m tests.house.worked prints it anew"
