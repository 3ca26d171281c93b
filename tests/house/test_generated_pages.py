"""Pages that are generated are those that the program would write now."""

from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def test_the_kpi_reference_is_fresh() -> None:
    from sim.results.reference import page

    assert (DOCS / "reference" / "kpis.md").read_text(encoding="utf-8") == page()


def test_the_page_of_tables_is_fresh() -> None:
    from sim.results.tables_page import page

    assert (DOCS / "reference" / "tables.md").read_text(encoding="utf-8") == page()


def test_every_kpi_and_every_line_has_words_for_a_screen() -> None:
    from sim.results import KPIS, LINES

    labels = [kpi.label for kpi in KPIS.values()] + list(LINES.values())
    assert all(label[0].isupper() for label in labels)
    definitions = [kpi.definition for kpi in KPIS.values()]
    assert all(text.endswith(".") for text in definitions)
