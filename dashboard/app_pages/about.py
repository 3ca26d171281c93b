"""What the model is, what it assumes, and why to believe it."""

import pandas as pd
import streamlit as st

from dashboard import parts, session
from dashboard.proof import guarantees, known_answers
from sim import __version__
from sim.report.explain import explain
from sim.results import KPIS

_CHAIN = """flowchart TB
  D[Demand] --> S[Storefront] -->|in stock, or backorder| A[Stock or backorder]
  A --> B[Backorder area] --> P[Pick and pack] --> C[Carrier] --> K[Customer]
  S -->|alert, leave, substitute| K
  R[Supplier] --> A
  A -->|reorder| R
  K -->|contacts| H[Support]
  K -->|cancels| A
  K -->|buys again, or not| D
"""
_BELIEVE = """
- Every policy meets the same customers, so a difference between policies is paired, not luck.
- No time steps, no approximation: an independent model gives the same time for every order.
- Laws are checked after every season: no unit, order, hour or dollar appears or vanishes.
- Textbook systems come out as known: `peakwise validate` simulates and compares them.
- A range that says 95% holds in 95 of 100 studies: this is measured, for means, bounds and winners.
- The same season and the same seed give the same numbers on every machine with the same versions.
"""
_NOT = (
    "Not modeled: several warehouses, bundles, currencies, marketplace penalties and web traffic."
)


def show() -> None:
    """The screen."""
    opened = session.current()
    st.title("About the model", anchor=False)
    st.markdown(
        "A stockout causes the backorder, which causes the staging, the contacts, the cancellation "
        "and the lost repeat customer: one chain of causes, order by order."
    )
    st.mermaid_chart(_CHAIN)
    st.caption(_NOT)
    st.subheader("Why believe it", anchor=False)
    st.markdown(_BELIEVE)
    _measured()
    st.subheader("Where the figures of this season come from", anchor=False)
    told = explain(opened.policies)
    rows = [(each.place, each.kind, each.text) for each in told.origins]
    frame = pd.DataFrame(rows, columns=["Setting", "Kind", "What is said"])
    st.dataframe(frame, hide_index=True, alt="Sources and assumptions of the open season")
    parts.download("Sources and assumptions (CSV)", "sources", frame, "sources")
    st.subheader("What every figure means", anchor=False)
    meanings = [
        (kpi.label, kpi.unit, kpi.definition.replace("`", ""), name)
        for name, kpi in sorted(KPIS.items())
    ]
    kpis = pd.DataFrame(meanings, columns=["Figure", "Unit", "Definition", "Name"])
    st.dataframe(kpis, hide_index=True, alt="Every figure with its definition")
    st.caption(f"Peakwise {__version__}")


def _measured() -> None:
    answers, promises = known_answers(), guarantees()
    agree = int((answers["Agrees"] == "yes").sum())
    st.markdown(f"**Known answers**: {agree} of {len(answers)} figures agree, judged together.")
    st.dataframe(answers, hide_index=True, alt="Systems with a known outcome, and the simulation's")
    parts.download("Known answers (CSV)", "known-answers", answers, "known-answers")
    st.markdown("**Promises with a number**, measured in thousands of made-up studies:")
    st.dataframe(promises, hide_index=True, alt="Each promise, and how often it was kept")


show()
