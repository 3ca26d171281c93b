"""A policy keeps its color and marker everywhere, and eyes of every kind can tell them apart."""

import itertools
import json
import re
import zipfile

import numpy as np
import pytest
from pptx import Presentation

from dashboard.look import THEME
from sim.report.brand import Brand
from sim.report.palette import MARKERS, POLICIES, STEPS, marked, marker
from sim.report.write import write_report

SIGHT = {
    "all cones": np.eye(3),
    "no red cones": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "no green cones": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "no blue cones": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
"""How linear red, green and blue appear (Machado, Oliveira and Fernandes 2009, severity 1)."""
TO_CONES = [
    [0.4122214708, 0.5363325363, 0.0514459929],
    [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005],
]
TO_OKLAB = [
    [0.2104542553, 0.7936177850, -0.0040720468],
    [1.9779984951, -2.4285922050, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.8086757660],
]
"""Oklab (Ottosson 2020): equal distances look equally different."""


def linear(color):
    parts = np.array([int(color[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def oklab(light):
    return np.array(TO_OKLAB) @ np.cbrt(np.array(TO_CONES) @ np.clip(light, 0, 1))


@pytest.mark.parametrize("sight", SIGHT)
def test_every_eye_tells_policies_and_steps_apart(sight):
    seen = {color: oklab(np.array(SIGHT[sight]) @ linear(color)) for color in POLICIES}
    for one, other in itertools.combinations(seen, 2):
        assert np.linalg.norm(seen[one] - seen[other]) > 0.12, (one, other)
    rise, fall = (oklab(np.array(SIGHT[sight]) @ linear(STEPS[each])) for each in ("rise", "fall"))
    assert np.linalg.norm(rise - fall) > 0.2


def luminance(color):
    return linear(color) @ [0.2126, 0.7152, 0.0722]


def test_colors_stand_out_from_white():
    for color in (*POLICIES, *STEPS.values()):
        assert 1.05 / (luminance(color) + 0.05) >= 3, color


def test_policies_stand_out_from_the_dark_ground_of_the_screens():
    ground = luminance(THEME["theme.dark.backgroundColor"]) + 0.05
    for color in POLICIES:
        assert (luminance(color) + 0.05) / ground >= 3, color


def test_no_two_of_forty_policies_look_the_same():
    brand = Brand()
    looks = [(brand.color(number), marker(number)) for number in range(40)]
    assert len(set(looks)) == 40
    assert len(MARKERS) == 7


@pytest.mark.parametrize("points", [1, 2, 12, 53, 84, 120])
def test_every_line_carries_its_marker(points):
    for number in range(10):
        assert len(marked(points, number)) >= min(points, 1)
        assert max(marked(points, number)) < points


def series_of(xml):
    for series in re.findall(r"<c:ser>.*?</c:ser>", xml, re.DOTALL):
        name = re.search(r"<c:tx>.*?<c:v>(.*?)</c:v>", series, re.DOTALL)
        color = re.search(r'<c:spPr>.*?srgbClr val="(\w{6})"', series, re.DOTALL)
        yield name[1], color and color[1].lower()


def of_deck(path):
    for slide in Presentation(str(path)).slides:
        for shape in (each for each in slide.shapes if each.has_chart):
            yield from series_of(shape.chart._chartSpace.xml)


def of_workbook(path):
    with zipfile.ZipFile(path) as book:
        for name in book.namelist():
            if name.startswith("xl/charts/chart"):
                yield from series_of(book.read(name).decode())


def of_page(path):
    source = path.read_text(encoding="utf-8")
    for figure in re.findall(r'^  "\w+": (\{"config".*\}),$', source, re.MULTILINE):
        for trace in json.loads(figure)["data"]:
            look = trace.get("line") or trace["marker"]
            color = look["color"]
            yield trace["name"], color.removeprefix("#") if isinstance(color, str) else None


@pytest.mark.parametrize(
    ("ending", "read"), [("pptx", of_deck), ("xlsx", of_workbook), ("html", of_page)]
)
def test_a_policy_has_one_color_in_every_picture(run, tmp_path, ending, read):
    path = write_report(run, tmp_path / f"r.{ending}")
    found = {}
    for name, color in read(path):
        found.setdefault(name, set()).add(color)
    for number, policy in enumerate(run.study.policies):
        if policy in found:
            assert found[policy] == {POLICIES[number].removeprefix("#")}, policy
    assert len(set(run.study.policies) & found.keys()) >= 2
