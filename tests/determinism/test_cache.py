"""Compiled code on disk: never stale, never damaged, made once, and wherever there is room."""

import ast
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sim.warehouse import compiled
from tests.determinism.digest import season_digests

ROOT = Path(__file__).parents[2]
KEY = compiled.cache_key.__wrapped__
FOLDER = compiled.cache_folder.__wrapped__


# --- an edit is never served stale ------------------------------------------------------------


def modules_of(path: Path) -> set[Path]:
    """Modules of Peakwise that a module imports when it is imported itself."""
    found: set[Path] = set()
    for statement in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(statement, ast.ImportFrom) and (statement.module or "").startswith("sim."):
            place = ROOT.joinpath(*str(statement.module).split("."))
            found.add(place.with_suffix(".py") if not place.is_dir() else place / "__init__.py")
    return found


def test_every_module_that_compiled_code_can_take_from_is_a_source() -> None:
    entries = [
        path
        for path in (ROOT / "sim").rglob("*.py")
        if "@entry\n" in path.read_text(encoding="utf-8")
    ]
    assert ROOT / "sim" / "warehouse" / "flow" / "advance.py" in entries
    reached, waiting = set[Path](), entries
    while waiting:
        path = waiting.pop()
        if path not in reached:
            reached.add(path)
            waiting += modules_of(path)
    assert len(reached) > 15
    assert sorted(reached - set(compiled.sources())) == []


def test_an_edit_of_any_source_finds_an_empty_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "sim", tmp_path / "sim")
    monkeypatch.setattr(compiled, "_HERE", tmp_path / "sim" / "warehouse")
    before = KEY()
    assert KEY() == before
    keys = {before}
    for path in compiled.sources():
        assert path.is_relative_to(tmp_path)
        text = path.read_text(encoding="utf-8")
        path.write_text(text + "\nADDED = 1\n", encoding="utf-8")
        keys.add(KEY())
        path.write_text(text, encoding="utf-8")
    assert len(keys) == len(compiled.sources()) + 1
    assert KEY() == before


def test_an_edited_constant_finds_an_empty_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "sim", tmp_path / "sim")
    monkeypatch.setattr(compiled, "_HERE", tmp_path / "sim" / "warehouse")
    before, path = KEY(), tmp_path / "sim" / "warehouse" / "words.py"
    text = path.read_text(encoding="utf-8")
    assert "NEVER" in text
    path.write_text(text.replace("NEVER", "NEVEK", 1), encoding="utf-8")  # of the same length
    os.utime(path, (0, 0))
    assert KEY() != before


@pytest.mark.parametrize("package", ["numba", "llvmlite", "numpy"])
def test_another_version_finds_an_empty_folder(
    monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    before, real = KEY(), compiled.version
    monkeypatch.setattr(compiled, "version", lambda name: "99.0" if name == package else real(name))
    assert KEY() != before


def test_another_processor_or_compiler_setting_finds_an_empty_folder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = KEY()
    with monkeypatch.context() as patch:
        patch.setattr(compiled, "_cpu", lambda: "another processor")
        assert KEY() != before
    monkeypatch.setenv("NUMBA_OPT", "0")
    assert KEY() != before


# --- a damaged folder is never used -----------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A complete folder, with something else than machine code in it."""
    for name in ("flow_1/a.nbi", "flow_1/a.1.nbc", "warehouse_1/b.nbc"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"machine code " * 100)
    (tmp_path / "lock").touch()
    compiled._complete(tmp_path)
    return tmp_path


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.write_bytes(data)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [flip, cut, empty, Path.unlink])
@pytest.mark.parametrize(
    "name", ["flow_1/a.nbi", "flow_1/a.1.nbc", "warehouse_1/b.nbc", "compiled.json"]
)
def test_damage_is_seen_and_cleared(
    folder: Path, name: str, damage: Callable[[Path], None]
) -> None:
    assert compiled._is_complete(folder)
    damage(folder / name)
    assert not compiled._is_complete(folder)
    compiled._clear(folder)
    assert [path.name for path in folder.rglob("*")] == ["lock"]


