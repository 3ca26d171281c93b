"""`peakwise dashboard`: the season in a browser, answered while it is changed."""

import socket
from typing import Annotated

import typer

from sim.errors import Problem, ScenarioError


def dashboard(
    port: Annotated[
        int, typer.Option(metavar="N", min=1024, max=65535, help="Port on this machine.")
    ] = 8501,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Open no browser; only say the address.")
    ] = False,
) -> None:
    """Open the dashboard in a browser. It is seen from this machine only, and sends nothing out."""
    from importlib.util import find_spec

    from sim.cli.console import complain
    from sim.cli.exits import MISSING_EXTRA

    if find_spec("streamlit") is None:
        complain("The dashboard is not installed. Install it: pip install 'peakwise[dashboard]'")
        raise typer.Exit(MISSING_EXTRA)
    _check_free(port)

    from dashboard.server import serve
    from sim.experiment.ready import is_ready

    complain(f"Peakwise is at http://127.0.0.1:{port} (Ctrl-C ends it)")
    if not is_ready():
        complain("It simulates as soon as this machine is ready for it: some 20 seconds, once.")
    serve(port, browser=not no_browser)


def _check_free(port: int) -> None:
    """Refuse a port that is taken.

    Raises:
        ScenarioError: It is.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            hint = f"stop what uses it, or take another one: --port {port + 1}"
            raise ScenarioError(Problem("", "is taken", hint, f"--port {port}")) from None
