"""Pieces that several screens are made of."""

from __future__ import annotations

import json
import re
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import pandas as pd
import streamlit as st

from dashboard.look import BRAND, CONFIG
from sim.experiment import compare
from sim.experiment.figures import MINUS, amount, counted
from sim.experiment.ready import is_ready
from sim.report.labels import label
from sim.report.write import write_told
from sim.results import find_kpi
from sim.scenario.effects import effects_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dashboard.charts.picture import Picture
    from dashboard.jobs import Job
    from dashboard.live import Answer
    from sim.errors import ScenarioError
    from sim.experiment.comparison import PolicyDifference
    from sim.report.content import Report, Table

_CODE: Final = re.compile(r"(`[\w. :=-]+`)")
"""A name as docstrings write it."""
_MARKUP: Final = re.compile(r"([\\`*_{}\[\]()#+!|<>~$:])")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_COLORS: Final[dict[str | None, Literal["normal", "inverse", "off"]]] = {
    "higher": "normal",
    "lower": "inverse",
    None: "off",
}
GETTING_READY: Final = "Getting this machine ready, which takes some 20 seconds, once …"
_MIME: Final = "application/octet-stream"


def plain(text: str) -> str:
    r"""Text in which Streamlit finds no markup but names: `$` would begin a formula.

    >>> plain("from $5 to $9, as `ship_complete` says")
    'from \\$5 to \\$9, as `ship_complete` says'
    """
    parts = _CODE.split(text)
    parts[::2] = [_MARKUP.sub(r"\\\1", part) for part in parts[::2]]
    return "".join(parts)


def problems(error: ScenarioError) -> None:
    """Everything that is wrong, each on a line with file, line and column."""
    st.code("\n".join(map(str, error.problems)), language=None, wrap_lines=True)


def verdict(answer: Answer) -> None:
    """The answer in plain words; what to remember stands out."""
    section = answer.section("answer")
    st.markdown(f"#### {plain(section.message)}")
    st.markdown(plain(" ".join(section.points)))
    effects = effects_in_words(answer.json["assumed_effects"])
    if effects:
        st.caption(plain(f"Assumed effects, without a source: {'; '.join(effects)}."))


def pair(policies: tuple[str, ...]) -> tuple[str, str]:
    """Two policies that the visitor chooses; the address remembers them."""
    left, right = st.columns(2)
    before = left.selectbox("Under", policies, key="before", bind="query-params")
    others = [name for name in policies if name != before]
    after = right.selectbox("Compared with", others, key="after", bind="query-params")
    return before, after


def live(job: Job, wanted: int, draw: Callable[[Any], None], waiting: str = "") -> None:
    """What a job has found so far, drawn again while it gets better.

    Args:
        job: What is watched.
        wanted: Seasons of its last result.
        draw: Draws a result.
        waiting: What is said until there is one; empty: that seasons are simulated.
    """
    running = job.is_running

    @st.fragment(run_every=0.7 if running else None, key=f"live-{job.key}")
    def shown() -> None:
        if running and not job.is_running:
            st.rerun()
        if job.state == "failed":
            st.error("This season could not be simulated.", icon=":material/error:")
            st.code(str(job.error), language=None, wrap_lines=True)
        elif job.result is None:
            _waiting(waiting or f"Simulating {counted(wanted, 'season')} …")
        else:
            # Named after its question, so that whoever watches the page can tell a new answer.
            with st.container(key=f"answer-{job.key}"):
                draw(job.result)

    shown()


def _waiting(words: str) -> None:
    st.info(words if is_ready() else GETTING_READY, icon=":material/hourglass_top:")
    st.skeleton(320)


def badge(seasons: int, wanted: int) -> None:
    """Whether an answer is the last."""
    if seasons < wanted:
        words = f"Preliminary: {seasons} of {wanted} seasons"
        st.badge(words, icon=":material/hourglass_top:", color="orange")
    else:
        st.badge(f"{seasons} simulated seasons", icon=":material/check:", color="green")


def picture(shown: Picture, key: str, clicked: Callable[[], None] | None = None) -> None:
    """A chart with its text alternative; its numbers can be kept, and the picture from its menu.

    Args:
        shown: The chart.
        key: Names it on its screen.
        clicked: Called when a point is chosen; the choice is in the state, under `{key}-chart`.
    """
    st.plotly_chart(
        shown.figure,
        config=CONFIG,
        alt=shown.alt,
        key=f"{key}-chart",
        on_select=clicked or "ignore",
        selection_mode="points",
    )
    download("Data of the chart (CSV)", shown.name, shown.data, f"{key}-data")


