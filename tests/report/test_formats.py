"""Every format says the same, which is what the run stored."""

import re
import zipfile

import openpyxl
import pytest

from sim.errors import ScenarioError
from sim.report.clean import clean
from sim.report.labels import label
from sim.report.write import report_of, write_report
from tests.report.conftest import HOSTILE, TITLE
from tests.report.reading import (
    book_values,
    chart_books,
    deck_text,
    page_words,
    pdf_text,
    squeezed,
)

ENDINGS = ("pptx", "xlsx", "html", "pdf")


@pytest.fixture(scope="module")
def report(run):
    return report_of(run)


@pytest.fixture(scope="module")
def written(run, tmp_path_factory):
    folder = tmp_path_factory.mktemp("written")
    return {end: write_report(run, folder / f"r.{end}") for end in ENDINGS}


@pytest.fixture(scope="module")
def hostile(hostile_run, tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile-written")
    return {end: write_report(hostile_run, folder / f"r.{end}") for end in ENDINGS}


def figures(report):
    """Texts of all cells that hold a number, by table."""
    return {
        table.name: [
            cell.text for row in table.rows for cell in row if not isinstance(cell.value, str)
        ]
        for table in report.tables()
    }


def test_means_are_those_of_the_run(report, run):
    stored = run.answer["policies"]
    (side_by_side,) = (each for each in report.tables() if each.name == "side_by_side")
    row = side_by_side.rows[0]
    assert row[0].text == "Season profit"
    assert [cell.value for cell in row[1:]] == [
        stored[policy]["season_profit"]["mean"] for policy in run.study.policies
    ]
    (every,) = (each for each in report.tables() if each.name == "every_kpi")
    for policy, name, _, mean, half, n in every.rows:
        known = stored[policy.text][name.text]
        assert (mean.value, half.value, n.value) == (known["mean"], known["half_width"], known["n"])


SCALES = {"k": 1e3, "M": 1e6, "%": 0.01}
FIGURE = re.compile(r"([+\u2212]?)\D{0,3}?([\d,]+)(\.\d+)?([kM%]?)( \u00d7)?( \u00b1.*)?")


def test_every_text_is_its_value_rounded_once(report):
    checked = 0
    for table in report.tables():
        for cell in (cell for row in table.rows for cell in row):
            if not isinstance(cell.value, int | float):
                continue
            sign, digits, decimals, scale, *_ = FIGURE.fullmatch(cell.text).groups()
            unit = SCALES.get(scale, 1.0)
            told = float(digits.replace(",", "") + (decimals or "")) * unit
            step = unit * 10.0 ** -len((decimals or ".")[1:])
            told = -told if sign == "\u2212" else told
            assert abs(told - cell.value) <= 0.5 * step * (1 + 1e-9), (table.name, cell)
            checked += 1
    assert checked > 300


def test_figures_of_policies_are_those_of_the_run(report, run):
    stored = run.answer["policies"]
    by_label = {label(name): name for kpis in stored.values() for name in kpis}
    tables = {each.name: each for each in report.tables()}
    checked = 0
    for table in (tables["side_by_side"], tables["service"], tables["profit_and_loss"]):
        for title, *cells in table.rows:
            name = by_label[title.text]
            for policy, cell in zip(run.study.policies, cells, strict=True):
                known = stored[policy].get(name, {"mean": None})
                assert cell.value == known["mean"], (policy, name)
                if table.name != "profit_and_loss":
                    assert cell.half_width == (known["half_width"] or None), (policy, name)
                checked += 1
    assert checked > 60


def test_every_file_says_where_it_comes_from(report, written, run):
    book = openpyxl.load_workbook(written["xlsx"])["Summary"]
    summary = squeezed(" ".join(str(cell.value) for row in book.rows for cell in row))
    page, _ = page_words(written["html"])
    texts = (deck_text(written["pptx"]), summary, page, pdf_text(written["pdf"]))
    first = run.study.policies[0]
    wanted = {
        "Made by": "peakwise compare",
        "Seed": str(run.seed),
        f"Scenario hash ({first})": run.hashes[first],
        "Peakwise": run.versions["peakwise"],
    }
    for name, value in wanted.items():
        assert report.provenance[name].startswith(value)
        for text in texts:
            assert squeezed(report.provenance[name]) in text, name


def test_the_page_shows_every_figure(report, written):
    text, _ = page_words(written["html"])
    for name, texts in figures(report).items():
        missing = [each for each in texts if squeezed(each) not in text]
        assert not missing, (name, missing)
    assert sum(map(bool, figures(report).values())) > 8
    for section in report.sections:
        assert squeezed(section.message) in text


def test_the_pdf_shows_every_figure_that_it_has_room_for(report, written):
    text = pdf_text(written["pdf"])
    shown = [table for table in report.tables() if len(table.rows) <= 75]
    assert len(shown) > 8
    for table in shown:
        for row in table.rows:
            for cell in row:
                assert squeezed(clean(cell.text)) in text, (table.name, cell.text)
    for section in report.sections:
        assert squeezed(section.message) in text


def test_the_deck_shows_the_figures_of_its_slides(report, written):
    text = deck_text(written["pptx"])
    for section in report.sections:
        assert squeezed(section.message) in text
        table = section.table
        rows = () if table is None else table.rows[: table.brief]
        for cell in (cell for row in rows for cell in row):
            if not isinstance(cell.value, str):
                assert squeezed(cell.text) in text, (section.key, cell.text)
    for name, value in report.provenance.items():
        assert squeezed(f"{name}: {value}") in text


def test_the_workbook_holds_every_value_unrounded(report, written):
    found = book_values(written["xlsx"])
    for table in report.tables():
        rows = found[table.name][1:]
        ranged = [any(row[at].half_width for row in table.rows) for at in range(len(table.columns))]
        for row, cells in zip(table.rows, rows, strict=False):
            values = iter(cells)
            for cell, has_range in zip(row, ranged, strict=True):
                value = next(values)
                if isinstance(cell.value, int | float):
                    assert value == pytest.approx(cell.value, rel=1e-14), table.name
                elif cell.value is None:
                    assert value == cell.text
                if has_range:
                    half = next(values)
                    assert (half or 0.0) == pytest.approx(cell.half_width or 0.0, rel=1e-14)
            assert not list(values)
    assert found.keys() == {table.name for table in report.tables()}


def test_charts_of_the_deck_hold_the_stored_values(report, written):
    books = chart_books(written["pptx"])
    charts = [section.chart for section in report.sections if section.chart]
    assert len(books) == len(charts) >= 6
    for chart, book in zip(charts, books, strict=True):
        sheet = book.worksheets[0]
        if chart.kind == "waterfall":
            continue
        for column, series in enumerate(chart.series, 2):
            values = [sheet.cell(row, column).value for row in range(2, 2 + len(series.values))]
            assert values == [None if v is None else pytest.approx(v) for v in series.values]


def test_a_waterfall_ends_where_the_other_policy_stands(report):
    (chart,) = (s.chart for s in report.sections if s.chart and s.chart.kind == "waterfall")
    first, *changes, last = chart.series[0].values
    assert first + sum(changes) == pytest.approx(last)


def test_nothing_from_outside_becomes_a_formula(hostile):
    names = zipfile.ZipFile(hostile["xlsx"]).namelist()
    sheets = [
        zipfile.ZipFile(hostile["xlsx"]).read(each) for each in names if "worksheets/" in each
    ]
    assert sheets
    assert not any(b"<f>" in sheet for sheet in sheets)
    books = chart_books(hostile["pptx"])
    cells = [cell for book in books for row in book.worksheets[0].iter_rows() for cell in row]
    assert any(str(cell.value).startswith("=") for cell in cells)
    assert not any(cell.data_type == "f" for cell in cells)


def test_nothing_from_outside_rings_or_turns_text_around(hostile, hostile_run):
    assert "\x07" in next(iter(hostile_run.scenarios.values())).name
    book = openpyxl.load_workbook(hostile["xlsx"])
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    texts = [
        deck_text(hostile["pptx"]),
        squeezed(" ".join(cells)),
        page_words(hostile["html"])[0],
        pdf_text(hostile["pdf"]),
    ]
    for text in texts:
        assert squeezed(TITLE[:60]) in text
        assert not {"\x07", "\u202e"} & set(text)
    assert all(len(sheet.title) <= 31 for sheet in book)
    assert squeezed(TITLE) in texts[1]
    assert squeezed(TITLE) in texts[2]


def test_nothing_from_outside_becomes_a_tag(hostile, written):
    text, tags = page_words(hostile["html"])
    _, own = page_words(written["html"])
    assert squeezed("<script>alert(1)</script>") in text
    assert tags.count("script") == own.count("script") == 2
    source = hostile["html"].read_text(encoding="utf-8")
    assert "<script>alert" not in source
    assert "<script>alert" not in source.replace("\\u003c", "&lt;")
    assert squeezed(HOSTILE) in pdf_text(hostile["pdf"])


def test_the_page_loads_nothing(written):
    source = written["html"].read_text(encoding="utf-8")
    head = source[: source.index("<script>")]
    assert "default-src 'none'" in head
    assert not re.findall(r"""(?:src|href)\s*=\s*["'](?!#|data:)""", head)
    assert '"showSendToCloud": false' in source


def test_the_same_run_gives_the_same_page_and_pictures(run, written, tmp_path):
    again = write_report(run, tmp_path / "again.html")
    assert again.read_bytes() == written["html"].read_bytes()


def test_an_unknown_ending_and_a_missing_folder_are_refused(run, tmp_path):
    with pytest.raises(ScenarioError, match=r"end its name in \.pptx"):
        write_report(run, tmp_path / "report.docx")
    with pytest.raises(ScenarioError, match="folder does not exist"):
        write_report(run, tmp_path / "nowhere" / "report.pptx")


def test_a_file_is_replaced_only_by_a_whole_one(run, tmp_path, monkeypatch):
    place = tmp_path / "report.html"
    place.write_text("before", encoding="utf-8")
    monkeypatch.setattr("sim.report.page.page.as_json", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_report(run, place)
    assert [each.name for each in tmp_path.iterdir()] == ["report.html"]
    assert place.read_text(encoding="utf-8") == "before"
