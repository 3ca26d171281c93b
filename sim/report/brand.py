"""How a report looks: the client's name, logo, colors, and slides of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

from pydantic import AfterValidator, Field, ValidationError

from sim.errors import BadValue, Problem, ScenarioError
from sim.report.palette import POLICIES
from sim.scenario.base import Block
from sim.scenario.explaining import explain, placed
from sim.scenario.locating import plain
from sim.scenario.reading import read_tree
from sim.scenario.shape import Shape

_PICTURES: Final = {".png", ".jpg", ".jpeg"}
_SLIDES: Final = {".pptx"}


def _color(text: str) -> str:
    digits = text.removeprefix("#").lower()
    if len(digits) != 6 or any(each not in "0123456789abcdef" for each in digits):
        raise BadValue(message=f"{text!r} is no color", hint="write it like '#0b6e99', in quotes")
    return f"#{digits}"


Color = Annotated[str, AfterValidator(_color)]


class Brand(Block):
    """Settings of a theme file; every one may be left out."""

    client: str = Field(default="", max_length=200)
    """Who the report is for; stands on the first slide and in every footer."""
    logo: str | None = None
    """Picture beside the theme file, PNG or JPEG."""
    accent: Color = "#12344d"
    """Color of titles and rules."""
    colors: tuple[Color, ...] = Field(default=POLICIES, min_length=1, max_length=20)
    """Colors of the policies, in their order."""
    font: str = Field(default="Calibri", max_length=60)
    """Font of slides and pages; where it is missing, programs choose one like it."""
    template: str | None = None
    """The client's own slides (`.pptx`) beside the theme file: its master and layouts are used."""

    def color(self, number: int) -> str:
        """Color of a policy."""
        return self.colors[number % len(self.colors)]


_SHAPE: Final = Shape(blocks=(Brand,))


def read_brand(file: Path | str | None) -> tuple[Brand, Path]:
    """Read a theme file; return it with the folder in which its pictures lie.

    Raises:
        ScenarioError: everything that is wrong with it, each with its place.
    """
    if file is None:
        return Brand(), Path()
    tree = read_tree(file)
    try:
        brand = Brand.model_validate(plain(tree))
    except ValidationError as error:
        raise ScenarioError(explain(error.errors(include_url=False), tree, _SHAPE)) from None
    folder = Path(file).resolve().parent
    checks = (("logo", brand.logo, _PICTURES), ("template", brand.template, _SLIDES))
    problems = [
        placed(problem, tree)
        for name, value, endings in checks
        if value is not None and (problem := _wrong_file(name, folder, value, endings))
    ]
    if problems:
        raise ScenarioError(problems)
    return brand, folder


def _wrong_file(name: str, folder: Path, value: str, endings: set[str]) -> Problem | None:
    path = (folder / value).resolve()
    if path.suffix.lower() not in endings:
        return Problem(
            name, f"{value!r} is of another kind", f"give a {' or '.join(sorted(endings))}"
        )
    if not path.is_file():
        return Problem(name, f"there is no file {value!r} beside the theme file", "check its name")
    if not path.is_relative_to(folder):
        return Problem(name, f"{value!r} lies outside the theme file's folder", "copy it there")
    return None


def picture(folder: Path, brand: Brand) -> str | None:
    """Path of the logo; None: there is none."""
    return None if brand.logo is None else str(folder / brand.logo)
