"""What one visitor has open, and what all visitors share.

The season and every change of it stand in the URL, so that a link shows what was seen. Results do
not belong to a visitor: they live in the server's jobs, and outlast a tab.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import parts
from dashboard.demo import SEASON, demo_study
from dashboard.jobs import Job, Jobs
from dashboard.live import Remembered, answering
from dashboard.season import Uploads, open_season, source_of
from sim.errors import ScenarioError
from sim.experiment.ready import make_ready
from sim.experiment.workers import usable_cores

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sim.scenario import Scenario

_VISITOR, _SEASON, _CHANGES, _UNDO = "visitor", "season", "changes", "undo"
_REFUSED = "refused"
_READY: Final = "make-ready"
SOON: Final = 6.0
"""Seconds that a screen waits for something short that a visitor asked for by hand."""
FIRST_LOOK: Final = 1.5
"""Seconds that a screen waits for a first answer before it is drawn without one."""


@dataclass
class Server:
    """What all visitors of this server share."""

    jobs: Jobs = field(default_factory=Jobs)
    uploads: Uploads = field(default_factory=Uploads)
    memory: Remembered = field(default_factory=Remembered)


@st.cache_resource(show_spinner=False)
def server() -> Server:
    """The one server of this process, which knows the shipped answer from the beginning."""
    made = Server()
    shipped = demo_study()
    if shipped is not None:
        made.memory.take(shipped)
    made.jobs.start(_READY, lambda _: make_ready(usable_cores()))
    return made


@dataclass(frozen=True)
class Opened:
    """The season that a visitor has open."""

    name: str
    """By which it is opened."""
    changes: Mapping[str, str]
    """What the visitor changed, by path."""
    policies: Mapping[str, Scenario]

    @property
    def scenario(self) -> Scenario:
        """The season under its first policy."""
        return next(iter(self.policies.values()))

    @property
    def settings(self) -> tuple[str, ...]:
        """The changes as with `--set`."""
        return settings(self.changes)


def begin() -> None:
    """Take up what the URL says when a visitor comes, and write it there again on every screen."""
    state = st.session_state
    if _VISITOR not in state:
        state[_VISITOR] = uuid.uuid4().hex
        state[_SEASON] = st.query_params.get("season", SEASON)
        pairs = [each.partition("=") for each in st.query_params.get_all("set")]
        state[_CHANGES] = {path: value for path, _, value in pairs}
        state[_UNDO] = []
    server()
    _write_url()


def open_(name: str) -> None:
    """Open another season, as it is in its file."""
    st.session_state[_SEASON] = name
    st.session_state[_CHANGES], st.session_state[_UNDO] = {}, []
    _write_url()


def change(path: str, value: str | None) -> None:
    """Change a setting of the open season, if it can be so; None: as it was opened.

    What cannot be is refused, and told at the top of the screen: the season stays as it is.
    """
    state = st.session_state
    others = {key: text for key, text in state[_CHANGES].items() if key != path}
    changes = others if value is None else {**others, path: value}
    try:
        open_season(state[_SEASON], settings(changes), server().uploads)
    except ScenarioError as error:
        state[_REFUSED] = error
        return
    state[_UNDO] = [*state[_UNDO], dict(state[_CHANGES])]
    state[_CHANGES] = changes


def hold(key: str, value: str | None) -> None:
    """Give a widget its value, unless it has it: set again, it would lose what is being typed."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def undo() -> None:
    """Take back the last change."""
    if st.session_state[_UNDO]:
        *st.session_state[_UNDO], st.session_state[_CHANGES] = st.session_state[_UNDO]


def reset() -> None:
    """Take back every change."""
    if st.session_state[_CHANGES]:
        st.session_state[_UNDO] = [*st.session_state[_UNDO], st.session_state[_CHANGES]]
        st.session_state[_CHANGES] = {}


def can_undo() -> bool:
    """Whether there is a change to take back."""
    return bool(st.session_state[_UNDO])


def current() -> Opened:
    """The open season with the visitor's changes; if it cannot be used, say why and stop."""
    name, changes = st.session_state[_SEASON], dict(st.session_state[_CHANGES])
    try:
        policies = open_season(name, settings(changes), server().uploads)
    except ScenarioError as error:
        st.error("This season cannot be simulated as it is.", icon=":material/error:")
        parts.problems(error)
        if can_undo():
            st.button("Undo the last change", icon=":material/undo:", on_click=undo)
        if changes:
            st.button("Take back every change", icon=":material/restart_alt:", on_click=reset)
        st.stop()
    # In a container that is always there: a screen that moves loses the keyboard's focus.
    with st.container():
        refused = st.session_state.pop(_REFUSED, None)
        if refused is not None:
            st.warning("That cannot be, so nothing was changed.", icon=":material/block:")
            parts.problems(refused)
    return Opened(name, changes, policies)


def source(opened: Opened) -> str:
    """What `sim` opens the season by: the name of a shipped one, or the path of a file."""
    return source_of(opened.name, server().uploads)


def as_opened(opened: Opened) -> Scenario:
    """The season under its first policy, without the visitor's changes."""
    policies = open_season(opened.name, (), server().uploads)
    return next(iter(policies.values()))


def answer_job(opened: Opened, seasons: int) -> Job:
    """The job that answers the open season; the visitor's question before is left."""
    season = Path(source(opened)).name  # as the visitor's own folder has it
    sets = [part for each in opened.settings for part in ("--set", each)]
    work = answering(opened.policies, seasons, server().memory, (season, *sets))
    return watched(key_of("answer", opened, seasons), work)


def watched(key: str, work: Callable[[Job], None]) -> Job:
    """A job for this visitor, who leaves the one before."""
    return server().jobs.start(key, work, watcher=st.session_state[_VISITOR])


def job(key: str, work: Callable[[Job], None]) -> Job:
    """A job that goes on when its tab is closed."""
    return server().jobs.start(key, work)


def key_of(what: str, opened: Opened, *more: object) -> str:
    """Names a question about the open season."""
    text = repr((what, opened.name, sorted(opened.changes.items()), *more))
    return f"{what}-{sha256(text.encode()).hexdigest()[:12]}"


def settings(changes: Mapping[str, str]) -> tuple[str, ...]:
    """Changes as with `--set`."""
    return tuple(f"{path}={value}" for path, value in changes.items())


def _write_url() -> None:
    st.query_params["season"] = st.session_state[_SEASON]
    if st.session_state[_CHANGES]:
        st.query_params["set"] = list(settings(st.session_state[_CHANGES]))
    elif "set" in st.query_params:
        del st.query_params["set"]
