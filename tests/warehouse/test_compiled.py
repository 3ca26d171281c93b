"""Where the compiled flow is kept, and when it is made anew."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from sim.demand.order_book import LINE, blank_orders
from sim.warehouse import compiled
from sim.warehouse.allocate import allocate

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
    assert {"advance.py", "heap.py", "state.py", "addresses.py", "randomness.py"} <= names
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


@pytest.mark.parametrize(
    ("field", "value", "law"),
    [
        ("first_line", 1, "do not follow"),
        ("n_lines", 0, "no lines"),
        ("class_", 1, "class"),
        ("placed_at", 9, "order of time"),
    ],
)
def test_a_book_that_does_not_fit_is_refused(field: str, value: int, law: str) -> None:
    orders, lines = blank_orders(2), np.array([(0, 1), (0, 1)], LINE)
    orders["n_lines"], orders["first_line"] = 1, [0, 1]
    allocate(orders, lines, n_skus=1)
    orders[0][field] = value
    with pytest.raises(ValueError, match=law):
        allocate(orders, lines, n_skus=1)


@pytest.mark.parametrize("line", [(1, 1), (-1, 1), (0, 0)])
def test_lines_must_name_products_and_units(line: tuple[int, int]) -> None:
    orders = blank_orders(1)
    orders["n_lines"] = 1
    with pytest.raises(ValueError, match="order book"):
        allocate(orders, np.array([line], LINE), n_skus=1)
