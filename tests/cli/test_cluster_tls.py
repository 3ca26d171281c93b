"""A Dask cluster behind TLS, with the commands of the page that says how to run on one."""

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.experiment.cluster import ClusterError, cluster
from tests.cli.test_cluster import ROOT, Started, kept

dask = pytest.importorskip("dask", reason="needs the extra `distributed`")
pytest.importorskip("distributed", reason="needs the extra `distributed`")
pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")

PAGE = (ROOT / "docs" / "how-to" / "run-on-a-cluster.md").read_text(encoding="utf-8")
MADE = re.findall(r"^    (openssl .+)$", PAGE, re.MULTILINE)
NAMED = dict(re.findall(r"^    export (\w+)=(\w+\.pem)$", PAGE, re.MULTILINE))
FLAGS = dict(re.findall(r"(--tls-[\w-]+) (\w+\.pem)", PAGE))


def certificates(folder: Path) -> Path:
    """An authority and a certificate that it signed, as the page makes them."""
    folder.mkdir()
    for command in MADE:
        subprocess.run(shlex.split(command), cwd=folder, check=True, capture_output=True)
    return folder


def as_member(folder: Path) -> object:
    """The environment of the page, with the certificates of a folder."""
    # Dask reads a variable as this key; a fresh process would take it from the environment.
    keys = {name: name.removeprefix("DASK_").replace("__", ".").lower() for name in NAMED}
    return dask.config.set({keys[name]: str(folder / file) for name, file in NAMED.items()})


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificates(tmp_path_factory.mktemp("tls") / "ours")


@pytest.fixture(scope="module")
def secured(ours: Path) -> Iterator[Started]:
    flags = [word for flag, file in FLAGS.items() for word in (flag, str(ours / file))]
    processes = Started("tls", tuple(flags))
    yield processes
    processes.stop()


def test_the_page_makes_three_files_and_names_them_to_everyone(ours: Path) -> None:
    files = {"ca.pem", "cert.pem", "key.pem"}
    assert set(FLAGS.values()) == set(NAMED.values()) == files
    assert all((ours / file).is_file() for file in files)
    if os.name == "posix":
        assert (ours / "key.pem").stat().st_mode & 0o077 == 0


def test_an_encrypted_cluster_gives_the_bytes_of_a_local_run(
    tmp_path: Path, ours: Path, secured: Started
) -> None:
    with as_member(ours), cluster(secured.address, patience=120) as executor:
        spread = kept(tmp_path / "cluster", executor=executor)
    assert secured.address.startswith("tls://")
    assert spread == kept(tmp_path / "local")


def test_only_a_certificate_of_our_authority_is_let_in(
    tmp_path: Path, ours: Path, secured: Started
) -> None:
    with as_member(ours), cluster(secured.address, patience=120):
        pass  # it answers
    theirs = certificates(tmp_path / "theirs")
    with (
        as_member(theirs),
        pytest.raises(ClusterError, match="no scheduler of Dask answers"),
        cluster(secured.address, patience=3),
    ):
        pass
    plain = secured.address.replace("tls://", "tcp://")
    with (
        pytest.raises(ClusterError, match="no scheduler of Dask answers"),
        cluster(plain, patience=3),
    ):
        pass
