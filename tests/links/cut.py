"""Cut every link in turn and run the test that proves it: `python -m tests.links.cut [WORDS]`.

Prints, as JSON, by link whether its test failed. Everything runs as plain Python, so that a cut
takes hold at once.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from pathlib import Path

import pytest

from tests.laws.planting import planted
from tests.links.link import Link
from tests.links.table import every_link

TESTS = Path(__file__).parents[1]


def fails_when_cut(link: Link) -> bool:
    """Whether the link's test fails once the link is cut."""
    words = [str(TESTS / link.test), "-q", "-p", "no:cacheprovider", "--no-header"]
    with planted(link.bug), contextlib.redirect_stdout(io.StringIO()):
        code = pytest.main(words)
    if code not in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}:
        message = f"{link.test}: pytest ended with {code!r}"
        raise RuntimeError(message)
    return code == pytest.ExitCode.TESTS_FAILED


def main(words: list[str]) -> None:
    """Cut the links whose words contain those given; all without any."""
    chosen = [link for link in every_link() if " ".join(words) in link.says]
    sys.stdout.write(json.dumps({link.says: fails_when_cut(link) for link in chosen}, indent=2))


if __name__ == "__main__":
    if os.environ.get("NUMBA_DISABLE_JIT", "0") in {"", "0"}:
        os.environ["NUMBA_DISABLE_JIT"] = "1"
        os.execv(sys.executable, [sys.executable, "-m", "tests.links.cut", *sys.argv[1:]])  # noqa: S606
    main(sys.argv[1:])
