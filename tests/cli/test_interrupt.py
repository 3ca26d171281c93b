"""Ctrl-C in the middle of a study: what was finished is shown, and said to be partial."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sim.experiment.store import open_run

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs a terminal and SIGINT")

SMALL = str(Path(__file__).with_name("small.yaml"))
WANTED = 200_000
"""Seasons that nobody waits for."""

QUEUED = 20_000
"""Seasons enough to queue before two workers, and too many to be done when Ctrl-C comes."""


def _listen() -> None:
    """Hear Ctrl-C, to which whatever a shell runs in the background is deaf."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def interrupted(
    *arguments: str, wanted: int = WANTED, workers: int = 1, when: str = r"[1-9]\d*"
) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a study that meets Ctrl-C when it has done so many."""
    import pty

    watched, terminal = pty.openpty()
    size = ("-n", str(wanted), "--workers", str(workers))
    command = [sys.executable, "-m", "sim", *arguments, *size]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=terminal,
        start_new_session=True,
        preexec_fn=_listen,  # noqa: PLW1509 (it calls nothing but signal)
        env={**os.environ, "COLUMNS": "80", "TERM": "xterm"},
    ) as running:
        os.close(terminal)
        seen = ""
        while not re.search(rf"\b{when}/{wanted}", seen):
            seen += os.read(watched, 4096).decode("utf-8", "replace")
        os.killpg(running.pid, signal.SIGINT)
        try:
            shown, _ = running.communicate(timeout=30)
        finally:
            running.kill()
        rest = b""
        try:
            while more := os.read(watched, 4096):
                rest += more
        except OSError:  # how Linux says that the other end of a terminal is closed
            pass
        os.close(watched)
    return running.returncode, shown.decode(), rest.decode("utf-8", "replace")


def test_ctrl_c_shows_the_finished_seasons_and_says_that_they_are_not_all(tmp_path: Path) -> None:
    code, shown, messages = interrupted("compare", SMALL, "--out", str(tmp_path / "run"))
    assert code == 130
    partial = re.search(r"partial answer, after ([\d,]+) of 200,000 seasons", shown)
    assert partial is not None
    finished = int(partial[1].replace(",", ""))
    assert 1 <= finished < WANTED
    assert "Season profit" in shown
    assert "Traceback" not in messages
    assert "the same command goes on from there" in messages
    stored = open_run(tmp_path / "run")
    assert not stored.finished
    assert stored.answer is not None
    assert (stored.answer["replications"], stored.wanted) == (finished, WANTED)


def test_ctrl_c_in_a_search_keeps_its_seasons_though_it_has_no_answer_yet(tmp_path: Path) -> None:
    over = ("--over", "products.MUG-RED.stock=60..140")
    code, shown, messages = interrupted("breakeven", SMALL, *over, "--out", str(tmp_path / "run"))
    assert (code, shown) == (130, "")
    assert "the same command goes on from there" in messages
    assert "Traceback" not in messages
    stored = open_run(tmp_path / "run")
    assert not stored.finished
    assert 1 <= stored.seasons < WANTED


def test_ctrl_c_before_two_workers_and_a_long_queue_leaves_only_the_answer() -> None:
    # One worker may still be loading the first season when the other has done a hundred.
    late = r"(?:[5-9]\d{2}|\d{4,})"
    code, shown, messages = interrupted("run", SMALL, wanted=QUEUED, workers=2, when=late)
    assert code == 130
    assert re.search(r"partial answer, after [\d,]+ of 20,000 seasons", shown)
    assert not re.search("Traceback|Error|loky", messages), messages


def test_json_of_an_interrupted_study_says_how_many_were_wanted() -> None:
    code, shown, messages = interrupted("run", SMALL, "--json")
    answer = json.loads(shown)
    assert code == 130
    assert 1 <= answer["replications"] < answer["replications_wanted"] == WANTED
    assert f"Interrupted after {answer['replications']} of {WANTED} seasons." in messages
