"""A screen without a browser, on a server whose seasons are simulated in threads."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import session
from sim.warehouse.compiled import warm_up

ROOT = Path(__file__).parents[2]
TOY = ROOT / "docs" / "how-to" / "toy-shop.yaml"
Open = Callable[..., AppTest]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[session.Server]:
    """A fresh server; worker processes would cost each test more than they bring."""
    with ThreadPoolExecutor(2) as threads:
        monkeypatch.setattr("dashboard.live.local_pool", lambda _: threads)
        monkeypatch.setattr("dashboard.session.make_ready", lambda _: warm_up())
        session.server.clear()
        yield session.server()
        session.server.clear()


@pytest.fixture
def screen(server: session.Server) -> Open:  # noqa: ARG001 (it must be there before a visitor)
    """Open a screen as a visitor with this URL does."""

    def opened(name: str, **url: str | list[str]) -> AppTest:
        app = AppTest.from_file(str(ROOT / "dashboard" / "app.py"), default_timeout=60)
        for key, value in url.items():
            app.query_params[key] = value
        app.run()
        if name != "start":
            app.switch_page(f"app_pages/{name}.py").run()
        assert not app.exception, app.exception
        return app

    return opened


@pytest.fixture
def toy(server: session.Server) -> str:
    """A small season, uploaded."""
    return server.uploads.add({"toy-shop.yaml": TOY.read_bytes()})


def finished(app: AppTest, server: session.Server) -> AppTest:
    """The screen when every job has ended; its timers do not tick here."""
    for _ in range(600):
        running = [job for job in server.jobs.all() if job.is_running]
        if not running:
            break
        running[0].join(0.1)
    return app.run()


def words(app: AppTest) -> str:
    """Everything that is written on a screen."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "code", "error", "success")
    return "\n".join(str(each.value) for kind in kinds for each in app.get(kind))
