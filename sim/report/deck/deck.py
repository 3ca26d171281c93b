"""From a story to slides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.report.brand import picture
from sim.report.clean import clean, joined, short
from sim.report.deck.charts import add_chart
from sim.report.deck.color import rgb
from sim.report.deck.layout import POINT, largest_size, wideness
from sim.report.deck.tables import add_table, rows_of, sheets, size_for
from sim.report.palette import FAINT, TEXT

if TYPE_CHECKING:
    from pathlib import Path

    from sim.report.brand import Brand
    from sim.report.content import Report, Section, Table

_INCH = 914_400
_MARGIN = _INCH // 2
_TITLE_TOP, _TITLE_HEIGHT = round(0.35 * _INCH), round(1.15 * _INCH)
_FOOT = round(0.45 * _INCH)
_OPENING = round(2.6 * _INCH)
"""Where the title of the first slide ends."""
_TITLE_SIZES = (44, 36, 30, 28, 26, 24, 22, 20, 18)
_TEXT_SIZES = (24, 22, 20, 18, 16, 15, 14, 13, 12)
_READABLE = 16
_LONGEST_TITLE, _LONGEST_POINT = 230, 420


def write_deck(report: Report, path: Path, brand: Brand, folder: Path) -> None:
    """Write a deck of 16:9 slides.

    Args:
        report: What it says.
        path: The file to write.
        brand: How it looks.
        folder: Where the files lie that the brand names.
    """
    deck = _Deck(report, brand, folder)
    deck.opening()
    for section in report.sections:
        deck.section(section)
    deck.presentation.save(str(path))


class _Deck:
    """A presentation in the making."""

    def __init__(self, report: Report, brand: Brand, folder: Path) -> None:
        from pptx import Presentation
        from pptx.util import Emu

        self.report, self.brand, self.folder = report, brand, folder
        own = None if brand.template is None else str(folder / brand.template)
        self.presentation: Any = Presentation(own)
        if own is None:
            self.presentation.slide_width = Emu(round(13.333 * _INCH))
            self.presentation.slide_height = Emu(round(7.5 * _INCH))
        else:
            _remove_slides(self.presentation)
        self.page = (
            int(self.presentation.slide_width or 0),
            int(self.presentation.slide_height or 0),
        )
        self.layout = _title_only(self.presentation)
        properties = self.presentation.core_properties
        properties.title = short(report.title, 250)
        properties.author = "Peakwise"
        properties.comments = short(
            "; ".join(f"{k}: {v}" for k, v in report.provenance.items()), 250
        )

    @property
    def points(self) -> float:
        """EMU of a point across, for a font of common wideness."""
        return POINT * wideness(self.brand.font)

    @property
    def width(self) -> int:
        return self.page[0] - 2 * _MARGIN

    @property
    def top(self) -> int:
        return _TITLE_TOP + _TITLE_HEIGHT + round(0.1 * _INCH)

    @property
    def height(self) -> int:
        return self.page[1] - self.top - _FOOT - round(0.1 * _INCH)

    def opening(self) -> None:
        """The first slide: what it is about, for whom, and the answer."""
        slide = self._slide(self.report.title, (), opening=True)
        top = _OPENING + round(0.3 * _INCH)
        answer = next(each for each in self.report.sections if each.key == "answer")
        lines = [self.brand.client, self.report.question, answer.message, *answer.points[:1]]
        room = self.page[1] - _FOOT - top - (round(0.9 * _INCH) if self.brand.logo else 0)
        self._paragraphs(
            slide,
            [line for line in lines if line],
            (_MARGIN, top, self.width, room),
            answer.message,
        )
        logo = picture(self.folder, self.brand)
        if logo is not None:
            shown = slide.shapes.add_picture(logo, 0, 0, height=round(0.8 * _INCH))
            shown.left = self.page[0] - _MARGIN - shown.width
            shown.top = self.page[1] - _FOOT - shown.height
            shown._element.nvPicPr.cNvPr.set("descr", f"Logo of {clean(self.brand.client)}")

    def section(self, section: Section) -> None:
        """One slide for the message, and more for figures that need room."""
        table = section.table if section.table and section.table.brief != 0 else None
        slide = self._slide(section.message, section.notes)
        points = [short(each, _LONGEST_POINT) for each in section.points]
        if section.chart is not None:
            share = 0.62 if points else 1.0
            wide = round(self.width * share)
            add_chart(slide, section.chart, (_MARGIN, self.top, wide, self.height), self.brand)
            if points:
                left = _MARGIN + wide + round(0.2 * _INCH)
                room = self.width - wide - round(0.2 * _INCH)
                self._paragraphs(slide, points, (left, self.top, room, self.height))
        elif points and table is not None:
            tall = round(self.height * self._above(table))
            box = (_MARGIN, self.top, self.width, tall)
            self._paragraphs(slide, points, box, gap=0.35)
            self._tables(section, table, slide, self.top + tall)
            return
        elif points:
            self._paragraphs(slide, points, (_MARGIN, self.top, self.width, self.height))
        if table is not None:
            self._tables(section, table, None if section.chart or points else slide, self.top)

    def _above(self, table: Table) -> float:
        """Share of the height for what stands above a table, which is to be readable as well."""
        for share in (0.64, 0.58, 0.52, 0.46):
            room = (1 - share) * self.height / POINT
            if size_for(rows_of(table), self.width / self.points, room) >= _READABLE:
                return share
        return 0.42

    def _tables(self, section: Section, table: Table, slide: Any, top: int) -> None:
        """A table on the slide if it fits there, the rest on further slides."""
        height = self.page[1] - top - _FOOT - round(0.1 * _INCH)
        parts = sheets(table, self.width / self.points, height / POINT)
        for number, sheet in enumerate(parts):
            page = slide if number == 0 and slide is not None else None
            begins = top if page is not None else self.top
            if page is None:
                more = " (continued)" if number else ""
                title = f"{table.message or section.message}{more}"
                page = self._slide(title, section.notes)
            aligns = [table.aligns()[column] for column in sheet.columns]
            strong = table.strong if len(parts) == 1 else frozenset[int]()
            box = (_MARGIN, begins, self.width, height)
            add_table(page, sheet, aligns, strong, box, self.brand)

    def _slide(self, title: str, notes: tuple[str, ...], *, opening: bool = False) -> Any:
        from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
        from pptx.util import Pt

        slide = self.presentation.slides.add_slide(self.layout)
        for shape in list(slide.placeholders):
            if shape.placeholder_format.type is not None and shape != slide.shapes.title:
                shape._element.getparent().remove(shape._element)
        head = slide.shapes.title
        height = _OPENING - _TITLE_TOP if opening else _TITLE_HEIGHT
        head.left, head.top = _MARGIN, _TITLE_TOP
        head.width, head.height = self.width, height
        frame = head.text_frame
        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
        text = short(title, _LONGEST_TITLE)
        frame.text = joined(text)
        size = largest_size(
            [text],
            self.width / self.points - 15,
            height / POINT - 8,
            _TITLE_SIZES[0 if opening else 2 :],
        )
        paragraph = frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.LEFT
        font = paragraph.runs[0].font if paragraph.runs else paragraph.font
        font.size, font.bold, font.name = Pt(size), True, self.brand.font
        font.color.rgb = rgb(self.brand.accent)
        self._rule(slide, head.top + head.height)
        self._footer(slide)
        slide.notes_slide.notes_text_frame.text = "\n".join(
            [*map(clean, notes), *(f"{k}: {clean(v)}" for k, v in self.report.provenance.items())]
        )
        return slide

    def _rule(self, slide: Any, top: int) -> None:
        """A line under the title, in the client's color."""
        from pptx.enum.shapes import MSO_SHAPE

        rule = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, _MARGIN, top, self.width, 2 * POINT)
        rule.fill.solid()
        rule.fill.fore_color.rgb = rgb(self.brand.accent)
        rule.line.fill.background()
        rule.shadow.inherit = False

    def _footer(self, slide: Any) -> None:
        from pptx.util import Pt

        number = len(self.presentation.slides)
        client = f"{short(self.brand.client, 60)} · " if self.brand.client else ""
        text = f"{client}{short(self.report.title, 70)} · Peakwise · {number}"
        top = self.page[1] - _FOOT
        box = slide.shapes.add_textbox(_MARGIN, top, self.width, _FOOT)
        box.text_frame.text = text
        box.text_frame.word_wrap = True
        run = box.text_frame.paragraphs[0].runs[0]
        run.font.size, run.font.name = Pt(11), self.brand.font
        run.font.color.rgb = rgb(FAINT)

    def _paragraphs(
        self,
        slide: Any,
        texts: list[str],
        box: tuple[int, int, int, int],
        strong: str = "",
        gap: float = 0.6,
    ) -> None:
        """Paragraphs in a box (left, top, width, height, in EMU), one of them perhaps strong."""
        from pptx.util import Pt

        left, top, width, height = box
        shape = slide.shapes.add_textbox(left, top, width, height)
        frame = shape.text_frame
        frame.word_wrap = True
        cleaned = [short(text, 900) for text in texts]
        size = largest_size(
            cleaned,
            width / self.points - 14,
            height / POINT - 8,
            _TEXT_SIZES,
            gap,
        )
        for place, text in enumerate(cleaned):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            paragraph.space_after = Pt(size * gap)
            run = paragraph.add_run()
            run.text = joined(text)
            run.font.size, run.font.name = Pt(size), self.brand.font
            run.font.color.rgb = rgb(TEXT)
            run.font.bold = bool(strong) and text == short(strong, 900)


def _title_only(presentation: Any) -> Any:
    """The layout that has a title and least besides it."""
    layouts = [each for each in presentation.slide_layouts if _has_title(each)]
    return min(layouts or presentation.slide_layouts, key=lambda each: len(each.placeholders))


def _has_title(layout: Any) -> bool:
    from pptx.enum.shapes import PP_PLACEHOLDER

    kinds = {PP_PLACEHOLDER.TITLE}
    return any(each.placeholder_format.type in kinds for each in layout.placeholders)


def _remove_slides(presentation: Any) -> None:
    """Keep a template's master and layouts, not its slides."""
    ids = presentation.slides._sldIdLst
    for each in list(ids):
        presentation.part.drop_rel(each.rId)
        ids.remove(each)
