"""A season from a shop's own files, without writing one."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pandas as pd
import streamlit as st

from dashboard import parts, session
from dashboard.own import (
    MEANINGS,
    File,
    Kind,
    Made,
    Shop,
    example,
    guess,
    headers_of,
    making,
    missing,
)
from dashboard.season import named_plainly
from sim.errors import ScenarioError

_FILES: Final[dict[Kind, tuple[str, str]]] = {
    "orders": (
        "1. Past orders",
        "One row per product of an order, as your shop exports them: order number, date, product "
        "code, units; prices if there are. A year with its autumn is good, four weeks are the "
        "least.",
    ),
    "stock": (
        "2. Stock (optional)",
        "One row per product: code, and units on the shelf. Left out: computed.",
    ),
    "purchases": (
        "3. Open purchase orders (optional)",
        "One row per delivery: product code, units, day of arrival. Left out: none.",
    ),
}
_ORDERS_OF_DAYS: Final = {
    "as the files show": None,
    "day first, 31/12/2026": "day_first",
    "month first, 12/31/2026": "month_first",
}
_NEXT: Final = (
    ("Compare policies on it", ":material/balance:", "compare"),
    ("Size its staff and space", ":material/engineering:", "size"),
    ("Look at what is assumed", ":material/edit_calendar:", "season"),
)
_NONE: Final = "– none –"


def show() -> None:
    """The screen: files, columns, then the season."""
    st.title("Use my data", anchor=False)
    st.markdown(
        "Your shop's own orders say when people buy, how much, and what. Choose the files; the "
        "season is made at once. They stay on this machine. Names, e-mails and addresses are not "
        "read."
    )
    files: dict[Kind, File] = {}
    for kind, column in zip(_FILES, st.columns(3, gap="large"), strict=True):
        with column:
            found = _file(kind)
            if found is not None:
                files[kind] = found
    if "orders" not in files:
        st.info("Begin with your past orders.", icon=":material/arrow_upward:")
        return
    shop = _wishes(files)
    if any(file.missing for file in files.values()):
        st.info(
            "Say what the columns mean, and the season is made.", icon=":material/arrow_upward:"
        )
        return
    job = session.watched(f"own-{hash(shop)}", making(shop, session.server().uploads))
    job.wait(session.FIRST_LOOK)
    parts.live(job, 0, _answer, "Reading your files, and finding the season in them …")


def _file(kind: Kind) -> File | None:
    title, about = _FILES[kind]
    st.subheader(title, anchor=False)
    st.caption(about)
    uploaded = st.file_uploader(
        title, ["csv", "tsv", "txt", "gz"], key=f"own-{kind}", label_visibility="collapsed"
    )
    if uploaded is None:
        frame = pd.DataFrame(example(kind))
        parts.download("An example (CSV)", f"example-{kind}", frame, f"example-{kind}")
        return None
    path = session.server().uploads.keep(uploaded.name, uploaded.getvalue())
    try:
        headers = headers_of(str(path))
    except ScenarioError as error:
        parts.problems(named_plainly(error))
        return None
    return _columns(kind, File(str(path)), headers, uploaded.file_id)


def _columns(kind: Kind, file: File, headers: tuple[str, ...], key: str) -> File:
    """What each column means: guessed, and open to correction."""
    guessed = guess(kind, headers)
    with st.expander("What the columns mean", expanded=bool(missing(kind, guessed))):
        options = [_NONE, *dict.fromkeys(filter(None, headers))]
        chosen = {
            role: st.selectbox(
                parts.plain(f"{meaning[:1].upper()}{meaning[1:]}"),
                options,
                options.index(guessed.get(role, _NONE)),
                key=f"column-{kind}-{role}-{key}",
            )
            for role, meaning in MEANINGS[kind].items()
        }
    known = {role: header for role, header in chosen.items() if header != _NONE}
    lacks = missing(kind, known)
    for meaning in lacks:
        st.warning(f"Which column holds this: {meaning}?", icon=":material/help:")
    changed = {
        role: known.get(role, "") for role in MEANINGS[kind] if known.get(role) != guessed.get(role)
    }
    return replace(file, columns=tuple(changed.items()), missing=lacks)


def _wishes(files: dict[Kind, File]) -> Shop:
    """What the season is called, and when it is."""
    with st.expander("Name, currency and dates"), st.grid(3, min_column_width=200):
        name = st.text_input("Name of the season", "My shop's season", key="own-name")
        currency = st.text_input("Currency", "USD", max_chars=3, key="own-currency")
        order = st.selectbox("How dates are written", list(_ORDERS_OF_DAYS), key="own-order")
        first = "Left empty: the coming season, to December 23."
        start = st.date_input("First day", None, key="own-start", help=first)
        end = st.date_input("Last day", None, key="own-end", help=first)
    shop = Shop(files["orders"], files.get("stock"), files.get("purchases"), name, currency)
    return replace(shop, start=start, end=end, day_order=_ORDERS_OF_DAYS[order])


def _answer(found: Made | ScenarioError) -> None:
    if isinstance(found, ScenarioError):
        st.error("These files cannot be used as they are.", icon=":material/error:")
        parts.problems(named_plainly(found))
        return
    st.success(f"Your season is ready: {found.first} to {found.last}.", icon=":material/check:")
    with st.container(horizontal=True):
        for label, icon, screen in _NEXT:
            if st.button(label, type="primary", icon=icon):
                session.open_(found.season)
                st.switch_page(f"app_pages/{screen}.py")
    for step in found.steps:
        with st.expander(parts.plain(step.title), expanded=True):
            st.code("\n".join(step.lines), language=None, wrap_lines=True)


show()
