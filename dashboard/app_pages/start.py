"""What Peakwise does, the answer of a season that was already run, and how to open another."""

import streamlit as st

from dashboard import parts, session
from dashboard.charts.policies import differences
from dashboard.demo import SEASON, demo_study
from dashboard.live import Answer
from dashboard.season import open_season
from sim.errors import ScenarioError
from sim.scenario.shipped import shipped_names

_WHAT = (
    "Peakwise simulates a shop's season: every order, every delivery, every picker, every customer "
    "who waits. It lets each policy – sell on backorder, show “out of stock”, send a back-in-stock "
    "e-mail – meet the same customers, so that a difference is no luck. It says which pays, how "
    "many people and how much space it takes, and how sure that is. Change anything: it answers "
    "while you move it."
)
_HEADLINE = ("season_profit", "fill_rate", "cancel_rate", "space_used_peak")


def show() -> None:
    """The screen."""
    st.title("Sell on backorder, or show “out of stock”?", anchor=False)
    st.markdown(_WHAT)
    _demo()
    st.subheader("Open a season", anchor=False)
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(
            "**From your shop's own orders**: the files your shop exports, nothing to write."
        )
        if st.button("Use my data", type="primary", icon=":material/upload_file:"):
            st.switch_page("app_pages/data.py")
    shipped, own = st.columns(2, gap="large")
    with shipped:
        _shipped()
    with own:
        _uploaded()


def _demo() -> None:
    study = demo_study()
    with st.container(border=True):
        if study is not None:
            _answer(Answer(study, study.replications))
        if st.button("Change it and see", type="primary", icon=":material/tune:"):
            session.open_(SEASON)
            st.switch_page("app_pages/compare.py")


def _answer(answer: Answer) -> None:
    st.badge("An example, already run", icon=":material/check:", color="green")
    st.caption(parts.plain(answer.source.scenario.name))
    parts.verdict(answer)
    parts.headline(answer, _HEADLINE)
    if answer.comparison is not None:
        parts.picture(differences(answer.comparison), "demo")


def _shipped() -> None:
    st.markdown("**One that comes with Peakwise**")
    names = shipped_names()
    chosen = st.selectbox("Season", names, index=names.index(SEASON), key="shipped")
    try:
        scenario = next(iter(open_season(chosen, (), session.server().uploads).values()))
    except ScenarioError as error:
        parts.problems(error)
        return
    st.caption(parts.plain(f"{scenario.name}. {scenario.question or ''}"))
    if st.button("Open it", icon=":material/folder_open:"):
        session.open_(chosen)
        st.switch_page("app_pages/compare.py")


def _uploaded() -> None:
    st.markdown("**Your own scenario file**")
    files = st.file_uploader(
        "One YAML file, with the CSV files that it names",
        ["yaml", "yml", "csv"],
        accept_multiple_files=True,
        key="upload",
        help="`peakwise new my-season.yaml` writes one with every setting explained.",
    )
    if not files:
        return
    server = session.server()
    try:
        name = server.uploads.add({file.name: file.getvalue() for file in files})
        policies = open_season(name, (), server.uploads)
    except ScenarioError as error:
        st.error("This scenario cannot be used yet.", icon=":material/error:")
        parts.problems(error)
        return
    scenario = next(iter(policies.values()))
    number = len(policies)
    st.success(
        parts.plain(f"{scenario.name}: {number} {'policy' if number == 1 else 'policies'}."),
        icon=":material/check:",
    )
    if st.button("Open it", key="open-upload", type="primary", icon=":material/folder_open:"):
        session.open_(name)
        st.switch_page("app_pages/compare.py")


show()