def table(shown: Table, key: str) -> None:
    """A table of the reports, with its numbers as CSV."""
    columns = list(shown.columns)
    texts = [[plain(cell.text) for cell in row] for row in shown.rows]
    frame = pd.DataFrame(texts, columns=[plain(each) or " " for each in columns])
    st.table(frame, hide_index=True, border="horizontal", alt=shown.title)
    values = pd.DataFrame([[cell.value for cell in row] for row in shown.rows], columns=columns)
    download("Table (CSV)", shown.name, values, f"{key}-table")


def csv(frame: pd.DataFrame) -> bytes:
    """A frame as CSV that spreadsheets read as text where it is text."""
    safe = frame.copy()
    for name in safe.columns[[not pd.api.types.is_numeric_dtype(kind) for kind in safe.dtypes]]:
        safe[name] = safe[name].map(_harmless)
    return safe.to_csv(index=False).encode("utf-8-sig")


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def download(text: str, name: str, frame: pd.DataFrame, key: str) -> None:
    """A button that saves a frame as CSV."""
    st.download_button(
        text,
        lambda: csv(frame),
        f"{name}.csv",
        "text/csv",
        key=key,
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )


def save(text: str, name: str, answer: Mapping[str, Any], key: str) -> None:
    """A button that saves an answer as JSON."""
    st.download_button(
        text,
        lambda: json.dumps(answer, indent=2, ensure_ascii=False),
        name,
        "application/json",
        key=key,
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )


def headline(answer: Answer, kpis: Sequence[str]) -> None:
    """The figures of the policy ahead, and how it differs from the one it is measured against."""
    source, study = answer.source, answer.study
    against = source.other
    rows: dict[str, PolicyDifference] = {}
    if against is not None:
        found = compare(study, against).rows
        rows = {row.kpi: row for row in found if row.policy == source.leader}
    shown = [kpi for kpi in kpis if source.mean(source.leader, kpi) is not None]
    with st.grid(max(1, len(shown)), min_column_width=170, gap="small"):
        for kpi in shown:
            with st.container(border=True, height="stretch", gap="xsmall"):
                _metric(answer, kpi, rows.get(kpi))


def _metric(answer: Answer, kpi: str, row: PolicyDifference | None) -> None:
    study, leader = answer.study, answer.source.leader
    currency, unit = study.currency(), study.unit(kpi)
    spelled = unit if unit in {"money", "share"} else ""
    value = plain(amount(study.interval(leader, kpi).mean, spelled, currency))
    help_ = plain(find_kpi(kpi).definition)
    if row is None:
        st.metric(label(kpi), value, help=help_)
        return
    known = row.difference.interval
    change, low, high = (
        amount(each, spelled, currency, sign=True) for each in (known.mean, known.low, known.high)
    )
    clear = row.verdict in {"better", "worse"}
    st.metric(
        label(kpi),
        value,
        plain(change.replace(MINUS, "-")),
        delta_color=_COLORS[find_kpi(kpi).better] if clear else "off",
        help=help_,
    )
    says = "" if clear or row.verdict in {"higher", "lower"} else f"; {row.verdict}"
    st.caption(plain(f"against {row.baseline}, between {low} and {high}{says}"))


def reports(write: Callable[[str], bytes], name: str, key: str) -> None:
    """An answer as files that a client can be given.

    Args:
        write: Makes a file, from its ending.
        name: Of the files, without an ending.
        key: Begins the keys of the buttons.
    """
    with st.container(horizontal=True):
        for ending, words in (
            (".pptx", "Slides"),
            (".xlsx", "Workbook"),
            (".html", "Page"),
            (".pdf", "PDF"),
        ):
            st.download_button(
                words,
                partial(write, ending),
                f"{name}{ending}",
                _MIME,
                key=f"{key}{ending}",
                on_click="ignore",
                icon=":material/download:",
            )


def told(report: Report, ending: str) -> bytes:
    """A report as the file of this ending."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"report{ending}"
        write_told(report, file, BRAND, Path())
        return file.read_bytes()
