"""How the server starts: on this machine alone, and silent."""

import socket

import pytest

from dashboard.server import options
from tests.cli.conftest import peakwise  # noqa: F401 (a fixture)


def test_it_listens_on_this_machine_alone_and_tells_nobody() -> None:
    chosen = options(8501, browser=False)
    assert chosen["server.address"] == "127.0.0.1"
    assert chosen["server.allowedHosts"] == ["localhost", "127.0.0.1"]
    assert chosen["browser.gatherUsageStats"] is False
    assert chosen["server.showEmailPrompt"] is False
    assert chosen["client.showErrorDetails"] == "none"
    assert chosen["server.headless"] is True


def test_a_taken_port_is_one_clear_line(peakwise) -> None:  # noqa: F811
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = peakwise("dashboard", "--port", str(port), "--no-browser")
    assert done.exit_code == 2
    assert done.stderr.splitlines() == [
        f"--port {port}: is taken; stop what uses it, or take another one: --port {port + 1}"
    ]


def test_without_the_extra_it_says_how_to_install_it(
    peakwise,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    done = peakwise("dashboard", "--no-browser")
    assert done.exit_code == 3
    assert "pip install 'peakwise[dashboard]'" in done.stderr
