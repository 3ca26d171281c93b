"""Work that takes minutes: begun by hand, shown with the time left, canceled, found again.

It goes on when its tab is closed; the address leads back to it as long as the server runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import parts, session
from sim.experiment.ready import is_ready

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.jobs import Job


def asked(name: str, value: str, key: str, label: str, work: Callable[[Job], None]) -> Job | None:
    """The job of a question, once it was asked by hand or by the address; None: not yet.

    Args:
        name: Of the parameter in the address.
        value: Its value when the question was asked.
        key: Names the question.
        label: Of the button that asks it.
        work: Answers it.
    """
    started = f"started-{name}"
    if name in st.query_params and started not in st.session_state:
        st.session_state[started] = key
    if st.session_state.get(started) != key:
        st.query_params.pop(name, None)
        ask = {started: key}
        icon = ":material/play_arrow:"
        st.button(label, type="primary", icon=icon, on_click=st.session_state.update, args=(ask,))
        return None
    st.query_params[name] = value
    return session.job(key, work)


def watched(job: Job, name: str, draw: Callable[[Any], None]) -> None:
    """Progress, time left and a way out; then the result.

    Args:
        job: What goes on.
        name: Of its parameter in the address.
        draw: Draws its result.
    """
    running = job.is_running

    @st.fragment(run_every=1.0 if running else None, key=f"progress-{name}")
    def progress() -> None:
        if running and not job.is_running:
            st.rerun()
        if job.state == "failed":
            st.error("This could not be answered.", icon=":material/error:")
            st.code(str(job.error), language=None, wrap_lines=True)
        elif job.state == "canceled":
            st.info("Canceled.", icon=":material/cancel:")
        elif job.is_running:
            _going_on(job, name)
        else:
            draw(job.result)

    progress()


def _going_on(job: Job, name: str) -> None:
    if not is_ready():
        st.info(parts.GETTING_READY, icon=":material/hourglass_top:")
    left = job.seconds_left
    time = "" if left is None else f", about {max(1, round(left))} s left"
    st.progress(job.share, f"{job.done:,} of about {job.total:,} steps done{time}")
    st.caption("It goes on when you close this tab: the address in your browser leads back to it.")
    if st.button("Cancel", icon=":material/cancel:"):
        job.cancel()
        st.session_state[f"started-{name}"] = ""
        st.query_params.pop(name, None)
        st.rerun()
