"""The dashboard as a user starts it, and a browser to look at it with."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PATIENCE = 120_000
"""Milliseconds: a machine of CI may be busy, and compile the order flow."""


@contextmanager
def serving(folder: Path) -> Iterator[tuple[str, int]]:
    """Address and process of a server that runs in a folder, where it leaves its log."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "sim", "dashboard", "--port", str(port), "--no-browser"]
    paths = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    with (folder / "log").open("w") as log:
        environment = {**os.environ, "PYTHONPATH": paths}
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=environment)
        try:
            _wait_for(f"http://127.0.0.1:{port}", server)
            yield f"http://127.0.0.1:{port}", server.pid
        finally:
            server.terminate()
            server.wait(30)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    while server.poll() is None:
        try:
            urlopen(f"{address}/_stcore/health", timeout=5).close()  # noqa: S310 (this machine)
        except OSError:
            time.sleep(0.2)
        else:
            return
    message = "the server ended before it answered"
    raise RuntimeError(message)


@contextmanager
def browsing() -> Iterator[Browser]:
    """Chromium, without a window."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield started
        started.close()


def visit(browser: Browser, url: str) -> Page:
    """A visitor of their own."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(url, wait_until="domcontentloaded")
    return page
