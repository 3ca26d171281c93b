"""The router: which screens there are, and nothing else."""

from pathlib import Path

import streamlit as st

from dashboard import session
from dashboard.screens import SCREENS

# A named icon would be fetched from its maker's servers: ours is a file.
icon = str(Path(__file__).parent / "icon.png")
st.set_page_config(page_title="Peakwise", page_icon=icon, layout="wide")
chosen = st.navigation(
    {
        section: [
            st.Page(
                screen.path,
                title=screen.title,
                icon=screen.icon,
                url_path=screen.file,
                default=screen.file == "start",
            )
            for screen in screens
        ]
        for section, screens in SCREENS.items()
    }
)
session.begin()
chosen.run()
