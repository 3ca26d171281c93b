"""The page as a browser shows it, without any network."""

import os
import re
import shutil
import subprocess

import pytest

from sim.report.write import write_report

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
REQUIRED = os.environ.get("PEAKWISE_BROWSER") == "required"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--virtual-time-budget=10000",
]

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not REQUIRED, reason="no Chromium on this machine"
)


@pytest.fixture(scope="module")
def shown(run, tmp_path_factory):
    """The page's elements after its scripts have run."""
    folder = tmp_path_factory.mktemp("browser")
    page = write_report(run, folder / "page.html")
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={folder / 'profile'}", "--dump-dom"]
    done = subprocess.run(
        [*command, page.as_uri()], capture_output=True, text=True, timeout=120, check=True
    )
    return done.stdout[done.stdout.index("<body") :]


def test_every_chart_is_drawn(shown):
    boxes = re.findall(r'id="chart-(\w+)"', shown)
    assert len(boxes) >= 6
    drawn = re.findall(r'class="[^"]*svg-container', shown)
    assert len(drawn) == len(boxes)
    assert shown.count("<path") > 100


def test_no_button_uploads_a_chart(shown):
    titles = re.findall(r'class="modebar-btn"[^>]*data-title="([^"]*)"', shown)
    assert titles
    assert not [title for title in titles if "share" in title.lower() or "cloud" in title.lower()]
    assert not [title for title in titles if "plotly" in title.lower()]


def test_charts_and_tables_can_be_read_aloud(shown):
    labels = re.findall(r'role="img" aria-label="([^"]+)"', shown)
    assert len(labels) == shown.count('id="chart-')
    assert '<th scope="col"' in shown
