"""Starting the server: on this machine alone, silent, and without a word to anybody outside."""

from __future__ import annotations

from importlib.resources import files
from typing import Any, Final

import streamlit as st

from dashboard.look import THEME

ADDRESS: Final = "127.0.0.1"
_MEGABYTES: Final = 64


def options(port: int, browser: bool) -> dict[str, Any]:
    """Options of Streamlit, most of which differ from its defaults for a reason.

    By default it listens on every network, reports its use to its maker, asks for an e-mail
    address, and shows tracebacks to whoever looks.
    """
    return {
        "server.address": ADDRESS,
        "server.port": port,
        "server.allowedHosts": ["localhost", ADDRESS],
        "server.headless": not browser,
        "server.showEmailPrompt": False,
        "server.fileWatcherType": "none",
        "server.maxUploadSize": _MEGABYTES,
        "browser.serverAddress": ADDRESS,
        "browser.gatherUsageStats": False,
        "client.toolbarMode": "viewer",
        "client.showErrorDetails": "none",
        "client.showErrorLinks": "false",
        "runner.magicEnabled": False,
        **THEME,
    }


def serve(port: int, browser: bool) -> None:
    """Serve the dashboard until it is stopped with Ctrl-C.

    Args:
        port: Of the loopback address.
        browser: Open it in a browser.
    """
    app = str(files("dashboard") / "app.py")
    st.App(app, on_script_error=_say_so).run(config=options(port, browser))


def _say_so(error: Exception) -> bool:
    """What a visitor sees of a failure; the traceback is for the terminal."""
    st.error(
        f"Something went wrong here ({type(error).__name__}). The terminal in which Peakwise runs"
        " says more; your season is not lost: reload the page.",
        icon=":material/error:",
    )
    return True
