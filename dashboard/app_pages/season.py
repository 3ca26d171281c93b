"""The season itself: every setting as a form or a table, its sentences, and what was changed."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from dashboard import parts, session
from dashboard.charts.season import weeks
from dashboard.forms import Field, Part, Table, parts_of
from dashboard.jobs import Job
from dashboard.replay import looking_ahead
from dashboard.saving import download
from sim.experiment.figures import counted
from sim.report.explain import explain

_MAIN = 8
_EDITS = "edits"


def show() -> None:
    """The screen: changes, forms, sentences."""
    opened = session.current()
    st.title(parts.plain(opened.scenario.name), anchor=False)
    job = session.watched(session.key_of("outlook", opened), looking_ahead(opened.scenario))
    _changes(opened)
    picture = st.container()
    known = {each.path: each for each in parts_of(opened.scenario)}
    chosen = st.selectbox(
        "Part of the season",
        list(known),
        format_func=lambda path: known[path].label,
        index=list(known).index("demand"),
        key="part",
        bind="query-params",
    )
    _part(known[chosen])
    st.subheader("The season in sentences", anchor=False)
    for paragraph in explain(opened.policies).paragraphs:
        st.markdown(f"**{parts.plain(paragraph.title)}**")
        whole = all(sentence.endswith(".") for sentence in paragraph.sentences)
        for text in [" ".join(paragraph.sentences)] if whole else paragraph.sentences:
            st.markdown(parts.plain(text) if whole else f"- {parts.plain(text)}")
    with picture:
        _picture(job, opened)


def _picture(job: Job, opened: session.Opened) -> None:
    """Demand, staff and stock over the weeks, drawn anew with every change."""
    st.subheader("What it looks like", anchor=False)
    policy = next(iter(opened.policies))
    # Last of all: to draw the screen once more before a browser has it would empty its forms.
    job.join(session.SOON)
    parts.live(job, 1, lambda found: parts.picture(weeks(found), "weeks"))
    st.caption(
        parts.plain(
            f"Under {policy}. The line of orders is what is expected; the rest is one simulated"
            " season. Work is counted when its goods are there, at normal speed; newcomers are "
            "slower."
        )
    )


def _changes(opened: session.Opened) -> None:
    number = len(opened.changes)
    with st.container(border=True):
        many = counted(number, "change") if number else "No change"
        st.markdown(f"**{many} from the season as it was opened**")
        for path, value in opened.changes.items():
            st.button(
                parts.plain(f"{path}: {value}"),
                key=f"back:{path}",
                on_click=session.change,
                args=(path, None),
                icon=":material/close:",
                type="tertiary",
                help="Take this change back.",
            )
        data, ending = download(session.source(opened), opened.changes)
        with st.container(horizontal=True):
            can = session.can_undo()
            st.button("Undo", icon=":material/undo:", on_click=session.undo, disabled=not can)
            st.button(
                "As it was",
                icon=":material/restart_alt:",
                on_click=session.reset,
                disabled=not number,
            )
            st.download_button(
                "Keep this season (YAML)",
                data,
                f"{opened.name}{ending}",
                key="keep-season",
                on_click="ignore",
                icon=":material/download:",
                help="The file as it was, with its comments, and your changes in it.",
            )


def _part(part: Part) -> None:
    """A group: its main settings, its tables, what is inside it, and what is assumed beside."""
    if part.about:
        st.caption(parts.plain(part.about))
    if part.source:
        st.caption(f":material/source: {parts.plain(part.source)}")
    given = [field for field in part.fields if field.given]
    _fields(given[:_MAIN])
    for table in part.tables:
        _table(table)
    for inside in part.parts:
        with st.expander(parts.plain(inside.label)):
            _part(inside)
    rest = [*given[_MAIN:], *(field for field in part.fields if not field.given)]
    if rest:
        with st.expander(f"More assumptions: {parts.plain(part.label).lower()}"):
            _fields(rest)


def _fields(fields: list[Field]) -> None:
    with st.grid(3, min_column_width=220):
        for field in fields:
            _field(field)


def _field(field: Field) -> None:
    key = f"set:{field.path}"
    session.hold(key, field.value or None)
    label, about, changed = parts.plain(field.label), parts.plain(field.help), _changed(field)
    if field.choices:
        st.selectbox(label, field.choices, key=key, help=about or None, on_change=changed)
    else:
        st.text_input(label, key=key, help=about or None, placeholder="not set", on_change=changed)


def _changed(field: Field) -> Callable[[], None]:
    def changed() -> None:
        value = st.session_state[f"set:{field.path}"]
        if value is None:
            session.change(field.path, None)
        elif value != field.value:
            session.change(field.path, str(value))

    return changed


def _table(table: Table) -> None:
    st.markdown(f"**{parts.plain(table.label)}**", help=parts.plain(table.help))
    turn = st.session_state.setdefault(_EDITS, 0)
    key = f"table:{table.path}:{turn}"

    def edited() -> None:
        for row, cells in st.session_state[key]["edited_rows"].items():
            for column, value in cells.items():
                session.change(table.cell(int(row), column), None if value is None else str(value))
        st.session_state[_EDITS] = turn + 1

    st.data_editor(
        pd.DataFrame(table.rows, columns=list(table.columns), dtype=str),
        key=key,
        hide_index=True,
        disabled=[table.naming],
        num_rows="fixed",
        on_change=edited,
        column_config={
            name: st.column_config.TextColumn(name.replace("_", " "), help=parts.plain(about))
            for name, about in table.columns.items()
        },
        alt=f"{table.label}: one row each, to be edited",
    )


show()
