"""The same customers under two policies: who fares differently, and what that is worth."""

import streamlit as st

from dashboard import parts, session
from dashboard.charts.fates import flows, named
from dashboard.fates import MOST, finding, following
from dashboard.jobs import Job
from sim.experiment.fates import Change, FateTable
from sim.experiment.fates_words import fates_in_words
from sim.scenario import Scenario

_SEASONS = 20
_BANDS = 12


def show() -> None:
    """The screen."""
    opened = session.current()
    st.title("Same customers, two policies", anchor=False)
    st.markdown(
        "Every customer is simulated twice, once under each policy, and nothing else differs. The "
        "picture shows those who fare differently."
    )
    if len(opened.policies) < 2:
        st.info("This season has one policy only: there is nothing to compare.")
        return
    pair = {name: opened.policies[name] for name in parts.pair(tuple(opened.policies))}
    work = following(pair, _SEASONS, session.server().memory)
    job = session.watched(session.key_of("fates", opened, *pair), work)
    job.wait(session.FIRST_LOOK)
    parts.live(job, _SEASONS, lambda table: _answer(table, opened, pair))


def _answer(table: FateTable, opened: session.Opened, pair: dict[str, Scenario]) -> None:
    parts.badge(table.seasons, _SEASONS)
    st.markdown(f"**{parts.plain(fates_in_words(table))}**")
    bands = [each for each in table.changes if not each.same and each.customers.mean >= 0.5]
    if not bands:
        return
    parts.picture(flows(table), "fates")
    if table.seasons == _SEASONS:
        _customers(bands[:_BANDS], opened, pair)


def _customers(bands: list[Change], opened: session.Opened, pair: dict[str, Scenario]) -> None:
    st.subheader("Who they are", anchor=False)
    chosen = st.selectbox("A band of the picture", bands, format_func=named, key="band")
    work = finding(pair, chosen.before, chosen.after)
    key = session.key_of("band", opened, *pair, chosen.before, chosen.after)
    job = session.job(key, work)
    job.join(session.SOON)
    if job.result is not None:
        _table(job)
    else:
        st.info("Looking them up …", icon=":material/hourglass_top:")
        st.button("Show them", icon=":material/refresh:")


def _table(job: Job) -> None:
    frame = job.result
    st.caption(f"Of the first simulated season{f', the first {MOST:,}' * (len(frame) == MOST)}.")
    st.dataframe(frame, hide_index=True, height=320, alt="Customers of the chosen band")
    parts.download("These customers (CSV)", "customers", frame, "band-data")


show()
