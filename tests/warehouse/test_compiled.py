"""Where the compiled flow is kept, and when it is made anew."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim.warehouse import compiled

ROOT = Path(__file__).parents[2]


def folder_of(tmp_path: Path, **environment: str) -> str:
    code = "from sim.warehouse.compiled import cache_folder; print(cache_folder())"
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.strip()


def test_the_folder_is_named_after_the_sources(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = compiled.cache_key.__wrapped__()
    copy = tmp_path / "extra.py"
    copy.write_text("A = 1")
    files = compiled.sources()
    monkeypatch.setattr(compiled, "sources", lambda: [*files, copy])
    with_one = compiled.cache_key.__wrapped__()
    copy.write_text("A = 2")
    assert len({before, with_one, compiled.cache_key.__wrapped__()}) == 3


def test_every_file_that_the_flow_imports_counts() -> None:
    names = {path.name for path in compiled.sources()}
    assert {
        "advance.py",
        "heap.py",
        "state.py",
        "words.py",
        "addresses.py",
        "randomness.py",
    } <= names
    assert all(path.exists() for path in compiled.sources())


def test_the_place_can_be_chosen_and_a_broken_one_falls_back(tmp_path: Path) -> None:
    chosen = tmp_path / "chosen"
    assert folder_of(tmp_path, PEAKWISE_CACHE=str(chosen)).startswith(str(chosen))
    (tmp_path / "file").write_text("in the way")
    fallback = folder_of(tmp_path, PEAKWISE_CACHE=str(tmp_path / "file"))
    assert fallback.startswith(str(tmp_path / "peakwise-"))
    assert Path(fallback).is_dir()


def test_warming_up_leaves_a_mark_and_is_done_once() -> None:
    compiled.warm_up()
    assert compiled.is_compiled()
    compiled.warm_up()
