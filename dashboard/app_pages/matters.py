"""What matters: which assumptions decide, and where the answer turns."""

from typing import Any

import streamlit as st

from dashboard import long, parts, session
from dashboard.charts.studies import crossover, tornado
from dashboard.levers import Lever, levers_of
from dashboard.matters import axis_of, deciding, sweeping
from sim.experiment.inputs import assumed_inputs


def show() -> None:
    """The screen: the tornado, then a sweep."""
    opened = session.current()
    st.title("What matters", anchor=False)
    if len(opened.policies) < 2:
        st.info("This season has one policy only: there is no answer that could turn.")
        return
    _deciding(opened)
    _sweep(opened)


def _deciding(opened: session.Opened) -> None:
    st.subheader("Which assumptions decide", anchor=False)
    st.markdown(
        "Every assumption is moved down and up by a quarter, one at a time; the few that move the "
        "difference between two policies the most are looked at closely."
    )
    source = session.source(opened)
    if not assumed_inputs(source, opened.settings)[0]:
        st.info("No number of this season stands under `assumption`.")
        return
    before, after = parts.pair(tuple(opened.policies))
    scenario = opened.policies[before]
    key = session.key_of("matters", opened, before, after)
    work = deciding(source, opened.settings, (before, after), scenario)
    job = long.asked("matters", "yes", key, "Find what decides", work)
    if job is not None:
        long.watched(job, "matters", lambda answer: _tornado(answer, scenario.currency))


def _tornado(answer: dict[str, Any], currency: str) -> None:
    _verdict(answer)
    parts.picture(tornado(answer, currency), "tornado")
    parts.save("The whole answer (JSON)", "sensitivity.json", answer, "tornado-json")


def _sweep(opened: session.Opened) -> None:
    st.subheader("Where the answer turns", anchor=False)
    st.markdown("One or two settings are varied over their range: which policy wins where?")
    levers = {each.label: each for each in levers_of(session.as_opened(opened))}
    left, right = st.columns(2)
    first = left.selectbox("Vary", list(levers), format_func=parts.plain, key="first")
    others = ["nothing else", *(name for name in levers if name != first)]
    second = right.selectbox("and", others, format_func=parts.plain, key="second")
    chosen: list[Lever] = [levers[name] for name in (first, second) if name in levers]
    axes = [axis_of(each) for each in chosen]
    key = session.key_of("sweep", opened, *axes)
    work = sweeping(session.source(opened), opened.settings, axes)
    job = long.asked("sweep", "yes", key, "See where it turns", work)
    if job is not None:
        currency = opened.scenario.currency
        long.watched(job, "sweep", lambda answer: _map(answer, currency))


def _map(answer: dict[str, Any], currency: str) -> None:
    _verdict(answer)
    parts.picture(crossover(answer, currency), "sweep")
    parts.save("The whole answer (JSON)", "sweep.json", answer, "sweep-json")


def _verdict(answer: dict[str, Any]) -> None:
    with st.container(border=True):
        st.markdown(f"**{parts.plain(answer['verdict'])}**")


show()
