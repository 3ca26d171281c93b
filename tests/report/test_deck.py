"""Slides: what fits, who they are for, and the client's own."""

import itertools

import pytest
from PIL import Image
from pptx import Presentation
from pptx.util import Inches

from sim.errors import ScenarioError
from sim.report.brand import read_brand
from sim.report.clean import joined
from sim.report.content import Table, words
from sim.report.deck.tables import sheets
from sim.report.write import write_report


def shapes(slide):
    return [each for each in slide.shapes if each.width and each.height]


def overlap(a, b):
    wide = min(a.left + a.width, b.left + b.width) - max(a.left, b.left)
    tall = min(a.top + a.height, b.top + b.height) - max(a.top, b.top)
    return min(wide, tall)


@pytest.fixture(scope="module", params=["run", "hostile_run"])
def deck(request, tmp_path_factory):
    """Slides of names as people give them, and of names as nobody should."""
    path = tmp_path_factory.mktemp("deck") / "r.pptx"
    return Presentation(str(write_report(request.getfixturevalue(request.param), path)))


def test_slides_are_wide_and_each_has_one_message(deck):
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, abs=0.001)
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert 12 <= len(titles) <= 40
    assert all(titles)


def test_nothing_leaves_the_slide_and_nothing_overlaps(deck):
    for number, slide in enumerate(deck.slides, 1):
        found = shapes(slide)
        for each in found:
            assert each.left >= 0, (number, each.name)
            assert each.top >= 0, (number, each.name)
            assert each.left + each.width <= deck.slide_width, (number, each.name)
            assert each.top + each.height <= deck.slide_height, (number, each.name)
        for a, b in itertools.combinations(found, 2):
            assert overlap(a, b) <= Inches(0.01), (number, a.name, b.name)


def test_no_line_breaks_between_a_sign_and_its_amount_nor_within_a_date():
    assert joined("between −$9.9k and +$151k, ±$21k, 2 + 3") == (
        "between −\u2060$9.9k and +\u2060$151k, ±\u2060$21k, 2 + 3"
    )
    shift = Table("t", ("Shift", "From"), ((words("mon-sat 08:00-16:30"), words("Mon Nov 16")),))
    (sheet,) = sheets(shift, 900, 400)
    assert sheet.rows[1] == ["mon-\u2060sat\u00a008:00-\u206016:30", "Mon\u00a0Nov\u00a016"]


def test_a_long_table_is_cut_evenly_into_sheets_of_one_size():
    rows = tuple((words(f"Setting {n}"), words("What it says")) for n in range(30))
    found = sheets(Table("t", ("Setting", "Says"), rows), 900, 400)
    lengths = [len(sheet.rows) - 1 for sheet in found]
    assert sum(lengths) == 30
    assert len(lengths) > 1
    assert min(lengths) >= 0.6 * max(lengths)
    assert len({sheet.size for sheet in found}) == 1


def test_a_short_table_is_large():
    (sheet,) = sheets(Table("t", ("A", "B"), ((words("one"), words("two")),)), 900, 400)
    assert sheet.size == 24


def test_text_is_large_enough_to_be_read(deck):
    for slide in deck.slides:
        for shape in slide.shapes:
            frames = [shape.text_frame] if shape.has_text_frame else []
            if shape.has_table:
                frames += [cell.text_frame for row in shape.table.rows for cell in row.cells]
            runs = [run for f in frames for p in f.paragraphs for run in p.runs]
            assert all(run.font.size.pt >= 11 for run in runs)


def test_every_chart_says_what_it_shows(deck):
    charts = [s for slide in deck.slides for s in slide.shapes if s.has_chart]
    assert charts
    for each in charts:
        assert each._element.nvGraphicFramePr.cNvPr.get("descr").endswith(".")


def test_notes_tell_the_method(deck):
    notes = [slide.notes_slide.notes_text_frame.text for slide in deck.slides]
    assert all("Seed: 1" in each and "Made by: peakwise compare" in each for each in notes)


@pytest.fixture
def theme(tmp_path):
    Image.new("RGB", (300, 90), "#225577").save(tmp_path / "logo.png")
    own = Presentation()
    own.slide_width, own.slide_height = Inches(13.333), Inches(7.5)
    own.slides.add_slide(own.slide_layouts[0]).shapes.title.text = "The client's old slide"
    own.save(str(tmp_path / "own.pptx"))
    file = tmp_path / "theme.yaml"
    file.write_text(
        "client: Müller & Söhne <GmbH>\nlogo: logo.png\naccent: '#225577'\n"
        "colors: ['#111111', '#222222']\nfont: Arial\ntemplate: own.pptx\n",
        encoding="utf-8",
    )
    return file


def test_a_theme_brings_name_logo_colors_and_the_clients_slides(run, theme, tmp_path):
    deck = Presentation(str(write_report(run, tmp_path / "r.pptx", theme)))
    texts = [s.text_frame.text for slide in deck.slides for s in slide.shapes if s.has_text_frame]
    assert "The client's old slide" not in texts
    assert any("Müller & Söhne <GmbH>" in each for each in texts)
    assert any(shape.shape_type == 13 for shape in deck.slides[0].shapes)
    chart = next(s.chart for slide in deck.slides for s in slide.shapes if s.has_chart)
    point = chart.plots[0].series[0].points[1]
    assert str(point.format.fill.fore_color.rgb) == "222222"
    page = write_report(run, tmp_path / "r.html", theme).read_text(encoding="utf-8")
    assert "Müller &amp; Söhne &lt;GmbH&gt;" in page
    assert "data:image/png;base64," in page


def test_a_wrong_theme_is_refused_with_every_place(tmp_path):
    file = tmp_path / "theme.yaml"
    file.write_text("accnt: '#225577'\ncolors: [red]\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as refused:
        read_brand(file)
    told = [str(problem) for problem in refused.value.problems]
    assert any(
        ":1:1: accnt: is not a setting here; did you mean 'accent'?" in each for each in told
    )
    assert any(":2:10: colors.0: 'red' is no color" in each for each in told)
    file.write_text("logo: none.png\ntemplate: slides.odp\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as refused:
        read_brand(file)
    assert len(refused.value.problems) == 2
