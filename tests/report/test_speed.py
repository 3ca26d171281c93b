"""What keeps a report quick: nothing is loaded, and nothing read, that it does not need."""

import io
import re
import shutil
import subprocess
import sys

from rich.console import Console

from sim.cli.app import app

SLOW = {"numba", "plotly", "streamlit", "ruamel.yaml", "matplotlib"}


def test_reading_a_run_needs_no_compiler_no_yaml_and_no_pictures(run):
    code = (
        "import sys; from sim.experiment.store import find_run; "
        "from sim.report.write import report_of; "
        f"assert report_of(find_run({str(run.folder)!r}, check=False)).sections; "
        f"print(sorted({SLOW!r} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_several_files_are_told_from_one_reading(run, tmp_path, monkeypatch):
    import sim.report.write

    told = []
    tell = sim.report.write.tell
    monkeypatch.setattr(sim.report.write, "tell", lambda s: told.append(s) or tell(s))
    files = [tmp_path / f"r.{ending}" for ending in ("pptx", "xlsx", "html", "pdf")]
    words = [word for file in files for word in ("--to", str(file))]
    app(["report", str(run.folder), *words, "-q"], standalone_mode=False)
    assert all(file.stat().st_size > 10_000 for file in files)
    assert len(told) == 1


def test_tables_that_no_report_shows_are_not_read(run, tmp_path):
    folder = tmp_path / "run"
    shutil.copytree(run.folder, folder)
    (folder / "lines.parquet").unlink()
    app(["report", str(folder), "--to", str(tmp_path / "r.html"), "-q"], standalone_mode=False)
    assert (tmp_path / "r.html").stat().st_size > 10_000


def test_it_says_what_it_is_doing(run, tmp_path, monkeypatch):
    shown = io.StringIO()
    monkeypatch.setattr("sim.cli.console.err", Console(file=shown, force_terminal=True, width=200))
    files = [str(tmp_path / "a[b].html"), str(tmp_path / "r.html")]
    app(["report", str(run.folder), "--to", files[0], "--to", files[1]], standalone_mode=False)
    told = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.getvalue())
    steps = re.findall(r"(\d/\d) (\S+)", told)
    assert list(dict.fromkeys(steps)) == [
        ("1/4", "Reading"),
        ("2/4", "Putting"),
        ("3/4", "Writing"),
        ("4/4", "Writing"),
    ]
    assert "Writing a[b].html" in told
    quiet = io.StringIO()
    monkeypatch.setattr("sim.cli.console.err", Console(file=quiet, width=200))
    app(["report", str(run.folder), "--to", files[0]], standalone_mode=False)
    assert quiet.getvalue() == f"Written to {files[0]}\n"
