"""Targets in, plan out: the people and the space that a season needs, and how sure that is."""

from typing import Any

import streamlit as st

from dashboard import long, parts, session
from dashboard.charts.sizing import frontier, hiring
from dashboard.sizing import FRESH, load, sizing, usual_plan
from sim.errors import ScenarioError
from sim.experiment.figures import money
from sim.experiment.size.levers import Lever
from sim.experiment.size.question import Question
from sim.report.forms import UNKNOWN

_Answer = dict[str, Any]


def show() -> None:
    """The screen: targets and levers, then the plan."""
    opened = session.current()
    st.title("Staff and space", anchor=False)
    st.markdown("What you want to promise goes in; the cheapest plan that keeps it comes out.")
    if opened.scenario.plan is None and not _has_plan(opened):
        _offer_a_plan(opened)
        return
    try:
        question = load(session.source(opened), opened.settings)
    except ScenarioError as error:
        st.error("This plan cannot be sized as it is.", icon=":material/error:")
        parts.problems(error)
        st.button("Undo the last change", icon=":material/undo:", on_click=session.undo)
        return
    fresh = _inputs(question)
    key = session.key_of("size", opened, fresh)
    job = long.asked("size", str(fresh), key, "Size this season", sizing(question, fresh))
    if job is not None:
        long.watched(job, "size", lambda answer: _answer(answer, question))


def _has_plan(opened: session.Opened) -> bool:
    try:
        load(session.source(opened), opened.settings)
    except ScenarioError as error:
        return any(problem.path != "plan" for problem in error.problems)
    return True


def _offer_a_plan(opened: session.Opened) -> None:
    st.info("This season does not say yet what may be chosen, and what must hold.")
    plan = usual_plan(opened.scenario)
    if plan is None:
        st.markdown("It has nobody to hire either: its staff is unlimited.")
        return
    usual = load(session.source(opened), (*opened.settings, f"plan={plan}"))
    st.markdown("A usual plan chooses how many people work, so that orders ship on time:")
    st.markdown("\n".join(f"- {_choice(lever)}" for lever in usual.levers))
    st.markdown(
        "\n".join(f"- {parts.plain(f'{goal.label}: {goal.target.words}')}" for goal in usual.goals)
    )
    st.button("Use it", type="primary", on_click=session.change, args=("plan", plan))


def _inputs(question: Question) -> int:
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("What must hold", anchor=False)
        for goal in question.goals:
            _setting(f"plan.targets.{goal.name}", goal.label, goal.target.words)
    with right:
        st.subheader("What may be chosen", anchor=False)
        for lever in question.levers:
            st.markdown(_choice(lever))
        chosen = st.segmented_control(
            "Fresh seasons that confirm the plan",
            FRESH,
            default=FRESH[0],
            required=True,
            key="fresh",
            help="The search has its own; a plan must hold on seasons it never saw.",
        )
    return int(chosen)


def _choice(lever: Lever) -> str:
    """A lever with the values that it may take."""
    ends = [lever.text(0), lever.text(len(lever.values) - 1)]
    between = (
        f"{ends[0]} to {ends[1]}"
        if lever.ordered
        else ", ".join(lever.text(at) for at in range(len(lever.values)))
    )
    return parts.plain(f"{lever.label[:1].upper()}{lever.label[1:]}: {between}")


def _setting(path: str, label: str, value: str) -> None:
    key = f"set:{path}"
    session.hold(key, value)
    st.text_input(
        parts.plain(label),
        key=key,
        help="As in: at least 95% in 9 of 10 seasons; at most 2 hours on average; none in 95% of "
        "seasons.",
        on_change=lambda: session.change(path, st.session_state[key]),
    )


def _answer(answer: _Answer, question: Question) -> None:
    with st.container(border=True):
        if answer["status"] == "confirmed":
            st.badge("Confirmed", icon=":material/check:", color="green")
        elif answer["status"] == "open":
            st.badge("Not confirmed", icon=":material/question_mark:", color="orange")
        else:
            st.badge("No plan meets every target", icon=":material/block:", color="red")
        first, _, rest = answer["verdict"].partition(". ")
        st.markdown(f"#### {parts.plain(first.rstrip('.'))}\\.")
        st.markdown(parts.plain(rest))
        if answer["surge"]:
            st.markdown(parts.plain(answer["surge"]["verdict"]))
    if answer["plan"] is None:
        return
    _figures(answer)
    calendar = hiring(answer, question.season)
    if calendar is not None:
        st.subheader("Whom to hire, and when to decide", anchor=False)
        parts.picture(calendar, "hiring")
    if answer["steps"]:
        st.subheader("One more, or one less", anchor=False)
        st.table(_steps(answer), hide_index=True, border="horizontal", alt="Steps of each lever")
    edge = frontier(answer)
    if edge is not None:
        st.subheader("What service costs", anchor=False)
        parts.picture(edge, "frontier")
    parts.save("The whole answer (JSON)", "plan.json", answer, "size-json")


def _figures(answer: _Answer) -> None:
    currency = answer["currency"]
    with st.grid(4, min_column_width=190, gap="small"):
        for name in ("profit", "cost"):
            label = {"profit": "Season profit", "cost": "People and space"}[name]
            mean = money(answer["plan"][name]["mean"], currency)
            st.metric(label, parts.plain(mean), border=True, height="stretch")
        for each in answer["targets"]:
            with st.container(border=True, height="stretch", gap="xsmall"):
                st.metric(parts.plain(each["label"]), f"{each['kept']} of {each['seasons']}")
                binds = ", and decides the plan" if each["binding"] else ""
                st.caption(parts.plain(f"seasons; {each['target']}: {each['outcome']}{binds}"))


def _steps(answer: _Answer) -> dict[str, list[str]]:
    """What a step of each lever does, as columns."""
    currency, seasons = answer["currency"], answer["steps"][0]["seasons"]
    columns: dict[str, list[str]] = {
        "What": [parts.plain(each["lever"]) for each in answer["steps"]],
        "From": [parts.plain(each["from"]) for each in answer["steps"]],
        "To": [parts.plain(each["to"]) for each in answer["steps"]],
    }
    for name, label in (("profit", "Profit"), ("cost", "Cost")):
        columns[label] = [_known(each[name], currency) for each in answer["steps"]]
    for number, target in enumerate(answer["targets"]):
        columns[parts.plain(target["label"])] = [
            f"{each['targets'][number]['kept']} of {seasons}" for each in answer["steps"]
        ]
    return columns


def _known(known: dict[str, float | None], currency: str) -> str:
    mean, low, high = known["mean"], known["low"], known["high"]
    if mean is None:
        return UNKNOWN
    text = money(mean, currency, sign=True)
    if low is None or high is None or low == high:
        return parts.plain(text)
    ends = [money(end, currency, sign=True) for end in (low, high)]
    return parts.plain(f"{text} ({ends[0]} to {ends[1]})")


show()