@pytest.mark.parametrize("text", ["{}", "[]", "null", "3", '["a"]', '{"a": 1}', "{", "\x00"])
def test_a_list_that_lists_nothing_is_not_believed(folder: Path, text: str) -> None:
    (folder / "compiled.json").write_text(text, encoding="utf-8")
    assert not compiled._is_complete(folder)


def test_a_process_killed_while_it_compiles_leaves_nothing_that_is_used(folder: Path) -> None:
    (folder / "compiled.json").rename(folder / "compiled.json.4711")
    (folder / "flow_1" / "a.nbi.tmp.0123").write_bytes(b"half")
    assert not compiled._is_complete(folder)
    compiled._clear(folder)
    assert [path.name for path in folder.rglob("*")] == ["lock"]


# --- a place is always found ------------------------------------------------------------------


def test_a_user_without_a_home_is_no_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("PEAKWISE_CACHE", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("os.path.expanduser", lambda path: path)  # as for an unknown user
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    monkeypatch.chdir(tmp_path)
    assert FOLDER().is_dir()


@pytest.mark.skipif(os.name == "nt", reason="owners and modes of POSIX")
def test_a_folder_of_somebody_else_is_not_trusted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("PEAKWISE_CACHE", str(tmp_path / "file"))  # no folder can be made there
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    private = tmp_path / f"peakwise-{os.getuid()}"
    assert FOLDER().parent == private
    private.chmod(0o777)  # others may write to it
    assert FOLDER().parent == tmp_path
    assert FOLDER() != FOLDER()


# --- once, and again when it has to be: each of the two compiles for some 15 seconds -----------


def start(root: Path, **environment: str) -> "subprocess.Popen[bytes]":
    """A process that runs the small season from the sources in `root`."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in {"NUMBA_CACHE_DIR", "NUMBA_DISABLE_JIT", "PEAKWISE_CACHE", "XDG_CACHE_HOME"}
    }
    return subprocess.Popen(
        [sys.executable, "-B", "-m", "tests.determinism"],
        cwd=root,
        env={**inherited, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def outcome(process: "subprocess.Popen[bytes]") -> dict[str, Any]:
    told, complaint = process.communicate()
    assert process.returncode == 0, complaint.decode()
    return dict(json.loads(told))


@pytest.mark.slow
def test_two_cold_processes_compile_once_though_neither_install_nor_home_can_be_written(
    tmp_path: Path,
) -> None:
    install, scratch = tmp_path / "install", tmp_path / "scratch"
    shutil.copytree(ROOT / "sim", install / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "tests" / "determinism", install / "tests" / "determinism")
    (install / "tests" / "__init__.py").touch()
    scratch.mkdir()
    (tmp_path / "file").touch()
    held = sorted(install.rglob("*"))
    for path in held:
        path.chmod(0o555 if path.is_dir() else 0o444)
    install.chmod(0o555)
    places = {"HOME": str(tmp_path / "file" / "home"), "TMPDIR": str(scratch)}
    first, second = map(outcome, [start(install, **places), start(install, **places)])
    assert first["sim"] == str(install / "sim")
    assert first["cache"] == second["cache"]
    assert Path(first["cache"]).is_relative_to(scratch)
    assert sorted((one["compiled"], one["loaded"]) for one in (first, second)) == [(0, 1), (1, 0)]
    assert first["digests"] == second["digests"] == season_digests()
    # Root may write anywhere: so look.
    assert sorted(install.rglob("*")) == held
    for path in [install, *held]:
        path.chmod(0o755)


@pytest.mark.slow
def test_damaged_machine_code_is_compiled_anew_and_not_run(tmp_path: Path) -> None:
    compiled.warm_up()
    copy = tmp_path / compiled.cache_folder().name
    shutil.copytree(compiled.cache_folder(), copy)
    sound = outcome(start(ROOT, PEAKWISE_CACHE=str(tmp_path)))
    assert (sound["cache"], sound["compiled"]) == (str(copy), 0)
    for path in copy.rglob("*.nbc"):
        flip(path)
    mended = outcome(start(ROOT, PEAKWISE_CACHE=str(tmp_path)))
    assert (mended["cache"], mended["compiled"], mended["complete"]) == (str(copy), 1, True)
    assert mended["digests"] == sound["digests"]
    assert outcome(start(ROOT, PEAKWISE_CACHE=str(tmp_path)))["compiled"] == 0
