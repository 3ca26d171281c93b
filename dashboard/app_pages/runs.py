"""Runs that were kept: read again with the same numbers, compared, handed over."""

import streamlit as st

from dashboard import parts, session
from dashboard.charts.policies import differences
from dashboard.runs import (
    FOLDER,
    answer_of,
    command_of,
    history,
    listed,
    results_changed,
    settings_changed,
    whole,
)
from sim.experiment.store import Run, RunDifference, StoreError, difference_of
from sim.report.write import report_of

_HEADLINE = ("season_profit", "fill_rate", "cancel_rate", "space_used_peak")


def show() -> None:
    """The screen: the list, one run, two runs."""
    session.current()
    st.title("Runs", anchor=False)
    st.markdown(
        "Studies that were kept. Nothing is simulated here: what you read is what was written, and "
        "every byte of it is checked."
    )
    runs, damaged = history()
    if damaged:
        st.warning("These cannot be read.", icon=":material/warning:")
        st.code("\n".join(damaged), language=None, wrap_lines=True)
    if not runs:
        st.info(f"There is no run in the folder {FOLDER} from which Peakwise was started.")
        st.markdown("This keeps one there:")
        st.code("peakwise compare holiday --out runs/holiday", language="bash")
        return
    table = listed(runs)
    st.dataframe(table, hide_index=True, alt="Runs that were kept")
    parts.download("The list (CSV)", "runs", table, "runs-list")
    left, right = st.columns(2)
    name = left.selectbox(
        "Open", list(runs), index=None, placeholder="Choose a run", key="run", bind="query-params"
    )
    others = [each for each in runs if each != name]
    other = right.selectbox(
        "Compare with",
        others,
        index=None,
        placeholder="Nothing",
        key="other",
        bind="query-params",
        disabled=name is None or not others,
    )
    try:
        if name is not None and other is not None:
            _two(difference_of(whole(runs[name]), whole(runs[other])))
        elif name is not None:
            _one(whole(runs[name]))
    except StoreError as error:
        st.error(f"{name} cannot be read.", icon=":material/error:")
        st.code(f"{error.filename}: {error.strerror}", language=None, wrap_lines=True)


def _one(run: Run) -> None:
    """Its answer, and what can be taken from it."""
    st.subheader(parts.plain(run.name), anchor=False)
    answer = answer_of(run)
    with st.container(border=True):
        parts.badge(run.seasons, run.seasons if run.finished else run.wanted)
        if answer is not None:
            parts.verdict(answer)
        elif run.answer is not None:
            st.markdown(f"**{parts.plain(str(run.answer['verdict']))}**")
    if answer is not None:
        parts.headline(answer, _HEADLINE)
        if answer.comparison is not None:
            parts.picture(differences(answer.comparison), "run")
    if run.finished and answer is not None:
        parts.reports(lambda ending: parts.told(report_of(run), ending), run.name, "run-report")
    if run.answer is not None:
        parts.save("The whole answer (JSON)", f"{run.name}.json", run.answer, "run-json")
    made = "Made by" if run.finished else "Not finished; this goes on with it"
    more = "" if run.finished else f" --out {FOLDER / run.name}"
    st.caption(f"{made}:")
    st.code(command_of(run) + more, language="bash", wrap_lines=True)
    st.caption("The address in your browser leads back to this run, for everybody on this machine.")


def _two(found: RunDifference) -> None:
    """What was asked differently, and what came out differently."""
    before, after = found.before.name, found.after.name
    st.subheader(parts.plain(f"{before} → {after}"), anchor=False)
    for run in (found.before, found.after):
        said = str(run.answer["verdict"]) if run.answer else "not finished"
        st.markdown(f"**{parts.plain(run.name)}**: {parts.plain(said)}")
    asked = settings_changed(found)
    if asked.empty:
        st.info("Both ask the same: scenario, options, seed and versions.")
    else:
        st.markdown("**What was asked differently**")
        st.dataframe(asked, hide_index=True, alt="Settings and options that differ")
        parts.download("What was asked differently (CSV)", "asked", asked, "runs-asked")
    for name, only in ((before, found.only_before), (after, found.only_after)):
        if only:
            st.caption(parts.plain(f"Only {name} has: {', '.join(only)}."))
    policies = list(dict.fromkeys(each.policy for each in found.results))
    if not policies:
        st.caption("The figures of these two cannot be compared one by one.")
        return
    policy = st.selectbox("What came out, under", policies, key="diff-policy")
    table = results_changed(found, policy)
    escaped = table.map(parts.plain)
    st.table(escaped, hide_index=True, border="horizontal", alt="Headline figures of both runs")
    parts.download("What came out (CSV)", "results", table, "runs-results")
    how = (
        "season by season, on the same customers"
        if found.results[0].paired
        else "between independent seasons, as the seeds differ"
    )
    st.caption(f"Differences are taken {how}; each range holds alone, with 95% confidence.")


show()
