"""The router: which screens there are, and nothing else."""

import streamlit as st

from dashboard import session
from dashboard.screens import SCREENS

st.set_page_config(page_title="Peakwise", page_icon=":material/package_2:", layout="wide")
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
