"""Which policy wins, by how much, and how sure that is; answered anew when a lever moves."""

from functools import partial
from pathlib import Path

import streamlit as st

from dashboard import parts, session
from dashboard.charts import policies as charts
from dashboard.charts import waiting as waiting_charts
from dashboard.charts.picture import Picture, of_report
from dashboard.levers import Lever, levers_of
from dashboard.live import Answer
from dashboard.replay import waiting_for
from dashboard.runs import is_name, keeping

_SEASONS = (20, 40, 100)
_HEADLINE = ("season_profit", "fill_rate", "cancel_rate", "space_used_peak")
_VIEWS = {
    "Difference": "How each policy differs in profit",
    "Every season": "How much seasons differ",
    "Service": "Profit against service",
    "Space": "Profit against backorder space",
    "Waiting": "Order to carrier: which share of the orders was on its way within which time",
    "Cancelled": "Why orders were cancelled",
}
_OF_ONE_SEASON = {"Waiting": waiting_charts.times, "Cancelled": waiting_charts.causes}
_ELSEWHERE = {"question", "answer", "assumptions", "method"}
"""Sections of a report that this screen shows in another form."""


def show() -> None:
    """The screen: levers, and the answer below them."""
    opened = session.current()
    scenario = opened.scenario
    st.title(parts.plain(scenario.name), anchor=False)
    if scenario.question:
        st.markdown(parts.plain(scenario.question))
    with st.container(border=True):
        _levers(opened)
        seasons = _controls(opened)
    job = session.answer_job(opened, seasons)
    job.wait(session.FIRST_LOOK)
    parts.live(job, seasons, lambda answer: _answer(answer, opened))


def _levers(opened: session.Opened) -> None:
    st.markdown("**What if …**", help="Every change is answered at once.")
    with st.grid(4, min_column_width=170, gap="medium"):
        for lever in levers_of(session.as_opened(opened)):
            _lever(lever, opened.changes.get(lever.path, lever.now))
    others = [path for path in opened.changes if f"lever:{path}" not in st.session_state]
    if others:
        st.caption(f"Also changed: {parts.plain(', '.join(others))}")


def _controls(opened: session.Opened) -> int:
    """Ways back; and how many seasons are simulated."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(
            "Undo", icon=":material/undo:", on_click=session.undo, disabled=not session.can_undo()
        )
        st.button(
            "As it was",
            icon=":material/restart_alt:",
            on_click=session.reset,
            disabled=not opened.changes,
        )
        chosen = st.segmented_control(
            "Simulated seasons",
            _SEASONS,
            default=_SEASONS[0],
            required=True,
            key="seasons",
            help="More seasons make the range of every mean narrower.",
        )
    return int(chosen)


def _lever(lever: Lever, value: str) -> None:
    key = f"lever:{lever.path}"
    values = lever.values if value in lever.values else (*lever.values, value)
    session.hold(key, value)

    def moved() -> None:
        chosen = st.session_state[key]
        session.change(lever.path, None if chosen == lever.now else chosen)

    # In a container of its own: what comes and goes below a lever would move those that follow, and
    # what moves on a page loses the keyboard's focus.
    with st.container(gap="xsmall"):
        st.select_slider(
            parts.plain(lever.label),
            values,
            key=key,
            help=parts.plain(lever.help) or None,
            on_change=moved,
        )
        if value != lever.now:
            st.caption(parts.plain(f"was {lever.now}"))


def _answer(answer: Answer, opened: session.Opened) -> None:
    with st.container(border=True):
        parts.badge(answer.study.replications, answer.wanted)
        parts.verdict(answer)
    parts.headline(answer, _HEADLINE)
    if answer.comparison is not None:
        chosen = st.segmented_control(
            "Picture", list(_VIEWS), default="Difference", required=True, key="view"
        )
        st.caption(_VIEWS[chosen])
        if chosen in _OF_ONE_SEASON:
            _of_one_season(opened, chosen)
        else:
            parts.picture(_chart(answer, chosen), f"compare-{chosen}")
    if not answer.preliminary:
        _details(answer, opened)


def _of_one_season(opened: session.Opened, chosen: str) -> None:
    """What is known order by order: of the first simulated season."""
    job = session.job(session.key_of("waiting", opened), waiting_for(opened.policies))
    job.join(session.SOON)
    if job.result is None:
        st.info("Looking at every order …", icon=":material/hourglass_top:")
        st.button("Show it", icon=":material/refresh:")
        return
    parts.picture(_OF_ONE_SEASON[chosen](job.result), f"compare-{chosen}")
    st.caption("Of the first simulated season.")


def _chart(answer: Answer, chosen: str) -> Picture:
    if chosen == "Every season":
        return charts.seasons(answer.study)
    if chosen == "Service":
        return charts.trade(answer.study, "on_time_ship_rate")
    if chosen == "Space":
        return charts.trade(answer.study, "space_used_peak")
    if answer.comparison is None:
        raise AssertionError
    return charts.differences(answer.comparison)


def _details(answer: Answer, opened: session.Opened) -> None:
    """What stands behind the verdict: the sections of a report, one at a time."""
    told = answer.report.sections
    sections = {each.title: each for each in told if each.key not in _ELSEWHERE}
    st.subheader("Behind it", anchor=False)
    chosen = st.segmented_control(
        "Theme", list(sections), default=next(iter(sections)), required=True, key="theme"
    )
    section = sections[chosen]
    st.markdown(parts.plain(section.message))
    if section.chart is not None:
        parts.picture(of_report(section.key, section.chart), f"section-{section.key}")
    if section.table is not None:
        parts.table(section.table, f"section-{section.key}")
    for note in section.notes:
        st.caption(parts.plain(note))
    st.subheader("Take it with you", anchor=False)
    parts.reports(partial(parts.told, answer.report), f"peakwise-{opened.name}", "report")
    if answer.comparison is not None:
        _keep(answer, opened)
    with st.expander("The same on the command line"):
        st.code(answer.command, language="bash", wrap_lines=True)


def _keep(answer: Answer, opened: session.Opened) -> None:
    """A name and a button; then the way to the run."""
    row = st.form("keep-run", border=False).container(horizontal=True, vertical_alignment="bottom")
    name = row.text_input("Keep it as a run named", opened.name, width=300)
    asked = row.form_submit_button("Keep", icon=":material/save:")
    if not asked:
        return
    if not is_name(name):
        st.error("A name has letters, digits, spaces, dots and hyphens, and begins with a letter.")
        return
    season = Path(session.source(opened)).name
    work = keeping(name, season, opened.settings, answer, session.server().memory)
    job = session.job(session.key_of("keep", opened, name, answer.study.replications), work)
    job.join(session.SOON)
    if job.state == "failed":
        st.error(str(job.error), icon=":material/error:")
        return
    if job.is_running:
        st.info(f"Keeping {name}: in a moment it is there.", icon=":material/hourglass_top:")
    else:
        st.success(f"Kept as {name}.", icon=":material/check:")
    st.page_link("app_pages/runs.py", label="See it under Runs", query_params={"run": name})


show()
